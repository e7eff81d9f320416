//! A view of one value in a [`Doc`].

use super::decode::{Text, decode};
use super::parse::{Doc, Kind, NONE, Node, NodeId};
use crate::text::Raw;
use std::ops::Range;

#[derive(Clone, Copy, Debug)]
pub struct Value<'d> {
    pub(super) doc: &'d Doc<'d>,
    pub(super) id: NodeId,
}

impl<'d> Value<'d> {
    pub fn id(self) -> NodeId {
        self.id
    }

    fn node(self) -> &'d Node {
        &self.doc.nodes[self.id as usize]
    }

    pub fn kind(self) -> Kind {
        self.node().kind
    }

    pub fn is_object(self) -> bool {
        self.kind() == Kind::Object
    }

    pub fn is_array(self) -> bool {
        self.kind() == Kind::Array
    }

    /// Byte range of the value in the text.
    pub fn range(self) -> Range<usize> {
        self.node().start as usize..self.node().end as usize
    }

    /// The value as it stands in the text.
    pub fn raw(self) -> Raw<'d> {
        Raw::new(&self.doc.bytes[self.range()])
    }

    /// The decoded text of a string; `None` for anything else.
    pub fn text(self) -> Option<Text<'d>> {
        (self.kind() == Kind::String).then(|| decode(&self.doc.bytes[self.range()]))
    }

    /// The decoded key under which the value stands in its object.
    pub fn key(self) -> Option<Text<'d>> {
        let node = self.node();
        (node.key_end > node.key_start)
            .then(|| decode(&self.doc.bytes[node.key_start as usize..node.key_end as usize]))
    }

    /// The same with its quotes, as it is spelled.
    pub fn raw_key(self) -> Option<&'d [u8]> {
        let node = self.node();
        (node.key_end > node.key_start)
            .then(|| &self.doc.bytes[node.key_start as usize..node.key_end as usize])
    }

    pub fn as_bool(self) -> Option<bool> {
        match self.kind() {
            Kind::True => Some(true),
            Kind::False => Some(false),
            _ => None,
        }
    }

    pub fn as_i64(self) -> Option<i64> {
        (self.kind() == Kind::Number)
            .then(|| std::str::from_utf8(self.raw().bytes()).ok()?.parse().ok())?
    }

    pub fn as_f64(self) -> Option<f64> {
        (self.kind() == Kind::Number)
            .then(|| std::str::from_utf8(self.raw().bytes()).ok()?.parse().ok())?
    }

    /// The *last* member of that name, as most readers take it; `None` for anything that is no object.
    pub fn get(self, key: &str) -> Option<Value<'d>> {
        if !self.is_object() {
            return None;
        }
        self.items()
            .filter(|v| v.key().is_some_and(|k| k.as_raw() == key))
            .last()
    }

    /// [`get`](Self::get) along a path of names.
    pub fn at(self, path: &[&str]) -> Option<Value<'d>> {
        path.iter().try_fold(self, |value, key| value.get(key))
    }

    /// The text of a string member.
    pub fn str(self, key: &str) -> Option<Text<'d>> {
        self.get(key)?.text()
    }

    /// The items of an array or the members of an object; nothing for a scalar.
    pub fn items(self) -> impl Iterator<Item = Value<'d>> {
        let end = self.node().next;
        let container = matches!(self.kind(), Kind::Array | Kind::Object);
        let mut next = if container { self.id + 1 } else { end };
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let value = Value {
                    doc: self.doc,
                    id: next,
                };
                next = value.node().next;
                value
            })
        })
    }

    /// This value and everything in it, in the order of the text.
    pub fn walk(self) -> impl Iterator<Item = Value<'d>> {
        (self.id..self.node().next).map(move |id| Value { doc: self.doc, id })
    }

    pub fn parent(self) -> Option<Value<'d>> {
        (self.node().parent != NONE).then(|| Value {
            doc: self.doc,
            id: self.node().parent,
        })
    }

    /// Nesting below the root of the document.
    pub fn depth(self) -> usize {
        usize::from(self.node().depth)
    }

    /// The JSON pointer (RFC 6901) of the value, from `base` (an ancestor) or from the root. Keys are untrusted, so
    /// they are escaped, injectively.
    pub fn pointer(self, base: Option<NodeId>) -> String {
        let mut parts = Vec::new();
        let mut at = self;
        while Some(at.id) != base {
            let Some(parent) = at.parent() else { break };
            parts.push(match at.key() {
                Some(key) => key
                    .as_raw()
                    .bytes()
                    .escape_ascii()
                    .to_string()
                    .replace('~', "~0")
                    .replace('/', "~1"),
                None => parent
                    .items()
                    .position(|v| v.id == at.id)
                    .unwrap_or(0)
                    .to_string(),
            });
            at = parent;
            if parts.len() > 64 {
                break;
            }
        }
        parts.iter().rev().map(|part| format!("/{part}")).collect()
    }
}
