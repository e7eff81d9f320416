//! How much two texts differ.

use crate::text::RawBuf;
use similar::{ChangeTag, TextDiff};
use std::time::Instant;

/// Characters that came and went, counted by whole words.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Extent {
    pub added: usize,
    pub removed: usize,
    /// Only white space differs.
    pub only_space: bool,
    /// Only upper and lower case differ.
    pub only_case: bool,
    /// One word stands for another, and nothing else differs.
    pub one_word: bool,
}

impl Extent {
    /// Compares two texts, by words until `end` and in one piece after that.
    pub fn between(old: Option<&RawBuf>, new: Option<&RawBuf>, end: Instant) -> Extent {
        let text = |raw: Option<&RawBuf>| {
            raw.map_or_else(String::new, |raw| {
                String::from_utf8_lossy(raw.as_raw().bytes()).into_owned()
            })
        };
        let (before, after) = (text(old), text(new));
        let mut extent = Extent::default();
        let (mut gone, mut came) = (0, 0);
        let words = TextDiff::configure()
            .deadline(end)
            .diff_words(before.as_str(), after.as_str());
        for change in words.iter_all_changes() {
            let count = change.value().chars().count();
            let word = usize::from(!change.value().trim().is_empty());
            match change.tag() {
                ChangeTag::Equal => {}
                ChangeTag::Delete => {
                    extent.removed += count;
                    gone += word;
                }
                ChangeTag::Insert => {
                    extent.added += count;
                    came += word;
                }
            }
        }
        if old.is_none() || new.is_none() {
            return extent;
        }
        extent.only_space = bare(&before).eq(bare(&after));
        let lower = |text: &str| {
            text.chars()
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        extent.only_case = !extent.only_space && lower(&before) == lower(&after);
        extent.one_word = (gone, came) == (1, 1);
        extent
    }
}

/// The text without what is white and visible as such. Invisible characters are not white space: they count.
fn bare(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars()
        .filter(|c| !matches!(c, ' ' | '\t' | '\n' | '\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(old: &str, new: &str) -> Extent {
        Extent::between(Some(&RawBuf::from(old)), Some(&RawBuf::from(new)), soon())
    }

    fn soon() -> Instant {
        Instant::now() + std::time::Duration::from_secs(5)
    }

    #[test]
    fn characters_that_came_and_went_are_counted() {
        let extent = between("Send a mail.", "Send a mail. Also to me.");
        assert_eq!((extent.added, extent.removed), (12, 0));
        assert!(between("Search recursivly.", "Search recursively.").one_word);
        assert!(!between("Nothing is sent.", "A copy is kept.").one_word);
        assert_eq!(
            Extent::between(None, Some(&RawBuf::from("abc")), soon()).added,
            3
        );
    }

    #[test]
    fn white_space_and_case_are_told_apart_from_what_cannot_be_seen() {
        assert!(between("a  b", "a b\n").only_space);
        assert!(between("Send", "send").only_case);
        let hidden = between("a b", "a\u{200b} b");
        assert!(!hidden.only_space && !hidden.only_case);
    }
}
