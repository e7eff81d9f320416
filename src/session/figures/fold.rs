//! Counting one row after the other.

use super::super::call::asks_on;
use super::super::model::Session;
use super::super::row::{Row, RowId, ServerId, Symbol};
use super::{Figures, NAMES, Open, Tally, Used, WAITING};
use crate::formats::Flags;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;
use std::sync::Arc;

impl Figures {
    /// Counts the rows before `end`; they must have been studied.
    pub(super) fn go_on(&mut self, session: &Session, end: u32) {
        let calls = session.calls();
        let mut call = calls.partition_point(|request| request.0 < self.upto);
        for n in self.upto..end {
            let (id, row) = (RowId(n), session.row(RowId(n)));
            match row.kind {
                MessageKind::Request => {
                    let is_call = calls.get(call) == Some(&id);
                    call += usize::from(is_call);
                    self.asked(session, id, row, is_call);
                }
                kind if kind.is_response() => {
                    // One that was recorded before its request counts with it.
                    if let Some(request) = row.pair().filter(|request| *request < id) {
                        self.answered(session, request, id);
                    }
                }
                MessageKind::Notification => {
                    self.uses(session, id, row);
                    if let Some(request) = row.pair()
                        && session.symbol(row.method) == method::CANCELLED
                    {
                        self.cancelled(session, request);
                    }
                }
                _ => {}
            }
        }
        self.upto = self.upto.max(end);
    }

    fn asked(&mut self, session: &Session, id: RowId, row: &Row, is_call: bool) {
        self.uses(session, id, row);
        let len = u64::from(row.len);
        if is_call {
            self.tally(session, id, |tally| {
                tally.calls += 1;
                tally.waiting += 1;
                tally.first.get_or_insert(id);
                tally.last = Some(id);
                tally.bytes_in += len;
            });
        } else if row.flags.has(Flags::CONTINUES)
            && let Some(root) = session.root_of(id)
            && asks_on(session, id)
            && self.open.contains_key(&root)
        {
            self.tally(session, root, |tally| tally.bytes_in += len);
        }
        // A subscription stays open by design.
        if session.symbol(row.method) == method::LISTEN {
            return;
        }
        let open = if is_call { Open::Call } else { Open::Other };
        match row.pair() {
            Some(early) if early < id => {
                self.open.insert(id, open);
                self.answered(session, id, early);
            }
            _ => {
                self.open.insert(id, open);
                if self.open.len() > WAITING {
                    self.open.pop_first();
                }
            }
        }
    }

    fn answered(&mut self, session: &Session, request: RowId, answer: RowId) {
        let known = self.open.get(&request).copied();
        let root = match known {
            Some(Open::Call | Open::Cancelled) => request,
            Some(Open::Other | Open::Dropped) => {
                self.open.remove(&request);
                match session.root_of(request) {
                    Some(root) if asks_on(session, request) => root,
                    _ => return,
                }
            }
            None => return,
        };
        let Some(open) = self.open.get(&root).copied() else {
            return;
        };
        let row = session.row(answer);
        let micros = row.time.since(session.row(root).time);
        let len = u64::from(row.len);
        let goes_on = row.flags.has(Flags::INPUT_REQUIRED)
            || session.is_in_task(root) && session.method(request) != method::TASKS_RESULT;
        let ended = match (row.kind, open) {
            (MessageKind::Error, _) => Some(End::Error),
            _ if row.flags.has(Flags::TOOL_ERROR) => Some(End::ToolError),
            _ if goes_on => None,
            (_, Open::Cancelled) => Some(End::Cancelled),
            _ => Some(End::Ok),
        };
        if ended.is_some() {
            self.open.remove(&root);
        }
        self.tally(session, root, |tally| {
            tally.bytes_out += len;
            let Some(end) = ended else { return };
            match open {
                Open::Cancelled => tally.cancelled -= u32::from(tally.cancelled > 0),
                _ => tally.waiting -= u32::from(tally.waiting > 0),
            }
            match end {
                End::Ok => {}
                End::Error => tally.errors += 1,
                End::ToolError => tally.tool_errors += 1,
                End::Cancelled => tally.cancelled += 1,
            }
            // How long a call took that its client gave up on says nothing of the tool.
            if end != End::Cancelled
                && let Some(micros) = micros
            {
                tally.durations.add(micros);
            }
        });
    }

    fn cancelled(&mut self, session: &Session, request: RowId) {
        let root = match self.open.get(&request) {
            Some(Open::Other) => {
                self.open.insert(request, Open::Dropped);
                session
                    .root_of(request)
                    .filter(|_| asks_on(session, request))
            }
            Some(Open::Call) => Some(request),
            _ => None,
        };
        if let Some(root) = root
            && let Some(open @ Open::Call) = self.open.get_mut(&root)
        {
            *open = Open::Cancelled;
            self.tally(session, root, |tally| {
                tally.waiting -= u32::from(tally.waiting > 0);
                tally.cancelled += 1;
            });
        }
    }

    /// Changes the figures of a call's tool, and those of its server.
    fn tally(&mut self, session: &Session, call: RowId, change: impl Fn(&mut Tally)) {
        let server = session.server_of(call);
        if self.servers.len() <= server.index() {
            self.servers.resize_with(server.index() + 1, Arc::default);
        }
        change(Arc::make_mut(&mut self.servers[server.index()]));
        if let Some(place) = self.place(server, session.row(call).name) {
            change(Arc::make_mut(&mut self.tools[place]));
        }
    }

    fn place(&mut self, server: ServerId, name: Symbol) -> Option<usize> {
        if let Some(place) = self.by_tool.get(&(server, name)) {
            return Some(*place as usize);
        }
        let place = self.tools.len();
        if place >= NAMES {
            return None;
        }
        self.tools.push(Arc::default());
        Arc::make_mut(&mut self.by_tool).insert((server, name), place as u32);
        Some(place)
    }

    /// Notes that a side used a method.
    fn uses(&mut self, session: &Session, id: RowId, row: &Row) {
        if !matches!(row.dir, Direction::C2s | Direction::S2c) {
            return;
        }
        let (server, dir, method) = (session.server_of(id), row.dir, row.method);
        if let Some(place) = self.by_method.get(&(server, dir, method)) {
            let used = &mut self.used[*place as usize];
            used.count = used.count.saturating_add(1);
        } else if self.used.len() < NAMES {
            let place = self.used.len() as u32;
            Arc::make_mut(&mut self.by_method).insert((server, dir, method), place);
            self.used.push(Used {
                server,
                dir,
                method,
                count: 1,
                first: id,
            });
        }
    }
}

/// How a call ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Ok,
    Error,
    ToolError,
    Cancelled,
}
