//! Making untrusted text visible.
//!
//! What is let through is decided by Unicode's general category; the rest stands as a chip, counted, decoded where it
//! carries text. Two decisions about widths, because a terminal that counts otherwise than ratatui shifts the whole row:
//!
//! * Invisible characters that are innocent are shown as nothing (but for blanks and soft hyphens in a name): an emoji's ZWJ sequence as its parts side by side, a
//!   base without its style selector. [`reveal_exact`] shows a chip for each of them too.
//! * A cluster whose width is not the sum of its characters' (a skin tone) is shown as its first character and chips for
//!   the others, for some terminals know clusters and some do not.

use unicode_segmentation::UnicodeSegmentation;

use super::scan::{Item, Scan};
use super::unit::{Unit, floor_boundary, units};
use super::width::{char_width, cluster_width, is_sound_mark};
use super::{Class, Hidden, Piece, Place, Raw, Shown, chip, elide, innocent, padding};

/// What becomes of line breaks and tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Breaks {
    /// A line break stays `"\n"`, and a tab becomes spaces to the next multiple of four columns.
    #[default]
    Keep,
    /// All on one line: `⏎` and `⇥`.
    Chip,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// `<U+202E RLO>` instead of `⟨U+202E RLO⟩`, `\n` instead of `⏎`: for terminals without those glyphs.
    pub ascii: bool,
    pub breaks: Breaks,
    /// Only what a person would see elsewhere: what cannot be seen leaves nothing behind, and what was pushed out of
    /// sight stays there. As safe as the rest.
    pub seen_only: bool,
    /// Bytes of the raw text that are looked at. What is beyond is told by [`Shown::more`].
    pub limit: usize,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            ascii: false,
            breaks: Breaks::Keep,
            seen_only: false,
            limit: LIMIT,
        }
    }
}

/// More than anyone reads in one pane, and far below what would stall a frame.
const LIMIT: usize = 256 * 1024;
/// The same for text on one line.
const INLINE: usize = 16 * 1024;
const TAB: usize = 4;
/// Characters of one cluster. The longest of a living script are conjuncts of about ten.
const CLUSTER: usize = 16;

/// `raw` as text that may reach a terminal or a file. In it is no character of the categories Cc, Cf, Co, Cn, Cs, Zl, Zp,
/// no blank but the space and no variation selector; the one control is `"\n"` with [`Breaks::Keep`].
pub fn reveal(raw: Raw<'_>, options: &Options) -> Shown {
    Writer::new(raw, *options, false).run()
}

/// [`reveal`] with a chip for what is innocent too: nothing at all is left out.
pub fn reveal_exact(raw: Raw<'_>, options: &Options) -> Shown {
    Writer::new(raw, *options, true).run()
}

impl Raw<'_> {
    /// On one line, with at most 16 KiB looked at.
    pub fn inline(self) -> Shown {
        reveal(
            self,
            &Options {
                ascii: false,
                breaks: Breaks::Chip,
                limit: INLINE,
                ..Options::default()
            },
        )
    }

    /// On one line of at most `cells`, with `…` where it was cut. For titles and lists.
    pub fn label(self, cells: usize) -> String {
        // Runs collapse, so a bound on bytes must leave room for what takes no cells.
        let limit = cells.saturating_mul(16).saturating_add(256).min(INLINE);
        let shown = reveal(
            self,
            &Options {
                ascii: false,
                breaks: Breaks::Chip,
                limit,
                ..Options::default()
            },
        );
        let mut text = shown.as_str().to_owned();
        if shown.more > 0 {
            text.push('…');
        }
        elide(&text, cells)
    }
}

struct Writer<'a> {
    bytes: &'a [u8],
    options: Options,
    exact: bool,
    shown: Shown,
    /// Cells since the last line break, for tabs.
    column: usize,
    /// Whether a combining mark would now be drawn onto text of the recording.
    has_base: bool,
}

impl<'a> Writer<'a> {
    fn new(raw: Raw<'a>, options: Options, exact: bool) -> Self {
        let cut = floor_boundary(raw.bytes(), options.limit);
        let shown = Shown::without(raw.len() - cut);
        Writer {
            bytes: &raw.bytes()[..cut],
            options,
            exact,
            shown,
            column: 0,
            has_base: false,
        }
    }

    fn run(mut self) -> Shown {
        let place = if is_name(self.bytes) {
            Place::Identifier
        } else {
            Place::Prose
        };
        for item in Scan::new(self.bytes, place) {
            match item {
                Item::Hidden(hidden) => self.hidden(&hidden),
                Item::Plain(range) => {
                    // The scan lets only valid UTF-8 through; lossy decoding would still never show more than that.
                    let text = String::from_utf8_lossy(&self.bytes[range]);
                    self.lines(&text);
                }
            }
        }
        self.shown
    }

    fn push(&mut self, kind: Piece, text: &str, src: usize, cells: usize) {
        self.shown.push(kind, text, src);
        self.column += cells;
    }

    fn lines(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['\n', '\r', '\t']) {
            self.text(&rest[..at]);
            if rest[at..].starts_with('\t') {
                self.tab();
                rest = &rest[at + 1..];
            } else {
                let length = if rest[at..].starts_with("\r\n") { 2 } else { 1 };
                self.line_break(length);
                rest = &rest[at + length..];
            }
        }
        self.text(rest);
    }

    fn tab(&mut self) {
        let (text, cells) = match (self.options.breaks, self.options.ascii) {
            (Breaks::Keep, _) => {
                let cells = TAB - self.column % TAB;
                (&"    "[..cells], cells)
            }
            (Breaks::Chip, false) => ("⇥", 1),
            (Breaks::Chip, true) => ("\\t", 2),
        };
        self.push(Piece::Tab, text, 1, cells);
        self.has_base = false;
    }

    fn line_break(&mut self, length: usize) {
        let (text, cells) = match (self.options.breaks, self.options.ascii) {
            (Breaks::Keep, _) => ("\n", 0),
            (Breaks::Chip, false) => ("⏎", 1),
            (Breaks::Chip, true) => ("\\n", 2),
        };
        self.push(Piece::Break, text, length, cells);
        if self.options.breaks == Breaks::Keep {
            self.column = 0;
        }
        self.has_base = false;
    }

    fn text(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        if text.is_ascii() {
            self.push(Piece::Text, text, text.len(), text.len());
            self.has_base = true;
            return;
        }
        for cluster in text.graphemes(true) {
            self.cluster(cluster);
        }
    }

    fn cluster(&mut self, cluster: &str) {
        let cells = cluster_width(cluster);
        // Only after something quiet was left out between a base and its marks.
        let continues = self.has_base && cells == 0 && joins(cluster);
        let agree = cells == cluster.chars().map(char_width).sum::<usize>();
        let long = cluster.len() > CLUSTER && cluster.chars().count() > CLUSTER;
        if (cells > 0 || continues) && agree && !long {
            self.push(Piece::Text, cluster, cluster.len(), cells);
            self.has_base = true;
            return;
        }
        // One character by one: those that can stand alone as text, the others as chips.
        for (taken, (at, c)) in cluster.char_indices().enumerate() {
            let cells = char_width(c);
            if long && taken == CLUSTER {
                let rest = &cluster[at..];
                self.chip(
                    Class::Combining,
                    &format!("+{} in one cluster", rest.chars().count()),
                    rest.len(),
                );
                break;
            }
            if is_sound_mark(c) {
                // Ratatui and terminals disagree on its width; its full-width twin looks the same and is two for all.
                let twin = if c == '\u{ff9e}' {
                    "\u{309b}"
                } else {
                    "\u{309c}"
                };
                self.push(Piece::Quiet(Class::Combining), twin, c.len_utf8(), 2);
            } else if cells > 0 && (taken == 0 || long) {
                self.push(
                    Piece::Text,
                    &cluster[at..at + c.len_utf8()],
                    c.len_utf8(),
                    cells,
                );
                self.has_base = true;
            } else {
                self.chip(Class::Combining, &chip::label(Unit::Char(c)), c.len_utf8());
            }
        }
    }

    fn chip(&mut self, class: Class, inner: &str, src: usize) {
        let text = chip::brackets(inner, self.options.ascii);
        self.push(Piece::Chip(class), &text, src, super::width(&text));
        self.has_base = false;
    }

    fn hidden(&mut self, hidden: &Hidden) {
        let bytes = &self.bytes[hidden.range.clone()];
        if !self.exact && innocent::is_quiet(hidden, bytes) {
            return self.quiet(hidden, bytes);
        }
        if self.options.seen_only && !matches!(hidden.class, Class::InvalidUtf8 | Class::Surrogate)
        {
            return self.unseen(hidden, bytes);
        }
        let text = chip::text(hidden, bytes, self.options.ascii);
        let cells = super::width(&text);
        let kind = Piece::Chip(hidden.class);
        if hidden.class == Class::Spaces
            && padding::breaks(bytes) > 1
            && self.options.breaks == Breaks::Keep
        {
            // The count on a line of its own.
            let first = if bytes.starts_with(b"\r") { 2 } else { 1 };
            self.line_break(first);
            self.push(kind, &text, bytes.len() - first - 1, cells);
            self.line_break(1);
        } else {
            self.push(kind, &text, bytes.len(), cells);
        }
        self.has_base = false;
    }

    /// What a person gets of something hidden: nothing, or the empty space that it makes.
    fn unseen(&mut self, hidden: &Hidden, bytes: &[u8]) {
        /// As much of it as shows that it is a lot.
        const ROWS: usize = 40;
        const CELLS: usize = 240;
        let breaks = match self.options.breaks {
            Breaks::Keep if hidden.class == Class::Spaces => padding::breaks(bytes).min(ROWS),
            _ => 0,
        };
        if breaks == 0 {
            let cells = match hidden.class {
                Class::Spaces => bytes.len().min(CELLS),
                _ => 0,
            };
            let text = " ".repeat(cells);
            return self.push(Piece::Quiet(hidden.class), &text, bytes.len(), cells);
        }
        for left in (0..breaks).rev() {
            self.line_break(if left == 0 {
                bytes.len() - (breaks - 1)
            } else {
                1
            });
        }
    }

    fn quiet(&mut self, hidden: &Hidden, bytes: &[u8]) {
        let text: String = match hidden.class {
            Class::Blank => String::from_utf8_lossy(bytes)
                .chars()
                .flat_map(|c| [' '; 2].into_iter().take(char_width(c)))
                .collect(),
            _ => String::new(),
        };
        let cells = text.len();
        self.push(Piece::Quiet(hidden.class), &text, bytes.len(), cells);
    }
}

/// Whether a cluster is drawn onto a letter before it. Asked of the segmentation that ratatui uses, which may know fewer
/// marks than the category tables do.
fn joins(cluster: &str) -> bool {
    ["a", cluster].concat().graphemes(true).count() == 1
}

/// Bytes of the longest name.
const NAME: usize = 256;

/// Whether a text is an identifier by its look: one word, and but for what is hidden in it ASCII. There a no-break space or
/// a soft hyphen is shown, because it makes two names look alike.
fn is_name(bytes: &[u8]) -> bool {
    let ascii = |unit: Unit| {
        unit.char()
            .is_none_or(|c| c.is_ascii_graphic() || Class::of(c).is_some())
    };
    bytes.len() <= NAME
        && !bytes.iter().any(u8::is_ascii_whitespace)
        && units(bytes).all(|(_, unit, _)| ascii(unit))
}
