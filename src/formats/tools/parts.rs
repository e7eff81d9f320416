//! What the recordings of tools have in common: messages inside of something, in whole or in parts.

use crate::formats::{of_number, parse_local, parse_stamp};
use crate::text::{Raw, json_string};
use crate::wire::json::{Doc, Kind, Value};
use std::borrow::Cow;

/// The parts of a message that a tool took apart; JSON as it is spelled, but for the method.
#[derive(Clone, Copy, Default)]
pub struct Parts<'a> {
    pub id: Option<&'a [u8]>,
    /// Decoded.
    pub method: Option<&'a [u8]>,
    pub params: Option<&'a [u8]>,
    pub result: Option<&'a [u8]>,
    pub error: Option<&'a [u8]>,
}

impl Parts<'_> {
    /// The message that they were.
    pub fn message(&self) -> Vec<u8> {
        let mut message = b"{\"jsonrpc\":\"2.0\"".to_vec();
        let mut member = |key: &str, value: Option<&[u8]>| {
            if let Some(value) = value {
                message.extend_from_slice(format!(",\"{key}\":").as_bytes());
                message.extend_from_slice(value);
            }
        };
        member("id", self.id);
        if let Some(method) = self.method {
            member("method", Some(string(method).as_bytes()));
        }
        member("params", self.params);
        member("result", self.result);
        member("error", self.error);
        message.push(b'}');
        message
    }
}

/// Text as a JSON string.
pub fn string(text: &[u8]) -> String {
    let mut json = String::new();
    json_string(Raw::new(text), &mut json);
    json
}

/// Whether a value is a whole JSON-RPC message.
pub fn is_message(value: Value<'_>) -> bool {
    value.is_object()
        && value.get("jsonrpc").is_some()
        && (value.get("method").is_some()
            || value.get("result").is_some()
            || value.get("error").is_some())
}

/// The message that a value is, or that stands in it as text.
pub fn message<'d>(value: Value<'d>) -> Option<Cow<'d, [u8]>> {
    if value.kind() != Kind::String {
        return is_message(value).then(|| Cow::Borrowed(value.raw().bytes()));
    }
    let text = value.text()?.into_bytes();
    if !text.trim_ascii_start().starts_with(b"{") {
        return None;
    }
    let doc = Doc::parse(&text);
    let is = doc.is_whole() && doc.root().is_some_and(is_message);
    is.then_some(text)
}

/// The decoded text of a member; nothing where it is not there or no string.
pub fn text<'d>(value: Value<'d>, key: &str) -> Cow<'d, [u8]> {
    value
        .get(key)
        .filter(|member| member.kind() == Kind::String)
        .and_then(Value::text)
        .map(|text| text.into_bytes())
        .unwrap_or_default()
}

/// A member as it is spelled; `None` where it is not there or `null`.
pub fn raw<'d>(value: Value<'d>, key: &str) -> Option<&'d [u8]> {
    let member = value.get(key)?;
    (member.kind() != Kind::Null).then(|| member.raw().bytes())
}

/// A time in microseconds since the epoch: a stamp with or without a zone, or a number of seconds or finer units, which
/// may stand in a string. `None` for what is no time.
pub fn time(value: Value<'_>) -> Option<i64> {
    match value.kind() {
        Kind::Number => number(value.raw().bytes()),
        Kind::String => {
            let text = value.text()?.into_bytes();
            parse_stamp(&text)
                .or_else(|| number(&text))
                .or_else(|| parse_local(&text))
        }
        _ => None,
    }
}

/// A number of seconds or finer units since the epoch, in microseconds.
pub fn number(text: &[u8]) -> Option<i64> {
    let whole: Option<i64> = std::str::from_utf8(text).ok()?.trim().parse().ok();
    if let Some(whole) = whole {
        return Some(of_number(whole));
    }
    let fraction: f64 = std::str::from_utf8(text).ok()?.trim().parse().ok()?;
    // Fractions are written of seconds and of milliseconds.
    let scale = match fraction.abs() {
        n if n < 1e11 => 1e6,
        n if n < 1e14 => 1e3,
        n if n < 1e17 => 1.0,
        _ => return None,
    };
    Some((fraction * scale).round() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_put_together_again() {
        let parts = Parts {
            id: Some(b"1.0"),
            method: Some(b"a\"b"),
            params: Some(b"{\"x\":1e400}"),
            ..Parts::default()
        };
        assert_eq!(
            parts.message(),
            br#"{"jsonrpc":"2.0","id":1.0,"method":"a\"b","params":{"x":1e400}}"#
        );
    }

    #[test]
    fn times_of_every_kind_are_read() {
        let read = |json: &str| Doc::parse(json.as_bytes()).root().and_then(time);
        for json in [
            "1795329115",
            "1795329115000",
            "1795329115.0",
            "\"1795329115\"",
            "\"2026-11-22T06:31:55Z\"",
            "\"2026-11-22 06:31:55\"",
        ] {
            assert_eq!(read(json), Some(1_795_329_115_000_000), "{json}");
        }
        for json in ["\"garbage\"", "null", "1e400", "{}", "\"NaN\""] {
            assert_eq!(read(json), None, "{json}");
        }
    }

    #[test]
    fn messages_stand_as_objects_or_as_text() {
        let read = |json: &str| {
            let doc = Doc::parse(json.as_bytes());
            doc.root().and_then(message).map(Cow::into_owned)
        };
        let one = r#"{"jsonrpc":"2.0","method":"a"}"#;
        assert_eq!(read(one).as_deref(), Some(one.as_bytes()));
        assert_eq!(
            read(&string(one.as_bytes())).as_deref(),
            Some(one.as_bytes())
        );
        assert_eq!(read(r#""{\"jsonrpc\":""#), None);
        assert_eq!(read(r#"{"jsonrpc":"2.0"}"#), None);
    }
}
