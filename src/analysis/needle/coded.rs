//! A text in base64 or hexadecimal: the characters that its encoding is sure to hold are looked for, then what stands
//! around them is decoded.

use super::{Found, Way};
use crate::analysis::signal::encoding::{base64, unhex};
use aho_corasick::{AhoCorasick, MatchKind};

/// Shortest text, in bytes: the encoding of less stands anywhere by chance.
const SHORTEST: usize = 4;

#[derive(Debug)]
pub struct Coded {
    finder: AhoCorasick,
    forms: Vec<Form>,
    any_case: bool,
}

/// One literal that gives an encoded text away.
#[derive(Debug)]
struct Form {
    way: Way,
    /// Bytes before the text in the group of three with which it begins.
    skipped: usize,
    /// Digits before the literal in the group of four.
    before: usize,
    /// Digits of all groups that the text touches.
    digits: usize,
    /// The text, as it is encoded.
    text: Vec<u8>,
}

impl Coded {
    pub fn new(text: &str, any_case: bool) -> Option<Coded> {
        let text = text.trim();
        if text.len() < SHORTEST {
            return None;
        }
        let mut spellings = vec![text.to_owned()];
        if any_case {
            let mut letters = text.chars();
            let first: String = letters.next()?.to_uppercase().collect();
            spellings.extend([text.to_uppercase(), first + letters.as_str()]);
            spellings.dedup();
        }
        let (mut literals, mut forms) = (Vec::new(), Vec::new());
        for spelling in &spellings {
            let wide: Vec<u8> = spelling.encode_utf16().flat_map(u16::to_le_bytes).collect();
            for (bytes, way) in [
                (spelling.as_bytes().to_vec(), Way::Base64),
                (wide, Way::WideBase64),
            ] {
                for skipped in 0..3 {
                    base64_forms(&bytes, skipped, way, &mut literals, &mut forms);
                }
            }
            for upper in [false, true] {
                let digits = |b: u8| match upper {
                    true => format!("{b:02X}"),
                    false => format!("{b:02x}"),
                };
                literals.push(
                    spelling
                        .bytes()
                        .map(digits)
                        .collect::<String>()
                        .into_bytes(),
                );
                forms.push(Form {
                    way: Way::Hex,
                    skipped: 0,
                    before: 0,
                    digits: spelling.len() * 2,
                    text: spelling.as_bytes().to_vec(),
                });
            }
        }
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostFirst)
            .ascii_case_insensitive(false)
            .build(&literals)
            .ok()?;
        Some(Coded {
            finder,
            forms,
            any_case,
        })
    }

    /// The next place where it might stand.
    pub fn next(&self, block: &[u8], at: usize) -> Option<usize> {
        let input = aho_corasick::Input::new(block).span(at..block.len());
        Some(self.finder.find(input)?.start())
    }

    pub fn find(&self, line: &[u8]) -> Option<Found> {
        let (mut at, mut run) = (0, HexRun::default());
        loop {
            let input = aho_corasick::Input::new(line).span(at..line.len());
            let hit = self.finder.find(input)?;
            let form = &self.forms[hit.pattern().as_usize()];
            if let Some(found) = self.confirm(line, hit.start(), form, &mut run) {
                return Some(found);
            }
            at = hit.start() + 1;
        }
    }

    /// Decodes what stands at a literal, and looks whether it is the text.
    fn confirm(&self, line: &[u8], at: usize, form: &Form, run: &mut HexRun) -> Option<Found> {
        let start = at.checked_sub(form.before)?;
        let end = (start + form.digits).min(line.len());
        let digits = &line[start..end];
        let decoded = match form.way {
            Way::Hex => {
                // Hexadecimal begins at an even digit of its run.
                let before = start - run.before(line, start);
                unhex(digits).filter(|_| before.is_multiple_of(2))?
            }
            _ => {
                let own = |b: &&u8| is_digit(**b);
                let before = line[..start].iter().rev().take(RUN).take_while(own).count();
                // A run that begins here tells its alignment; that of a longer one is not known.
                if before < RUN && !before.is_multiple_of(4) {
                    return None;
                }
                let length = digits.iter().take_while(own).count();
                base64(&digits[..length])?
            }
        };
        let text = decoded.get(form.skipped..form.skipped + form.text.len())?;
        let same = match self.any_case {
            true => text.eq_ignore_ascii_case(&form.text),
            false => text == form.text,
        };
        same.then(|| Found {
            range: start..end,
            ways: vec![form.way],
        })
    }
}

/// The run of hexadecimal digits that ends at a place. It is carried from hit to hit, so that a line in which all digits
/// are one run is gone through once, not once a hit.
#[derive(Default)]
struct HexRun {
    start: usize,
    end: usize,
}

impl HexRun {
    /// Where the run begins that ends at `at`, which is not before the place asked for last.
    fn before(&mut self, line: &[u8], at: usize) -> usize {
        let new = line.get(self.end..at).unwrap_or_default();
        if let Some(other) = new.iter().rposition(|b| !b.is_ascii_hexdigit()) {
            self.start = self.end + other + 1;
        }
        self.end = at;
        self.start
    }
}

/// How far the beginning of a run of digits is looked for.
const RUN: usize = 4096;

fn is_digit(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_')
}

/// The digits that stand whatever comes before and behind the text, in both alphabets.
fn base64_forms(
    text: &[u8],
    skipped: usize,
    way: Way,
    literals: &mut Vec<Vec<u8>>,
    forms: &mut Vec<Form>,
) {
    let bits = |bytes: usize| bytes * 8;
    let first = bits(skipped).div_ceil(6);
    let last = bits(skipped + text.len()) / 6;
    let all = bits(skipped + text.len()).div_ceil(6);
    let byte = |n: usize| n.checked_sub(skipped).and_then(|n| text.get(n)).copied();
    let digit = |n: usize| {
        (0..6).fold(0usize, |value, bit| {
            let at = n * 6 + bit;
            value << 1 | usize::from(byte(at / 8).unwrap_or(0) >> (7 - at % 8) & 1)
        })
    };
    for ends in [b"+/", b"-_"] {
        let literal: Vec<u8> = (first..last)
            .map(|n| match digit(n) {
                n @ 0..26 => b'A' + n as u8,
                n @ 26..52 => b'a' + (n - 26) as u8,
                n @ 52..62 => b'0' + (n - 52) as u8,
                n => ends[n - 62],
            })
            .collect();
        if literals.last() == Some(&literal) {
            continue;
        }
        literals.push(literal);
        forms.push(Form {
            way,
            skipped,
            before: first,
            digits: all,
            text: text.to_vec(),
        });
    }
}
