//! What of the findings is listed: only what is open, and what is folded.

use super::super::facts::Facts;
use super::super::lists::{self, Trouble};
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::go::place;
use super::motion::select;
use super::toast;
use super::triage::{Entry, go_to};

/// Folds or unfolds the group that is selected, or whose finding is; `None` does the other than it is. `false` where there
/// is no group.
pub fn fold(model: &mut Model, facts: Facts, fold: Option<bool>) -> bool {
    let troubles = &model.lists.troubles;
    let group = match troubles.at(model.panes().selected) {
        Some(Trouble::Group(n)) => troubles.groups.get(n),
        Some(Trouble::Finding(n)) if fold == Some(true) => {
            let groups = troubles.groups.iter();
            groups.into_iter().find(|group| group.findings.contains(&n))
        }
        _ => None,
    };
    let Some(group) = group else { return false };
    let (key, fold) = (group.key, fold.unwrap_or(!group.folded));
    if group.folded == fold {
        return false;
    }
    match fold {
        true => model.triage.unfolded.remove(&key),
        false => model.triage.unfolded.insert(key),
    };
    model.triage.revision += 1;
    lists::refresh(model, facts);
    go_to(model, facts, Entry::Group(key));
    true
}

/// Lists only what is open, or all again.
pub fn toggle(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.view != View::Findings {
        model.jumps.leave(place(model));
        model.view = View::Findings;
        model.focus = Focus::List;
        model.triage.queue = true;
    } else {
        model.triage.queue = !model.triage.queue;
    }
    model.triage.revision += 1;
    lists::refresh(model, facts);
    if model.triage.queue && !model.lists.troubles.is_empty() {
        select(model, facts, 0);
    }
    let tally = model.triage.tally;
    match (model.triage.queue, tally.open) {
        (false, _) => toast(model, "All findings are listed."),
        (true, 0) => Vec::new(),
        (true, open) => toast(
            model,
            format!(
                "{open} of {} open, worst first. Q lists all again.",
                tally.all
            ),
        ),
    }
}
