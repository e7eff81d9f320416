//! MCPSpy: what a probe in the kernel saw of pipes and of TLS.
//!
//! The original message stands in `raw`, of which the probe keeps a limited part; the members beside it say what it was.

use super::parts::{Parts, is_message, raw, text};
use crate::formats::told::{Transport, is_json};
use crate::formats::{Class, Entry, Format, Line, Log, Out, Reading, parse_stamp};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Kind, Value};
use crate::wire::method;
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

pub static FORMAT: Format = Format {
    id: "mcpspy",
    title: "MCPSpy (JSON lines)",
    class: Class::WireComplete,
    signs: "lines with `transport_type` and `stdio_transport` or `http_transport`",
    score,
    reading: Reading::Log(|_| Box::<Spy>::default()),
};

fn score(head: &[u8]) -> u8 {
    crate::formats::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        if has("transport_type") && (has("stdio_transport") || has("http_transport")) {
            97
        } else {
            0
        }
    })
}

/// Most connections, and most requests of each, that are remembered.
const KEPT: usize = 1 << 16;

#[derive(Default)]
struct Spy {
    /// Which process of a pair is the server.
    servers: HashMap<(i64, i64), i64>,
    /// Connection and id of requests that were told.
    asked: HashSet<(Vec<u8>, Vec<u8>)>,
    noted: bool,
}

/// Where a message went.
struct Way {
    conn: Vec<u8>,
    label: Vec<u8>,
    transport: Transport,
    dir: Direction,
}

impl Log for Spy {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some(root) = doc.root().filter(|root| root.is_object()) else {
            return out.skip();
        };
        if root.get("transport_type").is_none() {
            return out.skip();
        }
        if !self.noted {
            self.noted = true;
            out.note("MCPSpy keeps 16 KiB of a message and misses what is written in several pieces: messages may lack or be cut.");
        }
        let way = self.way(root);
        let entry = Entry {
            conn: &way.conn,
            label: &way.label,
            micros: root
                .str("timestamp")
                .and_then(|stamp| parse_stamp(stamp.as_raw().bytes())),
            transport: way.transport,
            ..Entry::at(line.origin)
        };
        if let Some(request) = root.get("request").filter(|request| request.is_object()) {
            self.missed(&entry, request, out);
        }
        let original = text(root, "raw");
        if !original.is_empty() && is_json(&original) {
            self.remember(&way, root);
            return out.message(&entry, Some(way.dir), &original);
        }
        let cut = Entry {
            truncated: !doc.is_whole() || !original.is_empty(),
            ..entry
        };
        match parts(root) {
            Some(message) => {
                self.remember(&way, root);
                out.message(&cut, Some(way.dir), &message);
            }
            None if original.is_empty() => out.skip(),
            None => out.text(&cut, Some(way.dir), &original),
        }
    }
}

impl Spy {
    /// A response repeats its request, which is told where it was not seen itself.
    fn missed(&mut self, entry: &Entry<'_>, request: Value<'_>, out: &mut Out<'_>) {
        let Some(id) = raw(request, "id") else { return };
        let key = (entry.conn.to_vec(), id.to_vec());
        if self.asked.contains(&key) || self.asked.len() >= KEPT {
            return;
        }
        if let Some(message) = parts(request) {
            self.asked.insert(key);
            let entry = Entry {
                micros: None,
                ..*entry
            };
            out.message(&entry, Some(Direction::C2s), &message);
        }
    }

    fn remember(&mut self, way: &Way, root: Value<'_>) {
        if let Some(id) = raw(root, "id")
            && root.get("method").is_some()
            && self.asked.len() < KEPT
        {
            self.asked.insert((way.conn.clone(), id.to_vec()));
        }
    }

    fn way(&mut self, root: Value<'_>) -> Way {
        let name = text(root, "method");
        let by_method = method::direction(&name);
        let is_response = name.is_empty();
        if let Some(http) = root.get("http_transport") {
            let host = text(http, "host");
            let sent = http.get("is_request").and_then(Value::as_bool);
            let dir = match sent {
                Some(true) => Direction::C2s,
                _ => Direction::S2c,
            };
            return Way {
                conn: [&host[..], b" ", &pid(http, "pid").to_string().into_bytes()].concat(),
                label: host.into_owned(),
                transport: Transport::Http,
                dir,
            };
        }
        let stdio = root.get("stdio_transport");
        let number = |key| stdio.map_or(0, |stdio| pid(stdio, key));
        let (from, to) = (number("from_pid"), number("to_pid"));
        let pair = (from.min(to), from.max(to));
        let guess = match by_method {
            Some(Direction::S2c) => from,
            Some(_) => to,
            // Most responses are a server's, most requests a client's.
            None if is_response => from,
            None => to,
        };
        let server = match self.servers.get(&pair) {
            Some(server) => *server,
            None => {
                if self.servers.len() < KEPT {
                    self.servers.insert(pair, guess);
                }
                guess
            }
        };
        let (dir, comm) = if from == server {
            (Direction::S2c, "from_comm")
        } else {
            (Direction::C2s, "to_comm")
        };
        Way {
            conn: format!("{}-{}", pair.0, pair.1).into_bytes(),
            label: stdio
                .map(|stdio| text(stdio, comm).into_owned())
                .unwrap_or_default(),
            transport: Transport::Stdio,
            dir,
        }
    }
}

fn pid(value: Value<'_>, key: &str) -> i64 {
    value.get(key).and_then(Value::as_i64).unwrap_or(0)
}

/// The message that the members beside it tell.
fn parts(root: Value<'_>) -> Option<Vec<u8>> {
    // An error that is not there is written as an empty object.
    let there =
        |key| raw(root, key).filter(|_| root.get(key).is_some_and(|v| v.items().next().is_some()));
    let method: Cow<'_, [u8]> = text(root, "method");
    let parts = Parts {
        id: raw(root, "id"),
        method: (!method.is_empty()).then_some(&method[..]),
        params: raw(root, "params"),
        result: raw(root, "result").filter(|_| method.is_empty()),
        error: there("error"),
    };
    let message = parts.message();
    let doc = Doc::parse(&message);
    let root = doc.root()?;
    (is_message(root) && root.kind() == Kind::Object).then(|| message.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Known;
    use crate::formats::told::tests::told;

    fn lines(text: &str) -> Vec<String> {
        assert!(score(text.as_bytes()) > 40);
        told(&FORMAT, text.as_bytes(), &Known::default()).0
    }

    const STDIO: &str = r#""transport_type":"stdio","stdio_transport":{"from_pid":7,"from_comm":"agent","to_pid":9,"to_comm":"notes"}"#;
    const BACK: &str = r#""transport_type":"stdio","stdio_transport":{"from_pid":9,"from_comm":"notes","to_pid":7,"to_comm":"agent"}"#;

    #[test]
    fn the_original_is_told_and_the_request_not_twice() {
        let file = format!(
            "{{\"timestamp\":\"2026-01-01T02:00:00.5+02:00\",{STDIO},\"type\":\"request\",\"id\":1,\"method\":\"tools/list\",\"error\":{{}},\"raw\":\"{{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":1, \\\"method\\\":\\\"tools/list\\\"}}\"}}\n{{\"type\":\"llm_request\"}}\n{{{BACK},\"type\":\"response\",\"id\":1,\"result\":{{\"tools\":[]}},\"error\":{{}},\"request\":{{\"id\":1,\"method\":\"tools/list\"}},\"raw\":\"{{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\"}}\n"
        );
        let lines = lines(&file);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert_eq!(
            lines[0],
            r#"{"session_id":"7-9","server_label":"notes","ts":"2026-01-01T00:00:00.5Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1, "method":"tools/list"}}"#
        );
        assert!(
            lines[1].contains(r#""direction":"s2c""#)
                && lines[1].contains(r#""truncated":true"#)
                && lines[1].ends_with(r#""raw":{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}}"#),
            "{}",
            lines[1]
        );
    }

    #[test]
    fn a_request_that_was_missed_is_told_with_its_answer() {
        let http = |sent: &str| {
            format!(
                r#""transport_type":"http","http_transport":{{"pid":5,"comm":"python","host":"a.example"{sent}}}"#
            )
        };
        let file = format!(
            "{{{},\"type\":\"response\",\"id\":3,\"error\":{{\"code\":-1,\"message\":\"no\"}},\"request\":{{\"id\":3,\"method\":\"tools/call\",\"params\":{{\"name\":\"x\"}},\"error\":{{}}}}}}\n{{{},\"type\":\"notification\",\"method\":\"notifications/initialized\",\"error\":{{}}}}\n",
            http(""),
            http(",\"is_request\":true")
        );
        let lines = lines(&file);
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(
            lines[0].starts_with(r#"{"session_id":"a.example 5","server_label":"a.example","direction":"c2s","transport":"http""#)
                && lines[0].contains("tools/call")
        );
        assert!(lines[1].contains(r#""direction":"s2c""#) && lines[1].contains("-1"));
        assert!(lines[2].contains(r#""direction":"c2s""#));
    }

    #[test]
    fn nonsense_is_skipped_and_what_was_cut_is_kept() {
        let file = format!(
            "x\n{{{STDIO},\"raw\":\"{{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"par\"}}\n[]\n{{{STDIO}}}\n"
        );
        let lines = lines(&file);
        assert_eq!(lines.len(), 1, "{lines:#?}");
        assert!(lines[0].contains(r#""truncated":true,"text":"{\"jsonrpc\":\"2.0\",\"par""#));
    }
}
