//! What detectors remember of a session, filled by the runner in the order of the messages.

use super::flow::Flows;
use super::rank::Severity;
use super::settings::Settings;
use super::signal::{Names, Owner};
use crate::session::{ItemId, ItemKind, RowId, ServerId, Session};
use crate::text::{self, RawBuf};
use crate::wire::json::Value;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

/// Everything that is remembered.
#[derive(Default)]
pub struct Memory {
    /// What the person set.
    pub settings: Arc<Settings>,
    pub names: Peers,
    pub flows: Flows,
    /// Suspicious texts and what they named.
    pub orders: Vec<Order>,
    /// What definitions claim of their tools: the version in force as of now.
    pub claims: HashMap<ItemId, Claim>,
    /// Servers whose tools were listed.
    pub listed: HashSet<ServerId>,
    /// `requestState` that servers gave, hashed.
    pub states: HashSet<(ServerId, u64)>,
}

/// A suspicious text and what obeying it would use.
pub struct Order {
    pub row: RowId,
    /// The tool whose definition or result it is.
    pub tool: Option<RawBuf>,
    pub severity: Severity,
    /// Addresses, paths, commands, in lower case.
    pub named: Vec<Vec<u8>>,
}

/// What a definition says of its tool.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub read_only: Option<bool>,
    pub open_world: Option<bool>,
}

impl Claim {
    pub fn of(definition: Value<'_>) -> Claim {
        let hint = |name: &str| {
            definition
                .at(&["annotations", name])
                .and_then(Value::as_bool)
        };
        Claim {
            read_only: hint("readOnlyHint"),
            open_world: hint("openWorldHint"),
        }
    }
}

/// A hash for comparing values within one run.
pub fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    hasher.finish()
}

/// Most orders that are remembered.
const MOST_ORDERS: usize = 256;

impl Memory {
    pub fn remember_order(&mut self, order: Order) {
        if self.orders.len() < MOST_ORDERS && !order.named.is_empty() {
            self.orders.push(order);
        }
    }
}

/// The names of all tools and servers so far.
#[derive(Default)]
pub struct Peers {
    /// Exact names of tools.
    exact: HashMap<Vec<u8>, Vec<ItemId>>,
    /// By [`text::identity`].
    alike: HashMap<String, Vec<ItemId>>,
    /// By each form with one letter left out: names one letter apart share one.
    near: HashMap<u64, Vec<ItemId>>,
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

    /// Puts a tool among those that later names are compared with.
    pub fn admit(&mut self, id: ItemId, name: &str) {
        self.alike.entry(text::identity(name)).or_default().push(id);
        if (SHORTEST_NEAR..=80).contains(&name.len()) {
            for key in near_keys(name) {
                self.near.entry(key).or_default().push(id);
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
            .filter_map(|k| self.near.get(k))
            .flatten()
            .copied()
            .collect();
        ids.sort();
        ids.dedup();
        ids.truncate(64);
        ids
    }
}

fn near_keys(name: &str) -> Vec<u64> {
    let mut keys = vec![hash(name.as_bytes())];
    for (at, c) in name.char_indices() {
        keys.push(hash(
            &[
                &name.as_bytes()[..at],
                &name.as_bytes()[at + c.len_utf8()..],
            ]
            .concat(),
        ));
    }
    keys
}

/// The names around one text.
pub struct Scope<'a> {
    pub session: &'a Session,
    pub peers: &'a Peers,
    pub server: ServerId,
    /// The tool that the text belongs to.
    pub own: Option<&'a [u8]>,
    /// Names of its parameters, at any depth.
    pub parameters: HashSet<Vec<u8>>,
}

impl Scope<'_> {
    fn of_tool(&self, name: &[u8]) -> Option<Owner> {
        let ids = self.peers.exact.get(name)?;
        let own = ids
            .iter()
            .any(|id| self.session.item_at(*id).server == self.server);
        let other = || {
            ids.iter()
                .map(|id| self.session.item_at(*id).server)
                .find(|s| *s != self.server)
        };
        if own {
            Some(Owner::Sibling)
        } else {
            other().map(Owner::Foreign)
        }
    }
}

impl Names for Scope<'_> {
    fn owner(&self, name: &str) -> Owner {
        let bytes = name.as_bytes();
        if self.own == Some(bytes) {
            return Owner::Own;
        }
        if let Some(owner) = self.of_tool(bytes) {
            return owner;
        }
        if self.parameters.contains(bytes) {
            return Owner::Parameter;
        }
        // Clients write `server.tool`, `server__tool`, `mcp_server_tool`.
        let tail = [".", "__", "/", "::"]
            .iter()
            .find_map(|s| name.rsplit_once(s))
            .map(|(_, tail)| tail);
        let tail = tail
            .or_else(|| name.strip_prefix("mcp_tool_"))
            .or_else(|| name.strip_prefix("mcp_"));
        if let Some(owner) = tail.and_then(|t| self.of_tool(t.as_bytes())) {
            return owner;
        }
        match self.peers.servers.get(&bytes.to_ascii_lowercase()) {
            Some(server) if *server != self.server => Owner::Server(*server),
            _ => Owner::Unknown,
        }
    }
}

/// Names of everything that a definition's schemas describe.
pub fn parameters(definition: Value<'_>) -> HashSet<Vec<u8>> {
    let mut names = HashSet::new();
    for value in definition.walk() {
        let inside = value.parent().and_then(|p| p.key()).is_some_and(|k| {
            k.as_raw() == "properties" || k.as_raw() == "$defs" || k.as_raw() == "definitions"
        });
        let argument = value
            .parent()
            .and_then(|p| p.parent())
            .and_then(|p| p.key())
            .is_some_and(|k| k.as_raw() == "arguments");
        if inside && let Some(key) = value.key() {
            names.insert(key.as_raw().bytes().to_vec());
        } else if argument
            && value.key().is_some_and(|k| k.as_raw() == "name")
            && let Some(text) = value.text()
        {
            names.insert(text.as_raw().bytes().to_vec());
        }
        let choice = value
            .parent()
            .and_then(|p| p.key())
            .is_some_and(|k| k.as_raw() == "enum");
        if choice && let Some(text) = value.text() {
            names.insert(text.as_raw().bytes().to_vec());
        }
    }
    names
}
