//! The inside of a JSON string as a reader sees it, and the way back to where each byte of it stands.

use crate::wire::json::decode;
use memchr::memchr;
use std::ops::Range;

/// A text without its escapes.
pub struct Decoded {
    pub text: Vec<u8>,
    /// Where the two texts run together anew: each piece is a stretch without escapes or one escape.
    pieces: Vec<Piece>,
}

struct Piece {
    /// Where it begins in the decoded text, and in the one with escapes.
    decoded: usize,
    raw: usize,
    /// How long the escape is; 0 for a stretch that is the same in both.
    escape: usize,
}

impl Decoded {
    /// Decodes what stands between the quotes of a JSON string, or any text that has such escapes.
    pub fn of(raw: &[u8]) -> Decoded {
        let mut decoded = Decoded {
            text: Vec::with_capacity(raw.len()),
            pieces: Vec::new(),
        };
        let mut at = 0;
        while at < raw.len() {
            if raw[at] == b'\\' {
                let escape = decoded.escape(&raw[at..], at);
                if escape > 0 {
                    at += escape;
                    continue;
                }
            }
            let from = at + usize::from(raw[at] == b'\\');
            let end = memchr(b'\\', &raw[from..]).map_or(raw.len(), |step| from + step);
            decoded.piece(at, 0);
            decoded.text.extend_from_slice(&raw[at..end]);
            at = end;
        }
        decoded
    }

    fn piece(&mut self, raw: usize, escape: usize) {
        self.pieces.push(Piece {
            decoded: self.text.len(),
            raw,
            escape,
        });
    }

    /// Takes the escape at the start of `rest`; 0 where it is none.
    fn escape(&mut self, rest: &[u8], at: usize) -> usize {
        let simple = match rest.get(1) {
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(b'b') => 0x08,
            Some(b'f') => 0x0c,
            Some(&c @ (b'"' | b'\\' | b'/')) => c,
            Some(b'u') => {
                let length = match unit(rest, 0) {
                    None => return 0,
                    Some(0xd800..0xdc00) if matches!(unit(rest, 6), Some(0xdc00..0xe000)) => 12,
                    Some(_) => 6,
                };
                self.piece(at, length);
                (self.text).extend_from_slice(decode(&rest[..length]).as_raw().bytes());
                return length;
            }
            _ => return 0,
        };
        self.piece(at, 2);
        self.text.push(simple);
        2
    }

    /// Where a part of the decoded text stands; an escape is covered whole or not at all.
    pub fn back(&self, range: Range<usize>) -> Range<usize> {
        if self.pieces.is_empty() {
            return 0..0;
        }
        let start = self.piece_at(range.start);
        let start = match start.escape {
            0 => start.raw + (range.start - start.decoded),
            _ => start.raw,
        };
        if range.is_empty() {
            return start..start;
        }
        let last = self.piece_at(range.end - 1);
        let end = match last.escape {
            0 => last.raw + (range.end - last.decoded),
            escape => last.raw + escape,
        };
        start..end
    }

    fn piece_at(&self, decoded: usize) -> &Piece {
        let after = self
            .pieces
            .partition_point(|piece| piece.decoded <= decoded);
        &self.pieces[after.saturating_sub(1)]
    }
}

/// The code unit of the escape with four digits at `at`.
fn unit(text: &[u8], at: usize) -> Option<u16> {
    if text.get(at..at + 2)? != b"\\u" {
        return None;
    }
    (text.get(at + 2..at + 6)?.iter()).try_fold(0u16, |value, digit| {
        Some(value << 4 | (*digit as char).to_digit(16)? as u16)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_the_way_back() {
        let raw = br"a\u0041b\n\ud83d\ude00z";
        let decoded = Decoded::of(raw);
        assert_eq!(decoded.text, "aAb\n😀z".as_bytes());
        assert_eq!(&raw[decoded.back(1..2)], br"\u0041");
        assert_eq!(&raw[decoded.back(0..3)], br"a\u0041b");
        assert_eq!(&raw[decoded.back(5..6)], br"\ud83d\ude00");
        assert_eq!(&raw[decoded.back(8..9)], b"z");
    }

    proptest! {
        #[test]
        fn reads_as_the_reader_does(raw in r#"([a-z/]|\\[nt"/u\\x]|\\u00[0-9a-f]{2}|\\ud8[0-9]{2}|\\udc00){0,20}"#) {
            let decoded = Decoded::of(raw.as_bytes());
            let expected = decode(raw.as_bytes()).into_buf();
            prop_assert_eq!(&decoded.text[..], expected.as_raw().bytes());
            let whole = decoded.back(0..decoded.text.len());
            if !raw.is_empty() {
                prop_assert_eq!(whole, 0..raw.len());
            }
        }
    }
}
