//! Deciding on what gates hold.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::hold::{GateNews, Hold, HoldKey};
use super::super::key::{Code, Key};
use super::super::message::{Alarm, Effect};
use super::super::model::{Focus, Model, View};
use super::super::overlay::{Overlay, Prompt, Purpose};
use super::super::prompt::Line;
use super::super::target::Target;
use super::{go_to, keys, toast, warn};
use crate::capture::gate::protocol::{Decision, HeldKind};
use crate::session::RowId;
use crate::text::Raw;
use std::time::Duration;

pub static COMMANDS: &[Command] = &[Command {
    name: "held",
    title: "go to the call that a gate holds, and decide on it",
    short: "",
    keys: &["H"],
    group: Group::Step,
    place: Where::EVERYWHERE,
    run: |model, facts| match model.holds.list.first().map(Hold::key) {
        Some(first) => show(model, facts, first),
        None => Vec::new(),
    },
    disabled: |model, _| {
        model.holds.is_empty().then_some(
            "Nothing is held. A tap that was started with --gate holds calls until a person decides on them.",
        )
    },
}];

/// How often the time that is left is counted down.
const TICK: Duration = Duration::from_secs(1);

/// Something was heard of a gate.
pub fn heard(model: &mut Model, facts: Facts, news: GateNews) -> Vec<Effect> {
    match news {
        GateNews::Held { session, held } => {
            let first = model.holds.is_empty();
            model.holds.add(session, held);
            let mut effects = vec![Effect::Ring];
            if first {
                model.holds.clock += 1;
                effects.push(Effect::Wake(TICK, Alarm::Hold(model.holds.clock)));
            }
            effects
        }
        GateNews::Released { key, how, by } => {
            let Some(hold) = model.holds.remove(&key) else {
                return Vec::new();
            };
            let name = Raw::new(hold.held.name.as_bytes()).label(40);
            let (how, by) = (how.replace('-', " "), Raw::new(by.as_bytes()).label(40));
            let how = Raw::new(how.as_bytes()).label(40);
            let mut effects = toast(model, format!("{name}: {how} by {by}."));
            effects.extend(go_on(model, facts, &key));
            effects
        }
        GateNews::Refused { key, why } => {
            if let Some(hold) = model.holds.get_mut(&key) {
                hold.decided = false;
            }
            warn(model, Raw::new(why.as_bytes()).label(200))
        }
        GateNews::Gone { session } => {
            let gone = |hold: &Hold| hold.session == session;
            let lost: Vec<HoldKey> = model
                .holds
                .list
                .iter()
                .filter(|hold| gone(hold))
                .map(Hold::key)
                .collect();
            model.holds.list.retain(|hold| !gone(hold));
            let mut effects = Vec::new();
            if !lost.is_empty() {
                effects = warn(model, "A tap ended while it held a call.");
            }
            for key in &lost {
                effects.extend(go_on(model, facts, key));
            }
            effects
        }
    }
}

/// A second went by.
pub fn ticked(model: &mut Model, clock: u64) -> Vec<Effect> {
    if clock != model.holds.clock || model.holds.is_empty() {
        return Vec::new();
    }
    model.holds.pass(TICK.as_millis() as u64);
    vec![Effect::Wake(TICK, Alarm::Hold(clock))]
}

/// What was shown is decided: the next one is shown, or what lay below.
fn go_on(model: &mut Model, facts: Facts, done: &HoldKey) -> Vec<Effect> {
    let shown = match &model.overlay {
        Some(Overlay::Held(key)) => key == done,
        Some(Overlay::Prompt(prompt)) => {
            matches!(&prompt.purpose, Purpose::Deny(key) if key == done)
        }
        _ => false,
    };
    if !shown {
        return Vec::new();
    }
    model.overlay = None;
    match model.holds.list.first().map(Hold::key) {
        Some(next) => show(model, facts, next),
        None => Vec::new(),
    }
}

/// Goes to what is held, as it is in the recording, and asks.
fn show(model: &mut Model, facts: Facts, key: HoldKey) -> Vec<Effect> {
    let Some(hold) = model.holds.get(&key) else {
        return Vec::new();
    };
    let (what, row) = (hold.held.what, row_of(facts, hold));
    let effects = match (row, what) {
        (None, _) => Vec::new(),
        (Some(row), HeldKind::Call) => match facts.session.call_of(row) {
            Some(call) => go_to(model, facts, Target::Call(call)),
            None => go_to(model, facts, Target::Row(row)),
        },
        (Some(row), HeldKind::Listing) => {
            let change = facts.session.changes().iter().position(|one| one.at == row);
            match change {
                Some(change) => go_to(model, facts, Target::Change(change)),
                None => go_to(model, facts, Target::Row(row)),
            }
        }
    };
    if model.view != View::Messages {
        model.focus = Focus::Detail;
    }
    model.holds.sought = row.is_none().then(|| key.clone());
    // It must stay in sight, whatever else is said meanwhile.
    model.following = false;
    model.overlay = Some(Overlay::Held(key));
    effects
}

/// The recording may be read a moment after the gate told of what it holds: it is looked for again.
pub fn grew(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let Some(key) = model.holds.sought.take() else {
        return Vec::new();
    };
    match &model.overlay {
        Some(Overlay::Held(shown)) if *shown == key => show(model, facts, key),
        _ => Vec::new(),
    }
}

/// The message that is held. The recording numbers its entries, one a line: usually the line has the same number.
fn row_of(facts: Facts, hold: &Hold) -> Option<RowId> {
    /// How far back it is looked for.
    const NEAR: usize = 50_000;
    /// How many lines with other numbers are read.
    const MOST: usize = 200;
    let session = facts.session;
    let seq = hold.held.seq;
    let of_this = |row: &RowId| {
        let conn = &session.connections()[session.row(*row).conn.index()];
        conn.key.as_raw() == hold.session.as_str()
    };
    let is_it = |row: &RowId| {
        let body = session.read(*row).ok();
        body.and_then(|body| body.seq()) == Some(seq)
    };
    let last = session.len();
    let near = (last.saturating_sub(NEAR)..last)
        .rev()
        .filter_map(|row| u32::try_from(row).ok().map(RowId))
        .filter(of_this);
    let by_line = near
        .clone()
        .find(|row| u64::from(session.row(*row).line) == seq)
        .filter(is_it);
    by_line.or_else(|| near.take(MOST).find(is_it))
}

/// A key while it is asked what shall become of something that is held.
pub fn key(model: &mut Model, facts: Facts, pressed: Key, held: HoldKey) -> Vec<Effect> {
    let others: Vec<HoldKey> = model.holds.list.iter().map(Hold::key).collect();
    let next = |forward: bool| {
        let at = others.iter().position(|key| *key == held)?;
        let step = if forward { 1 } else { others.len() - 1 };
        others.get((at + step) % others.len()).cloned()
    };
    let decision = match (pressed.code, pressed.ctrl) {
        _ if !model.keyboard.pending.is_empty() => None,
        (Code::Esc | Code::Char('q'), _) => return Vec::new(),
        (Code::Tab | Code::BackTab, _) => {
            return match next(pressed.code == Code::Tab) {
                Some(key) => show(model, facts, key),
                None => Vec::new(),
            };
        }
        (Code::Char('d'), false) => {
            model.overlay = Some(Overlay::Prompt(Prompt {
                purpose: Purpose::Deny(held),
                line: Line::default(),
            }));
            return Vec::new();
        }
        (Code::Char('a'), false) => Some(Decision::Allow),
        (Code::Char('n'), false) => Some(Decision::AllowFromNow),
        _ => None,
    };
    model.overlay = Some(Overlay::Held(held.clone()));
    match decision {
        Some(decision) => decide(model, held, decision),
        // What is held can be read while it is asked.
        None => keys::press(model, facts, pressed, |command| {
            command.group == Group::Move
        }),
    }
}

/// Says it to the gate; that it is done is heard from there.
pub fn decide(model: &mut Model, key: HoldKey, decision: Decision) -> Vec<Effect> {
    match model.holds.get_mut(&key) {
        Some(hold) if !hold.decided => {
            hold.decided = true;
            model.overlay = Some(Overlay::Held(key.clone()));
            vec![Effect::Answer(key, decision)]
        }
        _ => Vec::new(),
    }
}
