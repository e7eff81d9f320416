//! Bookmarks and marks on findings.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists::{self, Trouble};
use super::super::message::Effect;
use super::super::model::{Mark, Model, Verdict, View};
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::{set_cursor, toast};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "mark",
        title: "mark the selected finding: confirmed, false positive, needs a look, none",
        short: "mark",
        keys: &["m"],
        group: Group::Keep,
        place: Where::views(&[View::Findings]),
        run: mark,
        disabled: no_finding,
    },
    Command {
        name: "note",
        title: "write a note on the selected finding",
        short: "",
        keys: &["M"],
        group: Group::Keep,
        place: Where::views(&[View::Findings]),
        run: note,
        disabled: no_finding,
    },
    Command {
        name: "bookmark",
        title: "bookmark the message under the cursor, or take the bookmark away",
        short: "",
        keys: &["b"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let row = model.cursor;
            if model.bookmarks.remove(&row) {
                return toast(model, "The bookmark is gone.");
            }
            model.bookmarks.insert(row);
            toast(
                model,
                format!(
                    "Message {} is bookmarked; ' goes from bookmark to bookmark.",
                    row.0 + 1
                ),
            )
        },
        disabled: |_, facts| facts.is_empty().then_some("Nothing is recorded yet."),
    },
    Command {
        name: "bookmark next",
        title: "to the next bookmark, from the last to the first",
        short: "",
        keys: &["'"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let after = std::ops::Bound::Excluded(model.cursor);
            let next = model
                .bookmarks
                .range((after, std::ops::Bound::Unbounded))
                .next();
            if let Some(row) = next.or_else(|| model.bookmarks.first()).copied() {
                set_cursor(model, facts, row);
            }
            Vec::new()
        },
        disabled: |model, _| {
            model
                .bookmarks
                .is_empty()
                .then_some("There is no bookmark yet; b sets one.")
        },
    },
];

fn no_finding(model: &Model, _: Facts) -> Option<&'static str> {
    match lists::trouble_at(model, model.panes().selected) {
        None => Some("There is no finding to mark."),
        Some(Trouble::Story(_)) => Some("A story is marked by its findings: enter leads to them."),
        Some(Trouble::Suppressed(_)) => {
            Some("A suppressed finding has its verdict: the reason beside it.")
        }
        Some(Trouble::Finding(_)) => None,
    }
}

/// The stable id of the selected finding.
fn selected(model: &Model, facts: Facts) -> Option<String> {
    let number = lists::selected_finding(model)?;
    facts
        .findings
        .list()
        .get(number)
        .map(|finding| finding.id.clone())
}

fn mark(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(id) = selected(model, facts) else {
        return Vec::new();
    };
    let verdict = match model.marks.get(&id) {
        None => Some(Verdict::Confirmed),
        Some(mark) => mark.verdict.next(),
    };
    match verdict {
        Some(verdict) => {
            let note = model
                .marks
                .remove(&id)
                .map_or_else(String::new, |mark| mark.note);
            model.marks.insert(id, Mark { verdict, note });
            toast(model, format!("Marked: {}. M adds a note.", verdict.name()))
        }
        None => {
            model.marks.remove(&id);
            toast(model, "The mark is gone.")
        }
    }
}

fn note(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(finding) = selected(model, facts) else {
        return Vec::new();
    };
    let mark = model.marks.get(&finding);
    let verdict = mark.map_or(Verdict::NeedsALook, |mark| mark.verdict);
    let line = Line::new(mark.map_or("", |mark| &mark.note));
    model.overlay = Some(Overlay::Prompt(Prompt {
        purpose: Purpose::Note { finding, verdict },
        line,
    }));
    Vec::new()
}
