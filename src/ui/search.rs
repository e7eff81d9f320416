//! A search, and what it has found so far.

use crate::analysis::needle::Needle;
use crate::session::filter::{Part, Picked};
use crate::session::{ItemId, RowId, Session};
use crate::text::RawBuf;
use crate::ui::model::View;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::Arc;

/// The last search: what it looks for, how far it is, what holds it.
#[derive(Debug, Default)]
pub struct SearchState {
    /// As it was typed; empty where nothing was searched for.
    pub text: String,
    pub needle: Option<Arc<Needle>>,
    /// Tells answers to this search from those to earlier ones.
    pub generation: u64,
    pub backward: bool,
    /// A stretch is being looked through.
    pub running: bool,
    /// A person stopped it.
    pub stopped: bool,
    /// All was looked through, and nothing holds it.
    pub missed: bool,
    /// To be gone to as soon as it is found: the next one, backward or not.
    pub waiting: bool,
    /// It began at this row; rows up to `upto` were looked through, and those before `round`.
    pub start: usize,
    pub upto: usize,
    pub round: usize,
    /// Rows that hold it; those of them that belong to calls; definitions that hold it, by their versions.
    pub hits: Picked,
    pub in_calls: Picked,
    pub items: BTreeSet<(ItemId, usize)>,
    /// The hits that the present view lists.
    pub seen: Picked,
    /// What `seen` was made of: stretches of the search, the filter and its stretches, the view.
    pub seen_of: Option<(u64, u64, u64, View)>,
    /// Stretches that were taken in.
    pub parts: u64,
    /// The entries that hold it, where the present view lists other things than messages, and not too many.
    pub listed: Option<Vec<usize>>,
    /// What stands around hits that are on the screen.
    pub quotes: HashMap<RowId, Option<Quote>>,
    /// Whether secrets are spelled out in the quotes.
    pub spelled: bool,
}

/// The surroundings of a hit.
#[derive(Clone, Debug)]
pub struct Quote {
    pub text: RawBuf,
    /// The hit in it.
    pub lit: Range<usize>,
    /// The line begins before it.
    pub is_cut: bool,
    /// How it is written there, where it is not the text itself: `in base64`.
    pub ways: String,
}

/// A stretch to be looked through.
#[derive(Clone, Debug)]
pub struct Search {
    pub generation: u64,
    pub needle: Arc<Needle>,
    /// Rows; the stretch may end earlier.
    pub rows: Range<usize>,
}

/// What was found in a stretch.
#[derive(Debug)]
pub struct Found {
    pub generation: u64,
    pub part: Part,
    pub in_calls: Part,
    pub items: Vec<(ItemId, usize)>,
}

impl SearchState {
    /// Begins a search at a row.
    pub fn new(text: &str, needle: Needle, generation: u64, from: RowId) -> SearchState {
        // Bits are kept in words: a stretch begins where one does.
        let start = from.index() / 64 * 64;
        SearchState {
            text: text.to_owned(),
            needle: Some(Arc::new(needle)),
            generation,
            start,
            upto: start,
            ..SearchState::default()
        }
    }

    /// What is still to be looked through first; `None` where all was.
    pub fn next(&self, session: &Session) -> Option<Range<usize>> {
        let rows = session.len();
        if self.upto < rows {
            Some(self.upto..rows)
        } else {
            (self.round < self.start).then_some(self.round..self.start)
        }
    }

    /// Takes in what was found in a stretch.
    pub fn take(&mut self, found: Found) {
        let range = found.part.range.clone();
        self.hits.extend(range.clone(), &found.part.words);
        self.in_calls.extend(range.clone(), &found.in_calls.words);
        self.items.extend(found.items);
        match range.start >= self.start {
            true => self.upto = range.end.max(self.upto),
            false => self.round = range.end.max(self.round),
        }
        self.parts += 1;
    }

    /// Whether all rows of a range were looked through.
    pub fn has_seen(&self, range: Range<usize>) -> bool {
        let whole = self.round >= self.start;
        let begins = if whole { 0 } else { self.start };
        range.is_empty()
            || range.start >= begins && range.end <= self.upto
            || range.end <= self.round
    }

    /// Of so many rows, how many in a hundred were looked through.
    pub fn share(&self, rows: usize) -> usize {
        (self.upto - self.start + self.round) * 100 / rows.max(1)
    }
}
