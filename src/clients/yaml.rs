//! YAML, as Continue and Goose have it: the first document of a text, from the parser's events.

use super::refusal::Refusal;
use super::tree::{Layout, Member, Node, Value};
use crate::text::RawBuf;
use saphyr_parser::{Event, Parser, ScalarStyle, Span};
use std::ops::Range;

/// Deepest nesting that is read.
const DEEPEST: usize = 100;

pub fn read(text: &str) -> Result<Node, Refusal> {
    let places = Places::of(text);
    let mut open: Vec<Open> = Vec::new();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            Refusal::at(error.marker().line(), "it is no YAML that can be read")
        })?;
        let here = places.range(span);
        let done = match event {
            Event::MappingStart(anchor, tag) => {
                let tied = anchor > 0 || tag.is_some();
                open.push(Open::new(true, layout(text, &here, b'{'), here, tied));
                None
            }
            Event::SequenceStart(anchor, tag) => {
                let tied = anchor > 0 || tag.is_some();
                open.push(Open::new(false, layout(text, &here, b'['), here, tied));
                None
            }
            Event::MappingEnd | Event::SequenceEnd => open.pop().map(|open| open.close(here.end)),
            Event::Scalar(value, style, anchor, tag) => Some(Node {
                value: scalar(&value, style),
                span: here.start..end_of(text, style, here),
                tied: anchor > 0 || tag.is_some(),
            }),
            Event::Alias(_) => Some(Node {
                value: Value::Other,
                span: here,
                tied: true,
            }),
            Event::DocumentEnd => break,
            _ => None,
        };
        if open.len() > DEEPEST {
            return Err(Refusal::at(span.start.line(), "it is nested too deeply"));
        }
        match (done, open.last_mut()) {
            (Some(node), Some(parent)) => parent.take(node),
            (Some(node), None) => return Ok(node),
            (None, _) => {}
        }
    }
    Ok(Node::new(0..0, Value::Map(Vec::new(), Layout::Block)))
}

/// A list or a map that is being read.
struct Open {
    is_map: bool,
    layout: Layout,
    span: Range<usize>,
    tied: bool,
    key: Option<Node>,
    members: Vec<Member>,
    items: Vec<Node>,
}

impl Open {
    fn new(is_map: bool, layout: Layout, span: Range<usize>, tied: bool) -> Open {
        Open {
            is_map,
            layout,
            span,
            tied,
            key: None,
            members: Vec::new(),
            items: Vec::new(),
        }
    }

    fn take(&mut self, node: Node) {
        if !self.is_map {
            self.items.push(node);
            return;
        }
        match self.key.take() {
            None => self.key = Some(node),
            Some(key) => self.members.push(Member {
                key: key.text().cloned().unwrap_or_default(),
                key_span: key.span,
                node,
            }),
        }
    }

    fn close(self, end: usize) -> Node {
        let value = match self.is_map {
            true => Value::Map(self.members, self.layout),
            false => Value::List(self.items, self.layout),
        };
        Node {
            span: self.span.start..end,
            value,
            tied: self.tied,
        }
    }
}

fn layout(text: &str, at: &Range<usize>, bracket: u8) -> Layout {
    match text.as_bytes().get(at.start) == Some(&bracket) {
        true => Layout::Flow,
        false => Layout::Block,
    }
}

/// Where a scalar ends: the parser counts what follows a closing quote in, comments too.
fn end_of(text: &str, style: ScalarStyle, span: Range<usize>) -> usize {
    let bytes = text.as_bytes();
    let mut at = span.start + 1;
    match style {
        ScalarStyle::DoubleQuoted => {
            while at < span.end && bytes[at] != b'"' {
                at += if bytes[at] == b'\\' { 2 } else { 1 };
            }
        }
        ScalarStyle::SingleQuoted => {
            while at < span.end && (bytes[at] != b'\'' || bytes.get(at + 1) == Some(&b'\'')) {
                at += if bytes[at] == b'\'' { 2 } else { 1 };
            }
        }
        _ => return span.end,
    }
    (at + 1).min(span.end)
}

/// What a scalar is in the core schema, as far as it matters here.
fn scalar(value: &str, style: ScalarStyle) -> Value {
    match (style, value) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Value::Null,
        (ScalarStyle::Plain, "true" | "True" | "TRUE") => Value::Bool(true),
        (ScalarStyle::Plain, "false" | "False" | "FALSE") => Value::Bool(false),
        _ => Value::Text(RawBuf::from(value)),
    }
}

/// From the parser's characters to bytes.
struct Places(Vec<usize>);

impl Places {
    fn of(text: &str) -> Places {
        let starts = text.char_indices().map(|(at, _)| at);
        Places(starts.chain([text.len()]).collect())
    }

    fn range(&self, span: Span) -> Range<usize> {
        let last = self.0.last().copied().unwrap_or_default();
        let at = |index: usize| self.0.get(index).copied().unwrap_or(last);
        let start = at(span.start.index());
        start..at(span.end.index()).max(start)
    }
}
