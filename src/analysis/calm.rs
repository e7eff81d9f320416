//! Texts that were looked at and hold nothing: agents read the same again and again.

use super::detect::Field;
use std::collections::HashSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::{PoisonError, RwLock};

/// Hashes of them, under a key of this run: nobody can make a text that is taken for another.
#[derive(Default)]
pub(super) struct Calm {
    texts: RwLock<HashSet<u64>>,
    keys: RandomState,
}

/// What is known of a text from before.
pub(super) enum Known {
    Calm,
    /// Not looked at yet; by this key it can be remembered.
    No(Option<u64>),
}

/// Shorter texts are looked at faster than they are remembered.
const SHORTEST: usize = 256;
/// Most texts that are remembered.
const MOST: usize = 1 << 20;

impl Calm {
    /// Whether a text was looked at before, as the same kind of text and with as many names in force, and held nothing.
    pub(super) fn knows(&self, text: &[u8], field: Field, names: usize) -> Known {
        // What a definition's names mean depends on whose it is, so those are always looked at.
        if text.len() < SHORTEST || !matches!(field, Field::Data | Field::Argument) {
            return Known::No(None);
        }
        let key = self.keys.hash_one((text, field as u8, names));
        let texts = self.texts.read().unwrap_or_else(PoisonError::into_inner);
        if texts.contains(&key) {
            Known::Calm
        } else {
            Known::No(Some(key))
        }
    }

    pub(super) fn keep(&self, key: Option<u64>) {
        let Some(key) = key else { return };
        let mut texts = self.texts.write().unwrap_or_else(PoisonError::into_inner);
        if texts.len() < MOST {
            texts.insert(key);
        }
    }
}
