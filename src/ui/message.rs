//! What happens to the screens, and what they ask for.

use super::body::{Key as BodyKey, Loaded};
use super::clipboard::{Copied, Copy};
use super::code::{Job, Passage, Spans};
use super::compared::{self, Outcome};
use super::filing::{Errand, News};
use super::hold::{GateNews, HoldKey};
use super::key::Key;
use super::opening::Opening;
use super::overlay::PickerEntry;
use super::search::{Found, Quote, Search};
use super::taken::Taking;
use super::zoom::Zoom;
use crate::analysis::needle::Needle;
use crate::capture::gate::protocol::Decision;
use crate::session::filter::{Filter, Part};
use crate::session::{ItemId, RowId, Time};
use crate::store::baseline::{Baseline, Verdict};
use crate::store::history::{History, Kind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// Something that happened. The only thing that changes a [`Model`](super::model::Model).
#[derive(Debug)]
pub enum Message {
    Key(Key),
    /// Text pasted into the terminal; goes into a prompt, if one is open.
    Paste(String),
    Mouse(Mouse),
    /// The terminal is this wide and high now.
    Resize(u16, u16),
    /// The session or its findings hold more than before.
    Grew,
    /// A body that was read in the background.
    Loaded(BodyKey, Loaded),
    /// Rows that pass a filter, from one stretch of the session.
    Filtered(Filtered),
    /// What a search found in one stretch of the session.
    Found(Found),
    /// What was filtered by and searched for earlier.
    Recalled(History),
    /// What stands around hits of a search.
    Quoted {
        generation: u64,
        quotes: Vec<(RowId, Option<Quote>)>,
        /// Whether secrets are spelled out in them.
        spelled: bool,
    },
    /// Two things were compared.
    Compared(Arc<compared::Job>, Outcome),
    /// What a person decided was written into the baseline, or could not be: a sentence in both cases.
    Decided(Result<(String, Arc<Baseline>), String>),
    /// What a person prefers was kept, or could not be: a sentence in both cases.
    Preferred(Result<String, String>),
    /// Something was heard of a gate.
    Gate(GateNews),
    /// Recordings to choose from, in the place of those that were offered.
    Offered(Vec<PickerEntry>),
    /// All of a value, to be shown.
    Opened(Box<Zoom>),
    /// The parts of a text that is code.
    Painted(Passage, Spans),
    /// A part of a message that is to be copied, or why it cannot be.
    Taken(Result<Copy, String>),
    /// What became of a copy.
    Copied(Copied),
    /// What time it is.
    Clock(Time),
    /// What came of something to do with the case's file.
    Filed(News),
    /// A delay that was asked for is over.
    Woke(Alarm),
}

/// What a filter found between two rows.
#[derive(Debug)]
pub struct Filtered {
    pub generation: u64,
    /// The rows between the two that pass.
    pub part: Part,
    /// Earlier rows that were looked at again, and whether they pass now.
    pub again: Vec<(RowId, bool)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    pub kind: MouseKind,
    pub column: u16,
    pub row: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    Press,
    Drag,
    Release,
    ScrollUp,
    ScrollDown,
}

/// What a delay was for. The number tells a delay that was replaced from the one that counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alarm {
    /// The case is to be kept.
    Keep(u64),
    Toast(u64),
    Play(u64),
    /// Nothing was typed for a while.
    Typed(u64),
    /// The next slice of what is being looked for.
    Seek(u64),
    /// A second of the time that is left for what is held.
    Hold(u64),
    /// A second of the clock beside what waits.
    Clock,
}

/// Something that `update` cannot do itself, because it takes time or touches the world.
#[derive(Debug)]
pub enum Effect {
    Quit,
    /// Give the terminal back to the shell (ctrl-z).
    Suspend,
    /// The entry of the picker with this number was chosen.
    Choose(usize),
    /// Put text on the clipboard.
    Copy(Copy),
    /// Make a copy of a part of a message.
    Take(Taking),
    /// Find the parts of a text that is code.
    Paint(Job),
    /// Open all of a value.
    Open(Opening),
    /// Ask the terminal to put it there.
    Ask(String),
    /// Read a body in the background.
    Read(BodyKey),
    /// Compare two things that are large.
    Compare(Arc<compared::Job>),
    /// Look through the rows from `from` on, and again at some of those before.
    Filter {
        generation: u64,
        filter: Arc<Filter>,
        from: usize,
        again: Vec<RowId>,
    },
    /// Write into the baseline what was decided of these wordings.
    Decide {
        wordings: Vec<(ItemId, usize)>,
        verdict: Verdict,
    },
    /// Keep in the settings file that this theme is preferred.
    Prefer {
        file: PathBuf,
        theme: String,
    },
    /// Tell a gate what was decided.
    Answer(HoldKey, Decision),
    /// Take the mouse, or leave it to the terminal.
    Mouse(bool),
    /// Remember with this file that the tour was seen.
    Toured(PathBuf),
    /// Ring the terminal's bell.
    Ring,
    /// Read what was filtered by and searched for earlier.
    Recall,
    /// Keep a line that was typed.
    Remember(Kind, String),
    /// Look for text in a stretch of the messages.
    Search(Search),
    /// Read what stands around the hits in these messages, with secrets spelled out or masked.
    Quote {
        generation: u64,
        needle: Arc<Needle>,
        rows: Vec<RowId>,
        spelled: bool,
    },
    /// Tell what time it is.
    Clock(fn() -> Time),
    /// Something to do with the case's file.
    File(Errand),
    /// Open the case anew: it has another recording.
    Reopen,
    Wake(Duration, Alarm),
}
