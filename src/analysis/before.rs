//! What was looked at before: agents read the same again and again, and servers say the same of every tool.

use super::detect::{Field, Sink};
use super::rank::PlaceKind;
use super::signal::{Names, Owner};
use crate::session::Hints;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, PoisonError, RwLock};

/// What was found in texts and whole bodies, by their digests. A digest cannot be forged, so nobody can make a text that
/// is taken for another.
#[derive(Default)]
pub(super) struct Before {
    known: RwLock<HashMap<Key, Known, BuildHasherDefault<Digested>>>,
    /// How many of them are more than nothing.
    looks: AtomicUsize,
}

/// 128 bits of a digest over a text and what it is.
pub(super) type Key = u128;

/// What is known of a text: nothing is in it wherever it stands, or what was found in it.
type Known = Option<Arc<Look>>;

/// One look at a text.
#[derive(Debug, Default)]
pub(super) struct Look {
    /// The names that were asked for, and whose they were: the text means the same as long as that is so.
    pub(super) asked: Vec<(String, Owner)>,
    pub(super) sink: Sink,
}

/// Shorter texts are looked at faster than they are remembered.
const SHORTEST: usize = 24;
/// Most texts that are remembered: some 12 MB.
const MOST: usize = 1 << 18;
/// Most names of one text: of one with more, nothing is remembered.
pub(super) const MOST_NAMES: usize = 32;
/// Most texts in which something was found or a name asked for.
const MOST_LOOKS: usize = 1 << 14;

/// The key of a text.
pub(super) fn of_text(text: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (text.len() >= SHORTEST).then(|| key(text, [1, field as u8, kind as u8]))
}

/// The key of the JSON of a whole body.
pub(super) fn of_body(json: &[u8], field: Field, kind: PlaceKind) -> Option<Key> {
    (json.len() >= SHORTEST).then(|| key(json, [2, field as u8, kind as u8]))
}

/// The key of a call.
pub(super) fn of_call(tool: &[u8], hints: Hints, arguments: &[u8]) -> Option<Key> {
    let hint = |hint: Option<bool>| hint.map_or(2, u8::from);
    let tool_len = (tool.len() as u64).to_le_bytes();
    let what = [3, hint(hints.read_only), hint(hints.open_world)];
    Some(digest(&[&what, &tool_len, tool, arguments]))
}

fn key(bytes: &[u8], what: [u8; 3]) -> Key {
    digest(&[&what, bytes])
}

fn digest(parts: &[&[u8]]) -> Key {
    let mut hasher = blake3::Hasher::new();
    parts.iter().for_each(|part| {
        hasher.update(part);
    });
    let mut key = [0; 16];
    key.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    Key::from_le_bytes(key)
}

impl Before {
    /// What was found in a text before, if its names are still whose they were.
    pub(super) fn look(&self, key: Option<Key>, names: &dyn Names) -> Option<Known> {
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        let known = known.get(&key?)?.clone();
        let same = known
            .iter()
            .flat_map(|look| &look.asked)
            .all(|(name, owner)| names.owner(name) == *owner);
        same.then_some(known)
    }

    pub(super) fn keep(&self, key: Option<Key>, look: &Arc<Look>) {
        let Some(key) = key.filter(|_| look.asked.len() <= MOST_NAMES) else {
            return;
        };
        let nothing = look.asked.is_empty() && look.sink.is_empty();
        if !nothing && self.looks.fetch_add(1, Ordering::Relaxed) >= MOST_LOOKS {
            return;
        }
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() < MOST {
            known.insert(key, (!nothing).then(|| look.clone()));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::signal::Nobody;

    struct Everybody;

    impl Names for Everybody {
        fn owner(&self, _: &str) -> Owner {
            Owner::Sibling
        }
    }

    #[test]
    fn a_look_holds_while_names_are_whose_they_were() {
        let before = Before::default();
        let key = of_text(
            b"call `send_mail` before that",
            Field::Data,
            PlaceKind::Result,
        );
        assert!(before.look(key, &Nobody).is_none());
        let look = Look {
            asked: vec![("send_mail".into(), Owner::Unknown)],
            sink: Sink::default(),
        };
        before.keep(key, &Arc::new(look));
        assert!(before.look(key, &Nobody).is_some());
        assert!(before.look(key, &Everybody).is_none());
        let elsewhere = of_text(
            b"call `send_mail` before that",
            Field::Argument,
            PlaceKind::Result,
        );
        assert!(before.look(elsewhere, &Nobody).is_none());
    }

    #[test]
    fn a_text_with_very_many_names_is_looked_at_again() {
        let before = Before::default();
        let key = of_text(&[b'x'; 30], Field::Data, PlaceKind::Result);
        let asked = (0..=MOST_NAMES).map(|n| (n.to_string(), Owner::Unknown));
        let look = Look {
            asked: asked.collect(),
            sink: Sink::default(),
        };
        before.keep(key, &Arc::new(look));
        assert!(before.look(key, &Nobody).is_none());
    }
}
