//! Playing, pausing, faster and slower.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::message::{Alarm, Effect};
use super::super::model::Model;
use super::super::play::{LONGEST, SPEEDS, State, beside, pause};
use super::step::{beside_call, no_calls};
use super::{set_cursor, toast, warn};
use crate::session::RowId;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "play",
        title: "play the calls in the rhythm of the recording, and pause",
        short: "",
        keys: &["space"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: play,
        disabled: no_calls,
    },
    Command {
        name: "play speed",
        title: "play at 1, 4, 16 or 64 times the recorded speed",
        short: "",
        keys: &["s"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let speed = beside(model.walk.playing.speed, true).unwrap_or(SPEEDS[0]);
            at_speed(model, facts, speed)
        },
        disabled: always,
    },
    Command {
        name: "play faster",
        title: "play faster",
        short: "",
        keys: &["+"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| match beside(model.walk.playing.speed, true) {
            Some(speed) => at_speed(model, facts, speed),
            None => Vec::new(),
        },
        disabled: |model, _| {
            (beside(model.walk.playing.speed, true).is_none())
                .then_some("It plays no faster than this.")
        },
    },
    Command {
        name: "play slower",
        title: "play slower",
        short: "",
        keys: &["-"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| match beside(model.walk.playing.speed, false) {
            Some(speed) => at_speed(model, facts, speed),
            None => Vec::new(),
        },
        disabled: |model, _| {
            (beside(model.walk.playing.speed, false).is_none())
                .then_some("It plays no slower than it was recorded.")
        },
    },
    Command {
        name: "play gaps",
        title: "shorten long silences while playing, or play them in full",
        short: "",
        keys: &["p"],
        group: Group::Step,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let playing = &mut model.walk.playing;
            playing.shortened = !playing.shortened;
            let words = match playing.shortened {
                true => format!(
                    "Silences are shortened to {} s while playing.",
                    LONGEST.as_secs()
                ),
                false => "Silences are played in full; ] goes on to the next call.".to_owned(),
            };
            changed(model, facts, words)
        },
        disabled: always,
    },
];

fn at_speed(model: &mut Model, facts: Facts, speed: u32) -> Vec<Effect> {
    model.walk.playing.speed = speed;
    changed(
        model,
        facts,
        format!("Playing goes at {speed} times the recorded speed."),
    )
}

/// What is under way goes on in the new way, which stands in the timeline; else it is said.
fn changed(model: &mut Model, facts: Facts, words: String) -> Vec<Effect> {
    match model.walk.playing.is_on() {
        true => schedule(model, facts),
        false => toast(model, words),
    }
}

fn play(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.walk.playing.is_on() {
        model.walk.playing.state = State::Paused;
        return toast(model, "Paused. space plays on.");
    }
    if beside_call(model, facts, true).is_none() {
        model.walk.playing.state = State::Stopped;
        return warn(
            model,
            "This is the last call: nothing is left to play. [ goes back, @ anywhere.",
        );
    }
    schedule(model, facts)
}

/// The delay until the next call, or the end of playing.
fn schedule(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let next = beside_call(model, facts, true).and_then(|row| facts.row(row));
    match next.zip(facts.row(model.cursor)) {
        Some((next, here)) => {
            let generation = model.next_generation();
            let playing = &mut model.walk.playing;
            let wait = pause(here.time, next.time, playing.speed, playing.shortened);
            playing.state = State::On { generation, wait };
            vec![Effect::Wake(wait, Alarm::Play(generation))]
        }
        None => {
            model.walk.playing.state = State::Stopped;
            toast(model, "That was the last call.")
        }
    }
}

/// The delay is over: one call further.
pub fn play_on(model: &mut Model, facts: Facts, generation: u64) -> Vec<Effect> {
    let due =
        matches!(model.walk.playing.state, State::On { generation: own, .. } if own == generation);
    if !due {
        return Vec::new();
    }
    if let Some(row) = beside_call(model, facts, true) {
        set_cursor(model, facts, row);
    }
    schedule(model, facts)
}

/// A person took a step: what plays pauses, and what was paused is forgotten.
pub fn stepped(model: &mut Model, from: RowId) {
    if model.cursor == from {
        return;
    }
    let state = &mut model.walk.playing.state;
    *state = match state {
        State::On { .. } => State::Paused,
        State::Paused | State::Stopped => State::Stopped,
    };
}
