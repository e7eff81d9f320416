//! Values in definitions that are the names of other servers' tools.

use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink, tokens};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::text::Raw;
use crate::wire::json::{Kind, Value};

pub const DETECTOR: Detector = Detector {
    name: "values that name tools",
    rules: &[&rules::VALUE_NAMES_TOOL],
    look: Look::Definition(look),
};

/// Values that are looked at, and findings of one definition.
const MOST_VALUES: usize = 512;
const MOST_FOUND: usize = 4;

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool || at.session.servers().len() < 2 {
        return;
    }
    let Some(schema) = at.now.get("inputSchema") else {
        return;
    };
    let values = schema
        .walk()
        .filter(|value| value.kind() == Kind::String && is_given(*value));
    let mut found: Vec<(Value<'_>, Found)> = Vec::new();
    for value in values.take(MOST_VALUES) {
        let Some(text) = value.text() else { continue };
        let raw = text.as_raw();
        let Some(name) = telling(raw) else { continue };
        let owner = at.peers.owner(name.as_bytes(), at.item.server);
        let kin = || at.peers.is_topic(name, at.item.server);
        let Some(owner) = owner.filter(|owner| *owner != at.item.server && !kin()) else {
            continue;
        };
        let label = at.session.server(owner).label.as_raw().label(40);
        let mut one = Found::new(&rules::VALUE_NAMES_TOOL)
            .at(value.pointer(Some(at.now.id())))
            .shows(raw, 0..raw.len())
            .because(format!("`{}` is a tool of {label}.", raw.label(60)));
        let other = at.session.item(owner, ItemKind::Tool, raw);
        if let Some(version) = other.and_then(|item| item.versions.first()) {
            one = one.related(version.from, "listed");
        }
        found.push((value, one));
        if found.len() == MOST_FOUND {
            break;
        }
    }
    let choices = found.iter().filter(|(value, _)| is_choice(*value)).count();
    for (value, one) in found {
        // One choice among many has such a name by chance: methods of an API are often called so.
        let by_chance = is_choice(value) && choices == 1;
        sink.put(if by_chance {
            one.severity(Severity::Info)
        } else {
            one
        });
    }
}

/// It is one of several values that a call may pass.
fn is_choice(value: Value<'_>) -> bool {
    let above = value.parent().and_then(Value::key);
    above.is_some_and(|key| key.as_raw() == "enum")
}

/// Whether a definition has a name among its own choices or parameters.
pub(super) fn holds(definition: Value<'_>, name: &str) -> bool {
    definition.walk().any(|value| {
        value.key().is_some_and(|key| key.as_raw() == name)
            || value.kind() == Kind::String
                && is_given(value)
                && value.text().is_some_and(|text| text.as_raw() == name)
    })
}

/// It is a value that a call would pass: a choice, a default, a constant.
fn is_given(value: Value<'_>) -> bool {
    let is = |key: Option<_>, names: &[&str]| {
        key.is_some_and(|key: crate::wire::json::Text<'_>| {
            names.iter().any(|name| key.as_raw() == *name)
        })
    };
    is(value.key(), &["default", "const"])
        || is(
            value.parent().and_then(Value::key),
            &["enum", "default", "examples"],
        )
}

/// The value, where it is long and made of enough words to be a tool's name by more than chance.
fn telling(raw: Raw<'_>) -> Option<&str> {
    const LENGTH: std::ops::RangeInclusive<usize> = 8..=80;
    let name = std::str::from_utf8(raw.bytes()).ok()?;
    let shaped = LENGTH.contains(&name.len())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    (shaped && tokens(name).len() >= 2).then_some(name)
}
