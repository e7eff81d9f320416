//! The same call in two recordings of a different kind: an agent's transcript, and what passed on the wire.
//!
//! They have no id in common. A call of the transcript and one on the wire are one call where tool and arguments are the
//! same and the one on the wire falls between the other's request and its answer. The one on the wire is the call, the
//! other its witness; what both tell alike is judged once.

use super::facts::{Outside, Same};
use super::model::Session;
use super::row::RowId;
use crate::formats::{Class, naming};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Value;
use crate::wire::method;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hasher, RandomState};

/// How far clocks of one machine's programs are apart at most, in microseconds.
const CLOCKS: i64 = 2_000_000;
/// How long a call of a transcript may wait for its person before it is made, where no answer tells more.
const PATIENCE: i64 = 600_000_000;
/// Calls that wait for their other half.
const WAITING: usize = 4_096;

/// Which calls were met twice.
#[derive(Default)]
pub struct Twins {
    /// Calls that have no other half yet, oldest first: what they ask, and whether they were on the wire.
    waiting: VecDeque<(u64, RowId, bool)>,
    /// Both ways.
    twin: HashMap<RowId, RowId>,
    /// What the answers to linked calls hold.
    answers: HashMap<RowId, u64>,
    /// Rows before this one were judged before the latest stretch came.
    pub(super) judged: u32,
}

/// What a call or its answer says, apart from its id: for one of a case that has both kinds of recordings.
pub(super) fn same(root: Value<'_>, outside: &Outside<'_>, keys: &RandomState) -> Option<Same> {
    if outside.method != method::TOOLS_CALL.as_bytes() {
        return None;
    }
    let mut hasher = keys.build_hasher();
    match outside.kind {
        MessageKind::Request if outside.dir == Direction::C2s => {
            let params = root.get("params")?;
            hasher.write(&naming::normalised(params.str("name")?.as_raw().bytes()));
            let arguments = params.get("arguments").map(|v| v.raw().bytes());
            hasher.write(&super::canonical_hash(arguments.unwrap_or(b"{}")));
            Some(Same::Call(hasher.finish()))
        }
        MessageKind::Result => {
            let texts = root.at(&["result", "content"])?;
            for block in texts.items() {
                if let Some(text) = block.str("text") {
                    hasher.write(text.as_raw().bytes());
                }
            }
            Some(Same::Answer(hasher.finish()))
        }
        _ => None,
    }
}

impl Session {
    /// Whether recordings of both kinds are open, so that calls may be met twice.
    pub(super) fn is_mixed(&self) -> bool {
        let has = |class| self.sources.iter().any(|source| source.class == class);
        has(Class::WireComplete) && has(Class::CallsOnly)
    }

    /// Whether a message is one that passed between client and server, and no account of it.
    pub fn is_verbatim(&self, id: RowId) -> bool {
        self.sources[self.row(id).source.index()].class == Class::WireComplete
    }

    /// The same message in a recording of the other kind.
    pub fn twin(&self, id: RowId) -> Option<RowId> {
        let row = self.row(id);
        match row.kind {
            MessageKind::Request => self.twins.twin.get(&id).copied(),
            kind if kind.is_response() => {
                let other = self.twins.twin.get(&row.pair()?)?;
                self.row(*other).pair()
            }
            _ => None,
        }
    }

    /// Whether both recordings of an answer hold the same text; `None` where there is one alone.
    pub fn twins_agree(&self, answer: RowId) -> Option<bool> {
        let twin = self.twin(answer)?;
        let said = |id| self.twins.answers.get(&id);
        Some(said(answer)? == said(twin)?)
    }

    /// Whether a message is judged in the other recording of it.
    pub fn is_told_elsewhere(&self, id: RowId) -> bool {
        let Some(twin) = self.twin(id) else {
            return false;
        };
        if self.row(id).kind.is_response() && self.twins_agree(id) != Some(true) {
            return false;
        }
        match self.is_verbatim(id) {
            // The other was there first, and alone.
            true => twin.0 < self.twins.judged,
            false => id.0 >= self.twins.judged || twin.0 < self.twins.judged,
        }
    }

    /// Learns what a call or an answer of a mixed case says.
    pub(super) fn meet(&mut self, id: RowId, same: &Same) {
        match same {
            Same::Call(what) => self.meet_call(id, *what),
            Same::Answer(what) => {
                let request = self.row(id).pair();
                if request.is_some() {
                    self.twins.answers.insert(id, *what);
                }
            }
        }
    }

    fn meet_call(&mut self, id: RowId, what: u64) {
        let wire = self.is_verbatim(id);
        let found = self.twins.waiting.iter().position(|(other, at, on_wire)| {
            *other == what
                && *on_wire != wire
                && self.may_be_one(id, *at)
                && match wire {
                    true => self.falls_within(id, *at),
                    false => self.falls_within(*at, id),
                }
        });
        let Some((_, other, _)) = found.and_then(|at| self.twins.waiting.remove(at)) else {
            if self.twins.waiting.len() == WAITING {
                self.twins.waiting.pop_front();
            }
            self.twins.waiting.push_back((what, id, wire));
            return;
        };
        self.twins.twin.insert(id, other);
        self.twins.twin.insert(other, id);
        let witness = if wire { other } else { id };
        self.is_no_call(witness);
    }

    /// Whether two calls can be one by their servers. Client and recorder may label one server differently; but where the
    /// wire of a server of that label is recorded, its calls are no other server's.
    fn may_be_one(&self, a: RowId, b: RowId) -> bool {
        let (told, wire) = match self.is_verbatim(a) {
            true => (b, a),
            false => (a, b),
        };
        let (told, wire) = (self.server_of(told), self.server_of(wire));
        let on_wire = |conn: &super::ConnId| {
            let source = self.connections[conn.index()].source;
            self.sources[source.index()].class == Class::WireComplete
        };
        told == wire || !self.server(told).connections.iter().any(on_wire)
    }

    /// Whether a call on the wire happened while a call of a transcript was open.
    fn falls_within(&self, wire: RowId, told: RowId) -> bool {
        let (asked, at) = (self.row(told).time, self.row(wire).time);
        let answered = self.row(told).pair().map(|answer| self.row(answer).time);
        let Some(after) = at.since(asked) else {
            return false;
        };
        let open = answered
            .and_then(|answered| answered.since(asked))
            .map_or(PATIENCE, |open| open + CLOCKS);
        (-CLOCKS..=open).contains(&after)
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, Options, lock_read};
    use super::super::source::SourceArg;
    use super::super::study::{self, Nobody};
    use super::*;
    use crate::formats::calls::{Answer, Calls, Tool};
    use crate::formats::{Entry, Format, Known, Out, Reading};

    /// A transcript of one call: its seconds, its argument and its result stand in the file.
    static TRANSCRIPT: Format = Format {
        id: "transcript",
        title: "transcript",
        class: Class::CallsOnly,
        signs: "",
        score: |_| 0,
        reading: Reading::Document(tell),
    };

    fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
        let text = std::str::from_utf8(text).unwrap();
        let [asked, answered, argument, result] = text.split(' ').collect::<Vec<_>>()[..] else {
            panic!("four words")
        };
        let at = |second: &str| Entry {
            micros: Some(second.parse::<i64>().unwrap() * 1_000_000),
            ..Entry::default()
        };
        let tool = Tool {
            server: Some(b"as the client says"),
            name: b"send_mail",
            client_name: b"",
        };
        let mut calls = Calls::new("agent");
        let arguments = format!("{{\"to\": {argument}}}");
        calls.call(
            &at(asked),
            b"call-1",
            &tool,
            Some(arguments.as_bytes()),
            out,
        );
        let text = result.trim().as_bytes();
        calls.answer(
            &at(answered),
            b"call-1",
            &Answer::Text {
                text,
                failed: false,
            },
            out,
        );
    }

    fn line(second: u32, dir: &str, raw: &str) -> String {
        format!(
            r#"{{"session_id":"m-1","server_label":"mail","ts":"1970-01-01T00:00:{second:02}Z","direction":"{dir}","transport":"stdio","raw":{raw}}}"#
        ) + "\n"
    }

    /// A transcript beside a recording of the wire with a call at second 10 and its answer at 12.
    fn both(transcript: &str) -> super::super::SharedSession {
        beside(transcript, "")
    }

    /// The same, with more lines before those of the wire.
    fn beside(transcript: &str, more: &str) -> super::super::SharedSession {
        let folder = tempfile::tempdir().unwrap();
        let wire = folder.path().join("wire.jsonl");
        let call = r#"{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"send.mail","arguments":{"to":1}}}"#;
        let answer =
            r#"{"jsonrpc":"2.0","id":7,"result":{"content":[{"type":"text","text":"sent"}]}}"#;
        std::fs::write(
            &wire,
            [
                more.to_owned(),
                line(10, "c2s", call),
                line(12, "s2c", answer),
            ]
            .concat(),
        )
        .unwrap();
        let told = folder.path().join("told.txt");
        std::fs::write(&told, transcript).unwrap();
        let mut sources = load::open(&[SourceArg::Path(wire)], Options::default()).unwrap();
        let format = Some(&TRANSCRIPT);
        let other = super::super::source::Source::open(&told, format, &Known::default()).unwrap();
        {
            let session = sources.session();
            let mut session = load::lock_write(&session);
            session.sources.push(other);
            session.sources[1].bytes = 0;
        }
        sources.merge.add();
        sources.catch_up();
        let session = sources.session();
        while study::advance(&session, &mut Nobody) > 0 {}
        session
    }

    fn calls(session: &Session) -> Vec<super::super::Time> {
        let calls = session.calls().iter();
        calls.map(|id| session.row(*id).time).collect()
    }

    #[test]
    fn a_call_in_both_is_one_call_and_the_wire_has_it() {
        let session = both("9 13 1 sent");
        let session = lock_read(&session);
        assert_eq!(session.len(), 4);
        let wire = session.calls()[0];
        assert_eq!(session.calls().len(), 1);
        assert!(session.is_verbatim(wire));
        let told = session.twin(wire).unwrap();
        assert!(!session.is_verbatim(told) && session.is_told_elsewhere(told));
        let answer = session.row(wire).pair().unwrap();
        assert_eq!(session.twins_agree(answer), Some(true));
        assert!(session.is_told_elsewhere(session.twin(answer).unwrap()));
        assert!(!session.is_told_elsewhere(wire) && !session.is_told_elsewhere(answer));
        assert_eq!(session.call_of(told), Some(0));
    }

    #[test]
    fn answers_that_differ_are_both_judged() {
        let session = both("9 13 1 sent-elsewhere");
        let session = lock_read(&session);
        let answer = session.row(session.calls()[0]).pair().unwrap();
        let told = session.twin(answer).unwrap();
        assert_eq!(session.twins_agree(answer), Some(false));
        assert!(!session.is_told_elsewhere(answer) && !session.is_told_elsewhere(told));
    }

    #[test]
    fn a_call_to_another_recorded_server_is_another_call() {
        let status = r#"{"session_id":"o-1","server_label":"as the client says","ts":"1970-01-01T00:00:07Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"ping"}}"#;
        let session = beside("9 13 1 sent", &(status.to_owned() + "\n"));
        assert_eq!(lock_read(&session).calls().len(), 2);
    }

    #[test]
    fn other_arguments_or_another_time_make_two_calls() {
        for transcript in ["9 13 2 sent", "1 3 1 sent", "20 30 1 sent"] {
            let session = both(transcript);
            let session = lock_read(&session);
            assert_eq!(calls(&session).len(), 2, "{transcript}");
        }
    }
}
