//! A line of text in several styles.

use crate::text::width;
use ratatui::style::Style;

/// Some text in one style. The text is our own or was revealed.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    pub text: String,
    pub style: Style,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Line {
    runs: Vec<Run>,
    /// A secret in it is masked.
    pub masked: bool,
}

impl Line {
    pub fn new() -> Line {
        Line::default()
    }

    pub fn of(text: impl Into<String>, style: Style) -> Line {
        Line::new().with(text, style)
    }

    /// The line with more text at its end.
    #[must_use]
    pub fn with(mut self, text: impl Into<String>, style: Style) -> Line {
        self.push(text, style);
        self
    }

    pub fn push(&mut self, text: impl Into<String>, style: Style) {
        let text = text.into();
        match self.runs.last_mut() {
            Some(last) if last.style == style => last.text.push_str(&text),
            _ if text.is_empty() => {}
            _ => self.runs.push(Run { text, style }),
        }
    }

    pub fn append(&mut self, other: Line) {
        self.masked |= other.masked;
        for run in other.runs {
            self.push(run.text, run.style);
        }
    }

    pub fn runs(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter()
    }

    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// In cells.
    pub fn width(&self) -> usize {
        self.runs.iter().map(|run| width(&run.text)).sum()
    }
}
