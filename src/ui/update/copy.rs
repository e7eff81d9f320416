//! Copying: what goes, and what is told of it once it is there.

use super::super::clipboard::{By, Copied, Copy};
use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::view;
use super::{toast, warn};

pub static COMMANDS: &[Command] = &[Command {
    name: "copy",
    title: "copy what the details show, as it is shown",
    short: "",
    keys: &["y"],
    group: Group::Keep,
    place: Where::EVERYWHERE,
    run: copy,
    disabled: |_, facts| facts.is_empty().then_some("There is nothing to copy yet."),
}];

/// Said where secrets stay masked.
pub const MASKED: &str = "secrets masked as shown; S spells them out";

/// Copies what is shown. What is masked stays masked, and that is said.
pub fn copy(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let (text, masked) = view::text_to_copy(model, facts);
    if text.is_empty() {
        return warn(model, "There is nothing to copy here.");
    }
    let notes = masked.then(|| MASKED.to_owned()).into_iter().collect();
    send(text, "what is shown", notes)
}

/// Asks for a text to be put on the clipboard.
pub fn send(text: String, what: &str, notes: Vec<String>) -> Vec<Effect> {
    let what = what.to_owned();
    vec![Effect::Copy(Copy { text, what, notes })]
}

/// It is there, or the terminal has to be asked for it.
pub fn copied(model: &mut Model, copied: Copied) -> Vec<Effect> {
    let mut effects = match copied.by {
        By::Program(_) => Vec::new(),
        By::Terminal(_) => vec![Effect::Ask(copied.text().to_owned())],
    };
    effects.extend(toast(model, copied.sentence()));
    effects
}
