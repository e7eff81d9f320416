//! Operations: one tool call from its first request to its last word.

use super::model::Session;
use super::row::{RowId, ServerId, Symbol};
use crate::formats::Flags;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Outcome {
    /// No answer in the recording (yet).
    Pending,
    Ok,
    /// A result with `isError: true`.
    ToolError,
    /// A JSON-RPC error.
    Error,
    Cancelled,
    /// The last answer asks for input that was not given.
    InputRequired,
}

impl Outcome {
    pub fn name(self) -> &'static str {
        match self {
            Outcome::Pending => "pending",
            Outcome::Ok => "ok",
            Outcome::ToolError => "tool error",
            Outcome::Error => "error",
            Outcome::Cancelled => "cancelled",
            Outcome::InputRequired => "input required",
        }
    }

    pub fn is_error(self) -> bool {
        matches!(self, Outcome::ToolError | Outcome::Error)
    }
}

/// Whether the answer to a later request of a call is the call's own: that of a retry, or a task's result. Polls, and
/// what the server asks meanwhile, are not.
pub(super) fn asks_on(session: &Session, id: RowId) -> bool {
    let row = session.row(id);
    row.dir == Direction::C2s
        && (row.method == session.tools_call || session.method(id) == method::TASKS_RESULT)
}

/// One tool call.
#[derive(Clone, Debug)]
pub struct Call {
    /// Place among the calls, from 0.
    pub n: usize,
    pub request: RowId,
    /// The last answer.
    pub response: Option<RowId>,
    pub server: ServerId,
    pub tool: Symbol,
    pub outcome: Outcome,
    /// From the first request to the last answer, in microseconds.
    pub micros: Option<i64>,
    /// Bytes of the first request's line and of the last answer's.
    pub bytes_in: u32,
    pub bytes_out: u32,
    /// Later requests of the same operation: retries with input, a task's polls and its result.
    pub continued: Vec<RowId>,
}

impl Session {
    /// The `n`th call; `n` must be below `calls().len()`.
    pub fn call(&self, n: usize) -> Call {
        let request = self.calls[n];
        let row = *self.row(request);
        let continued = self.links.continued(request).to_vec();
        let response = self.last_answer(request, &continued);
        let outcome = self.outcome(request, &continued, response);
        Call {
            n,
            request,
            response,
            server: self.server_of(request),
            tool: row.name,
            outcome,
            micros: response.and_then(|id| self.row(id).time.since(row.time)),
            bytes_in: row.len,
            bytes_out: response.map_or(0, |id| self.row(id).len),
            continued,
        }
    }

    /// How the call ended whose first request this is.
    pub(super) fn outcome_of_call(&self, request: RowId) -> Outcome {
        let continued = self.links.continued(request);
        self.outcome(request, continued, self.last_answer(request, continued))
    }

    fn last_answer(&self, request: RowId, continued: &[RowId]) -> Option<RowId> {
        std::iter::once(request)
            .chain(continued.iter().copied().filter(|id| self.asks_on(*id)))
            .filter_map(|id| self.row(id).pair())
            .max()
    }

    fn asks_on(&self, id: RowId) -> bool {
        asks_on(self, id)
    }

    /// The first request of the call that a later request goes on with.
    pub(super) fn root_of(&self, later: RowId) -> Option<RowId> {
        self.links.root(later)
    }

    /// Whether a call was answered with a task, whose result comes later.
    pub(super) fn is_in_task(&self, call: RowId) -> bool {
        self.links.in_task(call)
    }

    fn outcome(&self, request: RowId, continued: &[RowId], response: Option<RowId>) -> Outcome {
        let asked = |id: &&RowId| self.asks_on(**id);
        let cancelled = |id: &RowId| self.row(*id).flags.has(Flags::CANCELLED);
        let fetched = response.is_some_and(|id| self.method(id) == method::TASKS_RESULT);
        let answer = response.map(|id| self.row(id));
        match answer {
            Some(row) if row.kind == MessageKind::Error => Outcome::Error,
            Some(row) if row.flags.has(Flags::TOOL_ERROR) => Outcome::ToolError,
            _ if std::iter::once(&request)
                .chain(continued.iter().filter(asked))
                .any(cancelled) =>
            {
                Outcome::Cancelled
            }
            Some(row) if row.flags.has(Flags::INPUT_REQUIRED) => Outcome::InputRequired,
            Some(_) if self.links.in_task(request) && !fetched => Outcome::Pending,
            Some(_) => Outcome::Ok,
            None => Outcome::Pending,
        }
    }

    /// The call that a row belongs to: its requests and responses, progress, what the server asked meanwhile where the
    /// recording says so.
    pub fn call_of(&self, id: RowId) -> Option<usize> {
        let mut at = self.request_of(id)?;
        // Links point back in the session, so this ends; the bound is for recordings that lie.
        for _ in 0..64 {
            if let Ok(n) = self.calls.binary_search(&at) {
                return Some(n);
            }
            at = self.led_from(at)?;
        }
        None
    }

    /// What a request goes on with, or tells again: the first request of its operation.
    pub(super) fn led_from(&self, request: RowId) -> Option<RowId> {
        self.links.root(request).or_else(|| self.twin(request))
    }

    /// The last call whose request is at or before a row.
    pub fn call_at(&self, id: RowId) -> Option<usize> {
        self.calls
            .partition_point(|request| *request <= id)
            .checked_sub(1)
    }
}
