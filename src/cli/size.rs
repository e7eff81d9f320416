//! Sizes on the command line.

/// Smallest part of a recording: below, its parts would be mostly their first lines.
const SMALLEST: u64 = 64 << 10;

/// The size of a part of a recording in bytes, as `500M`.
pub fn of_part(word: &str) -> Result<u64, String> {
    let unit = |end: char| match end.to_ascii_uppercase() {
        'K' => Some(1 << 10),
        'M' => Some(1 << 20),
        'G' => Some(1u64 << 30),
        _ => None,
    };
    let (digits, unit) = match word.chars().next_back().and_then(unit) {
        Some(unit) => (&word[..word.len() - 1], unit),
        None => (word, 1),
    };
    let bytes = digits.parse::<u64>().ok().and_then(|n| n.checked_mul(unit));
    match bytes {
        Some(bytes) if bytes >= SMALLEST => Ok(bytes),
        Some(_) => Err("a part of a recording has at least 64K".into()),
        None => Err("a size is a number of bytes, with K, M or G behind it if you like".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_units() {
        assert_eq!(of_part("65536"), Ok(65_536));
        assert_eq!(of_part("100K"), Ok(102_400));
        assert_eq!(of_part("2g"), Ok(2 << 30));
        for wrong in ["", "M", "x", "1", "-5M", "99999999999G"] {
            assert!(of_part(wrong).is_err(), "{wrong}");
        }
    }
}
