//! Traces as Langfuse exports them: a trace with its observations, or observations alone.

use super::acts::{Act, Acts, What, definition};
use super::otlp::{documents, place};
use crate::formats::pieces::{arguments, time, words};
use crate::formats::told::{Places, is_closed};
use crate::formats::{Class, Format, Known, Origin, Out, Reading};
use crate::wire::json::{Doc, Kind, Value};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "langfuse",
    title: "Langfuse trace export",
    class: Class::CallsOnly,
    signs: "a document with `observations`, or observations with `traceId`, `type` and `startTime`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root() else { return 0 };
    match observations(root).next() {
        Some(first) if is_observation(first) => 94,
        // A large trace may stand before its observations.
        None if root.get("trace").is_some_and(|trace| trace.is_object())
            && (root.get("observations").is_some() || !doc.is_whole())
            && root.at(&["trace", "projectId"]).is_some() =>
        {
            60
        }
        _ => 0,
    }
}

fn is_observation(value: Value<'_>) -> bool {
    let has = |keys: [&str; 2]| keys.iter().any(|key| value.get(key).is_some());
    has(["traceId", "trace_id"]) && has(["startTime", "start_time"]) && value.get("type").is_some()
}

/// The observations of a document, each in an object or an array of its own or beside their trace.
fn observations<'d>(root: Value<'d>) -> impl Iterator<Item = Value<'d>> {
    let list = ["observations", "data"]
        .iter()
        .find_map(|key| root.get(key))
        .or_else(|| root.at(&["trace", "observations"]))
        .or_else(|| root.is_array().then_some(root))
        .filter(|list| list.is_array());
    let one = (list.is_none() && is_observation(root)).then_some(root);
    let listed = list.into_iter().flat_map(|list| list.items());
    listed.chain(one).filter(|item| item.is_object())
}

fn tell(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let (mut acts, mut skipped) = (Acts::default(), 0u64);
    let mut places = Places::of(text);
    documents(text, out, &mut |doc, at, _| {
        for one in doc.root().into_iter().flat_map(observations) {
            if is_closed(doc, one) {
                let origin = place(&mut places, at, one.range());
                skipped += u64::from(!observation(one, origin, &mut acts));
            }
        }
    });
    if skipped > 0 {
        out.note(format!(
            "{skipped} observations are neither of tools nor of models that were offered tools."
        ));
    }
    acts.tell("agent", known, out);
}

/// Whether an observation had something to tell.
fn observation(one: Value<'_>, origin: Origin, acts: &mut Acts) -> bool {
    let member = |keys: [&str; 2]| {
        let found = keys.iter().find_map(|key| one.get(key));
        found.filter(|value| value.kind() != Kind::Null)
    };
    let text = |keys: [&str; 2]| -> Vec<u8> { member(keys).map(words).unwrap_or_default() };
    let start = member(["startTime", "start_time"]).and_then(time);
    let end = member(["endTime", "end_time"]).and_then(time);
    let act = |micros, what| Act {
        micros,
        origin,
        conn: text(["traceId", "trace_id"]),
        what,
    };
    let kind = text(["type", "type"]).to_ascii_uppercase();
    let input = Embedded::of(member(["input", "input"]));
    let name = text(["name", "name"]);
    match kind.as_slice() {
        b"GENERATION" => {
            let mut any = false;
            let metadata = Embedded::of(member(["metadata", "metadata"]));
            for holder in [&input, &metadata] {
                holder.with(|value| {
                    let tools = value.get("tools").filter(|tools| tools.is_array());
                    for tool in tools.into_iter().flat_map(|tools| tools.items()) {
                        if let Some((name, definition)) = definition(tool) {
                            any = true;
                            acts.add(act(start, What::Tool { name, definition }));
                        }
                    }
                });
            }
            return any;
        }
        b"TOOL" => {}
        // Older clients have spans only.
        b"SPAN" if name.starts_with(b"mcp__") || input.is_call() => {}
        _ => return false,
    }
    let id = text(["id", "id"]);
    acts.add(act(
        start,
        What::Call {
            id: id.clone(),
            name,
            arguments: input.passed(),
        },
    ));
    let failed = text(["level", "level"]).eq_ignore_ascii_case(b"ERROR");
    if end.is_some() || member(["output", "output"]).is_some() {
        let output = member(["output", "output"]);
        let said = match output.map(output_text) {
            Some(said) if !said.is_empty() => said.into_owned(),
            _ => text(["statusMessage", "status_message"]),
        };
        acts.add(act(end.or(start), What::Answer { id, said, failed }));
    }
    true
}

/// What came back: text decoded, anything else as it is spelled.
fn output_text(value: Value<'_>) -> Cow<'_, [u8]> {
    match value.text() {
        Some(text) => text.into_bytes(),
        None => Cow::Borrowed(value.raw().bytes()),
    }
}

/// A value that may be JSON inside of a string.
struct Embedded<'d>(Cow<'d, [u8]>);

impl<'d> Embedded<'d> {
    fn of(value: Option<Value<'d>>) -> Self {
        Embedded(value.map(output_text).unwrap_or_default())
    }

    fn with(&self, mut look: impl FnMut(Value<'_>)) {
        let doc = Doc::parse(&self.0);
        if let Some(root) = doc.root().filter(|_| doc.is_whole()) {
            look(root);
        }
    }

    /// Whether it names a tool and what it is given.
    fn is_call(&self) -> bool {
        let mut is = false;
        self.with(|root| {
            let names = ["name", "tool", "tool_name"]
                .iter()
                .any(|key| root.get(key).is_some());
            is = names && root.get("arguments").is_some();
        });
        is
    }

    /// The arguments: what is under that name, or all of it.
    fn passed(&self) -> Option<Vec<u8>> {
        let mut passed = None;
        let mut is_json = false;
        self.with(|root| {
            is_json = true;
            passed = arguments(root.get("arguments").unwrap_or(root));
        });
        if is_json || self.0.trim_ascii().is_empty() {
            return passed;
        }
        let mut json = String::new();
        crate::text::json_string(crate::text::Raw::new(&self.0), &mut json);
        Some(json.into_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    const LATE: &str = r#"{"id":"o2","traceId":"t","type":"TOOL","name":"mcp__files__read","startTime":"2026-01-01T00:00:02.000Z","endTime":"2026-01-01T00:00:03.000Z","input":"{\"path\":\"/a\"}","output":{"content":[{"type":"text","text":"x"}]},"level":"DEFAULT"}"#;
    const EARLY: &str = r#"{"id":"o1","traceId":"t","type":"GENERATION","name":"llm","startTime":"2026-01-01T00:00:01.000Z","input":{"messages":[],"tools":[{"type":"function","function":{"name":"mcp__files__read","description":"Reads."}}]}}"#;
    const FAILED: &str = r#"{"id":"o3","traceId":"t","type":"SPAN","name":"call","startTime":"2026-01-01T00:00:04.000Z","input":{"name":"x","arguments":{"a":1}},"output":null,"endTime":"2026-01-01T00:00:05.000Z","level":"ERROR","statusMessage":"boom"}"#;

    #[test]
    fn observations_are_calls_and_definitions() {
        for file in [
            format!(
                r#"{{"trace":{{"id":"t"}},"observations":[{LATE},{EARLY},{FAILED}],"scores":[]}}"#
            ),
            format!("[{LATE},\n{EARLY},{FAILED},{{\"type\":\"EVENT\"}}]"),
            format!("{LATE}\n{EARLY}\n{FAILED}\n"),
        ] {
            assert_eq!(score(file.as_bytes()), 94);
            let (lines, _) = told(&FORMAT, file.as_bytes(), &Known::default());
            assert_eq!(lines.len(), 5, "{lines:#?}");
            assert!(lines[0].contains(r#""server_label":"files","ts":"2026-01-01T00:00:01Z""#));
            assert!(lines[0].contains(r#"{"name":"read","description":"Reads."}"#));
            assert!(lines[1].contains(r#""client_name":"mcp__files__read""#));
            assert!(lines[1].contains(r#"{"name":"read","arguments":{"path":"/a"}}"#));
            assert!(lines[2].contains(r#""server_label":"files""#));
            assert!(lines[2].contains(r#""result":{"content":[{"type":"text","text":"x"}]}"#));
            assert!(lines[3].contains(r#"{"name":"call","arguments":{"a":1}}"#));
            assert!(lines[4].contains(r#""text":"boom"}],"isError":true"#));
        }
    }

    #[test]
    fn other_documents_are_not_taken() {
        for file in [
            "{}",
            "[]",
            r#"{"observations":[1]}"#,
            r#"{"data":[{"id":1}]}"#,
            r#"{"trace":{"id":1}}"#,
        ] {
            assert_eq!(score(file.as_bytes()), 0, "{file}");
        }
    }
}
