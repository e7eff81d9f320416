//! Searching: from hit to hit, and what is known of them.

use super::super::facts::Facts;
use super::super::lists::{self, Shifted, ToolRow, Trouble};
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::overlay::Overlay;
use super::super::search::{Found, Quote, Search, SearchState};
use super::motion::select;
use super::{set_cursor, toast, warn};
use crate::analysis::needle::Needle;
use crate::session::{ItemId, RowId};
use crate::text::Raw;
use std::sync::Arc;

/// Most entries of a list whose hits are counted at every step.
const COUNTED: usize = 4_000;
/// Most surroundings of hits that are kept.
const QUOTES: usize = 512;

/// Starts a search for what was typed.
pub fn start(model: &mut Model, facts: Facts, text: &str) -> Vec<Effect> {
    let Some(needle) = Needle::new(text) else {
        return Vec::new();
    };
    let generation = model.next_generation();
    model.search = SearchState::new(text.trim(), needle, generation, model.cursor);
    step(model, facts, false)
}

/// Goes to the next hit, now or when it is found.
pub fn step(model: &mut Model, facts: Facts, backward: bool) -> Vec<Effect> {
    let search = &mut model.search;
    search.backward = backward;
    search.missed = false;
    search.stopped = false;
    search.waiting = true;
    let mut effects = go_on(model, facts);
    effects.extend(search_on(model, facts));
    effects
}

/// Goes to what was asked for, if it is known by now.
fn go_on(model: &mut Model, facts: Facts) -> Vec<Effect> {
    refresh(model, facts);
    if !model.search.waiting {
        return Vec::new();
    }
    let done = model.search.next(facts.session).is_none();
    match model.view {
        View::Messages | View::Calls | View::Flow => row_on(model, facts, done),
        View::Findings | View::Tools | View::Changes => entry_on(model, facts, done),
    }
}

fn row_on(model: &mut Model, facts: Facts, done: bool) -> Vec<Effect> {
    let (search, at) = (&model.search, model.cursor.index());
    let (next, between) = match search.backward {
        false => {
            let next = search.seen.at_or_after(at + 1);
            (next, at + 1..next.unwrap_or(facts.session.len()))
        }
        true => {
            let next = search.seen.last_before(at);
            (next, next.map_or(0, |next| next + 1)..at)
        }
    };
    let all = search.seen.len();
    let (row, word) = match next {
        Some(row) if done || search.has_seen(between) => (row, None),
        _ if !done => return Vec::new(),
        _ => {
            let (row, word) = match search.backward {
                false => (search.seen.nth(0), "the beginning"),
                true => (search.seen.nth(all.saturating_sub(1)), "the end"),
            };
            let Some(row) = row else {
                return missed(model);
            };
            (row, Some(word))
        }
    };
    model.search.waiting = false;
    if let Ok(row) = u32::try_from(row) {
        set_cursor(model, facts, RowId(row));
    }
    match word {
        Some(_) if all == 1 => toast(model, "This is the only hit."),
        Some(word) => toast(model, format!("Gone on from {word}.")),
        None => Vec::new(),
    }
}

fn missed(model: &mut Model) -> Vec<Effect> {
    model.search.waiting = false;
    model.search.missed = true;
    let where_ = match (model.view, model.filter.good.is_some()) {
        (_, true) => "Nothing that passes the filter holds this text",
        (View::Messages, _) => "No message holds this text",
        (View::Calls | View::Flow, _) => "No call holds this text",
        _ => "Nothing that is listed here holds this text",
    };
    warn(model, format!("{where_}, as it stands, encoded or hidden."))
}

/// Goes through the entries of a list, around its end: what they say, and what stands behind them.
fn entry_on(model: &mut Model, facts: Facts, done: bool) -> Vec<Effect> {
    let all = lists::len(model, facts, model.view);
    let needle = model.search.text.to_lowercase();
    let from = model.panes().selected;
    let backward = model.search.backward;
    let entry = |step: usize| match backward {
        true => (from + all - step % all.max(1)) % all,
        false => (from + step) % all,
    };
    let hit = (1..=all).find(|step| holds(model, facts, entry(*step), &needle));
    let Some(step) = hit else {
        return match done {
            true => missed(model),
            false => Vec::new(),
        };
    };
    let to = entry(step);
    model.search.waiting = false;
    select(model, facts, to);
    model.search.listed = listed(model, facts);
    let around = match backward {
        true => to >= from,
        false => to <= from,
    };
    match around {
        true if to == from => toast(model, "This is the only hit."),
        true if backward => toast(model, "Gone on from the end."),
        true => toast(model, "Gone on from the beginning."),
        false => Vec::new(),
    }
}

/// The entries that hold the text; `None` where that would take too long, or none is asked for.
fn listed(model: &Model, facts: Facts) -> Option<Vec<usize>> {
    let all = lists::len(model, facts, model.view);
    if !is_list(model.view) || all > COUNTED {
        return None;
    }
    let needle = model.search.text.to_lowercase();
    let holds = |entry: &usize| holds(model, facts, *entry, &needle);
    Some((0..all).filter(holds).collect())
}

/// Whether a view lists other things than messages.
fn is_list(view: View) -> bool {
    matches!(view, View::Findings | View::Tools | View::Changes)
}

/// Whether an entry of a list, or what stands behind it, holds the text.
fn holds(model: &Model, facts: Facts, entry: usize, needle: &str) -> bool {
    if label(model, facts, entry).to_lowercase().contains(needle) {
        return true;
    }
    let search = &model.search;
    match model.view {
        View::Tools => match model.lists.tools.get(entry) {
            Some(ToolRow::Item { item, version, .. }) => search.items.contains(&(*item, *version)),
            _ => false,
        },
        View::Changes => match model.lists.changes.get(entry).map(|shift| shift.what) {
            Some(Shifted::Change(n)) => {
                let change = facts.session.changes().get(n);
                change.is_some_and(|change| brings(search, facts, change.at, change.item))
            }
            Some(Shifted::Drift { item, version }) => search.items.contains(&(item, version)),
            None => false,
        },
        view => lists::anchor(model, facts, view, entry)
            .is_some_and(|row| search.hits.contains(row.index())),
    }
}

/// Whether the version of an item that a message brought holds the text.
fn brings(search: &SearchState, facts: Facts, at: RowId, item: ItemId) -> bool {
    let brought = facts.session.brought_by(at).iter();
    let mut own = brought.filter(|(own, _)| *own == item);
    own.any(|version| search.items.contains(version))
}

/// What an entry says, for searching.
fn label(model: &Model, facts: Facts, entry: usize) -> String {
    let name = |raw: Raw| raw.inline().into_string();
    let item = |id: ItemId| {
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

/// Looks through the next stretch.
pub fn search_on(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let search = &mut model.search;
    let Some(needle) = &search.needle else {
        return Vec::new();
    };
    match search.next(facts.session) {
        Some(rows) if !search.running && !search.stopped => {
            search.running = true;
            vec![Effect::Search(Search {
                generation: search.generation,
                needle: Arc::clone(needle),
                rows,
            })]
        }
        _ => Vec::new(),
    }
}

/// Takes in what was found in a stretch.
pub fn found(model: &mut Model, facts: Facts, found: Found) -> Vec<Effect> {
    if model.search.generation != found.generation {
        return Vec::new();
    }
    model.search.running = false;
    model.search.take(found);
    let mut effects = go_on(model, facts);
    effects.extend(search_on(model, facts));
    effects
}

/// Stops a search that is under way; what was found stays. Gives whether there was one.
pub fn stop(model: &mut Model, facts: Facts) -> Option<Vec<Effect>> {
    let search = &mut model.search;
    let under_way = search.running && search.next(facts.session).is_some();
    if !under_way || search.stopped {
        return None;
    }
    search.stopped = true;
    search.waiting = false;
    let share = search.share(facts.session.len());
    let hits = search.hits.len();
    Some(toast(
        model,
        format!("Searching stopped at {share} %, with {hits} hits so far. n and N go on."),
    ))
}

/// Brings up to date which hits the present view lists.
fn refresh(model: &mut Model, facts: Facts) {
    let calls_only = matches!(model.view, View::Calls | View::Flow);
    let filter = model.filter.good.as_ref().map_or(0, |good| good.generation);
    let search = &mut model.search;
    let of = (search.parts, filter, model.filter.parts, model.view);
    if search.seen_of == Some(of) {
        return;
    }
    let own = match calls_only {
        true => &search.in_calls,
        false => &search.hits,
    };
    search.seen = match &model.lists.passed {
        Some(passed) => own.and(passed),
        None => own.clone(),
    };
    search.seen_of = Some(of);
    model.search.listed = listed(model, facts);
}

/// After each update: which hits there are, and what has to be read to show them.
pub fn settle(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(needle) = model.search.needle.clone() else {
        return Vec::new();
    };
    refresh(model, facts);
    let mut rows: Vec<RowId> = Vec::new();
    if let Some(Overlay::Hits(list)) = &mut model.overlay {
        list.settle(model.size, model.search.seen.len());
        rows.extend(list.rows(&model.search.seen));
    }
    if model.search.hits.contains(model.cursor.index()) {
        rows.push(model.cursor);
    }
    let spelled = model.secrets;
    let search = &mut model.search;
    if search.spelled != spelled || search.quotes.len() > QUOTES {
        search.quotes.clear();
        search.spelled = spelled;
    }
    rows.retain(|row| !search.quotes.contains_key(row));
    if rows.is_empty() {
        return Vec::new();
    }
    for row in &rows {
        search.quotes.insert(*row, None);
    }
    vec![Effect::Quote {
        generation: search.generation,
        needle,
        rows,
        spelled,
    }]
}

/// What stands around hits was read.
pub fn quoted(
    model: &mut Model,
    generation: u64,
    quotes: Vec<(RowId, Option<Quote>)>,
) -> Vec<Effect> {
    if model.search.generation != generation {
        return Vec::new();
    }
    let here = quotes.iter().find(|(row, _)| *row == model.cursor);
    let ways = here.and_then(|(_, quote)| Some(quote.as_ref()?.ways.clone()));
    model.search.quotes.extend(quotes);
    match ways.filter(|ways| !ways.is_empty() && model.overlay.is_none()) {
        Some(ways) => toast(model, format!("Found {ways}.")),
        None => Vec::new(),
    }
}
