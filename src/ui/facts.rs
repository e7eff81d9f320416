//! What is known about the case, locked once for each update and each frame.

use super::model::Case;
use crate::analysis::Findings;
use crate::session::{Row, RowId, Session};
use std::sync::{Arc, PoisonError, RwLockReadGuard};

/// The session and its findings, borrowed for one update or one frame. Never lock twice: a writer that waits between
/// the two would stop both.
#[derive(Clone, Copy)]
pub struct Facts<'a> {
    pub session: &'a Session,
    pub findings: &'a Findings,
}

impl<'a> Facts<'a> {
    pub fn row(self, id: RowId) -> Option<&'a Row> {
        self.session.rows().get(id.0 as usize)
    }

    pub fn is_empty(self) -> bool {
        self.session.len() == 0
    }
}

/// Locks both for reading while `look` runs. A writer that panicked leaves facts that are still true.
pub fn with<T>(case: &Case, look: impl FnOnce(Facts<'_>) -> T) -> T {
    let (session, findings) = (Arc::clone(&case.session), Arc::clone(&case.findings));
    let session: RwLockReadGuard<Session> = session.read().unwrap_or_else(PoisonError::into_inner);
    let findings: RwLockReadGuard<Findings> =
        findings.read().unwrap_or_else(PoisonError::into_inner);
    look(Facts {
        session: &session,
        findings: &findings,
    })
}
