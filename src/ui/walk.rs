//! How one walks through time: what is being looked for, how playing goes, where the lanes of Flow stand.

use super::body;
use super::play::Playing;
use super::target::Target;
use crate::session::{RowId, ServerId, Symbol};
use crate::wire::id::MessageKind;

/// Entries that are looked at in one go. A few milliseconds' worth: what is further away is looked for between two
/// keys.
const SLICE: usize = 200_000;

/// The state of walking.
#[derive(Clone, Debug)]
pub struct Walk {
    pub playing: Playing,
    /// What is being looked for beside the cursor.
    pub seek: Option<Seek>,
    /// Entries that are looked at in one go.
    pub slice: usize,
    /// Where the cursor was moved to along the timeline; while it stays there, its time is told beside it.
    pub scrubbed: Option<RowId>,
    /// The mouse holds the cursor of the timeline.
    pub dragging: bool,
    /// The first lane that Flow shows, where a person moved the lanes, and the cursor at that moment.
    pub lanes: Option<(usize, RowId)>,
    /// What a tree that is gone back to had selected.
    pub tree: Option<TreeSpot>,
}

impl Default for Walk {
    fn default() -> Walk {
        Walk {
            playing: Playing::default(),
            seek: None,
            slice: SLICE,
            scrubbed: None,
            dragging: false,
            lanes: None,
            tree: None,
        }
    }
}

/// What was selected in a JSON tree, and how far it was scrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TreeSpot {
    pub of: body::Key,
    pub selected: usize,
    pub offset: usize,
}

/// What is alike in two messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Like {
    /// A call of this tool.
    Tool(ServerId, Symbol),
    /// A message with this method.
    Method(Symbol),
    /// A message of this kind that has no method.
    Kind(MessageKind),
    /// Whatever a server says or is asked.
    Server(ServerId),
}

/// Something that is looked for, a slice of the list at a time.
#[derive(Clone, Copy, Debug)]
pub struct Seek {
    pub generation: u64,
    pub like: Like,
    /// Calls are looked through, else messages.
    pub calls: bool,
    pub forward: bool,
    /// Where it began: a cursor that is moved meanwhile ends it.
    pub from: RowId,
    /// The entry to look at next; `None` when all were.
    pub next: Option<usize>,
    /// The filter it goes by.
    pub filter: u64,
    /// Once nothing is found one way, the other way is looked.
    pub turns: bool,
    /// The call that is found is gone to, with a place in the jump list; else only the cursor moves.
    pub opens: bool,
}

impl Seek {
    /// Where it leads once found.
    pub fn target(&self, call: usize) -> Option<Target> {
        self.opens.then_some(Target::Call(call))
    }
}
