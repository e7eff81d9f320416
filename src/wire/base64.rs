//! Base64, as bodies and identifiers are carried in JSON.

/// Base64, either alphabet, with or without padding.
pub fn decode(digits: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut bits, mut have) = (0u32, 0);
    for b in digits {
        let value = match b {
            b'A'..=b'Z' => b - b'A',
            b'a'..=b'z' => b - b'a' + 26,
            b'0'..=b'9' => b - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            b'=' => break,
            b'\n' | b'\r' | b' ' => continue,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        have += 6;
        if have >= 8 {
            have -= 8;
            out.push((bits >> have) as u8);
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn either_alphabet_is_read() {
        assert_eq!(decode(b"aGk_").as_deref(), Some(&b"hi?"[..]));
        assert_eq!(decode(b"aGk/\n").as_deref(), Some(&b"hi?"[..]));
        assert_eq!(decode(b"aA==").as_deref(), Some(&b"h"[..]));
        assert_eq!(decode(b"a*"), None);
    }
}
