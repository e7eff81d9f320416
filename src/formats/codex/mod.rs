//! Codex: the rollouts that it keeps (`~/.codex/sessions/…/rollout-*.jsonl`), and what `codex exec --json` prints, both
//! in their shapes over the years.
//!
//! A call of a server's tool stands there twice, as the model saw it (`function_call`, with a name that was made to fit)
//! and as the protocol had it (`mcp_tool_call_end`, with the server's and the tool's own names). One call id joins them
//! to one call. Where the model's name leaves the server open, the call waits for what comes next.

mod events;
mod exec;
mod items;
mod score;
#[cfg(test)]
mod tests;
mod waiting;

use super::calls::Calls;
use super::told::{Entry, Origin};
use super::{Class, Format, Known, Line, Log, Out, Reading, parse_stamp, pieces};
use crate::wire::json::{Doc, Value};
use std::collections::HashMap;
use waiting::Waiting;

pub static FORMAT: Format = Format {
    id: "codex",
    title: "Codex rollout",
    class: Class::CallsOnly,
    signs: "lines with `type` (`session_meta`, `response_item`, `event_msg`) and `payload`",
    score: score::rollout,
    reading: Reading::Log(|known| Box::new(Session::new(known))),
};

pub static EXEC: Format = Format {
    id: "codex-exec",
    title: "Codex's JSON output (`codex exec --json`)",
    class: Class::CallsOnly,
    signs: "lines with `msg.type`, or with a `type` as `item.completed` and an `item`",
    score: score::exec,
    reading: Reading::Log(|known| Box::new(Session::new(known))),
};

/// The label of what is the client's own.
const CLIENT: &str = "codex";

struct Session {
    calls: Calls,
    known: Known,
    /// The session's or thread's id.
    conn: Vec<u8>,
    waiting: Vec<Waiting>,
    /// How many items of a kind that has no ids have ended.
    ended: HashMap<Vec<u8>, u32>,
}

/// Where and when something stands.
#[derive(Clone, Copy)]
struct At {
    origin: Origin,
    micros: Option<i64>,
}

impl Session {
    fn new(known: &Known) -> Session {
        Session {
            calls: Calls::new(CLIENT),
            known: known.clone(),
            conn: Vec::new(),
            waiting: Vec::new(),
            ended: HashMap::new(),
        }
    }

    /// The first id of a session is its own; those that follow are of the ones that it goes on with.
    fn name(&mut self, id: Option<Value<'_>>) {
        if self.conn.is_empty()
            && let Some(id) = id.and_then(Value::text)
        {
            self.conn = id.as_raw().bytes().to_vec();
        }
    }

    /// What a person or the model says.
    fn said(&mut self, at: At, who: &str, text: &[u8], out: &mut Out<'_>) {
        self.settle(at, None, out);
        let conn = self.conn.clone();
        self.calls.said(&entry(at, &conn), who, text, out);
    }

    /// Gives what follows its direction by the record's `type`.
    fn record(&mut self, root: Value<'_>, at: At, out: &mut Out<'_>) {
        let kind = root.str("type");
        let kind = kind.as_ref().map_or(&b""[..], |kind| kind.as_raw().bytes());
        if let Some(message) = root.get("msg").filter(|message| message.is_object()) {
            return self.event(message, at, true, out);
        }
        if let Some(payload) = root.get("payload").filter(|payload| payload.is_object()) {
            return match kind {
                b"session_meta" => {
                    self.name(payload.get("id").or_else(|| payload.at(&["meta", "id"])));
                    out.skip();
                }
                b"response_item" => self.item(payload, at, out),
                b"event_msg" => self.event(payload, at, false, out),
                // What was compacted is told already, the rest is the client's book-keeping.
                _ => out.skip(),
            };
        }
        match (kind, root.get("item").filter(|item| item.is_object())) {
            (b"thread.started", _) => {
                if let Some(id) = root.str("thread_id") {
                    self.conn = id.as_raw().bytes().to_vec();
                }
                out.skip();
            }
            (kind, Some(item)) if kind.starts_with(b"item.") => {
                self.thread_item(item, kind == b"item.completed", at, out);
            }
            (b"turn.failed" | b"error", _) => self.failed(root, at, out),
            (b"", _) if root.get("instructions").is_some() || root.get("git").is_some() => {
                self.name(root.get("id"));
                out.skip();
            }
            (b"", _) => match root.str("prompt") {
                Some(prompt) => self.said(at, "user", prompt.as_raw().bytes(), out),
                None => out.skip(),
            },
            // Before there were envelopes, the items were the lines.
            _ => self.item(root, at, out),
        }
    }
}

impl Log for Session {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        let doc = Doc::parse(line.text);
        let root = doc.root().filter(|root| root.is_object() && doc.is_whole());
        let Some(root) = root else {
            let at = At {
                origin: line.origin,
                micros: None,
            };
            self.settle(at, None, out);
            return out.text(&entry(at, &self.conn), None, line.text);
        };
        let stamp = root.str("timestamp");
        let at = At {
            origin: line.origin,
            micros: stamp.and_then(|stamp| parse_stamp(stamp.as_raw().bytes())),
        };
        self.record(root, at, out);
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        self.flush(out);
    }
}

/// An entry of the client's own.
fn entry(at: At, conn: &[u8]) -> Entry<'_> {
    Entry {
        conn,
        label: CLIENT.as_bytes(),
        micros: at.micros,
        ..Entry::at(at.origin)
    }
}

/// The id of a call, decoded.
fn call_id(value: Value<'_>) -> Option<Vec<u8>> {
    let id = value
        .str("call_id")
        .or_else(|| value.str("id"))
        .map(|id| id.as_raw().bytes().to_vec())?;
    (!id.is_empty()).then_some(id)
}

/// A member's text, decoded; empty where there is none.
fn text(value: Value<'_>, key: &str) -> Vec<u8> {
    value
        .str(key)
        .map(|text| text.as_raw().bytes().to_vec())
        .unwrap_or_default()
}

/// The arguments of a call: an object, or one that stands in a string.
fn arguments(value: Value<'_>, key: &str) -> Option<Vec<u8>> {
    value.get(key).and_then(pieces::arguments)
}
