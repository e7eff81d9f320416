//! JSON documents of messages: an array of them, or messages printed over several lines.

use super::{Class, Format, Reading};
use crate::wire::json::{Doc, FaultKind, Value};
use memchr::memmem;
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
/// Most breaks that are told.
const BREAKS: usize = 5;

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
        Some(root) if is_message(root) && head.contains(&b'\n') && !breaks_off(&doc) => 70,
        Some(root) if root.is_array() && root.items().next().is_some_and(is_message) => 90,
        _ => 0,
    }
}

fn breaks_off(doc: &Doc<'_>) -> bool {
    doc.faults()
        .iter()
        .any(|fault| fault.kind == FaultKind::Syntax)
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
    loop {
        // Between messages of an array that was broken there are commas and its end.
        at += text[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || matches!(b, b',' | b']'))
            .count();
        let doc = Doc::parse(&text[at..]);
        match doc.root() {
            Some(root) if root.is_array() => {
                for item in root.items() {
                    line(item, out)?;
                }
            }
            Some(root) => line(root, out)?,
            None if at == text.len() => break,
            None => {}
        }
        let end = at + doc.rest().start;
        if end > at && doc.root().is_some() && !breaks_off(&doc) {
            at = end;
            continue;
        }
        // A message that is printed begins on a line of its own.
        at = memmem::find(&text[end..], b"\n").map_or(text.len(), |newline| end + newline);
        if notes.len() < BREAKS {
            notes.push(format!(
                "The document stops being JSON at byte {end}; reading went on at byte {at}."
            ));
        }
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
    fn says_where_it_broke_and_goes_on() {
        let mut out = Vec::new();
        let text = b"[\n {\"a\": 1},\n {\"b\": oops 2},\n {\"c\": 3}\n]\n";
        let notes = convert(&mut &text[..], &mut out).unwrap();
        assert!(notes[0].contains("at byte 20"), "{notes:?}");
        assert!(out.starts_with(b"{\"a\":1}\n"));
        assert!(out.ends_with(b"{\"c\":3}\n"), "{}", out.escape_ascii());
    }
}
