//! Verdicts on findings: one at a time, a story's, a rule's; the queue of what is open; taking back.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists::{self, Trouble};
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::super::triage::{Act, Done, GroupKey, Switch};
use super::super::troubles::{is_open, key_of};
use super::motion::select;
use super::{bulk, queue, toast};
use crate::session::RowId;
use crate::store::cases::{Mark, Verdict};
use std::collections::HashSet;

const HERE: Where = Where::views(&[View::Findings]);

macro_rules! mark {
    ($name:literal, $title:literal, $short:literal, $key:literal, $verdict:expr) => {
        Command {
            name: $name,
            title: $title,
            short: $short,
            keys: &[$key],
            group: Group::Keep,
            place: HERE,
            run: |model, facts| mark(model, facts, $verdict),
            disabled: no_finding,
        }
    };
}

pub static COMMANDS: &[Command] = &[
    mark!(
        "mark confirmed",
        "mark it confirmed; on to the next",
        "mark",
        "m c",
        Some(Verdict::Confirmed)
    ),
    mark!(
        "mark false positive",
        "a false positive; on to the next",
        "",
        "m f",
        Some(Verdict::FalsePositive)
    ),
    mark!(
        "mark needs a look",
        "it needs a look; on to the next",
        "",
        "m l",
        Some(Verdict::NeedsALook)
    ),
    Command {
        name: "mark again",
        title: "mark it as the last one was",
        short: "",
        keys: &["m m"],
        group: Group::Keep,
        place: HERE,
        run: |model, facts| mark(model, facts, model.triage.last),
        disabled: |model, facts| match model.triage.last {
            None => Some("Nothing was marked yet: m c confirms, m f is a false positive."),
            Some(_) => no_finding(model, facts),
        },
    },
    mark!("mark none", "take the mark away", "", "m x", None),
    Command {
        name: "mark rule",
        title: "mark all that are open of its rule",
        short: "",
        keys: &["m r"],
        group: Group::Keep,
        place: HERE,
        run: |model, facts| bulk::of_same(model, facts, |one, other| one.rule.id == other.rule.id),
        disabled: no_single,
    },
    Command {
        name: "mark tool",
        title: "mark all that are open of its tool",
        short: "",
        keys: &["m t"],
        group: Group::Keep,
        place: HERE,
        run: |model, facts| bulk::of_same(model, facts, bulk::same_tool),
        disabled: no_single,
    },
    Command {
        name: "note",
        title: "write a note on the selected finding or story",
        short: "",
        keys: &["M"],
        group: Group::Keep,
        place: HERE,
        run: |model, facts| match key_here(model, facts) {
            Some(key) => note(model, key),
            None => Vec::new(),
        },
        disabled: |model, facts| match key_here(model, facts) {
            Some(_) => None,
            None => no_finding(model, facts)
                .or(Some("A note is about one finding: enter unfolds them.")),
        },
    },
    Command {
        name: "note last",
        title: "a note on what was marked last",
        short: "",
        keys: &["m n"],
        group: Group::Keep,
        place: HERE,
        run: |model, _| match model.triage.last_key.clone() {
            Some(key) => note(model, key),
            None => Vec::new(),
        },
        disabled: |model, _| {
            let none = model.triage.last_key.is_none();
            none.then_some("Nothing was marked yet; M writes a note on what is selected.")
        },
    },
    Command {
        name: "undo",
        title: "take back the last mark, note or bookmark",
        short: "",
        keys: &["u"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, facts| again(model, facts, false),
        disabled: |model, _| {
            let none = !model.triage.can_undo();
            none.then_some("There is no mark, note or bookmark to take back.")
        },
    },
    Command {
        name: "redo",
        title: "do again what was taken back",
        short: "",
        keys: &["ctrl-r"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, facts| again(model, facts, true),
        disabled: |model, _| {
            let none = !model.triage.can_redo();
            none.then_some("Nothing was taken back that could be done again.")
        },
    },
    Command {
        name: "queue",
        title: "only the findings that are open, worst first; and all again",
        short: "",
        keys: &["Q"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: queue::toggle,
        disabled: |_, facts| {
            let none = facts.findings.is_empty();
            none.then_some("There are no findings.")
        },
    },
    Command {
        name: "findings grouped",
        title: "fold findings of one rule into one entry, or list each",
        short: "",
        keys: &[],
        group: Group::Keep,
        place: HERE,
        run: |model, _| {
            let now = !model.lists.troubles.groups.is_empty();
            model.triage.grouped = Some(!now);
            model.triage.unfolded.clear();
            model.triage.revision += 1;
            match now {
                true => toast(model, "Each finding is listed."),
                false => toast(
                    model,
                    "Findings of one rule are one entry, where there are several; enter unfolds it.",
                ),
            }
        },
        disabled: |_, facts| {
            facts
                .findings
                .is_empty()
                .then_some("There are no findings.")
        },
    },
];

fn no_finding(model: &Model, _: Facts) -> Option<&'static str> {
    match lists::trouble_at(model, model.panes().selected) {
        None => Some("There is no finding to mark."),
        Some(Trouble::Suppressed(_)) => {
            Some("A suppressed finding has its verdict: the reason beside it.")
        }
        Some(_) => None,
    }
}

fn no_single(model: &Model, facts: Facts) -> Option<&'static str> {
    no_finding(model, facts).or(match lists::trouble_at(model, model.panes().selected) {
        Some(Trouble::Story(_)) => Some("A story has findings of several rules: m c marks them."),
        _ => None,
    })
}

/// What a note here is kept under.
fn key_here(model: &Model, facts: Facts) -> Option<String> {
    match lists::trouble_at(model, model.panes().selected)? {
        Trouble::Story(n) => key_of(facts, facts.findings.stories().get(n)?),
        Trouble::Finding(n) => Some(facts.findings.list().get(n)?.id.clone()),
        Trouble::Group(_) | Trouble::Suppressed(_) => None,
    }
}

/// What marking an entry marks: the keys, and what they are, for a sentence.
fn meant(model: &Model, facts: Facts, trouble: Trouble) -> Option<(Vec<String>, String)> {
    let list = facts.findings.list();
    let ids = |numbers: &[usize]| -> Vec<String> {
        let found = numbers.iter().filter_map(|n| list.get(*n));
        found.map(|finding| finding.id.clone()).collect()
    };
    match trouble {
        Trouble::Finding(n) => {
            let finding = list.get(n)?;
            Some((vec![finding.id.clone()], finding.title.clone()))
        }
        Trouble::Story(n) => {
            let story = facts.findings.stories().get(n)?;
            let mut keys = ids(&story.findings);
            let what = match keys.len() {
                1 => "the story, its 1 finding with it".to_owned(),
                count => format!("the story, its {count} findings with it"),
            };
            keys.push(key_of(facts, story)?);
            Some((keys, what))
        }
        Trouble::Group(n) => {
            let group = model.lists.troubles.groups.get(n)?;
            Some((ids(&group.findings), format!("`{}`", group.key.1)))
        }
        Trouble::Suppressed(_) => None,
    }
}

fn mark(model: &mut Model, facts: Facts, verdict: Option<Verdict>) -> Vec<Effect> {
    let Some(trouble) = lists::trouble_at(model, model.panes().selected) else {
        return Vec::new();
    };
    if let Trouble::Group(n) = trouble
        && let Some(group) = model.lists.troubles.groups.get(n)
    {
        let members = group.findings.clone();
        return bulk::ask(model, facts, &members, verdict);
    }
    let Some((keys, what)) = meant(model, facts, trouble) else {
        return Vec::new();
    };
    give(model, facts, &keys, verdict, &what)
}

/// Gives a verdict, or takes it away, and goes on to the next that is open.
pub fn give(
    model: &mut Model,
    facts: Facts,
    keys: &[String],
    verdict: Option<Verdict>,
    what: &str,
) -> Vec<Effect> {
    let next = next_open(model, facts, keys);
    let switches: Vec<Switch> = keys
        .iter()
        .map(|key| {
            let from = model.marks.get(key).cloned();
            let note = from.as_ref().map_or("", |mark| &mark.note);
            let to = verdict.map(|verdict| Mark::new(verdict, note));
            Switch {
                key: key.clone(),
                from,
                to,
            }
        })
        .filter(|switch| match (&switch.from, &switch.to) {
            (Some(from), Some(to)) => !from.says_as(to),
            (from, to) => from.is_some() != to.is_some(),
        })
        .collect();
    let is_new = !switches.is_empty();
    let word = verdict.map_or("not marked", Verdict::name);
    if is_new {
        model.triage.last_key = keys.last().cloned();
        act(
            model,
            facts,
            Act {
                what: format!("{word}, {what}"),
                done: Done::Marks(switches),
            },
        );
    }
    let Some(verdict) = verdict else {
        let sentence = match is_new {
            true => "The mark is gone; u brings it back.",
            false => "There was no mark.",
        };
        return toast(model, sentence);
    };
    model.triage.last = Some(verdict);
    if let Some(next) = next {
        go_to(model, facts, next);
    }
    let tally = model.triage.tally;
    let head = format!("{}{}: {what}.", &word[..1].to_uppercase(), &word[1..]);
    let rest = match (is_new, tally.open) {
        (false, _) => " It was marked so before.".to_owned(),
        (true, 0) => " Nothing is open any more; e writes the report.".to_owned(),
        (true, open) => format!(" {open} open; m n adds a note, u takes it back."),
    };
    toast(model, head + &rest)
}

fn act(model: &mut Model, facts: Facts, act: Act) {
    let (marks, bookmarks) = (&mut model.marks, &mut model.bookmarks);
    model.triage.act(act, marks, bookmarks);
    lists::refresh(model, facts);
}

/// An entry that stays itself when the list changes.
pub enum Entry {
    Other(Trouble),
    Group(GroupKey),
}

/// The first entry behind the selected one, or else from the start, with something open that these marks do not close.
fn next_open(model: &Model, facts: Facts, keys: &[String]) -> Option<Entry> {
    let troubles = &model.lists.troubles;
    let keys: HashSet<&str> = keys.iter().map(String::as_str).collect();
    let open = |n: &usize| {
        let finding = facts.findings.list().get(*n);
        finding.is_some_and(|one| is_open(model, one) && !keys.contains(one.id.as_str()))
    };
    let is_next = |entry: &usize| match troubles.at(*entry) {
        Some(Trouble::Finding(n)) => open(&n),
        Some(Trouble::Group(n)) => {
            troubles.groups[n].folded && troubles.groups[n].findings.iter().any(open)
        }
        Some(Trouble::Story(n)) => {
            let story = facts.findings.stories().get(n);
            story.is_some_and(|story| story.findings.iter().any(open))
        }
        _ => false,
    };
    let selected = model.panes[View::Findings as usize].selected;
    let mut entries = (selected + 1..troubles.len()).chain(0..selected.min(troubles.len()));
    let found = troubles.at(entries.find(is_next)?)?;
    Some(match found {
        Trouble::Group(n) => Entry::Group(troubles.groups[n].key),
        other => Entry::Other(other),
    })
}

/// Selects an entry, wherever it is by now.
pub fn go_to(model: &mut Model, facts: Facts, to: Entry) {
    let troubles = &model.lists.troubles;
    let is_it = |entry: &usize| match (&to, troubles.at(*entry)) {
        (Entry::Group(key), Some(Trouble::Group(n))) => troubles.groups[n].key == *key,
        (Entry::Other(other), Some(trouble)) => trouble == *other,
        _ => false,
    };
    if let Some(entry) = (0..troubles.len()).find(is_it) {
        select(model, facts, entry);
    }
}

fn note(model: &mut Model, key: String) -> Vec<Effect> {
    let line = Line::new(model.marks.get(&key).map_or("", |mark| &mark.note));
    model.overlay = Some(Overlay::Prompt(Prompt {
        purpose: Purpose::Note(key),
        line,
    }));
    Vec::new()
}

/// A note was typed.
pub fn noted(model: &mut Model, facts: Facts, key: &str, text: &str) -> Vec<Effect> {
    let from = model.marks.get(key).cloned();
    let text = text.trim();
    let same = from.as_ref().map_or("", |mark| &mark.note) == text;
    if same {
        return Vec::new();
    }
    let verdict = from
        .as_ref()
        .map_or(Verdict::NeedsALook, |mark| mark.verdict);
    let marked = from.is_none();
    let to = Some(Mark::new(verdict, text));
    let what = match text.is_empty() {
        true => "a note that was taken away",
        false => "a note",
    };
    model.triage.last_key = Some(key.to_owned());
    let key = key.to_owned();
    act(
        model,
        facts,
        Act {
            what: what.to_owned(),
            done: Done::Marks(vec![Switch { key, from, to }]),
        },
    );
    match (marked, text.is_empty()) {
        (true, _) => toast(model, "Noted, and marked: needs a look."),
        (false, true) => toast(model, "The note is gone; u brings it back."),
        (false, false) => toast(model, "Noted."),
    }
}

/// Sets a bookmark, or takes it away.
pub fn bookmark(model: &mut Model, row: RowId, set: bool) {
    let what = match set {
        true => format!("the bookmark on message {}", row.0 + 1),
        false => format!("taking the bookmark from message {}", row.0 + 1),
    };
    let act = Act {
        what,
        done: Done::Bookmark { row, set },
    };
    let (marks, bookmarks) = (&mut model.marks, &mut model.bookmarks);
    model.triage.act(act, marks, bookmarks);
}

/// The entry whose marks these are: a story's, or the first finding's.
fn entry_of(model: &Model, facts: Facts, switches: &[Switch]) -> Option<usize> {
    let keys: HashSet<&str> = switches.iter().map(|switch| switch.key.as_str()).collect();
    let has = |key: &str| keys.contains(key);
    let troubles = &model.lists.troubles;
    let story = (0..troubles.len()).find(|entry| match troubles.at(*entry) {
        Some(Trouble::Story(n)) => {
            let story = facts.findings.stories().get(n);
            let key = story.and_then(|story| key_of(facts, story));
            key.is_some_and(|key| has(&key))
        }
        _ => false,
    });
    story.or_else(|| {
        let list = facts.findings.list();
        let number = list.iter().position(|one| has(&one.id))?;
        lists::entry_of_finding(model, number)
    })
}

/// Takes back, or does again, and goes where it was.
fn again(model: &mut Model, facts: Facts, forward: bool) -> Vec<Effect> {
    let (marks, bookmarks) = (&mut model.marks, &mut model.bookmarks);
    let act = match forward {
        true => model.triage.redo(marks, bookmarks),
        false => model.triage.undo(marks, bookmarks),
    };
    let Some(act) = act.cloned() else {
        return Vec::new();
    };
    lists::refresh(model, facts);
    if let Done::Marks(switches) = &act.done
        && model.view == View::Findings
        && let Some(entry) = entry_of(model, facts, switches)
    {
        select(model, facts, entry);
    }
    let word = match forward {
        true => "Done again",
        false => "Taken back",
    };
    toast(model, format!("{word}: {}.", act.what))
}
