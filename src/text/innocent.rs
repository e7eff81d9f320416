//! When a hidden character is right and usual where it stands.
//!
//! Sources: UTS #51 (emoji sequences), Unicode's StandardizedVariants.txt and the Ideographic Variation Database, chapters
//! 9, 12 and 16 of the Unicode Standard (joiners in Arabic and Indic scripts), UAX #9 (bidirectional marks and isolates).

use std::cell::{Cell, OnceCell};
use std::ops::Range;

use unicode_properties::UnicodeEmoji;

use super::script;
use super::unit::{char_before, unit_at, units};
use super::{Class, Hidden, Place, colour, isolate, repaint};

/// Bytes to each side in which a right-to-left letter makes a directional mark plausible.
const BESIDE: usize = 160;
/// Blanks that typography puts in a row: a pair of ideographic spaces as an indent, a few no-break spaces.
const BLANKS: usize = 4;
/// Letters from which on a word may need a soft hyphen. Shorter ones are cut to dodge a search for them.
const LONG_WORD: usize = 12;

/// The text around a hidden run.
pub(super) struct Context<'a> {
    bytes: &'a [u8],
    place: Place,
    balanced: OnceCell<Vec<isolate::Balanced>>,
    line: Cell<repaint::Line>,
}

impl<'a> Context<'a> {
    pub(super) fn new(bytes: &'a [u8], place: Place) -> Self {
        Context {
            bytes,
            place,
            balanced: OnceCell::new(),
            line: Cell::default(),
        }
    }

    /// Whether an escape sequence is usual in the output of a program: a colour that leaves text readable, or the quotes
    /// and dashes of Windows-1252 (0x91–0x97) read as Latin-1.
    pub(super) fn is_usual_sequence(&self, range: Range<usize>) -> bool {
        let sequence = &self.bytes[range];
        self.place == Place::Output
            && (colour::is_plain(sequence) || matches!(sequence, [0xc2, 0x91..=0x97]))
    }

    /// `before` is the last character before the run that can be seen.
    pub(super) fn is_innocent(
        &self,
        class: Class,
        range: Range<usize>,
        before: Option<char>,
    ) -> bool {
        let after = unit_at(self.bytes, range.end).and_then(|(unit, _)| unit.char());
        let text = &self.bytes[range.clone()];
        let first =
            unit_at(text, 0).and_then(|(unit, length)| Some((unit.char()?, length == text.len())));
        let Some((first, single)) = first else {
            return false;
        };
        match class {
            Class::Tag => before == Some('\u{1f3f4}') && is_flag(text),
            Class::VariationSelector => single && selects(first, before, after),
            Class::ZeroWidth => single && self.is_joiner(first, range, before, after),
            Class::Bidi => self.is_directional(range),
            Class::Blank => self.is_blank(text, first, before, after),
            Class::Control => {
                self.place == Place::Output
                    && repaint::is_usual(self.bytes, range, first, &self.line)
            }
            Class::PrivateUse => self.place == Place::Output && single,
            Class::Format => match first {
                '\u{ad}' => single && self.is_soft_hyphen(range),
                '\u{13430}'..='\u{13455}' => before.is_some_and(script::is_hieroglyph),
                '\u{1d173}'..='\u{1d17a}' => {
                    before.is_some_and(|c| matches!(c, '\u{1d100}'..='\u{1d1ff}'))
                }
                // Signs that are drawn under or over the digits and letters after them.
                '\u{600}'..='\u{605}'
                | '\u{6dd}'
                | '\u{70f}'
                | '\u{890}'
                | '\u{891}'
                | '\u{8e2}' => after.is_some_and(|c| script::is_rtl(c) || c.is_numeric()),
                '\u{110bd}' | '\u{110cd}' => after.is_some_and(char::is_numeric),
                _ => false,
            },
            _ => false,
        }
    }

    fn is_joiner(
        &self,
        c: char,
        range: Range<usize>,
        before: Option<char>,
        after: Option<char>,
    ) -> bool {
        let word_goes_on = after.is_some_and(|c| c.is_ascii_alphanumeric());
        match c {
            '\u{200d}' if before.is_some_and(is_emoji) => after.is_some_and(is_emoji),
            '\u{200c}' | '\u{200d}' => before.is_some_and(script::joins) && !word_goes_on,
            '\u{200b}' => before.is_some_and(script::is_southeast_asian) && !word_goes_on,
            '\u{180e}' => before.is_some_and(script::is_mongolian),
            '\u{34f}' => {
                before.is_some_and(|c| !c.is_ascii()) && after.is_some_and(|c| !c.is_ascii())
            }
            '\u{feff}' => range.start == 0 && self.place != Place::Identifier,
            _ => false,
        }
    }

    fn is_directional(&self, range: Range<usize>) -> bool {
        let balanced = self.balanced.get_or_init(|| isolate::balanced(self.bytes));
        let rtl = OnceCell::new();
        units(&self.bytes[range.clone()]).all(|(at, unit, _)| match unit.char() {
            Some('\u{200e}' | '\u{200f}' | '\u{61c}') => {
                *rtl.get_or_init(|| self.has_rtl_beside(&range))
            }
            _ => match isolate::kind_at(balanced, range.start + at) {
                Some(isolate::Kind::FirstStrong) => self.place != Place::Identifier,
                Some(isolate::Kind::Directed) => *rtl.get_or_init(|| self.has_rtl_beside(&range)),
                None => false,
            },
        })
    }

    fn has_rtl_beside(&self, range: &Range<usize>) -> bool {
        let start = range.start.saturating_sub(BESIDE);
        let end = (range.end + BESIDE).min(self.bytes.len());
        units(&self.bytes[start..end]).any(|(_, unit, _)| unit.char().is_some_and(script::is_rtl))
    }

    fn is_blank(
        &self,
        text: &[u8],
        first: char,
        before: Option<char>,
        after: Option<char>,
    ) -> bool {
        let beside = |test: fn(char) -> bool| before.is_some_and(test) || after.is_some_and(test);
        match first {
            '\u{2800}' => beside(script::is_braille),
            '\u{1680}' => beside(|c| matches!(c, '\u{1681}'..='\u{169c}')),
            '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fffc}' => false,
            _ if self.place == Place::Identifier => false,
            _ => {
                let most = if self.place == Place::Output {
                    10 * BLANKS
                } else {
                    BLANKS
                };
                units(text).count() <= most
                    && units(text).all(|(_, unit, _)| unit.char().is_some_and(char::is_whitespace))
            }
        }
    }

    /// Between the letters of a word that is long, or in the output of a program.
    fn is_soft_hyphen(&self, range: Range<usize>) -> bool {
        let letter = |c: char| c.is_alphabetic() || c == '\u{ad}';
        let mut start = range.start;
        let mut letters = 0;
        while let Some(c) =
            char_before(self.bytes, start).filter(|&c| letter(c) && letters < LONG_WORD)
        {
            start -= c.len_utf8();
            letters += usize::from(c != '\u{ad}');
        }
        let before = letters;
        for (_, unit, _) in units(&self.bytes[range.end..]) {
            match unit.char() {
                Some(c) if letter(c) && letters < 2 * LONG_WORD => {
                    letters += usize::from(c != '\u{ad}')
                }
                _ => break,
            }
        }
        match self.place {
            Place::Identifier => false,
            Place::Prose => before > 0 && letters > before && letters >= LONG_WORD,
            Place::Output => before > 0,
        }
    }
}

/// Whether what is innocent is shown as nothing (or as a plain space) rather than as a chip.
///
/// `run` is the bytes of the hidden run.
pub(super) fn is_quiet(hidden: &Hidden, run: &[u8]) -> bool {
    hidden.innocent
        && match hidden.class {
            Class::VariationSelector | Class::Bidi | Class::Blank => true,
            Class::ZeroWidth => !run.starts_with("\u{feff}".as_bytes()),
            Class::Format => run.starts_with("\u{ad}".as_bytes()),
            _ => false,
        }
}

fn is_emoji(c: char) -> bool {
    !c.is_ascii() && (c.is_emoji_char() || matches!(c, '\u{1f3fb}'..='\u{1f3ff}'))
}

/// The three subdivision flags recommended for interchange (emoji-sequences.txt): England, Scotland, Wales.
fn is_flag(tags: &[u8]) -> bool {
    ["gbeng", "gbsct", "gbwls"].iter().any(|region| {
        let spelled = region
            .chars()
            .chain(['\u{7f}'])
            .map(|c| char::from_u32(0xe0000 + u32::from(c)));
        spelled.eq(units(tags).map(|(_, unit, _)| unit.char()))
    })
}

/// Whether a single selector has something to select: emoji or text style, an ideographic variant, a mathematical or
/// historic one.
fn selects(selector: char, base: Option<char>, after: Option<char>) -> bool {
    let Some(base) = base else { return false };
    match selector {
        '\u{fe0e}' | '\u{fe0f}' if base.is_ascii() => after == Some('\u{20e3}'),
        '\u{fe0e}' | '\u{fe0f}' => base.is_emoji_char() || script::is_east_asian(base),
        '\u{fe00}'..='\u{fe0f}' => base >= '\u{1000}' && !script::is_latin(base),
        '\u{180b}'..='\u{180d}' | '\u{180f}' => script::is_mongolian(base),
        _ => script::is_han(base),
    }
}
