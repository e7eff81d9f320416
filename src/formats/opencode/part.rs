//! A part of a message: words, or a call of a tool with how it went.

use crate::formats::calls::{Answer, By, Calls, Tool, once};
use crate::formats::naming::OPENCODE;
use crate::formats::told::{Entry, Out};
use crate::formats::{Known, pieces};
use crate::wire::json::Value;
use std::collections::HashMap;

/// The label of what is OpenCode's own.
pub(super) const CLIENT: &str = "OpenCode";

/// Tools of its own with the sign in their names that else stands behind a server's. From its sources and plugins.
const OWN: [&[u8]; 10] = [
    b"apply_patch",
    b"multi_edit",
    b"plan_enter",
    b"plan_exit",
    b"todo_read",
    b"todo_write",
    b"web_fetch",
    b"web_search",
    b"lsp_diagnostics",
    b"lsp_hover",
];

/// The parts of any number of sessions.
pub(super) struct Parts {
    sessions: HashMap<Vec<u8>, Calls>,
    known: Known,
}

impl Parts {
    pub(super) fn new(known: &Known) -> Parts {
        Parts {
            sessions: HashMap::new(),
            known: known.clone(),
        }
    }

    /// Tells a part of the session `at.conn`, which a person (`user`) or the model wrote.
    pub(super) fn tell(&mut self, at: &Entry<'_>, user: bool, part: Value<'_>, out: &mut Out<'_>) {
        let kind = part.str("type");
        match kind.as_ref().map(|kind| kind.as_raw().bytes()) {
            Some(b"text") => self.text(at, user, part, out),
            Some(b"tool") => self.tool(at, part, out),
            _ => out.skip(),
        }
    }

    fn calls(&mut self, conn: &[u8]) -> &mut Calls {
        self.sessions
            .entry(conn.to_vec())
            .or_insert_with(|| Calls::each_state(CLIENT))
    }

    fn text(&mut self, at: &Entry<'_>, user: bool, part: Value<'_>, out: &mut Out<'_>) {
        let added = part.get("synthetic").and_then(Value::as_bool) == Some(true);
        // What the model writes comes bit by bit, and has an end once it is whole.
        let time = part.get("time");
        let whole = time.is_none_or(|time| user || time.get("end").is_some());
        let Some(text) = part.str("text").filter(|_| whole && !added) else {
            return out.skip();
        };
        let at = Entry {
            micros: time
                .and_then(|time| pieces::time_at(time, &["start"]))
                .or(at.micros),
            ..*at
        };
        let who = if user { "user" } else { "assistant" };
        self.calls(at.conn)
            .said(&at, who, text.as_raw().bytes(), out);
    }

    fn tool(&mut self, at: &Entry<'_>, part: Value<'_>, out: &mut Out<'_>) {
        let (Some(id), Some(name), Some(state)) =
            (part.str("callID"), part.str("tool"), part.get("state"))
        else {
            return out.skip();
        };
        let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
        let status = state.str("status");
        let status = status.as_ref().map(|status| status.as_raw().bytes());
        // Before it runs, the model may not have written all of the input yet.
        if !matches!(status, Some(b"running" | b"completed" | b"error")) {
            return out.skip();
        }
        let split = OPENCODE
            .split(name, &self.known)
            .filter(|split| self.known.servers.contains(&split.server) || !OWN.contains(&name));
        let tool = match &split {
            Some(split) => Tool {
                server: Some(&split.server),
                name: &split.tool,
                client_name: name,
            },
            None => Tool {
                server: None,
                name,
                client_name: b"",
            },
        };
        let time = |key| state.at(&["time", key]).and_then(pieces::time);
        let scoped = [at.conn, b" ", id].concat();
        let input = state.get("input").and_then(pieces::arguments);
        let known_by = once(b"call", &scoped);
        let asked = Entry {
            micros: time("start").or(at.micros),
            once: &known_by,
            ..*at
        };
        let calls = self.calls(at.conn);
        match part.str("id") {
            // Each state of a part has its id, and no other part has it.
            Some(part) => {
                let words = calls.words(By::Model, id, &[part.as_raw().bytes()]);
                calls.call_in(words, &asked, id, &tool, input.as_deref(), out);
            }
            None => calls.call(&asked, id, &tool, input.as_deref(), out),
        }
        let known_by = once(b"answer", &scoped);
        let answered = Entry {
            micros: time("end").or(at.micros),
            once: &known_by,
            truncated: state
                .at(&["metadata", "truncated"])
                .and_then(Value::as_bool)
                == Some(true),
            ..*at
        };
        let words = |key| state.get(key).map(pieces::words).unwrap_or_default();
        match status {
            Some(b"completed") => {
                let text = words("output");
                let failed = false;
                calls.answer(
                    &answered,
                    id,
                    &Answer::Text {
                        text: &text,
                        failed,
                    },
                    out,
                );
            }
            Some(b"error") => calls.answer(&answered, id, &Answer::Error(&words("error")), out),
            _ => {}
        }
    }
}
