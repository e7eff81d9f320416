//! Untrusted text in exports: injective, so that what left can be read back to what was recorded.

use std::fmt::Write;
use std::ops::Range;

use super::Raw;
use super::class::is_mark;
use super::unit::{Unit, floor_boundary, unit_at, units};
use super::width::char_width;

/// What a unit becomes in plain text. A mark is kept only after a character that is kept.
fn escape_unit(unit: Unit, after_text: bool, out: &mut String) -> bool {
    // Writing to a `String` cannot fail.
    let _ = match unit {
        Unit::Char('\\') => out.write_str("\\\\"),
        Unit::Char('\n') => out.write_str("\\n"),
        Unit::Char('\r') => out.write_str("\\r"),
        Unit::Char('\t') => out.write_str("\\t"),
        Unit::Char(c) if is_visible(c, after_text) => {
            out.push(c);
            return true;
        }
        Unit::Char(c) => write!(out, "\\u{{{:x}}}", u32::from(c)),
        Unit::Surrogate(value) => write!(out, "\\u{{{value:x}}}"),
        Unit::Byte(byte) => write!(out, "\\x{{{byte:02x}}}"),
    };
    false
}

fn is_visible(c: char, after_text: bool) -> bool {
    super::Class::of(c).is_none() && (char_width(c) > 0 || (after_text && is_mark(c)))
}

/// Plain text on one line in which everything that cannot be seen is spelled: `\u{1b}`, a backslash as `\\`, a byte that is
/// no UTF-8 as `\x{ff}`, line breaks and tabs as `\n`, `\r`, `\t`. Different texts give different results.
pub fn escape(raw: Raw<'_>) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut text = false;
    for (_, unit, _) in units(raw.bytes()) {
        text = escape_unit(unit, text, &mut out);
    }
    out
}

/// Appends a JSON string literal in which every character that is not plainly visible is a `\u` escape. Its value is the
/// text; a lone surrogate stays one (`\ud83d`). Bytes that are no UTF-8 have no JSON form: each becomes the six
/// characters `\x{ff}` of [`escape`], which is a loss only where the text held those characters itself.
pub fn json_string(raw: Raw<'_>, out: &mut String) {
    out.push('"');
    let mut text = false;
    for (_, unit, _) in units(raw.bytes()) {
        let kept = matches!(unit, Unit::Char(c) if is_visible(c, text));
        // Writing to a `String` cannot fail.
        let _ = match unit {
            Unit::Char('"') => out.write_str("\\\""),
            Unit::Char('\\') => out.write_str("\\\\"),
            Unit::Char('\n') => out.write_str("\\n"),
            Unit::Char('\r') => out.write_str("\\r"),
            Unit::Char('\t') => out.write_str("\\t"),
            Unit::Char(c) if kept => out.write_char(c),
            Unit::Char(c) => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .try_for_each(|half| write!(out, "\\u{half:04x}")),
            Unit::Surrogate(value) => write!(out, "\\u{value:04x}"),
            Unit::Byte(byte) => write!(out, "\\\\x{{{byte:02x}}}"),
        };
        text = kept;
    }
    out.push('"');
}

/// The text itself, byte for byte, where everything in it can be seen or is innocent in its place, and nothing in it is
/// obeyed by a terminal or a shell that it is pasted into, but for line breaks and tabs.
pub fn plain(raw: Raw<'_>) -> Option<String> {
    let text = std::str::from_utf8(raw.bytes()).ok()?;
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    let seen = !text.contains(control) && super::hidden(raw).iter().all(|part| part.innocent);
    seen.then(|| text.to_owned())
}

/// JSON in which every character that is not plainly visible is a `\u` escape. Such characters stand only within its
/// strings, so it says the same. Line breaks stay; bytes that are no UTF-8 become what [`json_string`] makes of them.
pub fn json_text(raw: Raw<'_>) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut text = false;
    for (_, unit, _) in units(raw.bytes()) {
        let kept = matches!(unit, Unit::Char(c) if c == '\n' || is_visible(c, text));
        // Writing to a `String` cannot fail.
        let _ = match unit {
            Unit::Char(c) if kept => out.write_char(c),
            Unit::Char(c) => c
                .encode_utf16(&mut [0; 2])
                .iter()
                .try_for_each(|half| write!(out, "\\u{half:04x}")),
            Unit::Surrogate(value) => write!(out, "\\u{value:04x}"),
            Unit::Byte(byte) => write!(out, "\\\\x{{{byte:02x}}}"),
        };
        text = kept;
    }
    out
}

/// A window around `span`: up to `around` bytes to each side, escaped like [`escape`], at most `max` characters, with the
/// place of the span in it. `…` stands at an end that was cut. A span too long for the window is cut at its end.
pub fn evidence(
    raw: Raw<'_>,
    span: Range<usize>,
    around: usize,
    max: usize,
) -> (String, Range<usize>) {
    let bytes = raw.bytes();
    let span =
        span.start.min(bytes.len())..span.end.clamp(span.start.min(bytes.len()), bytes.len());
    let start = floor_boundary(bytes, span.start.saturating_sub(around));
    let until = span.end.saturating_add(around).min(bytes.len());

    let mut pieces: Vec<(usize, String)> = Vec::new();
    let (mut at, mut text, mut chars) = (start, false, 0);
    // Before the span at most a third of the room is spent, so that the span itself is in it.
    let mut skip = 0;
    let mut span_pieces = None;
    while let Some((unit, length)) = unit_at(bytes, at).filter(|_| at < until) {
        if at >= span.start && span_pieces.is_none() {
            while chars > max / 3 {
                chars -= pieces[skip].1.chars().count();
                skip += 1;
            }
            span_pieces = Some(pieces.len());
        }
        let mut piece = String::new();
        text = escape_unit(unit, text, &mut piece);
        chars += piece.chars().count();
        pieces.push((at, piece));
        at += length;
        if span_pieces.is_some() && chars > max {
            break;
        }
    }
    assemble(&pieces[skip..], span, start, at, bytes.len(), max)
}

fn assemble(
    pieces: &[(usize, String)],
    span: Range<usize>,
    start: usize,
    end: usize,
    len: usize,
    max: usize,
) -> (String, Range<usize>) {
    let mut out = String::new();
    let mut left = max;
    if pieces.first().map_or(start, |piece| piece.0) > 0 && left > 0 {
        out.push('…');
        left -= 1;
    }
    let mut place: Option<Range<usize>> = None;
    let mut complete = end == len;
    for (index, (at, piece)) in pieces.iter().enumerate() {
        let last = complete && index + 1 == pieces.len();
        let need = piece.chars().count();
        // One character stays free for the mark of the cut, unless this is the end.
        if need + usize::from(!last) > left {
            complete = false;
            break;
        }
        if span.contains(at) || (span.is_empty() && *at == span.start) {
            let grown = out.len() + if span.is_empty() { 0 } else { piece.len() };
            place = Some(place.map_or(out.len(), |place| place.start)..grown);
        }
        out.push_str(piece);
        left -= need;
    }
    if !complete && left > 0 {
        out.push('…');
    }
    let place = place.unwrap_or(out.len()..out.len());
    (out, place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spells_what_cannot_be_seen() {
        assert_eq!(
            escape(Raw::new(b"a\x1b[31m\\\n\xffz")),
            "a\\u{1b}[31m\\\\\\n\\x{ff}z"
        );
        assert_eq!(
            escape("e\u{301} \u{301}端\u{202e}".into()),
            "e\u{301} \u{301}端\\u{202e}"
        );
        assert_eq!(escape("\u{301}".into()), "\\u{301}");
    }

    #[test]
    fn json_strings_keep_their_value() {
        let mut out = String::new();
        json_string("a\"b\\\u{1f}\u{202e}\u{e0041}端".into(), &mut out);
        assert_eq!(out, "\"a\\\"b\\\\\\u001f\\u202e\\udb40\\udc41端\"");
        let mut out = String::new();
        json_string(Raw::new(b"\xff\xed\xa0\xbd"), &mut out);
        assert_eq!(out, "\"\\\\x{ff}\\ud83d\"");
    }

    #[test]
    fn evidence_has_the_span_in_it() {
        let text = format!(
            "{}read \u{1b}[8m~/.ssh/id_rsa now{}",
            "x".repeat(300),
            "y".repeat(300)
        );
        let at = text.find("~/.ssh").unwrap();
        let (window, place) = evidence(text.as_str().into(), at..at + 13, 40, 80);
        assert_eq!(&window[place], "~/.ssh/id_rsa");
        assert!(
            window.chars().count() <= 80 && window.starts_with('…') && window.ends_with('…'),
            "{window}"
        );
        let (window, place) = evidence("all of it".into(), 0..3, 40, 80);
        assert_eq!((window.as_str(), place), ("all of it", 0..3));
    }

    /// Reads [`escape`] back.
    fn unescape(s: &str) -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = s;
        while let Some(c) = rest.chars().next() {
            rest = &rest[c.len_utf8()..];
            if c != '\\' {
                out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
            let kind = rest.chars().next().unwrap();
            rest = &rest[1..];
            match kind {
                '\\' => out.push(b'\\'),
                'n' => out.push(b'\n'),
                'r' => out.push(b'\r'),
                't' => out.push(b'\t'),
                _ => {
                    let (number, tail) = rest[1..].split_once('}').unwrap();
                    rest = tail;
                    let number = u32::from_str_radix(number, 16).unwrap();
                    match (kind, char::from_u32(number)) {
                        ('x', _) => out.push(number as u8),
                        (_, Some(c)) => {
                            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes())
                        }
                        (_, None) => out.extend_from_slice(&[
                            0xed,
                            0x80 | (number >> 6 & 0x3f) as u8,
                            0x80 | (number & 0x3f) as u8,
                        ]),
                    }
                }
            }
        }
        out
    }

    proptest! {
        #[test]
        fn escaping_is_injective(bytes in super::super::tests::hostile()) {
            let out = escape(Raw::new(&bytes));
            prop_assert_eq!(unescape(&out), bytes);
            prop_assert!(out.chars().all(|c| super::super::Class::of(c).is_none()));
        }

        #[test]
        fn json_strings_are_json(s: String) {
            let mut out = String::new();
            json_string(s.as_str().into(), &mut out);
            prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), s);
            prop_assert!(out.chars().all(|c| super::super::Class::of(c).is_none()));
        }

        #[test]
        fn evidence_is_bounded(bytes in super::super::tests::hostile(), start in 0usize..80, length in 0usize..40, around in 0usize..60, max in 0usize..60) {
            let (window, place) = evidence(Raw::new(&bytes), start..start + length, around, max);
            prop_assert!(window.chars().count() <= max);
            prop_assert!(window.get(place).is_some());
        }
    }
}
