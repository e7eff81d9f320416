//! By what an entry is known in both files.

use std::collections::VecDeque;

/// The two files write the same at times that differ by this much at most, in microseconds.
const NEAR: i64 = 5_000;
/// Most entries of such a time that are kept apart.
const KEPT: usize = 4096;

/// What was written a moment ago.
#[derive(Default)]
pub struct Same {
    recent: VecDeque<(i64, [u8; 32])>,
}

impl Same {
    /// The key of an entry: what it says, and how many that say the same came just before it.
    pub fn key(&mut self, micros: i64, label: &[u8], kind: &[u8], text: &[u8]) -> Vec<u8> {
        let mut hasher = blake3::Hasher::new();
        for part in [label, kind, text] {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let hash = *hasher.finalize().as_bytes();
        let is_near = |at: i64| micros.saturating_sub(at).abs() <= NEAR;
        while self.recent.len() >= KEPT || self.recent.front().is_some_and(|(at, _)| !is_near(*at))
        {
            self.recent.pop_front();
        }
        let before = self.recent.iter();
        let before = before.filter(|(at, other)| *other == hash && is_near(*at));
        let count = before.count();
        self.recent.push_back((micros, hash));
        format!("{} {count}", blake3::Hash::from_bytes(hash).to_hex()).into_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_within_a_moment_is_counted() {
        let (mut one, mut other) = (Same::default(), Same::default());
        let first = one.key(0, b"a", b"c2s", b"{}");
        let second = one.key(1_000, b"a", b"c2s", b"{}");
        assert_ne!(first, second);
        assert_eq!(other.key(2_000, b"a", b"c2s", b"{}"), first);
        assert_eq!(other.key(3_000, b"a", b"c2s", b"{}"), second);
        assert_ne!(other.key(3_000, b"a", b"s2c", b"{}"), second);
        assert_eq!(one.key(9_000_000, b"a", b"c2s", b"{}"), first);
    }
}
