//! Filtering: what is typed is tried while it is typed, and rows are looked at a stretch at a time.

use super::super::facts::Facts;
use super::super::lists;
use super::super::message::{Alarm, Effect, Filtered};
use super::super::model::Model;
use super::super::prompt::{FilterState, Good, Saved};
use super::toast;
use crate::session::filter::{Filter, Picked};
use std::sync::Arc;
use std::time::Duration;

/// How long nothing has to be typed before a filter is tried.
const PAUSE: Duration = Duration::from_millis(150);

/// Takes a typed filter. One that cannot be read is kept beside its error, and the last good one stays in force.
pub fn set_filter(model: &mut Model, facts: Facts, text: &str) -> Vec<Effect> {
    let text = text.trim();
    let goes_on = match &model.filter.good {
        Some(good) => good.text == text,
        None => text.is_empty() && model.filter.before.is_some(),
    };
    model.filter.before = None;
    if goes_on {
        model.filter.error = None;
        model.filter.stopped = false;
        return filter_on(model, facts);
    }
    let effects = put(model, facts, text);
    match text.is_empty() {
        true => toast(model, "All is shown."),
        false => effects,
    }
}

fn put(model: &mut Model, facts: Facts, text: &str) -> Vec<Effect> {
    if text.is_empty() {
        model.filter = FilterState {
            before: model.filter.before.take(),
            ..FilterState::default()
        };
        model.lists.passed = None;
        return Vec::new();
    }
    model.filter.text = text.to_owned();
    match Filter::parse(text) {
        Ok(filter) => {
            let good = Good {
                text: text.to_owned(),
                filter: Arc::new(filter),
                generation: model.next_generation(),
                running: false,
            };
            model.filter = FilterState {
                text: text.to_owned(),
                good: Some(good),
                parts: model.filter.parts + 1,
                before: model.filter.before.take(),
                judged: (facts.findings.len(), facts.findings.turns()),
                ..FilterState::default()
            };
            model.lists.passed = Some(Picked::default());
            filter_on(model, facts)
        }
        Err(error) => {
            model.filter.error = Some((error.at, error.message));
            Vec::new()
        }
    }
}

/// Something was typed into the line: after a pause it is tried.
pub fn typed(model: &mut Model) -> Vec<Effect> {
    model.filter.error = None;
    let generation = model.next_generation();
    model.filter.typed = generation;
    vec![Effect::Wake(PAUSE, Alarm::Typed(generation))]
}

/// Tries what stands in the line. What was in force before comes back with `esc`.
pub fn preview(model: &mut Model, facts: Facts, text: &str) -> Vec<Effect> {
    let text = text.trim();
    let same = model.filter.good.as_ref().map_or("", |good| &good.text) == text;
    if same {
        return Vec::new();
    }
    if model.filter.before.is_none() && (text.is_empty() || Filter::parse(text).is_ok()) {
        let state = model.filter.clone();
        let passed = model.lists.passed.clone();
        model.filter.before = Some(Box::new(Saved { state, passed }));
    }
    put(model, facts, text)
}

/// The line is left without `enter`: what was in force before it was opened is so again.
pub fn take_back(model: &mut Model, facts: Facts) -> Vec<Effect> {
    model.filter.error = None;
    let Some(saved) = model.filter.before.take() else {
        return Vec::new();
    };
    let generation = model.next_generation();
    let parts = model.filter.parts + 1;
    model.filter = saved.state;
    model.filter.error = None;
    model.filter.parts = parts;
    let asked = std::mem::take(&mut model.filter.asked);
    model.filter.again.extend(asked);
    if let Some(good) = &mut model.filter.good {
        good.generation = generation;
        good.running = false;
    }
    model.lists.passed = saved.passed;
    filter_on(model, facts)
}

/// Looks through the rows that the filter has not seen yet.
pub fn filter_on(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let generation = model.next_generation();
    let state = &mut model.filter;
    let Some(good) = &mut state.good else {
        return Vec::new();
    };
    if good.filter.needs_study() {
        let (known, turns) = state.judged;
        if turns != facts.findings.turns() {
            // What passed may pass no longer, also what a stretch that is under way lets through.
            state.upto = 0;
            state.again.clear();
            state.asked.clear();
            state.parts += 1;
            good.generation = generation;
            good.running = false;
        } else if let Some(new) = facts.findings.list().get(known..) {
            let rows = new.iter().map(|finding| finding.row);
            let both = rows.flat_map(|row| [Some(row), facts.row(row).and_then(|r| r.pair())]);
            state.again.extend(both.flatten());
        }
        state.judged = (facts.findings.len(), facts.findings.turns());
    }
    let from = state.upto;
    let more = from < good.filter.ready(facts.session) || !state.again.is_empty();
    if good.running || state.stopped || !more {
        return Vec::new();
    }
    good.running = true;
    state.asked = std::mem::take(&mut state.again);
    vec![Effect::Filter {
        generation: good.generation,
        filter: Arc::clone(&good.filter),
        from,
        again: state.asked.clone(),
    }]
}

/// Takes in the rows that pass, from one stretch.
pub fn filtered(model: &mut Model, facts: Facts, found: Filtered) -> Vec<Effect> {
    match &mut model.filter.good {
        Some(good) if good.generation == found.generation => good.running = false,
        _ => return Vec::new(),
    }
    model.filter.asked.clear();
    let passed = model.lists.passed.get_or_insert_default();
    if found.part.range.start == 0 {
        // A pass begins: what an earlier one let through was listed up to now.
        *passed = Picked::default();
    }
    let again: Vec<(usize, bool)> = found
        .again
        .iter()
        .map(|(row, passes)| (row.index(), *passes))
        .collect();
    passed.change(&again);
    passed.extend(found.part.range.clone(), &found.part.words);
    model.filter.upto = found.part.range.end;
    model.filter.parts += 1;
    if let Some((first, _)) = found.again.first() {
        lists::look_again(model, facts, *first);
    }
    filter_on(model, facts)
}

/// Stops a pass that is under way; what was found stays. Gives whether there was one.
pub fn stop(model: &mut Model, facts: Facts) -> Option<Vec<Effect>> {
    let running = model.filter.good.as_ref()?.running && model.filter.upto < facts.session.len();
    if !running || model.filter.stopped {
        return None;
    }
    model.filter.stopped = true;
    let share = model.filter.share(facts.session.len());
    Some(toast(
        model,
        format!(
            "Filtering stopped at {share} %; what was found stays. f and enter go on, X shows all."
        ),
    ))
}
