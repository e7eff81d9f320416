//! What readers of other formats write: native lines, each with the place in the file that it comes from.

use super::beside::Http;
use super::stamp;
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Limits, Nesting, Value, Whole, skip_string};
use std::io;

/// Where an entry stands in the file that it comes from.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Origin {
    /// Number of its first line, from 1; 0 where the file has none.
    pub line: u32,
    /// In bytes.
    pub offset: u64,
    pub len: u32,
}

impl Origin {
    /// From the start of this to the end of `other`, which must not begin before it.
    #[must_use]
    pub fn to(self, other: Origin) -> Origin {
        let end = other.offset + u64::from(other.len);
        Origin {
            len: u32::try_from(end.saturating_sub(self.offset)).unwrap_or(u32::MAX),
            ..self
        }
    }
}

/// One line of a log, without its newline and the carriage return before that.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    pub text: &'a [u8],
    pub origin: Origin,
}

/// Understands the lines of a log in order, and keeps what the next ones need.
pub trait Log: Send {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>);

    /// There is no further line, for now or for good: what waits for one is told. Lines may come after all.
    fn rest(&mut self, _out: &mut Out<'_>) {}
}

/// What is known of an entry besides its content.
#[derive(Clone, Copy, Default, Debug)]
pub struct Entry<'a> {
    pub origin: Origin,
    /// What tells connections (or sessions of an agent) apart; empty where the format has nothing.
    pub conn: &'a [u8],
    /// The server's label; empty where the format has none: then the file's name is it.
    pub label: &'a [u8],
    /// Microseconds since the epoch.
    pub micros: Option<i64>,
    pub transport: Transport,
    /// By what the same entry is known in whatever file it is copied to; empty where it is not.
    pub once: &'a [u8],
    /// The name under which the client gave the tool to the model, where it is another.
    pub client_name: &'a [u8],
    /// The recording has only a part of it.
    pub truncated: bool,
    /// The recorder took something out of it.
    pub redacted: bool,
    /// What is known of the HTTP around it.
    pub http: Option<&'a Http<'a>>,
}

impl Entry<'_> {
    pub fn at(origin: Origin) -> Self {
        Entry {
            origin,
            ..Entry::default()
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Transport {
    #[default]
    Unknown,
    Stdio,
    Http,
}

/// A fact of an event.
#[derive(Clone, Copy, Debug)]
pub enum Fact<'a> {
    /// Text, decoded.
    Text(&'a [u8]),
    Number(i64),
    /// JSON as it is spelled.
    Json(&'a [u8]),
}

/// Most notes of one source.
const NOTES: usize = 16;

/// What a reader writes to. Where writing fails, the rest is dropped and the failure is kept.
pub struct Out<'w> {
    sink: &'w mut dyn io::Write,
    line: String,
    /// What a person should know of the source, as sentences.
    pub notes: Vec<String>,
    /// Lines or records that have nothing for a session in them.
    pub skipped: u64,
    failure: Option<io::Error>,
}

impl<'w> Out<'w> {
    pub fn new(sink: &'w mut dyn io::Write) -> Out<'w> {
        Out {
            sink,
            line: String::new(),
            notes: Vec::new(),
            skipped: 0,
            failure: None,
        }
    }

    /// Adds a sentence, once.
    pub fn note(&mut self, sentence: impl Into<String>) {
        let sentence = sentence.into();
        if self.notes.len() < NOTES && !self.notes.contains(&sentence) {
            self.notes.push(sentence);
        }
    }

    /// A line or record with nothing for a session in it.
    pub fn skip(&mut self) {
        self.skipped += 1;
    }

    /// A JSON-RPC message (or batch) as it is spelled; the direction is inferred where it is `None`. What is no whole
    /// JSON value is told as text.
    pub fn message(&mut self, entry: &Entry<'_>, dir: Option<Direction>, raw: &[u8]) {
        let doc = Doc::parse(raw);
        match doc.root() {
            Some(root) if is_whole(&doc, raw) => self.value(entry, dir, root),
            _ => self.text(entry, dir, raw),
        }
    }

    /// [`message`](Self::message) for a value that is parsed already.
    pub fn value(&mut self, entry: &Entry<'_>, dir: Option<Direction>, root: Value<'_>) {
        self.begin(entry, dir.map(direction));
        self.line.push_str(",\"raw\":");
        let mut raw = Vec::with_capacity(root.range().len() + 2);
        compact(root.raw().bytes(), &mut raw);
        raw.extend_from_slice(b"}\n");
        self.put(&[&raw]);
    }

    /// Text where a message should be: a banner, a body that is no JSON, a message that was cut.
    pub fn text(&mut self, entry: &Entry<'_>, dir: Option<Direction>, text: &[u8]) {
        self.begin(entry, Some(direction(dir.unwrap_or(Direction::S2c))));
        self.end_with_text(text);
    }

    /// What a server wrote to its standard error.
    pub fn stderr(&mut self, entry: &Entry<'_>, text: &[u8]) {
        self.begin(entry, Some("stderr"));
        self.end_with_text(text);
    }

    /// Something that is no message: `start`, `connected`, `failed`, `closed`, `exit`, `log`, `user`, `assistant`, …
    pub fn event(&mut self, entry: &Entry<'_>, event: &str, facts: &[(&str, Fact<'_>)]) {
        use std::fmt::Write;
        self.begin(entry, Some("meta"));
        self.line.push_str(",\"raw\":{\"event\":");
        json_string(Raw::from(event), &mut self.line);
        let mut json = Vec::new();
        for (key, fact) in facts {
            let mut member = String::from(",");
            json_string(Raw::from(*key), &mut member);
            member.push(':');
            match fact {
                Fact::Text(text) => json_string(Raw::new(text), &mut member),
                Fact::Number(n) => {
                    // Writing to a `String` cannot fail.
                    let _ = write!(member, "{n}");
                }
                Fact::Json(_) => {}
            }
            json.extend_from_slice(member.as_bytes());
            if let Fact::Json(value) = fact {
                compact(value, &mut json);
            }
        }
        json.extend_from_slice(b"}}\n");
        self.put(&[&json]);
    }

    /// The failure of the first write that did not work.
    ///
    /// # Errors
    /// With that failure.
    pub fn finish(self) -> io::Result<(Vec<String>, u64)> {
        match self.failure {
            Some(failure) => Err(failure),
            None => Ok((self.notes, self.skipped)),
        }
    }

    /// Everything before the content.
    fn begin(&mut self, entry: &Entry<'_>, direction: Option<&str>) {
        use std::fmt::Write;
        let line = &mut self.line;
        line.clear();
        line.push_str("{\"session_id\":");
        json_string(Raw::new(entry.conn), line);
        line.push_str(",\"server_label\":");
        json_string(Raw::new(entry.label), line);
        if let Some(micros) = entry.micros {
            stamp::write(micros, line);
        }
        if let Some(direction) = direction {
            let _ = write!(line, ",\"direction\":\"{direction}\"");
        }
        line.push_str(match entry.transport {
            Transport::Unknown => "",
            Transport::Stdio => ",\"transport\":\"stdio\"",
            Transport::Http => ",\"transport\":\"http\"",
        });
        let Origin {
            line: n,
            offset,
            len,
        } = entry.origin;
        let _ = write!(line, ",\"origin\":[{n},{offset},{len}]");
        for (key, text) in [("once", entry.once), ("client_name", entry.client_name)] {
            if !text.is_empty() {
                let _ = write!(line, ",\"{key}\":");
                json_string(Raw::new(text), line);
            }
        }
        for (mark, set) in [("truncated", entry.truncated), ("redacted", entry.redacted)] {
            if set {
                let _ = write!(line, ",\"{mark}\":true");
            }
        }
        if let Some(http) = entry.http {
            http.write(line);
        }
    }

    fn end_with_text(&mut self, text: &[u8]) {
        self.line.push_str(",\"text\":");
        json_string(Raw::new(text), &mut self.line);
        self.line.push_str("}\n");
        self.put(&[]);
    }

    /// Writes the line and what comes behind it.
    fn put(&mut self, rest: &[&[u8]]) {
        for bytes in std::iter::once(self.line.as_bytes()).chain(rest.iter().copied()) {
            if self.failure.is_none()
                && let Err(failure) = self.sink.write_all(bytes)
            {
                self.failure = Some(failure);
            }
        }
    }
}

fn direction(dir: Direction) -> &'static str {
    match dir {
        Direction::C2s => "c2s",
        Direction::S2c => "s2c",
        Direction::Stderr => "stderr",
        Direction::Meta => "meta",
    }
}

/// Whether a text is told as a message, being one JSON value and nothing behind it.
pub fn is_json(text: &[u8]) -> bool {
    is_whole(&Doc::parse(text), text)
}

fn is_whole(doc: &Doc<'_>, text: &[u8]) -> bool {
    doc.is_whole() || doc.root().is_some() && Whole::default().judge(text).json
}

/// Appends JSON on one line: without the white space between its tokens, and with a line feed inside a string (which
/// JSON does not allow, but some write) as its escape. Everything else stays byte for byte.
pub fn compact(json: &[u8], out: &mut Vec<u8>) {
    if memchr::memchr3(b'\n', b'\r', b'\t', json).is_none() {
        return out.extend_from_slice(json.trim_ascii());
    }
    let mut at = 0;
    while at < json.len() {
        if json[at] == b'"' {
            let end = skip_string(json, at).map_or(json.len(), |(end, _)| end);
            for &b in &json[at..end] {
                match b {
                    b'\n' => out.extend_from_slice(b"\\n"),
                    b'\r' => out.extend_from_slice(b"\\r"),
                    b => out.push(b),
                }
            }
            at = end;
        } else {
            if !json[at].is_ascii_whitespace() {
                out.push(json[at]);
            }
            at += 1;
        }
    }
}

/// Reads a document that may be large: with room for as many values as its bytes can hold, and a note where it is broken
/// or cut off.
pub fn document<'t>(text: &'t [u8], out: &mut Out<'_>) -> Doc<'t> {
    let doc = document_at(text, 0);
    if !doc.is_whole() {
        out.note(not_whole(text, doc.rest().start));
    }
    doc
}

/// The document that begins at this byte, whatever follows it.
pub fn document_at(text: &[u8], begin: usize) -> Doc<'_> {
    let text = &text[begin..];
    let limits = Limits {
        nodes: (text.len() / 2).max(1024),
    };
    Doc::parse_with(text, limits)
}

/// The sentence for a document that breaks at this byte.
pub fn not_whole(text: &[u8], at: usize) -> String {
    format!(
        "The document is not whole: it stops being JSON at byte {at} of {}. What stands before that was read.",
        text.len()
    )
}

/// Whether an object or array of a document is whole; the last one of a document that is cut off or broken is not.
pub fn is_closed(doc: &Doc<'_>, value: Value<'_>) -> bool {
    value.range().end < doc.rest().start || Nesting::of(value.raw().bytes()).is_closed()
}

/// Turns ranges of a document into [`Origin`]s, counting its lines as it goes.
pub struct Places<'d> {
    text: &'d [u8],
    at: usize,
    line: u32,
}

impl<'d> Places<'d> {
    pub fn of(text: &'d [u8]) -> Places<'d> {
        Places {
            text,
            at: 0,
            line: 1,
        }
    }

    /// Ranges are best asked for in order; one that lies before the last is counted from the start.
    pub fn origin(&mut self, range: std::ops::Range<usize>) -> Origin {
        let start = range.start.min(self.text.len());
        if start < self.at {
            (self.at, self.line) = (0, 1);
        }
        let newlines = memchr::memchr_iter(b'\n', &self.text[self.at..start]).count();
        self.line = self
            .line
            .saturating_add(u32::try_from(newlines).unwrap_or(u32::MAX));
        self.at = start;
        Origin {
            line: self.line,
            offset: start as u64,
            len: u32::try_from(range.len()).unwrap_or(u32::MAX),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::formats::{Format, Known, Reading};

    /// Everything that a format tells of a text, as the native lines without their origins, and the notes.
    pub(crate) fn told(format: &Format, text: &[u8], known: &Known) -> (Vec<String>, Vec<String>) {
        let mut lines = Vec::new();
        let mut out = Out::new(&mut lines);
        match &format.reading {
            Reading::Log(log) => {
                let mut log = log(known);
                let (mut offset, mut number) = (0, 1);
                for line in text.split_inclusive(|b| *b == b'\n') {
                    let end = line.strip_suffix(b"\n").unwrap_or(line);
                    let end = end.strip_suffix(b"\r").unwrap_or(end);
                    let origin = Origin {
                        line: number,
                        offset,
                        len: end.len() as u32,
                    };
                    log.line(Line { text: end, origin }, &mut out);
                    offset += line.len() as u64;
                    number += 1;
                }
                log.rest(&mut out);
            }
            Reading::Document(tell) => tell(text, known, &mut out),
            Reading::Lines(_) | Reading::Database(_) => unreachable!("only told formats"),
        }
        let (notes, _) = out.finish().unwrap();
        let lines = String::from_utf8(lines).unwrap();
        let without = |line: &str| {
            let at = line.find(",\"origin\":[").unwrap();
            let end = at + line[at..].find(']').unwrap() + 1;
            format!("{}{}", &line[..at], &line[end..])
        };
        (lines.lines().map(without).collect(), notes)
    }

    #[test]
    fn an_entry_is_one_native_line() {
        let mut lines = Vec::new();
        let mut out = Out::new(&mut lines);
        let entry = Entry {
            conn: b"s",
            label: b"a\nb",
            micros: Some(1_000_000),
            transport: Transport::Http,
            once: b"x",
            ..Entry::at(Origin {
                line: 3,
                offset: 40,
                len: 9,
            })
        };
        out.message(
            &entry,
            Some(Direction::C2s),
            b"{\n \"id\": 1, \"method\": \"a\nb\"}",
        );
        out.message(&entry, None, b"{\"cut");
        out.event(
            &entry,
            "failed",
            &[("text", Fact::Text(b"no\"")), ("n", Fact::Number(-1))],
        );
        out.finish().unwrap();
        let text = String::from_utf8(lines).unwrap();
        let mut lines = text.lines();
        assert_eq!(
            lines.next().unwrap(),
            r#"{"session_id":"s","server_label":"a\nb","ts":"1970-01-01T00:00:01Z","direction":"c2s","transport":"http","origin":[3,40,9],"once":"x","raw":{"id":1,"method":"a\nb"}}"#
        );
        assert!(lines.next().unwrap().ends_with(r#""text":"{\"cut"}"#));
        assert!(
            lines
                .next()
                .unwrap()
                .ends_with(r#""raw":{"event":"failed","text":"no\"","n":-1}}"#)
        );
        assert_eq!(lines.next(), None);
    }

    #[test]
    fn places_count_lines() {
        let mut places = Places::of(b"a\nb\nc");
        assert_eq!(places.origin(4..5).line, 3);
        assert_eq!(places.origin(2..3).line, 2);
    }
}
