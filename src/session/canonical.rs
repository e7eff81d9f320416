//! The canonical form of JSON (RFC 8785), and the hash under which two spellings of one definition are the same.

use crate::wire::json::{Doc, FaultKind, Kind, Value};

/// The canonical form; `None` where strict readers refuse the text, or where keys are doubled: it would hold one of the
/// values alone, and a reader may take the other.
pub fn canonical(json: &[u8]) -> Option<String> {
    let faults = Doc::parse(json).differentials();
    if faults
        .iter()
        .any(|fault| fault.kind == FaultKind::DuplicateKey)
    {
        return None;
    }
    let value = serde_json::from_slice::<serde_json::Value>(json).ok()?;
    serde_json_canonicalizer::to_string(&value).ok()
}

/// The first 128 bits of BLAKE3 over the canonical form, or over the bytes where strict readers refuse them.
pub fn canonical_hash(json: &[u8]) -> [u8; 16] {
    let canonical = canonical(json);
    short(canonical.as_deref().map_or(json, str::as_bytes))
}

/// The same of a value that was read already.
pub fn hash_of(value: Value<'_>) -> [u8; 16] {
    let mut form = Vec::with_capacity(value.range().len());
    match write(value, &mut form, 0) {
        Some(()) => short(&form),
        None => canonical_hash(value.raw().bytes()),
    }
}

fn short(bytes: &[u8]) -> [u8; 16] {
    let mut short = [0; 16];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..16]);
    short
}

/// Deeper values are left to the library.
const DEEPEST: u32 = 32;

/// Writes the canonical form of ordinary values: every tool of every listing comes by here. `None` where anything is
/// unusual: keys beyond ASCII or doubled, numbers that are no small integers, escapes in keys, faulty text.
fn write(value: Value<'_>, form: &mut Vec<u8>, depth: u32) -> Option<()> {
    match value.kind() {
        Kind::Null | Kind::False | Kind::True => form.extend_from_slice(value.raw().bytes()),
        Kind::Number => form.extend_from_slice(integer(value.raw().bytes())?),
        Kind::String => string(value.raw().bytes(), form)?,
        Kind::Array => {
            form.push(b'[');
            for (n, item) in value.items().enumerate() {
                if n > 0 {
                    form.push(b',');
                }
                (depth < DEEPEST).then(|| write(item, form, depth + 1))??;
            }
            form.push(b']');
        }
        Kind::Object => {
            let mut members = Vec::new();
            for member in value.items() {
                let key = member.raw_key()?;
                key.iter()
                    .all(|b| (0x20..0x7f).contains(b) && *b != b'\\')
                    .then(|| members.push((key, member)))?;
            }
            // Between quotes, so a shorter key comes before a longer one as it should: the quote is left out.
            members.sort_by_key(|(key, _)| &key[1..key.len() - 1]);
            form.push(b'{');
            for (n, (key, member)) in members.iter().enumerate() {
                if n > 0 {
                    (members[n - 1].0 != *key).then(|| form.push(b','))?;
                }
                form.extend_from_slice(key);
                form.push(b':');
                (depth < DEEPEST).then(|| write(*member, form, depth + 1))??;
            }
            form.push(b'}');
        }
    }
    Some(())
}

/// Integers that every reader spells the same.
fn integer(word: &[u8]) -> Option<&[u8]> {
    let digits = word.strip_prefix(b"-").unwrap_or(word);
    let plain = digits.len() <= 15
        && digits.iter().all(u8::is_ascii_digit)
        && (digits == b"0" && digits.len() == word.len()
            || digits.first().is_some_and(|b| *b != b'0'));
    plain.then_some(word)
}

/// A string with its quotes.
fn string(quoted: &[u8], form: &mut Vec<u8>) -> Option<()> {
    let text = std::str::from_utf8(quoted).ok()?;
    let body = text.strip_prefix('"')?.strip_suffix('"')?;
    if !body.bytes().any(|b| b == b'\\' || b < 0x20) {
        form.extend_from_slice(quoted);
        return Some(());
    }
    let decoded: String = serde_json::from_slice(quoted).ok()?;
    serde_json::to_writer(form, &decoded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(json: &str) -> [u8; 16] {
        hash_of(Doc::parse(json.as_bytes()).root().unwrap())
    }

    #[test]
    fn spelling_does_not_change_a_definition() {
        assert_eq!(
            canonical_hash(br#"{"a":1,"b":{"c":2,"d":3}}"#),
            canonical_hash(br#"{ "b": {"d":3,"c":2}, "a": 1.0 }"#)
        );
        assert_ne!(canonical_hash(br#"{"a":1}"#), canonical_hash(br#"{"a":2}"#));
        let doubled = canonical_hash(br#"{"a":"x","a":2}"#);
        assert_ne!(doubled, canonical_hash(br#"{"a":2}"#));
        assert_ne!(doubled, canonical_hash(br#"{"a":"y","a":2}"#));
        assert_ne!(
            canonical_hash(br#"["\ud800"]"#),
            canonical_hash(br#"["\ud801"]"#)
        );
    }

    #[test]
    fn what_was_read_hashes_as_its_text_does() {
        for json in [
            r#"{ "name":"a", "b":[1, -2, 0, true ,null], "ab":{}, "a":"x\ny\u00e9\/\u0001" }"#,
            r#"{"a":1,"a":2}"#,
            r#"{"é":1,"z":2}"#,
            r#"{"n":1.0}"#,
            r#"[-0]"#,
            r#"["\ud800"]"#,
            r#"{"\u0061":1}"#,
            r#"{"a":1}"#,
        ] {
            assert_eq!(of(json), canonical_hash(json.as_bytes()), "{json}");
        }
        assert_eq!(of(r#"{"a":1}"#), of(r#"{ "a" : 1.0 }"#));
    }

    proptest! {
        #[test]
        fn strings_and_keys_hash_as_their_text_does(key in ".{0,8}", other in "[a-z\"]{0,3}", text in ".{0,20}", n in any::<i64>()) {
            let json = serde_json::json!({ key: text, other: [n] }).to_string();
            prop_assert_eq!(of(&json), canonical_hash(json.as_bytes()));
        }
    }
}
