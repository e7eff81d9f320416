//! What a chip says.

use super::sequence;
use super::unit::{Unit, units};
use super::{Class, Hidden};

/// Characters of decoded or quoted text that a chip gives at most.
const QUOTED: usize = 400;
/// Groups of equal characters that a chip spells out before it says how many more there are.
const GROUPS: usize = 8;

/// The text of the chip for `hidden`, whose bytes are `bytes`, brackets included.
pub(super) fn text(hidden: &Hidden, bytes: &[u8], ascii: bool) -> String {
    let times = if ascii { "x" } else { "×" };
    let inner = match (&hidden.decoded, hidden.class) {
        (Some(decoded), class) => {
            let decoded = sequence::quote(decoded.as_raw().bytes(), QUOTED, ascii);
            match class {
                Class::Tag if hidden.innocent => format!("flag {decoded}"),
                Class::Tag => format!("TAG \"{decoded}\""),
                Class::VariationSelector => format!("VS {times}{} \"{decoded}\"", hidden.count),
                _ => format!("{} zero-width \"{decoded}\"", hidden.count),
            }
        }
        (None, Class::Escape) => sequence::describe(bytes, ascii),
        (None, Class::Combining) if hidden.count > 1 => format!("+{} marks", hidden.count),
        (None, Class::Spaces) => spaces(bytes),
        _ => spell(bytes, times),
    };
    brackets(&inner, ascii)
}

pub(super) fn brackets(inner: &str, ascii: bool) -> String {
    if ascii {
        format!("<{inner}>")
    } else {
        format!("⟨{inner}⟩")
    }
}

fn spaces(bytes: &[u8]) -> String {
    let breaks = memchr::memchr_iter(b'\n', bytes).count();
    match breaks {
        0 if bytes.contains(&b'\t') => format!("{} spaces and tabs", bytes.len()),
        0 => format!("{} spaces", bytes.len()),
        _ => format!("{breaks} line breaks"),
    }
}

/// Names in order, equal ones counted: `ZWSP ×12 ZWNJ`.
fn spell(bytes: &[u8], times: &str) -> String {
    let mut groups: Vec<(Unit, usize)> = Vec::new();
    let mut left = 0;
    for (_, unit, _) in units(bytes) {
        let full = groups.len() == GROUPS;
        match groups.last_mut() {
            Some((last, count)) if *last == unit && left == 0 => *count += 1,
            _ if full => left += 1,
            _ => groups.push((unit, 1)),
        }
    }
    let mut out: Vec<String> = groups
        .into_iter()
        .map(|(unit, count)| match count {
            1 => label(unit),
            _ => format!("{} {times}{count}", label(unit)),
        })
        .collect();
    if left > 0 {
        out.push(format!("+{left} more"));
    }
    out.join(" ")
}

/// What one unit is called: its abbreviation in Unicode's alias list where it has one, else its number.
pub(super) fn label(unit: Unit) -> String {
    match unit {
        Unit::Byte(byte) => format!("0x{byte:02X}"),
        Unit::Surrogate(value) => format!("U+{value:04X}"),
        Unit::Char(c) => match (name(c), Class::of(c)) {
            (Some(name), Some(Class::Bidi)) => format!("U+{:04X} {name}", u32::from(c)),
            (Some(name), _) => name.to_owned(),
            (None, Some(Class::VariationSelector)) => variation(c),
            (None, _) => format!("U+{:04X}", u32::from(c)),
        },
    }
}

fn variation(c: char) -> String {
    match u32::from(c) {
        n @ 0xfe00..=0xfe0f => format!("VS{}", n - 0xfe00 + 1),
        n @ 0xe0100..=0xe01ef => format!("VS{}", n - 0xe0100 + 17),
        n @ 0x180b..=0x180d => format!("FVS{}", n - 0x180b + 1),
        _ => "FVS4".to_owned(),
    }
}

/// C0 controls by number.
const C0: [&str; 32] = [
    "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "TAB", "LF", "VT", "FF", "CR",
    "SO", "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC",
    "FS", "GS", "RS", "US",
];

/// C1 controls from U+0080 on.
const C1: [&str; 32] = [
    "PAD", "HOP", "BPH", "NBH", "IND", "NEL", "SSA", "ESA", "HTS", "HTJ", "VTS", "PLD", "PLU",
    "RI", "SS2", "SS3", "DCS", "PU1", "PU2", "STS", "CCH", "MW", "SPA", "EPA", "SOS", "SGC", "SCI",
    "CSI", "ST", "OSC", "PM", "APC",
];

/// Abbreviations of Unicode's NameAliases.txt, and of usage where that has none.
fn name(c: char) -> Option<&'static str> {
    Some(match c {
        '\0'..='\u{1f}' => C0[c as usize],
        '\u{7f}' => "DEL",
        '\u{80}'..='\u{9f}' => C1[c as usize - 0x80],
        '\u{a0}' => "NBSP",
        '\u{ad}' => "SHY",
        '\u{34f}' => "CGJ",
        '\u{61c}' => "ALM",
        '\u{115f}' => "HCF",
        '\u{1160}' => "HJF",
        '\u{180e}' => "MVS",
        '\u{2000}' | '\u{2002}' => "EN SP",
        '\u{2001}' | '\u{2003}' => "EM SP",
        '\u{2007}' => "FIGURE SP",
        '\u{2008}' => "PUNCT SP",
        '\u{2009}' => "THIN SP",
        '\u{200a}' => "HAIR SP",
        '\u{200b}' => "ZWSP",
        '\u{200c}' => "ZWNJ",
        '\u{200d}' => "ZWJ",
        '\u{200e}' => "LRM",
        '\u{200f}' => "RLM",
        '\u{2028}' => "LSEP",
        '\u{2029}' => "PSEP",
        '\u{202a}' => "LRE",
        '\u{202b}' => "RLE",
        '\u{202c}' => "PDF",
        '\u{202d}' => "LRO",
        '\u{202e}' => "RLO",
        '\u{202f}' => "NNBSP",
        '\u{205f}' => "MMSP",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{3000}' => "IDSP",
        '\u{3164}' => "HF",
        '\u{ffa0}' => "HWHF",
        '\u{fffc}' => "OBJ",
        '\u{fffd}' => "U+FFFD",
        '\u{feff}' => "BOM",
        '\u{1f3fb}' => "skin tone 1-2",
        '\u{1f3fc}' => "skin tone 3",
        '\u{1f3fd}' => "skin tone 4",
        '\u{1f3fe}' => "skin tone 5",
        '\u{1f3ff}' => "skin tone 6",
        _ => return None,
    })
}
