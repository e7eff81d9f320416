//! What happens to the model. No file, no terminal, no clock: what needs one of these is an [`Effect`]. (One exception,
//! kept small by [`body`]: bodies of a few kilobytes are read from the recording at once.)

mod bulk;
mod comparing;
mod copy;
mod decide;
mod figures;
mod filing;
mod filter;
mod find;
mod fold;
mod gate;
mod go;
mod help;
mod hits;
mod keep;
mod keys;
mod look;
mod motion;
mod mouse;
mod overlay;
mod palette;
mod places;
mod playing;
mod pointed;
mod program;
mod queue;
mod reach;
mod scrub;
mod search;
mod seek;
mod step;
mod themes;
mod tour;
pub mod triage;

use super::command::Command;
use super::facts::{self, Facts};
use super::key::Key;
use super::message::{Alarm, Effect, Message};
use super::model::{Model, Toast, View};
use super::overlay::Overlay;
use super::tree::Tree;
use super::view::layout;
use super::widget::rows::scrolled_to;
use super::{lists, view};
use crate::session::RowId;
use std::time::Duration;

pub use filing::{farewell, unkept};
pub use go::{go_to, place};
pub use palette::ARGUMENTS;
pub use places::count as places_count;

/// The commands, a table a file.
pub static COMMANDS: &[&[Command]] = &[
    step::COMMANDS,
    seek::COMMANDS,
    playing::COMMANDS,
    places::COMMANDS,
    scrub::COMMANDS,
    go::COMMANDS,
    comparing::COMMANDS,
    find::COMMANDS,
    triage::COMMANDS,
    keep::COMMANDS,
    filing::COMMANDS,
    copy::COMMANDS,
    fold::COMMANDS,
    gate::COMMANDS,
    decide::COMMANDS,
    look::COMMANDS,
    themes::COMMANDS,
    figures::COMMANDS,
    motion::COMMANDS,
    program::VIEWS,
    program::COMMANDS,
    tour::COMMANDS,
];

/// How long a toast stays.
const TOAST: Duration = Duration::from_secs(4);

/// Takes in one message; returns what has to be done about it.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    let case = model.case.clone();
    facts::with(&case, |facts| {
        let by_hand = matches!(message, Message::Key(_) | Message::Mouse(_));
        let from = model.cursor;
        let mut effects = take(model, facts, message);
        if by_hand {
            playing::stepped(model, from);
        }
        if model.cursor != from {
            model.walk.seek = None;
        }
        effects.extend(filing::settle(model, facts));
        effects.extend(settle(model, facts));
        effects
    })
}

fn take(model: &mut Model, facts: Facts, message: Message) -> Vec<Effect> {
    match message {
        Message::Key(key) => key_pressed(model, facts, key),
        Message::Gate(news) => gate::heard(model, facts, news),
        Message::Offered(entries) => {
            if let Some(Overlay::Picker(picker)) = &mut model.overlay {
                picker.offer(entries);
            }
            Vec::new()
        }
        Message::Paste(text) => overlay::paste(model, &text),
        Message::Mouse(mouse) => {
            model.filing.touched = true;
            model.keyboard.pending.clear();
            mouse::take(model, facts, mouse)
        }
        Message::Resize(width, height) => {
            model.size = (width, height);
            Vec::new()
        }
        Message::Grew => grew(model, facts),
        Message::Loaded(key, loaded) => {
            model.bodies.put(key, loaded);
            Vec::new()
        }
        Message::Filtered(part) => filter::filtered(model, facts, part),
        Message::Found(found) => search::found(model, facts, found),
        Message::Recalled(history) => {
            model.typing.learn(history);
            Vec::new()
        }
        Message::Quoted {
            generation,
            quotes,
            spelled,
        } => match model.secrets == spelled {
            true => search::quoted(model, generation, quotes),
            // It was asked for before secrets were masked again, or spelled out.
            false => Vec::new(),
        },
        Message::Compared(job, outcome) => {
            model.compared.take(&job, outcome);
            Vec::new()
        }
        Message::Decided(told) => decide::told(model, told),
        Message::Opened(zoom) => look::opened(model, *zoom),
        Message::Painted(part, spans) => {
            model.codes.put(part, spans);
            Vec::new()
        }
        Message::Copied(copied) => copy::copied(model, copied),
        Message::Preferred(told) => themes::preferred(model, told),
        Message::Taken(taken) => copy::taken(model, taken),
        Message::Woke(Alarm::Toast(generation)) => {
            if model
                .toast
                .as_ref()
                .is_some_and(|toast| toast.generation == generation)
            {
                model.toast = None;
            }
            Vec::new()
        }
        Message::Clock(now) => {
            model.clock.now = Some(now);
            Vec::new()
        }
        Message::Woke(Alarm::Clock) => {
            model.clock.ticking = false;
            Vec::new()
        }
        Message::Filed(news) => filing::told(model, facts, news),
        Message::Woke(Alarm::Keep(generation)) => filing::due(model, generation),
        Message::Woke(Alarm::Hold(clock)) => gate::ticked(model, clock),
        Message::Woke(Alarm::Typed(generation)) => overlay::paused(model, facts, generation),
        Message::Woke(Alarm::Play(generation)) => playing::play_on(model, facts, generation),
        Message::Woke(Alarm::Seek(generation)) => seek::woke(model, facts, generation),
    }
}

fn key_pressed(model: &mut Model, facts: Facts, key: Key) -> Vec<Effect> {
    model.filing.touched = true;
    let until_a_key = |toast: &Toast| toast.generation == Toast::UNTIL_A_KEY;
    if model.toast.as_ref().is_some_and(until_a_key) {
        model.toast = None;
    }
    match model.overlay {
        Some(_) => overlay::key(model, facts, key),
        None => keys::press(model, facts, key, |_| true),
    }
}

/// Runs a command, or says why it cannot be run.
pub fn run(model: &mut Model, facts: Facts, command: &Command) -> Vec<Effect> {
    match (command.disabled)(model, facts) {
        Some(reason) => warn(model, reason),
        None => (command.run)(model, facts),
    }
}

/// Says something for a few seconds.
pub fn toast(model: &mut Model, text: impl Into<String>) -> Vec<Effect> {
    show_toast(model, text.into(), false)
}

/// Says why something cannot be done.
pub fn warn(model: &mut Model, text: impl Into<String>) -> Vec<Effect> {
    show_toast(model, text.into(), true)
}

fn show_toast(model: &mut Model, text: String, bad: bool) -> Vec<Effect> {
    let generation = model.next_generation();
    model.toast = Some(Toast {
        text,
        bad,
        generation,
    });
    vec![Effect::Wake(TOAST, Alarm::Toast(generation))]
}

/// Moves the shared cursor.
pub fn set_cursor(model: &mut Model, facts: Facts, row: RowId) {
    if (row.0 as usize) < facts.session.len() {
        model.cursor = row;
        model.following &= facts.session.last() == Some(row);
    }
}

fn grew(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.following
        && let Some(last) = facts.session.last()
    {
        model.cursor = last;
    }
    let mut effects = gate::grew(model, facts);
    effects.extend(filter::filter_on(model, facts));
    effects.extend(search::search_on(model, facts));
    effects
}

/// Brings what is derived up to date: the lists, what is selected in them, what has to be read.
fn settle(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if layout::of(model).folded
        && model.view == View::Flow
        && lists::len(model, facts, View::Flow) == 0
    {
        model.focus = super::model::Focus::List;
    }
    lists::refresh(model, facts);
    let clock = figures::clock(model, facts);
    let view = model.view;
    let panes = *model.panes();
    let all = lists::len(model, facts, view);
    let selected =
        lists::entry_of_cursor(model, facts, view, panes.selected).min(all.saturating_sub(1));
    let seen = layout::entries_seen(model);
    let changed = selected != panes.selected;
    let panes = model.panes_mut();
    panes.selected = selected;
    panes.offset = if seen == 0 {
        panes.offset
    } else {
        scrolled_to(selected, panes.offset, seen, all)
    };
    if changed {
        panes.scroll = 0;
        panes.link = 0;
    }
    let mut effects = search::settle(model, facts);
    effects.extend(clock);
    let wanted = view::wants(model, facts);
    for key in &wanted {
        if model.bodies.want(facts.session, *key) {
            effects.push(Effect::Read(*key));
        }
    }
    model.bodies.trim(&wanted);
    for pair in view::pairs(model, facts) {
        let which = (pair, model.secrets);
        let job = model.compared.want(facts, &model.trust, which);
        effects.extend(job.map(Effect::Compare));
    }
    settle_tree(model, facts);
    effects.extend(view::code_jobs(model, facts).into_iter().map(Effect::Paint));
    effects
}

/// The JSON tree follows the cursor, and keeps what is seen of it on the screen.
fn settle_tree(model: &mut Model, facts: Facts) {
    let Some(of) = view::tree_of(model, facts) else {
        model.tree = None;
        return;
    };
    let Some(json) = model.bodies.get(of).ready() else {
        model.tree = None;
        return;
    };
    if model.tree.as_ref().is_none_or(|tree| tree.of != of) {
        let mut tree = Tree::new(of, json);
        if let Some(id) = view::tree_start(model, json) {
            tree.reveal(json, id);
        }
        model.tree = Some(tree);
    }
    let spot = model.walk.tree.take();
    if let Some((tree, spot)) = model.tree.as_mut().zip(spot.filter(|spot| spot.of == of)) {
        tree.selected = spot.selected.min(tree.seen().len().saturating_sub(1));
        tree.offset = spot.offset;
    }
    let seen = view::tree_rows(model);
    if let Some(tree) = &mut model.tree {
        tree.offset = scrolled_to(tree.selected, tree.offset, seen.max(1), tree.seen().len());
    }
}
