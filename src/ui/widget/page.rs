//! A page of details: lines of text, with links in them. Built anew for each frame from what is known; bounded, because
//! every value on it is cut to some lines.

use super::canvas::Canvas;
use super::line::Line;
use super::text::{self, Lit};
use crate::text::Raw;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope, Theme};
use ratatui::style::{Modifier, Style};

/// A place that a line leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub line: usize,
    pub target: Target,
}

pub struct Page<'t> {
    pub theme: &'t Theme,
    /// Cells of a line.
    pub width: usize,
    pub lines: Vec<Line>,
    pub links: Vec<Link>,
    /// A secret is masked that no line knows of.
    pub masked: bool,
}

/// The line with only its words underlined, not the blanks that put them in their place.
fn words_only(line: &Line) -> Line {
    let mut out = Line::new();
    out.masked = line.masked;
    for run in line.runs() {
        let words = run.text.trim();
        let start = run.text.len() - run.text.trim_start().len();
        let plain = run.style.remove_modifier(Modifier::UNDERLINED);
        out.push(&run.text[..start], plain);
        out.push(words, run.style);
        out.push(&run.text[start + words.len()..], plain);
    }
    out
}

impl<'t> Page<'t> {
    pub fn new(theme: &'t Theme, width: u16) -> Page<'t> {
        Page {
            theme,
            width: usize::from(width),
            lines: Vec::new(),
            links: Vec::new(),
            masked: false,
        }
    }

    pub fn style(&self, scope: Scope) -> Style {
        self.theme.style(scope)
    }

    pub fn line(&mut self, line: Line) {
        self.lines.push(line);
    }

    /// An empty line, unless there is one already or nothing yet.
    pub fn gap(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(Line::new());
        }
    }

    /// A heading, with a dim note behind it.
    pub fn heading(&mut self, title: &str, note: &str) {
        self.gap();
        let mut line = Line::of(title, self.style(Scope::TextHeading));
        if !note.is_empty() {
            line.push("   ", self.style(Scope::UiText));
            line.push(note, self.style(Scope::UiDim));
        }
        self.lines
            .push(text::clip(line, self.width, false, self.theme));
    }

    /// Text of our own, wrapped.
    pub fn say(&mut self, sentence: &str, scope: Scope) {
        self.say_indented(sentence, scope, 0);
    }

    pub fn say_indented(&mut self, sentence: &str, scope: Scope, indent: usize) {
        let style = self.style(scope);
        for row in text::prose(sentence, self.width.saturating_sub(indent)) {
            self.lines
                .push(Line::of(" ".repeat(indent), style).with(row, style));
        }
    }

    /// Text of the recording, wrapped and indented, at most `most` rows of it.
    pub fn quote(&mut self, raw: Raw, lit: &[Lit], scope: Scope, indent: usize, most: usize) {
        self.quote_code(raw, (lit, &[]), scope, indent, most);
    }

    /// [`quote`](Self::quote), for code: with spans lit, and tints below them.
    pub fn quote_code(
        &mut self,
        raw: Raw,
        lit: (&[Lit], &[Lit]),
        scope: Scope,
        indent: usize,
        most: usize,
    ) {
        let cells = self.width.saturating_sub(indent).max(1);
        let style = self.style(scope);
        for row in text::wrapped_code(raw, lit, style, self.theme, cells, most) {
            let mut line = Line::of(" ".repeat(indent), style);
            line.append(row);
            self.lines.push(line);
        }
    }

    /// A label in a column of `label_cells`, and a line beside it.
    pub fn field(&mut self, label: &str, label_cells: usize, value: Line) {
        let mut line = Line::of(format!("  {label:label_cells$} "), self.style(Scope::UiDim));
        line.append(value);
        self.lines
            .push(text::clip(line, self.width, false, self.theme));
    }

    /// A line that leads somewhere.
    pub fn link(&mut self, line: Line, target: Target) {
        self.links.push(Link {
            line: self.lines.len(),
            target,
        });
        self.lines
            .push(text::clip(words_only(&line), self.width, false, self.theme));
    }

    /// Draws what is seen from line `scroll` on; the link numbered `selected` is marked.
    pub fn draw(&self, canvas: &mut Canvas, scroll: usize, selected: Option<usize>) {
        let seen = usize::from(canvas.height());
        let scroll = scroll.min(self.lines.len().saturating_sub(seen));
        for (y, line) in (0..canvas.height()).zip(self.lines.iter().skip(scroll)) {
            canvas.line(0, y, line);
        }
        for (number, link) in self.links.iter().enumerate() {
            let Some(y) = link
                .line
                .checked_sub(scroll)
                .and_then(|y| u16::try_from(y).ok())
            else {
                continue;
            };
            if y >= canvas.height() {
                continue;
            }
            if selected == Some(number) {
                canvas.style_row(y, self.style(Scope::UiSelect));
                canvas.put(
                    0,
                    y,
                    self.theme.glyph(Glyph::Cursor),
                    self.style(Scope::UiCursor),
                );
            }
        }
    }

    /// Whether a secret on it is masked.
    pub fn is_masked(&self) -> bool {
        self.masked || self.lines.iter().any(|line| line.masked)
    }

    /// The page as text, for the clipboard.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for line in &self.lines {
            for run in line.runs() {
                out.push_str(&run.text);
            }
            while out.ends_with(' ') {
                out.pop();
            }
            out.push('\n');
        }
        out
    }
}
