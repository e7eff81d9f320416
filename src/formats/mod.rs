//! Floor 1: where a session came from.
//!
//! One recording format a file. A [`Format`] says how sure it is of the first bytes of a file and how its lines become
//! [`Peek`]s: just enough of each message for the index, read from the head and the tail of the line. Formats whose
//! entries are not lines are converted once into a private spool in the native form ([`Reading::Document`]); from
//! there on they are rows like any other.

pub mod bare;
pub mod detect;
pub mod document;
pub mod native;
mod peek;
mod stamp;

pub use detect::{Detected, detect};
pub use peek::{Flags, Peek};
pub use stamp::parse_stamp;

use std::io;
use std::ops::Range;

/// How much of a session a kind of recording can hold. Silence in a view means something only when its source could
/// have filled it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Class {
    /// Definitions, arguments and results, both directions.
    WireComplete,
    /// What an agent called and what came back; no definitions.
    CallsOnly,
    /// Connects, failures and standard error; no bodies.
    ConnectionsOnly,
}

impl Class {
    pub fn name(self) -> &'static str {
        match self {
            Class::WireComplete => "wire-complete",
            Class::CallsOnly => "calls only",
            Class::ConnectionsOnly => "connections only",
        }
    }

    /// What that means for the reader, as a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Class::WireComplete => {
                "Definitions, arguments and results are recorded, in both directions."
            }
            Class::CallsOnly => {
                "This is an agent's transcript: it has calls and results, but no tool definitions."
            }
            Class::ConnectionsOnly => {
                "This log has connections and standard error only: no messages."
            }
        }
    }
}

/// One recording format.
pub struct Format {
    /// The word for `--format` and the JSON report.
    pub id: &'static str,
    pub title: &'static str,
    pub class: Class,
    /// How sure the format is of a file that begins like this: 0 (no) to 100.
    pub score: fn(&[u8]) -> u8,
    pub reading: Reading,
}

/// How a format's bytes become messages.
pub enum Reading {
    /// One entry a line.
    Lines(Lines),
    /// A document that is converted into native lines, once.
    Document(Convert),
}

/// What a document reader is: the whole of the input in, native lines out, notes for the person back.
pub type Convert = fn(&mut dyn io::Read, &mut dyn io::Write) -> io::Result<Vec<String>>;

/// Gives every message of a line to `emit`.
pub type PeekLine = fn(line: &[u8], emit: &mut dyn FnMut(Peek<'_>));

/// How the lines of a format are read.
#[derive(Clone, Copy)]
pub struct Lines {
    /// Gives every message of a line (without its newline) to `emit`; several for a batch.
    pub peek: PeekLine,
    /// Where the JSON-RPC message stands in the line; empty where there is none.
    pub message: fn(line: &[u8]) -> Range<usize>,
}

/// Every format, in the order in which ties are decided.
pub static FORMATS: &[&Format] = &[&native::FORMAT, &bare::FORMAT, &document::ARRAY];

/// The format with this id.
pub fn by_id(id: &str) -> Option<&'static Format> {
    FORMATS.iter().copied().find(|format| format.id == id)
}
