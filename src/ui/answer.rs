//! What a terminal answers after nobody waits for it any more.
//!
//! Over a slow line the answer to the question for the background comes when the screens are on already, and its bytes
//! are read as keys: `]11;rgb:…` would open and close things. What begins like an answer and comes as fast as only a
//! terminal types is dropped up to its end.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use std::time::{Duration, Instant};

/// Longest time between two bytes of one answer. A person who presses the key that an answer begins with is not that
/// fast.
const APART: Duration = Duration::from_millis(100);

/// Longest answer, in keys: beyond that it is none.
const LONGEST: usize = 256;

/// Watches keys for answers among them.
#[derive(Debug, Default)]
pub struct Answers {
    /// When the last key of an answer came, and how many there were.
    inside: Option<(Instant, usize)>,
}

impl Answers {
    /// Whether a key is a part of an answer, and means nothing.
    pub fn holds(&mut self, key: &KeyEvent, now: Instant) -> bool {
        if key.kind == KeyEventKind::Release {
            return false;
        }
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let control = key.modifiers.contains(KeyModifiers::CONTROL);
        let goes_on = self.inside.is_some_and(|(last, keys)| {
            now.saturating_duration_since(last) < APART && keys < LONGEST
        });
        if goes_on {
            let ends = match key.code {
                KeyCode::Char('\\') => alt,
                KeyCode::Char('g') => control,
                _ => false,
            };
            let keys = self.inside.map_or(0, |(_, keys)| keys);
            self.inside = (!ends).then_some((now, keys + 1));
            return true;
        }
        // The introducers of an operating system command and of a device control string.
        let begins = alt && matches!(key.code, KeyCode::Char(']' | 'P'));
        self.inside = begins.then_some((now, 0));
        begins
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(letter: char, modifiers: KeyModifiers) -> KeyEvent {
        KeyEvent::new(KeyCode::Char(letter), modifiers)
    }

    #[test]
    fn an_answer_is_dropped_to_its_end() {
        let mut answers = Answers::default();
        let now = Instant::now();
        assert!(answers.holds(&key(']', KeyModifiers::ALT), now));
        for letter in "11;rgb:0000/0000/0000".chars() {
            assert!(answers.holds(&key(letter, KeyModifiers::NONE), now));
        }
        assert!(answers.holds(&key('\\', KeyModifiers::ALT), now));
        assert!(!answers.holds(&key('j', KeyModifiers::NONE), now));
    }

    #[test]
    fn who_types_slower_is_a_person() {
        let mut answers = Answers::default();
        let now = Instant::now();
        assert!(answers.holds(&key(']', KeyModifiers::ALT), now));
        assert!(!answers.holds(&key('j', KeyModifiers::NONE), now + APART));
        assert!(!answers.holds(&key(']', KeyModifiers::NONE), now));
    }
}
