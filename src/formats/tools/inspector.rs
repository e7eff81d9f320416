//! What the MCP Inspector exports: its list of messages, or of HTTP requests.

use super::parts::{is_message, text, time};
use crate::formats::http::exchange::{Exchange, Headers, Side};
use crate::formats::http::pieces::Pieces;
use crate::formats::http::url::Target;
use crate::formats::told::{Places, document, is_closed};
use crate::formats::{Class, Entry, Format, Known, Origin, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Kind, Value};

pub static FORMAT: Format = Format {
    id: "inspector",
    title: "MCP Inspector export",
    class: Class::WireComplete,
    signs: "an array of objects with `direction`, `message` and `timestamp`, or with `requestHeaders` and `url`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    if head.trim_ascii_start().first() != Some(&b'[') {
        return 0;
    }
    let doc = Doc::parse(head);
    let Some(first) = doc.root().and_then(|root| root.items().next()) else {
        return 0;
    };
    let has = |key| first.get(key).is_some();
    if has("direction") && has("message") && has("timestamp") {
        95
    } else if has("requestHeaders") && has("url") && has("method") {
        93
    } else {
        0
    }
}

/// A message and when it was there.
struct Said<'d> {
    key: i64,
    micros: Option<i64>,
    origin: Origin,
    dir: Option<Direction>,
    message: Value<'d>,
}

fn tell(bytes: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = document(bytes, out);
    let mut places = Places::of(bytes);
    let (mut all, mut pieces, mut last) = (Vec::new(), Pieces::default(), i64::MIN);
    for item in doc.root().into_iter().flat_map(|root| root.items()) {
        if !item.is_object() || !is_closed(&doc, item) {
            continue;
        }
        let origin = places.origin(item.range());
        if item.get("requestHeaders").is_some() {
            pieces.add(exchange(item, origin), out);
        } else {
            messages(item, origin, &mut last, &mut all, out);
        }
    }
    // The newest may stand first.
    all.sort_by_key(|said| said.key);
    for said in all {
        let entry = Entry {
            micros: said.micros,
            ..Entry::at(said.origin)
        };
        out.message(&entry, said.dir, said.message.raw().bytes());
    }
    pieces.tell(out);
}

fn messages<'d>(
    item: Value<'d>,
    origin: Origin,
    last: &mut i64,
    all: &mut Vec<Said<'d>>,
    out: &mut Out<'_>,
) {
    let Some(message) = item.get("message").filter(|message| message.is_object()) else {
        return out.skip();
    };
    let micros = item.get("timestamp").and_then(time);
    *last = micros.unwrap_or(*last);
    let dir = match &text(item, "origin")[..] {
        b"client" => Some(Direction::C2s),
        b"server" => Some(Direction::S2c),
        _ => None,
    };
    all.push(Said {
        key: *last,
        micros,
        origin,
        dir,
        message,
    });
    let Some(response) = item
        .get("response")
        .filter(|response| is_message(*response))
    else {
        return;
    };
    let millis = item.get("duration").and_then(Value::as_f64);
    let millis = millis.filter(|ms| (0.0..1e11).contains(ms)).unwrap_or(0.0);
    let after = (millis * 1000.0).round() as i64;
    all.push(Said {
        key: last.saturating_add(after),
        micros: micros.map(|micros| micros.saturating_add(after)),
        origin,
        dir: dir.map(Direction::opposite),
        message: response,
    });
}

fn exchange(item: Value<'_>, origin: Origin) -> Exchange<'_> {
    let started = item.get("timestamp").and_then(time);
    let millis = item.get("duration").and_then(Value::as_f64);
    let ended = millis
        .filter(|ms| (0.0..1e11).contains(ms))
        .and_then(|ms| Some(started?.saturating_add((ms * 1000.0).round() as i64)));
    let status = item.get("responseStatus").and_then(Value::as_i64);
    let failure = text(item, "error");
    Exchange {
        origin,
        started,
        headed: None,
        ended: ended.or(started),
        method: text(item, "method"),
        target: Target::of(&text(item, "url")),
        sent: side(item, "requestHeaders", "requestBody"),
        status: status
            .and_then(|status| u16::try_from(status).ok())
            .filter(|status| *status > 0),
        got: side(item, "responseHeaders", "responseBody"),
        failure: (!failure.is_empty()).then_some(failure),
    }
}

fn side<'d>(item: Value<'d>, headers: &str, body: &str) -> Side<'d> {
    let mut kept = Headers::default();
    let listed = item.get(headers);
    for header in listed.into_iter().flat_map(|all| all.items()) {
        if let (Some(name), Kind::String) = (header.key(), header.kind()) {
            let value = header.text().map(|text| text.into_bytes());
            kept.add(name.into_bytes(), value.unwrap_or_default());
        }
    }
    Side {
        headers: kept,
        body: text(item, body),
        ..Side::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    #[test]
    fn messages_go_by_their_times() {
        let file = br#"[
 {"id":"b","timestamp":"2026-01-01T00:00:02.000Z","direction":"notification","origin":"server","message":{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}},
 {"id":"a","timestamp":"2026-01-01T00:00:01.000Z","direction":"request","origin":"client","message":{"jsonrpc":"2.0","id":1,"method":"ping"},"response":{"jsonrpc":"2.0","id":1,"result":{}},"duration":1500.5},
 {"id":"c","timestamp":"never","direction":"response"}
]"#;
        assert_eq!(score(file), 95);
        let (lines, _) = told(&FORMAT, file, &Known::default());
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert!(lines[0].contains(r#""ts":"2026-01-01T00:00:01Z","direction":"c2s""#));
        assert!(lines[1].contains("list_changed") && lines[1].contains("s2c"));
        assert!(lines[2].contains(r#""ts":"2026-01-01T00:00:02.5005Z","direction":"s2c""#));
    }

    #[test]
    fn its_network_list_is_a_capture() {
        let file = br#"[{"id":"1","timestamp":"2026-01-01T00:00:00Z","method":"POST","url":"http://localhost:3000/mcp","requestHeaders":{"authorization":"Bearer secret","mcp-session-id":"s"},"requestBody":"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}","responseStatus":200,"responseHeaders":{"content-type":"text/event-stream"},"responseBody":"data: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n","duration":5,"category":"transport"},{"method":"GET","url":"http://localhost:3000/.well-known/x","requestHeaders":{},"category":"auth"}]"#;
        assert_eq!(score(file), 93);
        let (lines, notes) = told(&FORMAT, file, &Known::default());
        assert_eq!((lines.len(), notes.len()), (2, 1), "{lines:#?}");
        assert!(lines[1].contains(r#""session_id":"s","server_label":"localhost:3000/mcp","ts":"2026-01-01T00:00:00.005Z""#));
        assert!(!lines.concat().contains("secret"));
    }
}
