//! What changed between two texts, line by line and word by word.

use similar::{Algorithm, ChangeTag, TextDiff};
use std::ops::Range;
use std::time::{Duration, Instant};

/// All of a diff, the words included, takes no longer than this; what is cut short is coarser, not wrong.
pub const DEADLINE: Duration = Duration::from_millis(100);

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
    /// The words in it that changed, in bytes of the same text.
    pub words: Vec<Range<usize>>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diff {
    pub lines: Vec<DiffLine>,
    /// The deadline was hit: the diff is right, but not the shortest.
    pub coarse: bool,
}

/// Compares two texts.
pub fn diff(old: &str, new: &str) -> Diff {
    let start = Instant::now();
    let end = start + DEADLINE;
    let text = TextDiff::configure()
        .algorithm(Algorithm::Myers)
        .deadline(end)
        .diff_lines(old, new);
    let (mut at_old, mut at_new) = (0, 0);
    let mut lines: Vec<DiffLine> = Vec::new();
    let mut hunk = (Vec::new(), Vec::new());
    for change in text.iter_all_changes() {
        let length = change.value().len();
        let shown = change.value().trim_end_matches(['\n', '\r']).len();
        match change.tag() {
            ChangeTag::Equal => {
                flush(&mut lines, &mut hunk, (old, new), end);
                lines.push(DiffLine {
                    side: Side::Same,
                    at: at_new..at_new + shown,
                    words: Vec::new(),
                });
                (at_old, at_new) = (at_old + length, at_new + length);
            }
            ChangeTag::Delete => {
                hunk.0.push(at_old..at_old + shown);
                at_old += length;
            }
            ChangeTag::Insert => {
                hunk.1.push(at_new..at_new + shown);
                at_new += length;
            }
        }
    }
    flush(&mut lines, &mut hunk, (old, new), end);
    Diff {
        lines,
        coarse: Instant::now() >= end,
    }
}

/// The lines of one hunk: each old line against the new line at its place, by words.
fn flush(
    lines: &mut Vec<DiffLine>,
    hunk: &mut (Vec<Range<usize>>, Vec<Range<usize>>),
    (old, new): (&str, &str),
    end: Instant,
) {
    let (gone, came) = std::mem::take(hunk);
    let words: Vec<_> = gone
        .iter()
        .zip(&came)
        .map(|(a, b)| {
            if Instant::now() < end {
                words(old, a, new, b, end)
            } else {
                Default::default()
            }
        })
        .collect();
    let of = |side: usize, n: usize, at: &Range<usize>| match words.get(n) {
        Some((a, b)) if side == 0 => {
            let _ = b;
            a.clone()
        }
        Some((_, b)) => b.clone(),
        None => vec![at.clone()],
    };
    for (n, at) in gone.iter().enumerate() {
        lines.push(DiffLine {
            side: Side::Old,
            at: at.clone(),
            words: of(0, n, at),
        });
    }
    for (n, at) in came.iter().enumerate() {
        lines.push(DiffLine {
            side: Side::New,
            at: at.clone(),
            words: of(1, n, at),
        });
    }
}

/// The words of two lines that differ, on either side.
fn words(
    old: &str,
    a: &Range<usize>,
    new: &str,
    b: &Range<usize>,
    end: Instant,
) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let text = TextDiff::configure()
        .deadline(end)
        .diff_unicode_words(&old[a.clone()], &new[b.clone()]);
    let (mut at_old, mut at_new) = (a.start, b.start);
    let (mut gone, mut came): (Vec<Range<usize>>, Vec<Range<usize>>) = (Vec::new(), Vec::new());
    let grow = |spans: &mut Vec<Range<usize>>, at: Range<usize>| match spans.last_mut() {
        Some(last) if last.end == at.start => last.end = at.end,
        _ => spans.push(at),
    };
    for change in text.iter_all_changes() {
        let length = change.value().len();
        match change.tag() {
            ChangeTag::Equal => (at_old, at_new) = (at_old + length, at_new + length),
            ChangeTag::Delete => {
                grow(&mut gone, at_old..at_old + length);
                at_old += length;
            }
            ChangeTag::Insert => {
                grow(&mut came, at_new..at_new + length);
                at_new += length;
            }
        }
    }
    (gone, came)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_word_that_was_added_is_the_only_thing_lit() {
        let (old, new) = ("Send a mail.\nTo one.\n", "Send a secret mail.\nTo one.\n");
        let diff = diff(old, new);
        let lit: Vec<&str> = diff
            .lines
            .iter()
            .flat_map(|l| l.words.iter().map(|w| &new[w.clone()]))
            .collect();
        assert_eq!(lit.concat().trim(), "secret");
        let sides: Vec<Side> = diff.lines.iter().map(|line| line.side).collect();
        assert_eq!(sides, [Side::Old, Side::New, Side::Same]);
        assert!(!diff.coarse);
    }

    proptest! {
        #[test]
        fn both_texts_can_be_read_off_the_diff(old in "[ab\n é]{0,60}", new in "[ab\n é]{0,60}") {
            let diff = diff(&old, &new);
            let side = |text: &str, keep: Side| -> Vec<String> {
                diff.lines.iter().filter(|l| l.side == keep || l.side == Side::Same)
                    .map(|l| if l.side == Side::Same { new[l.at.clone()].to_owned() } else { text[l.at.clone()].to_owned() })
                    .collect()
            };
            let lines = |text: &str| -> Vec<String> { text.lines().map(str::to_owned).collect() };
            prop_assert_eq!(side(&old, Side::Old), lines(&old));
            prop_assert_eq!(side(&new, Side::New), lines(&new));
        }
    }
}
