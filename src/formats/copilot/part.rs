//! A part of a response: words, or a call of a tool.

use crate::formats::calls::{Answer, Calls, Tool, once};
use crate::formats::naming::{GEMINI, normalised};
use crate::formats::told::{Entry, Out};
use crate::formats::{Known, pieces};
use crate::wire::json::Value;

/// Whether a part was told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Told {
    Yes,
    /// It may change yet.
    No,
}

/// Tells a part of the request `of`; `whole` when nothing is added to its words any more.
pub(super) fn tell(
    at: &Entry<'_>,
    of: &[u8],
    part: Value<'_>,
    whole: bool,
    known: &mut Known,
    calls: &mut Calls,
    out: &mut Out<'_>,
) -> Told {
    let kind = part.str("kind");
    match kind.as_ref().map(|kind| kind.as_raw().bytes()) {
        Some(b"toolInvocationSerialized" | b"toolInvocation") => {
            called(at, of, part, known, calls, out)
        }
        None | Some(b"markdownContent") if !whole => Told::No,
        None | Some(b"markdownContent") => {
            let content = part.get("content").unwrap_or(part);
            let said = content.get("value");
            let said = said.and_then(|said| said.text().or_else(|| said.str("value")));
            // Words have no time of their own.
            let at = Entry {
                micros: None,
                ..*at
            };
            match said {
                Some(said) => calls.said(&at, "assistant", said.as_raw().bytes(), out),
                None => out.skip(),
            }
            Told::Yes
        }
        _ => {
            out.skip();
            Told::Yes
        }
    }
}

fn called(
    at: &Entry<'_>,
    of: &[u8],
    part: Value<'_>,
    known: &mut Known,
    calls: &mut Calls,
    out: &mut Out<'_>,
) -> Told {
    let (Some(id), Some(name)) = (part.str("toolCallId"), part.str("toolId")) else {
        out.skip();
        return Told::Yes;
    };
    let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
    let details = part
        .get("resultDetails")
        .filter(|d| d.is_object() || d.is_array());
    let over = part.get("isComplete").and_then(Value::as_bool) == Some(true) || details.is_some();
    let specific = part.get("toolSpecificData");
    let raw = specific.and_then(|data| data.get("rawInput"));
    // The arguments stand beside the result, at times before it is there.
    if !over && raw.is_none() {
        return Told::No;
    }
    let input = details.and_then(|details| details.get("input"));
    let arguments = raw.or(input).or(specific).and_then(pieces::arguments);
    let (server, own) = owner(part.get("source"), name, known);
    if let Some(server) = &server {
        known.server(server);
    }
    let tool = Tool {
        server: server.as_deref(),
        name: &own,
        client_name: if own == name { b"" } else { name },
    };
    let scoped = [of, b" ", id].concat();
    let known_by = once(b"call", &scoped);
    let asked = Entry {
        once: &known_by,
        ..*at
    };
    calls.call(&asked, id, &tool, arguments.as_deref(), out);
    if !over {
        return Told::No;
    }
    let known_by = once(b"answer", &scoped);
    // The time is that of the question.
    let answered = Entry {
        once: &known_by,
        micros: None,
        ..*at
    };
    answer(&answered, id, part, details, calls, out);
    Told::Yes
}

/// Whose tool it is, and what its owner calls it.
fn owner(source: Option<Value<'_>>, name: &[u8], known: &Known) -> (Option<Vec<u8>>, Vec<u8>) {
    let source = source.filter(|source| {
        source
            .str("type")
            .is_some_and(|kind| kind.as_raw() == "mcp")
    });
    let label = source.and_then(|source| source.str("serverLabel").or_else(|| source.str("label")));
    if let Some(label) = label {
        let label = label.as_raw().bytes().to_vec();
        let own = without_server(name, &label);
        return (Some(label), own);
    }
    match GEMINI.split(name, known) {
        Some(split) => (Some(split.server), split.tool),
        None => (None, name.to_vec()),
    }
}

/// The name without `mcp_` and as much of the server's label, in small letters, as the editor took.
fn without_server(name: &[u8], label: &[u8]) -> Vec<u8> {
    let Some(rest) = name.strip_prefix(b"mcp_") else {
        return name.to_vec();
    };
    let spelled = normalised(label).to_ascii_lowercase();
    let lower = rest.to_ascii_lowercase();
    let same = lower.iter().zip(&spelled).take_while(|(a, b)| a == b);
    let same = same.count();
    // Behind the longest beginning that ends before a separator.
    let end = (1..=same).rev().find(|end| lower.get(*end) == Some(&b'_'));
    match end {
        Some(end) if end + 1 < rest.len() => rest[end + 1..].to_vec(),
        _ => rest.to_vec(),
    }
}

fn answer(
    at: &Entry<'_>,
    id: &[u8],
    part: Value<'_>,
    details: Option<Value<'_>>,
    calls: &mut Calls,
    out: &mut Out<'_>,
) {
    let Some(details) = details else {
        let confirmed = part.get("isConfirmed");
        let kind = confirmed.and_then(|confirmed| confirmed.get("type"));
        let refused = confirmed.and_then(Value::as_bool) == Some(false);
        let why: &[u8] = match kind.and_then(Value::as_i64) {
            Some(0) => b"denied",
            Some(5) => b"skipped",
            _ if refused => b"denied",
            _ => {
                // It is over, and what came of it was not kept.
                let at = Entry {
                    truncated: true,
                    ..*at
                };
                return calls.answer(&at, id, &content(b"[]", false), out);
            }
        };
        return calls.answer(at, id, &Answer::Error(why), out);
    };
    let failed = details.get("isError").and_then(Value::as_bool) == Some(true);
    let output = details.get("output").unwrap_or(details);
    if output.is_array() && details.is_object() {
        let blocks: Vec<_> = output.items().map(block).collect();
        return calls.answer(at, id, &content(&pieces::array(&blocks), failed), out);
    }
    if output.is_object() && output.get("base64Data").is_some() {
        let blocks = pieces::array(&[block(output)]);
        return calls.answer(at, id, &content(&blocks, failed), out);
    }
    let text = pieces::words(output);
    calls.answer(
        at,
        id,
        &Answer::Text {
            text: &text,
            failed,
        },
        out,
    );
}

fn content(blocks: &[u8], failed: bool) -> Answer<'_> {
    Answer::Content {
        blocks,
        failed,
        structured: None,
        meta: None,
    }
}

/// A piece of output in the protocol's words.
fn block(output: Value<'_>) -> Vec<u8> {
    let member = |key: &str| output.get(key).filter(|v| v.text().is_some());
    let raw = |value: Value<'_>| value.raw().bytes().to_vec();
    let mime = member("mimeType");
    let is_text = output.get("isText").and_then(Value::as_bool);
    let data = member("base64Data").or_else(|| member("value").filter(|_| is_text == Some(false)));
    if let (Some(data), Some(mime)) = (data, mime) {
        let kind = mime.text().map_or("resource", |mime| {
            let mime = mime.as_raw().bytes().to_vec();
            match () {
                () if mime.starts_with(b"image/") => "image",
                () if mime.starts_with(b"audio/") => "audio",
                () => "resource",
            }
        });
        let (begin, key, end): (&[u8], &[u8], &[u8]) = match kind {
            "image" => (b"{\"type\":\"image\"", b"data", b"}"),
            "audio" => (b"{\"type\":\"audio\"", b"data", b"}"),
            _ => (
                b"{\"type\":\"resource\",\"resource\":{\"uri\":\"\"",
                b"blob",
                b"}}",
            ),
        };
        let parts = [
            begin,
            b",\"mimeType\":",
            &raw(mime),
            b",\"",
            key,
            b"\":",
            &raw(data),
            end,
        ];
        return parts.concat();
    }
    if let Some(text) = member("value") {
        return [&b"{\"type\":\"text\",\"text\":"[..], &raw(text), b"}"].concat();
    }
    let link = output.get("uri");
    let link = link.and_then(|uri| uri.text().map(|_| uri).or_else(|| uri.get("external")));
    match link {
        Some(uri) => [
            &b"{\"type\":\"resource_link\",\"name\":\"\",\"uri\":"[..],
            &raw(uri),
            b"}",
        ]
        .concat(),
        None => [
            &b"{\"type\":\"text\",\"text\":"[..],
            &pieces::string(output.raw().bytes()),
            b"}",
        ]
        .concat(),
    }
}

/// A JSON text in which the value at `path` is another: set in its place, or added to the object that lacks it.
pub(super) fn changed(text: &[u8], path: &[Value<'_>], value: &[u8]) -> Option<Vec<u8>> {
    let doc = crate::wire::json::Doc::parse(text);
    let mut at = doc.root().filter(|_| doc.is_whole())?;
    for (n, key) in path.iter().enumerate() {
        let next = match key.text() {
            Some(name) => at
                .items()
                .filter(|v| v.key().is_some_and(|k| k.as_raw() == name.as_raw()))
                .last(),
            None => at.items().nth(usize::try_from(key.as_i64()?).ok()?),
        };
        match next {
            Some(next) => at = next,
            None if n + 1 == path.len() && at.is_object() && key.text().is_some() => {
                let end = at.range().end - 1;
                let comma: &[u8] = if at.items().next().is_some() {
                    b","
                } else {
                    b""
                };
                let key = key.raw().bytes();
                let parts = [&text[..end], comma, key, b":", value, &text[end..]];
                return Some(parts.concat());
            }
            None => return None,
        }
    }
    let range = at.range();
    Some([&text[..range.start], value, &text[range.end..]].concat())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    #[test]
    fn values_are_set_without_writing_the_rest_anew() {
        let set = |text: &str, path: &str, value: &str| {
            let doc = Doc::parse(path.as_bytes());
            let path: Vec<_> = doc.root().unwrap().items().collect();
            let changed = changed(text.as_bytes(), &path, value.as_bytes());
            changed.map(|text| String::from_utf8(text).unwrap())
        };
        let text = r#"{"a":1.0,"b":[{"c":2}],"d":{}}"#;
        let is = |text: &str| Some(text.to_owned());
        assert_eq!(
            set(text, r#"["b",0,"c"]"#, "[3]"),
            is(r#"{"a":1.0,"b":[{"c":[3]}],"d":{}}"#)
        );
        assert_eq!(
            set(text, r#"["d","e"]"#, "true"),
            is(r#"{"a":1.0,"b":[{"c":2}],"d":{"e":true}}"#)
        );
        assert_eq!(
            set(text, r#"["f"]"#, "1"),
            is(r#"{"a":1.0,"b":[{"c":2}],"d":{},"f":1}"#)
        );
        assert_eq!(set(text, r#"["b",7]"#, "1"), None);
        assert_eq!(set(text, r#"["x","y"]"#, "1"), None);
    }

    #[test]
    fn the_editor_takes_a_part_of_a_label() {
        let own = |name: &str, label: &str| {
            String::from_utf8(without_server(name.as_bytes(), label.as_bytes())).unwrap()
        };
        assert_eq!(own("mcp_my_notes_search", "My Notes"), "search");
        assert_eq!(
            own("mcp_a-very-long-lab_read_all", "a-very-long-label"),
            "read_all"
        );
        assert_eq!(own("mcp_other_read", "notes"), "other_read");
        assert_eq!(own("read", "notes"), "read");
    }
}
