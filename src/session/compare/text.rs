//! What changed between two texts, line by line and word by word.
//!
//! The texts are compared as they were sent: characters that nobody sees are words of their own, and bytes that are no
//! text are too. How they are made visible is for those who show them.

mod hunk;
mod moved;
mod token;

use crate::text::Raw;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::ops::Range;
use std::time::{Duration, Instant};

/// All texts of one comparison, the words included, take no longer than this; what is cut short is coarser, not wrong.
pub const DEADLINE: Duration = Duration::from_millis(100);

/// When comparing has to be done.
#[derive(Clone, Copy, Debug)]
pub struct Until(Instant);

impl Until {
    /// [`DEADLINE`] from now.
    pub fn soon() -> Until {
        Until::within(DEADLINE)
    }

    pub fn within(time: Duration) -> Until {
        Until(Instant::now() + time)
    }

    /// The time is over.
    pub fn is_over(self) -> bool {
        Instant::now() >= self.0
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Same,
    Old,
    New,
}

/// One line of the diff. Ranges are bytes of the old or the new text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffLine {
    pub side: Side,
    /// Where the line stands in the text of its side (for [`Side::Same`] in the new one), without its newline.
    pub at: Range<usize>,
    /// The words in it that changed, in bytes of the same text. None where all of the line did.
    pub words: Vec<Range<usize>>,
}

/// Lines next to each other that differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// Their places in [`Diff::lines`]: those of the old text, then those of the new one.
    pub lines: Range<usize>,
    /// Only white space differs.
    pub only_space: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    pub lines: Vec<DiffLine>,
    pub hunks: Vec<Hunk>,
    /// Text that stands elsewhere now, word for word: where it stood, and where it stands.
    pub moved: Vec<(Range<usize>, Range<usize>)>,
    /// Characters that came, and that went.
    pub added: usize,
    pub removed: usize,
    /// The texts differ in the line break at their end, and in nothing else.
    pub only_end: bool,
    /// The deadline was hit: the diff is right, but not the shortest, and not all words are told.
    pub cut_short: bool,
}

/// Compares two texts.
pub fn diff(old: Raw, new: Raw, until: Until) -> Diff {
    let (before, after) = (lines(old), lines(new));
    let mut out = Diff::default();
    let (mine, theirs) = (slices(old, &before), slices(new, &after));
    let ops = match until.is_over() {
        true => vec![replaced(mine.len(), theirs.len())],
        false => capture_diff_slices_deadline(Algorithm::Myers, &mine, &theirs, Some(until.0)),
    };
    out.cut_short = until.is_over();
    let mut gone = Vec::new();
    let mut came = Vec::new();
    for op in ops {
        match op {
            DiffOp::Equal { new_index, len, .. } => {
                out.flush((old, new), &mut gone, &mut came, until);
                let same = after[new_index..new_index + len].iter();
                out.lines.extend(same.map(|line| DiffLine {
                    side: Side::Same,
                    at: line.clone(),
                    words: Vec::new(),
                }));
            }
            _ => {
                gone.extend_from_slice(&before[op.old_range()]);
                came.extend_from_slice(&after[op.new_range()]);
            }
        }
    }
    out.flush((old, new), &mut gone, &mut came, until);
    out.only_end = out.hunks.is_empty() && old != new;
    out.moved = moved::of(&out, old, new);
    out
}

fn slices<'t>(text: Raw<'t>, lines: &[Range<usize>]) -> Vec<&'t [u8]> {
    let slice = |line: &Range<usize>| &text.bytes()[line.clone()];
    lines.iter().map(slice).collect()
}

/// All of one for all of the other.
fn replaced(old_len: usize, new_len: usize) -> DiffOp {
    DiffOp::Replace {
        old_index: 0,
        old_len,
        new_index: 0,
        new_len,
    }
}

impl Diff {
    /// Takes in the lines of one hunk.
    fn flush(
        &mut self,
        (old, new): (Raw, Raw),
        gone: &mut Vec<Range<usize>>,
        came: &mut Vec<Range<usize>>,
        until: Until,
    ) {
        let (gone, came) = (std::mem::take(gone), std::mem::take(came));
        if gone.is_empty() && came.is_empty() {
            return;
        }
        let from = self.lines.len();
        let words = hunk::words((old, &gone), (new, &came), until);
        self.cut_short |= words.cut_short;
        self.added += words.added;
        self.removed += words.removed;
        for (side, lines, words) in [(Side::Old, gone, words.old), (Side::New, came, words.new)] {
            let told = lines.into_iter().zip(words);
            self.lines
                .extend(told.map(|(at, words)| DiffLine { side, at, words }));
        }
        self.hunks.push(Hunk {
            lines: from..self.lines.len(),
            only_space: words.only_space,
        });
    }
}

/// The lines of a text, without their newlines. What stands behind the last newline is a line if it is not empty.
fn lines(text: Raw) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut at = 0;
    for newline in memchr::memchr_iter(b'\n', text.bytes()) {
        out.push(at..newline);
        at = newline + 1;
    }
    if at < text.len() {
        out.push(at..text.len());
    }
    out
}

#[cfg(test)]
mod tests;
