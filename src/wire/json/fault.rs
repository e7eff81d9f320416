//! What different readers of the same JSON would disagree about.

use super::parse::{Doc, Node};
use super::{Kind, NodeId};
use std::collections::HashMap;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fault {
    pub kind: FaultKind,
    /// Byte offset in the text.
    pub at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum FaultKind {
    /// The text stops being JSON here.
    Syntax,
    /// The text ends before the value does.
    Truncated,
    /// There is text after the value.
    Trailing,
    /// More nodes than the reader was allowed to make.
    TooManyNodes,
    /// A number beyond what a 64-bit float holds, or `NaN` and `Infinity`.
    NumberRange,
    /// The same key twice in one object: readers keep the first, the last, or refuse.
    DuplicateKey,
    /// Keys that differ only in case: some readers match without regard to it (CVE-2026-27896).
    CaseVariantKey,
    /// U+0000 in a key: readers in C end the key there.
    NulInKey,
    /// A `\ud800` without its pair.
    LoneSurrogate,
    /// A control character that JSON wants escaped.
    RawControl,
    /// Bytes that are not UTF-8.
    InvalidUtf8,
}

impl FaultKind {
    /// What it is, for a sentence.
    pub fn name(self) -> &'static str {
        match self {
            FaultKind::Syntax => "text that is not JSON",
            FaultKind::Truncated => "a message that ends too early",
            FaultKind::Trailing => "text after the message",
            FaultKind::TooManyNodes => "more values than are read",
            FaultKind::NumberRange => "a number out of range",
            FaultKind::DuplicateKey => "a duplicate key",
            FaultKind::CaseVariantKey => "keys that differ only in case",
            FaultKind::NulInKey => "a NUL character in a key",
            FaultKind::LoneSurrogate => "a lone surrogate",
            FaultKind::RawControl => "an unescaped control character",
            FaultKind::InvalidUtf8 => "bytes that are not UTF-8",
        }
    }
}

/// Judges a scalar that is no literal: `None` for a proper number.
pub(super) fn number(word: &[u8]) -> Option<FaultKind> {
    let text = std::str::from_utf8(word).ok()?;
    if matches!(text, "NaN" | "Infinity" | "-Infinity") {
        return Some(FaultKind::NumberRange);
    }
    let shaped = {
        let digits = text.strip_prefix('-').unwrap_or(text);
        digits.starts_with(|c: char| c.is_ascii_digit())
            && digits
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'))
    };
    if !shaped {
        return Some(FaultKind::Syntax);
    }
    if word.len() < 16 && !word.iter().any(|b| matches!(b, b'e' | b'E')) {
        return None;
    }
    match text.parse::<f64>() {
        Ok(value) if value.is_finite() => None,
        Ok(_) => Some(FaultKind::NumberRange),
        Err(_) => Some(FaultKind::Syntax),
    }
}

/// Most faults of one kind of look that are told.
const MOST: usize = 64;

impl Doc<'_> {
    /// The faults that need a second look at the text: keys, encodings, control characters. Costs a pass over the
    /// text, so it is not part of reading.
    pub fn differentials(&self) -> Vec<Fault> {
        let mut found = self.encoding_faults();
        found.extend(self.key_faults());
        found.extend(
            self.faults()
                .iter()
                .filter(|f| f.kind == FaultKind::NumberRange),
        );
        found.sort_by_key(|f| f.at);
        found
    }

    fn encoding_faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        let bytes = self.bytes();
        if let Err(error) = std::str::from_utf8(bytes) {
            found.push(Fault {
                kind: FaultKind::InvalidUtf8,
                at: error.valid_up_to(),
            });
        }
        // Most messages have neither: one pass each, and no look at the single strings.
        let controls = bytes.iter().fold(false, |any, b| any | (*b < 0x20));
        let escapes = memchr::memmem::find(bytes, b"\\u").is_some();
        if !controls && !escapes {
            return found;
        }
        for node in self.nodes() {
            for (start, end) in [(node.key_start, node.key_end), (node.start, node.end)] {
                if end <= start || bytes.get(start as usize) != Some(&b'"') {
                    continue;
                }
                let token = &bytes[start as usize..end as usize];
                if let Some(at) = token.iter().position(|b| *b < 0x20) {
                    found.push(Fault {
                        kind: FaultKind::RawControl,
                        at: start as usize + at,
                    });
                }
                if let Some(at) = super::decode::lone_surrogate(token).filter(|_| escapes) {
                    found.push(Fault {
                        kind: FaultKind::LoneSurrogate,
                        at: start as usize + at,
                    });
                }
            }
            if found.len() > MOST {
                break;
            }
        }
        found
    }

    fn key_faults(&self) -> Vec<Fault> {
        let mut found = Vec::new();
        for (id, node) in self.nodes().iter().enumerate() {
            if node.kind == Kind::Object {
                self.keys_of(id as NodeId, &mut found);
            }
            if found.len() > MOST {
                break;
            }
        }
        found.sort_by_key(|fault| fault.at);
        found
    }

    /// What is odd about the keys of one object.
    fn keys_of(&self, object: NodeId, found: &mut Vec<Fault>) {
        /// So many keys are compared one by one.
        const FEW: usize = 12;
        let quoted = |node: &Node| &self.bytes()[node.key_start as usize..node.key_end as usize];
        let end = self.nodes()[object as usize].next;
        let mut child = object + 1;
        let keys: Vec<&Node> = std::iter::from_fn(|| {
            let node = (child < end)
                .then(|| self.nodes().get(child as usize))
                .flatten()?;
            child = node.next.max(child + 1);
            Some(node)
        })
        .filter(|node| node.key_end > node.key_start)
        .collect();
        let plain = keys.len() <= FEW
            && keys
                .iter()
                .all(|key| memchr::memchr2(b'\\', 0, quoted(key)).is_none());
        let alike = |(n, key): (usize, &&Node)| {
            let key = quoted(key);
            keys[..n]
                .iter()
                .any(|before| quoted(before).eq_ignore_ascii_case(key))
        };
        if plain && !keys.iter().enumerate().any(alike) {
            return;
        }
        let mut seen: HashMap<Vec<u8>, Vec<u8>> = HashMap::new();
        for node in keys {
            let key = super::decode(quoted(node));
            let key = key.as_raw().bytes();
            let at = node.key_start as usize;
            if key.contains(&0) {
                found.push(Fault {
                    kind: FaultKind::NulInKey,
                    at,
                });
            }
            match seen.insert(key.to_ascii_lowercase(), key.to_vec()) {
                Some(before) if before == key => found.push(Fault {
                    kind: FaultKind::DuplicateKey,
                    at,
                }),
                Some(_) => found.push(Fault {
                    kind: FaultKind::CaseVariantKey,
                    at,
                }),
                None => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &[u8]) -> Vec<FaultKind> {
        Doc::parse(text)
            .differentials()
            .into_iter()
            .map(|f| f.kind)
            .collect()
    }

    #[test]
    fn finds_what_readers_disagree_about() {
        assert_eq!(kinds(br#"{"a":1,"a":2}"#), [FaultKind::DuplicateKey]);
        assert_eq!(kinds(br#"{"a":1,"b":{"a":2}}"#), []);
        assert_eq!(
            kinds(br#"{"method":1,"Method":2}"#),
            [FaultKind::CaseVariantKey]
        );
        assert_eq!(
            kinds(br#"{"\u006dethod":1,"method":2}"#),
            [FaultKind::DuplicateKey]
        );
        assert_eq!(kinds(br#"{"m\u0000":1}"#), [FaultKind::NulInKey]);
        assert_eq!(kinds(br#"["\ud800"]"#), [FaultKind::LoneSurrogate]);
        assert_eq!(kinds(br#"["\ud83d\ude00"]"#), []);
        assert_eq!(kinds(b"[\"\x1b\"]"), [FaultKind::RawControl]);
        assert_eq!(kinds(b"[\"\xff\"]"), [FaultKind::InvalidUtf8]);
        assert_eq!(kinds(b"[1e400]"), [FaultKind::NumberRange]);
        assert_eq!(kinds(b"[1.5e9,123456789012345678901234567890]"), []);
    }
}
