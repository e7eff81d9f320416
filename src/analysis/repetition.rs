//! How often the same is done: calls in a row, questions of a server, notes of progress.

use super::memory::hash;
use crate::session::{ConnId, RowId, ServerId, Session};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Value;
use crate::wire::method;
use std::collections::HashMap;

/// Counts of what goes on.
#[derive(Default, Debug)]
pub struct Repetition {
    /// The last call of each server (hashed) and how often it came in a row.
    calls: HashMap<ServerId, (u64, u32)>,
    /// What a server asked of the model and of the person since the client's last call.
    asked: HashMap<ConnId, u32>,
    /// The token of the latest progress, how many notes it had, and the latest value.
    progress: HashMap<ConnId, (u64, u32, f64)>,
}

impl Repetition {
    /// How often this very call came in a row before, if it is made now.
    pub fn in_a_row(&self, server: ServerId, call: u64) -> u32 {
        self.calls
            .get(&server)
            .filter(|(last, _)| *last == call)
            .map_or(0, |(_, n)| *n)
    }

    /// What a server asked since the client's last call.
    pub fn asked(&self, conn: ConnId) -> u32 {
        self.asked.get(&conn).copied().unwrap_or(0)
    }

    /// How many notes of progress the token had, and the latest value.
    pub fn progress(&self, conn: ConnId, token: u64) -> (u32, f64) {
        self.progress
            .get(&conn)
            .filter(|(t, ..)| *t == token)
            .map_or((0, f64::MIN), |(_, n, value)| (*n, *value))
    }

    /// Takes in a message, after the detectors saw it.
    pub fn note(&mut self, session: &Session, id: RowId, server: ServerId, root: Value<'_>) {
        let row = session.row(id);
        let method = session.method(id);
        match (row.kind, row.dir) {
            (MessageKind::Request, Direction::C2s) if method == method::TOOLS_CALL => {
                self.asked.remove(&row.conn);
                let call = call_of(root);
                let last = self.calls.entry(server).or_insert((call, 0));
                *last = if last.0 == call {
                    (call, last.1.saturating_add(1))
                } else {
                    (call, 1)
                };
            }
            (MessageKind::Request, Direction::S2c)
                if method == method::SAMPLING || method == method::ELICITATION =>
            {
                *self.asked.entry(row.conn).or_default() += 1;
            }
            (MessageKind::Notification, Direction::S2c) if method == method::PROGRESS => {
                let Some((token, value)) = progress_of(root) else {
                    return;
                };
                let last = self.progress.entry(row.conn).or_insert((token, 0, value));
                *last = if last.0 == token {
                    (token, last.1.saturating_add(1), value)
                } else {
                    (token, 1, value)
                };
            }
            _ => {}
        }
    }
}

/// A call by its tool and its arguments as they are spelled.
pub fn call_of(root: Value<'_>) -> u64 {
    let params = root.get("params");
    let part = |key: &str| {
        params
            .and_then(|p| p.get(key))
            .map_or(0, |v| hash(v.raw().bytes()))
    };
    part("name").rotate_left(1) ^ part("arguments")
}

/// The token of a note of progress, hashed, and its value.
pub fn progress_of(root: Value<'_>) -> Option<(u64, f64)> {
    let params = root.get("params")?;
    let value = std::str::from_utf8(params.get("progress")?.raw().bytes())
        .ok()?
        .parse()
        .ok()?;
    Some((hash(params.get("progressToken")?.raw().bytes()), value))
}
