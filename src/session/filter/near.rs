//! Which calls the rows of a stretch belong to, without a search through all calls for each of them.

use super::Part;
use crate::formats::Flags;
use crate::session::{Outcome, RowId, Session};
use crate::wire::id::MessageKind;
use std::ops::Range;

/// A session, and which requests of one stretch of it are calls. An answer mostly stands close to its request.
pub struct Near<'s> {
    pub session: &'s Session,
    calls: Part,
}

impl<'s> Near<'s> {
    /// For a look at single rows.
    pub fn nothing(session: &'s Session) -> Near<'s> {
        Near {
            session,
            calls: Part::new(0..0),
        }
    }

    /// For the rows of a range, one after the other.
    pub fn of(session: &'s Session, range: Range<usize>) -> Near<'s> {
        let all = session.calls();
        let from = all.partition_point(|call| call.index() < range.start);
        let to = all.partition_point(|call| call.index() < range.end);
        let mut calls = Part::new(range);
        all[from..to]
            .iter()
            .for_each(|call| calls.set(call.index()));
        Near { session, calls }
    }

    fn is_call(&self, id: RowId) -> bool {
        match self.calls.range.contains(&id.index()) {
            true => self.calls.has(id.index()),
            false => self.session.calls().binary_search(&id).is_ok(),
        }
    }

    /// The first request of the call that a row belongs to.
    pub fn call_of(&self, id: RowId) -> Option<RowId> {
        let mut at = self.session.request_of(id)?;
        // Links point back in the session, so this ends; the bound is for recordings that lie.
        for _ in 0..64 {
            if self.is_call(at) {
                return Some(at);
            }
            at = self.session.led_from(at)?;
        }
        None
    }

    /// How the operation ended that a request or response belongs to; `None` for other messages.
    pub fn outcome_of(&self, id: RowId) -> Option<Outcome> {
        let session = self.session;
        if let Some(request) = self.call_of(id) {
            return Some(session.outcome_of_call(request));
        }
        let request = session
            .request_of(id)
            .filter(|request| session.row(*request).kind == MessageKind::Request)?;
        let row = session.row(request);
        Some(match row.pair().map(|response| session.row(response)) {
            Some(response) if response.kind == MessageKind::Error => Outcome::Error,
            Some(response) if response.flags.has(Flags::TOOL_ERROR) => Outcome::ToolError,
            _ if row.flags.has(Flags::CANCELLED) => Outcome::Cancelled,
            Some(_) => Outcome::Ok,
            None => Outcome::Pending,
        })
    }
}
