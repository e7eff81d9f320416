//! Whether two JSON values are the same to a reader.

use crate::session::schema::plain;
use crate::text::RawBuf;
use crate::wire::json::{Kind, Value};

/// Whether two values mean the same: members in any order, strings by what they decode to. Iterative, for nesting may
/// be as deep as the sender likes.
pub(super) fn same(old: Value<'_>, new: Value<'_>) -> bool {
    let mut open = vec![(old, new)];
    while let Some((old, new)) = open.pop() {
        if old.kind() != new.kind() {
            return false;
        }
        match old.kind() {
            Kind::String => {
                if old.raw() != new.raw() && plain(old) != plain(new) {
                    return false;
                }
            }
            Kind::Object | Kind::Array if old.raw() == new.raw() => {}
            Kind::Array => {
                if old.items().count() != new.items().count() {
                    return false;
                }
                open.extend(old.items().zip(new.items()));
            }
            Kind::Object => {
                let by_key = |value: Value<'_>| {
                    let mut keys: Vec<RawBuf> = value
                        .items()
                        .filter_map(|item| Some(item.key()?.into_buf()))
                        .collect();
                    keys.sort();
                    keys
                };
                if by_key(old) != by_key(new) {
                    return false;
                }
                let members = |value| {
                    let mut members: Vec<_> = Value::items(value)
                        .filter_map(|v| Some((v.key()?.into_buf(), v)))
                        .collect();
                    members.sort_by(|a, b| a.0.cmp(&b.0));
                    members.into_iter().map(|(_, value)| value)
                };
                let (before, after) = (members(old), members(new));
                open.extend(before.zip(after));
            }
            _ => {
                if old.raw() != new.raw() {
                    return false;
                }
            }
        }
    }
    true
}
