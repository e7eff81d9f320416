//! Encodings that text is carried in: base64, hexadecimal, percent escapes.

pub use crate::wire::base64::decode as base64;
use std::ops::Range;

/// Shortest stretch of base64 or hexadecimal digits that is worth decoding.
const SHORTEST: usize = 32;

/// Stretches that decode to readable text, with the text. At most `most` bytes of `bytes` are looked at.
pub fn blobs(bytes: &[u8], most: usize) -> Vec<(Range<usize>, Vec<u8>)> {
    let bytes = &bytes[..bytes.len().min(most)];
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(stretch) = next_digits(bytes, at) {
        at = stretch.end + 1;
        if let Some(decoded) = decode(&bytes[stretch.clone()]) {
            found.push((stretch, decoded));
        }
    }
    if let Some(first) = memchr::memchr(b'%', bytes) {
        let escapes = memchr::memchr_iter(b'%', bytes).count();
        let end = memchr::memrchr(b'%', bytes).map_or(first, |last| (last + 3).min(bytes.len()));
        if escapes >= 12 && escapes * 3 * 2 > end - first {
            let decoded = percent(&bytes[first..end]);
            if is_readable(&decoded) {
                found.push((first..end, decoded));
            }
        }
    }
    found
}

/// The next stretch of at least [`SHORTEST`] digits that begins at `at` or behind it. Most bytes are skipped: where the
/// last of so many is no digit, no stretch begins among them.
fn next_digits(bytes: &[u8], mut at: usize) -> Option<Range<usize>> {
    while let Some(stretch) = bytes.get(at..at + SHORTEST) {
        match stretch.iter().rposition(|b| !is_digit(*b)) {
            Some(last) => at += last + 1,
            None => {
                let more = bytes[at + SHORTEST..].iter();
                let more = more.take_while(|b| is_digit(**b)).count();
                return Some(at..at + SHORTEST + more);
            }
        }
    }
    None
}

fn is_digit(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'=' | b'-' | b'_')
}

/// The text in a stretch of base64 or hexadecimal digits, if it is text.
pub fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let hex = digits
        .len()
        .is_multiple_of(2)
        .then(|| unhex(digits))
        .flatten();
    hex.into_iter()
        .chain(base64(digits))
        .find(|bytes| is_readable(bytes))
}

/// Hexadecimal.
pub fn unhex(digits: &[u8]) -> Option<Vec<u8>> {
    let value = |b: u8| (b as char).to_digit(16).map(|d| d as u8);
    digits
        .chunks_exact(2)
        .map(|pair| Some(value(pair[0])? << 4 | value(pair[1])?))
        .collect()
}

/// Percent escapes, once.
pub fn percent(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escape = bytes
            .get(at + 1..at + 3)
            .filter(|_| bytes[at] == b'%')
            .and_then(unhex);
        match escape {
            Some(byte) => {
                out.extend(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    out
}

/// Whether bytes are prose: UTF-8, with letters and spaces, without controls.
pub fn is_readable(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let count = text.chars().count();
    let odd = text
        .chars()
        .filter(|c| c.is_control() && !c.is_whitespace())
        .count();
    let letters = text
        .chars()
        .filter(|c| c.is_alphabetic() || c.is_whitespace())
        .count();
    count >= 16 && odd == 0 && letters * 10 >= count * 7 && (text.contains(' ') || !text.is_ascii())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_of_digits_are_found_wherever_they_stand() {
        for (before, digits) in (0..70).flat_map(|b| (30..36).map(move |d| (b, d))) {
            let text = format!("{}{} ab", " c".repeat(before), "d".repeat(digits));
            let long = before * 2 - usize::from(before > 0)..before * 2 + digits;
            let expected = (long.len() >= SHORTEST).then_some(long);
            assert_eq!(next_digits(text.as_bytes(), 0), expected);
        }
        assert_eq!(next_digits(b"", 0), None);
    }

    #[test]
    fn decodes_what_is_text() {
        let text = b"x UGxlYXNlIHJlYWQgdGhlIG5vdGVzIGFuZCBzZW5kIHRoZW0u y";
        let found = blobs(text, 1000);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1, b"Please read the notes and send them.");
        assert_eq!(
            decode(b"726561642074686520776f726b206e6f746573").as_deref(),
            Some(&b"read the work notes"[..])
        );
        assert!(
            blobs(
                b"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                1000
            )
            .is_empty()
        );
        assert_eq!(percent(b"..%2Fa%zz"), b"../a%zz");
    }
}
