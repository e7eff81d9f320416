//! The strings of a message: what each is, and where it stands.

use super::detect::Field;
use super::rank::PlaceKind;
use crate::session::ItemKind;
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Kind, Value};
use crate::wire::method;

/// A string (or the key of a value) that is to be looked at.
pub struct Spot<'d> {
    pub value: Value<'d>,
    /// The key of the value instead of the value.
    pub key: bool,
    pub field: Field,
}

/// Where the strings of an item stand.
pub fn kind_of_item(kind: ItemKind) -> PlaceKind {
    match kind {
        ItemKind::Tool => PlaceKind::Definition,
        ItemKind::Prompt => PlaceKind::Prompt,
        ItemKind::Resource | ItemKind::Template => PlaceKind::Resource,
        ItemKind::Instructions | ItemKind::ServerInfo => PlaceKind::ServerInfo,
    }
}

/// The strings of a definition.
pub fn of_item<'d>(kind: ItemKind, body: Value<'d>) -> Vec<Spot<'d>> {
    let mut spots = Vec::new();
    for value in body.walk() {
        let named = value.key().is_some_and(|k| k.as_raw() == "name");
        let top = value.parent().is_some_and(|p| p.id() == body.id());
        if value.id() != body.id() && value.key().is_some_and(|key| !is_vocabulary(key.as_raw())) {
            spots.push(Spot {
                value,
                key: true,
                field: Field::Name,
            });
        }
        if value.kind() != Kind::String || is_type(value) {
            continue;
        }
        let field = match kind {
            ItemKind::Instructions => Field::Instructions,
            _ if named && top => Field::Name,
            _ if is_address(value) => Field::Token,
            _ => Field::Definition,
        };
        spots.push(Spot {
            value,
            key: false,
            field,
        });
    }
    spots
}

/// The part of a message that holds texts and no definitions.
pub struct BodyOf<'d> {
    pub kind: PlaceKind,
    /// What its strings are, but for keys and addresses.
    pub field: Field,
    /// The object that pointers begin at.
    pub base: Value<'d>,
}

/// What of a message is looked through for texts.
pub fn of_message<'d>(
    root: Value<'d>,
    kind: MessageKind,
    dir: Direction,
    name: &[u8],
) -> Option<BodyOf<'d>> {
    let (kind, field, base) = match (kind, dir) {
        (MessageKind::Result, Direction::S2c) => {
            let result = root.get("result")?;
            if is_listing(name)
                || [method::INITIALIZE, method::DISCOVER]
                    .iter()
                    .any(|m| m.as_bytes() == name)
            {
                return None;
            }
            let (place, field) = match name {
                n if n == method::RESOURCES_READ.as_bytes() => (PlaceKind::Resource, Field::Data),
                n if n == method::PROMPTS_GET.as_bytes() => {
                    (PlaceKind::Prompt, Field::Instructions)
                }
                _ => (PlaceKind::Result, Field::Data),
            };
            (place, field, result)
        }
        (MessageKind::Error, Direction::S2c) => {
            (PlaceKind::Result, Field::Data, root.get("error")?)
        }
        (MessageKind::Request, Direction::S2c) => {
            let place = if name == method::SAMPLING.as_bytes() {
                PlaceKind::Sampling
            } else {
                PlaceKind::Elicitation
            };
            (place, Field::Question, root.get("params")?)
        }
        (MessageKind::Notification, Direction::S2c) => {
            (PlaceKind::Notification, Field::Data, root.get("params")?)
        }
        (MessageKind::Request, Direction::C2s) => (
            PlaceKind::Arguments,
            Field::Argument,
            root.at(&["params", "arguments"])?,
        ),
        (MessageKind::Other | MessageKind::Unreadable, _) => {
            (PlaceKind::Transport, Field::Data, root)
        }
        _ => return None,
    };
    Some(BodyOf { kind, field, base })
}

impl<'d> BodyOf<'d> {
    /// Its strings, in order.
    pub fn spots(&self) -> Vec<Spot<'d>> {
        let mut spots = Vec::new();
        for value in self.base.walk() {
            if value.id() != self.base.id()
                && value
                    .key()
                    .is_some_and(|k| !k.as_raw().bytes().iter().all(|b| (0x20..0x7f).contains(b)))
            {
                spots.push(Spot {
                    value,
                    key: true,
                    field: Field::Key,
                });
            }
            if value.kind() != Kind::String || is_blob(value) {
                continue;
            }
            let field = if self.field != Field::Argument && is_address(value) {
                Field::Token
            } else {
                self.field
            };
            spots.push(Spot {
                value,
                key: false,
                field,
            });
        }
        spots
    }
}

fn is_listing(method: &[u8]) -> bool {
    crate::session::Session::is_listing(method)
}

/// Members that hold one address or type, not prose.
fn is_address(value: Value<'_>) -> bool {
    const KEYS: &[&str] = &[
        "uri",
        "uriTemplate",
        "mimeType",
        "websiteUrl",
        "src",
        "$schema",
        "$ref",
    ];
    value
        .key()
        .is_some_and(|k| KEYS.iter().any(|key| k.as_raw() == *key))
}

/// Images, sounds and files in base64.
fn is_blob(value: Value<'_>) -> bool {
    let named = value
        .key()
        .is_some_and(|k| k.as_raw() == "data" || k.as_raw() == "blob");
    named && value.range().len() > 512
}

/// Keys of JSON Schema and of the protocol: the same in every definition.
fn is_vocabulary(key: Raw<'_>) -> bool {
    const WORDS: &[&str] = &[
        "$defs",
        "$ref",
        "$schema",
        "_meta",
        "additionalProperties",
        "allOf",
        "annotations",
        "anyOf",
        "arguments",
        "const",
        "default",
        "description",
        "destructiveHint",
        "enum",
        "examples",
        "execution",
        "format",
        "icons",
        "idempotentHint",
        "inputSchema",
        "items",
        "maxItems",
        "maxLength",
        "maximum",
        "mimeType",
        "minItems",
        "minLength",
        "minimum",
        "name",
        "nullable",
        "oneOf",
        "openWorldHint",
        "outputSchema",
        "pattern",
        "properties",
        "readOnlyHint",
        "required",
        "title",
        "type",
        "uri",
        "uriTemplate",
    ];
    std::str::from_utf8(key.bytes()).is_ok_and(|key| WORDS.binary_search(&key).is_ok())
}

/// The name of a type, where a type is named.
fn is_type(value: Value<'_>) -> bool {
    const TYPES: &[&str] = &[
        "string", "number", "integer", "boolean", "object", "array", "null",
    ];
    value.key().is_some_and(|k| k.as_raw() == "type")
        && value
            .text()
            .is_some_and(|text| TYPES.iter().any(|t| text.as_raw() == *t))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_vocabulary_itself_is_passed_over() {
        assert!(is_vocabulary(Raw::from("description")) && is_vocabulary(Raw::from("uriTemplate")));
        assert!(!is_vocabulary(Raw::from("Description")) && !is_vocabulary(Raw::from("type ")));
    }
}
