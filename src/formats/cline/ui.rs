//! `ui_messages.json`: what the person saw of a task.

use crate::formats::calls::{Answer, Calls, Tool, once};
use crate::formats::messages::contents;
use crate::formats::told::{Entry, Fact, Out, Places, document};
use crate::formats::{Class, Format, Known, Reading, pieces};
use crate::wire::json::{Doc, Value};

pub static UI: Format = Format {
    id: "cline-ui",
    title: "Cline or Roo Code task (ui_messages.json)",
    class: Class::CallsOnly,
    signs: "an array of entries with `ts`, `type` `ask` or `say`, and what is asked or said",
    score,
    reading: Reading::Document(tell),
};

/// The label of what is the client's own.
const CLIENT: &str = "Cline";

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root().filter(|root| root.is_array()) else {
        return 0;
    };
    let is_entry = |entry: Value<'_>| {
        entry.get("ts").is_some()
            && entry
                .str("type")
                .is_some_and(|kind| kind.as_raw() == "ask" || kind.as_raw() == "say")
    };
    u8::from(root.items().next().is_some_and(is_entry)) * 95
}

/// A call to a server that was shown last.
struct Shown {
    id: Vec<u8>,
    uri: Option<Vec<u8>>,
}

struct Task {
    calls: Calls,
    scope: String,
    /// The call that the next response answers.
    open: Option<Shown>,
    /// Nothing was said yet: the first text is what the person wants.
    fresh: bool,
}

fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let mut places = Places::of(text);
    let Some(root) = doc.root().filter(|root| root.is_array()) else {
        return;
    };
    let first = root.items().next();
    let mut task = Task {
        calls: Calls::new(CLIENT),
        scope: first.map_or_else(String::new, |first| pieces::scope(first.raw().bytes())),
        open: None,
        fresh: true,
    };
    for entry in root.items() {
        let partial = entry.get("partial").and_then(Value::as_bool) == Some(true);
        if partial || !pieces::is_complete(&doc, entry) {
            out.skip();
            continue;
        }
        let at = Entry {
            micros: pieces::time_at(entry, &["ts"]),
            ..Entry::at(places.origin(entry.range()))
        };
        task.entry(&at, entry, out);
    }
}

impl Task {
    fn entry(&mut self, at: &Entry<'_>, entry: Value<'_>, out: &mut Out<'_>) {
        let kind = entry.str("say").or_else(|| entry.str("ask"));
        let (Some(kind), Some(text)) = (kind, entry.str("text")) else {
            return out.skip();
        };
        let text = text.as_raw().bytes();
        match kind.as_raw().bytes() {
            b"use_mcp_server" => self.call(at, entry, text, out),
            b"mcp_server_response" => self.response(at, text, out),
            b"text" | b"task" => {
                let fresh = std::mem::take(&mut self.fresh);
                let who = if fresh { "user" } else { "assistant" };
                self.calls.said(at, who, text, out);
            }
            b"user_feedback" => self.calls.said(at, "user", text, out),
            b"completion_result" => self.calls.said(at, "assistant", text, out),
            b"error" => {
                let entry = Entry {
                    label: CLIENT.as_bytes(),
                    ..*at
                };
                out.event(&entry, "failed", &[("text", Fact::Text(text))]);
            }
            _ => out.skip(),
        }
    }

    fn call(&mut self, at: &Entry<'_>, entry: Value<'_>, text: &[u8], out: &mut Out<'_>) {
        let doc = Doc::parse(text);
        let call = doc.root();
        let part = |key| call.and_then(|call| call.str(key));
        let (Some(call), Some(server)) = (call, part("serverName")) else {
            return out.skip();
        };
        let server = server.as_raw().bytes();
        // The time is the only thing by which it is known.
        let stamp = entry.get("ts").map_or(&b""[..], |ts| ts.raw().bytes());
        let id = [self.scope.as_bytes(), b"-", stamp].concat();
        let once = once(b"call", &id);
        let at = Entry { once: &once, ..*at };
        let uri = match (part("toolName"), part("uri")) {
            (Some(name), _) => {
                let tool = Tool {
                    server: Some(server),
                    name: name.as_raw().bytes(),
                    client_name: b"",
                };
                let arguments = call.get("arguments").and_then(pieces::arguments);
                self.calls.call(&at, &id, &tool, arguments.as_deref(), out);
                None
            }
            (None, Some(uri)) => {
                let uri = uri.as_raw().bytes();
                self.calls.read(&at, &id, server, uri, out);
                Some(uri.to_vec())
            }
            (None, None) => return out.skip(),
        };
        self.open = Some(Shown { id, uri });
    }

    fn response(&mut self, at: &Entry<'_>, text: &[u8], out: &mut Out<'_>) {
        let Some(Shown { id, uri }) = self.open.take() else {
            return out.skip();
        };
        let result;
        let answer = match uri {
            Some(uri) => {
                result = contents(&uri, text);
                Answer::Result(&result)
            }
            None => Answer::Text {
                text,
                failed: text.starts_with(b"Error:\n"),
            },
        };
        self.calls.answer(at, &id, &answer, out);
    }
}
