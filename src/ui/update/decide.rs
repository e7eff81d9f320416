//! Accepting and rejecting definitions.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists::{self, Shifted, ToolRow};
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::{toast, warn};
use crate::session::{ItemId, ServerId};
use crate::store::baseline::{Baseline, Verdict};
use std::sync::Arc;

const PLACES: Where = Where::views(&[View::Changes, View::Tools]);

pub static COMMANDS: &[Command] = &[
    Command {
        name: "accept",
        title: "trust the definition as it is here; on a server, all of its definitions",
        short: "accept",
        keys: &["A"],
        group: Group::Keep,
        place: PLACES,
        run: |model, facts| decide(model, facts, Verdict::Accepted),
        disabled,
    },
    Command {
        name: "reject",
        title: "reject the definition as it is here: whenever it is offered again, it is a finding",
        short: "reject",
        keys: &["R"],
        group: Group::Keep,
        place: PLACES,
        run: |model, facts| decide(model, facts, Verdict::Rejected),
        disabled,
    },
];

fn disabled(model: &Model, facts: Facts) -> Option<&'static str> {
    if let Some(locked) = model.trust.locked {
        return Some(locked);
    }
    if facts.session.items().is_empty() {
        return Some("The recording holds no definitions: there is nothing to accept or reject.");
    }
    match (model.view, chosen(model, facts).is_empty()) {
        (_, false) => None,
        (View::Changes, true) if model.lists.changes.is_empty() => {
            Some("Nothing changed. 3 lists the definitions, which can be accepted there.")
        }
        (View::Changes, true) => {
            Some("It is not offered any more: there is no wording to decide on.")
        }
        (_, true) => Some("There is no definition here to decide on."),
    }
}

/// The wordings that are meant.
fn chosen(model: &Model, facts: Facts) -> Vec<(ItemId, usize)> {
    let selected = model.panes().selected;
    let one = match model.view {
        View::Changes => match model.lists.changes.get(selected).map(|shift| shift.what) {
            Some(Shifted::Change(number)) => facts
                .session
                .changes()
                .get(number)
                .and_then(|change| Some((change.item, change.to?))),
            Some(Shifted::Drift { item, version }) => Some((item, version)),
            None => None,
        },
        View::Tools => match model.lists.tools.get(selected) {
            Some(ToolRow::Item { item, version, .. }) => Some((*item, *version)),
            Some(ToolRow::Server(server)) => return whole(model, facts, *server),
            Some(ToolRow::Called { .. }) | None => None,
        },
        _ => None,
    };
    one.into_iter().collect()
}

/// Everything that a server offers as of now.
fn whole(model: &Model, facts: Facts, server: ServerId) -> Vec<(ItemId, usize)> {
    let at = lists::at(model, facts);
    let items = facts.session.items().iter();
    items
        .filter(|item| item.server == server)
        .filter_map(|item| Some((item.id, item.in_force(at)?)))
        .collect()
}

fn decide(model: &mut Model, facts: Facts, verdict: Verdict) -> Vec<Effect> {
    let wordings = chosen(model, facts);
    if wordings.is_empty() {
        return Vec::new();
    }
    let listed = model
        .lists
        .changes
        .iter()
        .filter_map(|shift| match shift.what {
            Shifted::Drift { item, version } => Some((item, version)),
            Shifted::Change(_) => None,
        });
    let decided: Vec<_> = listed.filter(|one| wordings.contains(one)).collect();
    model.decided.extend(decided);
    vec![Effect::Decide { wordings, verdict }]
}

/// It was written, or could not be.
pub fn told(model: &mut Model, told: Result<(String, Arc<Baseline>), String>) -> Vec<Effect> {
    match told {
        Ok((sentence, baseline)) => {
            model.trust.baseline = baseline;
            model.compared.forget_accepted();
            toast(model, sentence)
        }
        Err(sentence) => warn(model, sentence),
    }
}
