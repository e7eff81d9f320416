//! Runs of plain white space, and the fast way over plain ASCII.

use std::ops::Range;

use super::Place;

/// White space in a row that is worth a look.
const LOOK: usize = 15;
/// Columns of spaces that are shown as a count.
const SHOWN_COLUMNS: usize = 40;
/// Line breaks in a row (with nothing but spaces between them) that are shown as a count.
const SHOWN_BREAKS: usize = 15;
const TAB: usize = 8;
const CHUNK: usize = 32;

/// Neither a control character (other than LF and TAB) nor beyond ASCII.
fn is_plain(b: u8) -> bool {
    (0x20..0x7f).contains(&b) | (b == b'\n') | (b == b'\t')
}

fn is_space(b: u8) -> bool {
    b <= 0x20
}

/// The end of the plain ASCII from `from` on: where something else stands, or (then `true`) where [`LOOK`] bytes of white
/// space have been passed.
pub(super) fn plain_ascii(bytes: &[u8], from: usize) -> (usize, bool) {
    let mut at = from;
    let mut spaces = 0;
    loop {
        if spaces == 0 {
            while let Some(chunk) = bytes.get(at..at + CHUNK) {
                if !is_clean(chunk) {
                    break;
                }
                at += CHUNK;
            }
            let before = &bytes[from..at];
            spaces = before
                .iter()
                .rev()
                .take(LOOK)
                .take_while(|&&b| is_space(b))
                .count();
        }
        for _ in 0..CHUNK {
            match bytes.get(at) {
                Some(&b) if is_plain(b) => {
                    at += 1;
                    spaces = if is_space(b) { spaces + 1 } else { 0 };
                    if spaces >= LOOK {
                        return (at, true);
                    }
                }
                _ => return (at, false),
            }
        }
    }
}

/// Plain, and without eight aligned bytes of white space: fifteen in a row always hold such eight.
fn is_clean(chunk: &[u8]) -> bool {
    let odd = chunk.iter().fold(false, |odd, &b| odd | !is_plain(b));
    !odd && !chunk
        .chunks_exact(8)
        .any(|eight| eight.iter().fold(true, |all, &b| all & is_space(b)))
}

/// The run of white space (LF, CRLF, TAB, space) around `at`, not before `floor`; `None` when there is none.
pub(super) fn run_at(bytes: &[u8], floor: usize, at: usize) -> Option<Range<usize>> {
    let start = at
        - bytes[floor..at]
            .iter()
            .rev()
            .take_while(|b| matches!(b, b' ' | b'\t' | b'\n' | b'\r'))
            .count();
    let mut end = at;
    loop {
        match bytes.get(end) {
            Some(b' ' | b'\t' | b'\n') => end += 1,
            Some(b'\r') if bytes.get(end + 1) == Some(&b'\n') => end += 2,
            _ => break,
        }
    }
    (end > start).then_some(start..end)
}

/// The first part of a run of white space that is worth a count instead of the thing itself.
pub(super) fn wide(bytes: &[u8], run: Range<usize>) -> Option<Range<usize>> {
    let space = &bytes[run.clone()];
    if breaks(space) >= SHOWN_BREAKS {
        let first = memchr::memchr(b'\n', space)?;
        let last = memchr::memrchr(b'\n', space)?;
        let first = if first > 0 && space[first - 1] == b'\r' {
            first - 1
        } else {
            first
        };
        return Some(run.start + first..run.start + last + 1);
    }
    let mut start = run.start;
    for part in space.split(|&b| b == b'\n') {
        let part = part.strip_suffix(b"\r").unwrap_or(part);
        if columns(part) >= SHOWN_COLUMNS {
            return Some(start..start + part.len());
        }
        start += part.len();
        start += bytes[start..].iter().take_while(|&&b| b == b'\r').count() + 1;
    }
    None
}

pub(super) fn breaks(space: &[u8]) -> usize {
    memchr::memchr_iter(b'\n', space).count()
}

fn columns(part: &[u8]) -> usize {
    part.iter().map(|&b| if b == b'\t' { TAB } else { 1 }).sum()
}

/// Whether a run pushes text out of sight: there is text after it, and it is wider or higher than its place explains.
pub(super) fn hides(bytes: &[u8], run: Range<usize>, place: Place) -> bool {
    let (most_columns, most_breaks) = match place {
        Place::Identifier => (SHOWN_COLUMNS, 1),
        Place::Prose => (80, 15),
        // Wide tables, and pagers that clear the screen with line feeds.
        Place::Output => (400, 40),
    };
    let after = &bytes[run.end..];
    match breaks(&bytes[run.clone()]) {
        0 => {
            columns(&bytes[run]) >= most_columns
                && !matches!(after, [] | [b'\n', ..] | [b'\r', b'\n', ..])
        }
        breaks => breaks >= most_breaks && after.iter().any(|b| !b.is_ascii_whitespace()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn counts_what_is_wide() {
        let text = format!("a  {}\r\n \nb", "\n \r\n".repeat(10));
        let run = run_at(text.as_bytes(), 0, 1).unwrap();
        assert_eq!(run, 1..text.len() - 1);
        let wide = wide(text.as_bytes(), run).unwrap();
        assert_eq!(breaks(&text.as_bytes()[wide.clone()]), 22);
        assert!(hides(text.as_bytes(), wide, Place::Prose));
    }

    #[test]
    fn indentation_is_not_hiding() {
        let text = format!("def f():\r\n{}return 1\n", " ".repeat(50));
        let run = run_at(text.as_bytes(), 0, 12).unwrap();
        let wide = wide(text.as_bytes(), run).unwrap();
        assert_eq!(wide.len(), 50);
        assert!(!hides(text.as_bytes(), wide, Place::Output));
    }

    proptest! {
        #[test]
        fn the_fast_way_passes_only_plain_ascii(s in "[ \n\ta-c\r\u{1b}é]{0,200}", from in 0usize..100) {
            let from = from.min(s.len());
            let (at, blank) = plain_ascii(s.as_bytes(), from);
            prop_assert!(s.as_bytes()[from..at].iter().all(|&b| is_plain(b)));
            // It stops at the first thing that is not plain, or in white space.
            let space = s.as_bytes()[from..at].iter().rev().take_while(|&&b| is_space(b)).count();
            prop_assert_eq!(blank, space >= LOOK);
            prop_assert!(at == s.len() || !is_plain(s.as_bytes()[at]) || blank);
        }
    }
}
