//! Floor 4: how findings leave. One format a file, all over the same [`Report`].
//!
//! Every format says what was looked at: an empty list of findings means nothing without it.

mod coverage;
mod json;
mod markdown;
mod silenced;
mod story;
mod text;

pub use coverage::coverage;
pub use json::write as json;
pub use markdown::{one_finding, write as markdown};
pub use silenced::sentences as silenced;
pub use text::{Look, write as text};

use crate::analysis::{Finding, Findings, Severity, Suppressed};
use crate::session::Session;

/// What is reported: a session, its findings, and the order in which they are told.
pub struct Report<'a> {
    pub session: &'a Session,
    pub findings: &'a Findings,
    order: Vec<usize>,
    /// Places in [`Findings::suppressed`].
    suppressed: Vec<usize>,
}

impl<'a> Report<'a> {
    pub fn new(session: &'a Session, findings: &'a Findings) -> Self {
        Report {
            session,
            findings,
            order: findings.sorted(),
            suppressed: (0..findings.suppressed().len()).collect(),
        }
    }

    /// Tells only the findings that pass.
    pub fn retain(&mut self, mut passes: impl FnMut(&Finding) -> bool) {
        self.order.retain(|n| passes(&self.findings.list()[*n]));
        let suppressed = self.findings.suppressed();
        self.suppressed.retain(|n| passes(&suppressed[*n].finding));
    }

    /// Places in [`Findings::list`] of the findings that are told, worst first.
    pub fn places(&self) -> &[usize] {
        &self.order
    }

    /// The findings that are not told because a person said so, in the order in which they appeared.
    pub fn suppressed(&self) -> impl Iterator<Item = &'a Suppressed> {
        self.suppressed
            .iter()
            .map(|n| &self.findings.suppressed()[*n])
    }

    /// The findings, worst first.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.order.iter().map(|n| &self.findings.list()[*n])
    }

    /// How many are told of each severity, from info to critical.
    pub fn counts(&self) -> [u32; 5] {
        let mut counts = [0; 5];
        for finding in self.findings() {
            counts[finding.severity as usize] += 1;
        }
        counts
    }

    /// The worst finding that is told, if there is any.
    pub fn worst(&self) -> Option<Severity> {
        self.findings().map(|finding| finding.severity).max()
    }
}
