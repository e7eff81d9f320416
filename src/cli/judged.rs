//! What is noted of recordings that were judged, so that a list can tell of it.

use crate::analysis::{Findings, Severity};
use crate::session::Session;
use crate::store::seen::{self, Look};
use std::path::PathBuf;

/// Notes how many calls each source has and the worst that was found in it, once all of it was judged. Nothing fails
/// where that cannot be written.
pub fn note(session: &Session, findings: &Findings) {
    let progress = session.progress();
    // What several sources tell of one call is judged in one of them only: that says nothing of the others.
    let each_alone = session.sources().len() == 1
        || session.classes().len() == 1 && session.sources().iter().all(|one| one.repeated == 0);
    let is_whole = progress.done && progress.studied == progress.rows && each_alone;
    let Some(file) = seen::file().filter(|_| is_whole) else {
        return;
    };
    let rules = super::sessions::rules_version();
    let of = |n: usize| {
        let is_its = |row| session.row(row).source.0 as usize == n;
        let calls = session.calls().iter().filter(|row| is_its(**row)).count();
        let found = findings.list().iter().filter(|one| is_its(one.row));
        let worst = found.map(|one| one.severity).max();
        Look {
            calls: calls as u64,
            worst: worst.map_or("", Severity::name).to_owned(),
            rules: rules.clone(),
        }
    };
    let sources = session.sources().iter().enumerate();
    let looks: Vec<(PathBuf, Look)> = sources
        .filter_map(|(n, source)| Some((source.file_path()?.to_owned(), of(n))))
        .collect();
    // It only spares work.
    let _ = seen::note(&file, &looks);
}
