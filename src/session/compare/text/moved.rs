//! Text that was not changed, only put elsewhere.

use super::token::is_blank;
use super::{Diff, DiffLine, Side};
use crate::text::Raw;
use std::collections::HashMap;
use std::ops::Range;

/// Shorter text is in two places by chance.
const SHORTEST: usize = 20;
/// Moves that are told.
const MOST: usize = 64;

/// Stretches that went in one place and came in another, word for word.
pub fn of(diff: &Diff, old: Raw, new: Raw) -> Vec<(Range<usize>, Range<usize>)> {
    let stretches = |side: Side, text: Raw| -> Vec<Range<usize>> {
        let lines = diff.lines.iter().filter(|line| line.side == side);
        lines
            .flat_map(changed)
            .map(|span| trimmed(text.bytes(), span))
            .filter(|span| span.len() >= SHORTEST)
            .collect()
    };
    let mut came: HashMap<&[u8], Vec<Range<usize>>> = HashMap::new();
    for span in stretches(Side::New, new) {
        came.entry(&new.bytes()[span.clone()])
            .or_default()
            .push(span);
    }
    if came.is_empty() {
        return Vec::new();
    }
    let mut out = Vec::new();
    for span in stretches(Side::Old, old) {
        let same = came.get_mut(&old.bytes()[span.clone()]);
        if let Some(to) = same.filter(|places| !places.is_empty()) {
            out.push((span, to.remove(0)));
            if out.len() == MOST {
                break;
            }
        }
    }
    out
}

/// What of a line changed.
fn changed(line: &DiffLine) -> Vec<Range<usize>> {
    match line.words.is_empty() {
        true => vec![line.at.clone()],
        false => line.words.clone(),
    }
}

fn trimmed(text: &[u8], span: Range<usize>) -> Range<usize> {
    let blank = |at: usize| is_blank(&text[at..=at]);
    let start = span.clone().find(|at| !blank(*at)).unwrap_or(span.end);
    let end = (start..span.end)
        .rfind(|at| !blank(*at))
        .map_or(start, |at| at + 1);
    start..end
}
