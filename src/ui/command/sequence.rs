//! Keys pressed one after the other.

use crate::ui::key::Key;
use std::fmt;

/// What runs a command: one key, or several in turn (`Y v`), of which all but the last are a prefix.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Sequence(Vec<Key>);

impl Sequence {
    /// Reads names of keys with blanks between them: `Y v`, `ctrl-x ctrl-s`.
    pub fn parse(names: &str) -> Option<Sequence> {
        let keys: Option<Vec<Key>> = names.split_whitespace().map(Key::parse).collect();
        Some(Sequence(keys.filter(|keys| !keys.is_empty())?))
    }

    pub fn single(key: Key) -> Sequence {
        Sequence(vec![key])
    }

    /// As [`parse`](Self::parse) reads it.
    pub fn names(&self) -> String {
        let names: Vec<String> = self.0.iter().map(|key| key.name()).collect();
        names.join(" ")
    }

    pub fn keys(&self) -> &[Key] {
        &self.0
    }

    /// What is still to be pressed after these keys; `None` where it does not begin with them.
    pub fn after(&self, pressed: &[Key]) -> Option<&[Key]> {
        self.0.strip_prefix(pressed)
    }

    /// Whether one begins with all of the other, so that the longer could never be pressed.
    pub fn clashes(&self, other: &Sequence) -> bool {
        self.after(&other.0).is_some() || other.after(&self.0).is_some()
    }
}

/// Keys as a person reads them: `Y v`.
pub fn shown(keys: &[Key]) -> String {
    let keys: Vec<String> = keys.iter().map(Key::to_string).collect();
    keys.join(" ")
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&shown(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &str) -> Sequence {
        Sequence::parse(names).expect(names)
    }

    #[test]
    fn a_sequence_is_written_with_blanks() {
        assert_eq!(keys("Y v").keys().len(), 2);
        assert_eq!(keys(" ctrl-x  left ").to_string(), "ctrl-x ←");
        assert_eq!(Sequence::parse("Y nonsense"), None);
        assert_eq!(Sequence::parse("  "), None);
    }

    #[test]
    fn what_begins_with_another_clashes_with_it() {
        assert!(keys("Y").clashes(&keys("Y v")) && keys("Y v").clashes(&keys("Y")));
        assert!(keys("Y v").clashes(&keys("Y v")));
        assert!(!keys("Y v").clashes(&keys("Y p")) && !keys("Y").clashes(&keys("y")));
    }

    #[test]
    fn the_rest_is_what_comes_after_what_was_pressed() {
        let sequence = keys("Y v");
        assert_eq!(
            sequence.after(&keys("Y").0).map(shown).as_deref(),
            Some("v")
        );
        assert_eq!(sequence.after(&keys("v").0), None);
    }
}
