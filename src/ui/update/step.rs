//! Stepping through time: from call to call, finding to finding, change to change, message to message.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists;
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::{set_cursor, toast};
use crate::session::RowId;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "call next",
        title: "go to the next call",
        short: "call",
        keys: &["]"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| call(model, facts, true),
        disabled: no_calls,
    },
    Command {
        name: "call previous",
        title: "go to the previous call",
        short: "call",
        keys: &["["],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| call(model, facts, false),
        disabled: no_calls,
    },
    Command {
        name: "finding next",
        title: "go to the next finding in time",
        short: "finding",
        keys: &["}"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| finding(model, facts, true),
        disabled: no_findings,
    },
    Command {
        name: "finding previous",
        title: "go to the previous finding in time",
        short: "finding",
        keys: &["{"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| finding(model, facts, false),
        disabled: no_findings,
    },
    Command {
        name: "change next",
        title: "go to the next change of a definition",
        short: "",
        keys: &[")"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| change(model, facts, true),
        disabled: no_changes,
    },
    Command {
        name: "change previous",
        title: "go to the previous change of a definition",
        short: "",
        keys: &["("],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| change(model, facts, false),
        disabled: no_changes,
    },
    Command {
        name: "message next",
        title: "go to the next message, in every view",
        short: "",
        keys: &["."],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| message(model, facts, true),
        disabled: nothing_recorded,
    },
    Command {
        name: "message previous",
        title: "go to the previous message, in every view",
        short: "",
        keys: &[","],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| message(model, facts, false),
        disabled: nothing_recorded,
    },
    Command {
        name: "follow",
        title: "stay at the end of a recording that grows",
        short: "",
        keys: &["F"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            model.following = !model.following;
            match facts.session.last() {
                Some(last) if model.following => {
                    set_cursor(model, facts, last);
                    toast(model, "Following: the cursor stays at the newest message.")
                }
                _ => toast(model, "Not following."),
            }
        },
        disabled: nothing_recorded,
    },
];

pub fn no_calls(_: &Model, facts: Facts) -> Option<&'static str> {
    facts
        .session
        .calls()
        .is_empty()
        .then_some("There is no tool call in this recording.")
}

fn no_findings(model: &Model, _: Facts) -> Option<&'static str> {
    match (model.lists.findings.is_empty(), &model.filter.good) {
        (true, Some(_)) => Some("No finding passes the filter; f changes it."),
        (true, None) => Some("There are no findings."),
        _ => None,
    }
}

fn no_changes(model: &Model, facts: Facts) -> Option<&'static str> {
    match (
        facts.session.changes().is_empty() && model.filter.good.is_none(),
        model.lists.changes.is_empty(),
    ) {
        (_, false) => None,
        (true, _) => Some("No definition changed in this recording."),
        (false, true) => Some("No change passes the filter; f changes it."),
    }
}

fn nothing_recorded(_: &Model, facts: Facts) -> Option<&'static str> {
    facts.is_empty().then_some("Nothing is recorded yet.")
}

fn call(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    match beside_call(model, facts, forward) {
        Some(row) => {
            set_cursor(model, facts, row);
            Vec::new()
        }
        None => end(model, "call", forward),
    }
}

/// The request of the next or previous call that passes the filter.
pub fn beside_call(model: &Model, facts: Facts, forward: bool) -> Option<RowId> {
    let count = lists::len(model, facts, View::Calls);
    let request = |entry: usize| lists::anchor(model, facts, View::Calls, entry);
    let entry = if forward {
        partition(count, |entry| {
            request(entry).is_some_and(|row| row <= model.cursor)
        })
    } else {
        partition(count, |entry| {
            request(entry).is_some_and(|row| row < model.cursor)
        })
        .checked_sub(1)?
    };
    request(entry)
}

/// The first of `count` numbers for which `before` is not true.
pub fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1
        } else {
            high = middle
        }
    }
    low
}

fn finding(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    let in_time = &model.lists.findings_in_time;
    let selected = lists::selected_finding(model);
    let row = |n: usize| facts.findings.list().get(n).map(|finding| finding.row);
    let here = selected
        .filter(|n| row(*n) == Some(model.cursor))
        .and_then(|n| in_time.iter().position(|other| *other == n));
    let next = match (here, forward) {
        (Some(at), true) => at + 1,
        (Some(at), false) => at.wrapping_sub(1),
        (None, true) => in_time.partition_point(|n| row(*n).is_some_and(|row| row <= model.cursor)),
        (None, false) => in_time
            .partition_point(|n| row(*n).is_some_and(|row| row < model.cursor))
            .wrapping_sub(1),
    };
    let Some(number) = in_time.get(next).copied() else {
        return end(model, "finding in time", forward);
    };
    lists::unfold_to(model, facts, number);
    if let Some(entry) = lists::entry_of_finding(model, number) {
        let panes = &mut model.panes[View::Findings as usize];
        *panes = super::super::model::Panes {
            selected: entry,
            offset: panes.offset,
            ..Default::default()
        };
    }
    if let Some(row) = row(number) {
        set_cursor(model, facts, row);
    }
    if model.view == View::Findings {
        return Vec::new();
    }
    let title = facts.findings.list().get(number).map(|finding| {
        format!(
            "{} {}",
            finding.severity.name().to_uppercase(),
            finding.title
        )
    });
    title.map_or_else(Vec::new, |title| toast(model, title))
}

fn change(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    let listed = &model.lists.changes;
    let entry = if forward {
        listed.partition_point(|shift| shift.at <= model.cursor)
    } else {
        listed
            .partition_point(|shift| shift.at < model.cursor)
            .wrapping_sub(1)
    };
    let Some(shift) = listed.get(entry).copied() else {
        return end(model, "change", forward);
    };
    model.panes[View::Changes as usize].selected = entry;
    set_cursor(model, facts, shift.at);
    Vec::new()
}

fn message(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    let count = lists::len(model, facts, View::Messages);
    let row = |entry: usize| lists::row_at(model, facts, entry);
    let entry = if forward {
        partition(count, |entry| {
            row(entry).is_some_and(|row| row <= model.cursor)
        })
    } else {
        partition(count, |entry| {
            row(entry).is_some_and(|row| row < model.cursor)
        })
        .wrapping_sub(1)
    };
    match row(entry) {
        Some(row) => {
            set_cursor(model, facts, row);
            Vec::new()
        }
        None => end(model, "message", forward),
    }
}

/// Says that there is no other one.
fn end(model: &mut Model, what: &str, forward: bool) -> Vec<Effect> {
    let which = if forward { "last" } else { "first" };
    let filtered = match model.filter.good {
        Some(_) => " that passes the filter",
        None => "",
    };
    super::warn(model, format!("This is the {which} {what}{filtered}."))
}
