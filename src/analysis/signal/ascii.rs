//! Patterns over the bytes of a text.
//!
//! With Unicode's classes and word boundaries a regex leaves its fast automaton at the first letter beyond ASCII, and
//! a text of twenty languages has one in every line. These know ASCII's classes only; every other byte is "no word".

use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;

/// A fixed pattern without Unicode classes.
pub fn pattern(pattern: &str) -> Regex {
    RegexBuilder::new(pattern)
        .unicode(false)
        .build()
        .expect("patterns are fixed and tested")
}

/// Where a pattern matches, at most `most` times, widened to whole characters.
pub fn matches<'t>(
    pattern: &'t Regex,
    text: &'t str,
    most: usize,
) -> impl Iterator<Item = Range<usize>> + 't {
    pattern
        .find_iter(text.as_bytes())
        .take(most)
        .map(|hit| whole(text, hit.range()))
}

/// The first match, widened to whole characters.
pub fn first(pattern: &Regex, text: &str) -> Option<Range<usize>> {
    pattern
        .find(text.as_bytes())
        .map(|hit| whole(text, hit.range()))
}

/// The range widened to whole characters.
pub fn whole(text: &str, range: Range<usize>) -> Range<usize> {
    let (mut start, mut end) = (range.start, range.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_whole_characters() {
        let x = pattern("a[^b]");
        assert_eq!(first(&x, "aé"), Some(0..3));
        assert_eq!(matches(&x, "aé ax", 9).collect::<Vec<_>>(), [0..3, 4..6]);
    }
}
