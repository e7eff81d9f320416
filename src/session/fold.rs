//! The index's second step: entries become rows, in order.

use super::chunk::{Batch, Entry};
use super::model::Session;
use super::pair::{Answer, Key};
use super::row::{ConnId, Row, RowId, ServerId, SourceId, Symbol, UNPAIRED};
use super::server::{Connection, Server};
use super::source::Source;
use super::time::Time;
use crate::formats::Flags;
use crate::text::RawBuf;
use crate::wire::id::{Direction, MessageKind};
use std::collections::HashMap;

/// An entry whose names are the session's: ready to become a row.
pub struct Ready {
    row: Row,
    id: u64,
    dir: Option<Direction>,
    once: u64,
    late: bool,
}

impl Ready {
    pub fn time(&self) -> Time {
        self.row.time
    }
}

/// The connection of ids that mean the same on every connection.
const ANYWHERE: ConnId = ConnId(u32::MAX);

/// How the note of a hole begins.
pub(super) fn zeros_at(start: u64) -> String {
    format!("There are only zeros from byte {start} on")
}

/// Whether nothing is known of a line, not even whose it is.
fn is_lost(entry: &Entry) -> bool {
    entry.kind == MessageKind::Unreadable && entry.conn == 0 && entry.label == 0
}

impl Source {
    fn book(&mut self, batch: &Batch) {
        self.lines += u64::from(batch.lines);
        self.blank += u64::from(batch.blank);
        self.skipped += u64::from(batch.skipped);
        self.bom += batch.bom;
        self.indexed = self.indexed.max(batch.end);
        if let Some(at) = batch.bom_at {
            self.note_once(
                "A byte order mark stands at byte",
                format!("{at}, inside the file: files were joined there. It was skipped."),
            );
        }
        for hole in &batch.holes {
            self.note_once(
                &zeros_at(hole.start),
                format!("({} bytes): the machine stopped before they were written, and what was there is lost.", hole.end - hole.start),
            );
        }
    }

    /// Adds a sentence, unless one begins like it or there are too many already.
    fn note_once(&mut self, begin: &str, rest: String) {
        const MOST: usize = 8;
        if self.notes.len() < MOST && !self.notes.iter().any(|note| note.starts_with(begin)) {
            self.notes.push(format!("{begin} {rest}"));
        }
    }
}

impl Session {
    /// Books what a batch says of its source and translates its entries.
    pub(super) fn admit(&mut self, source: SourceId, batch: &Batch) -> Vec<Ready> {
        let symbols: Vec<Symbol> = batch
            .names
            .iter()
            .map(|name| self.symbols.intern(name.bytes()))
            .collect();
        let mut conns: HashMap<(u32, u32), ConnId> = HashMap::new();
        let mut near = self.sources[source.index()].near;
        let base = self.sources[source.index()].lines;
        let mut ready = Vec::with_capacity(batch.entries.len());
        let mut conn_of = |session: &mut Session, entry: &Entry| {
            *conns.entry((entry.conn, entry.label)).or_insert_with(|| {
                let name = |n: u32| symbols[n as usize];
                session.connection(source, name(entry.conn), name(entry.label))
            })
        };
        for (n, entry) in batch.entries.iter().enumerate() {
            // A line that could not be read belongs to what is around it: it is no server of its own.
            let conn = match near.filter(|_| is_lost(entry)) {
                Some(near) => near,
                None => {
                    let told = batch.entries[n..].iter().find(|entry| !is_lost(entry));
                    conn_of(self, told.unwrap_or(entry))
                }
            };
            near = Some(conn);
            ready.push(self.ready(source, entry, base, conn, &symbols));
        }
        self.sources[source.index()].near = near;
        self.sources[source.index()].book(batch);
        ready
    }

    fn ready(
        &self,
        source: SourceId,
        entry: &Entry,
        base: u64,
        conn: ConnId,
        symbols: &[Symbol],
    ) -> Ready {
        let row = Row {
            offset: entry.offset,
            time: Time::from_micros(entry.micros),
            len: entry.len,
            line: match entry.origin {
                0 => u32::try_from(base + u64::from(entry.line) + 1).unwrap_or(u32::MAX),
                line => line,
            },
            pair: UNPAIRED,
            name: symbols[entry.name as usize],
            method: symbols[entry.method as usize],
            conn,
            source,
            part: entry.part,
            kind: entry.kind,
            dir: entry.dir.unwrap_or(Direction::C2s),
            flags: entry.flags,
        };
        Ready {
            row,
            id: entry.id,
            dir: entry.dir,
            once: entry.once,
            late: entry.late,
        }
    }

    /// Appends a row and joins it to what it belongs to.
    pub(super) fn push(&mut self, ready: Ready) {
        let Ready {
            mut row,
            id,
            dir,
            once,
            late,
        } = ready;
        let at = RowId(self.rows.len() as u32);
        let book = &mut self.sources[row.source.index()];
        match row.kind {
            kind if book.is_lost(kind) => book.unreadable += 1,
            MessageKind::Meta => book.events += 1,
            _ => book.messages += 1,
        }
        if once != 0 && self.is_known(once, at, &row) {
            return self.stands_for(once, &row, id, dir);
        }
        // In a transcript an id means one call, whatever server it went to.
        let scope = match self.sources[row.source.index()].ids_are_global() {
            true => ANYWHERE,
            false => row.conn,
        };
        row.dir = dir.unwrap_or_else(|| self.infer(&row, id));
        match row.kind {
            MessageKind::Request => {
                let asked = self.pairs.request(
                    Key {
                        conn: scope,
                        dir: row.dir,
                        id,
                    },
                    at,
                );
                if asked.reused.is_some() {
                    row.flags.set(Flags::REUSED);
                }
                if let Some(early) = asked.early {
                    row.pair = early.0;
                    let response = &mut self.rows[early.index()];
                    response.pair = at.0;
                    response.flags = response.flags.without(Flags::ORPHAN).with(Flags::EARLY);
                }
                if row.method == self.tools_call && row.dir == Direction::C2s {
                    self.calls.push(at);
                    let server = self.connections[row.conn.index()].server;
                    self.servers[server.index()].calls += 1;
                }
            }
            kind if kind.is_response() => {
                match self.pairs.response(
                    Key {
                        conn: scope,
                        dir: row.dir.opposite(),
                        id,
                    },
                    at,
                ) {
                    Answer::To(request) => {
                        row.pair = request.0;
                        if late {
                            row.conn = self.rows[request.index()].conn;
                        }
                        self.rows[request.index()].pair = at.0;
                    }
                    Answer::Second => row.flags.set(Flags::SECOND),
                    Answer::Orphan => row.flags.set(Flags::ORPHAN),
                }
            }
            _ => {}
        }
        self.touch(row.conn, at, row.flags);
        self.rows.push(row);
    }

    /// The direction of a message in a recording that does not say: a response goes against its request.
    fn infer(&self, row: &Row, id: u64) -> Direction {
        if !row.kind.is_response() {
            return match row.kind {
                MessageKind::Request | MessageKind::Notification | MessageKind::Other => {
                    Direction::C2s
                }
                _ => Direction::S2c,
            };
        }
        let asked = |dir| {
            self.pairs
                .waits(&Key {
                    conn: row.conn,
                    dir,
                    id,
                })
                .is_some()
        };
        if !asked(Direction::C2s) && asked(Direction::S2c) {
            Direction::C2s
        } else {
            Direction::S2c
        }
    }

    fn touch(&mut self, conn: ConnId, at: RowId, flags: Flags) {
        let connection = &mut self.connections[conn.index()];
        connection.first = connection.first.min(at);
        let server = &mut self.servers[connection.server.index()];
        server.first.get_or_insert(at);
        server.last = Some(at);
        if server.transport.is_empty() && flags.has(Flags::HTTP) {
            server.transport = "http";
        }
    }

    fn connection(&mut self, source: SourceId, conn: Symbol, label: Symbol) -> ConnId {
        let key: Box<[u8]> = self.symbols.get(conn).bytes().into();
        let mut label: Box<[u8]> = self.symbols.get(label).bytes().into();
        let named = !label.is_empty();
        if !named {
            // In a log of another program the key says when or in which process, never which server.
            let source = &self.sources[source.index()];
            label = if key.is_empty() || source.told.is_some() {
                source.stem()
            } else {
                key.clone()
            };
        }
        let apart = (key.clone(), label.clone(), key.is_empty().then_some(source));
        if let Some(id) = self.by_connection.get(&apart) {
            return *id;
        }
        let server = match self.by_label.get(&label) {
            Some(server) => *server,
            None => self.new_server(&label),
        };
        let id = ConnId(self.connections.len() as u32);
        self.connections.push(Connection {
            server,
            source,
            key: RawBuf::from(key.into_vec()),
            first: RowId(u32::MAX),
            closed: None,
            exit_code: None,
            end_is_due: false,
            dropped: 0,
            client: 0,
            capabilities: None,
            named,
            command: RawBuf::default(),
        });
        self.servers[server.index()].connections.push(id);
        self.by_connection.insert(apart, id);
        id
    }

    fn new_server(&mut self, label: &[u8]) -> ServerId {
        // 65,535 servers are an attack, not a session: what is beyond shares the last place.
        if self.servers.len() >= usize::from(u16::MAX) {
            return ServerId(u16::MAX - 1);
        }
        let id = ServerId(self.servers.len() as u16);
        self.servers.push(Server {
            label: RawBuf::from(label.to_vec()),
            ..Server::default()
        });
        self.by_label.insert(label.into(), id);
        id
    }

    /// Makes room for the rows that a file of this size will have, so that growing does not copy the index.
    pub(super) fn expect(&mut self, rows: usize) {
        // The start of a file may promise more rows than there will ever be: what cannot be had is done without.
        const MOST: usize = 16 << 20;
        let _ = self.rows.try_reserve(rows.min(MOST));
    }
}
