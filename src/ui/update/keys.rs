//! Keys that run commands, alone or after a prefix.

use super::super::command::{Command, Lookup, shown_keys};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
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
        Lookup::Found(_) | Lookup::Nothing => Vec::new(),
    }
}
