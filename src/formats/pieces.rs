//! What readers of transcripts take over from JSON: arguments, texts, times.

use super::{of_number, parse_stamp};
use crate::text::{Raw, json_string};
use crate::wire::json::{Doc, Value, skip_value};

/// Whether the value has its end, which the last one of a document that is cut off has not.
pub fn is_complete(doc: &Doc<'_>, value: Value<'_>) -> bool {
    let range = value.range();
    doc.is_whole()
        || range.end < doc.rest().start
        || skip_value(doc.bytes(), range.start).is_some_and(|end| end <= range.end)
}

/// Whether a text is one JSON object.
pub fn is_object(text: &[u8]) -> bool {
    let doc = Doc::parse(text);
    doc.is_whole() && doc.root().is_some_and(Value::is_object)
}

/// JSON to be spliced into a message: an object, spelled as it is, or one that stands in a string; anything else as it
/// is. Nothing for `null` and an empty string.
pub fn arguments(value: Value<'_>) -> Option<Vec<u8>> {
    let raw = value.raw().bytes();
    match value.text() {
        None if raw == b"null" => None,
        None => Some(raw.to_vec()),
        Some(text) => {
            let inner = text.as_raw().bytes();
            if inner.trim_ascii().is_empty() {
                None
            } else if is_object(inner) {
                Some(inner.to_vec())
            } else {
                Some(raw.to_vec())
            }
        }
    }
}

/// The words of a value: decoded where it is a string, `message` of an object that has one, else as it is spelled.
pub fn words(value: Value<'_>) -> Vec<u8> {
    match value.text().or_else(|| value.str("message")) {
        Some(text) => text.as_raw().bytes().to_vec(),
        None => value.raw().bytes().to_vec(),
    }
}

/// A time, written as a number since the epoch or as a stamp, in microseconds.
pub fn time(value: Value<'_>) -> Option<i64> {
    if let Some(n) = value.as_i64() {
        return Some(of_number(n));
    }
    if let Some(n) = value.as_f64().filter(|n| n.is_finite()) {
        // With a fraction it is seconds or milliseconds; what is lost in conversion is below a microsecond.
        let scale = if n.abs() < 1e11 { 1e6 } else { 1e3 };
        return Some((n * scale) as i64);
    }
    parse_stamp(value.text()?.as_raw().bytes())
}

/// The first of these members that is a time.
pub fn time_at(value: Value<'_>, keys: &[&str]) -> Option<i64> {
    keys.iter().find_map(|key| time(value.get(key)?))
}

/// A text as a JSON string.
pub fn string(text: &[u8]) -> Vec<u8> {
    let mut json = String::new();
    json_string(Raw::new(text), &mut json);
    json.into_bytes()
}

/// Some letters that stand for a text, and for no other.
pub fn scope(text: &[u8]) -> String {
    blake3::hash(text).to_hex()[..12].to_owned()
}

/// A JSON array of items that are spelled already.
pub fn array(items: &[Vec<u8>]) -> Vec<u8> {
    [b"[", &items.join(&b","[..])[..], b"]"].concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_keep_their_spelling() {
        let taken = |json: &str| {
            let doc = Doc::parse(json.as_bytes());
            let taken = arguments(doc.root().unwrap());
            taken.map(|bytes| String::from_utf8(bytes).unwrap())
        };
        assert_eq!(taken(r#"{"a":1.0}"#).as_deref(), Some(r#"{"a":1.0}"#));
        assert_eq!(
            taken(r#""{\"a\":1e400}""#).as_deref(),
            Some(r#"{"a":1e400}"#)
        );
        assert_eq!(
            taken(r#""{},\"id\":1""#).as_deref(),
            Some(r#""{},\"id\":1""#)
        );
        assert_eq!(taken(r#""""#), None);
        assert_eq!(taken("null"), None);
    }

    #[test]
    fn what_is_cut_is_not_complete() {
        let complete = |json: &str| {
            let doc = Doc::parse(json.as_bytes());
            let items: Vec<_> = doc.root().unwrap().items().collect();
            items
                .iter()
                .map(|item| is_complete(&doc, *item))
                .collect::<Vec<_>>()
        };
        assert_eq!(complete(r#"[{"a":{}},{"b":{}}]"#), [true, true]);
        assert_eq!(complete(r#"[{"a":{}},{"b":{}}"#), [true, true]);
        assert_eq!(complete(r#"[{"a":{}},{"b":{}"#), [true, false]);
        assert_eq!(complete(r#"[{"a":{}},{"b":"}"#), [true, false]);
    }

    #[test]
    fn times_of_every_clock() {
        let micros = |json: &str| time(Doc::parse(json.as_bytes()).root().unwrap());
        assert_eq!(micros("1700000000"), Some(1_700_000_000_000_000));
        assert_eq!(micros("1700000000123"), Some(1_700_000_000_123_000));
        assert_eq!(micros("1700000000.5"), Some(1_700_000_000_500_000));
        assert_eq!(micros(r#""1970-01-01T00:00:01Z""#), Some(1_000_000));
        assert_eq!(micros("1e400"), None);
    }
}
