//! JSON strings to the text that a model would read.

use crate::text::{Raw, RawBuf};
use memchr::memchr;
use std::borrow::Cow;

/// The decoded text of a JSON string, borrowed where nothing had to be decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text<'a>(Cow<'a, [u8]>);

impl<'a> Text<'a> {
    /// The bytes themselves, borrowed where they can be.
    pub fn into_bytes(self) -> Cow<'a, [u8]> {
        self.0
    }

    pub fn as_raw(&self) -> Raw<'_> {
        Raw::new(&self.0)
    }

    pub fn into_buf(self) -> RawBuf {
        RawBuf::from(self.0.into_owned())
    }
}

/// Decodes a string token (with or without its closing quote). Escapes that are none stay as they are; a lone
/// surrogate becomes its three-byte form, so nothing is lost and nothing else is spelled the same.
pub fn decode(token: &[u8]) -> Text<'_> {
    let body = token.strip_prefix(b"\"").unwrap_or(token);
    let body = match body.split_last() {
        Some((b'"', head)) if !ends_in_escape(head) => head,
        _ => body,
    };
    let Some(first) = memchr(b'\\', body) else {
        return Text(Cow::Borrowed(body));
    };
    let mut out = Vec::with_capacity(body.len());
    out.extend_from_slice(&body[..first]);
    let mut i = first;
    while i < body.len() {
        if body[i] != b'\\' {
            let end = memchr(b'\\', &body[i..]).map_or(body.len(), |step| i + step);
            out.extend_from_slice(&body[i..end]);
            i = end;
            continue;
        }
        let simple = match body.get(i + 1) {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(&c @ (b'"' | b'\\' | b'/')) => c,
            Some(b'u') => {
                match unit(body, i) {
                    Some(first) => i += push_unit(&mut out, first, body, i),
                    None => {
                        out.push(b'\\');
                        i += 1;
                    }
                }
                continue;
            }
            _ => {
                out.push(b'\\');
                i += 1;
                continue;
            }
        };
        out.push(simple);
        i += 2;
    }
    Text(Cow::Owned(out))
}

/// Whether the quote after `head` is itself escaped (an odd number of backslashes before it).
fn ends_in_escape(head: &[u8]) -> bool {
    head.iter().rev().take_while(|b| **b == b'\\').count() % 2 == 1
}

/// The code unit of the `\u` escape with four digits at `at`.
fn unit(body: &[u8], at: usize) -> Option<u16> {
    if body.get(at..at + 2)? != b"\\u" {
        return None;
    }
    let mut value = 0u16;
    for b in body.get(at + 2..at + 6)? {
        value = value << 4 | (*b as char).to_digit(16)? as u16;
    }
    Some(value)
}

/// Appends the character that starts with `first`; returns how many bytes of the token it took.
fn push_unit(out: &mut Vec<u8>, first: u16, body: &[u8], at: usize) -> usize {
    let mut buffer = [0; 4];
    if (0xd800..0xdc00).contains(&first)
        && let Some(second @ 0xdc00..0xe000) = unit(body, at + 6)
    {
        let code = 0x10000 + ((u32::from(first) - 0xd800) << 10) + (u32::from(second) - 0xdc00);
        if let Some(c) = char::from_u32(code) {
            out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes());
        }
        return 12;
    }
    match char::from_u32(u32::from(first)) {
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut buffer).as_bytes()),
        None => out.extend_from_slice(&[
            0xed,
            0x80 | (first >> 6 & 0x3f) as u8,
            0x80 | (first & 0x3f) as u8,
        ]),
    }
    6
}

/// Offset of the first escaped surrogate without its pair.
pub(super) fn lone_surrogate(token: &[u8]) -> Option<usize> {
    let mut i = 0;
    while let Some(step) = memchr(b'\\', &token[i..]) {
        i += step;
        i += match unit(token, i) {
            Some(0xd800..0xdc00) if matches!(unit(token, i + 6), Some(0xdc00..0xe000)) => 12,
            Some(0xd800..0xe000) => return Some(i),
            Some(_) => 6,
            None => 2,
        };
        if i >= token.len() {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_every_escape() {
        assert_eq!(
            decode(br#""a\n\t\r\b\f\"\\\/z""#).as_raw(),
            "a\n\t\r\u{8}\u{c}\"\\/z"
        );
        assert_eq!(
            decode(br#""\u00e9\ud83d\ude00\u202e""#).as_raw(),
            "é😀\u{202e}"
        );
        assert_eq!(decode(br#""plain""#).as_raw(), "plain");
    }

    #[test]
    fn keeps_what_is_no_escape() {
        assert_eq!(decode(br#""\x \u12 \""#).as_raw(), "\\x \\u12 \"");
        assert_eq!(decode(b"\"open").as_raw(), "open");
    }

    #[test]
    fn lone_surrogates_survive() {
        assert_eq!(decode(br#""x\ud800y""#).as_raw().bytes(), b"x\xed\xa0\x80y");
        assert_eq!(lone_surrogate(br#""x\ud800y""#), Some(2));
        assert_eq!(lone_surrogate(br#""\\ud800""#), None);
    }
}
