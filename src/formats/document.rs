//! JSON documents of messages: an array of them, or messages printed over several lines.

use super::{Class, Format, Reading};
use crate::wire::json::{Doc, Value};
use std::io::{self, Read, Write};

pub static ARRAY: Format = Format {
    id: "json-array",
    title: "JSON-RPC messages as a document (an array, or pretty-printed)",
    class: Class::WireComplete,
    score,
    reading: Reading::Document(convert),
};

/// The most of a document that is read, since it has to be held whole.
const LIMIT: u64 = 1 << 30;

fn score(head: &[u8]) -> u8 {
    let head = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    let first = head
        .trim_ascii_start()
        .split(|b| *b == b'\n')
        .next()
        .unwrap_or_default();
    if Doc::parse(first).is_whole() {
        return 0;
    }
    let doc = Doc::parse(head);
    match doc.root() {
        Some(root) if is_message(root) && head.contains(&b'\n') => 70,
        Some(root) if root.is_array() && root.items().next().is_some_and(is_message) => 90,
        _ => 0,
    }
}

fn is_message(value: Value<'_>) -> bool {
    value.is_object() && value.get("jsonrpc").is_some()
}

/// Writes each message on a line of its own, without the white space between its tokens: the rest of it stays byte
/// for byte.
fn convert(input: &mut dyn Read, out: &mut dyn Write) -> io::Result<Vec<String>> {
    let mut text = Vec::new();
    input.take(LIMIT).read_to_end(&mut text)?;
    let mut notes = Vec::new();
    if text.len() as u64 == LIMIT {
        notes.push("The document is larger than 1 GiB; only its first 1 GiB was read.".to_string());
    }
    let mut at = usize::from(text.starts_with(b"\xef\xbb\xbf")) * 3;
    while at < text.len() {
        let doc = Doc::parse(&text[at..]);
        let Some(root) = doc.root() else { break };
        if root.is_array() {
            for item in root.items() {
                line(item, out)?;
            }
        } else {
            line(root, out)?;
        }
        let rest = doc.rest();
        if rest.start == 0 {
            break;
        }
        if doc
            .faults()
            .iter()
            .any(|f| f.kind == crate::wire::json::FaultKind::Syntax)
        {
            notes.push(format!(
                "The document stops being JSON at byte {}; what follows was not read.",
                at + rest.start
            ));
            break;
        }
        at += rest.start;
    }
    Ok(notes)
}

fn line(value: Value<'_>, out: &mut dyn Write) -> io::Result<()> {
    let text = value.raw().bytes();
    let mut at = 0;
    while at < text.len() {
        if text[at] == b'"' {
            let end = crate::wire::json::skip_string(text, at).map_or(text.len(), |(end, _)| end);
            out.write_all(&text[at..end])?;
            at = end;
        } else {
            if !text[at].is_ascii_whitespace() {
                out.write_all(&text[at..=at])?;
            }
            at += 1;
        }
    }
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opens_arrays_and_pretty_messages() {
        let mut out = Vec::new();
        convert(
            &mut &b"[\n {\"jsonrpc\": \"2.0\", \"x\": \"a b\"},\n {\"id\": 1}\n]\n"[..],
            &mut out,
        )
        .unwrap();
        assert_eq!(out, b"{\"jsonrpc\":\"2.0\",\"x\":\"a b\"}\n{\"id\":1}\n");
        let mut out = Vec::new();
        convert(&mut &b"{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n"[..], &mut out).unwrap();
        assert_eq!(out, b"{\"a\":1}\n{\"b\":2}\n");
    }

    #[test]
    fn says_where_it_stopped() {
        let notes = convert(&mut &b"[1, 2}"[..], &mut Vec::new()).unwrap();
        assert!(notes[0].contains("at byte 5"), "{notes:?}");
    }
}
