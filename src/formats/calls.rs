//! Transcripts: what an agent called and what came back, told as the JSON-RPC messages that they stand for.
//!
//! A reader finds calls and results in its own format; this keeps which server each call went to, tells each once, and
//! words the messages.

use super::told::{Entry, Fact, Out};
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use std::collections::HashMap;

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

/// Most calls of which it is kept where they went.
const KEPT: usize = 1 << 20;

/// The calls of one transcript so far.
#[derive(Debug)]
pub struct Calls {
    /// The label of what is the client's own: its tools, and what people and the model say.
    client: &'static str,
    open: HashMap<Vec<u8>, Open>,
}

#[derive(Debug)]
struct Open {
    server: Vec<u8>,
    answered: bool,
}

impl Calls {
    pub fn new(client: &'static str) -> Calls {
        Calls {
            client,
            open: HashMap::new(),
        }
    }

    /// Whether the call was told.
    pub fn knows(&self, id: &[u8]) -> bool {
        self.open.contains_key(id)
    }

    /// Whether its answer was told.
    pub fn is_answered(&self, id: &[u8]) -> bool {
        self.open.get(id).is_some_and(|open| open.answered)
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
        let entry = Entry {
            client_name: tool.client_name,
            ..*at
        };
        self.ask(
            &entry,
            id,
            server,
            || request(id, tool.name, arguments),
            out,
        );
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
        self.ask(at, id, server, || reading(id, uri), out);
    }

    fn ask(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        server: &[u8],
        request: impl FnOnce() -> Vec<u8>,
        out: &mut Out<'_>,
    ) {
        if self.knows(id) {
            return;
        }
        if self.open.len() < KEPT {
            let open = Open {
                server: server.to_vec(),
                answered: false,
            };
            self.open.insert(id.to_vec(), open);
        }
        let once = once(b"call", id);
        let entry = Entry {
            label: server,
            once: if at.once.is_empty() { &once } else { at.once },
            ..*at
        };
        out.message(&entry, Some(Direction::C2s), &request());
    }

    /// The answer to a call, once. One to a call that is not known is told as the client's own.
    pub fn answer(&mut self, at: &Entry<'_>, id: &[u8], answer: &Answer<'_>, out: &mut Out<'_>) {
        let server = match self.open.get_mut(id) {
            Some(open) if open.answered => return,
            Some(open) => {
                open.answered = true;
                open.server.clone()
            }
            None => self.client.as_bytes().to_vec(),
        };
        let once = once(b"answer", id);
        let entry = Entry {
            label: &server,
            once: if at.once.is_empty() { &once } else { at.once },
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
}
