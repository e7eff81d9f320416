//! Figures of what was done: calls, errors, durations and bytes of every tool, methods that were used, and what waits.
//!
//! Figures are folded from the rows in their order, once a row was understood, so they are as of a message: what is
//! counted is what was known when it had passed. The session keeps the figures of all that was studied, and copies of
//! them at up to 128 earlier places, so that those of any other moment take a fold from the copy before it: at most a
//! sixty-fourth of the session.

mod durations;
mod fold;
mod tally;
#[cfg(test)]
mod tests;

pub use durations::Durations;
pub use tally::Tally;

use super::model::Session;
use super::pair::Secret;
use super::row::{RowId, ServerId, Symbol};
use crate::wire::id::Direction;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// How often one side used a method, and where first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Used {
    pub server: ServerId,
    pub dir: Direction,
    pub method: Symbol,
    pub count: u32,
    pub first: RowId,
}

/// A request that has no last word yet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Open {
    /// The first request of a call.
    Call,
    /// The same; its client cancelled it. Its answer may come all the same.
    Cancelled,
    /// A later request of a call, or one that is no call.
    Other,
    /// Such a one that its sender cancelled.
    Dropped,
}

/// Requests that wait at one time; of more, the oldest are as good as lost, and not looked for any more.
const WAITING: usize = 4_096;
/// Tools and methods that are told apart; what is beyond counts for its server alone.
const NAMES: usize = 16_384;

/// The figures as of a message.
#[derive(Clone, Default)]
pub struct Figures {
    /// Rows before this one are counted.
    upto: u32,
    /// How often what was counted was taken back: of what was counted before that, nothing is gone on from.
    turns: u32,
    /// By server; those of a server that nobody called are missing at the end.
    servers: Vec<Arc<Tally>>,
    tools: Vec<Arc<Tally>>,
    /// Shared by the copies, since it seldom changes.
    by_tool: Arc<HashMap<(ServerId, Symbol), u32, Secret>>,
    used: Vec<Used>,
    by_method: Arc<HashMap<(ServerId, Direction, Symbol), u32, Secret>>,
    open: BTreeMap<RowId, Open>,
}

impl Figures {
    /// The figures of a tool that was called; `name` as the calls spell it.
    pub fn tool(&self, server: ServerId, name: Symbol) -> Option<&Tally> {
        let place = self.by_tool.get(&(server, name))?;
        self.tools.get(*place as usize).map(Arc::as_ref)
    }

    /// The figures of all calls of a server.
    pub fn server(&self, server: ServerId) -> Option<&Tally> {
        self.servers.get(server.index()).map(Arc::as_ref)
    }

    /// The tools that were called, in the order of their first calls.
    pub fn called(&self) -> Vec<(ServerId, Symbol)> {
        let mut called: Vec<(u32, (ServerId, Symbol))> = self
            .by_tool
            .iter()
            .map(|(key, place)| (*place, *key))
            .collect();
        called.sort_unstable_by_key(|(place, _)| *place);
        called.into_iter().map(|(_, key)| key).collect()
    }

    /// What tells these figures from others of the same session.
    pub fn stamp(&self) -> (u32, u32) {
        (self.upto, self.turns)
    }

    /// The methods that were used with a server, in the order of their first use.
    pub fn used(&self, server: ServerId) -> impl Iterator<Item = &Used> {
        self.used.iter().filter(move |used| used.server == server)
    }

    /// Requests without a last word, oldest first: calls, and what else either side asked. Those that were cancelled do
    /// not wait. At most 4,096.
    pub fn waiting(&self) -> impl DoubleEndedIterator<Item = RowId> {
        let waits = |(_, open): &(&RowId, &Open)| matches!(open, Open::Call | Open::Other);
        self.open.iter().filter(waits).map(|(row, _)| *row)
    }

    /// Whether a request waits.
    pub fn waits(&self, request: RowId) -> bool {
        matches!(self.open.get(&request), Some(Open::Call | Open::Other))
    }
}

/// The figures of all that was studied, and of some moments before.
#[derive(Default)]
pub(super) struct Ledger {
    now: Arc<Figures>,
    /// Copies, oldest first.
    kept: Vec<Arc<Figures>>,
    /// Rows between two copies; nothing before the first.
    spacing: u32,
}

/// Copies that are kept.
const COPIES: usize = 128;
/// Figures of tools in all copies together: with many tools there are fewer copies.
const COPIED: usize = 1 << 16;
/// Rows before the first copy.
const FIRST: u32 = if cfg!(test) { 8 } else { 1 << 14 };

impl Ledger {
    /// Keeps a copy where it is time for one. Where there are too many, every second goes.
    fn keep(&mut self) {
        self.spacing = self.spacing.max(FIRST);
        let last = self.kept.last().map_or(0, |kept| kept.upto);
        if self.now.upto < last.saturating_add(self.spacing) {
            return;
        }
        self.kept.push(self.now.clone());
        let copied = self.kept.len() * (self.now.tools.len() + 1);
        if self.kept.len() > COPIES || copied > COPIED && self.kept.len() > 1 {
            let mut n = 0;
            self.kept.retain(|_| {
                n += 1;
                n % 2 == 0
            });
            self.spacing = self.spacing.saturating_mul(2);
        }
    }

    /// Forgets what was counted from a row on.
    pub(super) fn go_back(&mut self, row: u32) {
        if self.now.upto <= row {
            return;
        }
        self.kept.retain(|kept| kept.upto <= row);
        let turns = self.now.turns + 1;
        self.now = self.kept.last().cloned().unwrap_or_default();
        Arc::make_mut(&mut self.now).turns = turns;
    }
}

impl Session {
    /// The figures of all that was studied so far.
    pub fn figures(&self) -> &Arc<Figures> {
        &self.ledger.now
    }

    /// The figures when the message at `at` had passed, as far as it was studied. `near` are figures of this session of
    /// any other moment: where they are a little earlier they are gone on from.
    pub fn figures_at(&self, at: RowId, near: Option<&Arc<Figures>>) -> Arc<Figures> {
        let now = &self.ledger.now;
        let end = at.0.saturating_add(1).min(now.upto);
        if end >= now.upto {
            return now.clone();
        }
        let copies = &self.ledger.kept;
        let copy = copies
            .partition_point(|kept| kept.upto <= end)
            .checked_sub(1);
        let from = copy.map(|copy| &copies[copy]);
        let near = near.filter(|near| {
            let later = from.is_none_or(|from| from.upto <= near.upto);
            near.turns == now.turns && near.upto <= end && later
        });
        let mut figures = match near.or(from) {
            Some(from) => Figures::clone(from),
            None => Figures::default(),
        };
        figures.turns = now.turns;
        figures.go_on(self, end);
        Arc::new(figures)
    }

    /// Counts what was studied since.
    pub(super) fn count(&mut self) {
        let mut now = std::mem::take(&mut self.ledger.now);
        while now.upto < self.studied {
            let last = self.ledger.kept.last().map_or(0, |kept| kept.upto);
            let next = last.saturating_add(self.ledger.spacing.max(FIRST));
            let figures = Arc::make_mut(&mut now);
            figures.go_on(self, self.studied.min(next.max(figures.upto + 1)));
            self.ledger.now = now;
            self.ledger.keep();
            now = std::mem::take(&mut self.ledger.now);
        }
        self.ledger.now = now;
    }
}
