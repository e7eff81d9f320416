//! The names of everything that servers offer, so that a new one is compared with the others by look-up and not one by
//! one.

use super::memory::hash;
use super::profile::{self, Profile};
use super::signal::order::naming;
use crate::session::{Item, ItemId, ItemKind, ServerId, Session};
use crate::text;
use crate::wire::json::Value;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, DefaultHasher, Hasher, RandomState};

/// The names of all items and servers so far.
#[derive(Default)]
pub struct Peers {
    /// Tools by their exact names.
    exact: Shelf,
    /// Which server has a tool of which name.
    own: HashSet<(ServerId, u64)>,
    /// What the tools of which server are about, by words of their names.
    topics: HashSet<(ServerId, u64)>,
    /// By [`text::identity`], and by [`text::unleet`] where that is another.
    alike: Shelf,
    /// By each form with one letter left out: names one letter apart share one.
    near: Shelf,
    /// By what is left of a name without its dress (`secure_`, `_v2`).
    bare: Shelf,
    /// By what the description says, word for word.
    said: Shelf,
    /// By what clients make of server and tool together.
    composed: Shelf,
    /// Resources and templates by the look of their addresses.
    addresses: Shelf,
    profiles: HashMap<ItemId, Profile>,
    /// In how many definitions of a server a word stands.
    words: HashMap<(ServerId, u64), u32>,
    /// How many names two servers share.
    shared: HashMap<(ServerId, ServerId), u32>,
    tools: HashMap<ServerId, u32>,
    servers: HashMap<Vec<u8>, ServerId>,
    /// Servers by the look of their labels, and by their labels with one letter left out.
    labels: HashMap<u64, Vec<ServerId>>,
    items: usize,
    known_servers: usize,
}

/// Names shorter than this are not compared letter by letter, longer ones are no names.
const NEAR: std::ops::RangeInclusive<usize> = 5..=80;
/// Where names are cut by clients: APIs of models take names of 64 characters.
pub const CUT: usize = 64;

/// Items by a key. Of each server the first, and of few servers: a name that everybody has need not be compared with
/// everybody's.
#[derive(Default)]
struct Shelf {
    /// Nearly every key has one item only.
    first: HashMap<u64, (ServerId, ItemId), Seed>,
    more: HashMap<u64, Vec<(ServerId, ItemId)>, Seed>,
}

/// Hashes keys that are hashes already: one multiplication, with a seed that nobody knows beforehand.
#[derive(Clone)]
struct Seed(u64);

impl Default for Seed {
    fn default() -> Seed {
        Seed(RandomState::new().hash_one(0) | 1)
    }
}

impl BuildHasher for Seed {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded(self.0)
    }
}

struct Folded(u64);

impl Hasher for Folded {
    fn write_u64(&mut self, key: u64) {
        let product = u128::from(key ^ self.0) * u128::from(self.0);
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes
            .iter()
            .for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

impl Shelf {
    const MOST: usize = 8;

    fn put(&mut self, key: u64, item: &Item) {
        let one = (item.server, item.id);
        let first = *self.first.entry(key).or_insert(one);
        if first.0 == item.server {
            return;
        }
        let kept = self.more.entry(key).or_default();
        if kept.len() < Shelf::MOST && !kept.iter().any(|(server, _)| *server == item.server) {
            kept.push(one);
        }
    }

    fn get(&self, key: u64) -> impl Iterator<Item = (ServerId, ItemId)> {
        let more = self.more.get(&key).into_iter().flatten();
        self.first.get(&key).into_iter().chain(more).copied()
    }

    /// Items of other servers.
    fn others(&self, key: u64, than: ServerId) -> impl Iterator<Item = ItemId> {
        self.get(key)
            .filter(move |(server, _)| *server != than)
            .map(|(_, item)| item)
    }
}

/// What an item is found by, made without looking at others.
pub struct Card {
    /// What the item is like; `None` for what is known by its address alone.
    profile: Option<Profile>,
    exact: u64,
    alike: Vec<u64>,
    near: Vec<u64>,
    bare: Vec<u64>,
    composed: Vec<u64>,
}

impl Card {
    /// Of an item and its definition, offered by the server of that label. `None` where the name is no text.
    pub fn of(label: &[u8], item: &Item, body: Value<'_>) -> Option<Card> {
        let raw = item.name.as_raw().bytes();
        let name = std::str::from_utf8(raw).ok()?;
        if is_address(item.kind) {
            return Some(Card::of_address(name));
        }
        let tool = item.kind == ItemKind::Tool;
        let near = (tool && NEAR.contains(&name.len())).then(|| near_keys(name));
        let bare = if tool {
            profile::undressed(name)
        } else {
            Vec::new()
        };
        Some(Card {
            profile: Some(Profile::of(item, name, body)),
            exact: hash(raw),
            alike: alike_keys(name).collect(),
            near: near.into_iter().flatten().collect(),
            bare: bare.iter().map(|bare| hash(bare.as_bytes())).collect(),
            composed: if tool {
                composed_keys(label, raw)
            } else {
                Vec::new()
            },
        })
    }

    fn of_address(address: &str) -> Card {
        Card {
            profile: None,
            exact: 0,
            alike: vec![address_key(address)],
            near: Vec::new(),
            bare: Vec::new(),
            composed: Vec::new(),
        }
    }
}

/// Resources and their templates are known by address.
fn is_address(kind: ItemKind) -> bool {
    matches!(kind, ItemKind::Resource | ItemKind::Template)
}

/// The hashed words of a tool's name that tell what it is about.
fn topics(name: &[u8]) -> impl Iterator<Item = u64> {
    let name = std::str::from_utf8(name).ok();
    name.filter(|name| name.len() <= *NEAR.end())
        .into_iter()
        .flat_map(naming::topic)
        .map(|word| hash(word.as_bytes()))
}

impl Peers {
    /// Takes in names that the session has learned; texts that speak of them may stand before their definitions are
    /// looked at.
    pub fn grow(&mut self, session: &Session) {
        for item in &session.items()[self.items..] {
            if item.kind == ItemKind::Tool {
                let key = hash(item.name.as_raw().bytes());
                self.exact.put(key, item);
                self.own.insert((item.server, key));
                for word in topics(item.name.as_raw().bytes()) {
                    self.topics.insert((item.server, word));
                }
            }
        }
        self.items = session.items().len();
        for server in &session.servers()[self.known_servers..] {
            let id = ServerId(self.known_servers as u16);
            let label = server.label.as_raw().bytes();
            self.servers.insert(label.to_ascii_lowercase(), id);
            self.known_servers += 1;
            let Ok(label) = std::str::from_utf8(label) else {
                continue;
            };
            for key in label_keys(label) {
                let kept = self.labels.entry(key).or_default();
                if kept.len() < Shelf::MOST {
                    kept.push(id);
                }
            }
        }
    }

    /// Only one server has offered anything: there is nothing to compare with.
    pub fn is_alone(&self) -> bool {
        self.tools.len() < 2
    }

    /// The server that has a tool of exactly that name: `asker`, if it has one, or else the first.
    pub fn owner(&self, name: &[u8], asker: ServerId) -> Option<ServerId> {
        let key = hash(name);
        if self.own.contains(&(asker, key)) {
            return Some(asker);
        }
        self.exact.get(key).next().map(|(server, _)| server)
    }

    /// Whether a name goes with those of a server's tools: it tells of the same thing.
    pub fn is_topic(&self, name: &str, server: ServerId) -> bool {
        topics(name.as_bytes()).any(|word| self.topics.contains(&(server, word)))
    }

    /// The server of that label, in any case.
    pub fn server(&self, label: &[u8]) -> Option<ServerId> {
        self.servers.get(&label.to_ascii_lowercase()).copied()
    }

    /// Servers whose labels may be taken for this one.
    pub fn servers_like(&self, label: &str) -> Vec<ServerId> {
        let mut ids: Vec<ServerId> = label_keys(label)
            .filter_map(|key| self.labels.get(&key))
            .flatten()
            .copied()
            .collect();
        ids.sort();
        ids.dedup();
        ids
    }

    /// Puts an item among those that others are compared with.
    pub fn admit(&mut self, session: &Session, item: &Item, card: Card) {
        let kind = item.kind as u64;
        let Some(profile) = card.profile else {
            for key in card.alike {
                self.addresses.put(key, item);
            }
            return;
        };
        for word in &profile.words {
            *self.words.entry((item.server, *word)).or_default() += 1;
        }
        let said = profile.said;
        if self.profiles.insert(item.id, profile).is_some() {
            return;
        }
        *self.tools.entry(item.server).or_default() += 1;
        for key in card.alike {
            self.alike.put(key ^ kind, item);
        }
        if item.kind != ItemKind::Tool {
            return;
        }
        // Names of the other server that were taken in are counted; it counts the rest itself.
        for other in self.exact.others(card.exact, item.server) {
            if !self.profiles.contains_key(&other) {
                continue;
            }
            let pair = pair(item.server, session.item_at(other).server);
            *self.shared.entry(pair).or_default() += 1;
        }
        card.near.iter().for_each(|key| self.near.put(*key, item));
        card.bare.iter().for_each(|key| self.bare.put(*key, item));
        if let Some(said) = said {
            self.said.put(said, item);
        }
        for key in card.composed {
            self.composed.put(key, item);
        }
    }

    /// Items of other servers whose names are the same to the eye.
    pub fn alike(&self, item: &Item, name: &str) -> Vec<ItemId> {
        let kind = item.kind as u64;
        self.gather(&self.alike, alike_keys(name).map(|k| k ^ kind), item.server)
    }

    /// Resources and templates of other servers whose addresses are the same to the eye.
    pub fn addressed_alike(&self, item: &Item, address: &str) -> Vec<ItemId> {
        let key = std::iter::once(address_key(address));
        self.gather(&self.addresses, key, item.server)
    }

    /// Tools of other servers whose names may be one letter apart.
    pub fn near(&self, item: &Item, name: &str) -> Vec<ItemId> {
        if !NEAR.contains(&name.len()) {
            return Vec::new();
        }
        self.gather(&self.near, near_keys(name), item.server)
    }

    /// Tools of other servers that this name dresses up.
    pub fn beneath(&self, item: &Item, name: &str) -> Vec<ItemId> {
        let bare = profile::undressed(name);
        let keys = bare
            .iter()
            .map(|bare| hash(text::identity(bare).as_bytes()) ^ item.kind as u64);
        self.gather(&self.alike, keys, item.server)
    }

    /// Tools of other servers that dress this name up.
    pub fn above(&self, item: &Item, name: &str) -> Vec<ItemId> {
        let bare = profile::plain(name);
        self.gather(
            &self.bare,
            std::iter::once(hash(bare.as_bytes())),
            item.server,
        )
    }

    /// Tools of other servers that say the same of themselves.
    pub fn echoes(&self, item: &Item) -> Vec<ItemId> {
        let said = self.profiles.get(&item.id).and_then(|p| p.said);
        self.gather(&self.said, said.into_iter(), item.server)
    }

    /// Tools of other servers that a client may not keep apart from this one.
    pub fn composed(&self, session: &Session, item: &Item) -> Vec<ItemId> {
        let label = session.server(item.server).label.as_raw();
        let keys = composed_keys(label.bytes(), item.name.as_raw().bytes());
        self.gather(&self.composed, keys.into_iter(), item.server)
    }

    fn gather(
        &self,
        shelf: &Shelf,
        keys: impl Iterator<Item = u64>,
        than: ServerId,
    ) -> Vec<ItemId> {
        let mut ids: Vec<ItemId> = keys.flat_map(|key| shelf.others(key, than)).collect();
        ids.sort();
        ids.dedup();
        ids.truncate(Shelf::MOST * 2);
        ids
    }

    pub fn profile(&self, item: ItemId) -> Option<&Profile> {
        self.profiles.get(&item)
    }

    /// In how many of a server's definitions a word stands.
    pub fn spread(&self, server: ServerId, word: u64) -> u32 {
        self.words.get(&(server, word)).copied().unwrap_or(0)
    }

    /// How many names of tools two servers share, and how many the larger of them has.
    pub fn in_common(&self, a: ServerId, b: ServerId) -> (u32, u32) {
        let tools = |server| self.tools.get(&server).copied().unwrap_or(0);
        let shared = self.shared.get(&pair(a, b)).copied().unwrap_or(0);
        (shared, tools(a).max(tools(b)))
    }
}

fn pair(a: ServerId, b: ServerId) -> (ServerId, ServerId) {
    (a.min(b), a.max(b))
}

fn alike_keys(name: &str) -> impl Iterator<Item = u64> + use<> {
    let identity = text::identity(name);
    let letters = text::unleet(&identity);
    let second = (letters != identity).then(|| hash(letters.as_bytes()));
    std::iter::once(hash(identity.as_bytes())).chain(second)
}

/// The hash of how an address looks: without escapes, case and a slash at its end.
fn address_key(address: &str) -> u64 {
    let plain = profile::plain_address(address);
    hash(text::skeleton(&plain).to_lowercase().as_bytes())
}

/// Hashes of a name and of its forms with one letter left out. A polynomial of the bytes, so that each form takes one
/// step.
fn near_keys(name: &str) -> impl Iterator<Item = u64> {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let bytes = name.as_bytes();
    // What the bytes from each place on are worth, and the base to the power of their number.
    let mut tails = vec![(0u64, 1u64); bytes.len() + 1];
    for (at, byte) in bytes.iter().enumerate().rev() {
        let (worth, power) = tails[at + 1];
        let own = (u64::from(*byte) + 1).wrapping_mul(power);
        tails[at] = (worth.wrapping_add(own), power.wrapping_mul(BASE));
    }
    let mut head = 0u64;
    let mut done = 0;
    let mut keys = Vec::with_capacity(bytes.len() + 1);
    keys.push(tails[0].0);
    for (at, c) in name.char_indices() {
        for byte in &bytes[done..at] {
            head = head.wrapping_mul(BASE).wrapping_add(u64::from(*byte) + 1);
        }
        done = at;
        let (worth, power) = tails[at + c.len_utf8()];
        keys.push(head.wrapping_mul(power).wrapping_add(worth));
    }
    keys.into_iter()
}

fn label_keys(label: &str) -> impl Iterator<Item = u64> {
    let near = NEAR.contains(&label.len()).then(|| near_keys(label));
    alike_keys(label)
        .map(|key| key ^ 1)
        .chain(near.into_iter().flatten())
}

/// Hashes of the names that clients make: `server_tool` with everything but letters and digits turned into one `_`,
/// and the name alone where it is cut.
fn composed_keys(label: &[u8], name: &[u8]) -> Vec<u64> {
    let mut hasher = DefaultHasher::new();
    let mut gap = true;
    for byte in label.iter().chain(b"_").chain(name) {
        if byte.is_ascii_alphanumeric() {
            hasher.write_u8(byte.to_ascii_lowercase());
        } else if !gap {
            hasher.write_u8(b'_');
        }
        gap = !byte.is_ascii_alphanumeric();
    }
    let mut keys = vec![hasher.finish()];
    // Six bytes for `mcp__` and what a client puts before the rest.
    if name.len() > CUT - 6 {
        keys.push(hash(&name[..CUT - 6]));
    }
    keys
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clients_make_one_name_of_two() {
        let meet = |a: (&str, &str), b: (&str, &str)| {
            let of = |(label, name): (&str, &str)| composed_keys(label.as_bytes(), name.as_bytes());
            of(a).iter().any(|key| of(b).contains(key))
        };
        assert!(meet(("a", "b__c"), ("a__b", "c")));
        assert!(meet(("my server", "do"), ("my-server", "do")));
        assert!(!meet(("a", "bc"), ("ab", "c")));
        let long = "x".repeat(60);
        assert!(meet(("a", &format!("{long}1")), ("b", &format!("{long}2"))));
    }

    #[test]
    fn one_letter_apart_shares_a_key() {
        let share = |a: &str, b: &str| near_keys(a).any(|key| near_keys(b).any(|k| k == key));
        assert!(share("send_email", "send_emal") && share("github", "gihtub"));
        assert!(!share("send_email", "read_email"));
    }
}
