//! Text in base64, and what it says.

use std::ops::Range;

/// Shortest run of letters of the alphabet that is looked into: 24 letters are 18 bytes.
const SHORTEST: usize = 24;

/// Letter to value; 64 for what is no letter. Both alphabets at once (RFC 4648, 4 and 5).
const VALUES: [u8; 256] = {
    let mut table = [64; 256];
    let mut n = 0u8;
    while n < 26 {
        table[(b'A' + n) as usize] = n;
        table[(b'a' + n) as usize] = n + 26;
        n += 1;
    }
    n = 0;
    while n < 10 {
        table[(b'0' + n) as usize] = n + 52;
        n += 1;
    }
    table[b'+' as usize] = 62;
    table[b'-' as usize] = 62;
    table[b'/' as usize] = 63;
    table[b'_' as usize] = 63;
    table
};

/// What letters say, as far as they are letters.
pub fn decode(letters: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(letters.len() / 4 * 3 + 3);
    for four in letters.chunks(4) {
        let mut bits = 0u32;
        let mut count = 0;
        for letter in four {
            match VALUES[usize::from(*letter)] {
                64 => break,
                value => bits = bits << 6 | u32::from(value),
            }
            count += 1;
        }
        if count < 2 {
            break;
        }
        let bytes = (bits << (6 * (4 - count))).to_be_bytes();
        out.extend_from_slice(&bytes[1..count]);
        if count < 4 {
            break;
        }
    }
    out
}

/// Runs of a text that may be base64, with their padding, in order.
pub fn runs(text: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    // Every run that is long enough covers a place that is a multiple of its length: only those are looked at.
    let mut probe = SHORTEST - 1;
    let mut done = 0;
    while probe < text.len() {
        if !is_letter(text[probe]) {
            probe += SHORTEST;
            continue;
        }
        let back = text[done..probe]
            .iter()
            .rev()
            .take_while(|b| is_letter(**b));
        let start = probe - back.count();
        let ahead = text[probe..].iter().take_while(|b| is_letter(**b));
        let mut end = probe + ahead.count();
        if end - start >= SHORTEST {
            let padding = text[end..].iter().take(2).take_while(|b| **b == b'=');
            end += padding.count();
            found.push(start..end);
        }
        done = end;
        probe = end + SHORTEST - 1;
    }
    found
}

fn is_letter(byte: u8) -> bool {
    VALUES[usize::from(byte)] < 64
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes_both_alphabets() {
        assert_eq!(decode(b"aGVsbG8gd29ybGQ="), b"hello world");
        assert_eq!(decode(b"-_-_"), decode(b"+/+/"));
        assert_eq!(decode(b"aGVsbG8"), b"hello");
        assert_eq!(decode(b"!"), b"");
    }

    fn plainly(text: &[u8]) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let length = text[at..].iter().take_while(|b| is_letter(**b)).count();
            let end = at + length;
            if length >= SHORTEST {
                let padding = text[end..]
                    .iter()
                    .take(2)
                    .take_while(|b| **b == b'=')
                    .count();
                found.push(at..end + padding);
            }
            at = end + 1;
        }
        found
    }

    proptest! {
        #[test]
        fn no_run_is_missed(parts in prop::collection::vec((0usize..60, "[ =.]{1,3}"), 0..8)) {
            let text: String = parts.iter().map(|(n, gap)| "aB3/".repeat(*n)[..*n].to_string() + gap).collect();
            prop_assert_eq!(runs(text.as_bytes()), plainly(text.as_bytes()));
        }
    }
}
