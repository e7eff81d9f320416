//! Text as the signals read it: folded to what a model would understand, with a map back to the bytes.
//!
//! Disguises are undone first (they have rules of their own): characters without width are dropped, full-width and
//! mathematical letters become ASCII, look-alike letters inside a Latin word become Latin, spaced letters are joined,
//! runs of white space become one space. A blank line, a list item or a heading becomes `\n`: it ends a sentence.

mod disguise;

pub use disguise::is_disguised;

use crate::text::Raw;
use disguise::is_spaced_out;
use std::ops::Range;

/// Folded, lower-case text and where each of its bytes came from.
#[derive(Debug, Default)]
pub struct Plain {
    pub text: String,
    from: Origin,
    source_len: usize,
}

/// Where the bytes of a folded text came from.
#[derive(Debug)]
enum Origin {
    /// For each byte, the offset of its character in the source.
    Each(Vec<u32>),
    /// One to one, but for jumps: places in the folded text and in the source from where on it is so again.
    Steady(Vec<(u32, u32)>),
}

impl Default for Origin {
    fn default() -> Origin {
        Origin::Steady(Vec::new())
    }
}

struct Letter {
    ch: char,
    at: u32,
}

impl Plain {
    /// Folds a text.
    pub fn of(raw: Raw<'_>) -> Plain {
        if let Some(plain) = Plain::of_plain_ascii(raw.bytes()) {
            return plain;
        }
        let mut letters = unspace(unmix(unescape(fold(raw.bytes()))));
        squeeze(&mut letters);
        let mut plain = Plain {
            source_len: raw.len(),
            ..Plain::default()
        };
        plain.text.reserve(letters.len());
        let mut from = Vec::with_capacity(letters.len());
        for letter in letters {
            for ch in letter.ch.to_lowercase() {
                let before = plain.text.len();
                plain.text.push(ch);
                from.extend(std::iter::repeat_n(letter.at, plain.text.len() - before));
            }
        }
        plain.from = Origin::Each(from);
        plain
    }

    /// The fast way, for text with nothing to undo in it.
    fn of_plain_ascii(bytes: &[u8]) -> Option<Plain> {
        // No early end: so it goes through many bytes at a time.
        let ordinary = bytes.iter().fold(true, |all, b| {
            all & matches!(b, 0x20..=0x7e | b'\n' | b'\t' | b'\r')
        });
        let doubled = || memchr::memmem::find_iter(bytes, b"\\n").take(3).count() == 3;
        if !ordinary || is_spaced_out(bytes) || doubled() {
            return None;
        }
        let mut text = Vec::with_capacity(bytes.len());
        let mut jumps = Vec::new();
        let mut at = 0;
        while let Some(start) = next_gap(bytes, at) {
            text.extend_from_slice(&bytes[at..start]);
            let mut newlines = 0;
            at = start;
            while bytes.get(at).is_some_and(u8::is_ascii_whitespace) {
                newlines += usize::from(bytes[at] == b'\n');
                at += 1;
            }
            let item = newlines > 0 && bytes.get(at).is_some_and(|b| begins_item(char::from(*b)));
            text.push(if newlines > 1 || item { b'\n' } else { b' ' });
            jumps.push((text.len() as u32, at as u32));
        }
        text.extend_from_slice(&bytes[at..]);
        text.make_ascii_lowercase();
        Some(Plain {
            text: String::from_utf8(text).ok()?,
            from: Origin::Steady(jumps),
            source_len: bytes.len(),
        })
    }

    /// The bytes of the source that a range of the folded text came from.
    pub fn source(&self, range: Range<usize>) -> Range<usize> {
        let start = self.offset(range.start);
        let end = self.offset(range.end).max(start);
        start..end
    }

    /// The range of the folded text that came from a range of the source.
    pub fn folded(&self, source: Range<usize>) -> Range<usize> {
        let at = |offset: usize| match &self.from {
            Origin::Each(from) => from.partition_point(|from| (*from as usize) < offset),
            Origin::Steady(jumps) => {
                let n = jumps.partition_point(|(_, source)| *source as usize <= offset);
                let (folded, source) = n.checked_sub(1).map_or((0, 0), |n| jumps[n]);
                let next = jumps.get(n).map_or(self.text.len(), |next| next.0 as usize);
                (folded as usize + (offset - source as usize)).min(next)
            }
        };
        at(source.start)..at(source.end)
    }

    fn offset(&self, at: usize) -> usize {
        if at >= self.text.len() {
            return self.source_len;
        }
        match &self.from {
            Origin::Each(from) => from.get(at).map_or(self.source_len, |from| *from as usize),
            Origin::Steady(jumps) => {
                let n = jumps.partition_point(|(folded, _)| *folded as usize <= at);
                let (folded, source) = n.checked_sub(1).map_or((0, 0), |n| jumps[n]);
                source as usize + (at - folded as usize)
            }
        }
    }
}

/// The next white space that is more than one space between words.
fn next_gap(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = &bytes[at..];
    let other = memchr::memchr3(b'\n', b'\t', b'\r', rest);
    let rest = &rest[..other.map_or(rest.len(), |n| n + 1)];
    let double = rest.windows(2).position(|pair| pair == b"  ");
    let other = other.map(|n| n - usize::from(n > 0 && rest[n - 1] == b' '));
    match (double, other) {
        (Some(a), Some(b)) => Some(at + a.min(b)),
        (a, b) => a.or(b).map(|n| at + n),
    }
}

/// Characters with their offsets: escape sequences and invisible characters gone, forms of letters folded.
fn fold(bytes: &[u8]) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(bytes.len());
    let mut base = 0;
    for chunk in bytes.utf8_chunks() {
        let mut chars = chunk.valid().char_indices().peekable();
        while let Some((at, ch)) = chars.next() {
            match ch {
                '\u{1b}' => skip_escape(&mut chars),
                _ if is_dropped(ch) => {}
                _ => letters.push(Letter {
                    ch: form(ch),
                    at: (base + at) as u32,
                }),
            }
        }
        base += chunk.valid().len() + chunk.invalid().len();
    }
    letters
}

/// In text that was put into JSON twice, `\n` is a line break and `\"` a quote.
fn unescape(letters: Vec<Letter>) -> Vec<Letter> {
    let breaks = letters
        .windows(2)
        .filter(|w| w[0].ch == '\\' && w[1].ch == 'n')
        .take(3)
        .count();
    if breaks < 3 {
        return letters;
    }
    let mut out = Vec::with_capacity(letters.len());
    let mut letters = letters.into_iter().peekable();
    while let Some(letter) = letters.next() {
        if letter.ch != '\\' {
            out.push(letter);
            continue;
        }
        while letters.next_if(|l| l.ch == '\\').is_some() {}
        if letters
            .next_if(|l| matches!(l.ch, 'n' | 'r' | 't' | '\n'))
            .is_some()
        {
            out.push(Letter {
                ch: '\n',
                at: letter.at,
            });
        }
    }
    out
}

/// Passes over the rest of an escape sequence (ECMA-48): CSI to its final byte, strings to their terminator.
fn skip_escape(chars: &mut std::iter::Peekable<std::str::CharIndices<'_>>) {
    match chars.next() {
        Some((_, '[')) => {
            for _ in 0..64 {
                if chars.next().is_none_or(|(_, ch)| ('@'..='~').contains(&ch)) {
                    break;
                }
            }
        }
        Some((_, ']' | 'P' | 'X' | '^' | '_')) => {
            while let Some((_, ch)) = chars.next() {
                if ch == '\u{7}' || ch == '\u{9c}' {
                    break;
                }
                if ch == '\u{1b}' {
                    chars.next_if(|(_, ch)| *ch == '\\');
                    break;
                }
            }
        }
        _ => {}
    }
}

fn is_dropped(ch: char) -> bool {
    matches!(ch,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{e0000}'..='\u{e0fff}')
        || (ch.is_control() && !ch.is_whitespace())
}

/// The plain form of full-width, mathematical and typographic variants.
fn form(ch: char) -> char {
    match ch {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(ch as u32 - 0xfee0).unwrap_or(ch),
        '\u{1d400}'..='\u{1d6a3}' => {
            let n = (ch as u32 - 0x1d400) % 52;
            char::from_u32(if n < 26 { 0x41 + n } else { 0x61 + n - 26 }).unwrap_or(ch)
        }
        '\u{1d7ce}'..='\u{1d7ff}' => {
            char::from_u32(0x30 + (ch as u32 - 0x1d7ce) % 10).unwrap_or(ch)
        }
        '\u{24b6}'..='\u{24e9}' => {
            let n = (ch as u32 - 0x24b6) % 26;
            char::from_u32(0x61 + n).unwrap_or(ch)
        }
        '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{201b}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        _ => ch,
    }
}

/// The Latin letter that a Cyrillic, Greek or Armenian letter looks like.
fn look_alike(ch: char) -> Option<char> {
    const PAIRS: &[(&str, &str)] = &[
        ("аАαΑ", "a"),
        ("ВВΒ", "b"),
        ("сСϲ", "c"),
        ("ԁ", "d"),
        ("еЕёЁΕ", "e"),
        ("ɡ", "g"),
        ("һНΗ", "h"),
        ("іІιΙї", "i"),
        ("јЈ", "j"),
        ("кКκΚ", "k"),
        ("ӏ", "l"),
        ("мМΜ", "m"),
        ("пΝ", "n"),
        ("оОοΟօ", "o"),
        ("рРρΡ", "p"),
        ("ԛ", "q"),
        ("г", "r"),
        ("ѕЅ", "s"),
        ("тТτΤ", "t"),
        ("υս", "u"),
        ("ѵν", "v"),
        ("ԝω", "w"),
        ("хХχΧ", "x"),
        ("уУүΥγ", "y"),
        ("ΖᴢZ", "z"),
    ];
    PAIRS
        .iter()
        .find(|(from, _)| from.contains(ch))
        .and_then(|(_, to)| to.chars().next())
}

/// Inside a word that has ASCII letters, letters of another script that look like Latin become Latin.
fn unmix(mut letters: Vec<Letter>) -> Vec<Letter> {
    let mut start = 0;
    while start < letters.len() {
        let end = (start..letters.len())
            .find(|i| !letters[*i].ch.is_alphanumeric())
            .unwrap_or(letters.len());
        let word = &mut letters[start..end];
        if word.iter().any(|l| l.ch.is_ascii_alphabetic()) && word.iter().any(|l| !l.ch.is_ascii())
        {
            for letter in word {
                if let Some(latin) = look_alike(letter.ch) {
                    letter.ch = latin;
                }
            }
        }
        start = end + 1;
    }
    letters
}

/// Joins letters that are spaced out one by one (`S Y S T E M  O R D E R`), six and more of them.
fn unspace(letters: Vec<Letter>) -> Vec<Letter> {
    let single = |i: usize| {
        letters.get(i).is_some_and(|l| l.ch.is_alphabetic())
            && !i
                .checked_sub(1)
                .is_some_and(|p| letters[p].ch.is_alphanumeric())
            && !letters.get(i + 1).is_some_and(|l| l.ch.is_alphanumeric())
    };
    let space = |i: usize| letters.get(i).is_some_and(|l| l.ch == ' ');
    let mut drop = Vec::new();
    let mut i = 0;
    while i < letters.len() {
        let start = drop.len();
        let mut count = 0;
        while single(i) {
            count += 1;
            if space(i + 1) && single(i + 2) {
                drop.push(i + 1);
                i += 2;
            } else if space(i + 1) && space(i + 2) && single(i + 3) {
                drop.push(i + 2);
                i += 3;
            } else {
                break;
            }
        }
        if count < 6 {
            drop.truncate(start);
        }
        i += 1;
    }
    if drop.is_empty() {
        return letters;
    }
    let mut drop = drop.into_iter().peekable();
    letters
        .into_iter()
        .enumerate()
        .filter(|(i, _)| drop.next_if_eq(i).is_none())
        .map(|(_, l)| l)
        .collect()
}

/// Signs that begin an item of a list, a heading, a quotation.
fn begins_item(ch: char) -> bool {
    matches!(ch, '-' | '*' | '#' | '•' | '|' | '>' | '`')
}

/// Makes one space of a run of white space, and `\n` of one that ends a paragraph or begins an item.
fn squeeze(letters: &mut Vec<Letter>) {
    let mut out: Vec<Letter> = Vec::with_capacity(letters.len());
    let mut i = 0;
    while i < letters.len() {
        if !letters[i].ch.is_whitespace() {
            out.push(Letter {
                ch: letters[i].ch,
                at: letters[i].at,
            });
            i += 1;
            continue;
        }
        let at = letters[i].at;
        let mut newlines = 0;
        while letters.get(i).is_some_and(|l| l.ch.is_whitespace()) {
            newlines += usize::from(letters[i].ch == '\n');
            i += 1;
        }
        let item = newlines > 0 && letters.get(i).is_some_and(|l| begins_item(l.ch));
        out.push(Letter {
            ch: if newlines > 1 || item { '\n' } else { ' ' },
            at,
        });
    }
    *letters = out;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        Plain::of(Raw::from(text)).text
    }

    #[test]
    fn undoes_disguises() {
        assert_eq!(plain("Do not\n    mention"), "do not mention");
        assert_eq!(plain("ig\u{200b}nore"), "ignore");
        assert_eq!(plain("Ign\u{43e}re \u{430}ll"), "ignore all");
        assert_eq!(plain("Складывает два"), "складывает два");
        assert_eq!(plain("\u{1b}[8mhidden\u{1b}[0m ok"), "hidden ok");
        assert_eq!(
            plain("S Y S T E M  D I R E C T I V E : x"),
            "system directive : x"
        );
        assert_eq!(plain("a b c"), "a b c");
        assert_eq!(
            plain("\u{1d5f6}\u{1d5f4}\u{1d5fb}\u{1d5fc}\u{1d5ff}\u{1d5f2} ａｌｌ"),
            "ignore all"
        );
        assert_eq!(plain("one\n\ntwo\n- three"), "one\ntwo\n- three");
    }

    #[test]
    fn the_fast_way_folds_and_maps_as_the_slow_way_does() {
        let slow = |text: &str| {
            let mut letters = fold(text.as_bytes());
            squeeze(&mut letters);
            letters
        };
        for text in [
            "Adds  two\n numbers.\n\n- A\t\tb \n  * c  ",
            "plain",
            " \n",
            "",
            "a \r\n b",
            "One two",
            "  x",
        ] {
            let fast = Plain::of_plain_ascii(text.as_bytes()).unwrap();
            let slow = slow(text);
            let folded: String = slow.iter().map(|l| l.ch.to_ascii_lowercase()).collect();
            assert_eq!(fast.text, folded, "{text:?}");
            for (n, letter) in slow.iter().enumerate() {
                assert_eq!(fast.offset(n), letter.at as usize, "{text:?} at {n}");
            }
            for offset in 0..=text.len() {
                let count = slow.iter().filter(|l| (l.at as usize) < offset).count();
                assert_eq!(
                    fast.folded(offset..offset).start,
                    count,
                    "{text:?} from {offset}"
                );
            }
        }
    }

    #[test]
    fn maps_back_to_the_source() {
        let source = "x\u{200b}  Ig\u{200b}nore it";
        let plain = Plain::of(Raw::from(source));
        let at = plain.text.find("ignore").unwrap();
        assert_eq!(&source[plain.source(at..at + 6)], "Ig\u{200b}nore");
        let folded = plain.folded(plain.source(at..at + 6));
        assert_eq!(&plain.text[folded], "ignore");
        let end = plain.text.len();
        assert_eq!(plain.source(end - 2..end), source.len() - 2..source.len());
    }
}
