//! Picking the rows that a filter lets through, a stretch at a time.

use super::Stretch;
use crate::session::RowId;
use crate::session::filter::Filter;
use crate::ui::facts;
use crate::ui::message::{Filtered, Message};
use crate::ui::model::Case;

/// Rows of the first stretch: what can be seen at once. Later ones grow with what is done already, so that the work of
/// taking them in stays in proportion.
const FIRST: usize = 20_000;
/// Rows of the longest stretch; the session is held while their index entries are looked at.
const LONGEST: usize = 1_000_000;
/// The same where bodies have to be read, without holding the session.
const LONGEST_READ: usize = 50_000;

pub fn rows(case: &Case, generation: u64, filter: &Filter, from: usize) -> Message {
    let (bound, stretch, passing, upto) = facts::with(case, |facts| {
        let bound = filter.bind(facts.session);
        let longest = if bound.needs_bodies() {
            LONGEST_READ
        } else {
            LONGEST
        };
        let upto = (from + from.clamp(FIRST, longest)).min(facts.session.len());
        let passes = |row| bound.matches_row(facts.session, row, facts.findings);
        if bound.needs_bodies() {
            let stretch = Stretch::of(facts.session, from..upto, passes);
            return (bound, Some(stretch), Vec::new(), upto);
        }
        let ids = (from..upto).filter_map(|row| u32::try_from(row).ok().map(RowId));
        let passing: Vec<RowId> = ids.filter(|row| passes(*row)).collect();
        (bound, None, passing, upto)
    });
    let rows = match stretch {
        Some(stretch) => stretch.passing(|body| bound.matches_body(body)).collect(),
        None => passing,
    };
    Message::Filtered(Filtered {
        generation,
        rows,
        upto,
    })
}
