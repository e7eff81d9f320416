//! Transcripts: what an agent called and what came back, told as the JSON-RPC messages that they stand for.
//!
//! A reader finds calls and results in its own format; this keeps which server each call went to, tells each once, and
//! words the messages.

use super::told::{Entry, Fact, Out};
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, RandomState};

/// The tool of a call.
#[derive(Clone, Copy, Debug)]
pub struct Tool<'a> {
    /// The server's label; `None` for a tool of the client's own.
    pub server: Option<&'a [u8]>,
    pub name: &'a [u8],
    /// The name that the model saw, where it is another.
    pub client_name: &'a [u8],
}

/// What came back.
#[derive(Clone, Copy, Debug)]
pub enum Answer<'a> {
    /// The result of the protocol as it is spelled: an object with `content` and so on.
    Result(&'a [u8]),
    /// Content blocks (a JSON array as it is spelled), and what else is known.
    Content {
        blocks: &'a [u8],
        failed: bool,
        structured: Option<&'a [u8]>,
        meta: Option<&'a [u8]>,
    },
    /// Text, decoded.
    Text { text: &'a [u8], failed: bool },
    /// There was no result: why, decoded.
    Error(&'a [u8]),
}

/// Whose words a record has for a call. A client may note one call in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum By {
    Model,
    Protocol,
}

/// What a record says of a call, hashed: by this, a copy is told from another call under the same id.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    by: By,
    hash: u64,
}

/// Most calls of which it is kept where they went.
const KEPT: usize = 1 << 20;

const COPIES: &str = "Some of its calls stand there again with the same id, tool and arguments after their answers. They are taken for copies: each is told once.";
const UNANSWERED: &str = "Some of its calls have the id of another that was not answered yet. Of those, the first is told.";

/// The calls of one transcript so far.
#[derive(Debug)]
pub struct Calls {
    /// The label of what is the client's own: its tools, and what people and the model say.
    client: &'static str,
    /// The last call of each id.
    open: HashMap<Vec<u8>, Open>,
    /// The words of calls before the last of their id. The keys are chance, so that no file can have two calls that look
    /// like one.
    before: HashSet<u64>,
    hasher: RandomState,
    copies: Copies,
}

/// Whether a call may stand in the file more than once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Copies {
    Never,
    /// It may, and that is worth a note.
    Maybe,
    /// As a rule: the file has each state of a call.
    Usual,
}

#[derive(Debug)]
struct Open {
    server: Vec<u8>,
    answered: bool,
    /// Counts the calls of this id from 1.
    number: u32,
    /// The model's words and the protocol's.
    words: [Option<u64>; 2],
}

impl Calls {
    pub fn new(client: &'static str) -> Calls {
        Calls {
            client,
            open: HashMap::new(),
            before: HashSet::new(),
            hasher: RandomState::new(),
            copies: Copies::Maybe,
        }
    }

    /// The calls of a format in which each stands once: what is asked after its answer is another call.
    pub fn each_once(client: &'static str) -> Calls {
        Calls {
            copies: Copies::Never,
            ..Calls::new(client)
        }
    }

    /// The calls of a format that writes a call again whenever it knows more of it.
    pub fn each_state(client: &'static str) -> Calls {
        Calls {
            copies: Copies::Usual,
            ..Calls::new(client)
        }
    }

    /// What a record says of a call.
    pub fn words(&self, by: By, id: &[u8], said: &[&[u8]]) -> Words {
        let hash = self.hasher.hash_one((by, id, said));
        Words { by, hash }
    }

    /// Whether the call was told. Ids may begin anew with each turn: behind an answer, other words are another call.
    pub fn knows(&mut self, id: &[u8], words: Words, out: &mut Out<'_>) -> bool {
        let Some(open) = self.open.get_mut(id) else {
            return false;
        };
        let known = &mut open.words[words.by as usize];
        // The protocol's words stand with a call more than once: when it begins, and when it ends.
        let worth_a_note = words.by == By::Model && self.copies != Copies::Usual;
        let is_same = *known == Some(words.hash);
        if known.is_none() {
            // The same call as somebody else saw it.
            *known = Some(words.hash);
            return true;
        }
        if !open.answered {
            if !is_same && worth_a_note {
                out.note(UNANSWERED);
            }
            return true;
        }
        let may_be = self.copies != Copies::Never;
        let is_copy = may_be && (is_same || self.before.contains(&words.hash));
        if is_copy && worth_a_note {
            out.note(COPIES);
        }
        is_copy
    }

    /// A call with its arguments as they are spelled in JSON (nothing for none). What was told before is not told
    /// again. The label is filled in here, and what it is known by elsewhere, unless `at` has that.
    pub fn call(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        tool: &Tool<'_>,
        arguments: Option<&[u8]>,
        out: &mut Out<'_>,
    ) {
        let server = tool.server.unwrap_or(self.client.as_bytes());
        let said = [server, tool.name, arguments.unwrap_or_default()];
        let words = self.words(By::Model, id, &said);
        self.call_in(words, at, id, tool, arguments, out);
    }

    /// The same where the reader knows by which words a copy is told.
    pub fn call_in(
        &mut self,
        words: Words,
        at: &Entry<'_>,
        id: &[u8],
        tool: &Tool<'_>,
        arguments: Option<&[u8]>,
        out: &mut Out<'_>,
    ) {
        if self.knows(id, words, out) {
            return;
        }
        let server = tool.server.unwrap_or(self.client.as_bytes());
        let entry = Entry {
            client_name: tool.client_name,
            ..*at
        };
        let request = request(id, tool.name, arguments);
        self.ask(words, &entry, id, server, &request, out);
    }

    /// The same for a resource that is read.
    pub fn read(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        server: &[u8],
        uri: &[u8],
        out: &mut Out<'_>,
    ) {
        let words = self.words(By::Model, id, &[server, uri]);
        if !self.knows(id, words, out) {
            self.ask(words, at, id, server, &reading(id, uri), out);
        }
    }

    /// Tells a call that is not known.
    fn ask(
        &mut self,
        words: Words,
        at: &Entry<'_>,
        id: &[u8],
        server: &[u8],
        request: &[u8],
        out: &mut Out<'_>,
    ) {
        let mut number = 1;
        if let Some(last) = self.open.get(id) {
            number = last.number.saturating_add(1);
            self.before.extend(last.words.iter().flatten());
        }
        if number > 1 || self.open.len() < KEPT {
            let mut open = Open {
                server: server.to_vec(),
                answered: false,
                number,
                words: [None; 2],
            };
            open.words[words.by as usize] = Some(words.hash);
            self.open.insert(id.to_vec(), open);
        }
        let once = known_by(at, b"call", id, number);
        let entry = Entry {
            label: server,
            once: &once,
            ..*at
        };
        out.message(&entry, Some(Direction::C2s), request);
    }

    /// The answer to a call, once. One to a call that is not known is told as the client's own.
    pub fn answer(&mut self, at: &Entry<'_>, id: &[u8], answer: &Answer<'_>, out: &mut Out<'_>) {
        let (server, number) = match self.open.get_mut(id) {
            Some(open) if open.answered => return,
            Some(open) => {
                open.answered = true;
                (open.server.clone(), open.number)
            }
            None => (self.client.as_bytes().to_vec(), 1),
        };
        let once = known_by(at, b"answer", id, number);
        let entry = Entry {
            label: &server,
            once: &once,
            ..*at
        };
        out.message(&entry, Some(Direction::S2c), &response(id, answer));
    }

    /// Tools that the transcript defines, as a JSON array of the protocol's definitions. They are some of the server's,
    /// not all of them.
    pub fn definitions(&self, at: &Entry<'_>, server: &[u8], tools: &[u8], out: &mut Out<'_>) {
        let entry = Entry {
            label: server,
            ..*at
        };
        out.message(&entry, Some(Direction::S2c), &listing(tools));
    }

    /// What a person (`user`) or the model (`assistant`) says, decoded.
    pub fn said(&self, at: &Entry<'_>, who: &str, text: &[u8], out: &mut Out<'_>) {
        if text.trim_ascii().is_empty() {
            return;
        }
        let entry = Entry {
            label: self.client.as_bytes(),
            ..*at
        };
        out.event(&entry, who, &[("text", Fact::Text(text))]);
    }
}

/// By what a call or its answer is known wherever it is copied to.
pub fn once(what: &[u8], id: &[u8]) -> Vec<u8> {
    [what, b" ", id].concat()
}

/// By what the call of this number of its id is known, or its answer: by what the reader says, where it does.
fn known_by(at: &Entry<'_>, what: &[u8], id: &[u8], number: u32) -> Vec<u8> {
    let mut known_by = match at.once {
        b"" => once(what, id),
        once => once.to_vec(),
    };
    if number > 1 {
        known_by.extend_from_slice(format!(" {number}").as_bytes());
    }
    known_by
}

/// A `tools/call` request.
pub fn request(id: &[u8], tool: &[u8], arguments: Option<&[u8]>) -> Vec<u8> {
    let mut text = String::from("{\"jsonrpc\":\"2.0\",\"id\":");
    json_string(Raw::new(id), &mut text);
    text.push_str(",\"method\":\"tools/call\",\"params\":{\"name\":");
    json_string(Raw::new(tool), &mut text);
    let mut bytes = text.into_bytes();
    if let Some(arguments) = arguments {
        bytes.extend_from_slice(b",\"arguments\":");
        bytes.extend_from_slice(arguments);
    }
    bytes.extend_from_slice(b"}}");
    bytes
}

/// A `resources/read` request.
fn reading(id: &[u8], uri: &[u8]) -> Vec<u8> {
    let mut text = String::from("{\"jsonrpc\":\"2.0\",\"id\":");
    json_string(Raw::new(id), &mut text);
    text.push_str(",\"method\":\"resources/read\",\"params\":{\"uri\":");
    json_string(Raw::new(uri), &mut text);
    text.push_str("}}");
    text.into_bytes()
}

/// A response.
pub fn response(id: &[u8], answer: &Answer<'_>) -> Vec<u8> {
    let mut text = String::from("{\"jsonrpc\":\"2.0\",\"id\":");
    json_string(Raw::new(id), &mut text);
    let mut bytes;
    match answer {
        Answer::Result(result) => {
            bytes = text.into_bytes();
            bytes.extend_from_slice(b",\"result\":");
            bytes.extend_from_slice(result);
        }
        Answer::Content {
            blocks,
            failed,
            structured,
            meta,
        } => {
            bytes = text.into_bytes();
            bytes.extend_from_slice(b",\"result\":{\"content\":");
            bytes.extend_from_slice(blocks);
            for (key, value) in [("structuredContent", structured), ("_meta", meta)] {
                if let Some(value) = value {
                    bytes.extend_from_slice(format!(",\"{key}\":").as_bytes());
                    bytes.extend_from_slice(value);
                }
            }
            bytes.extend_from_slice(if *failed { b",\"isError\":true}" } else { b"}" });
        }
        Answer::Text { text: said, failed } => {
            text.push_str(",\"result\":{\"content\":[{\"type\":\"text\",\"text\":");
            json_string(Raw::new(said), &mut text);
            text.push_str(if *failed {
                "}],\"isError\":true}"
            } else {
                "}]}"
            });
            bytes = text.into_bytes();
        }
        Answer::Error(why) => {
            text.push_str(",\"error\":{\"message\":");
            json_string(Raw::new(why), &mut text);
            text.push('}');
            bytes = text.into_bytes();
        }
    }
    bytes.push(b'}');
    bytes
}

/// An answer to `tools/list` that is not the last page: what a search gave is not all there is.
fn listing(tools: &[u8]) -> Vec<u8> {
    [
        b"{\"jsonrpc\":\"2.0\",\"id\":\"listed\",\"result\":{\"tools\":",
        tools,
        b",\"nextCursor\":\"unknown\"}}",
    ]
    .concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_and_its_answer_are_told_once_and_go_to_one_server() {
        let mut lines = Vec::new();
        let mut out = Out::new(&mut lines);
        let mut calls = Calls::new("agent");
        let at = Entry::default();
        let tool = Tool {
            server: Some(b"files"),
            name: b"read",
            client_name: b"files_read",
        };
        for _ in 0..2 {
            calls.call(&at, b"c1", &tool, Some(b"{\"a\":1}"), &mut out);
            calls.answer(
                &at,
                b"c1",
                &Answer::Text {
                    text: b"x",
                    failed: true,
                },
                &mut out,
            );
        }
        calls.answer(&at, b"c2", &Answer::Error(b"gone"), &mut out);
        out.finish().unwrap();
        let text = String::from_utf8(lines).unwrap();
        let lines: Vec<_> = text.lines().collect();
        assert_eq!(lines.len(), 3);
        assert!(
            lines[0].contains(r#""server_label":"files""#)
                && lines[0].contains(r#""once":"call c1""#)
        );
        assert!(lines[0].ends_with(r#"{"jsonrpc":"2.0","id":"c1","method":"tools/call","params":{"name":"read","arguments":{"a":1}}}}"#));
        assert!(
            lines[1].contains(r#""server_label":"files""#)
                && lines[1].ends_with(r#""isError":true}}}"#)
        );
        assert!(
            lines[2].contains(r#""server_label":"agent""#)
                && lines[2].contains(r#""message":"gone""#)
        );
    }

    #[test]
    fn an_id_that_was_answered_may_be_another_call_s() {
        let tool = Tool {
            server: Some(b"files"),
            name: b"read",
            client_name: b"",
        };
        let text = Answer::Text {
            text: b"x",
            failed: false,
        };
        // The arguments in turn, and how many calls that is.
        let cases: [(bool, &[&[u8]], usize); 5] = [
            (true, &[b"1", b"2"], 2),
            (true, &[b"1", b"1"], 1),
            (true, &[b"1", b"2", b"1", b"2"], 2),
            (false, &[b"1", b"1"], 2),
            (false, &[b"1", b"2", b"1"], 3),
        ];
        for (copies, turns, expected) in cases {
            let mut lines = Vec::new();
            let mut out = Out::new(&mut lines);
            let mut calls = if copies {
                Calls::new("agent")
            } else {
                Calls::each_once("agent")
            };
            for arguments in turns {
                calls.call(&Entry::default(), b"c", &tool, Some(arguments), &mut out);
                calls.answer(&Entry::default(), b"c", &text, &mut out);
            }
            let has_copies = turns.len() > expected;
            assert_eq!(out.notes.len(), usize::from(has_copies), "{:?}", out.notes);
            out.finish().unwrap();
            let lines = String::from_utf8(lines).unwrap();
            assert_eq!(lines.lines().count(), 2 * expected, "{lines}");
            let last = format!("\"once\":\"answer c {expected}\"");
            assert_eq!(lines.contains(&last), expected > 1, "{lines}");
        }
    }

    #[test]
    fn an_id_that_stands_there_again_and_again_takes_no_time() {
        let mut lines = std::io::sink();
        let mut out = Out::new(&mut lines);
        let mut calls = Calls::new("agent");
        let tool = Tool {
            server: None,
            name: b"read",
            client_name: b"",
        };
        for n in 0..100_000 {
            let arguments = n.to_string();
            calls.call(
                &Entry::default(),
                b"c",
                &tool,
                Some(arguments.as_bytes()),
                &mut out,
            );
            calls.answer(&Entry::default(), b"c", &Answer::Error(b""), &mut out);
        }
        assert_eq!(calls.open[&b"c"[..]].number, 100_000);
    }
}
