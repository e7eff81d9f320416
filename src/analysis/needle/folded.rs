//! A text in disguise: escapes undone, characters without width dropped, letters folded to what they look like; and
//! what is hidden in characters that cannot be seen.

use super::unescape::{Unescaped, hex};
use super::{Found, Way};
use crate::analysis::signal::plain::Plain;
use crate::text::{self, Class, Raw};
use memchr::memmem;

/// Bytes that are folded at a time, and how much of one piece is in the next.
const PIECE: usize = 64 << 10;
const OVERLAP: usize = 8 << 10;

#[derive(Debug)]
pub struct Folded {
    finder: memmem::Finder<'static>,
    is_ascii: bool,
}

/// Gives the next place from a byte on at which a letter could be disguised.
pub type Hint = fn(&[u8], usize) -> Option<usize>;

/// What could disguise a letter.
pub static HINTS: [Hint; 5] = [escape, hex_escape, percent, entity, beyond];

impl Folded {
    pub fn new(text: &str) -> Folded {
        let folded = Plain::of(Raw::from(text.trim())).text;
        Folded {
            is_ascii: text.is_ascii(),
            finder: memmem::Finder::new(folded.as_bytes()).into_owned(),
        }
    }

    /// The first place in a line, which is looked at in pieces, and only in those that could disguise something.
    pub fn find(&self, line: &[u8]) -> Option<Found> {
        let mut at = 0;
        loop {
            let end = line.len().min(at + PIECE);
            let piece = &line[at..end];
            if HINTS.iter().any(|hint| hint(piece, 0).is_some())
                && let Some(mut found) = self.find_in(piece)
            {
                found.range = found.range.start + at..found.range.end + at;
                return Some(found);
            }
            if end == line.len() {
                return None;
            }
            at = end - OVERLAP;
        }
    }

    fn find_in(&self, piece: &[u8]) -> Option<Found> {
        let unescaped = Unescaped::of(piece);
        let raw = Raw::new(&unescaped.bytes);
        let source = |range: std::ops::Range<usize>| {
            let (start, end) = (unescaped.source(range.start), unescaped.source(range.end));
            start..end.max(start)
        };
        let plain = Plain::of(raw);
        if let Some(at) = self.finder.find(plain.text.as_bytes()) {
            // What stands behind the last letter and cannot be seen is not part of it.
            let last = plain.source(at + self.finder.needle().len() - 1..plain.text.len());
            let start = plain.source(at..at + 1).start;
            let end = last.start + char_len(&unescaped.bytes[last.start..]);
            let range = source(start..end);
            let seen = &unescaped.bytes[start..end];
            let ways = self.ways(seen, &piece[range.clone()]);
            return Some(Found { range, ways });
        }
        if !text::has_hidden(raw) {
            return None;
        }
        let hidden = text::hidden(raw).into_iter().find_map(|hidden| {
            let said = hidden.decoded.as_ref()?;
            let said = Plain::of(said.as_raw()).text;
            self.finder.find(said.as_bytes())?;
            let way = match hidden.class {
                Class::Tag => Way::Tags,
                Class::VariationSelector => Way::Selectors,
                _ => Way::ZeroWidthBits,
            };
            Some((hidden.range, way))
        });
        let (range, way) = hidden?;
        let decoded_len = range.len();
        let range = source(range);
        let mut ways = vec![way];
        if range.len() != decoded_len {
            ways.insert(0, Way::Escapes);
        }
        Some(Found { range, ways })
    }

    /// How it is written there: `seen` is without escapes, `written` with them.
    fn ways(&self, seen: &[u8], written: &[u8]) -> Vec<Way> {
        let mut ways = Vec::new();
        if written != seen {
            let backslashes = memchr::memchr2(b'\\', b'&', written).is_some();
            if backslashes {
                ways.push(Way::Escapes);
            }
            if percent(written, 0).is_some() || !backslashes {
                ways.push(Way::Percent);
            }
        }
        let text = String::from_utf8(seen.to_vec()).unwrap_or_default();
        let unseen = |c: char| Class::of(c).is_some_and(|_| !c.is_whitespace());
        if text.chars().any(unseen) {
            ways.push(Way::Split);
        }
        let stranger = |c: char| !c.is_ascii() && !unseen(c);
        if self.is_ascii && text.chars().any(stranger) || ways.is_empty() {
            ways.push(Way::LookAlike);
        }
        ways
    }
}

fn char_len(bytes: &[u8]) -> usize {
    match bytes.first() {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => 1,
        None => 0,
    }
    .min(bytes.len())
}

/// Whether a character could stand in the place of a letter, hide one or stand between two.
fn tells(code: u32) -> bool {
    matches!(code,
        0x20..=0x7e | 0xad | 0x34f | 0x370..=0x58f | 0x61c | 0x180b..=0x180f | 0x200b..=0x200f | 0x202a..=0x202e
        | 0x2060..=0x206f | 0x24b6..=0x24e9 | 0xd835 | 0xdb40 | 0xfe00..=0xfe0f | 0xfeff | 0xff01..=0xff5e)
}

fn escape(bytes: &[u8], at: usize) -> Option<usize> {
    let mut found = memmem::find_iter(&bytes[at..], br"\u").map(|n| at + n);
    found.find(|n| hex(bytes, n + 2, 4).is_some_and(tells))
}

fn hex_escape(bytes: &[u8], at: usize) -> Option<usize> {
    let mut found = memmem::find_iter(&bytes[at..], br"\x").map(|n| at + n);
    found.find(|n| hex(bytes, n + 2, 2).is_some())
}

fn percent(bytes: &[u8], at: usize) -> Option<usize> {
    let mut found = memchr::memchr_iter(b'%', &bytes[at..]).map(|n| at + n);
    found.find(|n| hex(bytes, n + 1, 2).is_some())
}

fn entity(bytes: &[u8], at: usize) -> Option<usize> {
    memmem::find(&bytes[at..], b"&#").map(|n| at + n)
}

/// The next character beyond ASCII that tells; letters of most scripts do not.
fn beyond(bytes: &[u8], at: usize) -> Option<usize> {
    const STEP: usize = 256;
    let mut at = at;
    while at < bytes.len() {
        let end = bytes.len().min(at + STEP);
        // Many bytes at a time, as nearly all are ASCII.
        if bytes[at..end].is_ascii() {
            at = end;
            continue;
        }
        let tells = |n: &usize| {
            matches!(
                bytes[*n..],
                [0xcd..=0xd6, ..]
                    | [0xc2, 0xad, ..]
                    | [0xd8, 0x9c, ..]
                    | [0xe1, 0xa0, 0x8b..=0x8f, ..]
                    | [0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae, ..]
                    | [0xe2, 0x81, 0xa0..=0xaf, ..]
                    | [0xe2, 0x92 | 0x93, ..]
                    | [0xef, 0xb8..=0xbd, ..]
                    | [0xf0, 0x9d, ..]
                    | [0xf3, 0xa0, ..]
            )
        };
        if let Some(found) = (at..end).find(tells) {
            return Some(found);
        }
        at = end;
    }
    None
}
