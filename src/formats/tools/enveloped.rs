//! JSON lines of any tool in which one member is a whole JSON-RPC message: what no other format knows.

use super::parts::{is_message, message, text, time};
use crate::formats::{Class, Entry, Format, Line, Log, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Value};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "enveloped",
    title: "JSON lines around JSON-RPC messages",
    class: Class::WireComplete,
    signs: "lines with a member (or a member of a member) that is a whole JSON-RPC message",
    score,
    reading: Reading::Log(|_| Box::new(Enveloped)),
};

fn score(head: &[u8]) -> u8 {
    // A guess: every format that knows its lines is to be preferred.
    crate::formats::detect::vote(head, |doc| match doc.root() {
        Some(root) if doc.is_whole() && found(root).is_some() => 30,
        _ => 0,
    })
}

struct Enveloped;

/// A message, and the objects around it from the outermost.
type Found<'d> = (Cow<'d, [u8]>, Vec<Value<'d>>);

/// Most members of one object that are looked at.
const MEMBERS: usize = 256;

/// The first message one or two levels down.
fn found(root: Value<'_>) -> Option<Found<'_>> {
    if !root.is_object() || is_message(root) {
        return None;
    }
    let members = || root.items().take(MEMBERS);
    let direct = members().find_map(message).map(|found| (found, vec![root]));
    direct.or_else(|| {
        members()
            .filter(|member| member.is_object())
            .find_map(|member| {
                let found = member.items().take(MEMBERS).find_map(message)?;
                Some((found, vec![root, member]))
            })
    })
}

impl Log for Enveloped {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some((message, around)) = doc.root().and_then(found) else {
            return out.skip();
        };
        let first = |keys: &[&str]| -> Option<Value<'_>> {
            around
                .iter()
                .flat_map(|object| keys.iter().filter_map(|key| object.get(key)))
                .next()
        };
        let stamp = first(&["ts", "time", "timestamp", "@timestamp", "t", "date", "at"]);
        let name = |keys: &[&str]| {
            around
                .iter()
                .flat_map(|object| keys.iter().map(|key| text(*object, key)))
                .find(|text| !text.is_empty())
                .unwrap_or_default()
        };
        let label = name(&["server", "server_name", "serverName", "server_label"]);
        let conn = name(&["session_id", "sessionId", "session", "conn", "connection"]);
        let entry = Entry {
            conn: &conn,
            label: &label,
            micros: stamp.and_then(time),
            truncated: !doc.is_whole(),
            ..Entry::at(line.origin)
        };
        let hint = ["direction", "dir", "from", "origin", "sender"]
            .iter()
            .find_map(|key| direction(&name(&[key])))
            .or_else(|| {
                let meta = around.iter().find_map(|object| object.get("_meta"))?;
                direction(&text(meta, "direction"))
            });
        out.message(&entry, hint, &message);
    }
}

/// Which way a word says that a message went; `None` for words that are said from one side (`in`, `out`).
fn direction(word: &[u8]) -> Option<Direction> {
    let plain: Vec<u8> = word
        .iter()
        .filter(|b| b.is_ascii_alphanumeric() || **b == b'>')
        .map(u8::to_ascii_lowercase)
        .collect();
    Some(match plain.as_slice() {
        b"c2s" | b"client" | b"toserver" | b"clienttoserver" | b"client>server" | b"fromclient"
        | b"host" => Direction::C2s,
        b"s2c" | b"server" | b"toclient" | b"servertoclient" | b"server>client" | b"fromserver" => {
            Direction::S2c
        }
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Known;
    use crate::formats::told::tests::told;

    const PING: &str = r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#;

    #[test]
    fn messages_are_found_where_they_stand() {
        let quoted = super::super::parts::string(PING.as_bytes());
        let file = format!(
            "{{\"ts\":\"garbage\",\"msg\":{PING}}}\nnoise\n{{\"time\":1795329115,\"data\":{{\"dir\":\"server -> client\",\"server\":\"x\",\"body\":{quoted}}}}}\n{{\"level\":\"info\"}}\n{{\"from\":\"client\",\"session\":\"s\",\"m\":{PING}}}\n"
        );
        assert!((1..=30).contains(&score(file.as_bytes())));
        let (lines, _) = told(&FORMAT, file.as_bytes(), &Known::default());
        assert_eq!(
            lines,
            [
                format!(r#"{{"session_id":"","server_label":"","raw":{PING}}}"#),
                format!(
                    r#"{{"session_id":"","server_label":"x","ts":"2026-11-22T06:31:55Z","direction":"s2c","raw":{PING}}}"#
                ),
                format!(r#"{{"session_id":"s","server_label":"","direction":"c2s","raw":{PING}}}"#),
            ]
        );
    }

    #[test]
    fn bare_messages_are_not_this() {
        assert_eq!(score(PING.as_bytes()), 0);
        let inside = r#"{"jsonrpc":"2.0","method":"a","params":{"jsonrpc":"2.0","method":"b"}}"#;
        assert_eq!(score(inside.as_bytes()), 0);
        assert_eq!(
            score(b"{\"a\":{\"b\":{\"c\":{\"jsonrpc\":\"2.0\",\"method\":\"b\"}}}}"),
            0
        );
    }
}
