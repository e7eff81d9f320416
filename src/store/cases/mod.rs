//! What a person made of sessions: verdicts and notes on findings, bookmarks, and which recordings belong together.
//!
//! A case is one file of JSON in the state folder, `cases/ID.json`:
//!
//! ```text
//! { "schema": "plainsight.case/1", "name": "incident.jsonl and 1 more", "created": …, "changed": …,
//!   "sources":   [ { "path": …, "size": …, "head": { "bytes": …, "hash": … } } ],
//!   "marks":     { FINDING: { "verdict": …, "note": …, "at": …, "by": … } },
//!   "bookmarks": [ { "source": 0, "line": 12, "part": 0 } ],
//!   "left":      { "view": …, "cursor": …, "filter": …, "queue": … } }
//! ```
//!
//! A mark is known by the stable id of its finding, a message by its recording and line, so that both are found again
//! whatever was opened with them and in what order. [`Shelf`] reads and writes the files; [`Change`] is what one program
//! did since it looked last, so that two at work on one case lose nothing of each other.

mod review;
mod shelf;
mod source;

pub use review::{Review, sha256};
pub use shelf::{Error, Id, Listed, Shelf};
pub use source::{Kept, Source};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Version of the file.
pub const SCHEMA: &str = "plainsight.case/1";

/// What stands before the id of a story among the marks: a note on the story itself.
const STORY: &str = "story/";

/// The key under which a mark on a story is kept.
pub fn story_key(id: &str) -> String {
    format!("{STORY}{id}")
}

/// Whether a mark is one on a story.
pub fn is_story_key(key: &str) -> bool {
    key.starts_with(STORY)
}

/// What a person thinks of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    Confirmed,
    FalsePositive,
    NeedsALook,
}

impl Verdict {
    pub const ALL: [Verdict; 3] = [
        Verdict::Confirmed,
        Verdict::FalsePositive,
        Verdict::NeedsALook,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Verdict::Confirmed => "confirmed",
            Verdict::FalsePositive => "false positive",
            Verdict::NeedsALook => "needs a look",
        }
    }

    /// Nothing more has to be done about it.
    pub fn is_decided(self) -> bool {
        self != Verdict::NeedsALook
    }
}

/// A verdict with its note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub verdict: Verdict,
    /// As the person typed it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// When it was kept, in RFC 3339; empty until then.
    #[serde(default)]
    pub at: String,
    /// Who marked it; empty until it is kept.
    #[serde(default)]
    pub by: String,
}

impl Mark {
    pub fn new(verdict: Verdict, note: impl Into<String>) -> Mark {
        Mark {
            verdict,
            note: note.into(),
            at: String::new(),
            by: String::new(),
        }
    }

    /// Whether both say the same, whoever said it and when.
    pub fn says_as(&self, other: &Mark) -> bool {
        (self.verdict, &self.note) == (other.verdict, &other.note)
    }
}

/// Marks by the stable id of their finding, or the key of their story.
pub type Marks = BTreeMap<String, Mark>;

/// A message of a recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Spot {
    /// Place in [`Record::sources`].
    pub source: usize,
    /// Number of the line, from 1.
    pub line: u32,
    /// Which message of its line, from 0.
    #[serde(default)]
    pub part: u16,
}

/// Where the person was when the case was left.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Left {
    /// The name of the view.
    #[serde(default)]
    pub view: String,
    #[serde(default)]
    pub cursor: Option<Spot>,
    #[serde(default)]
    pub filter: String,
    /// Only what was open was listed.
    #[serde(default)]
    pub queue: bool,
    /// How many findings were open.
    #[serde(default)]
    pub open: usize,
}

/// A case as it is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    pub name: String,
    pub created: String,
    pub changed: String,
    pub sources: Vec<Source>,
    #[serde(default)]
    pub marks: Marks,
    #[serde(default)]
    pub bookmarks: BTreeSet<Spot>,
    #[serde(default)]
    pub left: Left,
}

impl Record {
    /// How many marks on findings say this.
    pub fn count(&self, verdict: Verdict) -> usize {
        let marks = self.marks.iter();
        let own = marks.filter(|(key, mark)| !is_story_key(key) && mark.verdict == verdict);
        own.count()
    }
}

/// What one program did with a case since it read it last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Marks that were set, and those that were taken away.
    pub marks: Vec<(String, Option<Mark>)>,
    /// Bookmarks that were set, and those that were taken away. Their sources are places in the record.
    pub bookmarks: Vec<(Spot, bool)>,
    pub left: Left,
}

impl Change {
    /// Does the same to what is kept now. What was marked meanwhile by others stays.
    pub fn apply(self, record: &mut Record, now: &str, by: &str) {
        for (key, mark) in self.marks {
            match mark {
                Some(mark) => {
                    let (at, by) = (now.to_owned(), by.to_owned());
                    record.marks.insert(key, Mark { at, by, ..mark });
                }
                None => {
                    record.marks.remove(&key);
                }
            }
        }
        for (spot, is_set) in self.bookmarks {
            match is_set {
                true => record.bookmarks.insert(spot),
                false => record.bookmarks.remove(&spot),
            };
        }
        record.left = self.left;
        record.changed = now.to_owned();
        if record.created.is_empty() {
            record.created = now.to_owned();
        }
    }

    /// What leads from one set of marks to another.
    pub fn of_marks(from: &Marks, to: &Marks) -> Vec<(String, Option<Mark>)> {
        let same = |key: &String, mark: &Mark| from.get(key).is_some_and(|old| old.says_as(mark));
        let set = to.iter().filter(|(key, mark)| !same(key, mark));
        let gone = from.keys().filter(|key| !to.contains_key(*key));
        let set = set.map(|(key, mark)| (key.clone(), Some(mark.clone())));
        set.chain(gone.map(|key| (key.clone(), None))).collect()
    }
}

/// The name of the person at work, as the system has it, safe to print.
pub fn user() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"];
    let name = names.into_iter().find_map(std::env::var_os);
    name.map_or_else(String::new, |name| {
        crate::text::Raw::new(name.as_encoded_bytes()).label(40)
    })
}

/// The time, in RFC 3339, in seconds.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}

#[cfg(test)]
mod tests;
