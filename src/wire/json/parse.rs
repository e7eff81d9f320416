//! The tolerant reader: text to flat nodes.

use super::fault::{Fault, FaultKind};
use super::scan::{skip_scalar, skip_space};
use super::value::Value;
use memchr::memchr2;
use std::ops::Range;

/// Index of a [`Node`] in its [`Doc`].
pub type NodeId = u32;

pub(super) const NONE: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Kind {
    Null,
    False,
    True,
    Number,
    String,
    Array,
    Object,
}

impl Kind {
    /// The word of JSON Schema for it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Null => "null",
            Kind::False | Kind::True => "boolean",
            Kind::Number => "number",
            Kind::String => "string",
            Kind::Array => "array",
            Kind::Object => "object",
        }
    }
}

/// One value. Children follow their parent directly; `next` is the index after the whole subtree.
#[derive(Clone, Copy, Debug)]
pub struct Node {
    /// Byte range of the value in the text, quotes and brackets included.
    pub start: u32,
    pub end: u32,
    /// Byte range of the key with its quotes; empty where there is none.
    pub key_start: u32,
    pub key_end: u32,
    pub parent: NodeId,
    pub next: NodeId,
    pub depth: u16,
    pub kind: Kind,
    /// The string (or number) needs decoding or care: it has a backslash.
    pub escaped: bool,
}

/// How much of a hostile text is turned into nodes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Most nodes; beyond, reading stops with [`FaultKind::TooManyNodes`].
    pub nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        // 2 M nodes are 64 MB: enough for any real listing, and a bound for `[0,0,0,…]`.
        Limits { nodes: 2_000_000 }
    }
}

/// A text read as JSON, as far as it is JSON.
#[derive(Debug)]
pub struct Doc<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) nodes: Vec<Node>,
    faults: Vec<Fault>,
    end: usize,
}

const MAX_FAULTS: usize = 64;

impl<'a> Doc<'a> {
    /// Reads the first JSON value of `bytes` (at most 4 GiB of it).
    pub fn parse(bytes: &'a [u8]) -> Self {
        Self::parse_with(bytes, Limits::default())
    }

    pub fn parse_with(bytes: &'a [u8], limits: Limits) -> Self {
        let cut = bytes.len().min(u32::MAX as usize - 1);
        let mut parser = Parser {
            bytes: &bytes[..cut],
            nodes: Vec::new(),
            faults: Vec::new(),
            limits,
        };
        let end = parser.run();
        Doc {
            bytes,
            nodes: parser.nodes,
            faults: parser.faults,
            end,
        }
    }

    /// The outermost value; `None` where the text holds none at all.
    pub fn root(&self) -> Option<Value<'_>> {
        (!self.nodes.is_empty()).then_some(Value { doc: self, id: 0 })
    }

    pub fn value(&self, id: NodeId) -> Option<Value<'_>> {
        ((id as usize) < self.nodes.len()).then_some(Value { doc: self, id })
    }

    /// The value that begins at that byte of the text.
    pub fn at(&self, start: usize) -> Option<Value<'_>> {
        let start = u32::try_from(start).ok()?;
        let id = self
            .nodes
            .binary_search_by_key(&start, |node| node.start)
            .ok()?;
        self.value(id as NodeId)
    }

    pub fn nodes(&self) -> &[Node] {
        &self.nodes
    }

    pub fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// What strict readers would object to, in order of place; at most 64.
    pub fn faults(&self) -> &[Fault] {
        &self.faults
    }

    /// Whether the text is one JSON value and nothing else (faults inside strings and numbers aside).
    pub fn is_whole(&self) -> bool {
        !self.nodes.is_empty()
            && !self.faults.iter().any(|f| {
                matches!(
                    f.kind,
                    FaultKind::Syntax
                        | FaultKind::Truncated
                        | FaultKind::TooManyNodes
                        | FaultKind::Trailing
                )
            })
    }

    /// The text after the first value.
    pub fn rest(&self) -> Range<usize> {
        self.end..self.bytes.len()
    }
}

struct Parser<'a> {
    bytes: &'a [u8],
    nodes: Vec<Node>,
    faults: Vec<Fault>,
    limits: Limits,
}

/// What may come next inside a container.
#[derive(Clone, Copy, PartialEq)]
enum Expect {
    /// A value, or the end of an array that has none yet.
    FirstItem,
    Item,
    FirstKey,
    Key,
    Comma,
}

impl<'a> Parser<'a> {
    fn fault(&mut self, kind: FaultKind, at: usize) {
        if self.faults.len() < MAX_FAULTS {
            self.faults.push(Fault { kind, at });
        }
    }

    /// Returns where reading ended.
    fn run(&mut self) -> usize {
        let mut at = skip_space(self.bytes, 0);
        if at >= self.bytes.len() {
            return at;
        }
        // The innermost open container; the nodes' own `parent` links are the stack.
        let mut open = NONE;
        let mut expect = Expect::Item;
        let mut key = 0..0;
        loop {
            at = skip_space(self.bytes, at);
            let Some(&b) = self.bytes.get(at) else {
                self.fault(FaultKind::Truncated, at);
                break;
            };
            match (expect, b) {
                (Expect::FirstItem | Expect::Comma, b']')
                | (Expect::FirstKey | Expect::Comma, b'}')
                    if open != NONE && self.closes(open, b) =>
                {
                    at += 1;
                    open = self.close(open, at);
                    expect = Expect::Comma;
                }
                (Expect::Comma, b',') => {
                    at += 1;
                    expect = if self.nodes[open as usize].kind == Kind::Object {
                        Expect::Key
                    } else {
                        Expect::Item
                    };
                    continue;
                }
                (Expect::FirstKey | Expect::Key, b'"') => {
                    let Some((end, _)) = self.string(at) else {
                        at = self.bytes.len();
                        break;
                    };
                    let colon = skip_space(self.bytes, end);
                    if self.bytes.get(colon) != Some(&b':') {
                        let kind = if colon >= self.bytes.len() {
                            FaultKind::Truncated
                        } else {
                            FaultKind::Syntax
                        };
                        self.fault(kind, colon);
                        at = colon;
                        break;
                    }
                    key = at..end;
                    at = colon + 1;
                    expect = Expect::Item;
                    continue;
                }
                (Expect::FirstItem | Expect::Item, _) => {
                    if self.nodes.len() >= self.limits.nodes {
                        self.fault(FaultKind::TooManyNodes, at);
                        break;
                    }
                    let Some((end, opened)) = self.begin(at, b, open, std::mem::take(&mut key))
                    else {
                        at = self.bytes.len().min(at);
                        break;
                    };
                    at = end;
                    if let Some((id, kind)) = opened {
                        open = id;
                        expect = if kind == Kind::Object {
                            Expect::FirstKey
                        } else {
                            Expect::FirstItem
                        };
                        continue;
                    }
                    expect = Expect::Comma;
                }
                _ => {
                    self.fault(FaultKind::Syntax, at);
                    break;
                }
            }
            if open == NONE {
                let rest = skip_space(self.bytes, at);
                if rest < self.bytes.len() {
                    self.fault(FaultKind::Trailing, rest);
                }
                return at;
            }
        }
        // Something is missing: what is open ends here.
        while open != NONE {
            open = self.close(open, at);
        }
        at
    }

    fn closes(&self, open: NodeId, b: u8) -> bool {
        (self.nodes[open as usize].kind == Kind::Object) == (b == b'}')
    }

    fn close(&mut self, open: NodeId, end: usize) -> NodeId {
        let next = self.nodes.len() as u32;
        let node = &mut self.nodes[open as usize];
        node.end = end as u32;
        node.next = next;
        node.parent
    }

    /// Reads a scalar, or opens a container: where to go on, and the container.
    fn begin(
        &mut self,
        at: usize,
        b: u8,
        open: NodeId,
        key: Range<usize>,
    ) -> Option<(usize, Option<(NodeId, Kind)>)> {
        let id = self.nodes.len() as u32;
        let depth = if open == NONE {
            0
        } else {
            self.nodes[open as usize].depth.saturating_add(1)
        };
        let mut node = Node {
            start: at as u32,
            end: at as u32,
            key_start: key.start as u32,
            key_end: key.end as u32,
            parent: open,
            next: id + 1,
            depth,
            kind: Kind::Null,
            escaped: false,
        };
        let end = match b {
            b'{' | b'[' => {
                node.kind = if b == b'{' { Kind::Object } else { Kind::Array };
                self.nodes.push(node);
                return Some((at + 1, Some((id, node.kind))));
            }
            b'"' => {
                node.kind = Kind::String;
                match self.string(at) {
                    Some((end, escaped)) => {
                        node.escaped = escaped;
                        end
                    }
                    None => {
                        // The text ends inside the string: keep what there is of it.
                        node.end = self.bytes.len() as u32;
                        node.escaped = true;
                        self.nodes.push(node);
                        return None;
                    }
                }
            }
            _ => {
                let end = skip_scalar(self.bytes, at);
                node.kind = match &self.bytes[at..end] {
                    b"true" => Kind::True,
                    b"false" => Kind::False,
                    b"null" => Kind::Null,
                    word => {
                        if let Some(kind) = super::fault::number(word) {
                            self.fault(kind, at);
                            if kind == FaultKind::Syntax {
                                return None;
                            }
                        }
                        Kind::Number
                    }
                };
                end
            }
        };
        node.end = end as u32;
        self.nodes.push(node);
        Some((end, None))
    }

    /// Steps over a string and notes what strict readers would object to in it.
    fn string(&mut self, at: usize) -> Option<(usize, bool)> {
        let mut i = at + 1;
        let mut escaped = false;
        let end = loop {
            let Some(step) = self
                .bytes
                .get(i..)
                .and_then(|rest| memchr2(b'"', b'\\', rest))
            else {
                self.fault(FaultKind::Truncated, self.bytes.len());
                return None;
            };
            i += step;
            if self.bytes[i] == b'"' {
                break i + 1;
            }
            escaped = true;
            i += 2;
        };
        Some((end, escaped))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        Doc::parse(text.as_bytes())
            .nodes()
            .iter()
            .map(|n| n.kind)
            .collect()
    }

    #[test]
    fn reads_nested_values() {
        let doc = Doc::parse(br#" {"a":[1,"x",null],"b":{"c":true}} "#);
        assert!(doc.is_whole(), "{:?}", doc.faults());
        let root = doc.root().unwrap();
        assert_eq!(root.get("a").unwrap().items().count(), 3);
        assert_eq!(root.at(&["b", "c"]).unwrap().kind(), Kind::True);
        assert_eq!(kinds("[]"), [Kind::Array]);
    }

    #[test]
    fn a_million_brackets_are_no_danger() {
        let text = [vec![b'['; 1_000_000], vec![b']'; 1_000_000]].concat();
        let doc = Doc::parse(&text);
        assert_eq!(doc.nodes().len(), 1_000_000);
        assert!(doc.is_whole());
    }

    #[test]
    fn keeps_what_was_read_before_the_end() {
        let doc = Doc::parse(br#"{"jsonrpc":"2.0","result":{"text":"half"#);
        assert!(!doc.is_whole());
        assert_eq!(doc.faults()[0].kind, FaultKind::Truncated);
        let text = doc.root().unwrap().at(&["result", "text"]).unwrap();
        assert_eq!(text.text().unwrap().as_raw(), "half");
    }

    #[test]
    fn tells_where_it_stops_being_json() {
        for (text, at) in [
            ("{\"a\" 1}", 5),
            ("[1,,2]", 3),
            ("{\"a\":1]", 6),
            ("[1 2]", 3),
            ("{1:2}", 1),
            ("[1}", 2),
        ] {
            let doc = Doc::parse(text.as_bytes());
            let fault = doc
                .faults()
                .first()
                .unwrap_or_else(|| panic!("{text} was taken"));
            assert_eq!((fault.kind, fault.at), (FaultKind::Syntax, at), "{text}");
        }
    }

    #[test]
    fn trailing_text_is_told_and_kept_apart() {
        let doc = Doc::parse(b"{} {}");
        assert_eq!(doc.faults()[0].kind, FaultKind::Trailing);
        assert_eq!(doc.rest(), 2..5);
    }

    #[test]
    fn stops_at_the_limit_of_nodes() {
        let doc = Doc::parse_with(b"[0,0,0,0,0,0]", Limits { nodes: 3 });
        assert_eq!(doc.nodes().len(), 3);
        assert_eq!(doc.faults()[0].kind, FaultKind::TooManyNodes);
    }
}
