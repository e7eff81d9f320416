//! By what an entry is known in both files.

use std::collections::{HashMap, VecDeque};

/// The two files write the same at times that differ by this much at most, in microseconds.
const NEAR: i64 = 5_000;
/// Most entries of such a time that are kept apart.
const KEPT: usize = 4096;

/// What was written a moment ago.
#[derive(Default)]
pub struct Same {
    recent: VecDeque<(i64, [u8; 32])>,
    /// How many of them say the same.
    counts: HashMap<[u8; 32], u32>,
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
        while let Some((at, old)) = self.recent.front().copied()
            && (self.recent.len() >= KEPT || !is_near(at))
        {
            self.recent.pop_front();
            match self.counts.get_mut(&old) {
                Some(count) if *count > 1 => *count -= 1,
                _ => drop(self.counts.remove(&old)),
            }
        }
        self.recent.push_back((micros, hash));
        let same = self.counts.entry(hash).or_default();
        let count = *same;
        *same += 1;
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
