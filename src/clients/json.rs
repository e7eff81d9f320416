//! JSON with comments and trailing commas, as the editors and their clients write it.

use super::refusal::Refusal;
use super::tree::{Layout, Member, Node, Value};
use crate::text::RawBuf;
use crate::wire::json::skip_string;
use jsonc_parser::ast;
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions};

/// Reads a text. An empty one, or one of comments alone, is an empty map.
pub fn read(text: &str) -> Result<Node, Refusal> {
    let options = ParseOptions {
        allow_comments: true,
        allow_trailing_commas: true,
        allow_loose_object_property_names: false,
        allow_missing_commas: false,
        allow_single_quoted_strings: false,
        allow_hexadecimal_numbers: false,
        allow_unary_plus_numbers: false,
        allow_bare_decimal_point_numbers: false,
        allow_non_finite_numbers: false,
        allow_extended_string_escapes: false,
    };
    let parsed = jsonc_parser::parse_to_ast(text, &CollectOptions::default(), &options)
        .map_err(|error| Refusal::at(error.line_display(), "it is no JSON that can be read"))?;
    Ok(match &parsed.value {
        Some(value) => node(value),
        None => Node::new(0..0, Value::Map(Vec::new(), Layout::Flow)),
    })
}

/// The parser bounds how deep it goes, and so this.
fn node(value: &ast::Value<'_>) -> Node {
    let range = value.range();
    let read = match value {
        ast::Value::StringLit(text) => Value::Text(RawBuf::from(&*text.value)),
        ast::Value::BooleanLit(literal) => Value::Bool(literal.value),
        ast::Value::NullKeyword(_) => Value::Null,
        ast::Value::NumberLit(_) => Value::Other,
        ast::Value::Array(array) => {
            Value::List(array.elements.iter().map(node).collect(), Layout::Flow)
        }
        ast::Value::Object(object) => {
            let members = object.properties.iter().map(|property| {
                let key_span = property.name.range();
                Member {
                    key: RawBuf::from(property.name.as_str()),
                    key_span: key_span.start..key_span.end,
                    node: node(&property.value),
                }
            });
            Value::Map(members.collect(), Layout::Flow)
        }
    };
    Node::new(range.start..range.end, read)
}

/// The same text with blanks for comments and for commas that nothing follows, so that every byte keeps its place and a
/// reader of plain JSON understands it.
pub fn without_comments(text: &[u8]) -> Vec<u8> {
    let mut out = text.to_vec();
    let mut comma = None;
    let mut at = 0;
    while let Some(byte) = text.get(at) {
        let end = match (byte, text.get(at + 1)) {
            (b'"', _) => skip_string(text, at).map_or(text.len(), |(end, _)| end),
            (b'/', Some(b'/')) => memchr::memchr(b'\n', &text[at..]).map_or(text.len(), |n| at + n),
            (b'/', Some(b'*')) => {
                memchr::memmem::find(&text[at + 2..], b"*/").map_or(text.len(), |n| at + 2 + n + 2)
            }
            _ => at + 1,
        };
        if *byte == b'/' && end > at + 1 {
            let comment = out[at..end].iter_mut().filter(|b| !b.is_ascii_whitespace());
            comment.for_each(|b| *b = b' ');
        } else if matches!(byte, b'}' | b']') {
            if let Some(comma) = comma.take() {
                out[comma] = b' ';
            }
        } else if *byte == b',' {
            comma = Some(at);
        } else if !byte.is_ascii_whitespace() {
            comma = None;
        }
        at = end;
    }
    out
}
