//! The help while it is open.

use super::prompt::Line;

/// What is typed looks for words in it.
#[derive(Clone, Debug, Default)]
pub struct Help {
    pub line: Line,
    /// Rows scrolled.
    pub scroll: usize,
}
