//! Requests that have no answer yet, and the clock that runs while a person looks at them.

use super::facts::Facts;
use super::lists;
use super::model::{Model, View};
use super::overlay::Overlay;
use super::view::layout;
use crate::session::{RowId, Time, Wait};

/// What waits as of a message.
#[derive(Clone, Debug, Default)]
pub struct Waiting {
    /// The requests, oldest first.
    pub rows: Vec<RowId>,
    pub selected: usize,
    /// As of which message, and which figures it was taken from.
    of: Option<(RowId, (u32, u32))>,
}

/// What time it is, as far as anybody wants to know.
#[derive(Clone, Copy)]
pub struct Clock {
    pub now: Option<Time>,
    /// The next second will be heard of.
    pub ticking: bool,
    /// Reads the time: of the machine, or of a test.
    pub read: fn() -> Time,
}

impl Default for Clock {
    fn default() -> Clock {
        Clock {
            now: None,
            ticking: false,
            read: Time::now,
        }
    }
}

/// Brings the list up to date, where it is open.
pub fn refresh(model: &mut Model, facts: Facts) {
    if facts.is_empty() {
        return;
    }
    let at = lists::at(model, facts);
    let stamp = facts.session.figures().stamp();
    let Some(Overlay::Waiting(waiting)) = &mut model.overlay else {
        return;
    };
    if waiting.of != Some((at, stamp)) {
        let figures = facts.session.figures_at(at, Some(&model.told.shown));
        waiting.rows = figures.waiting().collect();
        waiting.of = Some((at, stamp));
    }
    waiting.selected = waiting.selected.min(waiting.rows.len().saturating_sub(1));
}

/// Whether a request may still be answered.
pub fn runs(facts: Facts, request: RowId) -> bool {
    facts.session.figures().waits(request) && facts.session.wait_of(request) == Wait::Open
}

/// Whether a clock is to be seen: something may still be answered, and a person looks at it.
pub fn is_seen(model: &Model, facts: Facts) -> bool {
    let sources = facts.session.sources();
    if facts.is_empty() || !sources.iter().any(|source| source.may_answer()) {
        return false;
    }
    match &model.overlay {
        Some(Overlay::Waiting(waiting)) => {
            return waiting.rows.iter().any(|row| runs(facts, *row));
        }
        Some(_) => return false,
        None => {}
    }
    if !matches!(model.view, View::Calls | View::Flow) {
        return false;
    }
    let first = model.panes().offset;
    let seen = first..first + layout::entries_seen(model);
    let calls = facts.session.calls();
    seen.chain([model.panes().selected])
        .filter_map(|entry| lists::call_at(model, facts, entry))
        .any(|number| runs(facts, calls[number]))
}

/// How long a request has waited, as of a message, in microseconds; `None` where a time is not known.
pub fn waited(model: &Model, facts: Facts, request: RowId, at: RowId) -> Option<i64> {
    let asked = facts.row(request)?.time;
    let running = facts.session.last() == Some(at) && runs(facts, request);
    let now = match model.clock.now.filter(|_| running) {
        Some(now) => now,
        None => facts.row(at)?.time,
    };
    now.since(asked).filter(|micros| *micros >= 0)
}
