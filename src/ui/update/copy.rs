//! Copying: what goes, and what is told of it once it is there.

use super::super::body::Key;
use super::super::clipboard::{By, Copied, Copy};
use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::taken::{Form, MASKED, Taking};
use super::super::view;
use super::{toast, warn};
use crate::wire::json::NodeId;

macro_rules! take {
    ($name:literal, $title:literal, $key:literal, $form:expr) => {
        Command {
            name: $name,
            title: $title,
            short: "",
            keys: &[$key],
            group: Group::Keep,
            place: Where::EVERYWHERE,
            run: |model, facts| take(model, facts, $form),
            disabled: |model, facts| nothing(model, facts, $form),
        }
    };
}

pub static COMMANDS: &[Command] = &[
    Command {
        name: "copy",
        title: "copy what the details show, as it is shown",
        short: "",
        keys: &["y"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: copy,
        disabled: |_, facts| facts.is_empty().then_some("There is nothing to copy yet."),
    },
    take!("copy value", "copy the value, decoded", "Y v", Form::Value),
    take!(
        "copy pointer",
        "copy the JSON pointer of the value",
        "Y p",
        Form::Pointer
    ),
    take!(
        "copy jq",
        "copy an expression of jq that leads to the value",
        "Y j",
        Form::Jq
    ),
    take!("copy key", "copy the key of the value", "Y k", Form::Key),
    take!(
        "copy message",
        "copy all of the message as spaced JSON",
        "Y m",
        Form::Message
    ),
    take!(
        "copy line",
        "copy the line of the recording",
        "Y l",
        Form::Line
    ),
];

/// Whether a command is one of these, which work over a zoom too.
pub fn is_copying(command: &Command) -> bool {
    COMMANDS.iter().any(|own| own.name == command.name)
}

/// The body and the value that a copy is of.
fn source(model: &Model, facts: Facts, form: Form) -> Option<(Key, NodeId)> {
    let here = || facts.row(model.cursor).map(|_| (Key::Row(model.cursor), 0));
    let pointed = view::pointed(model, facts);
    match (form, pointed) {
        // Of a definition, the message that brought it.
        (Form::Line, Some((Key::Version(item, version), _))) => {
            let item = facts.session.items().get(item.index())?;
            Some((Key::Row(item.versions.get(version)?.from), 0))
        }
        (Form::Line | Form::Message, None) => here(),
        (_, pointed) => pointed,
    }
}

fn nothing(model: &Model, facts: Facts, form: Form) -> Option<&'static str> {
    source(model, facts, form).is_none().then_some(
        "No JSON value is selected here: 5 shows messages, x a call or a definition as JSON.",
    )
}

/// Asks for a part of the message; a large one takes a while.
fn take(model: &mut Model, facts: Facts, form: Form) -> Vec<Effect> {
    let Some((of, node)) = source(model, facts, form) else {
        return Vec::new();
    };
    vec![Effect::Take(Taking {
        of,
        node,
        form,
        masks: !model.secrets,
        json: model.bodies.shared(of),
    })]
}

/// What was asked for.
pub fn taken(model: &mut Model, taken: Result<Copy, String>) -> Vec<Effect> {
    match taken {
        Ok(copy) => vec![Effect::Copy(copy)],
        Err(why) => warn(model, why),
    }
}

/// Copies what is shown. What is masked stays masked, and that is said.
pub fn copy(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if view::shows_one_value(model, facts) {
        return take(model, facts, Form::Shown);
    }
    let (text, masked) = view::text_to_copy(model, facts);
    if text.is_empty() {
        return warn(model, "There is nothing to copy here.");
    }
    let notes = masked.then(|| MASKED.to_owned()).into_iter().collect();
    let what = "what is shown".to_owned();
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
