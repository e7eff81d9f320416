//! Sessions as Reticle saves them.

use super::parts::{is_message, text};
use crate::formats::told::{Places, document, is_closed};
use crate::formats::{Class, Entry, Format, Known, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Kind, Value};

pub static FORMAT: Format = Format {
    id: "reticle",
    title: "Reticle session",
    class: Class::WireComplete,
    signs: "a document of `messages` with `timestamp_micros`, `direction` and `content`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let first = doc
        .root()
        .and_then(|root| root.get("messages")?.items().next());
    let Some(first) = first else { return 0 };
    let has = |key| first.get(key).is_some();
    if has("timestamp_micros") && has("direction") && has("content") {
        96
    } else {
        0
    }
}

fn tell(bytes: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = document(bytes, out);
    let mut places = Places::of(bytes);
    let Some(root) = doc.root() else { return };
    let Some(messages) = root.get("messages").filter(|all| all.is_array()) else {
        return;
    };
    // Only what comes before the messages: a session that is still written has nothing after them.
    let before = |key: &str| {
        let member = root.get(key)?;
        (member.range().end <= messages.range().start).then(|| text(root, key))
    };
    let (conn, label) = (
        before("id").unwrap_or_default(),
        before("name").unwrap_or_default(),
    );
    for item in messages.items() {
        if !item.is_object() || !is_closed(&doc, item) {
            continue;
        }
        let entry = Entry {
            conn: &conn,
            label: &label,
            micros: item.get("timestamp_micros").and_then(Value::as_i64),
            ..Entry::at(places.origin(item.range()))
        };
        let dir = match text(item, "direction").to_ascii_lowercase().as_slice() {
            b"toserver" | b"to_server" => Some(Direction::C2s),
            b"toclient" | b"to_client" => Some(Direction::S2c),
            _ => None,
        };
        match item.get("content") {
            Some(content) if content.kind() == Kind::String => {
                out.message(&entry, dir, &text(item, "content"));
            }
            Some(content) if is_message(content) || content.is_array() || content.is_object() => {
                out.message(&entry, dir, content.raw().bytes());
            }
            _ => out.skip(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    #[test]
    fn messages_are_told() {
        let file = br#"{"id":"s1","name":"notes","started_at":1,"messages":[
 {"timestamp_micros":1795329115000000,"direction":"toserver","content":{"jsonrpc":"2.0","id":1,"method":"ping"},"metadata":{"jsonrpc_id":1}},
 {"timestamp_micros":1795329115000500,"direction":"toclient","content":"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"},
 {"timestamp_micros":"x","direction":"toclient","content":"Listening"},
 {"timestamp_micros":1,"direction":"toclient"}],"metadata":{"transport":"stdio"}}"#;
        assert_eq!(score(file), 96);
        let (lines, _) = told(&FORMAT, file, &Known::default());
        assert_eq!(lines.len(), 3, "{lines:#?}");
        assert_eq!(
            lines[1],
            r#"{"session_id":"s1","server_label":"notes","ts":"2026-11-22T06:31:55.0005Z","direction":"s2c","raw":{"jsonrpc":"2.0","id":1,"result":{}}}"#
        );
        assert!(lines[2].ends_with(r#""text":"Listening"}"#));
    }
}
