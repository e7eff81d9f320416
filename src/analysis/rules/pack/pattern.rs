//! One pattern: a fixed text or a regular expression, ready to be looked for.

use super::words::{self, Words};
use crate::text::Raw;
use regex::bytes::{Regex, RegexBuilder};

/// A pattern.
#[derive(Debug)]
pub struct Pattern {
    /// As it was written.
    pub source: String,
    pub regex: Regex,
    /// Of these every match holds one, in ASCII regardless of case; empty where there are none.
    pub words: Words,
    /// It is looked for in the text as a model understands it: disguises undone, in lower case, white space one space.
    /// Otherwise in the text as it stands.
    pub decoded: bool,
    /// It matches at the start or the end of a text alone.
    pub anchored: (bool, bool),
}

/// How a pattern is meant.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    pub decoded: bool,
    /// Letters match in their own case only.
    pub case: bool,
}

/// Bytes that a compiled pattern may take: one that needs more is not what it was meant to be.
const LARGEST: usize = 1 << 20;

impl Pattern {
    /// A text that is looked for as it is, however its words are wrapped.
    pub fn literal(text: &str, reading: Reading) -> Result<Pattern, String> {
        let text: String = if reading.decoded {
            let words: Vec<&str> = text.split_whitespace().collect();
            words.join(" ").to_lowercase()
        } else {
            text.to_owned()
        };
        if text.is_empty() {
            return Err("an empty text is in every text: write what is to be looked for.".into());
        }
        let mut pattern = Pattern::compiled(&regex::escape(&text), reading)?;
        pattern.words = spellings(words::of_literal(&text));
        pattern.source = text;
        Ok(pattern)
    }

    pub fn regex(source: &str, reading: Reading) -> Result<Pattern, String> {
        let mut pattern = Pattern::compiled(source, reading)?;
        // Without the regard for case: the automaton folds ASCII itself, and a folded literal is one no more.
        let bare = source.strip_prefix("(?i)").unwrap_or(source);
        let parse = |unicode: bool| {
            let mut parser = regex_syntax::ParserBuilder::new();
            let parsed = parser.unicode(unicode).utf8(false).build().parse(bare);
            parsed.map_err(|error| told(&error.to_string()))
        };
        let hir = parse(!source.is_ascii()).or_else(|_| parse(true))?;
        let look = hir.properties();
        pattern.words = spellings(words::of_regex(&hir));
        pattern.anchored = (
            look.look_set_prefix()
                .contains(regex_syntax::hir::Look::Start),
            look.look_set_suffix()
                .contains(regex_syntax::hir::Look::End),
        );
        Ok(pattern)
    }

    fn compiled(source: &str, reading: Reading) -> Result<Pattern, String> {
        // Unicode's classes take a regex out of its fast automaton, so they are on only where they are asked for.
        let build = |unicode: bool| {
            RegexBuilder::new(source)
                .unicode(unicode)
                .case_insensitive(!reading.case)
                .size_limit(LARGEST)
                .build()
        };
        let regex = if source.is_ascii() {
            build(false).or_else(|_| build(true))
        } else {
            build(true)
        };
        let regex = regex.map_err(|error| told(&error.to_string()))?;
        if regex.is_match(b"") {
            return Err(
                "it matches nothing at all, so it is in every text: name what must be there."
                    .into(),
            );
        }
        Ok(Pattern {
            source: source.to_owned(),
            regex,
            words: Words::new(),
            decoded: reading.decoded,
            anchored: (false, false),
        })
    }
}

/// The last line of an error of the regex crates says what is wrong.
fn told(error: &str) -> String {
    let last = error.lines().last().unwrap_or(error).trim();
    let last = last.strip_prefix("error: ").unwrap_or(last);
    format!("the regex cannot be used: {}.", Raw::from(last).label(160))
}

/// The words as they may be spelled: the automaton folds the case of ASCII only.
fn spellings(words: Words) -> Words {
    let mut all = Words::new();
    for word in words {
        if let (false, Ok(text)) = (word.is_ascii(), std::str::from_utf8(&word)) {
            let mut letters = text.chars();
            let capital: String = letters.next().map_or(String::new(), |c| {
                c.to_uppercase()
                    .chain(letters.flat_map(char::to_lowercase))
                    .collect()
            });
            all.extend([text.to_lowercase(), text.to_uppercase(), capital].map(String::into_bytes));
        }
        all.push(word);
    }
    all.sort();
    all.dedup();
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    const READING: Reading = Reading {
        decoded: true,
        case: false,
    };

    #[test]
    fn patterns_say_what_is_wrong_with_them() {
        let error = |source: &str| Pattern::regex(source, READING).expect_err("an error");
        assert!(
            error("a(b").starts_with("the regex cannot be used: unclosed group"),
            "{}",
            error("a(b")
        );
        assert!(error("x*").contains("every text"));
        assert!(error(r"(?:\pL{500}){500}").starts_with("the regex cannot be used"));
        assert!(Pattern::literal(" ", READING).is_err());
    }

    #[test]
    fn words_and_anchors_are_known() {
        let pattern = Pattern::regex(r"^gopher://\S+$", READING).expect("a regex");
        assert_eq!(pattern.words, [b"gopher://".to_vec()]);
        assert_eq!(pattern.anchored, (true, true));
        let pattern = Pattern::literal("Ключ от", READING).expect("a text");
        assert_eq!(pattern.words.len(), 3);
    }
}
