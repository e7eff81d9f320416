//! Floor 4: how findings leave. One format a file, all over the same [`Report`].
//!
//! Every format says what was looked at: an empty list of findings means nothing without it.

mod coverage;
mod json;
mod story;
mod text;

pub use coverage::coverage;
pub use json::write as json;
pub use text::{Look, write as text};

use crate::analysis::{Finding, Findings, Severity};
use crate::session::Session;

/// What is reported: a session, its findings, and the order in which they are told.
pub struct Report<'a> {
    pub session: &'a Session,
    pub findings: &'a Findings,
    order: Vec<usize>,
}

impl<'a> Report<'a> {
    pub fn new(session: &'a Session, findings: &'a Findings) -> Self {
        Report {
            session,
            findings,
            order: findings.sorted(),
        }
    }

    /// The findings, worst first.
    pub fn findings(&self) -> impl Iterator<Item = &'a Finding> {
        self.order.iter().map(|n| &self.findings.list()[*n])
    }

    /// The worst finding, if there is any.
    pub fn worst(&self) -> Option<Severity> {
        self.findings
            .list()
            .iter()
            .map(|finding| finding.severity)
            .max()
    }
}
