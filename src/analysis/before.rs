//! What was looked at before: agents read the same again and again, and servers say the same of every tool.

use super::detect::{Field, Sink};
use super::rank::PlaceKind;
use crate::session::ServerId;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::{Arc, PoisonError, RwLock};

/// Digests of texts and of whole bodies, and what was found in them. A digest cannot be forged, so nobody can make a
/// text that is taken for another.
#[derive(Default)]
pub(super) struct Before {
    /// What holds nothing.
    calm: RwLock<HashSet<Key, BuildHasherDefault<Digested>>>,
    told: RwLock<HashMap<Key, Arc<Sink>, BuildHasherDefault<Digested>>>,
}

/// 128 bits of a digest over a text and what it is.
pub(super) type Key = u128;

/// Shorter texts are looked at faster than they are remembered.
const SHORTEST: usize = 24;
/// Most that is remembered: 32 MB of digests, and a few kilobytes for each text in which something was found.
const MOST: usize = 1 << 20;
const MOST_TOLD: usize = 4096;

/// The key of a text that means the same wherever it stands.
pub(super) fn of_text(text: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (text.len() >= SHORTEST).then(|| key(text, [1, field as u8, kind as u8]))
}

/// The key of the JSON of a whole body.
pub(super) fn of_body(json: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (json.len() >= SHORTEST).then(|| key(json, [2, field as u8, kind as u8]))
}

/// The key of a text among as many names, from a server's side.
pub(super) fn among(key: Option<Key>, names: usize, server: ServerId) -> Option<Key> {
    key.map(|key| key.rotate_left(1) ^ (names as u128) << 16 ^ u128::from(server.0))
}

fn key(bytes: &[u8], what: [u8; 3]) -> Key {
    let mut hasher = blake3::Hasher::new();
    hasher.update(&what).update(bytes);
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Key::from_le_bytes(key)
}

impl Before {
    pub(super) fn is_calm(&self, key: Option<Key>) -> bool {
        let calm = || self.calm.read().unwrap_or_else(PoisonError::into_inner);
        key.is_some_and(|key| calm().contains(&key))
    }

    pub(super) fn keep_calm(&self, key: Option<Key>) {
        let Some(key) = key else { return };
        let mut calm = self.calm.write().unwrap_or_else(PoisonError::into_inner);
        if calm.len() < MOST {
            calm.insert(key);
        }
    }

    /// What was found in a text before.
    pub(super) fn told(&self, key: Option<Key>) -> Option<Arc<Sink>> {
        let told = self.told.read().unwrap_or_else(PoisonError::into_inner);
        told.get(&key?).cloned()
    }

    pub(super) fn keep(&self, key: Option<Key>, sink: &Arc<Sink>) {
        let Some(key) = key else { return };
        if sink.is_empty() {
            return self.keep_calm(Some(key));
        }
        let mut told = self.told.write().unwrap_or_else(PoisonError::into_inner);
        if told.len() < MOST_TOLD {
            told.insert(key, sink.clone());
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
