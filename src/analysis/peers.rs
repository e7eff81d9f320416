//! The names of everything that servers offer, so that a new one is compared with the others by look-up and not one by
//! one.

use super::memory::hash;
use crate::session::{ItemId, ItemKind, ServerId, Session};
use crate::text;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// The names of all tools and servers so far.
#[derive(Default)]
pub struct Peers {
    /// Exact names of tools.
    exact: HashMap<Vec<u8>, Vec<ItemId>>,
    /// By [`text::identity`].
    alike: HashMap<String, Vec<ItemId>>,
    /// By each form with one letter left out: names one letter apart share one.
    near: HashMap<u64, ItemId>,
    /// Further names of the same form.
    nearer: HashMap<u64, Vec<ItemId>>,
    servers: HashMap<Vec<u8>, ServerId>,
    items: usize,
    known_servers: usize,
}

/// Names this long are compared letter by letter.
const SHORTEST_NEAR: usize = 8;

impl Peers {
    /// Takes what is new in the session.
    pub fn grow(&mut self, session: &Session) {
        for item in &session.items()[self.items..] {
            if item.kind != ItemKind::Tool {
                continue;
            }
            self.exact
                .entry(item.name.as_raw().bytes().to_vec())
                .or_default()
                .push(item.id);
        }
        self.items = session.items().len();
        for server in &session.servers()[self.known_servers..] {
            let id = ServerId(self.known_servers as u16);
            self.servers
                .insert(server.label.as_raw().bytes().to_ascii_lowercase(), id);
            self.known_servers += 1;
        }
    }

    /// Tools of exactly that name.
    pub fn exactly(&self, name: &[u8]) -> &[ItemId] {
        self.exact.get(name).map_or(&[], |ids| ids)
    }

    /// The server of that label, in any case.
    pub fn server(&self, label: &[u8]) -> Option<ServerId> {
        self.servers.get(&label.to_ascii_lowercase()).copied()
    }

    /// Puts a tool among those that later names are compared with.
    pub fn admit(&mut self, id: ItemId, name: &str) {
        self.alike.entry(text::identity(name)).or_default().push(id);
        if (SHORTEST_NEAR..=80).contains(&name.len()) {
            for key in near_keys(name) {
                // Nearly every form has one name only.
                match self.near.entry(key) {
                    Entry::Vacant(free) => {
                        free.insert(id);
                    }
                    Entry::Occupied(_) => self.nearer.entry(key).or_default().push(id),
                }
            }
        }
    }

    /// Tools whose names are the same to the eye.
    pub fn alike(&self, name: &str) -> &[ItemId] {
        self.alike.get(&text::identity(name)).map_or(&[], |ids| ids)
    }

    /// Tools whose names may be one letter apart.
    pub fn near(&self, name: &str) -> Vec<ItemId> {
        if !(SHORTEST_NEAR..=80).contains(&name.len()) {
            return Vec::new();
        }
        let mut ids: Vec<ItemId> = near_keys(name)
            .iter()
            .flat_map(|key| {
                let more = self.nearer.get(key).into_iter().flatten();
                self.near.get(key).into_iter().chain(more)
            })
            .copied()
            .collect();
        ids.sort();
        ids.dedup();
        ids.truncate(64);
        ids
    }
}

/// Hashes of a name and of its forms with one letter left out.
fn near_keys(name: &str) -> Vec<u64> {
    let mut form = Vec::with_capacity(name.len());
    let mut keys = Vec::with_capacity(name.len() + 1);
    keys.push(hash(name.as_bytes()));
    for (at, c) in name.char_indices() {
        form.clear();
        form.extend_from_slice(&name.as_bytes()[..at]);
        form.extend_from_slice(&name.as_bytes()[at + c.len_utf8()..]);
        keys.push(hash(&form));
    }
    keys
}
