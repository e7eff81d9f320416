//! What can be read of a text that is broken or cut off: what stands before that.

use super::config::Syntax;
use super::json::without_comments;
use super::tree::{Layout, Member, Node, Value};
use super::{toml, yaml};
use crate::text::RawBuf;
use crate::wire::json::{Doc, Kind, Limits, Value as Json};

/// Deepest nesting that is followed.
const DEEPEST: usize = 100;

/// `line` is where the strict reader gave up, from 1.
pub fn read(text: &str, syntax: Syntax, line: usize) -> Node {
    let before = |end: usize| text.get(..end).unwrap_or_default();
    let part = match syntax {
        Syntax::Json => return json(text),
        // The last table that begins before the fault may lack a part.
        Syntax::Toml => {
            let whole = before(start_of(text, line + 1));
            let end = whole.rfind("\n[").map_or(0, |at| at + 1);
            toml::read(before(end)).ok()
        }
        Syntax::Yaml => yaml(text, line),
    };
    part.unwrap_or_else(|| Node::new(0..0, Value::Map(Vec::new(), Layout::Block)))
}

/// The fault may lie some lines before the place where it is noticed.
fn yaml(text: &str, line: usize) -> Option<Node> {
    const TRIED: usize = 8;
    let mut end = start_of(text, line + 1);
    for _ in 0..TRIED {
        if let Ok(part) = yaml::read(text.get(..end)?) {
            return Some(part);
        }
        let line = text.get(..end.checked_sub(1)?)?;
        end = line.rfind('\n').map_or(0, |at| at + 1);
    }
    None
}

/// Where a line begins, from 1; the end of the text for one that is not there.
fn start_of(text: &str, line: usize) -> usize {
    let newlines = memchr::memchr_iter(b'\n', text.as_bytes());
    match line {
        0 | 1 => 0,
        _ => newlines
            .skip(line - 2)
            .map(|at| at + 1)
            .next()
            .unwrap_or(text.len()),
    }
}

fn json(text: &str) -> Node {
    let plain = without_comments(text.as_bytes());
    let limits = Limits {
        nodes: (plain.len() / 2).max(1024),
    };
    let doc = Doc::parse_with(&plain, limits);
    let end = doc.rest().start;
    match doc.root() {
        Some(root) => node(root, end, 0),
        None => Node::new(0..0, Value::Map(Vec::new(), Layout::Flow)),
    }
}

/// A value and what is in it, without what reaches to the fault at `end` and is no map.
fn node(value: Json<'_>, end: usize, depth: usize) -> Node {
    let is_whole = |value: &Json<'_>| value.range().end < end;
    let read = match value.kind() {
        Kind::Object if depth < DEEPEST => {
            let members = value.items().filter_map(|item| {
                let key = item.key()?.as_raw().to_buf();
                // The entry of a server is told whole or not at all.
                let is_entry = item.is_object() && item.get("mcpServers").is_none();
                if !is_whole(&item) && (!is_entry || is_server(item)) {
                    return None;
                }
                Some(Member {
                    key,
                    key_span: item.range().start..item.range().start,
                    node: node(item, end, depth + 1),
                })
            });
            Value::Map(members.collect(), Layout::Flow)
        }
        Kind::Array if depth < DEEPEST => Value::List(
            value
                .items()
                .filter(is_whole)
                .map(|item| node(item, end, depth + 1))
                .collect(),
            Layout::Flow,
        ),
        Kind::String => Value::Text(
            value
                .text()
                .map_or_else(RawBuf::default, |text| text.as_raw().to_buf()),
        ),
        Kind::True => Value::Bool(true),
        Kind::False => Value::Bool(false),
        Kind::Null => Value::Null,
        _ => Value::Other,
    };
    Node::new(value.range(), read)
}

fn is_server(value: Json<'_>) -> bool {
    [
        "command",
        "cmd",
        "url",
        "serverUrl",
        "httpUrl",
        "uri",
        "args",
    ]
    .iter()
    .any(|key| value.get(key).is_some())
}
