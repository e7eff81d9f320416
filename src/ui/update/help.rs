//! Keys in the help: letters look for words, the rest scrolls.

use super::super::help::Help;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::Overlay;

pub fn key(model: &mut Model, key: Key, mut help: Help) -> Vec<Effect> {
    let page = usize::from(model.size.1.saturating_sub(4)).max(1);
    let typed = !help.line.text().is_empty();
    let end = super::super::view::help_end(model, &help);
    let at = help.scroll.min(end);
    help.scroll = match (key.code, key.ctrl) {
        (Code::Enter, _) => return Vec::new(),
        (Code::Char('?'), _) | (Code::Backspace, _) if !typed => return Vec::new(),
        (Code::Down, _) | (Code::Char('n' | 'j'), true) => at + 1,
        (Code::Up, _) | (Code::Char('p' | 'k'), true) => at.saturating_sub(1),
        (Code::PageDown, _) | (Code::Char('d' | 'f'), true) => at + page,
        (Code::Char('u'), true) if typed => {
            help.line.edit(key);
            0
        }
        (Code::PageUp, _) | (Code::Char('u' | 'b'), true) => at.saturating_sub(page),
        (Code::Char(' '), _) if !typed => at + page,
        (Code::Home, _) => 0,
        (Code::End, _) => end,
        _ => match help.line.edit(key) {
            true => 0,
            false => at,
        },
    };
    model.overlay = Some(Overlay::Help(help));
    Vec::new()
}
