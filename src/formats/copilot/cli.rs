//! The events of a session of the command line.

use crate::formats::calls::{Answer, Calls, Tool};
use crate::formats::detect::vote;
use crate::formats::naming::COPILOT_CLI;
use crate::formats::told::{Entry, Fact, Line, Log, Out};
use crate::formats::{Class, Format, Known, Reading, pieces};
use crate::wire::json::{Doc, Value};

/// `session-state/<id>/events.jsonl`.
pub static EVENTS: Format = Format {
    id: "copilot-cli",
    title: "Copilot CLI session (events.jsonl)",
    class: Class::CallsOnly,
    signs: "lines with `type` such as `session.start` or `tool.execution_start`, `data` and `timestamp`",
    score: |head| vote(head, score),
    reading: Reading::Log(|known| Box::new(Session::new(known))),
};

/// The label of what is its own.
const CLIENT: &str = "Copilot CLI";

/// The server that it brings along, whose name has the sign in it that stands behind a server's name.
const BUILT_IN: &[u8] = b"github-mcp-server";

fn score(doc: &Doc<'_>) -> u8 {
    const KINDS: [&[u8]; 6] = [
        b"session.",
        b"tool.",
        b"user.",
        b"assistant.",
        b"hook.",
        b"subagent.",
    ];
    let Some(root) = doc.root() else {
        return 0;
    };
    let kind = root.str("type");
    let dotted = kind.is_some_and(|kind| {
        KINDS
            .iter()
            .any(|begin| kind.as_raw().bytes().starts_with(begin))
    });
    u8::from(dotted && root.get("data").is_some_and(Value::is_object)) * 90
}

struct Session {
    calls: Calls,
    known: Known,
    /// What the client calls the session.
    conn: Vec<u8>,
}

impl Session {
    fn new(known: &Known) -> Session {
        let mut known = known.clone();
        known.server(BUILT_IN);
        Session {
            calls: Calls::new(CLIENT),
            known,
            conn: Vec::new(),
        }
    }

    fn event(&mut self, at: &Entry<'_>, kind: &[u8], data: Value<'_>, out: &mut Out<'_>) {
        let text = |key| data.str(key);
        match kind {
            b"session.start" | b"session.resume" => {
                out.skip();
            }
            b"user.message" | b"assistant.message" => {
                let who = if kind[0] == b'u' { "user" } else { "assistant" };
                match text("content") {
                    Some(said) => self.calls.said(at, who, said.as_raw().bytes(), out),
                    None => out.skip(),
                }
            }
            b"tool.execution_start" => self.started(at, data, out),
            b"tool.execution_complete" => self.completed(at, data, out),
            b"session.error" => {
                let why = data.get("message").map(pieces::words).unwrap_or_default();
                let at = Entry {
                    label: CLIENT.as_bytes(),
                    ..*at
                };
                out.event(&at, "failed", &[("text", Fact::Text(&why))]);
            }
            _ => out.skip(),
        }
    }

    fn started(&mut self, at: &Entry<'_>, data: Value<'_>, out: &mut Out<'_>) {
        let (Some(id), Some(name)) = (data.str("toolCallId"), data.str("toolName")) else {
            return out.skip();
        };
        let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
        let (server, own) = (data.str("mcpServerName"), data.str("mcpToolName"));
        let (server, own) = match (server, own) {
            (Some(server), Some(own)) => {
                let server = server.as_raw().bytes().to_vec();
                self.known.server(&server);
                (Some(server), own.as_raw().bytes().to_vec())
            }
            _ => match COPILOT_CLI.split(name, &self.known) {
                Some(split) => (Some(split.server), split.tool),
                None => (None, name.to_vec()),
            },
        };
        let tool = Tool {
            server: server.as_deref(),
            name: &own,
            client_name: if own == name { b"" } else { name },
        };
        let arguments = data.get("arguments").and_then(pieces::arguments);
        self.calls.call(at, id, &tool, arguments.as_deref(), out);
    }

    fn completed(&mut self, at: &Entry<'_>, data: Value<'_>, out: &mut Out<'_>) {
        let Some(id) = data.str("toolCallId") else {
            return out.skip();
        };
        let id = id.as_raw().bytes();
        let failed = data.get("success").and_then(Value::as_bool) == Some(false);
        if let Some(error) = data.get("error").filter(|e| e.raw().bytes() != b"null") {
            let why = pieces::words(error);
            return self.calls.answer(at, id, &Answer::Error(&why), out);
        }
        let result = data.get("result");
        let content = result.and_then(|result| {
            let member = |key| result.get(key).filter(|v| v.raw().bytes() != b"null");
            member("contents")
                .or_else(|| member("content"))
                .or(Some(result))
        });
        match content {
            Some(blocks) if blocks.is_array() => {
                let answer = Answer::Content {
                    blocks: blocks.raw().bytes(),
                    failed,
                    structured: None,
                    meta: None,
                };
                self.calls.answer(at, id, &answer, out);
            }
            content => {
                let text = content.map(pieces::words).unwrap_or_default();
                let text = &text[..];
                self.calls
                    .answer(at, id, &Answer::Text { text, failed }, out);
            }
        }
    }
}

impl Log for Session {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some((root, kind, data)) = doc
            .root()
            .and_then(|root| Some((root, root.str("type")?, root.get("data")?)))
        else {
            return out.skip();
        };
        if let Some(id) = data
            .str("sessionId")
            .filter(|_| kind.as_raw() == "session.start")
        {
            self.conn = id.as_raw().bytes().to_vec();
        }
        let conn = self.conn.clone();
        let at = Entry {
            conn: &conn,
            micros: pieces::time_at(root, &["timestamp"]),
            ..Entry::at(line.origin)
        };
        self.event(&at, kind.as_raw().bytes(), data, out);
    }
}
