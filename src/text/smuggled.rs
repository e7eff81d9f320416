//! Text that was hidden in characters which cannot be seen, read back.

use super::unit::units;
use super::{Class, Hidden, Raw, RawBuf};

/// Hidden characters that are read as one message: more than any prompt, and a bound on the work.
const MESSAGE: usize = 1 << 20;
/// Characters that carry one bit each and may be no accident.
const BITS: usize = 16;

/// What a run of one class carries, if it reads as text.
pub(super) fn decode(class: Class, run: &[u8]) -> Option<RawBuf> {
    let chars = || {
        units(run)
            .filter_map(|(_, unit, _)| unit.char())
            .take(MESSAGE)
    };
    match class {
        Class::Tag => tags(chars()),
        Class::VariationSelector => selectors(&chars().collect::<Vec<_>>()),
        Class::ZeroWidth => bits(&chars().collect::<Vec<_>>()),
        _ => None,
    }
}

/// U+E0020–E007E are ASCII, moved.
fn tags(chars: impl Iterator<Item = char>) -> Option<RawBuf> {
    let text: Vec<u8> = chars
        .filter_map(|c| u8::try_from(u32::from(c).checked_sub(0xe0000)?).ok())
        .filter(|b| (0x20..0x7f).contains(b))
        .collect();
    (!text.is_empty()).then(|| text.into())
}

/// The bytes of a run of selectors: VS1 is 0 and VS256 is 255, as Paul Butler's "Smuggling arbitrary data through an
/// emoji" (2025) has it; or the supplement alone counted from 0; or a nibble in each of the first sixteen; or a bit in
/// each of two.
fn selectors(chars: &[char]) -> Option<RawBuf> {
    if chars.len() < 2 {
        return None;
    }
    let values: Vec<u32> = chars
        .iter()
        .map(|&c| match u32::from(c) {
            n @ 0xfe00..=0xfe0f => n - 0xfe00,
            n @ 0xe0100..=0xe01ef => n - 0xe0100 + 16,
            _ => u32::MAX,
        })
        .collect();
    let bytes = |shift: u32| -> Option<Vec<u8>> {
        values
            .iter()
            .map(|&value| u8::try_from(value.checked_sub(shift)?).ok())
            .collect()
    };
    let nibbles = || -> Option<Vec<u8>> {
        let small = values.len().is_multiple_of(2) && values.iter().all(|&value| value < 16);
        small.then(|| {
            values
                .chunks_exact(2)
                .filter_map(|two| u8::try_from(two[0] << 4 | two[1]).ok())
                .collect()
        })
    };
    [bytes(0), bytes(16), nibbles()]
        .into_iter()
        .flatten()
        .find(|text| is_text(text))
        .map(RawBuf::from)
        .or_else(|| bits(chars))
}

/// Two different characters as bits, most significant first; with a third one between the letters, if there is one.
fn bits(chars: &[char]) -> Option<RawBuf> {
    let mut kinds: Vec<char> = Vec::new();
    for &c in chars {
        if !kinds.contains(&c) {
            kinds.push(c);
        }
        if kinds.len() > 3 {
            return None;
        }
    }
    kinds.sort_unstable();
    match kinds[..] {
        [low, high] => [(low, high), (high, low)]
            .into_iter()
            .find_map(|(zero, one)| {
                [8, 7]
                    .into_iter()
                    .find_map(|size| fixed(chars, zero, one, size))
            }),
        [a, b, c] => [
            (a, b, c),
            (a, c, b),
            (b, a, c),
            (b, c, a),
            (c, a, b),
            (c, b, a),
        ]
        .into_iter()
        .find_map(|(zero, one, gap)| separated(chars, zero, one, gap)),
        _ => None,
    }
}

fn fixed(chars: &[char], zero: char, one: char, size: usize) -> Option<RawBuf> {
    if chars.len() < 2 * size || !chars.len().is_multiple_of(size) {
        return None;
    }
    let text: Option<Vec<u8>> = chars
        .chunks_exact(size)
        .map(|letter| u8::try_from(number(letter, zero, one)?).ok())
        .collect();
    text.filter(|text| is_text(text)).map(RawBuf::from)
}

fn separated(chars: &[char], zero: char, one: char, gap: char) -> Option<RawBuf> {
    let letters = chars
        .split(|&c| c == gap)
        .filter(|letter| !letter.is_empty());
    let text: Option<String> = letters
        .map(|letter| char::from_u32(number(letter, zero, one)?))
        .collect();
    text.filter(|text| text.chars().count() >= 2 && is_text(text.as_bytes()))
        .map(|text| RawBuf::from(text.as_str()))
}

fn number(letter: &[char], zero: char, one: char) -> Option<u32> {
    if letter.len() > 21 {
        return None;
    }
    letter.iter().try_fold(0, |value, &c| match c {
        _ if c == zero => Some(value << 1),
        _ if c == one => Some(value << 1 | 1),
        _ => None,
    })
}

/// Valid UTF-8 of characters that can be seen, spaces and line breaks.
fn is_text(bytes: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return false;
    };
    let mut letters = 0;
    for c in text.chars() {
        match Class::of(c) {
            None => letters += usize::from(c.is_alphanumeric()),
            Some(Class::Control) if c.is_ascii_whitespace() => {}
            Some(_) => return false,
        }
    }
    letters * 2 >= text.chars().count()
}

/// Reads what is spread over a text, one hidden character here and one there, and says so at the first of them. Emoji
/// selectors that spell something are no longer innocent.
pub(super) fn decode_scattered(raw: Raw<'_>, list: &mut [Hidden]) {
    gather_tags(list);
    for class in [Class::ZeroWidth, Class::VariationSelector] {
        let parts = || {
            list.iter()
                .enumerate()
                .filter(move |(_, hidden)| hidden.class == class)
        };
        let innocents_only = parts().all(|(_, hidden)| hidden.innocent);
        // Joiners of a script carry no message; the two emoji styles can.
        if parts().any(|(_, hidden)| hidden.decoded.is_some())
            || (innocents_only && class == Class::ZeroWidth)
        {
            continue;
        }
        let counted: Vec<usize> = parts()
            .filter(|(_, h)| innocents_only || !h.innocent)
            .map(|(at, _)| at)
            .collect();
        if counted.len() < 2 {
            continue;
        }
        let chars: Vec<char> = counted
            .iter()
            .flat_map(|&at| units(&raw.bytes()[list[at].range.clone()]))
            .filter_map(|(_, unit, _)| unit.char().filter(|&c| Class::of(c) == Some(class)))
            .take(MESSAGE)
            .collect();
        let decoded = if innocents_only {
            message(&chars)
        } else {
            bits(&chars).or_else(|| selectors_of(class, &chars))
        };
        if let (Some(decoded), Some(&first)) = (decoded, counted.first()) {
            list[first].decoded = Some(decoded);
            for at in counted {
                list[at].innocent = false;
            }
        }
    }
}

/// Tags between the letters of a text: all of them at the first.
fn gather_tags(list: &mut [Hidden]) {
    let loud = |hidden: &Hidden| hidden.class == Class::Tag && !hidden.innocent;
    let all: Vec<u8> = list
        .iter()
        .filter(|hidden| loud(hidden))
        .filter_map(|hidden| hidden.decoded.as_ref())
        .flat_map(|decoded| decoded.as_raw().bytes().to_vec())
        .collect();
    if let Some(first) = list
        .iter_mut()
        .find(|hidden| loud(hidden))
        .filter(|_| !all.is_empty())
    {
        first.decoded = Some(all.into());
    }
}

fn message(chars: &[char]) -> Option<RawBuf> {
    if chars.len() < BITS {
        None
    } else {
        bits(chars)
    }
}

fn selectors_of(class: Class, chars: &[char]) -> Option<RawBuf> {
    if class == Class::VariationSelector {
        selectors(chars)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spell(text: &str, zero: char, one: char, size: u32) -> Vec<char> {
        text.bytes()
            .flat_map(|b| {
                (0..size)
                    .rev()
                    .map(move |n| if b >> n & 1 == 1 { one } else { zero })
            })
            .collect()
    }

    #[test]
    fn bits_are_read_in_either_polarity_and_size() {
        for (zero, one) in [('\u{200b}', '\u{200c}'), ('\u{200d}', '\u{200b}')] {
            for size in [7, 8] {
                assert_eq!(
                    bits(&spell("curl it", zero, one, size)),
                    Some(RawBuf::from("curl it")),
                    "{size}"
                );
            }
        }
        let mut gaps = Vec::new();
        for letter in "read".chars() {
            gaps.extend(
                format!("{:b}", u32::from(letter))
                    .chars()
                    .map(|b| if b == '1' { '\u{200c}' } else { '\u{200b}' }),
            );
            gaps.push('\u{200d}');
        }
        assert_eq!(bits(&gaps), Some(RawBuf::from("read")));
    }

    #[test]
    fn noise_is_not_read() {
        assert_eq!(bits(&['\u{200b}'; 64]), None);
        assert_eq!(
            bits(&spell("\u{1}\u{2}\u{3}", '\u{200b}', '\u{200c}', 8)),
            None
        );
        assert_eq!(selectors(&['\u{fe0f}']), None);
    }

    #[test]
    fn selectors_are_read_as_bytes_and_nibbles() {
        let bytes: Vec<char> = "notes"
            .bytes()
            .filter_map(|b| char::from_u32(0xe0100 - 16 + u32::from(b)))
            .collect();
        assert_eq!(selectors(&bytes), Some(RawBuf::from("notes")));
        let shifted: Vec<char> = "日本"
            .bytes()
            .filter_map(|b| char::from_u32(0xe0100 + u32::from(b)))
            .collect();
        assert_eq!(selectors(&shifted), Some(RawBuf::from("日本")));
        let nibbles: Vec<char> = "go"
            .bytes()
            .flat_map(|b| [b >> 4, b & 15])
            .filter_map(|n| char::from_u32(0xfe00 + u32::from(n)))
            .collect();
        assert_eq!(selectors(&nibbles), Some(RawBuf::from("go")));
    }
}
