//! Why a request has no answer.

use super::model::Session;
use super::row::RowId;
use crate::formats::Flags;

/// What is known of a request without an answer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wait {
    /// Its recording is still being written: the answer may come.
    Open,
    /// The side that asked gave it up.
    Cancelled,
    /// The connection ended here, with this exit code where one is known.
    Closed(RowId, Option<i64>),
    /// The recorder was killed, or the machine stopped.
    CutShort,
    /// The recording ends before an answer.
    Ended,
}

impl Session {
    /// Why the request has no answer; it must be one that has none.
    pub fn wait_of(&self, request: RowId) -> Wait {
        let row = self.row(request);
        let connection = &self.connections[row.conn.index()];
        let source = &self.sources[row.source.index()];
        if row.flags.has(Flags::CANCELLED) {
            return Wait::Cancelled;
        }
        match connection.closed {
            Some(closed) if closed > request => Wait::Closed(closed, connection.exit_code),
            _ if source.may_answer() => Wait::Open,
            _ if connection.end_is_due => Wait::CutShort,
            _ => Wait::Ended,
        }
    }
}
