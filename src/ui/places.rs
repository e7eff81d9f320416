//! Lists of places to go to: bookmarks, and where one has been.

use super::prompt::Line;
use super::spot::Wrong;

/// A list of places, and the one that is selected.
#[derive(Clone, Copy, Debug)]
pub struct Places {
    pub of: Which,
    pub selected: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Messages that were bookmarked, in their order.
    Bookmarks,
    /// The jump list: what lies ahead, the farthest first, then where one has been, the last one first.
    Jumps,
}

/// A place that is being typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub line: Line,
    /// Why it is none.
    pub wrong: Option<Wrong>,
}
