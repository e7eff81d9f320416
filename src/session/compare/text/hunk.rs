//! The words that changed in lines that differ.

use super::token::{is_blank, tokens};
use super::{Until, replaced};
use crate::text::Raw;
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::ops::Range;

/// What differs in one hunk.
#[derive(Default)]
pub struct Words {
    /// For each line, the words of it that changed; none where all of it did.
    pub old: Vec<Vec<Range<usize>>>,
    pub new: Vec<Vec<Range<usize>>>,
    /// Characters that came, and that went.
    pub added: usize,
    pub removed: usize,
    pub only_space: bool,
    pub cut_short: bool,
}

/// Less than this part of the shorter text, in percent, is a chance: the lines were written anew.
const ALIKE: usize = 30;
/// What stayed between two changes and is no longer than this is told as changed with them.
const SPLINTER: usize = 2;

/// Compares the lines of a hunk as one text on each side, so that text that was only broken elsewhere is the same.
pub fn words(
    (old, gone): (Raw, &[Range<usize>]),
    (new, came): (Raw, &[Range<usize>]),
    until: Until,
) -> Words {
    let span = |lines: &[Range<usize>]| match (lines.first(), lines.last()) {
        (Some(first), Some(last)) => first.start..last.end,
        _ => 0..0,
    };
    let (mine, theirs) = (span(gone), span(came));
    let (before, after) = (&old.bytes()[mine.clone()], &new.bytes()[theirs.clone()]);
    let mut out = Words {
        only_space: bare(before).eq(bare(after)),
        ..Words::default()
    };
    let (tokens_old, tokens_new) = (tokens(before), tokens(after));
    out.cut_short = until.is_over();
    let ops = match out.cut_short || gone.is_empty() || came.is_empty() {
        true => vec![replaced(tokens_old.len(), tokens_new.len())],
        false => {
            capture_diff_slices_deadline(Algorithm::Myers, &tokens_old, &tokens_new, Some(until.0))
        }
    };
    out.cut_short |= until.is_over();
    let mut runs = Runs::of(&ops, &tokens_old, &tokens_new);
    let alike = runs.same * 100 >= ALIKE * seen(before).min(seen(after)) && runs.same > 0;
    if !alike && !out.only_space {
        // Written anew: the same articles in other places say nothing.
        runs.old = std::iter::once(0..before.len()).collect();
        runs.new = std::iter::once(0..after.len()).collect();
    }
    out.removed = count(before, &runs.old);
    out.added = count(after, &runs.new);
    out.old = by_line(gone, &shifted(runs.old, mine.start), old);
    out.new = by_line(came, &shifted(runs.new, theirs.start), new);
    out
}

/// The stretches of either text that changed, and how many bytes that can be seen stayed.
struct Runs {
    old: Vec<Range<usize>>,
    new: Vec<Range<usize>>,
    same: usize,
}

impl Runs {
    fn of(ops: &[DiffOp], old: &[&[u8]], new: &[&[u8]]) -> Runs {
        let mut out = Runs {
            old: Vec::new(),
            new: Vec::new(),
            same: 0,
        };
        let (mut at_old, mut at_new) = (0, 0);
        for (n, op) in ops.iter().enumerate() {
            let mine = length(&old[op.old_range()]);
            let theirs = length(&new[op.new_range()]);
            let (mine, theirs) = (at_old..at_old + mine, at_new..at_new + theirs);
            (at_old, at_new) = (mine.end, theirs.end);
            let DiffOp::Equal { .. } = op else {
                grow(&mut out.old, mine);
                grow(&mut out.new, theirs);
                continue;
            };
            let stayed: usize = old[op.old_range()]
                .iter()
                .filter(|token| !is_blank(token))
                .map(|token| token.len())
                .sum();
            let between = n > 0 && n + 1 < ops.len();
            let breaks = old[op.old_range()].iter().any(|token| token == b"\n");
            if between && !breaks && stayed <= SPLINTER && touches(ops, n) {
                grow(&mut out.old, mine);
                grow(&mut out.new, theirs);
            } else {
                out.same += stayed;
            }
        }
        out
    }
}

/// Whether both neighbours of a stretch that stayed were exchanged, words for words: then a comma between them was too.
fn touches(ops: &[DiffOp], n: usize) -> bool {
    let exchanged = |op: &DiffOp| matches!(op, DiffOp::Replace { .. });
    exchanged(&ops[n - 1]) && exchanged(&ops[n + 1])
}

fn length(tokens: &[&[u8]]) -> usize {
    tokens.iter().map(|token| token.len()).sum()
}

fn grow(spans: &mut Vec<Range<usize>>, at: Range<usize>) {
    match spans.last_mut() {
        _ if at.is_empty() => {}
        Some(last) if last.end == at.start => last.end = at.end,
        _ => spans.push(at),
    }
}

fn shifted(spans: Vec<Range<usize>>, by: usize) -> Vec<Range<usize>> {
    spans
        .into_iter()
        .map(|span| span.start + by..span.end + by)
        .collect()
}

/// Spans of a text by its lines; none for a line of which all changed that can be seen.
fn by_line(lines: &[Range<usize>], spans: &[Range<usize>], text: Raw) -> Vec<Vec<Range<usize>>> {
    let mut first = 0;
    let mut out = Vec::with_capacity(lines.len());
    for line in lines {
        while spans.get(first).is_some_and(|span| span.end <= line.start) {
            first += 1;
        }
        let here = spans[first..]
            .iter()
            .take_while(|span| span.start < line.end)
            .map(|span| span.start.max(line.start)..span.end.min(line.end))
            .filter(|span| !span.is_empty());
        let here: Vec<Range<usize>> = here.collect();
        let all = seen(&text.bytes()[line.clone()]);
        let lit: usize = here
            .iter()
            .map(|span| seen(&text.bytes()[span.clone()]))
            .sum();
        out.push(if lit == all && all > 0 {
            Vec::new()
        } else {
            here
        });
    }
    out
}

/// Bytes that are not white.
fn seen(text: &[u8]) -> usize {
    bare(text).count()
}

/// The text without what is white and visible as such. Invisible characters are not white space: they count.
fn bare(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.iter()
        .copied()
        .filter(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}

/// Characters in some spans.
fn count(text: &[u8], spans: &[Range<usize>]) -> usize {
    let starts = |byte: &&u8| **byte & 0xc0 != 0x80;
    spans
        .iter()
        .map(|span| text[span.clone()].iter().filter(starts).count())
        .sum()
}
