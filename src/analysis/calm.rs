//! What was looked at and holds nothing: agents read the same again and again, and servers say the same of every tool.

use super::detect::Field;
use super::rank::PlaceKind;
use std::collections::HashSet;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{PoisonError, RwLock};

/// Digests of texts and of whole bodies. A digest cannot be forged, so nobody can make a text that is taken for
/// another.
#[derive(Default)]
pub(super) struct Calm {
    known: RwLock<HashSet<Key, BuildHasherDefault<Digested>>>,
}

/// 128 bits of a digest over a text and what it is.
pub(super) type Key = u128;

/// Shorter texts are looked at faster than they are remembered.
const SHORTEST: usize = 24;
/// Most that is remembered: 32 MB.
const MOST: usize = 1 << 20;

/// The key of a text that means the same wherever it stands.
pub(super) fn of_text(text: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (text.len() >= SHORTEST).then(|| key(text, [1, field as u8, kind as u8]))
}

/// The key of the JSON of a whole body.
pub(super) fn of_body(json: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (json.len() >= SHORTEST).then(|| key(json, [2, field as u8, kind as u8]))
}

/// The key of a text among as many names.
pub(super) fn among(key: Option<Key>, names: usize) -> Option<Key> {
    key.map(|key| key.rotate_left(1) ^ names as u128)
}

fn key(bytes: &[u8], what: [u8; 3]) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&what).update(bytes);
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Key::from_le_bytes(key)
}

impl Calm {
    pub(super) fn knows(&self, key: Option<Key>) -> bool {
        let known = || self.known.read().unwrap_or_else(PoisonError::into_inner);
        key.is_some_and(|key| known().contains(&key))
    }

    pub(super) fn keep(&self, key: Option<Key>) {
        let Some(key) = key else { return };
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(key);
        }
    }
}

/// A digest needs no hashing.
#[derive(Default)]
pub(super) struct Digested(u64);

impl Hasher for Digested {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for (n, byte) in bytes.iter().enumerate() {
            self.0 ^= u64::from(*byte) << (n % 8 * 8);
        }
    }

    fn write_u128(&mut self, digest: u128) {
        self.0 = digest as u64;
    }
}
