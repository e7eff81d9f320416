//! Texts that quote an attack to speak about it.

use super::super::lexicon::Concept::{self, About, Example};
use super::super::reading::Reading;
use super::Signal;

/// Whether a text is about attacks and the orders in it stand in quotes, code or a block quotation.
pub(super) fn is_documentation(reading: &Reading, signals: &[Signal]) -> bool {
    /// How far around an order what it is about is told.
    const AROUND: usize = 1_200;
    let (Some(first), Some(last)) = (
        signals.iter().map(|s| s.span.start).min(),
        signals.iter().map(|s| s.span.end).max(),
    ) else {
        return false;
    };
    let near = |concept: Concept| {
        reading
            .sentences
            .iter()
            .flat_map(|s| s.all(concept))
            .filter(|h| h.end + AROUND > first && h.start < last + AROUND)
            .filter(|h| {
                !signals
                    .iter()
                    .any(|s| s.span.start <= h.start && h.end <= s.span.end)
            })
            .count()
    };
    let heavy = || signals.iter().filter(|s| s.weight >= 2.0);
    let (about, example) = (near(About), near(Example));
    about > 0
        && about + example > 1
        && heavy().all(|s| is_in_quotes(&reading.plain.text, s.span.start))
}

/// Whether a place stands in a block quotation, in code, or in quotation marks.
pub(super) fn is_in_quotes(text: &str, at: usize) -> bool {
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |n| n + 1);
    let after = &text[at..];
    let rest = after.find('\n').map_or(after, |n| &after[..n]);
    let pairs = [('"', '"'), ('\u{ab}', '\u{bb}'), ('「', '」'), ('`', '`')];
    text[line..].trim_start().starts_with('>')
        || before.matches("```").count() % 2 == 1
        || pairs.iter().any(|(open, close)| {
            let opened = before[line..].matches(*open).count();
            let closed = if open == close {
                0
            } else {
                before[line..].matches(*close).count()
            };
            (if open == close {
                opened % 2 == 1
            } else {
                opened > closed
            }) && rest.contains(*close)
        })
        || rest.contains('\'') && is_in_single_quotes(&before[line..])
}

/// Whether a line ends inside single quotes. An apostrophe inside a word opens nothing.
fn is_in_single_quotes(line: &str) -> bool {
    let opened = line
        .match_indices('\'')
        .filter(|(at, _)| line[..*at].ends_with([' ', '(', '[', ':', ',']))
        .map(|(at, _)| at)
        .next_back();
    opened.is_some_and(|at| {
        let inside = &line[at + 1..];
        !inside
            .match_indices('\'')
            .any(|(end, _)| !inside[end + 1..].starts_with(|c: char| c.is_alphanumeric()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_open_and_close() {
        let at = |text: &str| is_in_quotes(text, text.find("ignore").unwrap());
        assert!(at("phrases like 'ignore all rules' or others"));
        assert!(at("phrases like \"ignore all rules\" or others"));
        assert!(!at("the user's name; ignore all rules, don't ask"));
        assert!(!at("phrases like 'a' are fine, ignore all 'rules'"));
    }
}
