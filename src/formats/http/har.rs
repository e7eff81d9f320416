//! HAR: what browsers and proxies save of HTTP.

use super::exchange::{Exchange, Headers, Side};
use super::pieces::Pieces;
use super::url::Target;
use crate::formats::told::{Places, document, is_closed};
use crate::formats::{Class, Format, Known, Origin, Out, Reading, parse_stamp};
use crate::wire::base64;
use crate::wire::json::{Doc, Kind, Value};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "har",
    title: "HAR, an HTTP capture",
    class: Class::WireComplete,
    signs: "a document with `log.entries`, each with `request` and `response`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    if head.trim_ascii_start().first() != Some(&b'{') {
        return 0;
    }
    let doc = Doc::parse(head);
    let Some(log) = doc.root().and_then(|root| root.get("log")) else {
        return 0;
    };
    match log.get("entries") {
        Some(entries) if entries.is_array() => 97,
        // The pages before them may be long.
        None if log.get("creator").is_some() && log.get("version").is_some() => 85,
        _ => 0,
    }
}

fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let mut places = Places::of(text);
    let mut pieces = Pieces::default();
    let entries = doc.root().and_then(|root| root.at(&["log", "entries"]));
    for entry in entries.into_iter().flat_map(|entries| entries.items()) {
        let range = entry.range();
        if is_closed(&doc, entry) {
            pieces.add(exchange(entry, places.origin(range)), out);
        }
    }
    pieces.tell(out);
}

fn exchange<'d>(entry: Value<'d>, origin: Origin) -> Exchange<'d> {
    let started = entry
        .str("startedDateTime")
        .and_then(|stamp| parse_stamp(stamp.as_raw().bytes()));
    let after = |millis: Option<f64>| {
        // A year, and more: what lasts longer was not measured.
        let millis = millis.filter(|ms| (0.0..1e11).contains(ms))?;
        Some(started?.saturating_add((millis * 1000.0).round() as i64))
    };
    let number = |key: &str| entry.get(key).and_then(Value::as_f64);
    let until_answer = entry.get("timings").map(|timings| {
        ["blocked", "dns", "connect", "send", "wait"]
            .iter()
            .filter_map(|key| timings.get(key)?.as_f64())
            .filter(|ms| *ms > 0.0)
            .sum()
    });
    let text = |value: Option<Value<'d>>, key: &str| bytes(value.and_then(|v| v.get(key)));
    let (request, response) = (entry.get("request"), entry.get("response"));
    let content = response.and_then(|r| r.get("content"));
    let status = response
        .and_then(|r| r.get("status")?.as_i64())
        .and_then(|status| u16::try_from(status).ok());
    let failure = [entry.get("_error"), response.and_then(|r| r.get("_error"))]
        .into_iter()
        .map(bytes)
        .find(|text| !text.is_empty());
    Exchange {
        origin,
        started,
        headed: after(until_answer),
        ended: after(number("time")).or(started),
        method: text(request, "method"),
        target: Target::of(&text(request, "url")),
        sent: side(request, request.and_then(|r| r.get("postData"))),
        // Browsers write 0 where there was no answer.
        status: status.filter(|status| *status > 0),
        got: side(response, content),
        failure,
    }
}

fn side<'d>(half: Option<Value<'d>>, content: Option<Value<'d>>) -> Side<'d> {
    let mut headers = Headers::default();
    let listed = half.and_then(|half| half.get("headers"));
    for header in listed.into_iter().flat_map(|all| all.items()) {
        headers.add(bytes(header.get("name")), bytes(header.get("value")));
    }
    let kind = bytes(content.and_then(|c| c.get("mimeType")));
    if headers.get("content-type").is_none() {
        headers.add(b"content-type"[..].into(), kind);
    }
    let size = |value: Option<Value<'d>>, key: &str| {
        let size = value.and_then(|v| v.get(key)?.as_i64()).unwrap_or(0);
        u64::try_from(size).unwrap_or(0)
    };
    let text = bytes(content.and_then(|c| c.get("text")));
    let is_base64 = ["encoding", "_encoding"].iter().any(|key| {
        let coding = bytes(content.and_then(|c| c.get(key)));
        coding.eq_ignore_ascii_case(b"base64")
    });
    let (body, coded) = match is_base64.then(|| base64::decode(&text)).flatten() {
        // Its text is plain, but for tools that save what they saw.
        Some(decoded) if decoded.starts_with(b"\x1f\x8b") => (Cow::Owned(decoded), true),
        Some(decoded) => (Cow::Owned(decoded), false),
        None => (text, false),
    };
    Side {
        headers,
        body,
        size: size(content, "size").max(size(half, "bodySize")),
        coded,
        ..Side::default()
    }
}

/// The decoded text of a string; nothing for anything else.
fn bytes<'d>(value: Option<Value<'d>>) -> Cow<'d, [u8]> {
    let Some(value) = value.filter(|value| value.kind() == Kind::String) else {
        return Cow::Borrowed(b"");
    };
    value
        .text()
        .map(|text| text.into_bytes())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    const CALL: &str = r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"a"}}"#;

    fn entry(request: &str, response: &str) -> String {
        format!(
            r#"{{"startedDateTime":"2026-01-02T03:04:05.500Z","time":1000,"timings":{{"send":1,"wait":99,"receive":900}},"request":{request},"response":{response}}}"#
        )
    }

    fn post(body: &str, headers: &str) -> String {
        format!(
            r#"{{"method":"POST","url":"https://x.example/mcp?key=secret","headers":[{headers}{{"name":"Authorization","value":"Bearer secret"}}],"postData":{{"mimeType":"application/json","text":{body}}}}}"#
        )
    }

    fn answer(status: u16, kind: &str, more: &str) -> String {
        format!(
            r#"{{"status":{status},"headers":[{{"name":"content-type","value":"{kind}"}},{{"name":"Set-Cookie","value":"secret"}}],"content":{{"mimeType":"{kind}",{more}}}}}"#
        )
    }

    fn har(entries: &[String]) -> (Vec<String>, Vec<String>) {
        let text = format!(
            r#"{{"log":{{"version":"1.2","creator":{{"name":"x"}},"entries":[{}]}}}}"#,
            entries.join(",")
        );
        assert_eq!(score(text.as_bytes()), 97);
        let (lines, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
        assert!(
            lines.iter().all(|line| !line.contains("secret")),
            "{lines:?}"
        );
        (lines, notes)
    }

    fn quoted(text: &str) -> String {
        serde_json::to_string(text).unwrap()
    }

    #[test]
    fn an_exchange_is_a_request_and_its_answer() {
        let headers =
            r#"{"name":"Mcp-Method","value":"tools/list"},{"name":"Mcp-Session-Id","value":"s1"},"#;
        let result = r#"{"jsonrpc":"2.0","id":1,"result":{"n":1.0,"n":2}}"#;
        let coded = crate::formats::tests::base64(result.as_bytes());
        let content = format!(r#""encoding":"base64","text":"{coded}""#);
        let (lines, notes) = har(&[entry(
            &post(&quoted(CALL), headers),
            &answer(200, "application/json", &content),
        )]);
        assert_eq!(
            lines[0],
            format!(
                r#"{{"session_id":"s1","server_label":"x.example/mcp","ts":"2026-01-02T03:04:05.5Z","direction":"c2s","transport":"http","xchg":1,"http":{{"method":"POST","path":"/mcp"}},"mcp_session_id":"s1","mcp_method":"tools/list","raw":{CALL}}}"#
            )
        );
        assert!(lines[1].contains(r#""ts":"2026-01-02T03:04:06.5Z","direction":"s2c""#));
        assert!(lines[1].contains(r#""status":200"#) && lines[1].contains(result));
        assert_eq!((lines.len(), notes.len()), (2, 0));
    }

    #[test]
    fn events_of_a_stream_are_messages() {
        let stream = "id: 1\ndata:\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/progress\"}\n\ndata: {\"jsonrpc\":\"2.0\",\ndata: \"id\":1,\"result\":{}}\n\ndata: {\"jsonrpc\":";
        let content = format!(r#""text":{}"#, quoted(stream));
        let (lines, _) = har(&[entry(
            &post(&quoted(CALL), ""),
            &answer(200, "text/event-stream", &content),
        )]);
        assert_eq!(lines.len(), 4, "{lines:#?}");
        // An event of its own has no time.
        assert!(!lines[1].contains("\"ts\"") && lines[1].contains(r#""sse":{"event":"message"}"#));
        assert!(lines[2].contains("05:06.5Z") || lines[2].contains("04:06.5Z"));
        assert!(lines[2].contains(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#));
        assert!(
            lines[3].contains(r#""truncated":true"#)
                && lines[3].contains(r#""text":"{\"jsonrpc\":""#)
        );
    }

    #[test]
    fn what_the_capture_lost_is_told() {
        let headers =
            r#"{"name":"Mcp-Method","value":"tools/call"},{"name":"content-length","value":"70"},"#;
        let lost = entry(
            &post("null", headers),
            &answer(200, "application/json", r#""size":0,"text":"""#),
        );
        let html = entry(
            r#"{"method":"GET","url":"https://x.example/","headers":[]}"#,
            &answer(200, "text/html", r#""size":5,"text":"hello""#),
        );
        let (lines, notes) = har(&[lost, html]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        assert!(lines[0].contains(
            r#""mcp_method":"tools/call","raw":{"event":"http","text":"The capture has lost"#
        ));
        assert!(lines[1].contains("lost the body of this answer"));
        assert!(
            notes[0].contains("1 of requests and 1 of answers"),
            "{notes:?}"
        );
        assert!(notes[1].starts_with("1 other exchange "), "{notes:?}");
    }

    #[test]
    fn what_is_no_message_is_not_told_as_one() {
        let note = r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#;
        let accepted = entry(
            &post(&quoted(note), ""),
            &answer(202, "text/plain", r#""text":"Accepted""#),
        );
        let refused = entry(
            &post(&quoted(CALL), ""),
            &answer(401, "text/plain", r#""text":"who?""#),
        );
        let unanswered = entry(&post(&quoted(CALL), ""), &answer(0, "", r#""size":0"#));
        let (lines, _) = har(&[accepted, refused, unanswered]);
        assert_eq!(lines.len(), 5, "{lines:#?}");
        let all = lines.concat();
        assert!(!all.contains("Accepted"));
        assert!(all.contains(r#""status":401,"text":"who?""#));
        assert!(all.contains("no answer to this request"));
    }

    #[test]
    fn the_older_transport_is_one_server() {
        let stream = "event: endpoint\ndata: /messages?id=7\n\nevent: message\ndata: {\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n\n";
        let get = entry(
            r#"{"method":"GET","url":"https://x.example/sse","headers":[]}"#,
            &answer(
                200,
                "text/event-stream",
                &format!(r#""text":{}"#, quoted(stream)),
            ),
        );
        let call = post(&quoted(CALL), "").replace("mcp?key=secret", "messages?id=7");
        let (lines, _) = har(&[
            get,
            entry(&call, &answer(202, "text/plain", r#""text":"Accepted""#)),
        ]);
        assert_eq!(lines.len(), 2, "{lines:#?}");
        for line in lines {
            assert!(
                line.starts_with(
                    r#"{"session_id":"x.example/messages?id=7","server_label":"x.example/sse""#
                ),
                "{line}"
            );
        }
    }

    #[test]
    fn a_cut_capture_is_read_as_far_as_it_goes() {
        let one = entry(&post(&quoted(CALL), ""), &answer(500, "", r#""size":0"#));
        let text = format!(r#"{{"log":{{"entries":[{one},{one}]}}}}"#);
        let whole = told(&FORMAT, text.as_bytes(), &Known::default()).0;
        assert_eq!(whole.len(), 4);
        for cut in 0..text.len() {
            let (lines, notes) = told(&FORMAT, &text.as_bytes()[..cut], &Known::default());
            assert!(notes.iter().any(|note| note.contains("is not whole")));
            assert!(lines.iter().all(|line| whole.contains(line)));
        }
    }
}
