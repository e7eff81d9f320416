//! What a recording says.

use plainsight::session::load::{self, lock_read};
use plainsight::session::{SharedSession, SourceArg};
use plainsight::wire::id::{Direction, MessageKind};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A line, with the message as it stands there.
#[derive(serde::Deserialize)]
pub struct Entry {
    pub seq: u64,
    pub direction: String,
    /// As it stands there, with the white space around it.
    #[serde(skip)]
    raw: Option<Vec<u8>>,
    text: Option<String>,
    b64: Option<String>,
    eol: Option<String>,
    #[serde(default)]
    unterminated: bool,
}

impl Entry {
    /// The bytes that passed, with the end of the line.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = match (&self.raw, &self.b64, &self.text) {
            (Some(raw), _, _) => raw.clone(),
            (_, Some(coded), _) => decode(coded),
            (_, _, Some(text)) => text.clone().into_bytes(),
            _ => panic!("entry {} has no body", self.seq),
        };
        if self.eol.as_deref() == Some("crlf") {
            bytes.push(b'\r');
        }
        if !self.unterminated {
            bytes.push(b'\n');
        }
        bytes
    }

    /// The message, as far as it is one.
    pub fn value(&self) -> Value {
        let raw = self.raw.as_deref();
        serde_json::from_slice(raw.unwrap_or(b"null")).unwrap_or_default()
    }
}

fn decode(coded: &str) -> Vec<u8> {
    let sign = |byte: u8| match byte {
        b'A'..=b'Z' => byte - b'A',
        b'a'..=b'z' => byte - b'a' + 26,
        b'0'..=b'9' => byte - b'0' + 52,
        b'+' => 62,
        _ => 63,
    };
    let (mut bits, mut held, mut out) = (0u32, 0, Vec::new());
    for byte in coded.bytes().filter(|byte| *byte != b'=') {
        (bits, held) = (bits << 6 | u32::from(sign(byte)), held + 6);
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    out
}

/// Every whole line of a file.
pub fn entries(path: &Path) -> Vec<Entry> {
    let text = std::fs::read(path).expect("a recording");
    text.split_inclusive(|byte| *byte == b'\n')
        .filter(|line| line.ends_with(b"\n"))
        .map(|line| {
            let mut entry: Entry = serde_json::from_slice(line)
                .unwrap_or_else(|e| panic!("{e}: {}", line.escape_ascii()));
            entry.raw = memchr::memmem::find(line, b",\"raw\":")
                .map(|at| line[at + 7..line.len() - 2].to_vec());
            entry
        })
        .collect()
}

/// The stream of a direction, put together again.
pub fn stream(entries: &[Entry], direction: &str) -> Vec<u8> {
    entries
        .iter()
        .filter(|entry| entry.direction == direction)
        .flat_map(Entry::bytes)
        .collect()
}

/// The facts of the recorder's words of that name.
pub fn events(entries: &[Entry], event: &str) -> Vec<Value> {
    entries
        .iter()
        .filter(|entry| entry.direction == "meta")
        .map(Entry::value)
        .filter(|raw| raw["event"] == event)
        .collect()
}

/// The last word of the recorder.
pub fn exit(entries: &[Entry]) -> Value {
    events(entries, "exit").pop().expect("an exit entry")
}

/// Sequence numbers stand in the order of the file, without a gap.
pub fn assert_in_order(entries: &[Entry]) {
    for (n, entry) in entries.iter().enumerate() {
        assert_eq!(entry.seq, n as u64 + 1);
    }
}

/// Recordings opened as one case.
pub fn open(paths: &[PathBuf]) -> SharedSession {
    let sources: Vec<SourceArg> = paths.iter().cloned().map(SourceArg::Path).collect();
    load::whole(&sources, load::Options::default()).expect("they open")
}

/// How many rows of an opened session are messages of a direction; none may be unreadable.
pub fn messages(session: &SharedSession, direction: Direction) -> usize {
    let session = lock_read(session);
    let rows = session.rows();
    let unreadable = rows
        .iter()
        .filter(|row| row.kind == MessageKind::Unreadable)
        .count();
    assert_eq!(unreadable, 0, "unreadable lines");
    for source in session.sources() {
        assert_eq!(source.format.id, "native");
    }
    rows.iter().filter(|row| row.dir == direction).count()
}
