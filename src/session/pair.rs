//! Requests and responses, joined as they are folded in.
//!
//! The key is (connection, direction of the request, id as it is spelled): both sides number their requests from 0,
//! `1` and `"1"` are two ids, and one id may come again once it is answered.

use super::row::{ConnId, RowId};
use crate::wire::id::Direction;
use std::collections::{HashMap, VecDeque};
use std::hash::{BuildHasher, Hasher, RandomState};

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Key {
    pub conn: ConnId,
    /// The direction of the request.
    pub dir: Direction,
    /// The id, as [`id_key`] gives it.
    pub id: u64,
}

/// What became of a response.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// The request that it answers.
    To(RowId),
    /// The request had an answer already.
    Second,
    /// No request in flight has this id.
    Orphan,
}

/// What became of a request.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Asked {
    /// A response that was recorded before it.
    pub early: Option<RowId>,
    /// An earlier request with this id that still waits.
    pub reused: Option<RowId>,
}

/// How far behind its response a request may be recorded. A tap that forwards first and logs then swaps neighbours
/// (3 responses in 11 recordings of real servers); anything farther is another exchange.
const EARLY_ROWS: u32 = 64;
/// How many answered ids are remembered, to tell a second answer from one that nobody asked for.
const REMEMBERED: usize = 1024;

#[derive(Default)]
pub struct Pairs {
    flight: HashMap<Key, RowId, Secret>,
    answered: VecDeque<Key>,
    early: VecDeque<(Key, RowId)>,
}

impl Pairs {
    pub fn request(&mut self, key: Key, row: RowId) -> Asked {
        while self
            .early
            .front()
            .is_some_and(|(_, at)| row.0 - at.0 > EARLY_ROWS)
        {
            self.early.pop_front();
        }
        if let Some(at) = self.early.iter().position(|(early, _)| *early == key) {
            let (_, early) = self.early.remove(at).unwrap_or((key, row));
            self.remember(key);
            return Asked {
                early: Some(early),
                reused: None,
            };
        }
        Asked {
            early: None,
            reused: self.flight.insert(key, row),
        }
    }

    pub fn response(&mut self, key: Key, row: RowId) -> Answer {
        if let Some(request) = self.flight.remove(&key) {
            self.remember(key);
            return Answer::To(request);
        }
        if self.answered.iter().rev().any(|known| *known == key) {
            return Answer::Second;
        }
        if self.early.len() >= EARLY_ROWS as usize {
            self.early.pop_front();
        }
        self.early.push_back((key, row));
        Answer::Orphan
    }

    /// Whether a request with this key waits for its response.
    pub fn waits(&self, key: &Key) -> Option<RowId> {
        self.flight.get(key).copied()
    }

    fn remember(&mut self, key: Key) {
        if self.answered.len() == REMEMBERED {
            self.answered.pop_front();
        }
        self.answered.push_back(key);
    }
}

/// An id as it is spelled, as a number: that of a short one is its own alone, a longer one's is its keyed hash. Never 0.
pub fn id_key(keys: &RandomState, spelled: &[u8]) -> u64 {
    const LONG: u64 = 0xff << 56;
    let mut short = [0; 8];
    match short.get_mut(..spelled.len()) {
        Some(place) if spelled.len() < 8 => {
            place.copy_from_slice(spelled);
            short[7] = spelled.len() as u8 + 1;
            u64::from_le_bytes(short)
        }
        _ => keys.hash_one(spelled) | LONG,
    }
}

/// A quick hash with a secret start, so that nobody can choose ids that fall on one place of the table.
#[derive(Clone)]
pub struct Secret(u64);

impl Default for Secret {
    fn default() -> Self {
        Secret(RandomState::new().hash_one(0))
    }
}

impl BuildHasher for Secret {
    type Hasher = Mix;

    fn build_hasher(&self) -> Mix {
        Mix(self.0)
    }
}

/// The state of a [`Secret`] hash.
pub struct Mix(u64);

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for b in bytes {
            self.write_u64(u64::from(*b));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.write_u64(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.write_u64(u64::from(n));
    }

    fn write_isize(&mut self, n: isize) {
        self.write_u64(n as u64);
    }

    fn write_u64(&mut self, n: u64) {
        // The multiplier is 2^64 divided by the golden ratio (Knuth, The Art of Computer Programming, 6.4); both halves
        // of the product count, as in wyhash, so that every bit of the input does.
        let product = u128::from(self.0 ^ n) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64 ^ self.0.rotate_left(32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(dir: Direction, id: u64) -> Key {
        Key {
            conn: ConnId(0),
            dir,
            id,
        }
    }

    #[test]
    fn both_directions_may_use_the_same_id() {
        let mut pairs = Pairs::default();
        pairs.request(key(Direction::C2s, 1), RowId(0));
        pairs.request(key(Direction::S2c, 1), RowId(1));
        assert_eq!(
            pairs.response(key(Direction::S2c, 1), RowId(2)),
            Answer::To(RowId(1))
        );
        assert_eq!(
            pairs.response(key(Direction::C2s, 1), RowId(3)),
            Answer::To(RowId(0))
        );
        assert_eq!(
            pairs.response(key(Direction::C2s, 1), RowId(4)),
            Answer::Second
        );
        assert_eq!(
            pairs.response(key(Direction::C2s, 9), RowId(5)),
            Answer::Orphan
        );
    }

    #[test]
    fn ids_are_told_apart_by_their_spelling() {
        let keys = RandomState::new();
        let spelled = [
            "1",
            "01",
            "1.0",
            "\"1\"",
            "10",
            "null",
            "1\0",
            "12345678",
            "\"a-long-id-1\"",
            "\"a-long-id-2\"",
        ];
        let all: std::collections::HashSet<u64> = spelled
            .iter()
            .map(|id| id_key(&keys, id.as_bytes()))
            .collect();
        assert_eq!(all.len(), spelled.len());
        assert!(!all.contains(&0));
    }

    #[test]
    fn an_answered_id_may_come_again() {
        let mut pairs = Pairs::default();
        assert_eq!(
            pairs.request(key(Direction::C2s, 1), RowId(0)),
            Asked::default()
        );
        pairs.response(key(Direction::C2s, 1), RowId(1));
        assert_eq!(
            pairs.request(key(Direction::C2s, 1), RowId(2)),
            Asked::default()
        );
        assert_eq!(
            pairs.request(key(Direction::C2s, 1), RowId(3)).reused,
            Some(RowId(2))
        );
        assert_eq!(
            pairs.response(key(Direction::C2s, 1), RowId(4)),
            Answer::To(RowId(3))
        );
    }

    #[test]
    fn a_response_may_be_recorded_first_but_not_long_before() {
        let mut pairs = Pairs::default();
        assert_eq!(
            pairs.response(key(Direction::C2s, 1), RowId(0)),
            Answer::Orphan
        );
        assert_eq!(
            pairs.request(key(Direction::C2s, 1), RowId(1)).early,
            Some(RowId(0))
        );
        assert_eq!(
            pairs.response(key(Direction::C2s, 2), RowId(2)),
            Answer::Orphan
        );
        assert_eq!(pairs.request(key(Direction::C2s, 2), RowId(99)).early, None);
    }
}
