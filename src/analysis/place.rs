//! The strings of a message: what each is, and where it stands.

use super::detect::Field;
use super::rank::PlaceKind;
use crate::session::ItemKind;
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
        if value.id() != body.id() && value.key().is_some() {
            spots.push(Spot {
                value,
                key: true,
                field: Field::Name,
            });
        }
        if value.kind() != Kind::String {
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

/// The strings of a message that are no definitions, with the object that their pointers begin at.
pub fn of_message<'d>(
    root: Value<'d>,
    kind: MessageKind,
    dir: Direction,
    name: &[u8],
) -> Option<(PlaceKind, Value<'d>, Vec<Spot<'d>>)> {
    let (place, field, base) = match (kind, dir) {
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
        (MessageKind::Other, _) => (PlaceKind::Transport, Field::Data, root),
        _ => return None,
    };
    let mut spots = Vec::new();
    for value in base.walk() {
        if value.id() != base.id()
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
        let field = if field != Field::Argument && is_address(value) {
            Field::Token
        } else {
            field
        };
        spots.push(Spot {
            value,
            key: false,
            field,
        });
    }
    Some((place, base, spots))
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
