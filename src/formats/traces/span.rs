//! One span of any trace format: its places in a tree, its times, and its attributes.

use crate::formats::Origin;
use crate::wire::json::{Kind, Value};
use std::borrow::Cow;
use std::collections::HashMap;

/// Who a span speaks for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    Client,
    Server,
    Other,
}

pub struct Span<'d> {
    pub origin: Origin,
    pub trace: Cow<'d, [u8]>,
    pub id: Cow<'d, [u8]>,
    pub parent: Cow<'d, [u8]>,
    pub name: Cow<'d, [u8]>,
    pub side: Side,
    /// In microseconds since the epoch.
    pub start: Option<i64>,
    pub end: Option<i64>,
    pub failed: bool,
    /// What the status says.
    pub message: Cow<'d, [u8]>,
    pub attributes: Attributes<'d>,
    pub resource: Attributes<'d>,
}

/// Attributes, however they are written.
pub enum Attributes<'d> {
    /// A list of `key` and `value`, whose value is an object with one member for its kind.
    Listed(HashMap<Cow<'d, [u8]>, Value<'d>>),
    /// An object whose keys are whole or parts of names.
    Nested(Value<'d>),
    None,
}

impl<'d> Attributes<'d> {
    pub fn listed(list: Option<Value<'d>>) -> Self {
        let mut all = HashMap::new();
        for item in list.into_iter().flat_map(|list| list.items()) {
            if let (Some(key), Some(value)) = (item.str("key"), item.get("value")) {
                all.insert(key.into_bytes(), value);
            }
        }
        Attributes::Listed(all)
    }

    /// The text of an attribute, or what it is in JSON.
    pub fn text(&self, name: &str) -> Option<Cow<'d, [u8]>> {
        let value = match self {
            Attributes::Listed(all) => {
                let value = *all.get(name.as_bytes())?;
                ["stringValue", "intValue", "boolValue", "doubleValue"]
                    .iter()
                    .find_map(|kind| value.get(kind))?
            }
            Attributes::Nested(object) => dotted(*object, name)?,
            Attributes::None => return None,
        };
        match value.kind() {
            Kind::Null => None,
            Kind::String => value.text().map(|text| text.into_bytes()),
            _ => Some(Cow::Borrowed(value.raw().bytes())),
        }
    }
}

/// The member with a dotted name, which may be that of one member, or lead through several and through arrays by number.
fn dotted<'d>(value: Value<'d>, name: &str) -> Option<Value<'d>> {
    if value.is_array() {
        let (number, rest) = name.split_once('.').unwrap_or((name, ""));
        let item = value.items().nth(number.parse().ok()?)?;
        return if rest.is_empty() {
            Some(item)
        } else {
            dotted(item, rest)
        };
    }
    if !value.is_object() {
        return None;
    }
    // No deeper than the name has parts.
    value.items().find_map(|member| {
        let key = member.key()?.into_bytes();
        let rest = name.as_bytes().strip_prefix(&*key)?;
        match rest {
            b"" => Some(member),
            [b'.', ..] => dotted(member, &name[key.len() + 1..]),
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    #[test]
    fn attributes_are_found_in_every_shape() {
        let read = |json: &str, name: &str| {
            let doc = Doc::parse(json.as_bytes());
            let text = Attributes::Nested(doc.root().unwrap()).text(name);
            text.map(Cow::into_owned)
        };
        for json in [
            r#"{"a":{"b":[{"c.d":"x"}]}}"#,
            r#"{"a.b":[{"c":{"d":"x"}}]}"#,
            r#"{"a.b.0.c.d":"x"}"#,
            r#"{"a":1,"a.b":{"0":{"c":{"d":"x"}}}}"#,
        ] {
            assert_eq!(
                read(json, "a.b.0.c.d").as_deref(),
                Some(&b"x"[..]),
                "{json}"
            );
        }
        assert_eq!(
            read(r#"{"a":{"n":[1]}}"#, "a").as_deref(),
            Some(&b"{\"n\":[1]}"[..])
        );
        assert_eq!(read(r#"{"a":null}"#, "a"), None);
        assert_eq!(read("[]", "a"), None);
        let doc = Doc::parse(
            br#"[{"key":"n","value":{"intValue":"7"}},{"key":"s","value":{}},{"value":{}}]"#,
        );
        let listed = Attributes::listed(doc.root());
        assert_eq!(listed.text("n").as_deref(), Some(&b"7"[..]));
        assert_eq!(listed.text("s"), None);
    }
}
