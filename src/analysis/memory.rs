//! What detectors remember of a session, filled by the runner in the order of the messages.

use super::capability::Together;
use super::conversation::Conversations;
use super::crossing::Crossings;
use super::detect::Accepted;
use super::flow::Flows;
use super::mirrored::Mirrored;
pub use super::peers::Peers;
use super::rank::Severity;
use super::repetition::Repetition;
use super::settings::Settings;
use super::shape::Shape;
use super::signal::order::naming;
use super::signal::{Names, Owner};
use crate::session::{ItemId, ItemKind, RowId, ServerId, Session};
use crate::text::RawBuf;
use crate::wire::json::Value;
use aho_corasick::AhoCorasick;
use std::collections::{HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

/// Everything that is remembered.
#[derive(Default)]
pub struct Memory {
    /// What the person set.
    pub settings: Arc<Settings>,
    pub names: Peers,
    /// The names of accepted tools, by how they look.
    accepted: Mutex<Option<Arc<Accepted>>>,
    /// What all tools can do together.
    pub together: Together,
    pub flows: Flows,
    /// Suspicious texts and what they named.
    pub orders: Vec<Order>,
    /// Bytes of earlier messages that were read once more.
    reread: AtomicU64,
    /// What they named, in one automaton.
    named: OnceLock<Named>,
    /// What definitions claim of their tools: the version in force as of now.
    pub claims: HashMap<ItemId, Claim>,
    pub conversations: Conversations,
    pub crossings: Crossings,
    pub repetition: Repetition,
    /// `requestState` that servers gave, hashed.
    pub states: HashSet<(ServerId, u64)>,
}

/// A suspicious text and what obeying it would use.
pub struct Order {
    pub row: RowId,
    /// The tool whose definition or result it is.
    pub tool: Option<RawBuf>,
    pub severity: Severity,
    /// Addresses, paths, commands, as they were written.
    pub named: Vec<Vec<u8>>,
}

/// What a definition says of its tool.
#[derive(Clone, Debug, Default)]
pub struct Claim {
    pub read_only: Option<bool>,
    pub open_world: Option<bool>,
    /// What it promises of its structured results.
    pub output: Option<Shape>,
    /// Parameters that a client repeats in headers.
    pub mirrored: Vec<Mirrored>,
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
            output: definition.get("outputSchema").and_then(Shape::of),
            mirrored: definition
                .get("inputSchema")
                .map_or(Vec::new(), Mirrored::all),
        }
    }
}

/// Everything that orders named.
struct Named {
    finder: AhoCorasick,
    /// The order of each word.
    orders: Vec<usize>,
}

impl Named {
    fn of(orders: &[Order]) -> Named {
        let mut words = Vec::new();
        let mut of = Vec::new();
        for (n, order) in orders.iter().enumerate() {
            for named in &order.named {
                // A path is often written from another folder: its own part is what counts.
                words.push(named.strip_prefix(b"~").unwrap_or(named));
                of.push(n);
            }
        }
        // Too many words for an automaton cannot be: orders and what they name are bounded.
        let finder = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .build(words);
        let finder = finder.unwrap_or_else(|_| {
            AhoCorasick::new(std::iter::empty::<&[u8]>())
                .expect("nothing is no automaton too large")
        });
        Named { finder, orders: of }
    }

    /// The words in a text, in the order in which they were named, each where it stands first.
    fn all_in(&self, text: &[u8]) -> Vec<(usize, Range<usize>)> {
        /// Most mentions in one text that are compared.
        const MOST: usize = 1_000;
        let mut hits: Vec<_> = self.finder.find_overlapping_iter(text).take(MOST).collect();
        hits.sort_by_key(|hit| (hit.pattern(), hit.start()));
        hits.dedup_by_key(|hit| hit.pattern());
        hits.into_iter()
            .map(|hit| (self.orders[hit.pattern().as_usize()], hit.range()))
            .collect()
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
    /// Whether so many bytes of earlier messages may be read once more. The budget is one for the whole analysis, so
    /// that no session can have itself read again and again.
    pub fn may_reread(&self, bytes: u32) -> bool {
        /// As much as a reader does in half a second; each message counts as a page at least.
        const MOST: u64 = 256 << 20;
        let cost = u64::from(bytes.max(4096));
        self.reread.fetch_add(cost, Ordering::Relaxed) + cost <= MOST
    }

    /// The names of tools that the person accepted by now.
    pub fn accepted(&self) -> Arc<Accepted> {
        let baseline = self.settings.baseline.now();
        let mut accepted = self.accepted.lock().unwrap_or_else(PoisonError::into_inner);
        match &*accepted {
            Some(known) if Arc::ptr_eq(&known.baseline, &baseline) => Arc::clone(known),
            _ => Arc::clone(accepted.insert(Arc::new(Accepted::of(baseline)))),
        }
    }

    pub fn remember_order(&mut self, order: Order) {
        if self.orders.len() < MOST_ORDERS && !order.named.is_empty() {
            self.orders.push(order);
            self.named = OnceLock::new();
        }
    }

    /// The orders that named something which stands in a text, in whatever case, and where it stands.
    pub fn orders_in(&self, text: &[u8]) -> impl Iterator<Item = (&Order, Range<usize>)> {
        let named = self.named.get_or_init(|| Named::of(&self.orders));
        named
            .all_in(text)
            .into_iter()
            .filter_map(|(order, range)| Some((self.orders.get(order)?, range)))
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
        // `access_token` is a tool somewhere, and a parameter everywhere.
        if self.parameters.contains(bytes) && !naming::begins_with_verb(name) {
            return Owner::Parameter;
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
            _ if self.peers.is_topic(name, self.server) => Owner::Kin,
            _ if !self.session.is_listed(self.server, ItemKind::Tool) => Owner::Unlisted,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rereading_has_an_end() {
        let memory = Memory::default();
        let small = (0..1_000_000).take_while(|_| memory.may_reread(1)).count();
        assert!((1..=100_000).contains(&small), "{small}");
        assert!(!memory.may_reread(1));
    }
}
