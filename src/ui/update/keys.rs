//! Keys that run commands, alone or after a prefix.

use super::super::command::{Command, Lookup, shown_keys};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::{run, warn};

/// A key for the views. `allowed` says which commands may be run at the moment.
pub fn press(
    model: &mut Model,
    facts: Facts,
    key: Key,
    allowed: impl Fn(&Command) -> bool,
) -> Vec<Effect> {
    let mut pressed = std::mem::take(&mut model.keyboard.pending);
    let begun = !pressed.is_empty();
    // Whatever the keys were changed to: this one leaves.
    if key == Key::CTRL_C {
        return vec![Effect::Quit];
    }
    if begun && key.code == Code::Esc {
        return Vec::new();
    }
    pressed.push(key);
    let keymap = model.keyboard.keymap.clone();
    match keymap.lookup(&pressed, model.view, model.focus) {
        Lookup::Found(command) if allowed(command) => run(model, facts, command),
        Lookup::Prefix => {
            let mut rest = keymap.after(&pressed, model.view, model.focus).into_iter();
            if rest.any(|(_, command)| allowed(command)) {
                model.keyboard.pending = pressed;
            }
            Vec::new()
        }
        Lookup::Nothing if begun => {
            let nothing = format!("{} runs nothing here.", shown_keys(&pressed));
            warn(model, nothing)
        }
        Lookup::Nothing => match elsewhere(model, &pressed) {
            Some(where_to) => warn(model, where_to),
            None => Vec::new(),
        },
        Lookup::Found(_) => Vec::new(),
    }
}

/// Where a key that does nothing here would do something.
fn elsewhere(model: &Model, pressed: &[Key]) -> Option<String> {
    let runs = |view: View, focus: Focus| {
        let found = model.keyboard.keymap.lookup(pressed, view, focus);
        !matches!(found, Lookup::Nothing)
    };
    let key = shown_keys(pressed);
    let (list, details) = (Focus::List, Focus::Detail);
    if runs(model.view, list) {
        return Some(format!("{key} is for the list: esc leads there."));
    }
    if runs(model.view, details) {
        return Some(format!("{key} is for the details: enter leads there."));
    }
    let views = View::ALL.into_iter();
    let names: Vec<&str> = views
        .filter(|view| runs(*view, list) || runs(*view, details))
        .map(View::name)
        .collect();
    (!names.is_empty()).then(|| format!("{key} is for {}.", names.join(", ")))
}
