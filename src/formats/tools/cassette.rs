//! Cassettes of mcp-recorder: pairs of requests and responses, without times of their own.

use super::parts::text;
use crate::formats::told::{Fact, Places, Transport, document, is_closed};
use crate::formats::{Class, Entry, Format, Known, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Kind, Value};

pub static FORMAT: Format = Format {
    id: "mcp-recorder",
    title: "mcp-recorder cassette",
    class: Class::WireComplete,
    signs: "a document with `version`, `metadata` and `interactions`",
    score,
    reading: Reading::Document(tell),
};

fn score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return 0;
    };
    let Some(interactions) = root.get("interactions").filter(|all| all.is_array()) else {
        return 0;
    };
    let known = |item: Value<'_>| item.get("type").is_some() && item.get("request").is_some();
    match interactions.items().next() {
        Some(first) if known(first) => 95,
        Some(_) => 0,
        None if root.get("metadata").is_some() => 85,
        None => 0,
    }
}

/// What comes before the interactions tells who the server was.
fn label(root: Value<'_>, before: usize) -> Vec<u8> {
    let Some(metadata) = root
        .get("metadata")
        .filter(|metadata| metadata.range().end <= before)
    else {
        return Vec::new();
    };
    let name = metadata.get("server_info").map(|info| text(info, "name"));
    match name {
        Some(name) if !name.is_empty() => name.into_owned(),
        _ => crate::formats::http::url::Target::of(&text(metadata, "server_url")).label(),
    }
}

fn tell(bytes: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = document(bytes, out);
    let mut places = Places::of(bytes);
    let Some(root) = doc.root() else { return };
    let Some(interactions) = root.get("interactions").filter(|all| all.is_array()) else {
        return;
    };
    let label = label(root, interactions.range().start);
    out.note("A cassette has no times, and no requests of the server: it keeps pairs of requests and responses.");
    for item in interactions.items() {
        if !item.is_object() || !is_closed(&doc, item) {
            continue;
        }
        let http = text(root, "transport_type") != &b"stdio"[..];
        let entry = Entry {
            label: &label,
            transport: if http {
                Transport::Unknown
            } else {
                Transport::Stdio
            },
            ..Entry::at(places.origin(item.range()))
        };
        let there = |key| {
            item.get(key)
                .filter(|value: &Value<'_>| value.kind() != Kind::Null)
        };
        let (request, response) = (there("request"), there("response"));
        let status = item.get("response_status").and_then(Value::as_i64);
        if let Some(request) = request {
            out.message(&entry, Some(Direction::C2s), request.raw().bytes());
        }
        match response {
            // A response of several messages is one of a stream.
            Some(all) if all.is_array() => {
                for one in all.items() {
                    out.message(&entry, Some(Direction::S2c), one.raw().bytes());
                }
            }
            Some(response) => out.message(&entry, Some(Direction::S2c), response.raw().bytes()),
            None if status.is_some_and(|status| status >= 400) => {
                let said = format!(
                    "The server answered with HTTP status {}.",
                    status.unwrap_or(0)
                );
                out.event(&entry, "http", &[("text", Fact::Text(said.as_bytes()))]);
            }
            None if request.is_none() => out.skip(),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::told::tests::told;

    #[test]
    fn pairs_are_told_in_order() {
        let file = br#"{"version":"1.0","metadata":{"server_url":"http://localhost:1/mcp","server_info":{"name":"sums"}},
"interactions":[
 {"type":"jsonrpc_request","request":{"jsonrpc":"2.0","id":1,"method":"tools/list"},"response":{"jsonrpc":"2.0","id":1,"result":{"tools":[]}},"response_status":200},
 {"type":"notification","request":{"jsonrpc":"2.0","method":"notifications/initialized"},"response":null,"response_status":202},
 {"type":"jsonrpc_request","request":{"jsonrpc":"2.0","id":2,"method":"ping"},"response":null,"response_status":500},
 {"type":"lifecycle","request":null,"response":null,"http_method":"DELETE","response_status":200}]}"#;
        assert_eq!(score(file), 95);
        let (lines, notes) = told(&FORMAT, file, &Known::default());
        assert_eq!(lines.len(), 5, "{lines:#?}");
        assert_eq!(
            lines[1],
            r#"{"session_id":"","server_label":"sums","direction":"s2c","raw":{"jsonrpc":"2.0","id":1,"result":{"tools":[]}}}"#
        );
        assert!(lines[4].contains("HTTP status 500"));
        assert_eq!(notes.len(), 1);
        assert_eq!(score(br#"{"interactions":[{"user":"x"}],"version":1}"#), 0);
    }
}
