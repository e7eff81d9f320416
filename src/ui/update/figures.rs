//! The figures beside the tools, and what waits.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::lists;
use super::super::message::{Alarm, Effect};
use super::super::model::{Model, View};
use super::super::overlay::Overlay;
use super::super::target::Target;
use super::super::waiting::{self, Waiting};
use super::{go_to, toast};
use std::time::Duration;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "tools order",
        title: "tools as listed, by calls, by errors, by duration (p95), by what they cost in the model's context",
        short: "",
        keys: &["$"],
        group: Group::Look,
        place: Where::views(&[View::Tools]),
        run: order,
        disabled: always,
    },
    Command {
        name: "waiting",
        title: "requests that had no answer yet, and how long they waited",
        short: "",
        keys: &["w"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            model.overlay = Some(Overlay::Waiting(Waiting::default()));
            waiting::refresh(model, facts);
            Vec::new()
        },
        disabled: |_, facts| facts.is_empty().then_some("There are no messages."),
    },
];

/// A second, as the clock beside what waits counts them.
const SECOND: Duration = Duration::from_secs(1);

/// Brings the list of what waits up to date, and keeps the clock running while somebody looks at one that counts.
pub fn clock(model: &mut Model, facts: Facts) -> Vec<Effect> {
    waiting::refresh(model, facts);
    if model.clock.ticking || !waiting::is_seen(model, facts) {
        return Vec::new();
    }
    model.clock.ticking = true;
    vec![
        Effect::Clock(model.clock.read),
        Effect::Wake(SECOND, Alarm::Clock),
    ]
}

/// A key for the list of what waits.
pub fn key(model: &mut Model, facts: Facts, key: Key, mut waiting: Waiting) -> Vec<Effect> {
    let last = waiting.rows.len().saturating_sub(1);
    let page = usize::from(model.size.1 / 2).max(1);
    let at = waiting.selected;
    waiting.selected = match (key.code, key.ctrl) {
        (Code::Enter, _) => {
            return match waiting
                .rows
                .get(at)
                .map(|row| (*row, facts.session.calls()))
            {
                Some((row, calls)) => match calls.binary_search(&row) {
                    Ok(call) => go_to(model, facts, Target::Call(call)),
                    Err(_) => go_to(model, facts, Target::Row(row)),
                },
                None => Vec::new(),
            };
        }
        (Code::Char('q' | 'w'), false) => return Vec::new(),
        (Code::Char('j'), false) | (Code::Down, _) => at + 1,
        (Code::Char('k'), false) | (Code::Up, _) => at.saturating_sub(1),
        (Code::Char('d'), true) | (Code::PageDown, _) => at + page,
        (Code::Char('u'), true) | (Code::PageUp, _) => at.saturating_sub(page),
        (Code::Char('g'), false) | (Code::Home, _) => 0,
        (Code::Char('G'), false) | (Code::End, _) => last,
        _ => at,
    }
    .min(last);
    model.overlay = Some(Overlay::Waiting(waiting));
    Vec::new()
}

/// The next order; what is selected stays so.
fn order(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let selected = model.lists.tools.get(model.panes().selected).copied();
    model.told.order = model.told.order.next();
    lists::refresh(model, facts);
    let same = |row: &lists::ToolRow| selected.is_some_and(|selected| row.is_same(&selected));
    if let Some(place) = model.lists.tools.iter().position(same) {
        model.panes_mut().selected = place;
    }
    match model.told.order.name() {
        "" => toast(model, "Tools stand as their servers list them."),
        name => toast(
            model,
            format!("The tools of each server stand {name}, the most first."),
        ),
    }
}
