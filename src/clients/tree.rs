//! A configuration as values with their places in the text, whatever its language: what is read of it and what is
//! changed in it needs no more.

use crate::text::RawBuf;
use std::ops::Range;

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    /// Byte range of the value, quotes and brackets included. For tables of TOML and blocks of YAML, where they begin.
    pub span: Range<usize>,
    pub value: Value,
    /// It is an alias, or has an anchor or a tag: to move or to change it would change something else.
    pub tied: bool,
}

#[derive(Debug)]
pub enum Value {
    Text(RawBuf),
    Bool(bool),
    Null,
    /// A number, a date, an alias.
    Other,
    List(Vec<Node>, Layout),
    Map(Vec<Member>, Layout),
}

/// How the parts of a list or a map are kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Brackets and commas.
    Flow,
    /// One a line: tables of TOML, blocks of YAML.
    Block,
}

#[derive(Debug)]
pub struct Member {
    pub key: RawBuf,
    pub key_span: Range<usize>,
    pub node: Node,
}

impl Node {
    pub fn new(span: Range<usize>, value: Value) -> Node {
        Node {
            span,
            value,
            tied: false,
        }
    }

    pub fn text(&self) -> Option<&RawBuf> {
        match &self.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    pub fn members(&self) -> &[Member] {
        match &self.value {
            Value::Map(members, _) => members,
            _ => &[],
        }
    }

    pub fn items(&self) -> &[Node] {
        match &self.value {
            Value::List(items, _) => items,
            _ => &[],
        }
    }

    pub fn is_map(&self) -> bool {
        matches!(self.value, Value::Map(..))
    }

    /// The member of that name; of several the last, as most readers take it.
    pub fn get(&self, key: &str) -> Option<&Member> {
        let members = self.members().iter();
        members.rev().find(|member| member.key.as_raw() == *key)
    }

    /// A key that stands twice in this map.
    pub fn repeated(&self) -> Option<&Member> {
        let mut seen = std::collections::HashSet::new();
        self.members()
            .iter()
            .find(|member| !seen.insert(&member.key))
    }

    /// The same value, wherever it stands and however it is spelled.
    pub fn means(&self, other: &Node) -> bool {
        match (&self.value, &other.value) {
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Null, Value::Null) | (Value::Other, Value::Other) => true,
            (Value::List(a, _), Value::List(b, _)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.means(b))
            }
            (Value::Map(a, _), Value::Map(b, _)) => {
                a.len() == b.len()
                    && a.iter()
                        .zip(b)
                        .all(|(a, b)| a.key == b.key && a.node.means(&b.node))
            }
            _ => false,
        }
    }
}
