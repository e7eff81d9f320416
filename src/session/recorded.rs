//! What a recorder says of its own work: what it started, what it could not keep, how it ended.

use super::model::Session;
use super::row::{Row, RowId};
use super::server::Connection;
use crate::text::RawBuf;
use crate::wire::json::Value;

/// One entry of a recorder's own.
#[derive(Default, Debug)]
pub struct Recorded {
    pub event: Event,
    /// The command line or address.
    pub command: Option<RawBuf>,
    /// It always writes an end when it can, so that one that is missing means something.
    writes_an_end: bool,
}

#[derive(Default, Debug, PartialEq, Eq)]
pub enum Event {
    /// Entries that could not be written, since the last such event.
    Dropped(u64),
    /// The connection ended: the exit code where it is known, and all entries that could not be written.
    Exit(Option<i64>, u64),
    /// It goes on in another file.
    Rotate,
    /// What became of the entry with this number, which was held.
    Gate(u64, Ruling),
    #[default]
    Other,
}

impl Recorded {
    pub fn of(root: Value<'_>) -> Recorded {
        let number = |key: &str| {
            let number = root.get(key).and_then(Value::as_i64);
            number.and_then(|n| u64::try_from(n).ok()).unwrap_or(0)
        };
        let is = |word: &str| root.str("event").is_some_and(|e| e.as_raw() == word);
        let event = if is("exit") {
            Event::Exit(root.get("code").and_then(Value::as_i64), number("dropped"))
        } else if is("dropped") {
            Event::Dropped(number("count"))
        } else if is("rotate") {
            Event::Rotate
        } else if is("gate") {
            Event::Gate(number("seq"), Ruling::of(root, number("waited_ms")))
        } else {
            Event::Other
        };
        let recorder = root.str("recorder").map(|by| by.into_buf());
        Recorded {
            event,
            command: command(root),
            writes_an_end: recorder
                .is_some_and(|by| by.as_raw().bytes().starts_with(b"plainsight")),
        }
    }
}

/// What became of a call or a listing that a gate held.
#[derive(Clone, Default, Debug, PartialEq, Eq)]
pub struct Ruling {
    /// `allowed`, `denied`, `timed-out-denied`, …
    pub decision: RawBuf,
    /// Who decided: a person's name, or what decided in a person's place.
    pub by: RawBuf,
    pub reason: RawBuf,
    pub waited_ms: u64,
}

impl Ruling {
    fn of(root: Value<'_>, waited_ms: u64) -> Ruling {
        let text = |key: &str| {
            let text = root.str(key).map(|text| text.into_buf());
            text.unwrap_or_default()
        };
        Ruling {
            decision: text("decision"),
            by: text("by"),
            reason: text("reason"),
            waited_ms,
        }
    }
}

impl Session {
    /// What a gate decided on the message, if one held it.
    pub fn ruling(&self, held: RowId) -> Option<&Ruling> {
        self.rulings.get(&held)
    }

    /// Notes what a gate decided on an entry of the same connection. The first part of a recording numbers its entries from
    /// 1, one a line; in a later part the two differ, and a number taken for a line would mean another message.
    pub(super) fn ruled(&mut self, at: RowId, seq: u64, ruling: &Ruling) {
        /// How far back what was held may lie.
        const NEAR: usize = 50_000;
        let Row { conn, source, .. } = *self.row(at);
        if source != self.connections[conn.index()].source {
            return;
        }
        let before = self.rows[..at.index()].iter().enumerate().rev().take(NEAR);
        let held = before
            .filter(|(_, row)| row.conn == conn && row.source == source)
            .find(|(_, row)| u64::from(row.line) == seq);
        if let Some((place, _)) = held {
            self.rulings.insert(RowId(place as u32), ruling.clone());
        }
    }
}

fn command(root: Value<'_>) -> Option<RawBuf> {
    let Some(command) = root.get("command") else {
        return root.str("upstream").map(|upstream| upstream.into_buf());
    };
    let parts: Vec<Vec<u8>> = match command.text() {
        Some(text) => vec![text.as_raw().bytes().to_vec()],
        None => command
            .items()
            .filter_map(|v| v.text())
            .map(|t| t.as_raw().bytes().to_vec())
            .collect(),
    };
    Some(RawBuf::from(parts.join(&b' ')))
}

impl Connection {
    /// Takes in what its recorder says at this row.
    pub(super) fn heard(&mut self, at: RowId, recorded: &Recorded) {
        self.end_is_due |= recorded.writes_an_end;
        match recorded.event {
            Event::Exit(code, dropped) => {
                self.closed = Some(at);
                self.exit_code = code;
                self.end_is_due = false;
                self.dropped = self.dropped.max(dropped);
            }
            Event::Dropped(count) => self.dropped = self.dropped.saturating_add(count),
            Event::Rotate => self.end_is_due = false,
            Event::Gate(..) | Event::Other => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::super::source::SourceArg;
    use super::super::study::{self, Nobody};
    use std::fmt::Write;

    /// A session with these entries of its recorder.
    fn connection(events: &[&str]) -> super::Connection {
        let mut text = String::new();
        for (n, raw) in events.iter().enumerate() {
            let seq = n + 1;
            writeln!(text, r#"{{"v":1,"session_id":"a-1","server_label":"a","seq":{seq},"direction":"meta","transport":"stdio","raw":{raw}}}"#).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, text).unwrap();
        let session = load::whole(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        while study::advance(&session, &mut Nobody) > 0 {}
        let session = load::lock_read(&session);
        session.connections()[0].clone()
    }

    const START: &str =
        r#"{"event":"start","command":["npx","server"],"recorder":"plainsight 0.1.0"}"#;

    #[test]
    fn a_recorder_says_what_it_started() {
        let connection = connection(&[START]);
        assert_eq!(connection.command.as_raw(), "npx server");
    }

    #[test]
    fn an_end_is_due_of_a_recorder_that_writes_one() {
        assert!(connection(&[START]).end_is_due);
        assert!(!connection(&[r#"{"event":"start","command":["x"]}"#]).end_is_due);
        assert!(!connection(&[START, r#"{"event":"exit","code":0}"#]).end_is_due);
        assert!(!connection(&[START, r#"{"event":"rotate","next":"b"}"#]).end_is_due);
    }

    #[test]
    fn what_a_gate_decided_is_known_of_the_call() {
        let text = [
            r#"{"v":1,"session_id":"a-1","server_label":"a","seq":1,"direction":"meta","transport":"stdio","raw":{"event":"start"}}"#,
            r#"{"v":1,"session_id":"a-1","server_label":"a","seq":2,"direction":"c2s","transport":"stdio","held":true,"raw":{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"x"}}}"#,
            r#"{"v":1,"session_id":"a-1","server_label":"a","seq":3,"direction":"meta","transport":"stdio","raw":{"event":"gate","seq":2,"decision":"denied","by":"ann","reason":"no","waited_ms":5000}}"#,
        ]
        .join("\n");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, text + "\n").unwrap();
        let session = load::whole(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        while study::advance(&session, &mut Nobody) > 0 {}
        let session = load::lock_read(&session);
        let ruling = session.ruling(super::RowId(1)).unwrap();
        assert_eq!(ruling.decision.as_raw(), "denied");
        assert_eq!(
            (ruling.by.as_raw() == "ann", ruling.waited_ms),
            (true, 5000)
        );
        assert_eq!(session.ruling(super::RowId(0)), None);
    }

    #[test]
    fn in_a_later_part_no_other_message_gets_the_ruling() {
        let line = |seq: u32, dir: &str, raw: &str| {
            format!(
                r#"{{"v":1,"session_id":"a-1","server_label":"a","seq":{seq},"direction":"{dir}","transport":"stdio","raw":{raw}}}"#
            )
        };
        let call = |id: u32| {
            format!(
                r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"x"}}}}"#
            )
        };
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, lines: Vec<String>| {
            let path = folder.path().join(name);
            std::fs::write(&path, lines.join("\n") + "\n").unwrap();
            SourceArg::Path(path)
        };
        let first = write("a.jsonl", vec![line(1, "meta", r#"{"event":"start"}"#)]);
        // Number 3 is the second line of this part, and its third line is another call.
        let second = write(
            "a-2.jsonl",
            vec![
                line(2, "meta", r#"{"event":"start","part":2}"#),
                line(3, "c2s", &call(1)),
                line(4, "c2s", &call(2)),
                line(5, "meta", r#"{"event":"gate","seq":3,"decision":"denied"}"#),
            ],
        );
        let session = load::whole(&[first, second], load::Options::default()).unwrap();
        while study::advance(&session, &mut Nobody) > 0 {}
        let session = load::lock_read(&session);
        assert_eq!(session.calls().len(), 2);
        for call in session.calls() {
            assert_eq!(session.ruling(*call), None);
        }
    }

    #[test]
    fn what_was_dropped_is_counted_once() {
        let dropped = r#"{"event":"dropped","count":3,"reason":"no space"}"#;
        assert_eq!(connection(&[START, dropped, dropped]).dropped, 6);
        let exit = r#"{"event":"exit","code":0,"dropped":8}"#;
        assert_eq!(connection(&[START, dropped, dropped, exit]).dropped, 8);
        let absurd = r#"{"event":"dropped","count":-5}"#;
        assert_eq!(connection(&[START, absurd]).dropped, 0);
    }
}
