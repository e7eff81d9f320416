//! Searching and filtering.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::filter::set_filter;
use super::{hits, pointed, search};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "search",
        title: "search: what is listed and the bodies behind it, also escaped, in base64 or hidden",
        short: "search",
        keys: &["/"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, _| open(model, Purpose::Search, Line::default()),
        disabled: always,
    },
    Command {
        name: "search next",
        title: "to the next hit, around the end",
        short: "",
        keys: &["n"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| search::step(model, facts, false),
        disabled: no_search,
    },
    Command {
        name: "search previous",
        title: "to the previous hit, around the beginning",
        short: "",
        keys: &["N"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| search::step(model, facts, true),
        disabled: no_search,
    },
    Command {
        name: "search list",
        title: "list the hits, with the line around each and how it was found",
        short: "",
        keys: &["&"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, _| {
            hits::open(model);
            Vec::new()
        },
        disabled: no_search,
    },
    Command {
        name: "search this",
        title: "search for the name or value under the cursor",
        short: "",
        keys: &["*"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: pointed::search,
        disabled: always,
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
            open(model, Purpose::Filter, line)
        },
        disabled: always,
    },
    Command {
        name: "filter this",
        title: "narrow the filter to what is under the cursor: its tool or method, pressed again its server",
        short: "",
        keys: &["="],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| pointed::narrow(model, facts, false),
        disabled: always,
    },
    Command {
        name: "filter without",
        title: "leave out what is under the cursor",
        short: "",
        keys: &["~"],
        group: Group::Find,
        place: Where::EVERYWHERE,
        run: |model, facts| pointed::narrow(model, facts, true),
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

/// Opens a line to type into.
fn open(model: &mut Model, purpose: Purpose, line: Line) -> Vec<Effect> {
    model.typing.reset();
    model.overlay = Some(Overlay::Prompt(Prompt { purpose, line }));
    vec![Effect::Recall]
}

fn no_search(model: &Model, _: Facts) -> Option<&'static str> {
    model
        .search
        .text
        .is_empty()
        .then_some("Nothing was searched for yet; / searches.")
}
