//! Steps over JSON text without building anything.

use memchr::{memchr, memchr2, memchr3};

/// The position of the first byte at or after `at` that is not JSON white space.
#[inline]
pub fn skip_space(bytes: &[u8], mut at: usize) -> usize {
    while let Some(b' ' | b'\t' | b'\n' | b'\r') = bytes.get(at) {
        at += 1;
    }
    at
}

/// With `at` on an opening quote: the position after the closing one, and whether the string has escapes.
/// `None` where the text ends inside the string.
#[inline]
pub fn skip_string(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    /// Most strings are keys and names: shorter than it takes to set up a wider search.
    const SHORT: usize = 4;
    let mut i = at + 1;
    for eight in bytes.get(i..)?.as_chunks::<8>().0.iter().take(SHORT) {
        let hits = quotes_and_backslashes(u64::from_le_bytes(*eight));
        if hits == 0 {
            i += 8;
            continue;
        }
        i += hits.trailing_zeros() as usize / 8;
        if bytes[i] == b'"' {
            return Some((i + 1, false));
        }
        break;
    }
    i += memchr2(b'"', b'\\', bytes.get(i..)?)?;
    if bytes[i] == b'"' {
        return Some((i + 1, false));
    }
    // Long strings are full of escapes (a line feed is one), but few of them are quotes: from here on quotes are looked
    // for, and for each whether it is escaped.
    let mut from = i + 2;
    loop {
        let quote = from + memchr(b'"', bytes.get(from..)?)?;
        let before = bytes[i..quote].iter().rev();
        if before.take_while(|b| **b == b'\\').count() % 2 == 0 {
            return Some((quote + 1, true));
        }
        from = quote + 1;
    }
}

/// The high bit of each byte that is a quote or a backslash; right up to the first of them, which is what is asked for
/// (Hacker's Delight, 6-1, "find first 0-byte").
fn quotes_and_backslashes(eight: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let zeros = |bytes: u64| bytes.wrapping_sub(ONES) & !bytes & (ONES << 7);
    zeros(eight ^ (ONES * b'"' as u64)) | zeros(eight ^ (ONES * b'\\' as u64))
}

/// With `at` on the first byte of a value: the position after it. Brackets are counted, not matched by kind, because
/// this is for finding the way, not for judging. `None` where the text ends first.
#[inline]
pub fn skip_value(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at)? {
        b'"' => skip_string(bytes, at).map(|(end, _)| end),
        b'{' | b'[' => skip_nested(bytes, at),
        _ => Some(skip_scalar(bytes, at)),
    }
}

/// The end of a number or literal.
#[inline]
pub(super) fn skip_scalar(bytes: &[u8], mut at: usize) -> usize {
    while let Some(&b) = bytes.get(at) {
        if matches!(b, b',' | b'}' | b']' | b':' | b'"' | b'{' | b'[') || b.is_ascii_whitespace() {
            break;
        }
        at += 1;
    }
    at
}

fn skip_nested(bytes: &[u8], at: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut i = at;
    loop {
        match bytes.get(i)? {
            b'"' => {
                i = skip_string(bytes, i)?.0;
                continue;
            }
            b'{' | b'[' => depth += 1,
            b'}' | b']' => {
                depth -= 1;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            _ => {
                // Jump to the next byte that can matter; opening brackets are rarer than quotes, so look for
                // quotes and closers first and fall back to single steps over the rest.
                let rest = &bytes[i..];
                let stop = memchr3(b'"', b'}', b']', rest)?;
                let open = memchr2(b'{', b'[', &rest[..stop]);
                i += open.unwrap_or(stop);
                continue;
            }
        }
        i += 1;
    }
}

/// Follows a value through pieces of text that are not held together, to know whether it has ended. Brackets are
/// counted as in [`skip_value`].
#[derive(Clone, Copy, Default, Debug)]
pub struct Nesting {
    depth: u64,
    opened: bool,
    in_string: bool,
    escaped: bool,
}

impl Nesting {
    /// After the first piece.
    pub fn of(bytes: &[u8]) -> Nesting {
        let mut nesting = Nesting::default();
        nesting.feed(bytes);
        nesting
    }

    /// Goes on with the next piece.
    pub fn feed(&mut self, bytes: &[u8]) {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if std::mem::take(&mut self.escaped) {
                at += 1;
                continue;
            }
            if self.in_string {
                let Some(stop) = memchr2(b'"', b'\\', &bytes[at..]) else {
                    return;
                };
                at += stop;
                self.escaped = bytes[at] == b'\\';
                self.in_string = self.escaped;
            } else {
                match byte {
                    b'"' => self.in_string = true,
                    b'{' | b'[' => (self.depth, self.opened) = (self.depth + 1, true),
                    b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                    _ => {}
                }
            }
            at += 1;
        }
    }

    /// Whether brackets were opened, and all of them are closed.
    pub fn is_closed(&self) -> bool {
        self.opened && self.depth == 0 && !self.in_string
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn skips_strings_with_escapes() {
        let s = br#""a\"b\\" rest"#;
        assert_eq!(skip_string(s, 0), Some((8, true)));
        assert_eq!(skip_string(br#""open\"#, 0), None);
        let long = format!("\"{}\\n{}\\\\\" \"", "a".repeat(50), "\\\"".repeat(3));
        assert_eq!(
            skip_string(long.as_bytes(), 0),
            Some((long.len() - 2, true))
        );
    }

    #[test]
    fn a_value_is_followed_through_pieces() {
        let text = br#"{"a":"}]\"\\","b":[1,{"c":"\\"}]}"#;
        for cut in 0..=text.len() {
            let mut nesting = Nesting::of(&text[..cut]);
            assert_eq!(nesting.is_closed(), cut == text.len(), "{cut}");
            nesting.feed(&text[cut..]);
            assert!(nesting.is_closed(), "{cut}");
        }
        assert!(!Nesting::of(b"7").is_closed());
    }

    #[test]
    fn skips_whole_values() {
        for text in [
            r#"{"a":[1,{"b":"}]"}],"c":null}"#,
            "[]",
            "-1.5e9",
            r#""x""#,
            "true",
        ] {
            let padded = format!("{text},");
            assert_eq!(skip_value(padded.as_bytes(), 0), Some(text.len()), "{text}");
        }
        assert_eq!(skip_value(b"{\"a\":[", 0), None);
    }
}
