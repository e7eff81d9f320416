//! A stage for tests and pictures: the real update and the real view, without a terminal, a clock or threads.

use super::clipboard::Copied;
use super::effect;
use super::key::script;
use super::message::{Effect, Message};
use super::model::{Case, Model};
use super::theme::{Look, Scope, Theme};
use super::themes::Themes;
use super::{update, view};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

pub struct Stage {
    pub model: Model,
    pub theme: Theme,
    /// What was asked of the world and not done here: copies, delays, quitting.
    pub asked: Vec<Effect>,
}

/// A model of a case that holds nothing.
pub fn empty_model() -> Model {
    Model::new(Case::default(), Themes::default(), 0)
}

impl Stage {
    /// The screens of a case in a terminal of this size.
    pub fn new(case: Case, width: u16, height: u16) -> Stage {
        Stage::of(Model::new(case, Themes::default(), 0), width, height)
    }

    pub fn of(model: Model, width: u16, height: u16) -> Stage {
        let theme = Theme::builtin("terminal", Look::default());
        let theme = theme.unwrap_or_else(|| {
            unreachable!("the terminal theme is built in, as its own test shows")
        });
        let mut stage = Stage {
            model,
            theme,
            asked: Vec::new(),
        };
        stage.send(Message::Resize(width, height));
        stage
    }

    pub fn with_theme(mut self, theme: Theme) -> Stage {
        self.theme = theme;
        self
    }

    /// Takes in a message; work in the background is done at once. What is copied goes by way of the terminal.
    pub fn send(&mut self, message: Message) {
        let mut messages = vec![message];
        while let Some(message) = messages.pop() {
            for effect in update::update(&mut self.model, message) {
                if let Effect::Copy(copy) = &effect {
                    messages.push(Message::Copied(Copied::by_terminal(copy.clone())));
                }
                match effect::run(&self.model.case, &effect) {
                    Some(message) => messages.push(message),
                    None => self.asked.push(effect),
                }
            }
        }
    }

    /// What was copied last.
    pub fn copied(&self) -> Option<&str> {
        self.asked.iter().rev().find_map(|effect| match effect {
            Effect::Copy(copy) => Some(copy.text.as_str()),
            _ => None,
        })
    }

    /// Presses the keys of a script such as `2jj<enter>`.
    pub fn keys(&mut self, keys: &str) -> &mut Stage {
        for key in script(keys) {
            self.send(Message::Key(key));
        }
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Stage {
        self.send(Message::Resize(width, height));
        self
    }

    /// The cells of the screen.
    pub fn buffer(&self) -> Buffer {
        let (width, height) = self.model.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        view::view(&self.model, &self.theme, &mut buffer);
        buffer
    }

    /// The screen as text, a line a row, without the blanks at the end of rows.
    pub fn text(&self) -> String {
        let buffer = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let mut row = String::new();
            let mut skip = 0;
            for x in 0..buffer.area.width {
                if skip > 0 {
                    skip -= 1;
                    continue;
                }
                let symbol = buffer.cell((x, y)).map_or(" ", |cell| cell.symbol());
                skip = crate::text::width(symbol).saturating_sub(1);
                row.push_str(symbol);
            }
            out.push_str(row.trim_end());
            out.push('\n');
        }
        out
    }

    /// The scopes whose style the cells that spell `text` (in its first place on the screen) have.
    pub fn scopes_of(&self, text: &str) -> Vec<Scope> {
        let buffer = self.buffer();
        let width = usize::from(buffer.area.width);
        let symbols: Vec<&str> = buffer.content().iter().map(|cell| cell.symbol()).collect();
        for y in 0..usize::from(buffer.area.height) {
            let row = &symbols[y * width..(y + 1) * width];
            for x in 0..width {
                if row[x..].concat().starts_with(text) {
                    let cell = &buffer.content()[y * width + x];
                    let has = |scope: &&Scope| {
                        let style = self.theme.style(**scope);
                        style.fg == Some(cell.fg) && cell.modifier.contains(style.add_modifier)
                    };
                    return Scope::ALL.iter().filter(has).copied().collect();
                }
            }
        }
        Vec::new()
    }
}
