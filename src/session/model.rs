//! The session itself: what the other files of this room fill and ask.

use super::definition::{Change, Definitions, Item, ItemId, ItemKind};
use super::figures::Ledger;
use super::pair::{Pairs, Secret};
use super::recorded::Ruling;
use super::row::{ConnId, Row, RowId, ServerId, SourceId, Symbol};
use super::server::{Connection, ConnectionKey, Server};
use super::source::Source;
use super::study::Links;
use super::symbols::Symbols;
use super::time::Time;
use super::twin::Twins;
use super::witness::Witness;
use crate::formats::Class;
use crate::text::Raw;
use crate::wire::method;
use std::collections::HashMap;
use std::hash::RandomState;
use std::sync::{Arc, RwLock};

/// A session that one thread fills while others look at it. Writers hold it for well under a millisecond.
pub type SharedSession = Arc<RwLock<Session>>;

/// Everything known of one case: one or several recordings, in one order.
pub struct Session {
    pub(super) sources: Vec<Source>,
    pub(super) rows: Vec<Row>,
    pub(super) symbols: Symbols,
    pub(super) servers: Vec<Server>,
    pub(super) connections: Vec<Connection>,
    /// By what the recording calls the connection, and the server's label.
    pub(super) by_connection: HashMap<ConnectionKey, ConnId>,
    pub(super) by_label: HashMap<Box<[u8]>, ServerId>,
    pub(super) pairs: Pairs,
    pub(super) calls: Vec<RowId>,
    pub(super) definitions: Definitions,
    pub(super) links: Links,
    pub(super) studied: u32,
    pub(super) ledger: Ledger,
    pub(super) keys: RandomState,
    pub(super) tools_call: Symbol,
    /// What gates decided, by the message that was held.
    pub(super) rulings: HashMap<RowId, Ruling>,
    /// The row of each entry that is known by something wherever it is copied to, and where else it stands.
    pub(super) once: HashMap<u64, RowId, Secret>,
    pub(super) witnesses: HashMap<RowId, Vec<Witness>>,
    pub(super) twins: Twins,
    /// When something was last heard of sources that grow.
    pub(super) heard: Time,
}

/// How far reading has come.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Progress {
    pub bytes: u64,
    pub total: u64,
    pub rows: usize,
    /// Rows whose bodies were understood.
    pub studied: usize,
    /// Every source was indexed to its end.
    pub done: bool,
}

/// What is being recorded at the moment, and how far the session is behind it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Lag {
    /// Recordings that are being written.
    pub running: usize,
    /// Bytes that are written and not indexed yet.
    pub bytes: u64,
    /// Messages that are indexed and not understood yet.
    pub messages: usize,
    /// Microseconds since the oldest of these messages was recorded.
    pub micros: i64,
}

impl Default for Session {
    fn default() -> Self {
        let mut symbols = Symbols::default();
        let tools_call = symbols.intern(method::TOOLS_CALL.as_bytes());
        Session {
            sources: Vec::new(),
            rows: Vec::new(),
            symbols,
            servers: Vec::new(),
            connections: Vec::new(),
            by_connection: HashMap::new(),
            by_label: HashMap::new(),
            pairs: Pairs::default(),
            calls: Vec::new(),
            definitions: Definitions::default(),
            links: Links::default(),
            studied: 0,
            ledger: Ledger::default(),
            keys: RandomState::new(),
            tools_call,
            rulings: HashMap::new(),
            once: HashMap::default(),
            witnesses: HashMap::new(),
            twins: Twins::default(),
            heard: Time::NONE,
        }
    }
}

impl Session {
    /// Messages so far.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The row; `id` must be one of this session's.
    pub fn row(&self, id: RowId) -> &Row {
        &self.rows[id.index()]
    }

    pub fn last(&self) -> Option<RowId> {
        self.rows
            .len()
            .checked_sub(1)
            .map(|last| RowId(last as u32))
    }

    pub fn sources(&self) -> &[Source] {
        &self.sources
    }

    /// The classes of the sources, each once, in their order.
    pub fn classes(&self) -> Vec<Class> {
        let mut classes = Vec::new();
        for source in &self.sources {
            if !classes.contains(&source.class) {
                classes.push(source.class);
            }
        }
        classes
    }

    pub fn servers(&self) -> &[Server] {
        &self.servers
    }

    pub fn server(&self, id: ServerId) -> &Server {
        &self.servers[id.index()]
    }

    pub fn connections(&self) -> &[Connection] {
        &self.connections
    }

    pub fn server_of(&self, id: RowId) -> ServerId {
        self.connections[self.row(id).conn.index()].server
    }

    pub fn symbol(&self, symbol: Symbol) -> Raw<'_> {
        self.symbols.get(symbol)
    }

    /// The symbol of a name that occurs in the session.
    pub fn find_symbol(&self, name: &[u8]) -> Option<Symbol> {
        self.symbols.find(name)
    }

    /// Every name of the session, in the order of their symbols.
    pub fn symbols(&self) -> impl Iterator<Item = Raw<'_>> {
        self.symbols.iter()
    }

    /// The request of a response; a request itself.
    pub fn request_of(&self, id: RowId) -> Option<RowId> {
        use crate::wire::id::MessageKind::*;
        match self.row(id).kind {
            Request => Some(id),
            Result | Error | Notification => self.row(id).pair(),
            _ => None,
        }
    }

    /// The response of a request; a response itself.
    pub fn response_of(&self, id: RowId) -> Option<RowId> {
        match self.row(id).kind {
            crate::wire::id::MessageKind::Request => self.row(id).pair(),
            kind if kind.is_response() => Some(id),
            _ => None,
        }
    }

    /// The method of a message; for a response that of its request.
    pub fn method(&self, id: RowId) -> Raw<'_> {
        self.symbol(self.method_symbol(id))
    }

    pub fn method_symbol(&self, id: RowId) -> Symbol {
        let row = self.row(id);
        match row.pair() {
            Some(request) if row.kind.is_response() => self.row(request).method,
            _ => row.method,
        }
    }

    /// What a message is about (tool, prompt, resource); for a response what its request is about.
    pub fn name(&self, id: RowId) -> Raw<'_> {
        let row = self.row(id);
        match row.pair() {
            Some(request) if row.kind.is_response() => self.symbol(self.row(request).name),
            _ => self.symbol(row.name),
        }
    }

    /// First requests of tool calls, in order.
    pub fn calls(&self) -> &[RowId] {
        &self.calls
    }

    pub fn items(&self) -> &[Item] {
        self.definitions.items()
    }

    /// The item; `id` must be one of this session's.
    pub fn item_at(&self, id: ItemId) -> &Item {
        &self.definitions.items()[id.0 as usize]
    }

    pub fn item(&self, server: ServerId, kind: ItemKind, name: Raw<'_>) -> Option<&Item> {
        self.definitions.find(server, kind, name)
    }

    /// Whether a server's items of a kind were listed to the end at least once.
    pub fn is_listed(&self, server: ServerId, kind: ItemKind) -> bool {
        self.definitions.is_listed(server, kind)
    }

    pub fn changes(&self) -> &[Change] {
        self.definitions.changes()
    }

    /// The versions of definitions that a message brought, as (item, place of the version).
    pub fn brought_by(&self, id: RowId) -> &[(ItemId, usize)] {
        self.definitions.brought_by(id)
    }

    /// Rows whose bodies were understood, from the start.
    pub fn studied(&self) -> usize {
        self.studied as usize
    }

    /// The key under which ids and tokens are hashed in this session.
    pub fn keys(&self) -> &RandomState {
        &self.keys
    }

    /// Entries that recorders could not write, by their own count.
    pub fn dropped(&self) -> u64 {
        let connections = self.connections.iter();
        connections.fold(0, |sum, one| sum.saturating_add(one.dropped))
    }

    /// Connections of a source whose recorder neither runs nor wrote their end: it was killed, or the machine stopped.
    pub fn cut_short(&self, source: SourceId) -> usize {
        let running = self.sources[source.index()].running;
        let cut = |one: &&Connection| one.source == source && one.end_is_due && !running;
        self.connections.iter().filter(cut).count()
    }

    /// How far the session is behind what is being recorded.
    pub fn lag(&self) -> Lag {
        let running = self.sources.iter().filter(|source| source.running);
        let bytes = |source: &Source| source.bytes.saturating_sub(source.indexed);
        let waits = self.rows.get(self.studied as usize);
        Lag {
            running: running.clone().count(),
            bytes: running.map(bytes).sum(),
            messages: self.rows.len() - self.studied as usize,
            micros: waits
                .and_then(|row| self.heard.since(row.time))
                .unwrap_or(0)
                .max(0),
        }
    }

    pub fn progress(&self) -> Progress {
        Progress {
            bytes: self.sources.iter().map(|s| s.indexed).sum(),
            total: self.sources.iter().map(|s| s.bytes).sum(),
            rows: self.rows.len(),
            studied: self.studied as usize,
            done: self.sources.iter().all(|s| s.done),
        }
    }
}
