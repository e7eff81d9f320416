//! Everything as of a message.

use super::definition::ItemId;
use super::model::Session;
use super::row::{RowId, ServerId};
use crate::formats::Flags;
use crate::wire::id::MessageKind;
use crate::wire::method;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// Nothing of it was recorded up to here.
    NotYet,
    Connected,
    Closed,
}

/// One server as of a message.
#[derive(Clone, Copy, Debug)]
pub struct ServerState {
    pub id: ServerId,
    pub standing: Standing,
    /// The first message of the present connection, or the last of the closed one.
    pub since: Option<RowId>,
    /// It said that its tools changed, and nobody has listed them since: the model works on an old definition.
    pub stale_tools: bool,
}

/// What was so when the message at `at` had passed.
#[derive(Clone, Debug)]
pub struct World {
    pub at: RowId,
    pub servers: Vec<ServerState>,
    /// Items with the version that was in force.
    pub in_force: Vec<(ItemId, usize)>,
    /// Requests without an answer so far, oldest first.
    pub in_flight: Vec<RowId>,
}

/// How far back requests in flight are looked for; an older one is as good as lost.
const FLIGHT_ROWS: usize = 20_000;

impl Session {
    pub fn world(&self, at: RowId) -> World {
        let servers = (0..self.servers.len())
            .map(|n| self.server_state(ServerId(n as u16), at))
            .collect();
        let in_force = self
            .items()
            .iter()
            .filter_map(|item| Some((item.id, item.in_force(at)?)))
            .collect();
        let end = (at.index() + 1).min(self.rows.len());
        let in_flight = (end.saturating_sub(FLIGHT_ROWS)..end)
            .filter(|n| {
                let row = &self.rows[*n];
                row.kind == MessageKind::Request
                    && row.pair().is_none_or(|pair| pair > at)
                    && !row.flags.has(Flags::CANCELLED)
            })
            .map(|n| RowId(n as u32))
            .collect();
        World {
            at,
            servers,
            in_force,
            in_flight,
        }
    }

    fn server_state(&self, id: ServerId, at: RowId) -> ServerState {
        let server = self.server(id);
        let begun = server
            .connections
            .iter()
            .map(|c| &self.connections[c.index()])
            .filter(|c| c.first <= at);
        let open = begun
            .clone()
            .filter(|c| c.closed.is_none_or(|closed| closed > at))
            .map(|c| c.first)
            .max();
        let closed = begun
            .filter_map(|c| c.closed)
            .filter(|closed| *closed <= at)
            .max();
        let (standing, since) = match (open, closed) {
            (Some(first), _) => (Standing::Connected, Some(first)),
            (None, Some(closed)) => (Standing::Closed, Some(closed)),
            (None, None) => (Standing::NotYet, None),
        };
        ServerState {
            id,
            standing,
            since,
            stale_tools: self.links.stale_tools(id, at),
        }
    }

    /// The end of the session as a place in time; `None` for an empty one.
    pub fn end(&self) -> Option<World> {
        self.last().map(|last| self.world(last))
    }

    pub(super) fn is_tools_changed(&self, id: RowId) -> bool {
        self.row(id).kind == MessageKind::Notification && self.method(id) == method::TOOLS_CHANGED
    }
}
