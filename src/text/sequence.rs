//! Terminal escape sequences: where one ends, and how it is written down.
//!
//! Ends are found as a terminal finds them (ECMA-48 and the state machine of <https://vt100.net/emu/dec_ansi_parser>):
//! controls inside a sequence do not end it, CAN and SUB break it off, and an ESC begins the next one.

use unicode_segmentation::UnicodeSegmentation;

use super::Class;
use super::unit::{Unit, unit_at, units};
use super::width::char_width;

const ESC: u8 = 0x1b;
const CAN: u8 = 0x18;
const SUB: u8 = 0x1a;
const BEL: u8 = 0x07;
/// Bytes of sequences that a chip spells out.
const DESCRIBED: usize = 96;

/// The length of the sequence that starts at the head of `bytes` (an ESC or a C1 control). A string sequence without an
/// end is only as long as its introducer, so that what it would swallow stays readable.
pub(super) fn length(bytes: &[u8]) -> usize {
    match unit_at(bytes, 0) {
        Some((Unit::Char('\u{1b}'), _)) => escape(bytes),
        Some((Unit::Char(c), len)) => after_introducer(bytes, len, c),
        Some((_, len)) => len,
        None => 0,
    }
}

/// What follows a C1 control, or the two-byte form of one.
fn after_introducer(bytes: &[u8], at: usize, introducer: char) -> usize {
    match introducer {
        '\u{9b}' => control_sequence(bytes, at),
        '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => string(bytes, at),
        _ => at,
    }
}

fn escape(bytes: &[u8]) -> usize {
    let mut at = skip_controls(bytes, 1);
    while matches!(bytes.get(at), Some(0x20..=0x2f)) {
        at = skip_controls(bytes, at + 1);
    }
    match bytes.get(at) {
        Some(b'[') => control_sequence(bytes, at + 1),
        Some(b']' | b'P' | b'X' | b'^' | b'_') => string(bytes, at + 1),
        Some(0x30..=0x7e | &CAN | &SUB) => at + 1,
        _ => at,
    }
}

fn control_sequence(bytes: &[u8], start: usize) -> usize {
    let mut at = skip_controls(bytes, start);
    while matches!(bytes.get(at), Some(0x20..=0x3f)) {
        at = skip_controls(bytes, at + 1);
    }
    match bytes.get(at) {
        Some(0x40..=0x7e | &CAN | &SUB) => at + 1,
        _ => at,
    }
}

/// Controls that a terminal obeys in the middle of a sequence. Line breaks and tabs end it for us: what follows them is
/// text to a person.
fn skip_controls(bytes: &[u8], start: usize) -> usize {
    let skipped = bytes[start.min(bytes.len())..]
        .iter()
        .take_while(|&&b| {
            matches!(b, 0..=0x08 | 0x0b..=0x17 | 0x19 | 0x1c..=0x1f | 0x7f) && b != b'\r'
        })
        .count();
    start + skipped
}

fn string(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    while let Some(offset) = bytes[at..]
        .iter()
        .position(|&b| matches!(b, ESC | BEL | CAN | SUB | 0xc2))
    {
        at += offset;
        match (bytes[at], bytes.get(at + 1)) {
            (ESC, Some(b'\\')) => return at + 2,
            (ESC, _) => return at,
            (0xc2, Some(0x9c)) => return at + 2,
            (0xc2, Some(0x80..=0x9f)) => return at,
            (0xc2, _) => at += 1,
            _ => return at + 1,
        }
    }
    start
}

/// A run of sequences as text for a chip: `ESC[31m`, `ESC]0;title BEL`, `ESC ×100`.
pub(super) fn describe(bytes: &[u8], ascii: bool) -> String {
    let equal = bytes.iter().take_while(|&&b| b == ESC).count();
    if equal == bytes.len() && equal > 1 {
        return format!("ESC {}{equal}", if ascii { "x" } else { "×" });
    }
    quote(bytes, DESCRIBED, ascii)
}

/// Hostile text inside a chip: what can be seen as it is, controls by name, everything else as `\u{…}`; shortened to
/// about `max` characters of the original.
pub(super) fn quote(bytes: &[u8], max: usize, ascii: bool) -> String {
    let mut out = String::new();
    let mut after_name = false;
    for (taken, (at, unit, _)) in units(bytes).enumerate() {
        if taken == max {
            let left = bytes.len() - at;
            out.push_str(&if ascii {
                format!("... +{left} bytes")
            } else {
                format!("… +{left} bytes")
            });
            break;
        }
        match unit {
            Unit::Char(c) if plain(c) => {
                // The introducer's second byte belongs to its ESC; after another name a gap keeps them apart.
                if after_name && c.is_ascii_alphanumeric() {
                    out.push(' ');
                }
                after_name = false;
                out.push(c);
            }
            Unit::Char('\0'..='\u{1f}' | '\u{7f}'..='\u{9f}') => {
                if !out.is_empty() && !out.ends_with(' ') {
                    out.push(' ');
                }
                out.push_str(&super::chip::label(unit));
                after_name = true;
            }
            Unit::Char(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            Unit::Surrogate(value) => out.push_str(&format!("\\u{{{value:x}}}")),
            Unit::Byte(byte) => out.push_str(&format!("\\x{{{byte:02x}}}")),
        }
    }
    out
}

/// Whether a character shows itself wherever it stands, joining neither the one before nor the one after.
fn plain(c: char) -> bool {
    c.is_ascii_graphic()
        || c == ' '
        || (Class::of(c).is_none()
            && char_width(c) > 0
            && ['a', c, 'a']
                .iter()
                .collect::<String>()
                .graphemes(true)
                .count()
                == 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(s: &str) -> &str {
        &s[..length(s.as_bytes())]
    }

    #[test]
    fn ends_where_a_terminal_ends_it() {
        assert_eq!(ends("\u{1b}[31mred"), "\u{1b}[31m");
        assert_eq!(ends("\u{1b}\0[31mred"), "\u{1b}\0[31m");
        assert_eq!(ends("\u{1b}[31\u{18}m"), "\u{1b}[31\u{18}");
        assert_eq!(ends("\u{1b}]0;title\u{7}rest"), "\u{1b}]0;title\u{7}");
        assert_eq!(ends("\u{1b}]2;title\u{1b}\\rest"), "\u{1b}]2;title\u{1b}\\");
        assert_eq!(ends("\u{9d}0;x\u{9c}y"), "\u{9d}0;x\u{9c}");
        assert_eq!(ends("\u{9b}2Jx"), "\u{9b}2J");
        assert_eq!(ends("\u{1b}(0lqk"), "\u{1b}(0");
        assert_eq!(ends("\u{1b}\u{1b}[31m"), "\u{1b}");
        assert_eq!(ends("\u{1b}[38;5;"), "\u{1b}[38;5;");
        assert_eq!(ends("\u{1b}\u{301}[31m"), "\u{1b}");
        assert_eq!(ends("\u{85}b"), "\u{85}");
    }

    #[test]
    fn an_endless_string_swallows_nothing() {
        assert_eq!(ends("\u{1b}]0;all of this stays readable"), "\u{1b}]");
        assert_eq!(
            ends("\u{1b}Ptmux;\u{1b}\u{1b}]52;c;eA==\u{7}"),
            "\u{1b}Ptmux;"
        );
    }

    #[test]
    fn payloads_are_spelled() {
        assert_eq!(describe("\u{1b}[31m".as_bytes(), false), "ESC[31m");
        assert_eq!(describe("\u{1b}]0;x\u{7}".as_bytes(), false), "ESC]0;x BEL");
        assert_eq!(
            describe("\u{1b}]0;\u{202e}\u{7}".as_bytes(), false),
            "ESC]0;\\u{202e} BEL"
        );
        assert_eq!(describe(&[ESC; 9], false), "ESC ×9");
        assert!(describe(&[b'a'; 1000], true).ends_with("... +904 bytes"));
    }
}
