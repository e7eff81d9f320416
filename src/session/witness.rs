//! The same entry in several places: copied when an agent resumes a session, or written to two logs.

use super::model::Session;
use super::row::{Row, RowId, SourceId};

/// Where else an entry stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Witness {
    pub source: SourceId,
    /// Line of its file, from 1.
    pub line: u32,
}

/// Clocks of two logs of one program differ by this much at most, in microseconds.
const CLOCKS: i64 = 5_000;

impl Session {
    /// Whether an entry that is known by `once` has a row already; then this is one more witness of it. Otherwise it
    /// will be that row, `at`.
    pub(super) fn is_known(&mut self, once: u64, at: RowId, row: &Row) -> bool {
        if let Some(first) = self.once.get(&once).copied() {
            let apart = self.row(first).time.since(row.time);
            if apart.is_none_or(|apart| apart.abs() <= CLOCKS) {
                self.sources[row.source.index()].repeated += 1;
                self.witnesses.entry(first).or_default().push(Witness {
                    source: row.source,
                    line: row.line,
                });
                return true;
            }
        }
        self.once.insert(once, at);
        false
    }

    /// Where else the entry of a row stands.
    pub fn witnesses(&self, id: RowId) -> &[Witness] {
        self.witnesses.get(&id).map_or(&[], |all| all)
    }
}
