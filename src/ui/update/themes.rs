//! Choosing a theme, which is on while it is looked at.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::super::themes::Choosing;
use super::{toast, warn};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "theme",
        title: "choose a theme, and see it while you do",
        short: "",
        keys: &["t"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let before = model.theme;
            model.overlay = Some(Overlay::Themes(Choosing { before }));
            Vec::new()
        },
        disabled: only_one,
    },
    Command {
        name: "theme next",
        title: "the next theme",
        short: "",
        keys: &["ctrl-t"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.theme = (model.theme + 1) % model.themes.all.len().max(1);
            let Some(theme) = model.themes.all.get(model.theme) else {
                return Vec::new();
            };
            let name = format!("Theme: {}.", theme.name);
            match theme.notes.as_slice() {
                [] => toast(model, name),
                [note, ..] => {
                    let told = format!("{name} {note}");
                    warn(model, told)
                }
            }
        },
        disabled: only_one,
    },
];

fn only_one(model: &Model, _: Facts) -> Option<&'static str> {
    (model.themes.all.len() < 2).then_some("There is only one theme.")
}

/// Leaves the list without choosing: what was on before is on again.
pub fn leave(model: &mut Model, choosing: Choosing) -> Vec<Effect> {
    model.theme = choosing.before;
    Vec::new()
}

/// A key while the list is open.
pub fn key(model: &mut Model, key: Key, choosing: Choosing) -> Vec<Effect> {
    let last = model.themes.all.len().saturating_sub(1);
    let at = model.theme;
    model.theme = match (key.code, key.ctrl) {
        (Code::Enter, _) => return keep(model),
        (Code::Char('q'), false) => return leave(model, choosing),
        (Code::Char('t'), _) | (Code::Tab, _) if at == last => 0,
        (Code::Char('j' | 't'), _) | (Code::Down | Code::Tab, _) | (Code::Char('n'), true) => {
            at + 1
        }
        (Code::Char('k'), _) | (Code::Up | Code::BackTab, _) | (Code::Char('p'), true) => {
            at.saturating_sub(1)
        }
        (Code::PageDown, _) | (Code::Char('d'), true) => at + 5,
        (Code::PageUp, _) | (Code::Char('u'), true) => at.saturating_sub(5),
        (Code::Char('g'), _) | (Code::Home, _) => 0,
        (Code::Char('G'), _) | (Code::End, _) => last,
        _ => at,
    }
    .min(last);
    model.overlay = Some(Overlay::Themes(choosing));
    Vec::new()
}

/// The wheel moves, too.
pub fn scroll(model: &mut Model, down: bool) {
    let last = model.themes.all.len().saturating_sub(1);
    model.theme = match down {
        true => (model.theme + 1).min(last),
        false => model.theme.saturating_sub(1),
    };
}

/// The one that is on is the one that is preferred from now on.
pub fn keep(model: &mut Model) -> Vec<Effect> {
    let Some(theme) = model.themes.all.get(model.theme) else {
        return Vec::new();
    };
    match &model.themes.settings {
        Some(file) => vec![Effect::Prefer {
            file: file.clone(),
            theme: theme.id.clone(),
        }],
        None => {
            let told = format!(
                "Theme: {}, until you leave: there is no folder to keep it in.",
                theme.name
            );
            toast(model, told)
        }
    }
}

/// It was kept, or could not be: a sentence in both cases.
pub fn preferred(model: &mut Model, told: Result<String, String>) -> Vec<Effect> {
    match told {
        Ok(told) => toast(model, told),
        Err(told) => warn(model, told),
    }
}
