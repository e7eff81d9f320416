//! The words that a pattern cannot match without: one pass of an automaton looks for those of all patterns.

use regex_syntax::hir::{Hir, HirKind};

/// Words of which every match holds one; empty where there is no such list.
pub type Words = Vec<Vec<u8>>;

/// Shorter words are in every text.
const SHORTEST: usize = 3;
/// More alternatives than these are no help.
const MOST: usize = 64;

/// The words of a regex; none where a text without any fixed part could match.
pub fn of_regex(hir: &Hir) -> Words {
    needed(hir).unwrap_or_default()
}

/// The words of a fixed text: its longest part without white space, so that the text is found however it is wrapped.
pub fn of_literal(text: &str) -> Words {
    text.split(char::is_whitespace)
        .max_by_key(|part| part.len())
        .filter(|part| part.len() >= SHORTEST)
        .map_or(Words::new(), |part| vec![part.as_bytes().to_vec()])
}

fn needed(hir: &Hir) -> Option<Words> {
    match hir.kind() {
        HirKind::Literal(literal) => {
            let longest = literal
                .0
                .split(u8::is_ascii_whitespace)
                .max_by_key(|part| part.len())?;
            (longest.len() >= SHORTEST).then(|| vec![longest.to_vec()])
        }
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Concat(parts) => parts.iter().filter_map(needed).max_by_key(worth),
        HirKind::Alternation(parts) => {
            let mut all = Words::new();
            for part in parts {
                all.extend(needed(part)?);
            }
            (all.len() <= MOST).then_some(all)
        }
        _ => None,
    }
}

/// Words that nearly every description has: others tell more.
const COMMON: &[&str] = &[
    "tool", "tools", "this", "that", "with", "from", "other", "these", "when", "file", "name",
    "data", "text", "the", "and", "for", "use", "all", "any", "you", "your", "call", "function",
    "over", "before", "http", "https", "://", ".com",
];

/// The longer its shortest word, the rarer a list is met; of equals the shorter list, then the longer word.
fn worth(words: &Words) -> (usize, usize, usize) {
    let common = |word: &Vec<u8>| {
        COMMON
            .iter()
            .any(|c| word.eq_ignore_ascii_case(c.as_bytes()))
    };
    let rarity = |word: &Vec<u8>| if common(word) { 1 } else { word.len() };
    let rarest = words.iter().map(rarity).min().unwrap_or(0);
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    (rarest, MOST.saturating_sub(words.len()), shortest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(pattern: &str) -> Vec<String> {
        let hir = regex_syntax::parse(pattern).expect("a regex");
        of_regex(&hir)
            .into_iter()
            .map(|w| String::from_utf8(w).expect("UTF-8"))
            .collect()
    }

    #[test]
    fn every_match_holds_one_of_the_words() {
        assert_eq!(words(r"\bwebhook\.site\b"), ["webhook.site"]);
        assert_eq!(
            words(r"(?:ngrok\.io|oast\.fun)/x"),
            ["ngrok.io", "oast.fun"]
        );
        assert_eq!(
            words(r"\d+ ignore\s+(?:all|any) instructions"),
            ["instructions"]
        );
        assert_eq!(words(r"(?:abcdef)?xyzw+"), ["xyz"]);
        assert_eq!(words(r"\bbest\s+tool\b"), ["best"]);
        assert!(words(r"\d{3}-\d{2}").is_empty());
        assert!(words(r"(?:abc|\d)").is_empty());
        assert!(words(r"(?:abcd)*").is_empty());
    }

    #[test]
    fn a_text_is_known_by_its_longest_word() {
        assert_eq!(of_literal("do anything now"), [b"anything".to_vec()]);
        assert!(of_literal("a b c").is_empty());
    }
}
