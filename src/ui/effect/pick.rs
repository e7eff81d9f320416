//! Picking the rows that a filter lets through, a stretch at a time.

use super::{Stretch, hands};
use crate::session::RowId;
use crate::session::filter::{Bound, Filter, Part};
use crate::ui::facts::{self, Facts};
use crate::ui::message::{Filtered, Message};
use crate::ui::model::Case;
use std::ops::Range;

/// Rows of the first stretch: what can be seen at once. Later ones grow with what is done already, so that the work of
/// taking them in stays in proportion.
const FIRST: usize = 20_000;
/// Rows of the longest stretch; the session is held while their index entries are looked at.
const LONGEST: usize = 2_000_000;
/// The same where bodies have to be read, without holding the session.
const LONGEST_READ: usize = 200_000;
/// Rows that a thread takes at a time.
const PIECE: usize = 1 << 16;

/// Looks at the stretch that begins at `from`, and again at rows that were looked at too early.
pub fn rows(
    case: &Case,
    generation: u64,
    filter: &Filter,
    from: usize,
    again: &[RowId],
) -> Message {
    let (bound, part, stretch, again) = facts::with(case, |facts| {
        let bound = filter.bind(facts.session);
        let longest = match bound.needs_bodies() {
            true => LONGEST_READ,
            false => LONGEST,
        };
        let upto = (from + from.clamp(FIRST, longest)).min(filter.ready(facts.session));
        let part = by_rows(&bound, facts, from..upto.max(from));
        let again = once_more(&bound, facts, &part.range, again);
        let stretch = bound.needs_bodies().then(|| {
            let end = Stretch::end(facts.session, part.range.clone());
            Stretch::of(facts.session, part.range.start..end, |row| part.has(row))
        });
        (bound, part, stretch, again)
    });
    let part = match stretch {
        Some(stretch) => stretch.passing(|reader, row, window| {
            let decided = reader.line_in(row, window);
            let decided = decided.and_then(|line| bound.matches_line(line));
            decided.unwrap_or_else(|| bound.matches_body(&reader.read_in(row, window)))
        }),
        None => part,
    };
    Message::Filtered(Filtered {
        generation,
        part,
        again,
    })
}

fn by_rows(bound: &Bound, facts: Facts, range: Range<usize>) -> Part {
    let pieces = Part::pieces(range.clone(), PIECE);
    let parts = hands::each(&pieces, |piece, _: &mut ()| {
        bound.pick(facts.session, piece.clone(), facts.findings)
    });
    Part::joined(range, parts)
}

/// Rows before the range that may pass now and did not, or the other way round: requests whose answers stand in the
/// range, and those that are asked for.
fn once_more(
    bound: &Bound,
    facts: Facts,
    range: &Range<usize>,
    asked: &[RowId],
) -> Vec<(RowId, bool)> {
    let rows = facts.session.rows().get(range.clone()).unwrap_or(&[]);
    let answered = rows.iter().filter_map(|row| row.pair());
    let mut rows: Vec<RowId> = answered.chain(asked.iter().copied()).collect();
    rows.retain(|row| row.index() < range.start);
    rows.sort_unstable();
    rows.dedup();
    let holds = |row: &RowId| bound.matches(facts.session, *row, facts.findings);
    rows.into_iter().map(|row| (row, holds(&row))).collect()
}
