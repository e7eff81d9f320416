//! The second pass: bodies are read in order and understood.
//!
//! [`advance`] takes the next stretch of rows, reads their bodies at one go, learns from them (definitions, identities,
//! links between messages) and shows each to a [`Visitor`], so that the analysis does not read them again. Reading,
//! parsing and looking are done by several threads; learning and taking go in order.

use super::canonical::canonical_hash;
use super::definition::Origin;
use super::facts::{Facts, Outside, Tokens};
use super::model::{Session, SharedSession};
use super::pair::id_key;
use super::read::{self, Body};
use super::recorded::Event;
use super::row::{ConnId, Row, RowId, ServerId};
use crate::formats::Flags;
use crate::text::RawBuf;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Doc;
use crate::wire::method;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};
use std::hash::BuildHasher;

/// Links between messages that only their bodies tell.
#[derive(Default)]
pub struct Links {
    /// A later request to the first one of its operation.
    root: HashMap<RowId, RowId>,
    continued: HashMap<RowId, Vec<RowId>>,
    tokens: HashMap<(ConnId, u64), RowId>,
    /// The same tokens, oldest first.
    token_age: VecDeque<(ConnId, u64)>,
    states: HashMap<u64, RowId>,
    tasks: HashMap<(ConnId, u64), RowId>,
    /// Calls that were answered with a task: their result comes later, if at all.
    in_task: HashSet<RowId>,
    later_pages: HashSet<RowId>,
    /// When each server said that its tools changed, and when it was asked for them again.
    tool_news: BTreeMap<(ServerId, RowId), bool>,
}

impl Links {
    pub(super) fn continued(&self, root: RowId) -> &[RowId] {
        self.continued.get(&root).map_or(&[], |rows| rows)
    }

    pub(super) fn root(&self, id: RowId) -> Option<RowId> {
        self.root.get(&id).copied().filter(|root| *root != id)
    }

    pub(super) fn in_task(&self, call: RowId) -> bool {
        self.in_task.contains(&call)
    }

    /// The tools were listed. News that came while the listing was on its way may not be in it.
    fn tools_listed(&mut self, server: ServerId, asked: RowId, answered: RowId) {
        let on_the_way = (server, asked.min(answered))..(server, answered);
        if !self
            .tool_news
            .range(on_the_way)
            .any(|(_, changed)| *changed)
        {
            self.tool_news.insert((server, answered), false);
        }
    }

    pub(super) fn stale_tools(&self, server: ServerId, at: RowId) -> bool {
        self.tool_news
            .range((server, RowId(0))..=(server, at))
            .next_back()
            .is_some_and(|(_, changed)| *changed)
    }

    /// Most SDKs give a token with every request, so only the latest are kept.
    fn give_token(&mut self, token: (ConnId, u64), request: RowId) {
        const KEPT: usize = 16_384;
        if self.tokens.insert(token, request).is_none() {
            self.token_age.push_back(token);
        }
        if self.token_age.len() > KEPT
            && let Some(old) = self.token_age.pop_front()
        {
            self.tokens.remove(&old);
        }
    }

    fn join(&mut self, root: RowId, later: RowId) {
        let first = self.root(root).unwrap_or(root);
        if first != later && self.root.insert(later, first).is_none() {
            self.continued.entry(first).or_default().push(later);
        }
    }
}

/// Bytes of bodies that are read at one go. One thread looks at all of a listing: with much less, the others wait for it.
const STRETCH: u64 = 16 << 20;
/// Rows of one stretch: bounds the time for which the session is locked.
const STRETCH_ROWS: usize = 4096;
/// Rows that one thread reads at one go.
const TOGETHER: usize = 32;

/// A message that was just learned from.
pub struct Studied<'a> {
    pub id: RowId,
    pub row: Row,
    /// Its line, and where the message stands in it.
    pub body: &'a Body,
    /// The message as JSON; of a line that is none, as far as it is.
    pub doc: &'a Doc<'a>,
}

/// Sees the messages of a session once it has learned from them.
pub trait Visitor: Sync {
    /// What a message shows by itself.
    type Seen: Send;

    /// The session has learned from a whole stretch, and it comes now.
    fn begin(&mut self, session: &Session);

    /// Looks at one message by itself: several threads do, in any order. It must not wait for work of other threads,
    /// which may be waiting for the session that is held here.
    fn look(&self, session: &Session, studied: &Studied<'_>) -> Self::Seen;

    /// Takes what was seen, in the order of the messages.
    fn take(&mut self, session: &Session, studied: &Studied<'_>, seen: Self::Seen);
}

/// The visitor who only wants the session to learn.
pub struct Nobody;

impl Visitor for Nobody {
    type Seen = ();

    fn begin(&mut self, _: &Session) {}

    fn look(&self, _: &Session, _: &Studied<'_>) {}

    fn take(&mut self, _: &Session, _: &Studied<'_>, (): ()) {}
}

/// Studies the next stretch of rows and shows it to `visitor`. The session is locked for one message at a time, so that
/// screens stay quick. Gives the number of rows: 0 when everything that is indexed has been studied.
pub fn advance<V: Visitor>(session: &SharedSession, visitor: &mut V) -> usize {
    let (stretch, keys) = {
        let session = super::load::lock_read(session);
        (Stretch::next(&session), session.keys.clone())
    };
    if stretch.rows.is_empty() {
        return 0;
    }
    let bodies = stretch.read();
    let understood: Vec<(Doc<'_>, Facts)> = (&stretch.rows, &bodies)
        .into_par_iter()
        .map(|(one, body)| {
            let doc = Doc::parse(body.message());
            let outside = Outside {
                kind: one.row.kind,
                dir: one.row.dir,
                method: &one.method,
                name: &one.name,
                mixed: stretch.mixed,
            };
            let facts = Facts::of(&doc, &outside, &keys);
            (doc, facts)
        })
        .collect();
    let (docs, facts): (Vec<Doc<'_>>, Vec<Facts>) = understood.into_iter().unzip();
    {
        let mut session = super::load::lock_write(session);
        session.twins.judged = session.studied;
        for (one, facts) in stretch.rows.iter().zip(facts) {
            session.learn(one.id, facts);
        }
        session.studied = stretch
            .rows
            .last()
            .map_or(session.studied, |one| one.id.0 + 1);
        session.count();
    }
    visitor.begin(&super::load::lock_read(session));
    let studied: Vec<Studied<'_>> = (stretch.rows.iter().zip(&bodies).zip(&docs))
        .map(|((one, body), doc)| Studied {
            id: one.id,
            row: one.row,
            body,
            doc,
        })
        .collect();
    let seen: Vec<V::Seen> = studied
        .par_iter()
        .map(|one| visitor.look(&super::load::lock_read(session), one))
        .collect();
    for (one, seen) in studied.iter().zip(seen) {
        visitor.take(&super::load::lock_read(session), one, seen);
    }
    stretch.rows.len()
}

struct One {
    id: RowId,
    row: Row,
    /// The method; of a response, that of its request.
    method: Vec<u8>,
    /// What a request is about.
    name: Vec<u8>,
}

/// Rows to be read together, with what is needed to read them without the session.
struct Stretch {
    rows: Vec<One>,
    /// The session has recordings of several kinds.
    mixed: bool,
    readers: Vec<read::Reader>,
}

impl Stretch {
    fn next(session: &Session) -> Stretch {
        let mut bytes = 0u64;
        let mut rows = Vec::new();
        for n in session.studied as usize
            ..session
                .rows
                .len()
                .min(session.studied as usize + STRETCH_ROWS)
        {
            let (id, row) = (RowId(n as u32), session.rows[n]);
            if bytes > 0 && bytes + u64::from(row.len) > STRETCH {
                break;
            }
            bytes += u64::from(row.len).max(1);
            rows.push(One {
                id,
                row,
                method: session.method(id).bytes().to_vec(),
                name: session.symbol(row.name).bytes().to_vec(),
            });
        }
        Stretch {
            rows,
            mixed: session.is_mixed(),
            readers: session
                .sources
                .iter()
                .map(|source| source.reader())
                .collect(),
        }
    }

    /// A row that cannot be read has an empty body; its source says why.
    fn read(&self) -> Vec<Body> {
        self.rows
            .par_chunks(TOGETHER)
            .flat_map_iter(|rows| {
                let mut window = read::Window::over(rows.iter().map(|one| &one.row));
                rows.iter().map(move |one| {
                    self.readers[one.row.source.index()].read_in(&one.row, &mut window)
                })
            })
            .collect()
    }
}

impl Session {
    /// Folds in what a body says. Rows must come in order, each once.
    pub fn learn(&mut self, id: RowId, facts: Facts) {
        self.correct(id, &facts);
        let row = *self.row(id);
        let server = self.connections[row.conn.index()].server;
        if let Some(recorded) = facts.recorded {
            self.connections[row.conn.index()].heard(id, &recorded);
            if let Event::Gate(seq, ruling) = &recorded.event {
                self.ruled(id, *seq, ruling);
            }
            if let Some(command) = recorded.command {
                self.connections[row.conn.index()].command = command.clone();
                self.servers[server.index()].command = command;
            }
        }
        // Of an answer whose call is not in a transcript it is not known whose words it has.
        let whose =
            !row.flags.has(Flags::ORPHAN) || !self.sources[row.source.index()].ids_are_global();
        if let Some(hello) = facts.hello.filter(|_| whose) {
            self.greet(row.conn, server, *hello);
        }
        let origin = Origin {
            row: id,
            server,
            conn: row.conn,
            client: self.connections[row.conn.index()].client,
        };
        for item in facts.singles.into_iter().filter(|_| whose) {
            self.definitions.single(origin, item);
        }
        if let Some(listing) = facts.listing {
            let first = row
                .pair()
                .is_none_or(|request| !self.links.later_pages.remove(&request));
            if listing.kind == super::ItemKind::Tool {
                self.links
                    .tools_listed(server, row.pair().unwrap_or(id), id);
            }
            self.definitions
                .page(origin, listing.kind, listing.items, first, listing.last);
        }
        if self.is_tools_changed(id) {
            self.links.tool_news.insert((server, id), true);
        }
        if facts.later_page {
            self.links.later_pages.insert(id);
        }
        self.link(id, &row, &facts.tokens);
        if let Some(same) = &facts.same {
            self.meet(id, same);
        }
    }

    /// The index looked at the outside only; where it was fooled, the body has the last word.
    fn correct(&mut self, id: RowId, facts: &Facts) {
        let row = &mut self.rows[id.index()];
        row.flags.set(facts.flags);
        let wire = |kind| {
            use MessageKind::*;
            matches!(kind, Request | Notification | Result | Error | Other)
        };
        if let Some(kind) = facts.kind
            && wire(row.kind)
        {
            row.kind = kind;
        }
        if let Some((method, name)) = &facts.about
            && self.rows[id.index()].kind == MessageKind::Request
        {
            self.rename(id, method, name);
        }
        let row = self.rows[id.index()];
        let failed = row.kind == MessageKind::Error || row.flags.has(Flags::TOOL_ERROR);
        if failed
            && let Some(request) = row.pair()
            && self.rows[request.index()].method == self.tools_call
        {
            let server = self.server_of(id);
            self.servers[server.index()].errors += 1;
        }
    }

    /// A request is about something else than the index thought; it may be a tool call after all, or none.
    fn rename(&mut self, id: RowId, method: &RawBuf, name: &RawBuf) {
        let (method, name) = (method.as_raw().bytes(), name.as_raw().bytes());
        let (method, name) = (self.symbols.intern(method), self.symbols.intern(name));
        let row = &mut self.rows[id.index()];
        (row.method, row.name) = (method, name);
        let calls = method == self.tools_call && row.dir == Direction::C2s;
        let server = self.server_of(id);
        let server = &mut self.servers[server.index()];
        match self.calls.binary_search(&id) {
            Err(place) if calls => {
                self.calls.insert(place, id);
                server.calls += 1;
            }
            Ok(place) if !calls => {
                self.calls.remove(place);
                server.calls = server.calls.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn greet(&mut self, conn: ConnId, server: ServerId, hello: super::facts::Hello) {
        if let Some(capabilities) = &hello.client_capabilities {
            let connection = &mut self.connections[conn.index()];
            let client = self.keys.hash_one(capabilities);
            // The modern protocol says them with every request.
            if connection.capabilities.is_none() || connection.client != client {
                connection.client = client;
                connection.capabilities = Some(canonical_hash(capabilities.as_raw().bytes()));
            }
        }
        let known = &mut self.servers[server.index()];
        let fields = [
            (&mut known.protocol, hello.protocol),
            (&mut known.client, hello.client),
            (&mut known.client_version, hello.client_version),
            (&mut known.client_capabilities, hello.client_capabilities),
            (&mut known.name, hello.server),
            (&mut known.title, hello.title),
            (&mut known.version, hello.version),
            (&mut known.capabilities, hello.capabilities),
        ];
        for (field, said) in fields {
            if let Some(said) = said {
                *field = said;
            }
        }
        if known.transport.is_empty() {
            known.transport = "stdio";
        }
    }

    fn link(&mut self, id: RowId, row: &Row, facts: &Tokens) {
        let conn = row.conn;
        if row.kind == MessageKind::Request {
            if let Some(token) = facts.progress_given {
                self.links.give_token((conn, token), id);
            }
            if let Some(earlier) = facts
                .state_used
                .and_then(|state| self.links.states.get(&state).copied())
            {
                self.continue_call(earlier, id);
            }
            if let Some(root) = facts
                .task_used
                .and_then(|task| self.links.tasks.get(&(conn, task)).copied())
            {
                self.continue_call(root, id);
            }
        }
        if row.kind.is_response()
            && let Some(request) = row.pair()
        {
            if let Some(state) = facts.state_given {
                self.links.states.insert(state, request);
            }
            if let Some(task) = facts.task_made {
                self.links.tasks.insert((conn, task), request);
                let call = self.links.root(request).unwrap_or(request);
                self.links.in_task.insert(call);
            }
        }
        if row.kind == MessageKind::Notification {
            let token = facts
                .progress_of
                .and_then(|token| self.links.tokens.get(&(conn, token)).copied());
            let task = facts
                .task_used
                .and_then(|task| self.links.tasks.get(&(conn, task)).copied());
            if let Some(about) = token.or(task) {
                self.rows[id.index()].pair = about.0;
            }
            if let Some(cancelled) = facts.cancels.and_then(|hash| self.cancelled(id, row, hash)) {
                self.rows[cancelled.index()].flags.set(Flags::CANCELLED);
                self.rows[id.index()].pair = cancelled.0;
            }
        }
    }

    /// The request that a `notifications/cancelled` names: the sender's own, not long before. Its id is not kept, so
    /// it is read again.
    fn cancelled(&self, id: RowId, row: &Row, hash: u64) -> Option<RowId> {
        const BACK: usize = 2_000;
        (id.index().saturating_sub(BACK)..id.index())
            .rev()
            .map(|n| RowId(n as u32))
            .find(|candidate| {
                let request = self.row(*candidate);
                request.kind == MessageKind::Request
                    && request.conn == row.conn
                    && request.dir == row.dir
                    && request.pair().is_none_or(|pair| pair > id)
                    && self.id_hash(*candidate) == Some(hash)
            })
    }

    fn id_hash(&self, id: RowId) -> Option<u64> {
        let body = self.read(id).ok()?;
        let doc = Doc::parse(body.message());
        let value = doc.root()?.get("id")?;
        Some(id_key(&self.keys, value.raw().bytes()))
    }

    /// Joins a later request to its operation; it is no call of its own.
    fn continue_call(&mut self, earlier: RowId, later: RowId) {
        self.links.join(earlier, later);
        self.rows[later.index()].flags.set(Flags::CONTINUES);
        self.is_no_call(later);
    }

    /// A request that looked like a call of its own is a part of another.
    pub(super) fn is_no_call(&mut self, later: RowId) {
        if let Ok(n) = self.calls.binary_search(&later) {
            self.calls.remove(n);
            self.ledger.go_back(later.0);
            let server = self.server_of(later);
            let server = &mut self.servers[server.index()];
            server.calls = server.calls.saturating_sub(1);
        }
    }

    /// Whether a method is one that lists definitions.
    pub fn is_listing(method: &[u8]) -> bool {
        [
            method::TOOLS_LIST,
            method::PROMPTS_LIST,
            method::RESOURCES_LIST,
            method::TEMPLATES_LIST,
        ]
        .iter()
        .any(|listing| listing.as_bytes() == method)
    }
}
