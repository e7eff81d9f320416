//! Lines that are typed, and what became of the last search and filter.

use super::key::{Code, Key};
use crate::session::RowId;
use crate::session::filter::{Filter, Picked};
use std::ops::Range;
use std::sync::Arc;
use unicode_segmentation::UnicodeSegmentation;

/// A line being typed, with its caret.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    text: String,
    /// Byte offset of the caret, between grapheme clusters.
    caret: usize,
}

/// Longest line that can be typed or pasted.
const LONGEST: usize = 4096;

impl Line {
    pub fn new(text: &str) -> Line {
        Line {
            text: text.to_owned(),
            caret: text.len(),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    /// Byte offset of the caret.
    pub fn caret(&self) -> usize {
        self.caret
    }

    /// Edits the line; `false` if the key means nothing to it.
    pub fn edit(&mut self, key: Key) -> bool {
        match (key.code, key.ctrl, key.alt) {
            (Code::Char('a'), true, _) | (Code::Home, ..) => self.caret = 0,
            (Code::Char('e'), true, _) | (Code::End, ..) => self.caret = self.text.len(),
            (Code::Char('u'), true, _) => {
                self.text.drain(..self.caret);
                self.caret = 0;
            }
            (Code::Char('w'), true, _) => {
                let kept = self.text[..self.caret]
                    .trim_end()
                    .rfind(' ')
                    .map_or(0, |at| at + 1);
                self.text.drain(kept..self.caret);
                self.caret = kept;
            }
            (Code::Backspace, ..) | (Code::Char('h'), true, _) => {
                let before = self.before();
                self.text.drain(before..self.caret);
                self.caret = before;
            }
            (Code::Delete, ..) => {
                let after = self.after();
                self.text.drain(self.caret..after);
            }
            (Code::Left, ..) => self.caret = self.before(),
            (Code::Right, ..) => self.caret = self.after(),
            (Code::Char(letter), false, false) => self.insert(letter.encode_utf8(&mut [0; 4])),
            _ => return false,
        }
        true
    }

    /// Types text; what a line cannot hold (controls, what is too long) is left out.
    pub fn insert(&mut self, text: &str) {
        for letter in text.chars().filter(|letter| !letter.is_control()) {
            if self.text.len() + letter.len_utf8() > LONGEST {
                return;
            }
            self.text.insert(self.caret, letter);
            self.caret += letter.len_utf8();
        }
    }

    /// Puts text in the place of a part, the caret behind it.
    pub fn replace(&mut self, part: Range<usize>, text: &str) {
        if self.text.get(part.clone()).is_some() && self.text.len() + text.len() <= LONGEST {
            self.caret = part.start + text.len();
            self.text.replace_range(part, text);
        }
    }

    fn before(&self) -> usize {
        self.text[..self.caret]
            .grapheme_indices(true)
            .next_back()
            .map_or(0, |(at, _)| at)
    }

    fn after(&self) -> usize {
        self.text[self.caret..]
            .graphemes(true)
            .next()
            .map_or(self.caret, |cluster| self.caret + cluster.len())
    }
}

/// The filter: what is typed, and the last one that could be read.
#[derive(Clone, Debug, Default)]
pub struct FilterState {
    /// What was typed last, good or not.
    pub text: String,
    pub good: Option<Good>,
    /// Why what was typed is no filter, and where.
    pub error: Option<(Range<usize>, String)>,
    /// Rows before this one have been looked at.
    pub upto: usize,
    /// How many stretches were taken in, so that lists know when to follow.
    pub parts: u64,
    /// A person stopped it before it had looked at all.
    pub stopped: bool,
    /// Rows that have to be looked at once more, because something was found in them since.
    pub again: Vec<RowId>,
    /// Those of them that are being looked at now: they are to be looked at still if no answer is waited for.
    pub asked: Vec<RowId>,
    /// How many findings there were, and how often they were judged again, when it was seen to last.
    pub judged: (usize, u64),
    /// The last thing that was typed: it is tried after a pause.
    pub typed: u64,
    /// What was in force before the line was opened, while another one is tried.
    pub before: Option<Box<Saved>>,
}

/// A filter that will be in force again, with what it let through.
#[derive(Clone, Debug)]
pub struct Saved {
    pub state: FilterState,
    pub passed: Option<Picked>,
}

impl FilterState {
    /// Of so many rows, how many in a hundred were looked at.
    pub fn share(&self, rows: usize) -> usize {
        self.upto * 100 / rows.max(1)
    }
}

/// A filter in use.
#[derive(Clone, Debug)]
pub struct Good {
    pub text: String,
    pub filter: Arc<Filter>,
    pub generation: u64,
    /// A pass over the rows is under way.
    pub running: bool,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::key::script;

    fn typed(keys: &str) -> Line {
        let mut line = Line::default();
        for key in script(keys) {
            line.edit(key);
        }
        line
    }

    #[test]
    fn a_line_is_edited_by_clusters_and_words() {
        assert_eq!(typed("risk:>=high x<backspace>").text(), "risk:>=high ");
        assert_eq!(typed("one two<ctrl-w>").text(), "one ");
        assert_eq!(typed("abc<left><left>X<delete>").text(), "aXc");
        assert_eq!(typed("e\u{301}x<left><backspace>").text(), "x");
    }

    #[test]
    fn a_line_takes_no_controls_and_has_an_end() {
        let mut line = Line::default();
        line.insert("a\x1b[31m\nb");
        assert_eq!(line.text(), "a[31mb");
        line.insert(&"x".repeat(10_000));
        assert_eq!(line.text().len(), LONGEST);
    }
}
