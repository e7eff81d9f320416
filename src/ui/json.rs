//! A message's JSON, owned, as flat nodes: what the detail panes read from.
//!
//! The nodes are made once when a body is read (in the background for a large one), so that a frame never parses.

use crate::text::{Raw, RawBuf};
use crate::wire::json::{Doc, Kind, Limits, Node, NodeId, decode};
use std::ops::Range;

#[derive(Debug, Default)]
pub struct Json {
    line: Vec<u8>,
    message: Range<usize>,
    nodes: Vec<Node>,
    families: Vec<Family>,
    whole: bool,
    /// What a line that carries no message says: standard error, a banner.
    pub text: Option<RawBuf>,
    /// The bytes of the entry in its file, where those are not the line.
    pub recorded: Option<Vec<u8>>,
}

/// What of a node is known only from its neighbours.
#[derive(Clone, Copy, Debug, Default)]
struct Family {
    /// Members or items.
    count: u32,
    /// Its own place among those of its parent.
    place: u32,
}

fn families(nodes: &[Node]) -> Vec<Family> {
    let mut families = vec![Family::default(); nodes.len()];
    for (id, node) in nodes.iter().enumerate() {
        // The root's parent is no node.
        if let Some(parent) = families.get_mut(node.parent as usize) {
            let place = parent.count;
            parent.count += 1;
            families[id].place = place;
        }
    }
    families
}

/// Most nodes of one message that the screens keep; the raw bytes show the rest.
const NODES: usize = 500_000;

/// Longest part of one string that is decoded for a frame.
pub const DECODED: usize = 64 * 1024;

impl Json {
    /// Parses the part `message` of `line`.
    pub fn new(line: Vec<u8>, message: Range<usize>) -> Json {
        let end = message.end.min(line.len());
        let message = message.start.min(end)..end;
        let (nodes, whole) = {
            let doc = Doc::parse_with(&line[message.clone()], Limits { nodes: NODES });
            (doc.nodes().to_vec(), doc.is_whole())
        };
        Json {
            line,
            message,
            families: families(&nodes),
            nodes,
            whole,
            text: None,
            recorded: None,
        }
    }

    /// All bytes of the entry as they stand in its file, wrapper included.
    pub fn line(&self) -> &[u8] {
        self.recorded.as_deref().unwrap_or(&self.line)
    }

    /// The message's own bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.line[self.message.clone()]
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    /// Whether all of the message is JSON.
    pub fn is_whole(&self) -> bool {
        self.whole
    }

    pub fn root(&self) -> Option<At<'_>> {
        self.at(0)
    }

    pub fn at(&self, id: NodeId) -> Option<At<'_>> {
        self.nodes.get(id as usize).map(|node| At {
            json: self,
            id,
            node,
        })
    }
}

/// A value in it.
#[derive(Clone, Copy, Debug)]
pub struct At<'a> {
    json: &'a Json,
    pub id: NodeId,
    node: &'a Node,
}

impl<'a> At<'a> {
    pub fn kind(self) -> Kind {
        self.node.kind
    }

    pub fn is_container(self) -> bool {
        matches!(self.node.kind, Kind::Array | Kind::Object)
    }

    pub fn depth(self) -> usize {
        usize::from(self.node.depth)
    }

    /// Members or items of it.
    pub fn count(self) -> usize {
        self.json.families[self.id as usize].count as usize
    }

    /// Its place among the members or items of its parent.
    pub fn place(self) -> usize {
        self.json.families[self.id as usize].place as usize
    }

    /// Bytes that the value takes in the message.
    pub fn size(self) -> usize {
        (self.node.end - self.node.start) as usize
    }

    /// Where the value stands in the message.
    pub fn range(self) -> Range<usize> {
        self.node.start as usize..self.node.end as usize
    }

    pub fn key(self) -> Option<RawBuf> {
        let key = self.node.key_start as usize..self.node.key_end as usize;
        (!key.is_empty()).then(|| {
            decode(&self.json.bytes()[key.start..key.end.min(key.start + DECODED)]).into_buf()
        })
    }

    /// The decoded text of a string, or the value as it is written; at most about `limit` bytes of it.
    pub fn text(self, limit: usize) -> RawBuf {
        let range = self.range();
        let token =
            &self.json.bytes()[range.start..range.end.min(range.start.saturating_add(limit))];
        if self.node.kind == Kind::String {
            decode(token).into_buf()
        } else {
            Raw::new(token).to_buf()
        }
    }

    /// The last bytes of a string as it is written, its quote left out.
    pub fn end(self, count: usize) -> &'a [u8] {
        let range = self.range();
        let end = range.end.saturating_sub(1).max(range.start);
        &self.json.bytes()[end.saturating_sub(count).max(range.start)..end]
    }

    /// The decoded text of a string; `None` for anything else.
    pub fn string(self) -> Option<RawBuf> {
        (self.node.kind == Kind::String).then(|| self.text(DECODED))
    }

    /// The members or items.
    pub fn items(self) -> impl Iterator<Item = At<'a>> {
        let (json, end) = (self.json, self.node.next);
        let mut next = if self.is_container() {
            self.id + 1
        } else {
            end
        };
        std::iter::from_fn(move || {
            let at = (next < end).then(|| json.at(next))??;
            next = at.node.next.max(next + 1);
            Some(at)
        })
    }

    /// The value and everything in it, in order.
    pub fn within(self) -> impl Iterator<Item = At<'a>> {
        let ids = self.id..self.node.next.max(self.id + 1);
        ids.filter_map(move |id| self.json.at(id))
    }

    /// The last member of that name, as most readers take it.
    pub fn get(self, name: &str) -> Option<At<'a>> {
        self.items().filter(|at| at.has_key(name)).last()
    }

    fn has_key(self, name: &str) -> bool {
        let token = &self.json.bytes()[self.node.key_start as usize..self.node.key_end as usize];
        match memchr::memchr(b'\\', token) {
            None => {
                token
                    .strip_prefix(b"\"")
                    .and_then(|token| token.strip_suffix(b"\""))
                    == Some(name.as_bytes())
            }
            Some(_) => self.key().is_some_and(|key| key.as_raw() == name),
        }
    }

    pub fn path(self, names: &[&str]) -> Option<At<'a>> {
        names.iter().try_fold(self, |at, name| at.get(name))
    }

    pub fn parent(self) -> Option<At<'a>> {
        self.json.at(self.node.parent)
    }

    /// The JSON pointer of the value below `base`, keys as [`Raw::label`] shows them.
    pub fn pointer(self, base: NodeId) -> String {
        let mut parts = Vec::new();
        let mut at = self;
        while at.id != base && parts.len() < 64 {
            let Some(parent) = at.parent() else { break };
            parts.push(match at.key() {
                Some(key) => key.as_raw().label(60).replace('~', "~0").replace('/', "~1"),
                None => at.place().to_string(),
            });
            at = parent;
        }
        parts.iter().rev().map(|part| format!("/{part}")).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn json(text: &str) -> Json {
        Json::new(text.as_bytes().to_vec(), 0..text.len())
    }

    #[test]
    fn members_are_found_and_named() {
        let json = json(r#"{"params":{"name":"x","arguments":{"to":["a","b"]}}}"#);
        let root = json.root().unwrap();
        let b = root
            .path(&["params", "arguments", "to"])
            .unwrap()
            .items()
            .nth(1)
            .unwrap();
        assert_eq!(b.string().unwrap().as_raw(), *"b");
        assert_eq!(b.pointer(0), "/params/arguments/to/1");
        assert!(root.get("missing").is_none());
    }

    #[test]
    fn an_escaped_key_is_the_same_key() {
        let json = json(r#"{"na\u006de":1,"namex":2}"#);
        assert_eq!(
            json.root().unwrap().get("name").unwrap().text(9).as_raw(),
            *"1"
        );
    }

    #[test]
    fn a_broken_message_keeps_what_was_read() {
        let json = json(r#"{"a":1,"b":[tr"#);
        assert!(!json.is_whole());
        assert_eq!(
            json.root().unwrap().get("a").unwrap().text(99).as_raw(),
            *"1"
        );
        assert!(Json::new(Vec::new(), 5..9).root().is_none());
    }
}
