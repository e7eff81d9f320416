//! What stands where a secret was: `«redacted:rule:hash8:length»`.

use super::key::Key;
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::LazyLock;

const BEGIN: &[u8] = "«redacted:".as_bytes();
/// Longest name of a rule in a mark.
const NAME: usize = 64;

/// The mark for a secret that a rule found. The length is that of the secret in bytes.
pub fn mark(key: &Key, rule: &str, secret: &[u8]) -> String {
    format!(
        "«redacted:{}:{}:{}»",
        name(rule),
        key.hash8(secret),
        secret.len()
    )
}

/// A rule's name as it stands in a mark: lower case, digits and dashes.
pub fn name(rule: &str) -> String {
    let mut name = String::new();
    for c in rule.chars() {
        if c.is_ascii_alphanumeric() {
            name.push(c.to_ascii_lowercase());
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
        if name.len() >= NAME {
            break;
        }
    }
    match name.trim_end_matches('-') {
        "" => "rule".to_string(),
        name => name.to_string(),
    }
}

static MARK: LazyLock<Regex> = LazyLock::new(|| {
    RegexBuilder::new(
        "(?-u:\\xC2\\xAB)redacted:[a-z0-9-]{1,64}:[0-9a-f]{8}:[0-9]{1,10}(?-u:\\xC2\\xBB)",
    )
    .unicode(false)
    .build()
    .expect("the pattern is fixed")
});

/// The marks in a text, in order.
pub fn marks(text: &[u8]) -> Vec<Range<usize>> {
    // Most texts have none, and looking for a literal is as good as free.
    if memchr::memmem::find(text, BEGIN).is_none() {
        return Vec::new();
    }
    MARK.find_iter(text).map(|found| found.range()).collect()
}

/// What is left of a text between its marks, in order; empty pieces are left out.
pub fn between_marks(text: &[u8]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut at = 0;
    for mark in marks(text) {
        pieces.push(at..mark.start);
        at = mark.end;
    }
    pieces.push(at..text.len());
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_found_again() {
        let key = Key::random();
        let mark = mark(&key, "GitHub token", b"ghp_1");
        let text = format!("a {mark} b");
        assert_eq!(marks(text.as_bytes()).first(), Some(&(2..2 + mark.len())));
        assert_eq!(between_marks(text.as_bytes()).len(), 2);
        assert!(between_marks(mark.as_bytes()).is_empty());
    }

    #[test]
    fn what_only_looks_like_a_mark_is_none() {
        for text in [
            "«redacted:x»",
            "«redacted:a:zzzzzzzz:1»",
            "redacted:a:00000000:1",
        ] {
            assert!(marks(text.as_bytes()).is_empty(), "{text}");
        }
    }

    #[test]
    fn names_are_plain() {
        assert_eq!(name("AWS: secret «key» "), "aws-secret-key");
        assert_eq!(name("«»"), "rule");
    }
}
