//! Which connection a line belongs to. The log does not say, and the client likes to start a server twice within a
//! second, both writing to the same file: ids tell the two apart as far as they can.

use crate::formats::text_log::number;
use crate::wire::id::Direction;
use crate::wire::json::Doc;
use std::collections::{HashMap, VecDeque};

/// Most connections of a server that are followed at a time.
const OPEN: usize = 8;
/// Most requests of a connection that are followed at a time.
const FLIGHT: usize = 1024;
/// Longest id that is followed.
const LONG_ID: usize = 64;
/// Most servers of one log; what is beyond is one connection each.
const SERVERS: usize = 4096;
/// A connection that another follows after more microseconds than this is over, even if the log does not say so.
const TWICE: i64 = 10_000_000;
/// The client writes of the end of one connection up to six times, within this many microseconds.
const END: i64 = 100_000;

/// The servers of a log, each with its connections.
#[derive(Default)]
pub struct Servers(HashMap<Vec<u8>, Server>);

/// Oldest first.
#[derive(Default)]
struct Server {
    conns: VecDeque<Conn>,
    /// When a connection last ended, and its key.
    ended: Option<(i64, Vec<u8>)>,
}

#[derive(Default)]
struct Conn {
    key: Vec<u8>,
    began: i64,
    /// Requests that wait, with the side that asked.
    flight: VecDeque<(Direction, Vec<u8>)>,
    /// The id that the client's next request should have.
    next: Option<i64>,
    asked: bool,
    ready: bool,
    closed: bool,
}

/// When a line was written.
#[derive(Clone, Copy)]
pub struct At<'l> {
    pub micros: i64,
    pub stamp: &'l [u8],
}

/// What is to be known of a message.
struct Outside {
    id: Option<Vec<u8>>,
    method: Vec<u8>,
    cancels: Option<Vec<u8>>,
}

impl Outside {
    fn of(message: &[u8]) -> Option<Outside> {
        let doc = Doc::parse(message);
        let root = doc.root().filter(|root| root.is_object())?;
        let short = |id: &[u8]| (id.len() <= LONG_ID).then(|| id.to_vec());
        let method = root.str("method");
        Some(Outside {
            id: root.get("id").and_then(|id| short(id.raw().bytes())),
            method: method.map_or(Vec::new(), |method| method.as_raw().bytes().to_vec()),
            cancels: root
                .at(&["params", "requestId"])
                .and_then(|id| short(id.raw().bytes())),
        })
    }
}

impl Servers {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn has(&self, label: &[u8]) -> bool {
        self.0.contains_key(label)
    }

    /// Notes a server.
    pub fn know(&mut self, label: &[u8]) {
        if !self.has(label) && self.0.len() < SERVERS {
            self.0.insert(label.to_vec(), Server::default());
        }
    }

    /// A connection begins; its key is the second in which it does, so that it is the same in both files.
    pub fn begin(&mut self, label: &[u8], at: At<'_>) -> Vec<u8> {
        match self.0.get_mut(label) {
            Some(server) => server.begin(at).key.clone(),
            None => Vec::new(),
        }
    }

    /// The connection of something that is no message.
    pub fn latest(&self, label: &[u8]) -> Vec<u8> {
        let server = self.0.get(label);
        let conn = server.and_then(|server| server.conns.back());
        conn.map_or(Vec::new(), |conn| conn.key.clone())
    }

    /// A connection ends: the oldest that is open, unless this is said of the one before.
    pub fn end(&mut self, label: &[u8], micros: i64) -> Vec<u8> {
        let Some(server) = self.0.get_mut(label) else {
            return Vec::new();
        };
        if let Some((at, key)) = &mut server.ended
            && (micros.saturating_sub(*at)).abs() <= END
        {
            *at = micros;
            return key.clone();
        }
        let Some(conn) = server.conns.iter_mut().find(|conn| !conn.closed) else {
            return self.latest(label);
        };
        conn.closed = true;
        server.ended = Some((micros, conn.key.clone()));
        conn.key.clone()
    }

    /// The connection of a message.
    pub fn of(&mut self, label: &[u8], dir: Direction, message: &[u8], at: At<'_>) -> Vec<u8> {
        let Some(server) = self.0.get_mut(label) else {
            return Vec::new();
        };
        match Outside::of(message) {
            Some(outside) => server.of(dir, &outside, at).key.clone(),
            None => self.latest(label),
        }
    }
}

impl Server {
    fn begin(&mut self, at: At<'_>) -> &mut Conn {
        let goes_on = |conn: &Conn| at.micros.saturating_sub(conn.began) <= TWICE;
        self.conns.retain(|conn| !conn.closed && goes_on(conn));
        if self.conns.len() >= OPEN {
            self.conns.pop_front();
        }
        self.ended = None;
        let second = &at.stamp[..at.stamp.len().min("2026-11-22T06:31:55".len())];
        let mut key = second.to_vec();
        let again = self
            .conns
            .iter()
            .filter(|conn| conn.key.starts_with(second));
        if let n @ 1.. = again.count() {
            key.extend_from_slice(format!(" {}", n + 1).as_bytes());
        }
        self.conns.push_back(Conn {
            key,
            began: at.micros,
            ..Conn::default()
        });
        self.last()
    }

    /// The newest connection; one without a key where the log began in the middle of it.
    fn last(&mut self) -> &mut Conn {
        if self.conns.is_empty() {
            self.conns.push_back(Conn {
                began: i64::MIN,
                asked: true,
                ready: true,
                ..Conn::default()
            });
        }
        let last = self.conns.len() - 1;
        &mut self.conns[last]
    }

    /// The oldest open connection of which that is so, or else the newest.
    fn oldest(&mut self, is: impl Fn(&Conn) -> bool) -> &mut Conn {
        match self.conns.iter().position(|conn| !conn.closed && is(conn)) {
            Some(at) => &mut self.conns[at],
            None => self.last(),
        }
    }

    fn of(&mut self, dir: Direction, outside: &Outside, at: At<'_>) -> &mut Conn {
        let waits = |conn: &Conn, dir: Direction, id: &[u8]| {
            conn.flight
                .iter()
                .any(|(asker, waits)| *asker == dir && waits == id)
        };
        let Outside {
            id,
            method,
            cancels,
        } = outside;
        match (&method[..], id) {
            (b"", Some(id)) => {
                let asker = dir.opposite();
                let conn = self.oldest(|conn| waits(conn, asker, id));
                conn.flight
                    .retain(|(of, waits)| *of != asker || waits != id);
                conn
            }
            (b"initialize", Some(id)) if dir == Direction::C2s => {
                let fresh = |conn: &Conn| !conn.asked && !conn.closed;
                let conn = match self.conns.iter().any(fresh) {
                    true => self.oldest(fresh),
                    false => self.begin(at),
                };
                conn.asked = true;
                conn.ask(dir, id);
                conn
            }
            (_, Some(id)) => {
                let n = number(id);
                let conn = self.oldest(|conn| {
                    dir == Direction::C2s && conn.asked && n.is_some() && conn.next == n
                });
                conn.ask(dir, id);
                conn
            }
            (b"notifications/initialized", None) => {
                let conn = self.oldest(|conn| conn.asked && !conn.ready && conn.flight.is_empty());
                conn.ready = true;
                conn
            }
            _ => match cancels {
                Some(id) => self.oldest(|conn| waits(conn, dir, id)),
                None => self.last(),
            },
        }
    }
}

impl Conn {
    fn ask(&mut self, dir: Direction, id: &[u8]) {
        if dir == Direction::C2s {
            self.next = number(id).and_then(|n| n.checked_add(1));
        }
        if self.flight.len() >= FLIGHT {
            self.flight.pop_front();
        }
        self.flight.push_back((dir, id.to_vec()));
    }
}
