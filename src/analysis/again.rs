//! What rests on the baseline is judged again once a person decided on definitions: it is as if the recording was opened
//! with the decision made.

use super::before::Before;
use super::detect::MessageAt;
use super::findings::SharedFindings;
use super::finish::finish;
use super::flow::Flows;
use super::looking::{Looking, Placed, Seen};
use super::memory::Memory;
use super::peers::Peers;
use super::story;
use super::texts::Texts;
use crate::session::load::lock_read;
use crate::session::study::Studied;
use crate::session::{RowId, Session, SharedSession};
use crate::store::baseline::Baseline;
use crate::wire::json::Doc;
use std::collections::BTreeSet;
use std::sync::{Arc, PoisonError};

/// Rows that are looked through while the session is held.
const STRETCH: usize = 1 << 16;

/// What turned with a decision, in findings that are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turned {
    pub gone: usize,
    pub new: usize,
}

/// Holds all definitions and listings against this baseline, also those that are still to come.
pub fn again(
    session: &SharedSession,
    findings: &SharedFindings,
    baseline: Arc<Baseline>,
) -> Turned {
    let settings = {
        let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
        findings.shared_settings()
    };
    settings.baseline.set(baseline);
    let mut memory = Memory::default();
    memory.settings = Arc::clone(&settings);
    let rows = listings(session, &mut memory.names);
    let placed: Vec<Placed> = rows
        .into_iter()
        .flat_map(|row| looked_at(session, row, &mut memory))
        .collect();
    let session = lock_read(session);
    let mut findings = findings.write().unwrap_or_else(PoisonError::into_inner);
    let before = findings.without_baseline();
    let kept = findings.len();
    for one in placed {
        if one.is_looked_at(&session, &settings) {
            let (finding, group) = finish(&session, one);
            findings.judge(&session, finding, group);
        }
    }
    let stories = story::tell(&session, &findings);
    findings.set_stories(stories);
    let after: BTreeSet<String> = findings.list()[kept..]
        .iter()
        .map(|finding| finding.id.clone())
        .collect();
    Turned {
        gone: before.difference(&after).count(),
        new: after.difference(&before).count(),
    }
}

/// The messages that brought definitions or answered a listing.
fn listings(session: &SharedSession, names: &mut Peers) -> Vec<RowId> {
    let mut rows = Vec::new();
    let mut from = 0;
    loop {
        let session = lock_read(session);
        let studied = session.studied();
        if from >= studied {
            names.grow(&session);
            return rows;
        }
        let to = (from + STRETCH).min(studied);
        let ids = (from..to).filter_map(|row| u32::try_from(row).ok().map(RowId));
        rows.extend(ids.filter(|row| is_listing(&session, *row)));
        from = to;
    }
}

fn is_listing(session: &Session, row: RowId) -> bool {
    if !session.brought_by(row).is_empty() {
        return true;
    }
    let is_list = |method: &[u8]| method.ends_with(b"/list");
    session.row(row).kind.is_response() && is_list(session.method(row).bytes())
}

/// What one message shows that rests on the baseline.
fn looked_at(session: &SharedSession, id: RowId, memory: &mut Memory) -> Vec<Placed> {
    let (row, reader) = {
        let session = lock_read(session);
        let row = *session.row(id);
        (row, session.sources()[row.source.index()].reader())
    };
    let Ok(body) = reader.read(&row) else {
        return Vec::new();
    };
    let doc = Doc::parse(body.message());
    let session = lock_read(session);
    let studied = Studied {
        id,
        row,
        body: &body,
        doc: &doc,
    };
    let texts = Texts {
        names: &memory.names,
        settings: &memory.settings,
        before: &Before::default(),
        flows: &Flows::default(),
    };
    let seen = texts.of(&session, &studied);
    let mut one = Looking::at(&session, id, Seen::default());
    one.whole(&MessageAt {
        id,
        row: &row,
        server: one.server,
        doc: &doc,
        body: &body,
        memory,
        session: &session,
    });
    one.beside_others(seen.brought, &doc, memory);
    let all = seen.placed.into_iter().chain(one.seen.placed);
    all.filter(|placed| placed.found.rests_on_baseline)
        .collect()
}
