//! JSON documents of messages: an array of them, or messages printed over several lines.

use super::told::Places;
use super::{Class, Entry, Format, Known, Out, Reading};
use crate::wire::json::{Doc, FaultKind, Value};
use memchr::memmem;

pub static ARRAY: Format = Format {
    id: "json-array",
    title: "JSON-RPC messages as a document (an array, or pretty-printed)",
    class: Class::WireComplete,
    signs: "an array of JSON-RPC messages, or messages printed over several lines",
    score,
    reading: Reading::Document(tell),
};

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

/// Tells each message. Where the document is broken, reading goes on at the next line.
fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let mut places = Places::of(text);
    let mut at = usize::from(text.starts_with(b"\xef\xbb\xbf")) * 3;
    let mut breaks = 0;
    loop {
        // Between messages of an array that was broken there are commas and its end.
        at += text[at..]
            .iter()
            .take_while(|b| b.is_ascii_whitespace() || matches!(b, b',' | b']'))
            .count();
        let doc = Doc::parse(&text[at..]);
        let mut value = |value: Value<'_>| {
            let range = value.range();
            let origin = places.origin(at + range.start..at + range.end);
            out.message(&Entry::at(origin), None, value.raw().bytes());
        };
        match doc.root() {
            Some(root) if root.is_array() => root.items().for_each(&mut value),
            Some(root) => value(root),
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
        breaks += 1;
        if breaks <= BREAKS {
            out.note(format!(
                "The document stops being JSON at byte {end}; reading went on at byte {at}."
            ));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    fn messages(text: &[u8]) -> (Vec<String>, Vec<String>) {
        let (lines, notes) = told(&ARRAY, text, &Known::default());
        // What is no JSON is told as text.
        let said = |line: &String| match line.split_once("\"raw\":") {
            Some((_, raw)) => raw[..raw.len() - 1].to_string(),
            None => String::from("text"),
        };
        (lines.iter().map(said).collect(), notes)
    }

    #[test]
    fn opens_arrays_and_pretty_messages() {
        let array = b"[\n {\"jsonrpc\": \"2.0\",\n \"x\": \"a b\"},\n {\"id\": 1\n}\n]\n";
        let (lines, _) = messages(array);
        assert_eq!(lines, [r#"{"jsonrpc":"2.0","x":"a b"}"#, r#"{"id":1}"#]);
        let (lines, _) = messages(b"{\n \"a\": 1\n}\n{\n \"b\": 2\n}\n");
        assert_eq!(lines, [r#"{"a":1}"#, r#"{"b":2}"#]);
    }

    #[test]
    fn says_where_it_broke_and_goes_on() {
        let (lines, notes) = messages(b"[\n {\"a\":1},\n {\"b\": oops 2},\n {\"c\":3}\n]\n");
        assert!(notes[0].contains("at byte 19"), "{notes:?}");
        assert_eq!(lines, [r#"{"a":1}"#, "text", r#"{"c":3}"#]);
    }
}
