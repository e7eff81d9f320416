//! How much two texts differ.

use crate::text::RawBuf;
use similar::{ChangeTag, TextDiff};

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

/// How much work comparing may still be: the words of one text times those of the other. Counted and not timed, so that
/// the same texts always compare the same.
#[derive(Clone, Copy, Debug)]
pub struct Budget(usize);

impl Default for Budget {
    fn default() -> Budget {
        Budget(6_000_000)
    }
}

impl Budget {
    /// Nothing is left of it.
    pub(super) fn spent() -> Budget {
        Budget(0)
    }
}

impl Extent {
    /// Compares two texts, by words as long as the budget lasts, and in one piece after that.
    pub fn between(old: Option<&RawBuf>, new: Option<&RawBuf>, budget: &mut Budget) -> Extent {
        let text = |raw: Option<&RawBuf>| {
            raw.map_or_else(String::new, |raw| {
                String::from_utf8_lossy(raw.as_raw().bytes()).into_owned()
            })
        };
        let (before, after) = (text(old), text(new));
        let count = |text: &str| text.chars().count();
        if old.is_none() || new.is_none() {
            return Extent {
                added: count(&after),
                removed: count(&before),
                ..Extent::default()
            };
        }
        let mut extent = Extent::default();
        let words = |text: &str| text.split_whitespace().count() + 1;
        let work = words(&before).saturating_mul(words(&after));
        /// Longer texts than some twenty words that share no tenth at their ends were written anew: comparing their
        /// words finds the same articles in other places.
        const REWRITTEN: usize = 400;
        let ends = common_ends(&before, &after);
        let anew = work > REWRITTEN && ends * 10 < before.len().min(after.len());
        if let Some(left) = budget.0.checked_sub(work).filter(|_| !anew) {
            budget.0 = left;
            extent.by_words(&before, &after);
        } else {
            extent.added = count(&after).saturating_sub(ends);
            extent.removed = count(&before).saturating_sub(ends);
        }
        extent.only_space = bare(&before).eq(bare(&after));
        let lower = |text: &str| {
            text.chars()
                .flat_map(char::to_lowercase)
                .collect::<String>()
        };
        extent.only_case = !extent.only_space && lower(&before) == lower(&after);
        extent
    }

    fn by_words(&mut self, before: &str, after: &str) {
        let (mut gone, mut came) = (0, 0);
        for change in TextDiff::configure()
            .diff_words(before, after)
            .iter_all_changes()
        {
            let count = change.value().chars().count();
            let word = usize::from(!change.value().trim().is_empty());
            match change.tag() {
                ChangeTag::Equal => {}
                ChangeTag::Delete => {
                    self.removed += count;
                    gone += word;
                }
                ChangeTag::Insert => {
                    self.added += count;
                    came += word;
                }
            }
        }
        self.one_word = (gone, came) == (1, 1);
    }
}

/// Characters at the start and at the end that are the same.
fn common_ends(before: &str, after: &str) -> usize {
    let same = |a: &(char, char)| a.0 == a.1;
    let start = before.chars().zip(after.chars()).take_while(same).count();
    let end = before.chars().rev().zip(after.chars().rev());
    let shorter = before.chars().count().min(after.chars().count());
    start + end.take_while(same).count().min(shorter - start)
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
        let (old, new) = (RawBuf::from(old), RawBuf::from(new));
        Extent::between(Some(&old), Some(&new), &mut Budget::default())
    }

    #[test]
    fn what_is_too_long_is_compared_in_one_piece() {
        let (old, new) = (RawBuf::from("a b c d"), RawBuf::from("a x y d"));
        let extent = Extent::between(Some(&old), Some(&new), &mut Budget(10));
        assert_eq!((extent.added, extent.removed), (3, 3));
        assert_eq!(common_ends("aaa", "aaaa"), 3);
    }

    #[test]
    fn characters_that_came_and_went_are_counted() {
        let extent = between("Send a mail.", "Send a mail. Also to me.");
        assert_eq!((extent.added, extent.removed), (12, 0));
        assert!(between("Search recursivly.", "Search recursively.").one_word);
        assert!(!between("Nothing is sent.", "A copy is kept.").one_word);
        assert_eq!(
            Extent::between(None, Some(&RawBuf::from("abc")), &mut Budget::default()).added,
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
