//! The case as it is kept on disk, and the report that is written of it.

use crate::analysis::{Finding, Findings};
use crate::session::{RowId, Session};
use crate::store::cases::{Id, Left, Marks, Record, Review, Shelf};
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Where a case is kept.
#[derive(Clone, Debug)]
pub struct CaseFile {
    pub shelf: Shelf,
    pub id: Id,
    /// What it is called, if nobody says otherwise; our own text or already revealed.
    pub name: String,
    /// What was kept of it when it was opened; empty for a case that has no file yet.
    pub record: Arc<Record>,
    /// It has a file.
    pub exists: bool,
    /// It was asked for by name, so it is kept whatever is made of it.
    pub named: bool,
    /// What a person should know at first, as sentences.
    pub told: Vec<String>,
}

/// How reports are written: by the room beside this one, so it is told from above.
#[derive(Clone)]
pub struct Reports {
    /// The day, as in `2026-01-01`.
    pub today: String,
    pub whole: fn(&Session, &Findings, &Review, &mut dyn io::Write) -> io::Result<()>,
    pub one: fn(&Session, &Findings, &Review, &Finding) -> String,
}

impl fmt::Debug for Reports {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Reports of {}", self.today)
    }
}

/// What the screens know of the file.
#[derive(Debug, Default)]
pub struct Filing {
    /// Marks and bookmarks as they are on disk.
    pub kept: Marks,
    pub kept_bookmarks: BTreeSet<RowId>,
    /// What was kept last, and what could not be: acts done, bookmarks set.
    pub stamp: (u64, usize),
    pub failed: Option<(u64, usize)>,
    /// What is being written at the moment. Never two at once: the second would begin from what the first changes.
    pub sent: Option<Sent>,
    /// There is more to write as soon as that is done.
    pub again: bool,
    /// The delay after which it is written.
    pub waiting: Option<u64>,
    /// It has a file.
    pub exists: bool,
    pub greeted: bool,
    /// Bookmarks and the last place were asked for.
    pub recalled: bool,
    /// It was looked whether every mark has its finding.
    pub counted: bool,
    /// A key was pressed: the person is not moved any more.
    pub touched: bool,
    /// The name that the person gave, until it is kept.
    pub name: Option<String>,
    /// The name that it has on disk, once something was kept.
    pub called: Option<String>,
    /// Leaving was refused once, because the case could not be kept.
    pub refused: bool,
}

/// What was on the screens when something was kept of them.
#[derive(Debug)]
pub struct Sent {
    pub marks: Marks,
    pub bookmarks: BTreeSet<RowId>,
    pub stamp: (u64, usize),
    pub name: Option<String>,
}

/// What is to be kept.
#[derive(Clone, Debug)]
pub struct Keeping {
    pub was: Marks,
    pub marks: Marks,
    pub bookmarks_were: BTreeSet<RowId>,
    pub bookmarks: BTreeSet<RowId>,
    pub cursor: RowId,
    /// Without its cursor.
    pub left: Left,
    pub name: Option<String>,
    /// The screens are being left: nobody waits long, and nothing that came from others is looked for.
    pub parting: bool,
}

/// Something to do with files.
#[derive(Clone, Debug)]
pub enum Errand {
    Keep(Box<Keeping>),
    /// Find bookmarks and the last place in what is open.
    Recall,
    /// Write a report.
    Report {
        file: String,
        /// A file that is there may be replaced.
        replace: bool,
        review: Box<Review>,
    },
    /// Take a recording, by its path or id, into the case.
    Add(String),
}

/// What came of it.
#[derive(Debug)]
pub enum News {
    /// What is kept now, and bookmarks that others set.
    Kept(Result<(Box<Record>, BTreeSet<RowId>), String>),
    Recalled {
        bookmarks: BTreeSet<RowId>,
        cursor: Option<RowId>,
    },
    /// Where the report is and how big; or why it is not, and whether a file is in its place.
    Reported(Result<(PathBuf, u64), Refused>),
    Added(Result<String, String>),
}

/// Why a report was not written.
#[derive(Debug)]
pub struct Refused {
    /// What was typed.
    pub file: String,
    /// There is such a file.
    pub exists: bool,
    pub why: String,
}
