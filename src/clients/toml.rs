//! TOML, as Codex has it.

use super::refusal::Refusal;
use super::tree::{Layout, Member, Node, Value};
use crate::text::RawBuf;
use toml_edit::{Document, Item, Key};

pub fn read(text: &str) -> Result<Node, Refusal> {
    let document = Document::parse(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        Refusal::at_byte(text, at, "it is no TOML that can be read")
    })?;
    Ok(item(document.as_item()))
}

/// The parser bounds how deep it goes, and so this.
fn item(item: &Item) -> Node {
    match item {
        Item::None => Node::new(0..0, Value::Null),
        Item::Value(read) => value(read),
        Item::Table(table) => {
            let members = table.iter().filter_map(|(key, _)| {
                let (key, item) = table.get_key_value(key)?;
                member(key, self::item(item))
            });
            Node::new(
                table.span().unwrap_or_default(),
                Value::Map(members.collect(), Layout::Block),
            )
        }
        Item::ArrayOfTables(tables) => {
            let items = tables.iter().map(|table| {
                let members = table.iter().filter_map(|(key, _)| {
                    let (key, item) = table.get_key_value(key)?;
                    member(key, self::item(item))
                });
                Node::new(
                    table.span().unwrap_or_default(),
                    Value::Map(members.collect(), Layout::Block),
                )
            });
            Node::new(0..0, Value::List(items.collect(), Layout::Block))
        }
    }
}

fn value(read: &toml_edit::Value) -> Node {
    let span = read.span().unwrap_or_default();
    let value = match read {
        toml_edit::Value::String(text) => Value::Text(RawBuf::from(text.value().as_str())),
        toml_edit::Value::Boolean(value) => Value::Bool(*value.value()),
        toml_edit::Value::Array(array) => {
            Value::List(array.iter().map(self::value).collect(), Layout::Flow)
        }
        toml_edit::Value::InlineTable(table) => {
            let members = table.iter().filter_map(|(key, _)| {
                let (key, item) = table.get_key_value(key)?;
                member(key, self::item(item))
            });
            Value::Map(members.collect(), Layout::Flow)
        }
        _ => Value::Other,
    };
    Node::new(span, value)
}

fn member(key: &Key, node: Node) -> Option<Member> {
    Some(Member {
        key: RawBuf::from(key.get()),
        key_span: key.span().unwrap_or_default(),
        node,
    })
}
