//! One pass over untrusted bytes that parts what can be seen from what cannot. [`hidden`](super::hidden) and
//! [`reveal`](super::reveal) both read it, so what the one finds the other marks.

use std::ops::Range;

use super::class::is_mark;
use super::innocent::{self, Context};
use super::unit::{unit_at, units};
use super::{Class, Hidden, Place, padding, sequence, smuggled};

/// Marks that a base may carry: Hebrew with accents and stacked Vietnamese need that many.
const MARKS: usize = 4;
/// A stack that is higher than this was not written by a person.
const INNOCENT_MARKS: usize = 6;
/// U+FFFD in a row that tell of a failed decoding rather than of one bad character.
const REPLACEMENTS: usize = 8;

pub(super) enum Item {
    /// Valid UTF-8 that can be shown, with line breaks (LF, CRLF) and tabs in it.
    Plain(Range<usize>),
    Hidden(Hidden),
}

pub(super) struct Scan<'a> {
    bytes: &'a [u8],
    place: Place,
    at: usize,
    /// Found, but to be given after the plain text before it.
    waiting: Option<Hidden>,
    /// The last character that can be seen, marks included.
    before: Option<char>,
    marks: usize,
    enclosing: usize,
    context: Context<'a>,
}

impl<'a> Scan<'a> {
    pub(super) fn new(bytes: &'a [u8], place: Place) -> Self {
        Scan {
            bytes,
            place,
            at: 0,
            waiting: None,
            before: None,
            marks: 0,
            enclosing: 0,
            context: Context::new(bytes, place),
        }
    }

    /// The next hidden run at or after `self.at`; moves on to it.
    fn find(&mut self) -> Option<Hidden> {
        let floor = self.at;
        while self.at < self.bytes.len() {
            if let Some(run) = self.skip_plain(floor) {
                if let Some(wide) = padding::wide(self.bytes, run.clone()) {
                    self.at = wide.start;
                    return Some(self.padding(wide));
                }
                if self.place != Place::Identifier {
                    self.at = run.end;
                    self.see(' ');
                    continue;
                }
            }
            let (unit, length) = unit_at(self.bytes, self.at)?;
            if let Some(class) = self.class_at(self.at) {
                return Some(self.run(class));
            }
            match unit.char() {
                Some(c) if is_mark(c) => {
                    if let Some(stack) = self.stack(c) {
                        return Some(stack);
                    }
                }
                _ => self.clear_marks(),
            }
            self.before = unit.char();
            self.at += length;
        }
        None
    }

    /// Moves over plain ASCII; gives the run of white space that it came upon, if that is long.
    fn skip_plain(&mut self, floor: usize) -> Option<Range<usize>> {
        let byte = *self.bytes.get(self.at)?;
        let blank = match self.place {
            // Line breaks and tabs are looked at one by one.
            Place::Identifier => byte == b' ',
            _ if byte >= 0x80 => false,
            _ => {
                let (end, blank) = padding::plain_ascii(self.bytes, self.at);
                if end > self.at {
                    self.at = end;
                    self.see(char::from(self.bytes[end - 1]));
                }
                blank
            }
        };
        if blank {
            padding::run_at(self.bytes, floor, self.at)
        } else {
            None
        }
    }

    /// A character that can carry marks has been passed.
    fn see(&mut self, c: char) {
        self.before = Some(c);
        self.clear_marks();
    }

    fn clear_marks(&mut self) {
        self.marks = 0;
        self.enclosing = 0;
    }

    /// The class of the unit at `at`, with what depends on its neighbours and its place.
    fn class_at(&self, at: usize) -> Option<Class> {
        let (unit, _) = unit_at(self.bytes, at)?;
        match unit.char() {
            Some('\n' | '\t') if self.place != Place::Identifier => None,
            Some('\r')
                if self.place != Place::Identifier && self.bytes.get(at + 1) == Some(&b'\n') =>
            {
                None
            }
            Some('\u{fffd}') => {
                let run = units(&self.bytes[at..])
                    .take_while(|(_, unit, _)| unit.char() == Some('\u{fffd}'));
                let before = self.before == Some('\u{fffd}');
                (!before && run.take(REPLACEMENTS).count() == REPLACEMENTS)
                    .then_some(Class::InvalidUtf8)
            }
            _ => unit.class(),
        }
    }

    fn padding(&self, range: Range<usize>) -> Hidden {
        let innocent = !padding::hides(self.bytes, range.clone(), self.place);
        let count = match padding::breaks(&self.bytes[range.clone()]) {
            0 => range.len(),
            breaks => breaks,
        };
        Hidden {
            range,
            class: Class::Spaces,
            count,
            decoded: None,
            innocent,
        }
    }

    /// Marks beyond what the base at hand can carry.
    fn stack(&mut self, mark: char) -> Option<Hidden> {
        self.marks += 1;
        self.enclosing += usize::from(is_enclosing(mark));
        if self.marks <= MARKS && self.enclosing < 2 {
            return None;
        }
        let (mut count, mut end) = (0, self.at);
        for (at, unit, length) in units(&self.bytes[self.at..]) {
            if !unit
                .char()
                .is_some_and(|c| is_mark(c) && Class::of(c).is_none())
            {
                break;
            }
            count += 1;
            end = self.at + at + length;
        }
        let innocent = self.enclosing < 2 && self.marks + count - 1 <= INNOCENT_MARKS;
        Some(Hidden {
            range: self.at..end,
            class: Class::Combining,
            count,
            decoded: None,
            innocent,
        })
    }

    /// All of one class from here on, as long as all of it is innocent, or none.
    fn run(&mut self, class: Class) -> Hidden {
        let start = self.at;
        let mut end = start;
        let mut count = 0;
        let mut plain = None;
        while let Some((unit, length)) = unit_at(self.bytes, end) {
            if class == Class::InvalidUtf8 && unit.char() == Some('\u{fffd}') {
                (end, count) = (end + length, count + 1);
                continue;
            }
            if self.class_at(end) != Some(class) {
                break;
            }
            let length = match class {
                Class::Escape => sequence::length(&self.bytes[end..]),
                _ => length,
            };
            if class == Class::Escape {
                let colours = self.context.is_usual_sequence(end..end + length);
                if *plain.get_or_insert(colours) != colours {
                    break;
                }
            }
            count += units(&self.bytes[end..end + length]).count();
            end += length;
        }
        let decoded = smuggled::decode(class, &self.bytes[start..end]);
        let innocent = match plain {
            Some(colours) => colours,
            None => self.context.is_innocent(class, start..end, self.before),
        };
        Hidden {
            range: start..end,
            class,
            count,
            decoded,
            innocent,
        }
    }
}

impl Iterator for Scan<'_> {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        let start = self.at;
        let found = match self.waiting.take() {
            Some(found) => Some(found),
            None => self.find(),
        };
        let Some(found) = found else {
            return (start < self.bytes.len()).then(|| {
                self.at = self.bytes.len();
                Item::Plain(start..self.bytes.len())
            });
        };
        if found.range.start > start {
            self.at = found.range.start;
            self.waiting = Some(found);
            return Some(Item::Plain(start..self.at));
        }
        self.at = found.range.end;
        if !innocent::is_quiet(&found, &self.bytes[found.range.clone()]) {
            self.before = None;
            self.clear_marks();
        }
        Some(Item::Hidden(found))
    }
}

fn is_enclosing(c: char) -> bool {
    matches!(c, '\u{488}' | '\u{489}' | '\u{1abe}' | '\u{20dd}'..='\u{20e0}' | '\u{20e2}'..='\u{20e4}' | '\u{a670}'..='\u{a672}')
}
