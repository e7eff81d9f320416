//! Writing down what a person decided of definitions.

use super::lock;
use crate::analysis::trust::Act;
use crate::analysis::{self, Turned};
use crate::session::ItemId;
use crate::store::baseline::{Baseline, Verdict};
use crate::ui::model::Case;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Writes the verdict on these wordings into the baseline, and judges again what rests on it.
pub fn decide(
    case: &Case,
    wordings: &[(ItemId, usize)],
    verdict: Verdict,
) -> Result<(String, Arc<Baseline>), String> {
    // Two decisions in a row: the later one is judged last.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _turn = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let (written, baseline) = write(case, wordings, verdict)?;
    let turned = analysis::again(&case.session, &case.findings, Arc::clone(&baseline));
    Ok((written + &said(turned), baseline))
}

/// ` 1 finding is gone, 2 are new.`
fn said(turned: Turned) -> String {
    let count = |count: usize, what: &str| match count {
        1 => format!("1{what} is"),
        count => format!("{count}{what}s are"),
    };
    match turned {
        Turned { gone: 0, new: 0 } => String::new(),
        Turned { gone, new: 0 } => format!(" {} gone.", count(gone, " finding")),
        Turned { gone: 0, new } => format!(" {} new.", count(new, " finding")),
        Turned { gone, new } => {
            let is = if new == 1 { "is" } else { "are" };
            format!(" {} gone, {new} {is} new.", count(gone, " finding"))
        }
    }
}

/// Writes the verdict on these wordings into the baseline, and that the others of the same servers were seen. Gives what
/// to say and what is trusted now.
fn write(
    case: &Case,
    wordings: &[(ItemId, usize)],
    verdict: Verdict,
) -> Result<(String, Arc<Baseline>), String> {
    let Some(store) = &case.trust.store else {
        return Err("There is no baseline to write to.".to_owned());
    };
    let now = now();
    let act = {
        let session = lock(case);
        let items = wordings
            .iter()
            .filter_map(|(item, _)| session.items().get(item.index()));
        let servers: BTreeSet<_> = items.map(|item| item.server).collect();
        Act::gather(
            &session,
            &now,
            |item| servers.contains(&item.server),
            |item, version| wordings.contains(&(item.id, version)).then_some(verdict),
        )
    };
    if act.is_empty() && act.nameless > 0 {
        return Err("The recording says neither how the server is reached nor what it is called: it could not be recognised again.".to_owned());
    }
    let written = store.update(|baseline| act.note(baseline, &now));
    let (noted, baseline) = written.map_err(|error| format!("Nothing was changed: {error}"))?;
    let (done, count) = match verdict {
        Verdict::Accepted => ("Accepted", noted.accepted),
        Verdict::Rejected => ("Rejected", noted.rejected),
    };
    let what = match count {
        0 => return Err("Nothing was changed: the definition cannot be read or kept.".to_owned()),
        1 => "1 definition".to_owned(),
        count => format!("{count} definitions"),
    };
    Ok((
        format!("{done} {what}; the baseline has it."),
        Arc::new(baseline),
    ))
}

/// The time, in RFC 3339, in seconds.
fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}
