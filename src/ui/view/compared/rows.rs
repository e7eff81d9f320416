//! A comparison as rows: which there are is worked out once, what stands in them only for those that are seen.

use super::told::{exchanged, heading, short, titles, told};
use crate::session::compare::text::{Diff, DiffLine, Hunk, Side};
use crate::session::compare::{Difference, Part};
use crate::text::{Options, Raw, RawBuf, reveal, reveal_exact, wrap};
use crate::ui::compared::{Made, Texts};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::view::terms;
use crate::ui::widget::text::{Lit, shown};
use crate::ui::widget::{Line, Page};
use std::collections::BTreeSet;
use std::ops::Range;

/// Lines that are the same are shown this far from those that are not.
const CONTEXT: usize = 3;
/// Fewer lines than this are not worth folding.
const FOLDED: usize = 3;

/// How a comparison is laid out.
#[derive(Clone, Debug)]
pub struct Spread {
    /// Cells of a row.
    pub width: usize,
    /// Side by side.
    pub beside: bool,
    /// Rows of one text.
    pub most: usize,
    /// Differences that are shown.
    pub differences: usize,
    pub unfolded: BTreeSet<(usize, usize)>,
}

/// What a side is called over its column.
#[derive(Clone, Debug)]
pub struct Titles {
    pub old: String,
    pub new: String,
}

/// A row of a line of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    pub difference: usize,
    /// Its place in the lines of the diff.
    pub line: usize,
    /// Which of the rows that the line takes.
    pub part: usize,
    /// What is harmless is made visible too, because it is what differs.
    pub exact: bool,
}

#[derive(Clone, Debug)]
pub enum Row {
    Ready(Line),
    Text(Piece),
    Beside(Option<Piece>, Option<Piece>),
    /// Lines that are the same: of which difference, from which line on, how many.
    Fold(usize, usize, usize),
}

#[derive(Debug, Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    /// Where something begins that differs.
    pub stops: Vec<usize>,
    /// What is evidence in the new text of each difference.
    pub lit: Vec<Vec<Range<usize>>>,
    pub masked: bool,
    /// Not all of it is there.
    pub more: bool,
}

/// What of a text is evidence.
pub type Evidence<'a> = &'a dyn Fn(Raw) -> Vec<Lit>;

pub fn of(
    made: &Made,
    spread: &Spread,
    titles: &Titles,
    theme: &Theme,
    evidence: Evidence,
) -> Rows {
    let cells = u16::try_from(spread.width).unwrap_or(u16::MAX);
    let mut work = Work {
        made,
        spread,
        titles,
        page: Page::new(theme, cells),
        out: Rows::default(),
        titled: false,
    };
    work.all(evidence);
    work.out
}

struct Work<'a> {
    made: &'a Made,
    spread: &'a Spread,
    titles: &'a Titles,
    /// Rows that are ready.
    page: Page<'a>,
    out: Rows,
    /// The columns have their titles.
    titled: bool,
}

impl Work<'_> {
    fn all(&mut self, evidence: Evidence) {
        let all = &self.made.comparison.differences;
        let mut before: Option<(Part, &RawBuf)> = None;
        for (number, difference) in all.iter().enumerate().take(self.spread.differences) {
            let texts = &self.made.texts[number];
            let lit = evidence(texts.new.as_raw());
            self.out
                .lit
                .push(lit.into_iter().map(|lit| lit.span).collect());
            let grouped = before.is_some_and(|(part, name)| {
                part == difference.part && (part == Part::Annotation || *name == difference.name)
            });
            if !grouped {
                self.page.gap();
                self.take();
                self.blank();
                self.out.stops.push(self.out.rows.len());
                let heading = heading(&self.page, difference, texts);
                self.page.line(heading);
            }
            self.difference(number, difference, texts);
            before = Some((difference.part, &difference.name));
        }
        let more = all.len().saturating_sub(self.spread.differences);
        if more > 0 {
            self.out.more = true;
            self.page.gap();
            let count = terms::counted(more, "difference", "differences");
            self.page.say(&format!("and {count} more"), Scope::UiDim);
        }
        if self.made.comparison.cut {
            self.page.gap();
            let sentence = "There is more than was compared: it is too long, or nests too deep.";
            self.page.say(sentence, Scope::UiDim);
        }
        self.take();
    }

    /// Takes over what was put on the page.
    fn take(&mut self) {
        self.out.masked |= self.page.is_masked();
        let lines = std::mem::take(&mut self.page.lines);
        self.out.rows.extend(lines.into_iter().map(Row::Ready));
    }

    /// An empty row before a heading, unless there is one.
    fn blank(&mut self) {
        if self.out.rows.last().is_some_and(|row| !row.is_blank()) {
            self.out.rows.push(Row::Ready(Line::new()));
        }
    }

    fn difference(&mut self, number: usize, difference: &Difference, texts: &Texts) {
        self.out.masked |= texts.masked;
        if texts.only_secret {
            let sentence = "Only a secret in it differs, which is masked; S spells it out.";
            return self.page.say_indented(sentence, Scope::UiText, 2);
        }
        let sentences = match difference.part {
            // All of it stands below, with signs before it.
            Part::Parameter if difference.aspect.is_empty() => Vec::new(),
            _ => self.made.comparison.sentences(difference),
        };
        let label = match difference.part {
            Part::Annotation => Some(difference.name.as_raw()),
            _ => None,
        };
        for sentence in &sentences {
            let line = told(&self.page, label, sentence);
            self.page.line(line);
        }
        let (old, new) = (difference.old.as_ref(), difference.new.as_ref());
        let brief = short(&texts.old) && short(&texts.new);
        let said = !sentences.is_empty() && brief;
        match difference.part {
            Part::Annotation => return,
            Part::Output if !sentences.is_empty() => return,
            Part::Parameter | Part::Name if said => return,
            Part::Description => {}
            _ if brief && old.is_some() && new.is_some() => {
                let line = exchanged(&self.page, difference, texts);
                return self.page.line(line);
            }
            _ => {}
        }
        if difference.part == Part::Parameter
            && !difference.aspect.is_empty()
            && sentences.is_empty()
        {
            self.page.say_indented(difference.aspect, Scope::UiDim, 2);
        }
        self.take();
        self.text(number, texts);
    }

    fn text(&mut self, number: usize, texts: &Texts) {
        let diff = &texts.diff;
        if diff.only_end {
            let sentence = "Only the line break at the end differs.";
            return self.page.say_indented(sentence, Scope::UiText, 2);
        }
        let beside = self.spread.beside
            && diff.lines.iter().any(|line| line.side != Side::New)
            && diff.lines.iter().any(|line| line.side != Side::Old);
        if beside && !self.titled {
            self.titled = true;
            let titles = titles(&self.page, self.titles, self.spread.width);
            self.page.line(titles);
            self.take();
        }
        let end = self.out.rows.len() + self.spread.most;
        let mut hunks = diff.hunks.iter().peekable();
        let mut first = true;
        for stretch in stretches(diff, number, &self.spread.unfolded) {
            if self.out.rows.len() >= end {
                self.out.more = true;
                let text = "the text goes on; the last link on this page opens all of it";
                let ellipsis = self.page.theme.glyph(Glyph::Ellipsis);
                self.page
                    .say_indented(&format!("{ellipsis} {text}"), Scope::UiDim, 2);
                return;
            }
            let range = match stretch {
                Stretch::Folded(range) => {
                    self.out
                        .rows
                        .push(Row::Fold(number, range.start, range.len()));
                    continue;
                }
                Stretch::Same(range) => {
                    for line in range {
                        self.line(number, texts, line, beside, end);
                    }
                    continue;
                }
                Stretch::Hunk(range) => range,
            };
            let hunk = hunks.next();
            if !first {
                self.out.stops.push(self.out.rows.len());
            }
            first = false;
            let exact = hunk.is_some_and(|hunk| looks_the_same(texts, hunk, self.page.theme));
            self.hunk(number, texts, range, (beside, exact), end);
        }
    }

    /// A line that is the same on both sides.
    fn line(&mut self, number: usize, texts: &Texts, line: usize, beside: bool, end: usize) {
        let cells = cells(self.spread.width, beside);
        for piece in pieces(number, texts, line, cells, false, self.page.theme) {
            if self.out.rows.len() >= end {
                return;
            }
            self.out.rows.push(match beside {
                true => Row::Beside(Some(piece), Some(piece)),
                false => Row::Text(piece),
            });
        }
    }

    fn hunk(
        &mut self,
        number: usize,
        texts: &Texts,
        lines: Range<usize>,
        (beside, exact): (bool, bool),
        end: usize,
    ) {
        let cells = cells(self.spread.width, beside);
        let theme = self.page.theme;
        let side = |side: Side| {
            let of_side = move |line: &usize| texts.diff.lines[*line].side == side;
            lines
                .clone()
                .filter(of_side)
                .flat_map(move |line| pieces(number, texts, line, cells, exact, theme))
        };
        let room = end.saturating_sub(self.out.rows.len());
        if !beside {
            let all = side(Side::Old).chain(side(Side::New));
            self.out.rows.extend(all.take(room).map(Row::Text));
            return;
        }
        let (mut old, mut new) = (side(Side::Old), side(Side::New));
        for _ in 0..room {
            let (left, right) = (old.next(), new.next());
            if left.is_none() && right.is_none() {
                return;
            }
            self.out.rows.push(Row::Beside(left, right));
        }
    }
}

impl Row {
    fn is_blank(&self) -> bool {
        matches!(self, Row::Ready(line) if line.is_empty())
    }
}

/// Cells of the text in a row: without the margin, the sign and what stands between two columns.
pub fn cells(width: usize, beside: bool) -> usize {
    match beside {
        true => (width.saturating_sub(2 + 3) / 2).saturating_sub(2).max(8),
        false => width.saturating_sub(4).max(8),
    }
}

/// The rows that a line takes.
fn pieces(
    difference: usize,
    texts: &Texts,
    line: usize,
    cells: usize,
    exact: bool,
    theme: &Theme,
) -> impl Iterator<Item = Piece> + use<> {
    let one = &texts.diff.lines[line];
    let raw = text_of(texts, one.side).slice(one.at.clone());
    let plain = |byte: &u8| (0x20..0x7f).contains(byte);
    let parts = match raw.len() <= cells && raw.bytes().iter().all(plain) {
        true => 1,
        false => wrap(&revealed(raw, exact, theme), cells).len().max(1),
    };
    (0..parts).map(move |part| Piece {
        difference,
        line,
        part,
        exact,
    })
}

/// The text in which a line of a side stands.
pub fn text_of(texts: &Texts, side: Side) -> Raw<'_> {
    match side {
        Side::Old => texts.old.as_raw(),
        Side::Same | Side::New => texts.new.as_raw(),
    }
}

pub fn revealed(raw: Raw, exact: bool, theme: &Theme) -> crate::text::Shown {
    if !exact {
        return shown(raw, theme);
    }
    let options = Options {
        ascii: theme.look.ascii,
        ..Options::default()
    };
    reveal_exact(raw, &options)
}

/// Whether both sides of a hunk would look the same: then what is harmless and invisible is what differs.
fn looks_the_same(texts: &Texts, hunk: &Hunk, theme: &Theme) -> bool {
    let options = Options {
        ascii: theme.look.ascii,
        ..Options::default()
    };
    let lines = |side: Side| {
        let lines = texts.diff.lines[hunk.lines.clone()].iter();
        let lines = lines.filter(move |line: &&DiffLine| line.side == side);
        lines.map(move |line| text_of(texts, side).slice(line.at.clone()))
    };
    let ascii = |raw: Raw| raw.bytes().is_ascii();
    if lines(Side::Old).all(ascii) && lines(Side::New).all(ascii) {
        return false;
    }
    let seen = |raw: Raw| reveal(raw, &options).into_string();
    lines(Side::Old).map(seen).eq(lines(Side::New).map(seen))
}

/// A part of a diff, by its lines.
enum Stretch {
    Hunk(Range<usize>),
    /// Lines that are the same.
    Same(Range<usize>),
    Folded(Range<usize>),
}

/// The diff in parts: lines that are the same are folded where they are many and far from those that are not.
fn stretches(diff: &Diff, number: usize, unfolded: &BTreeSet<(usize, usize)>) -> Vec<Stretch> {
    let mut out = Vec::new();
    let mut at = 0;
    let all = diff.lines.len();
    let same = |range: Range<usize>, out: &mut Vec<Stretch>| {
        if range.is_empty() {
            return;
        }
        let head = if range.start == 0 { 0 } else { CONTEXT };
        let tail = if range.end == all { 0 } else { CONTEXT };
        let middle = (range.start + head).min(range.end)..range.end.saturating_sub(tail);
        if middle.len() < FOLDED || unfolded.contains(&(number, middle.start)) {
            return out.push(Stretch::Same(range));
        }
        if range.start < middle.start {
            out.push(Stretch::Same(range.start..middle.start));
        }
        out.push(Stretch::Folded(middle.clone()));
        if middle.end < range.end {
            out.push(Stretch::Same(middle.end..range.end));
        }
    };
    for hunk in &diff.hunks {
        same(at..hunk.lines.start, &mut out);
        out.push(Stretch::Hunk(hunk.lines.clone()));
        at = hunk.lines.end;
    }
    same(at..all, &mut out);
    out
}
