//! OpenInference, the conventions of Phoenix: spans of tools, and of models with the tools that they were offered. The
//! spans come in OTLP or as Phoenix exports them.

use super::acts::{Act, Acts, What, definition};
use super::otlp::{documents, place};
use super::span::{Attributes, Side, Span};
use crate::formats::pieces::{arguments, time};
use crate::formats::told::{Places, is_closed};
use crate::formats::{Class, Format, Known, Origin, Out, Reading};
use crate::wire::json::{Doc, Value};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "openinference",
    title: "OpenInference spans (Phoenix export)",
    class: Class::CallsOnly,
    signs: "spans with `span_kind` and `context`, or `openinference.span.kind`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root() else { return 0 };
    let Some(first) = rows(root).next() else {
        return 0;
    };
    let has = |name: &str| Attributes::Nested(first).text(name).is_some();
    let in_context = has("context.span_id") || has("context.trace_id");
    if in_context && (has("span_kind") || has("attributes.openinference.span.kind")) {
        94
    } else {
        0
    }
}

/// The spans of a document: an array of them, a page of them, or one.
fn rows<'d>(root: Value<'d>) -> impl Iterator<Item = Value<'d>> {
    let list = match root.get("data").or_else(|| root.get("spans")) {
        Some(list) if list.is_array() => Some(list),
        _ if root.is_array() => Some(root),
        _ => None,
    };
    let one = list.is_none().then_some(root);
    let listed = list.into_iter().flat_map(|list| list.items());
    listed.chain(one).filter(|row| row.is_object())
}

fn tell(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let (mut acts, mut skipped) = (Acts::default(), 0u64);
    let mut places = Places::of(text);
    documents(text, out, &mut |doc, at, _| {
        for row in doc.root().into_iter().flat_map(rows) {
            if is_closed(doc, row) {
                let origin = place(&mut places, at, row.range());
                skipped += u64::from(!tell_span(&read(row, origin), &mut acts));
            }
        }
    });
    if skipped > 0 {
        out.note(format!(
            "{skipped} spans of the trace are neither of tools nor of models."
        ));
    }
    acts.tell("agent", known, out);
}

fn read<'d>(row: Value<'d>, origin: Origin) -> Span<'d> {
    let all = Attributes::Nested(row);
    let text = |name: &str| -> Cow<'d, [u8]> { all.text(name).unwrap_or_default() };
    Span {
        origin,
        trace: text("context.trace_id"),
        id: text("context.span_id"),
        parent: text("parent_id"),
        name: text("name"),
        side: Side::Other,
        start: row.get("start_time").and_then(time),
        end: row.get("end_time").and_then(time),
        failed: text("status_code").eq_ignore_ascii_case(b"ERROR"),
        message: text("status_message"),
        attributes: Attributes::Nested(row),
        resource: Attributes::None,
    }
}

/// Most tools of one request to a model.
const MOST: usize = 1024;

/// Tells a span of a tool, or the tools that a model was offered. Whether it was such a span.
pub fn tell_span(span: &Span<'_>, acts: &mut Acts) -> bool {
    // An export has the attributes inside a member; OTLP has nothing else.
    let text = |name: &str| {
        let inside = match &span.attributes {
            Attributes::Nested(_) => span.attributes.text(&format!("attributes.{name}")),
            _ => None,
        };
        inside.or_else(|| span.attributes.text(name))
    };
    let kind = text("openinference.span.kind").or_else(|| text("span_kind"));
    let Some(kind) = kind else { return false };
    let act = |micros, what| Act {
        micros,
        origin: span.origin,
        conn: span.trace.to_vec(),
        what,
    };
    if kind.eq_ignore_ascii_case(b"LLM") {
        for n in 0..MOST {
            let Some(schema) = text(&format!("llm.tools.{n}.tool.json_schema")) else {
                break;
            };
            let doc = Doc::parse(&schema);
            if let Some((name, definition)) = doc.root().and_then(definition) {
                acts.add(act(span.start, What::Tool { name, definition }));
            }
        }
        return true;
    }
    if !kind.eq_ignore_ascii_case(b"TOOL") {
        return false;
    }
    let name = text("tool.name").filter(|name| !name.is_empty());
    let id = span.id.to_vec();
    let passed = text("input.value").or_else(|| text("tool.parameters"));
    acts.add(act(
        span.start,
        What::Call {
            id: id.clone(),
            name: name.unwrap_or_else(|| span.name.clone()).into_owned(),
            arguments: passed.and_then(|passed| as_arguments(&passed)),
        },
    ));
    if span.end.is_some() {
        let said = text("output.value").unwrap_or_else(|| span.message.clone());
        acts.add(act(
            span.end,
            What::Answer {
                id,
                said: said.into_owned(),
                failed: span.failed,
            },
        ));
    }
    true
}

/// What a tool was given: JSON, or text that becomes a JSON string.
fn as_arguments(passed: &[u8]) -> Option<Vec<u8>> {
    let doc = Doc::parse(passed);
    match doc.root().filter(|_| doc.is_whole()) {
        Some(value) => arguments(value),
        None if passed.trim_ascii().is_empty() => None,
        None => {
            let mut json = String::new();
            crate::text::json_string(crate::text::Raw::new(passed), &mut json);
            Some(json.into_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;
    use crate::formats::traces::otlp;

    fn raws(format: &Format, text: &str) -> Vec<String> {
        assert!((format.score)(text.as_bytes()) > 90, "{text}");
        let (lines, _) = told(format, text.as_bytes(), &Known::default());
        let short = |line: String| {
            let label = line.find("\"server_label\":").unwrap() + 15;
            let at = line.find("\"raw\":").unwrap() + 6;
            let end = line[label..].find(',').unwrap() + label;
            format!("{} {}", &line[label..end], &line[at..line.len() - 1])
        };
        lines.into_iter().map(short).collect()
    }

    const TOLD: [&str; 3] = [
        r#""x" {"jsonrpc":"2.0","id":"listed","result":{"tools":[{"name":"a","description":"d","inputSchema":{}}],"nextCursor":"unknown"}}"#,
        r#""agent" {"jsonrpc":"2.0","id":"s2","method":"tools/call","params":{"name":"add","arguments":{"n":1}}}"#,
        r#""agent" {"jsonrpc":"2.0","id":"s2","result":{"content":[{"type":"text","text":"two"}],"isError":true}}"#,
    ];

    #[test]
    fn exports_are_read_nested_and_flat() {
        let schema = r#"{\"name\":\"mcp__x__a\",\"description\":\"d\",\"input_schema\":{}}"#;
        let nested = format!(
            r#"{{"data":[{{"name":"llm","context":{{"trace_id":"t","span_id":"s1"}},"span_kind":"LLM","start_time":"2026-01-01T00:00:00+00:00","end_time":"2026-01-01T00:00:01+00:00","attributes":{{"llm":{{"tools":[{{"tool":{{"json_schema":"{schema}"}}}}]}}}}}},
{{"name":"add","context":{{"trace_id":"t","span_id":"s2"}},"span_kind":"TOOL","parent_id":"s1","start_time":"2026-01-01T00:00:00.5+00:00","end_time":"2026-01-01T00:00:01+00:00","status_code":"ERROR","attributes":{{"input":{{"value":"{{\"n\":1}}"}},"output.value":"two"}}}}]}}"#
        );
        assert_eq!(raws(&FORMAT, &nested), TOLD);
        let flat = format!(
            "{{\"name\":\"add\",\"context.span_id\":\"s2\",\"span_kind\":\"TOOL\",\"start_time\":1767225601000,\"end_time\":1767225602000,\"status_code\":\"ERROR\",\"attributes.tool.name\":\"add\",\"attributes.input.value\":\"{{\\\"n\\\":1}}\",\"attributes.output.value\":\"two\"}}\n{{\"name\":\"llm\",\"context.span_id\":\"s1\",\"span_kind\":\"LLM\",\"start_time\":1767225600000,\"attributes.llm.tools\":[{{\"tool.json_schema\":\"{schema}\"}}]}}\n"
        );
        assert_eq!(raws(&FORMAT, &flat), TOLD);
    }

    #[test]
    fn spans_in_otlp_are_read_too() {
        let text = |key: &str, value: &str| {
            let value = serde_json::to_string(value).unwrap();
            format!(r#"{{"key":"{key}","value":{{"stringValue":{value}}}}}"#)
        };
        let schema = r#"{"type":"function","function":{"name":"mcp__x__a","description":"d","parameters":{}}}"#;
        let file = format!(
            r#"{{"resourceSpans":[{{"scopeSpans":[{{"spans":[{{"spanId":"s1","startTimeUnixNano":"1767225600000000000","attributes":[{},{}]}},{{"spanId":"s2","name":"add","startTimeUnixNano":"1767225601000000000","endTimeUnixNano":"1767225602000000000","status":{{"code":2}},"attributes":[{},{},{}]}}]}}]}}]}}"#,
            text("openinference.span.kind", "LLM"),
            text("llm.tools.0.tool.json_schema", schema),
            text("openinference.span.kind", "TOOL"),
            text("input.value", "{\"n\":1}"),
            text("output.value", "two"),
        );
        assert_eq!(raws(&otlp::FORMAT, &file), TOLD);
    }
}
