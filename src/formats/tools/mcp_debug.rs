//! mcp-debug: requests and responses of a proxy, without ids. A response belongs to the request before it.

use super::parts::{Parts, is_message, raw, string, text};
use crate::formats::{Class, Entry, Format, Line, Log, Out, Reading, parse_stamp};
use crate::wire::id::Direction;
use crate::wire::json::Doc;
use crate::wire::method::TOOLS_CALL;
use std::collections::VecDeque;

pub static FORMAT: Format = Format {
    id: "mcp-debug",
    title: "mcp-debug recording (JSON lines)",
    class: Class::WireComplete,
    signs: "lines with `direction` (`request`, `response`), `message_type` and `message`",
    score,
    reading: Reading::Log(|_| Box::<Debugged>::default()),
};

fn score(head: &[u8]) -> u8 {
    crate::formats::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        if has("direction") && has("message_type") && has("message") {
            97
        } else if has("start_time") && has("server_info") && has("messages") {
            90
        } else {
            0
        }
    })
}

/// Most requests that wait for their response.
const KEPT: usize = 4096;

#[derive(Default)]
struct Debugged {
    /// Server, tool and number of requests without a response.
    open: VecDeque<(Vec<u8>, Vec<u8>, u64)>,
    requests: u64,
}

impl Log for Debugged {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some(root) = doc.root().filter(|root| root.is_object()) else {
            return out.skip();
        };
        let (Some(message), Some(direction)) = (root.get("message"), root.str("direction")) else {
            return out.skip();
        };
        let (server, tool) = (text(root, "server_name"), text(root, "tool_name"));
        let entry = Entry {
            label: &server,
            micros: root
                .str("timestamp")
                .and_then(|stamp| parse_stamp(stamp.as_raw().bytes())),
            truncated: !doc.is_whole(),
            ..Entry::at(line.origin)
        };
        let dir = match direction.as_raw().bytes() {
            b"request" => Direction::C2s,
            b"response" => Direction::S2c,
            _ => return out.skip(),
        };
        if is_message(message) {
            return out.message(&entry, Some(dir), message.raw().bytes());
        }
        out.note("The recording has no ids: a response is taken for that of the request before it with the same tool.");
        if dir == Direction::C2s {
            self.requests += 1;
            if self.open.len() == KEPT {
                self.open.pop_front();
            }
            self.open
                .push_back((server.to_vec(), tool.to_vec(), self.requests));
            let named = text(message, "method");
            let kind = text(root, "message_type");
            let method = match (&named[..], &kind[..]) {
                (b"", b"tool_call") => TOOLS_CALL.as_bytes(),
                (b"", kind) => kind,
                (named, _) => named,
            };
            let name = format!("{{\"name\":{}}}", string(&tool));
            let is_call = method == TOOLS_CALL.as_bytes();
            let id = self.requests.to_string();
            let parts = Parts {
                id: Some(id.as_bytes()),
                method: Some(method),
                params: raw(message, "params").or(is_call.then_some(name.as_bytes())),
                ..Parts::default()
            };
            return out.message(&entry, Some(dir), &parts.message());
        }
        let same = self
            .open
            .iter()
            .position(|(of, called, _)| *of == *server && *called == *tool);
        let request = match same {
            Some(at) => self.open.remove(at),
            None => self.open.pop_back(),
        };
        let id = request.map_or_else(|| "null".to_owned(), |(_, _, n)| n.to_string());
        let error = message
            .get("error")
            .filter(|_| message.get("content").is_none());
        let parts = Parts {
            id: Some(id.as_bytes()),
            result: error.is_none().then(|| message.raw().bytes()),
            error: error.map(|error| error.raw().bytes()),
            ..Parts::default()
        };
        out.message(&entry, Some(dir), &parts.message());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Known;
    use crate::formats::told::tests::told;

    #[test]
    fn responses_belong_to_requests_by_their_tools() {
        let line = |direction: &str, tool: &str, message: &str| {
            format!(
                r#"{{"timestamp":"2026-01-01T00:00:00Z","direction":"{direction}","message_type":"tool_call","tool_name":"{tool}","server_name":"maths","message":{message}}}"#
            ) + "\n"
        };
        let file = [
            "# MCP Recording Session\n".to_owned(),
            "{\"start_time\":\"2026-01-01T00:00:00Z\",\"server_info\":\"x\",\"messages\":[]}\n"
                .to_owned(),
            line(
                "request",
                "add",
                r#"{"method":"tools/call","params":{"name":"add","arguments":{"a":1}}}"#,
            ),
            line("request", "sub", "{}"),
            line("response", "add", r#"{"content":[]}"#),
            line("response", "sub", r#"{"error":{"message":"no"}}"#),
            line("response", "sub", r#"{"jsonrpc":"2.0","id":9,"result":{}}"#),
            line("response", "sub", r#"{"content":[1]}"#),
        ]
        .concat();
        assert!(score(file.as_bytes()) > 90);
        let (lines, notes) = told(&FORMAT, file.as_bytes(), &Known::default());
        let raws: Vec<_> = lines
            .iter()
            .map(|line| &line[line.find("\"raw\":").unwrap() + 6..line.len() - 1])
            .collect();
        assert_eq!(
            raws,
            [
                r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"add","arguments":{"a":1}}}"#,
                r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"sub"}}"#,
                r#"{"jsonrpc":"2.0","id":1,"result":{"content":[]}}"#,
                r#"{"jsonrpc":"2.0","id":2,"error":{"message":"no"}}"#,
                r#"{"jsonrpc":"2.0","id":9,"result":{}}"#,
                r#"{"jsonrpc":"2.0","id":null,"result":{"content":[1]}}"#,
            ]
        );
        assert!(lines[0].contains(r#""server_label":"maths""#) && notes.len() == 1);
    }
}
