//! What detectors remember of a session, filled by the runner in the order of the messages.

use super::flow::Flows;
pub use super::peers::Peers;
use super::rank::Severity;
use super::settings::Settings;
use super::signal::{Names, Owner};
use crate::session::{ItemId, RowId, ServerId, Session};
use crate::text::RawBuf;
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
        match self.peers.owner(name, self.server)? {
            server if server == self.server => Some(Owner::Sibling),
            server => Some(Owner::Foreign(server)),
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
        match self.peers.server(bytes) {
            Some(server) if server != self.server => Owner::Server(server),
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
