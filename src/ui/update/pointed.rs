//! What is under the cursor, to be searched for or filtered by.

use super::super::facts::Facts;
use super::super::lists::{self, Shifted, ToolRow};
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::super::view;
use super::{filter, search, toast, warn};
use crate::session::filter::Filter;
use crate::session::{ItemId, ItemKind, RowId};
use crate::text::Raw;

/// Longest text that is taken from a value to search for.
const LONGEST: usize = 200;

/// Searches for the value under the cursor of the details, else for the name that the entry is about.
pub fn search(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let value = match model.focus {
        Focus::Detail => view::zoomed(model, facts)
            .and_then(|value| first_line(value.text.as_raw()))
            .or_else(|| name(model, facts)),
        Focus::List => name(model, facts),
    };
    match value {
        Some(value) => {
            let mut effects = search::start(model, facts, &value);
            if effects.is_empty() {
                effects = toast(
                    model,
                    format!("Searching for {}.", Raw::from(value.as_str()).label(60)),
                );
            }
            effects
        }
        None => warn(
            model,
            "There is no name or value under the cursor to search for.",
        ),
    }
}

/// The first line with something in it, as far as it is text.
fn first_line(raw: Raw) -> Option<String> {
    let text = String::from_utf8(raw.bytes().to_vec()).ok()?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    let cut = line.char_indices().map(|(at, _)| at);
    let end = cut.take_while(|at| *at <= LONGEST).last()?;
    let whole = line.len() <= LONGEST;
    Some(line[..if whole { line.len() } else { end }].to_owned())
}

/// The name that the selected entry is about: of a tool, a server, a method.
fn name(model: &Model, facts: Facts) -> Option<String> {
    let term = terms(model, facts).into_iter().next()?;
    Some(term.name)
}

/// One way to say in a filter what is under the cursor.
struct Term {
    field: &'static str,
    name: String,
}

impl Term {
    fn of(field: &'static str, raw: Raw) -> Option<Term> {
        let name = String::from_utf8(raw.bytes().to_vec()).ok()?;
        (!name.is_empty()).then_some(Term { field, name })
    }

    /// As it is typed. What the language has no way to say is said by a `*`.
    fn typed(&self) -> String {
        let name: String = self
            .name
            .chars()
            .map(|c| match c {
                ',' | '"' | '\\' => '*',
                c if c.is_control() => '*',
                c => c,
            })
            .collect();
        match name.contains(char::is_whitespace) {
            true => format!("{}:\"{name}\"", self.field),
            false => format!("{}:{name}", self.field),
        }
    }
}

/// What the selected entry is about, the most particular first.
fn terms(model: &Model, facts: Facts) -> Vec<Term> {
    let selected = model.panes().selected;
    match model.view {
        View::Tools => match model.lists.tools.get(selected) {
            Some(ToolRow::Server(server)) => {
                let server = facts.session.servers().get(server.index());
                server
                    .and_then(|server| Term::of("server", server.label.as_raw()))
                    .into_iter()
                    .collect()
            }
            Some(ToolRow::Item { item, .. }) => of_item(facts, *item),
            Some(ToolRow::Called { name, .. }) => Term::of("tool", facts.session.symbol(*name))
                .into_iter()
                .collect(),
            None => Vec::new(),
        },
        View::Changes => match model.lists.changes.get(selected).map(|shift| shift.what) {
            Some(Shifted::Change(n)) => {
                let change = facts.session.changes().get(n);
                change.map_or_else(Vec::new, |change| of_item(facts, change.item))
            }
            Some(Shifted::Drift { item, .. }) => of_item(facts, item),
            None => Vec::new(),
        },
        View::Findings => {
            let trouble = lists::trouble_at(model, selected);
            let finding = trouble.and_then(|trouble| lists::finding_of(facts, trouble));
            let tool = finding.and_then(|finding| finding.tool.as_ref());
            let tool = tool.and_then(|tool| Term::of("name", tool.as_raw()));
            let server = finding.and_then(|finding| finding.server);
            let server = server.and_then(|id| facts.session.servers().get(id.index()));
            let server = server.and_then(|server| Term::of("server", server.label.as_raw()));
            tool.into_iter().chain(server).collect()
        }
        View::Calls | View::Flow | View::Messages => of_row(model, facts, model.cursor),
    }
}

fn of_item(facts: Facts, item: ItemId) -> Vec<Term> {
    let Some(item) = facts.session.items().get(item.index()) else {
        return Vec::new();
    };
    let field = match item.kind {
        ItemKind::Tool => "tool",
        _ => "name",
    };
    let server = facts.session.servers().get(item.server.index());
    let server = server.and_then(|server| Term::of("server", server.label.as_raw()));
    let own = Term::of(field, item.name.as_raw());
    own.into_iter().chain(server).collect()
}

fn of_row(model: &Model, facts: Facts, row: RowId) -> Vec<Term> {
    if facts.row(row).is_none() {
        return Vec::new();
    }
    let session = facts.session;
    let call = session
        .call_of(row)
        .map(|n| session.name(session.calls()[n]));
    let tool = call.and_then(|name| Term::of("tool", name));
    let name = Term::of("name", session.name(row)).filter(|_| tool.is_none());
    let method = Term::of("method", session.method(row)).filter(|_| model.view == View::Messages);
    let server = session.server(session.server_of(row));
    let server = Term::of("server", server.label.as_raw());
    [tool, name, method, server].into_iter().flatten().collect()
}

/// Adds to the filter that it must be about what is under the cursor, or must not. Pressed again, the next thing that
/// the entry is about is added: of a call its tool, then its server.
pub fn narrow(model: &mut Model, facts: Facts, without: bool) -> Vec<Effect> {
    let terms = terms(model, facts);
    let now = match &model.filter.good {
        Some(good) => good.text.clone(),
        None => String::new(),
    };
    let has = |term: &String| {
        let mut words = now.match_indices(term.as_str());
        words.any(|(at, _)| {
            let before = now[..at].chars().next_back();
            let behind = now[at + term.len()..].chars().next();
            let apart = |c: Option<char>| c.is_none_or(char::is_whitespace);
            apart(behind) && (apart(before) || before == Some('-'))
        })
    };
    let typed = terms.iter().map(Term::typed).find(|term| !has(term));
    let Some(typed) = typed else {
        return match terms.is_empty() {
            true => warn(model, "There is nothing under the cursor to filter by."),
            false => warn(model, "The filter says that already."),
        };
    };
    let sign = if without { "-" } else { "" };
    let text = format!("{now} {sign}{typed}");
    if Filter::parse(&text).is_err() {
        return warn(model, "This name cannot be said in a filter.");
    }
    filter::set_filter(model, facts, &text)
}
