//! OpenTelemetry's JSON (OTLP): documents, arrays of them, and lines of them.

use super::acts::Acts;
use super::mcp::{self, Told};
use super::openinference;
use super::span::{Attributes, Side, Span};
use crate::formats::told::{Places, is_closed};
use crate::formats::{Class, Format, Known, Origin, Out, Reading, of_number};
use crate::wire::json::{Doc, Limits, Value};
use std::borrow::Cow;
use std::ops::Range;

pub static FORMAT: Format = Format {
    id: "otlp",
    title: "OpenTelemetry traces (OTLP JSON)",
    class: Class::CallsOnly,
    signs: "documents or lines with `resourceSpans`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root() else { return 0 };
    let first = if root.is_array() {
        root.items().next()
    } else {
        Some(root)
    };
    match first.and_then(|first| first.get("resourceSpans")) {
        Some(spans) if spans.is_array() => 97,
        _ => 0,
    }
}

fn tell(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let (mut acts, mut told, mut skipped) = (Acts::default(), Told::default(), 0u64);
    let mut places = Places::of(text);
    documents(text, out, &mut |doc, at, out| {
        let root = doc.root();
        let (array, one) = match root {
            Some(root) if root.is_array() => (Some(root), None),
            root => (None, root),
        };
        let all = array.into_iter().flat_map(|array| array.items()).chain(one);
        for span in all.flat_map(spans) {
            let (resource, span) = span;
            if !is_closed(doc, span) {
                continue;
            }
            let range = span.range();
            let origin = places.origin(at + range.start..at + range.end);
            let span = read(span, resource, origin);
            told.see(&span);
            let is_told = mcp::tell(&span, &mut told, &mut acts, out)
                || openinference::tell_span(&span, &mut acts);
            skipped += u64::from(!is_told);
        }
    });
    if skipped > 0 {
        out.note(format!(
            "{skipped} spans of the trace are neither of MCP nor of tools."
        ));
    }
    acts.tell("agent", known, out);
}

/// Reads one document after the other, each with where it begins. What is broken is passed over to the next line.
pub fn documents(
    text: &[u8],
    out: &mut Out<'_>,
    each: &mut dyn FnMut(&Doc<'_>, usize, &mut Out<'_>),
) {
    let mut at = 0;
    loop {
        at += text[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace())
            .count();
        if at == text.len() {
            return;
        }
        let limits = Limits {
            nodes: ((text.len() - at) / 2).max(1024),
        };
        let doc = Doc::parse_with(&text[at..], limits);
        each(&doc, at, out);
        let end = at + doc.rest().start;
        let follows = text.get(end).is_none_or(u8::is_ascii_whitespace);
        let root_ends = doc.root().is_some_and(|root| is_closed(&doc, root));
        if end > at && root_ends && follows {
            at = end;
            continue;
        }
        out.note(format!(
            "The file stops being JSON at byte {end}; reading went on at the next line."
        ));
        let end = end.max(at);
        at = memchr::memchr(b'\n', &text[end..]).map_or(text.len(), |newline| end + newline + 1);
    }
}

/// Every span of a document with its resource.
fn spans<'d>(root: Value<'d>) -> impl Iterator<Item = (Option<Value<'d>>, Value<'d>)> {
    let list = |value: Value<'d>, keys: [&str; 2]| {
        let found = keys.iter().find_map(|key| value.get(key));
        found.into_iter().flat_map(|list| list.items())
    };
    list(root, ["resourceSpans", "resource_spans"]).flat_map(move |of| {
        let resource = of.get("resource");
        list(of, ["scopeSpans", "instrumentationLibrarySpans"])
            .flat_map(move |scope| list(scope, ["spans", "spans"]))
            .map(move |span| (resource, span))
    })
}

fn read<'d>(span: Value<'d>, resource: Option<Value<'d>>, origin: Origin) -> Span<'d> {
    let text = |key: &str| -> Cow<'d, [u8]> {
        span.str(key)
            .map(|text| text.into_bytes())
            .unwrap_or_default()
    };
    let status = span.get("status");
    let code = status.and_then(|status| status.get("code"));
    let code = code.map_or(&b""[..], |code| code.raw().bytes());
    let kind = span.get("kind").map_or(&b""[..], |kind| kind.raw().bytes());
    Span {
        origin,
        trace: text("traceId"),
        id: text("spanId"),
        parent: text("parentSpanId"),
        name: text("name"),
        side: match kind {
            b"3" | b"\"SPAN_KIND_CLIENT\"" => Side::Client,
            b"2" | b"\"SPAN_KIND_SERVER\"" => Side::Server,
            _ => Side::Other,
        },
        start: nanos(span, "startTimeUnixNano"),
        end: nanos(span, "endTimeUnixNano"),
        failed: matches!(code, b"2" | b"\"STATUS_CODE_ERROR\""),
        message: status
            .and_then(|status| status.str("message"))
            .map(|text| text.into_bytes())
            .unwrap_or_default(),
        attributes: Attributes::listed(span.get("attributes")),
        resource: Attributes::listed(resource.and_then(|resource| resource.get("attributes"))),
    }
}

/// A time in nanoseconds, as a number or as text, in microseconds. 0 is none.
fn nanos(span: Value<'_>, key: &str) -> Option<i64> {
    let value = span.get(key)?;
    let text = match value.text() {
        Some(text) => text.into_bytes(),
        None => Cow::Borrowed(value.raw().bytes()),
    };
    let nanos: i64 = std::str::from_utf8(&text).ok()?.trim().parse().ok()?;
    (nanos > 0).then(|| of_number(nanos))
}

/// A range of a document that begins at `at`.
pub fn place(places: &mut Places<'_>, at: usize, range: Range<usize>) -> Origin {
    places.origin(at + range.start..at + range.end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    fn span(id: &str, parent: &str, kind: &str, from: i64, more: &str) -> String {
        format!(
            r#"{{"traceId":"t","spanId":"{id}","parentSpanId":"{parent}","name":"tools/call add","kind":{kind},"startTimeUnixNano":"1795329115000{from}0000","endTimeUnixNano":1795329116000{from}0000,"attributes":[{{"key":"mcp.method.name","value":{{"stringValue":"tools/call"}}}}{more}]}}"#
        )
    }

    fn document(resource: &str, spans: &[String]) -> String {
        format!(
            r#"{{"resourceSpans":[{{"resource":{{"attributes":[{{"key":"service.instance.id","value":{{"stringValue":"{resource}"}}}}]}},"scopeSpans":[{{"spans":[{}]}}]}}]}}"#,
            spans.join(",")
        )
    }

    fn raws(text: &str) -> (Vec<String>, Vec<String>) {
        assert_eq!(score(text.as_bytes()), 97);
        let (lines, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
        let raw = |line: String| {
            let at = line.find("\"raw\":").unwrap() + 6;
            line[at..line.len() - 1].to_owned()
        };
        (lines.into_iter().map(raw).collect(), notes)
    }

    const ID: &str = r#",{"key":"jsonrpc.request.id","value":{"stringValue":"3"}}"#;

    #[test]
    fn a_span_is_a_request_and_its_response() {
        let arguments = r#",{"key":"gen_ai.tool.call.arguments","value":{"stringValue":"{\"a\":1.0}"}},{"key":"gen_ai.tool.call.result","value":{"stringValue":"two"}},{"key":"gen_ai.tool.name","value":{"stringValue":"plus"}}"#;
        let file = document("i", &[span("1", "", "3", 11, &format!("{ID}{arguments}"))]);
        let (lines, notes) = raws(&file);
        assert_eq!(
            lines,
            [
                r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"plus","arguments":{"a":1.0}}}"#,
                r#"{"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"text","text":"two"}]}}"#,
            ]
        );
        assert!(notes.is_empty());
        let (lines, _) = told(&FORMAT, file.as_bytes(), &Known::default());
        assert!(lines[0].starts_with(r#"{"session_id":"i","server_label":"","ts":"2026-11-22T06:31:55.00011Z","direction":"c2s""#), "{}", lines[0]);
    }

    #[test]
    fn what_was_not_recorded_is_not_empty() {
        let failed = r#",{"key":"error.type","value":{"stringValue":"tool_error"}}"#;
        let gone = r#",{"key":"error.type","value":{"stringValue":"gone"}},{"key":"rpc.response.status_code","value":{"stringValue":"-32602"}}"#;
        let file = document(
            "i",
            &[
                span("1", "", "\"SPAN_KIND_CLIENT\"", 11, ID),
                span("2", "", "3", 12, failed),
                span("3", "", "3", 13, gone),
            ],
        );
        let (lines, notes) = raws(&file);
        assert_eq!(
            lines[0],
            r#"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"add"}}"#
        );
        assert_eq!(
            lines[1],
            r#"{"jsonrpc":"2.0","id":"2","method":"tools/call","params":{"name":"add"}}"#
        );
        assert_eq!(lines[3], r#"{"jsonrpc":"2.0","id":3,"result":{}}"#);
        assert_eq!(
            lines[4],
            r#"{"jsonrpc":"2.0","id":"2","result":{"isError":true}}"#
        );
        assert_eq!(
            lines[5],
            r#"{"jsonrpc":"2.0","id":"3","error":{"code":-32602,"message":"gone"}}"#
        );
        assert_eq!(notes.len(), 2, "{notes:?}");
    }

    #[test]
    fn both_ends_of_a_request_are_one_call() {
        let client = span("1", "", "3", 11, ID);
        let server = span("2", "1", "2", 12, ID);
        let of = |name: &str, span: &String| document(name, std::slice::from_ref(span));
        for file in [
            [of("c", &client), of("s", &server)].join("\n"),
            [of("s", &server), of("c", &client)].join("\n"),
            format!("[{}]", document("c", &[client, server])),
        ] {
            assert_eq!(raws(&file).0.len(), 2, "{file}");
        }
        // One request may cause another.
        let nested = document(
            "c",
            &[span("1", "", "3", 11, ID), span("2", "1", "3", 12, ID)],
        );
        assert_eq!(raws(&nested).0.len(), 4);
    }

    #[test]
    fn other_spans_and_broken_lines_are_passed_over() {
        let other =
            r#"{"traceId":"t","spanId":"9","name":"GET","startTimeUnixNano":"x"}"#.to_owned();
        let file = format!(
            "{}\n{{\"resourceSpans\":[oops\n\n{}\n",
            document("a", &[other]),
            document("b", &[span("1", "", "3", 11, ID)])
        );
        let (lines, notes) = raws(&file);
        assert_eq!(lines.len(), 2, "{lines:?}");
        assert!(notes.iter().any(|note| note.contains("stops being JSON")));
        assert!(notes.iter().any(|note| note.starts_with("1 spans")));
    }
}
