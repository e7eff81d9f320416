//! Things that one can go to.

use super::compared::Pair;
use crate::session::{ItemId, RowId};

/// Where a link leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A message, in the Messages view.
    Row(RowId),
    /// A call by its number, in the Calls view.
    Call(usize),
    /// A version of a definition, in the Tools view.
    Item(ItemId),
    /// A finding by its number, in the Findings view.
    Finding(usize),
    /// A change by its number, in the Changes view.
    Change(usize),
    /// Two things, compared over the whole screen.
    Compared(Pair),
}
