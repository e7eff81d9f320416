//! Searching and filtering.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::lists::{self, Shifted, ToolRow, Trouble};
use super::super::message::{Effect, Search};
use super::super::model::{Model, View};
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::filter::set_filter;
use super::motion::select;
use super::{set_cursor, warn};
use crate::session::RowId;
use crate::text::Raw;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "search",
        title: "search: in Messages, Calls and Flow in the bodies, else in what is listed",
        short: "search",
        keys: &["/"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::Search,
                line: Line::default(),
            }));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "search next",
        title: "to the next hit",
        short: "",
        keys: &["n"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| search(model, facts, false),
        disabled: no_search,
    },
    Command {
        name: "search previous",
        title: "to the previous hit",
        short: "",
        keys: &["N"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| search(model, facts, true),
        disabled: no_search,
    },
    Command {
        name: "filter",
        title: "filter, such as `server:mail tool:send* risk:>=high`; an empty line shows all",
        short: "filter",
        keys: &["f"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let line = Line::new(&model.filter.text);
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::Filter,
                line,
            }));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "filter clear",
        title: "show all again",
        short: "",
        keys: &["X"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| set_filter(model, facts, ""),
        disabled: |model, _| model.filter.good.is_none().then_some("There is no filter."),
    },
];

fn no_search(model: &Model, _: Facts) -> Option<&'static str> {
    model
        .search
        .text
        .is_empty()
        .then_some("Nothing was searched for yet; / searches.")
}

/// Starts a search for what was typed.
pub fn start_search(model: &mut Model, facts: Facts, text: &str) -> Vec<Effect> {
    if text.is_empty() {
        return Vec::new();
    }
    model.search.text = text.to_owned();
    search(model, facts, false)
}

fn search(model: &mut Model, facts: Facts, backward: bool) -> Vec<Effect> {
    model.search.backward = backward;
    model.search.missed = false;
    let needle = model.search.text.to_lowercase();
    match model.view {
        View::Messages | View::Calls | View::Flow => {
            let generation = model.next_generation();
            model.search.running = Some(generation);
            let calls_only = model.view != View::Messages;
            vec![Effect::Search(Search {
                generation,
                needle,
                from: model.cursor,
                backward,
                calls_only,
            })]
        }
        View::Findings | View::Tools | View::Changes => {
            search_list(model, facts, &needle, backward)
        }
    }
}

/// Searches the labels of a list, around its end.
fn search_list(model: &mut Model, facts: Facts, needle: &str, backward: bool) -> Vec<Effect> {
    let all = lists::len(model, facts, model.view);
    let from = model.panes().selected;
    let hit = (1..=all)
        .map(|step| {
            if backward {
                (from + all - step % all.max(1)) % all
            } else {
                (from + step) % all
            }
        })
        .find(|entry| label(model, facts, *entry).to_lowercase().contains(needle));
    match hit {
        Some(entry) => {
            select(model, facts, entry);
            Vec::new()
        }
        None => {
            model.search.missed = true;
            warn(model, "Nothing that is listed here holds this text.")
        }
    }
}

/// What an entry says, for searching.
fn label(model: &Model, facts: Facts, entry: usize) -> String {
    let name = |raw: Raw| raw.inline().into_string();
    let item = |id: crate::session::ItemId| {
        facts
            .session
            .items()
            .get(id.index())
            .map_or_else(String::new, |item| name(item.name.as_raw()))
    };
    match model.view {
        View::Findings => match lists::trouble_at(model, entry) {
            Some(Trouble::Story(n)) => facts
                .findings
                .stories()
                .get(n)
                .map(|story| story.title.clone()),
            Some(Trouble::Group(n)) => {
                let group = model.lists.troubles.groups.get(n);
                group.map(|group| format!("{} {}", group.key.0.name(), group.key.1))
            }
            Some(trouble) => lists::finding_of(facts, trouble).map(|f| {
                let tool = f
                    .tool
                    .as_ref()
                    .map_or_else(String::new, |tool| name(tool.as_raw()));
                format!("{} {} {} {tool}", f.severity.name(), f.title, f.rule.id)
            }),
            None => None,
        }
        .unwrap_or_default(),
        View::Tools => match model.lists.tools.get(entry) {
            Some(ToolRow::Server(server)) => facts
                .session
                .servers()
                .get(server.index())
                .map_or_else(String::new, |server| name(server.label.as_raw())),
            Some(ToolRow::Item { item: id, .. }) => item(*id),
            Some(ToolRow::Called { name: symbol, .. }) => name(facts.session.symbol(*symbol)),
            None => String::new(),
        },
        View::Changes => match model.lists.changes.get(entry).map(|shift| shift.what) {
            Some(Shifted::Change(n)) => {
                let change = facts.session.changes().get(n);
                change.map_or_else(String::new, |change| {
                    format!("{} {}", item(change.item), change.kind.name())
                })
            }
            Some(Shifted::Drift { item: id, .. }) => format!("{} against baseline", item(id)),
            None => String::new(),
        },
        View::Calls | View::Messages | View::Flow => String::new(),
    }
}

/// A search in the background came to its end.
pub fn found(model: &mut Model, facts: Facts, generation: u64, row: Option<RowId>) -> Vec<Effect> {
    if model.search.running != Some(generation) {
        return Vec::new();
    }
    model.search.running = None;
    match row {
        Some(row) => {
            set_cursor(model, facts, row);
            Vec::new()
        }
        None => {
            model.search.missed = true;
            warn(
                model,
                if model.search.backward {
                    "No earlier message holds this text."
                } else {
                    "No later message holds this text."
                },
            )
        }
    }
}
