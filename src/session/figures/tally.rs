//! What is counted of one tool, or of all tools of one server.

use super::super::row::RowId;
use super::durations::Durations;

/// Figures of calls, as of a message.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tally {
    pub calls: u32,
    /// Calls that ended with a JSON-RPC error.
    pub errors: u32,
    /// Calls that ended with a result that says `isError`.
    pub tool_errors: u32,
    pub cancelled: u32,
    /// Calls whose last word has not come: no answer, a request for input, or a task that goes on.
    pub waiting: u32,
    /// The first requests of the first and of the last call.
    pub first: Option<RowId>,
    pub last: Option<RowId>,
    /// Bytes of the lines that carry their requests and their answers.
    pub bytes_in: u64,
    pub bytes_out: u64,
    /// From the first request to the last word, of the calls that ended.
    pub durations: Durations,
}

impl Tally {
    /// Calls that ended well.
    pub fn ok(&self) -> u32 {
        (self.calls)
            .saturating_sub(self.failed())
            .saturating_sub(self.cancelled)
            .saturating_sub(self.waiting)
    }

    /// Calls that ended with an error of either kind.
    pub fn failed(&self) -> u32 {
        self.errors.saturating_add(self.tool_errors)
    }

    /// Whether a call took so much longer than others of its tool that it stands out: as long as one in a hundred, and
    /// ten times as long as half of them.
    pub fn is_slow(&self, micros: i64) -> bool {
        /// Of fewer calls nobody can say what is usual.
        const FEWEST: u64 = 5;
        /// What nobody waits for, in microseconds, stands out for nobody.
        const NOTICED: i64 = 100_000;
        let told = |hundredths| self.durations.percentile(hundredths).unwrap_or(i64::MAX);
        self.durations.count() >= FEWEST
            && micros >= NOTICED
            && micros >= told(99)
            && micros >= told(50).saturating_mul(10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_takes_ten_times_as_long_as_usual_is_slow() {
        let mut tally = Tally::default();
        for _ in 0..30 {
            tally.durations.add(40_000);
        }
        assert!(!tally.is_slow(40_000));
        tally.durations.add(900_000);
        assert!(tally.is_slow(900_000) && !tally.is_slow(300_000));
        let mut quick = Tally::default();
        (0..30).for_each(|_| quick.durations.add(100));
        quick.durations.add(5_000);
        assert!(!quick.is_slow(5_000), "nobody waits for 5 ms");
    }
}
