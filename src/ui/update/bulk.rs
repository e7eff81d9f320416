//! Marking several findings at once, after a question that says how many.

use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::lists::{self, Trouble};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::{Bulk, Overlay};
use super::super::troubles::is_open;
use super::triage::give;
use super::warn;
use crate::analysis::Finding;
use crate::store::cases::Verdict;

/// Both are about one tool.
pub fn same_tool(one: &Finding, other: &Finding) -> bool {
    (one.server, &one.tool) == (other.server, &other.tool)
}

/// Asks whether all findings that have something in common with the selected one are to be marked.
pub fn of_same(
    model: &mut Model,
    facts: Facts,
    same: impl Fn(&Finding, &Finding) -> bool,
) -> Vec<Effect> {
    let one = match lists::trouble_at(model, model.panes().selected) {
        Some(Trouble::Finding(n)) => Some(n),
        Some(Trouble::Group(n)) => model.lists.troubles.groups[n].findings.first().copied(),
        _ => None,
    };
    let list = facts.findings.list();
    let Some(one) = one.and_then(|n| list.get(n)) else {
        return Vec::new();
    };
    let passes = |finding: &Finding| lists::passes(model, finding.row);
    let all = list.iter().enumerate();
    let all = all.filter(|(_, other)| same(one, other) && passes(other));
    let members: Vec<usize> = all.map(|(n, _)| n).collect();
    ask(model, facts, &members, None)
}

/// Opens the question whether these findings are to be marked.
pub fn ask(
    model: &mut Model,
    facts: Facts,
    members: &[usize],
    verdict: Option<Verdict>,
) -> Vec<Effect> {
    let found = members.iter().filter_map(|n| facts.findings.list().get(*n));
    let (open, decided): (Vec<&Finding>, Vec<&Finding>) =
        found.partition(|finding| is_open(model, finding));
    let Some(first) = open.first() else {
        return warn(model, "None of them is open: each has its verdict.");
    };
    let one_rule = open.iter().all(|other| other.rule.id == first.rule.id);
    let what = match (one_rule, &first.tool) {
        (true, _) => format!("of the rule `{}`", first.rule.id),
        (false, Some(tool)) => format!("about `{}`", tool.as_raw().label(60)),
        (false, None) => "about the same".to_owned(),
    };
    // What was said before would stand over the question.
    model.toast = None;
    model.overlay = Some(Overlay::Bulk(Bulk {
        what,
        keys: open.iter().map(|finding| finding.id.clone()).collect(),
        decided: decided.len(),
        verdict,
    }));
    Vec::new()
}

/// A key for the question.
pub fn key(model: &mut Model, facts: Facts, key: Key, bulk: Bulk) -> Vec<Effect> {
    let verdict = match (key.code, bulk.verdict) {
        (Code::Char('y') | Code::Enter, Some(verdict)) => verdict,
        (Code::Char('c'), None) => Verdict::Confirmed,
        (Code::Char('f'), None) => Verdict::FalsePositive,
        (Code::Char('l'), None) => Verdict::NeedsALook,
        (Code::Char('q' | 'n'), _) => return Vec::new(),
        _ => {
            model.overlay = Some(Overlay::Bulk(bulk));
            return Vec::new();
        }
    };
    let what = match bulk.keys.len() {
        1 => format!("1 finding {}", bulk.what),
        count => format!("{count} findings {}", bulk.what),
    };
    give(model, facts, &bulk.keys, Some(verdict), &what)
}
