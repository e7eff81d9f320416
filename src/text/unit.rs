//! Reading untrusted bytes one character at a time, without losing what is no character.

use super::Class;

/// One character, or what stands in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Char(char),
    /// A lone surrogate in its three-byte form.
    Surrogate(u16),
    /// A byte that is no part of a UTF-8 character.
    Byte(u8),
}

impl Unit {
    pub(super) fn class(self) -> Option<Class> {
        match self {
            Unit::Char(c) => Class::of(c),
            Unit::Surrogate(_) => Some(Class::Surrogate),
            Unit::Byte(_) => Some(Class::InvalidUtf8),
        }
    }

    pub(super) fn char(self) -> Option<char> {
        match self {
            Unit::Char(c) => Some(c),
            Unit::Surrogate(_) | Unit::Byte(_) => None,
        }
    }
}

/// The unit at `at` and its length in bytes; `None` at the end.
pub(super) fn unit_at(bytes: &[u8], at: usize) -> Option<(Unit, usize)> {
    let rest = bytes.get(at..)?;
    let first = *rest.first()?;
    if first < 0x80 {
        return Some((Unit::Char(char::from(first)), 1));
    }
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return Some((Unit::Byte(first), 1)),
    };
    if let Some(head) = rest.get(..length) {
        if let Some(c) = std::str::from_utf8(head)
            .ok()
            .and_then(|s| s.chars().next())
        {
            return Some((Unit::Char(c), length));
        }
        if let [0xed, second @ 0xa0..=0xbf, third @ 0x80..=0xbf] = *head {
            let value = 0xd000 | u16::from(second & 0x3f) << 6 | u16::from(third & 0x3f);
            return Some((Unit::Surrogate(value), 3));
        }
    }
    Some((Unit::Byte(first), 1))
}

/// The character that ends at `at`, if a valid one does.
pub(super) fn char_before(bytes: &[u8], at: usize) -> Option<char> {
    (1..=4.min(at)).find_map(|length| match unit_at(&bytes[..at], at - length)? {
        (Unit::Char(c), len) if len == length => Some(c),
        _ => None,
    })
}

/// Units with their offsets.
pub(super) fn units(bytes: &[u8]) -> impl Iterator<Item = (usize, Unit, usize)> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (unit, length) = unit_at(bytes, at)?;
        at += length;
        Some((at - length, unit, length))
    })
}

/// The largest offset up to `at` that does not cut a character in two.
pub(super) fn floor_boundary(bytes: &[u8], at: usize) -> usize {
    if at >= bytes.len() {
        return bytes.len();
    }
    (at.saturating_sub(3)..at)
        .find(|&start| {
            unit_at(bytes, start).is_some_and(|(_, length)| length > 1 && start + length > at)
        })
        .unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn surrogates_and_stray_bytes_stand_for_themselves() {
        let bytes = b"a\xed\xa0\xbd\xffz\xc3";
        let got: Vec<_> = units(bytes).map(|(_, unit, _)| unit).collect();
        assert_eq!(
            got,
            [
                Unit::Char('a'),
                Unit::Surrogate(0xd83d),
                Unit::Byte(0xff),
                Unit::Char('z'),
                Unit::Byte(0xc3)
            ]
        );
    }

    proptest! {
        #[test]
        fn units_cover_all_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let mut at = 0;
            for (start, _, length) in units(&bytes) {
                prop_assert_eq!(start, at);
                at += length;
            }
            prop_assert_eq!(at, bytes.len());
        }

        #[test]
        fn valid_text_reads_as_rust_reads_it(s in any::<String>(), cut in 0usize..80) {
            let got: String = units(s.as_bytes()).filter_map(|(_, unit, _)| unit.char()).collect();
            prop_assert_eq!(&got, &s);
            let at = floor_boundary(s.as_bytes(), cut);
            prop_assert!(s.is_char_boundary(at));
            prop_assert_eq!(char_before(s.as_bytes(), at), s[..at].chars().next_back());
        }
    }
}
