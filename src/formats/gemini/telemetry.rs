//! The file that `telemetry.outfile` names: objects printed over several lines, one behind the other.
//!
//! A call stands there with its arguments and how it ended, but not with what came back.

use super::CLIENT;
use crate::formats::calls::{Answer, Calls, Tool};
use crate::formats::naming::{GEMINI, GOOSE};
use crate::formats::told::{Entry, Origin};
use crate::formats::{Class, Format, Known, Line, Log, Out, Reading, pieces};
use crate::wire::json::{Doc, Nesting, Value};

pub static FORMAT: Format = Format {
    id: "gemini-telemetry",
    title: "Gemini CLI telemetry",
    class: Class::CallsOnly,
    signs: "objects with `attributes` that have an `event.name` as `gemini_cli.tool_call`",
    score,
    reading: Reading::Log(|known| Box::new(Telemetry::new(known))),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return 0;
    };
    let event = root.at(&["attributes", "event.name"]);
    let is_event = event
        .and_then(Value::text)
        .is_some_and(|name| name.as_raw().bytes().starts_with(b"gemini_cli."));
    if is_event {
        return 97;
    }
    // The first object may be a span or a measurement.
    let is_telemetry = root.get("resource").is_some() || root.get("attributes").is_some();
    u8::from(is_telemetry && memchr::memmem::find(head, b"\"gemini_cli.").is_some()) * 90
}

/// Longest object that is put together.
const LONG: usize = 64 << 20;

struct Telemetry {
    calls: Calls,
    known: Known,
    object: Vec<u8>,
    origin: Origin,
    nesting: Nesting,
}

impl Telemetry {
    fn new(known: &Known) -> Telemetry {
        Telemetry {
            calls: Calls::new(CLIENT),
            known: known.clone(),
            object: Vec::new(),
            origin: Origin::default(),
            nesting: Nesting::default(),
        }
    }

    /// Tells the object that was put together, whole or not.
    fn end(&mut self, out: &mut Out<'_>) {
        if self.object.is_empty() {
            return;
        }
        let object = std::mem::take(&mut self.object);
        self.nesting = Nesting::default();
        let doc = Doc::parse(&object);
        match doc.root().filter(|_| doc.is_whole()) {
            Some(root) => self.record(root, out),
            None => {
                let entry = Entry {
                    label: CLIENT.as_bytes(),
                    ..Entry::at(self.origin)
                };
                out.text(&entry, None, &object);
            }
        }
    }

    fn record(&mut self, root: Value<'_>, out: &mut Out<'_>) {
        let Some(facts) = root.get("attributes") else {
            return out.skip();
        };
        let text = |key: &str| -> Vec<u8> {
            let text = facts.str(key);
            text.map(|text| text.as_raw().bytes().to_vec())
                .unwrap_or_default()
        };
        let conn = text("session.id");
        let at = Entry {
            conn: &conn,
            micros: pieces::time_at(facts, &["event.timestamp"]).or_else(|| clock(root)),
            ..Entry::at(self.origin)
        };
        match text("event.name").as_slice() {
            b"gemini_cli.tool_call" => self.call(&at, facts, &text, out),
            b"gemini_cli.user_prompt" => {
                self.calls.said(&at, "user", &text("prompt"), out);
            }
            b"gemini_cli.config" => {
                let servers = text("mcp_servers");
                for server in servers.split(|b| *b == b',') {
                    self.known.server(server.trim_ascii());
                }
                out.skip();
            }
            _ => out.skip(),
        }
    }

    fn call(
        &mut self,
        at: &Entry<'_>,
        facts: Value<'_>,
        text: &dyn Fn(&str) -> Vec<u8>,
        out: &mut Out<'_>,
    ) {
        let name = text("function_name");
        if name.is_empty() {
            return out.skip();
        }
        let server = text("mcp_server_name");
        self.known.server(&server);
        let is_mcp = text("tool_type") == b"mcp" || !server.is_empty();
        let split = GEMINI
            .split(&name, &self.known)
            .or_else(|| GOOSE.split(&name, &self.known))
            .filter(|split| is_mcp && (server.is_empty() || split.server == server));
        let (server, tool_name) = match split {
            Some(split) => (Some(split.server), split.tool),
            None => (
                Some(server).filter(|server| !server.is_empty()),
                name.clone(),
            ),
        };
        let tool = Tool {
            server: server.as_deref(),
            name: &tool_name,
            client_name: if tool_name == name { b"" } else { &name },
        };
        // An event has no id; its words and its time are its own.
        let id = match text("call_id") {
            id if id.is_empty() => pieces::scope(facts.raw().bytes()).into_bytes(),
            id => id,
        };
        let took = facts.get("duration_ms").and_then(Value::as_f64);
        let took = took.filter(|ms| (0.0..1e12).contains(ms)).unwrap_or(0.0);
        let began = Entry {
            micros: at.micros.map(|micros| micros - (took * 1000.0) as i64),
            ..*at
        };
        let arguments = facts.get("function_args").and_then(pieces::arguments);
        self.calls
            .call(&began, &id, &tool, arguments.as_deref(), out);
        let failed = facts.get("success").and_then(Value::as_bool) == Some(false);
        let why = match text("error") {
            why if why.is_empty() && failed => b"failed".to_vec(),
            why => why,
        };
        let answer = match failed {
            true => Answer::Error(&why),
            false => Answer::Content {
                blocks: b"[]",
                failed: false,
                structured: None,
                meta: None,
            },
        };
        let ended = Entry {
            truncated: !failed,
            ..*at
        };
        self.calls.answer(&ended, &id, &answer, out);
    }
}

/// The time as two numbers, seconds and nanoseconds.
fn clock(root: Value<'_>) -> Option<i64> {
    let mut parts = root.get("hrTime")?.items().map(Value::as_i64);
    let (secs, nanos) = (parts.next()??, parts.next()??);
    secs.checked_mul(1_000_000)?.checked_add(nanos / 1000)
}

impl Log for Telemetry {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        // An object begins at the start of a line, what is in it does not.
        if line.text.starts_with(b"{") || self.object.len() > LONG {
            self.end(out);
        }
        if self.object.is_empty() {
            if line.text.trim_ascii().is_empty() {
                return;
            }
            self.origin = line.origin;
        } else {
            self.object.push(b'\n');
            self.origin = self.origin.to(line.origin);
        }
        self.object.extend_from_slice(line.text);
        self.nesting.feed(line.text);
        if self.nesting.is_closed() || !self.object.starts_with(b"{") {
            self.end(out);
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        self.end(out);
    }
}
