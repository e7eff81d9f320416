//! Code within arguments and results: what language it is in, and how its parts are coloured.
//!
//! ```text
//! settle: which texts are on the screen ── guess ──▶ Effect::Paint ── syntect, on another thread ──▶ Message::Painted
//! view:   a text without its colours yet is drawn plainly
//! ```
//!
//! syntect only parses; which part it is becomes a scope of the theme, so that every theme and every terminal can show
//! it. What is hidden in a text and what is evidence keep their own look.

mod guess;
mod lang;
mod paint;

pub use guess::{guess, of_answer};
pub use lang::Lang;
pub use paint::paint;

use super::body::Key;
use super::json::At;
use super::theme::{Scope, Theme};
use super::widget::Seen;
use super::widget::text::Lit;
use crate::text::RawBuf;
use crate::wire::json::NodeId;
use std::collections::HashMap;
use std::ops::Range;

/// Bytes of one text that are painted: more than the rows that any page has for it.
const PAINTED: usize = 32 * 1024;
/// Texts that are kept; then all are let go of.
const KEPT: usize = 512;

/// A text on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Passage {
    pub of: Key,
    pub node: NodeId,
    /// Its secrets are masked, which makes it another text.
    pub masks: bool,
    /// It is seen as JSON with line breaks.
    pub spaced: bool,
}

/// The parts of a text, in order: which bytes, and as what they are drawn.
pub type Spans = Vec<(Range<usize>, Scope)>;

/// A text to paint.
#[derive(Clone, Debug)]
pub struct Job {
    pub part: Passage,
    pub lang: Lang,
    pub text: RawBuf,
}

#[derive(Debug)]
struct Known {
    lang: Option<Lang>,
    /// Empty until they are there.
    spans: Spans,
}

/// What is known of the texts on the screen.
#[derive(Debug, Default)]
pub struct Codes {
    known: HashMap<Passage, Known>,
}

impl Codes {
    /// Makes sure that a text is painted or on its way; gives the job if it has to be done. `lang` is asked only once.
    pub fn want(
        &mut self,
        part: Passage,
        lang: impl FnOnce() -> Option<Lang>,
        text: impl FnOnce() -> RawBuf,
    ) -> Option<Job> {
        if self.known.contains_key(&part) {
            return None;
        }
        if self.known.len() >= KEPT {
            self.known.clear();
        }
        let lang = lang();
        let spans = Spans::new();
        self.known.insert(part, Known { lang, spans });
        let text = lang.map(|_| text())?;
        let text = text.as_raw().slice(0..PAINTED).to_buf();
        Some(Job {
            part,
            lang: lang?,
            text,
        })
    }

    /// Keeps what was painted.
    pub fn put(&mut self, part: Passage, spans: Spans) {
        if let Some(known) = self.known.get_mut(&part) {
            known.spans = spans;
        }
    }

    pub fn lang(&self, part: Passage) -> Option<Lang> {
        self.known.get(&part)?.lang
    }

    /// The parts of a text as a theme draws them.
    pub fn tints(&self, part: Passage, theme: &Theme) -> Vec<Lit> {
        let spans = self.known.get(&part).map_or(&[][..], |known| &known.spans);
        let lit = |(span, scope): &(Range<usize>, Scope)| Lit {
            span: span.clone(),
            style: theme.style(*scope),
        };
        spans.iter().map(lit).collect()
    }
}

/// The text of a value as the screens show it.
pub fn text_of(at: At, masks: bool) -> RawBuf {
    let text = at.text(PAINTED);
    if !masks {
        return text;
    }
    let key = at.key();
    let seen = Seen::member_masked(key.as_ref().map(RawBuf::as_raw), text.as_raw());
    seen.raw().to_buf()
}
