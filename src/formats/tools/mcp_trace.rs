//! mcp-trace: exchanges over HTTP (version 1 of its lines) and messages over pipes (version 2). Bodies are kept only where
//! its user asked for them; without them the lines say what a message was about.

use super::parts::{Parts, raw, string, text};
use crate::formats::http::exchange::{Exchange, Headers, Side};
use crate::formats::http::pieces::Pieces;
use crate::formats::http::url::Target;
use crate::formats::told::Transport;
use crate::formats::{Class, Entry, Format, Line, Log, Origin, Out, Reading, parse_stamp};
use crate::wire::base64;
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Kind, Value};
use crate::wire::method;
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "mcp-trace",
    title: "mcp-trace recording (NDJSON)",
    class: Class::WireComplete,
    signs: "lines with `schemaVersion` and `request.httpMethod`, or `observedAt` and `metadata`",
    score,
    reading: Reading::Log(|_| Box::<Traced>::default()),
};

fn score(head: &[u8]) -> u8 {
    crate::formats::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |path: &[&str]| root.at(path).is_some();
        let http = has(&["request", "httpMethod"]);
        if has(&["schemaVersion"]) && (http || has(&["observedAt"]) && has(&["metadata", "kind"])) {
            98
        } else {
            0
        }
    })
}

#[derive(Default)]
struct Traced {
    exchanges: u64,
}

const WITHOUT: &str = "Some messages were recorded without their bodies: what they passed and answered is not known, and not empty.";

impl Log for Traced {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some(root) = doc.root().filter(|root| root.is_object()) else {
            return out.skip();
        };
        if let Some(request) = root.get("request").filter(|request| request.is_object()) {
            let mut pieces = Pieces::after(self.exchanges);
            self.exchanges += 1;
            pieces.add(exchange(root, request, line.origin, out), out);
            pieces.tell(out);
        } else if root.get("metadata").is_some() {
            message(root, line.origin, out);
        } else {
            out.skip();
        }
    }
}

/// A message over a pipe.
fn message(root: Value<'_>, origin: Origin, out: &mut Out<'_>) {
    let dir = match &text(root, "direction")[..] {
        b"client-to-server" => Some(Direction::C2s),
        b"server-to-client" => Some(Direction::S2c),
        _ => None,
    };
    let metadata = root.get("metadata");
    let is_answer = metadata.is_some_and(|m| text(m, "kind") == &b"response"[..]);
    let body = root.get("body");
    let known = body.map(|body| side(Headers::default(), Some(body)));
    let told = match &known {
        Some(side) => side.body.clone(),
        None => Cow::Owned(about(metadata, is_answer)),
    };
    if told.is_empty() {
        return out.skip();
    }
    if known.is_none() {
        out.note(WITHOUT);
    }
    let entry = Entry {
        micros: root
            .str("observedAt")
            .and_then(|stamp| parse_stamp(stamp.as_raw().bytes())),
        transport: Transport::Stdio,
        truncated: known.as_ref().is_none_or(|side| side.cut),
        redacted: known.as_ref().is_some_and(|side| side.redacted),
        ..Entry::at(origin)
    };
    out.message(&entry, dir, &told);
}

/// The outside of a message of which only that is recorded; nothing where not even its method is known.
fn about(metadata: Option<Value<'_>>, is_answer: bool) -> Vec<u8> {
    let Some(metadata) = metadata else {
        return Vec::new();
    };
    let id = raw(metadata, "id");
    let (name, called) = (text(metadata, "method"), text(metadata, "name"));
    let failed = metadata.get("isError").and_then(Value::as_bool) == Some(true);
    let params = method::names(&name)
        .filter(|_| !called.is_empty())
        .map(|key| format!("{{\"{key}\":{}}}", string(&called)));
    let parts = match (is_answer, id) {
        (true, Some(_)) => Parts {
            id,
            result: Some(if failed { b"{\"isError\":true}" } else { b"{}" }),
            ..Parts::default()
        },
        (false, _) if !name.is_empty() && name != &b"unknown"[..] => Parts {
            id,
            method: Some(&name),
            params: params.as_deref().map(str::as_bytes),
            ..Parts::default()
        },
        _ => return Vec::new(),
    };
    parts.message()
}

fn exchange<'d>(
    root: Value<'d>,
    request: Value<'d>,
    origin: Origin,
    out: &mut Out<'_>,
) -> Exchange<'d> {
    let stamp = |key| {
        root.str(key)
            .and_then(|stamp| parse_stamp(stamp.as_raw().bytes()))
    };
    let response = root.get("response");
    let status = response.and_then(|response| response.get("status")?.as_i64());
    let status = status
        .and_then(|status| u16::try_from(status).ok())
        .filter(|status| *status > 0);
    let failure = root.get("error").map(|error| text(error, "message"));
    let half = |half: Option<Value<'d>>| {
        let mut headers = Headers::default();
        let listed = half.and_then(|half| half.get("headers"));
        for header in listed.into_iter().flat_map(|all| all.items()) {
            if let (Some(name), Some(value)) = (header.key(), header.text()) {
                headers.add(name.into_bytes(), value.into_bytes());
            }
        }
        side(headers, half.and_then(|half| half.get("body")))
    };
    let (mut sent, mut got) = (half(Some(request)), half(response));
    let metadata = request.get("metadata");
    // The session's name is kept as a hash, which tells sessions apart as well.
    let session = metadata.map(|m| text(m, "sessionHash")).unwrap_or_default();
    if sent.headers.get("mcp-session-id").is_none() && !session.is_empty() {
        sent.headers.add(b"mcp-session-id"[..].into(), session);
    }
    let is_post = text(request, "httpMethod").eq_ignore_ascii_case(b"POST");
    if is_post && request.get("body").is_none() {
        let outside = about(metadata, false);
        if !outside.is_empty() {
            (sent.body, sent.cut) = (outside.into(), true);
            out.note(WITHOUT);
        }
    }
    let succeeded = status.is_some_and(|status| status < 300 && status != 202);
    if is_post && succeeded && response.is_some_and(|response| response.get("body").is_none()) {
        let outside = about(metadata, true);
        if !outside.is_empty() {
            got = Side {
                body: outside.into(),
                cut: true,
                ..Side::default()
            };
            out.note(WITHOUT);
        }
    }
    Exchange {
        origin,
        started: stamp("startedAt"),
        headed: None,
        ended: stamp("completedAt"),
        method: text(request, "httpMethod"),
        target: target(&text(root, "upstream"), &text(request, "path")),
        sent,
        status,
        got,
        failure: failure.filter(|why| !why.is_empty()),
    }
}

/// The upstream is an address with or without the path that is asked for.
fn target(upstream: &[u8], path: &[u8]) -> Target {
    let mut target = Target::of(upstream);
    if !path.is_empty() {
        target.path = path.to_vec();
    }
    target
}

fn side<'d>(headers: Headers<'d>, body: Option<Value<'d>>) -> Side<'d> {
    let Some(body) = body else {
        return Side {
            headers,
            ..Side::default()
        };
    };
    let is = |key| body.get(key).and_then(Value::as_bool) == Some(true);
    let value = body.get("value");
    let bytes = match value {
        Some(value) if value.kind() == Kind::String => {
            let said = text(body, "value");
            match text(body, "format") == &b"base64"[..] {
                true => base64::decode(&said).map_or(said, Cow::Owned),
                false => said,
            }
        }
        Some(value) if value.kind() != Kind::Null => Cow::Borrowed(value.raw().bytes()),
        _ => Cow::Borrowed(&b""[..]),
    };
    Side {
        headers,
        body: bytes,
        // It marks everything that went through its redaction, whether there was something to take out or not.
        redacted: is("redacted")
            && memchr::memmem::find(value.map_or(b"", |v| v.raw().bytes()), b"REDACTED").is_some(),
        cut: is("truncated"),
        ..Side::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Known;
    use crate::formats::told::tests::told;

    fn exchange_line(more: &str, request: &str, response: &str) -> String {
        format!(
            r#"{{"schemaVersion":1,"id":"x","startedAt":"2026-01-01T00:00:00.000Z","completedAt":"2026-01-01T00:00:00.250Z","durationMs":250,"upstream":"http://localhost:9/mcp","request":{{"httpMethod":"POST","path":"/mcp","headers":{{"mcp-method":"tools/call","authorization":"[REDACTED]"}},"metadata":{{"method":"tools/call","name":"add","id":7,"mismatches":[]{more}}}{request}}},"response":{{"status":200,"headers":{{"content-type":"application/json"}}{response}}}}}"#
        )
    }

    #[test]
    fn bodies_are_messages() {
        let line = exchange_line(
            r#","sessionHash":"h""#,
            r#","body":{"format":"json","redacted":true,"truncated":false,"value":{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add","key":"[REDACTED]"}}}"#,
            r#","body":{"format":"text","redacted":true,"truncated":true,"value":"{\"jsonrpc\":\"2.0\",\"id\""}"#,
        );
        assert_eq!(score(line.as_bytes()), 98);
        let (lines, notes) = told(&FORMAT, line.as_bytes(), &Known::default());
        assert_eq!((lines.len(), notes.len()), (2, 0), "{lines:#?}");
        assert!(lines[0].starts_with(r#"{"session_id":"h","server_label":"localhost:9/mcp","ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"http","redacted":true"#));
        assert!(lines[0].contains(r#""mcp_method":"tools/call""#));
        assert!(lines[1].contains(r#""ts":"2026-01-01T00:00:00.25Z""#));
        assert!(lines[1].contains(r#""truncated":true"#) && lines[1].contains(r#""text":"{"#));
    }

    #[test]
    fn what_was_not_recorded_is_not_empty() {
        let line = exchange_line("", "", "");
        let (lines, notes) = told(&FORMAT, line.as_bytes(), &Known::default());
        assert_eq!((lines.len(), notes.len()), (2, 1), "{lines:#?}");
        assert!(lines[0].contains(r#""truncated":true"#));
        assert!(lines[0].ends_with(
            r#""raw":{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"add"}}}"#
        ));
        assert!(lines[1].contains(r#""truncated":true"#) && lines[1].contains(r#""result":{}"#));
    }

    #[test]
    fn messages_over_pipes_are_told_too() {
        let line = |direction: &str, kind: &str, body: &str| {
            format!(
                r#"{{"schemaVersion":2,"transport":"stdio","id":"x","direction":"{direction}","observedAt":"2026-01-01T00:00:00.000Z","metadata":{{"kind":"{kind}","method":"tools/call","name":"add","id":"q","isError":true,"mismatches":[]}}{body}}}"#
            ) + "\n"
        };
        let file = line(
            "client-to-server",
            "request",
            r#","body":{"format":"json","redacted":false,"truncated":false,"value":{"jsonrpc":"2.0","id":"q","method":"tools/call"}}"#,
        ) + &line("server-to-client", "response", "")
            + "{}\n[1]\nx\n";
        assert!(score(line("a", "b", "").as_bytes()) == 98);
        let (lines, notes) = told(&FORMAT, file.as_bytes(), &Known::default());
        assert_eq!((lines.len(), notes.len()), (2, 1), "{lines:#?}");
        assert!(lines[0].contains(r#""direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":"q","method":"tools/call"}"#));
        assert!(lines[1].ends_with(
            r#""truncated":true,"raw":{"jsonrpc":"2.0","id":"q","result":{"isError":true}}}"#
        ));
    }
}
