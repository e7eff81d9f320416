//! The tour, and whether the mouse is taken.

use super::super::command::{Command, Group, Where, always};
use super::super::key::{Code, Key};
use super::super::message::Effect;
use super::super::model::Model;
use super::super::overlay::Overlay;
use super::super::tour::STEPS;
use super::toast;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "tour",
        title: "five steps for the first time",
        short: "",
        keys: &[],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::Tour(0));
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "mouse",
        title: "take the mouse, or leave it to the terminal",
        short: "",
        keys: &[],
        group: Group::Program,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.mouse = !model.mouse;
            let mut effects = vec![Effect::Mouse(model.mouse)];
            effects.extend(toast(
                model,
                match model.mouse {
                    true => "The mouse selects, scrolls and drags here. Holding Shift leaves it to the terminal.",
                    false => "The mouse is left to the terminal.",
                },
            ));
            effects
        },
        disabled: always,
    },
];

/// A key while the tour is shown.
pub fn key(model: &mut Model, key: Key, step: usize) -> Vec<Effect> {
    let step = match key.code {
        Code::Enter | Code::Tab | Code::Right | Code::Down | Code::Char(' ' | 'l' | 'j' | 'n') => {
            step + 1
        }
        Code::BackTab | Code::Left | Code::Up | Code::Backspace | Code::Char('h' | 'k' | 'p') => {
            step.saturating_sub(1)
        }
        Code::Char('q') => STEPS,
        _ => step,
    };
    match step < STEPS {
        true => {
            model.overlay = Some(Overlay::Tour(step));
            Vec::new()
        }
        false => over(model),
    }
}

/// It was seen or skipped: it does not come again by itself.
pub fn over(model: &mut Model) -> Vec<Effect> {
    model.tour.take().map(Effect::Toured).into_iter().collect()
}
