//! Keys while something lies on top of the views.

use super::super::complete;
use super::super::facts::Facts;
use super::super::help::Help;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::{Overlay, Picker, Prompt, Purpose};
use super::super::prompt::Line;
use super::super::typing::{self, Cycle};
use super::{
    bulk, comparing, copy, filing, filter, gate, help, hits, keys, look, palette, places, search,
    themes, tour, triage,
};
use crate::analysis::signal::secret;
use crate::capture::gate::protocol::Decision;
use crate::store::history::Kind;

/// A key for the overlay that is open.
pub fn key(model: &mut Model, facts: Facts, key: Key) -> Vec<Effect> {
    let Some(overlay) = model.overlay.take() else {
        return Vec::new();
    };
    if key == Key::CTRL_C {
        return vec![Effect::Quit];
    }
    if key.code == Code::Esc && !model.keyboard.pending.is_empty() {
        model.keyboard.pending.clear();
        model.overlay = Some(overlay);
        return Vec::new();
    }
    if key.code == Code::Esc {
        return match overlay {
            Overlay::Picker(mut picker) if !picker.line.text().is_empty() => {
                picker.line = Line::default();
                picker.selected = 0;
                model.overlay = Some(Overlay::Picker(picker));
                Vec::new()
            }
            Overlay::Picker(_) => vec![Effect::Quit],
            Overlay::Themes(choosing) => themes::leave(model, choosing),
            Overlay::Prompt(Prompt {
                purpose: Purpose::Filter,
                ..
            }) => filter::take_back(model, facts),
            // Denying is thought better of: it is asked again.
            Overlay::Prompt(Prompt {
                purpose: Purpose::Deny(held),
                ..
            }) => {
                model.overlay = Some(Overlay::Held(held));
                Vec::new()
            }
            Overlay::Tour(_) => tour::over(model),
            Overlay::Help(open) if !open.line.text().is_empty() => {
                model.overlay = Some(Overlay::Help(Help::default()));
                Vec::new()
            }
            _ => Vec::new(),
        };
    }
    match overlay {
        Overlay::Waiting(waiting) => super::figures::key(model, facts, key, waiting),
        Overlay::Help(open) => help::key(model, key, open),
        Overlay::Tour(step) => tour::key(model, key, step),
        Overlay::Sources(scroll) => scrolling(model, key, scroll, Overlay::Sources),
        Overlay::Zoom(zoom)
            if key.code == Code::Char('Y') || !model.keyboard.pending.is_empty() =>
        {
            model.overlay = Some(Overlay::Zoom(zoom));
            keys::press(model, facts, key, copy::is_copying)
        }
        Overlay::Zoom(zoom) => {
            let mut zoom = zoom;
            match key.code {
                Code::Char('q' | 'z') | Code::Enter => return Vec::new(),
                Code::Char('n') | Code::Right => zoom.turn(true, !model.secrets),
                Code::Char('p') | Code::Left => zoom.turn(false, !model.secrets),
                Code::Char('x') => {
                    let bytes = zoom
                        .value
                        .at
                        .map(|(of, node)| look::open(model, of, node, !zoom.value.dumped));
                    model.overlay = Some(Overlay::Zoom(zoom));
                    return bytes.unwrap_or_default();
                }
                Code::Char('S') => {
                    model.secrets = !model.secrets;
                    if let Some((of, node)) = zoom.value.at.filter(|_| zoom.value.is_dumped()) {
                        let hex = zoom.value.dumped;
                        model.overlay = Some(Overlay::Zoom(zoom));
                        return look::open(model, of, node, hex);
                    }
                    zoom.to_evidence(model.size, !model.secrets);
                }
                Code::Char('y') => {
                    model.overlay = Some(Overlay::Zoom(zoom));
                    return copy::copy(model, facts);
                }
                _ => zoom.scroll = scrolled(zoom.scroll, key, model.size.1).unwrap_or(zoom.scroll),
            }
            model.overlay = Some(Overlay::Zoom(zoom));
            Vec::new()
        }
        Overlay::Hits(list) => hits::key(model, facts, key, list),
        Overlay::Compared(open) => comparing::key(model, facts, key, open),
        Overlay::Choice(choice) => comparing::choice_key(model, facts, key, choice),
        Overlay::Held(held) => gate::key(model, facts, key, held),
        Overlay::Themes(choosing) => themes::key(model, key, choosing),
        Overlay::Bulk(bulk) => bulk::key(model, facts, key, bulk),
        Overlay::Palette(palette) => palette::key(model, facts, key, palette),
        Overlay::Places(places) => places::key(model, facts, key, places),
        Overlay::GoTo(typed) => places::typed(model, facts, key, typed),
        Overlay::Prompt(prompt) => prompt_key(model, facts, key, prompt),
        Overlay::Picker(picker) => picker_key(model, key, picker),
    }
}

/// A page that only scrolls, and closes.
fn scrolling(
    model: &mut Model,
    key: Key,
    scroll: usize,
    page: fn(usize) -> Overlay,
) -> Vec<Effect> {
    let closes = matches!(key.code, Code::Char('q' | '?' | 'i') | Code::Enter);
    let scroll = scrolled(scroll, key, model.size.1).or((!closes).then_some(scroll));
    model.overlay = scroll.map(page);
    Vec::new()
}

/// Where a motion key scrolls to; `None` for other keys. What lies beyond the end is cut off by the view.
fn scrolled(from: usize, key: Key, height: u16) -> Option<usize> {
    let page = usize::from(height.saturating_sub(6)).max(1);
    Some(match (key.code, key.ctrl) {
        (Code::Char('j'), false) | (Code::Down, _) => from + 1,
        (Code::Char('k'), false) | (Code::Up, _) => from.saturating_sub(1),
        (Code::Char('d'), true) => from + page / 2,
        (Code::Char('u'), true) => from.saturating_sub(page / 2),
        (Code::PageDown, _) => from + page,
        (Code::PageUp, _) => from.saturating_sub(page),
        (Code::Char('g'), false) | (Code::Home, _) => 0,
        _ => return None,
    })
}

/// Letters search; what moves are the arrows and their like.
fn picker_key(model: &mut Model, key: Key, mut picker: Picker) -> Vec<Effect> {
    let last = picker.hits().len().saturating_sub(1);
    let page = usize::from(model.size.1.saturating_sub(6)).max(1);
    let at = picker.selected;
    picker.selected = match (key.code, key.ctrl) {
        (Code::Enter, _) => {
            if let Some(entry) = picker.chosen() {
                return vec![Effect::Choose(entry.number)];
            }
            at
        }
        (Code::Down | Code::Tab, _) | (Code::Char('n'), true) => at + 1,
        (Code::Up | Code::BackTab, _) | (Code::Char('p'), true) => at.saturating_sub(1),
        (Code::PageDown, _) | (Code::Char('d'), true) => at + page,
        (Code::PageUp, _) | (Code::Char('u'), true) => at.saturating_sub(page),
        _ => match picker.line.edit(key) {
            true => 0,
            false => at,
        },
    }
    .min(last);
    model.overlay = Some(Overlay::Picker(picker));
    Vec::new()
}

fn prompt_key(model: &mut Model, facts: Facts, key: Key, mut prompt: Prompt) -> Vec<Effect> {
    if key.code == Code::Enter {
        return accept(model, facts, prompt);
    }
    if key.code == Code::Backspace
        && prompt.line.text().is_empty()
        && !matches!(prompt.purpose, Purpose::Filter | Purpose::Deny(_))
    {
        return Vec::new();
    }
    let is_filter = matches!(prompt.purpose, Purpose::Filter);
    let changed = match (key.code, typing::kind(&prompt.purpose)) {
        (Code::Tab | Code::BackTab, Some(_)) if is_filter => {
            complete(model, &mut prompt, facts, key.code == Code::BackTab);
            true
        }
        (code @ (Code::Up | Code::Down), Some(kind)) => {
            let typed = prompt.line.text();
            let line = model.typing.recall(kind, typed, code == Code::Up);
            line.map(|line| prompt.line = Line::new(&line)).is_some()
        }
        _ => {
            model.typing.reset();
            prompt.line.edit(key)
        }
    };
    model.overlay = Some(Overlay::Prompt(prompt));
    match changed && is_filter {
        true => filter::typed(model),
        false => Vec::new(),
    }
}

/// Nothing was typed for a while: a filter is tried as far as it stands there.
pub fn paused(model: &mut Model, facts: Facts, generation: u64) -> Vec<Effect> {
    match &model.overlay {
        Some(Overlay::Prompt(prompt))
            if matches!(prompt.purpose, Purpose::Filter) && model.filter.typed == generation =>
        {
            let text = prompt.line.text().to_owned();
            filter::preview(model, facts, &text)
        }
        _ => Vec::new(),
    }
}

/// Types what all candidates have in common; then they stand there one after the other.
fn complete(model: &mut Model, prompt: &mut Prompt, facts: Facts, backward: bool) {
    if let Some(cycle) = &mut model.typing.cycle {
        let part = cycle.start..prompt.line.caret();
        let text = cycle.turn(backward).to_owned();
        prompt.line.replace(part, &text);
        return;
    }
    let (part, candidates) = complete::candidates(prompt.line.text(), prompt.line.caret(), facts);
    let common = complete::common(&candidates);
    let typed = prompt.line.text().get(part.clone()).map_or(0, str::len);
    match candidates.as_slice() {
        [] => {}
        [only] => prompt.line.replace(part, &only.text),
        _ if common.len() > typed => prompt.line.replace(part, common),
        all => {
            let mut cycle = Cycle {
                start: part.start,
                texts: all.iter().map(|one| one.text.clone()).collect(),
                at: all.len() - 1,
            };
            if backward {
                cycle.at = 0;
            }
            prompt.line.replace(part, cycle.turn(backward));
            model.typing.cycle = Some(cycle);
        }
    }
}

/// Keeps a line for another time, unless it looks like a secret.
fn remember(model: &mut Model, kind: Kind, text: &str) -> Option<Effect> {
    model.typing.reset();
    let keeps = secret::find(text.as_bytes()).is_empty();
    keeps.then(|| {
        model.typing.history.push(kind, text);
        Effect::Remember(kind, text.to_owned())
    })
}

fn accept(model: &mut Model, facts: Facts, prompt: Prompt) -> Vec<Effect> {
    let text = prompt.line.text();
    match &prompt.purpose {
        Purpose::Search => {
            let mut effects = search::start(model, facts, text);
            effects.extend(remember(model, Kind::Search, text));
            effects
        }
        Purpose::Filter => {
            let mut effects = filter::set_filter(model, facts, text);
            match model.filter.error.is_some() {
                // The line stays open, with the caret under the fault.
                true => model.overlay = Some(Overlay::Prompt(prompt)),
                false => effects.extend(remember(model, Kind::Filter, text)),
            }
            effects
        }
        Purpose::Note(key) => triage::noted(model, facts, key, text),
        Purpose::Report { refused } => filing::report_to(model, text, refused.as_deref()),
        Purpose::CaseName => filing::named(model, text),
        Purpose::AddSource => filing::add(text),
        Purpose::Deny(held) => {
            let reason = text.to_owned();
            gate::decide(model, held.clone(), Decision::Deny { reason })
        }
    }
}

/// Pasted text goes into the line that is being typed.
pub fn paste(model: &mut Model, text: &str) -> Vec<Effect> {
    let line: Option<&mut Line> = match &mut model.overlay {
        Some(Overlay::Palette(palette)) => Some(&mut palette.line),
        Some(Overlay::Picker(picker)) => {
            picker.selected = 0;
            Some(&mut picker.line)
        }
        Some(Overlay::Prompt(prompt)) => Some(&mut prompt.line),
        Some(Overlay::GoTo(typed)) => Some(&mut typed.line),
        _ => None,
    };
    if let Some(line) = line {
        line.insert(text);
    }
    Vec::new()
}
