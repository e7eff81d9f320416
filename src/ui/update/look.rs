//! How things are shown.

use super::super::body::Key;
use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::message::Effect;
use super::super::model::{AsOf, Focus, Form, Model, View};
use super::super::opening::Opening;
use super::super::overlay::Overlay;
use super::super::view::{self, layout};
use super::super::zoom::Zoom;
use super::toast;
use crate::wire::json::NodeId;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "as of",
        title: "tell of the world as of the cursor, or as of the end",
        short: "",
        keys: &["a"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.as_of = if model.as_of == AsOf::Cursor {
                AsOf::End
            } else {
                AsOf::Cursor
            };
            match model.as_of {
                AsOf::Cursor => toast(model, "The world is shown as of the cursor."),
                AsOf::End => toast(model, "The world is shown as of the end of the recording."),
            }
        },
        disabled: always,
    },
    Command {
        name: "zoom",
        title: "show all of a value",
        short: "",
        keys: &["z"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: zoom,
        disabled: |model, facts| {
            let none =
                view::pointed(model, facts).is_none() && view::zoomed(model, facts).is_none();
            none.then_some("There is no value to show here, or it is still being read.")
        },
    },
    Command {
        name: "bytes",
        title: "another form: a message as bytes, a call or a definition as JSON with folding",
        short: "",
        keys: &["x"],
        group: Group::Look,
        place: Where::views(&[View::Messages, View::Tools, View::Calls, View::Flow]),
        run: |model, facts| {
            model.form = form_after(model, facts);
            let panes = model.panes_mut();
            (panes.scroll, panes.link) = (0, 0);
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "reveal",
        title: "texts as a person sees them in a client, or as the model reads them",
        short: "",
        keys: &["v"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.as_a_person = !model.as_a_person;
            match model.as_a_person {
                true => toast(
                    model,
                    "As a person sees it: what is hidden is left out. v shows it.",
                ),
                false => toast(model, "As the model reads it: nothing is left out."),
            }
        },
        disabled: always,
    },
    Command {
        name: "secrets",
        title: "spell out what looks like a secret, or mask it again",
        short: "",
        keys: &["S"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.secrets = !model.secrets;
            match model.secrets {
                true => toast(model, "Secrets are spelled out. S masks them again."),
                false => toast(model, "Secrets are masked."),
            }
        },
        disabled: always,
    },
    Command {
        name: "time",
        title: "times of the clock, or since the start",
        short: "",
        keys: &["T"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.relative_time = !model.relative_time;
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "split left",
        title: "the border between the panes to the left",
        short: "",
        keys: &["lt"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| move_split(model, -30),
        disabled: folded,
    },
    Command {
        name: "split right",
        title: "the border between the panes to the right",
        short: "",
        keys: &[">"],
        group: Group::Look,
        place: Where::EVERYWHERE,
        run: |model, _| move_split(model, 30),
        disabled: folded,
    },
    Command {
        name: "out",
        title: "back out: of a filter or search that is under way, of the details",
        short: "",
        keys: &["esc"],
        group: Group::Move,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let stopped = super::filter::stop(model, facts);
            if let Some(effects) = stopped.or_else(|| super::search::stop(model, facts)) {
                return effects;
            }
            if model.toast.take().is_some() {
                return Vec::new();
            }
            model.filter.error = None;
            model.search.missed = false;
            model.focus = Focus::List;
            Vec::new()
        },
        disabled: always,
    },
];

fn folded(model: &Model, _: Facts) -> Option<&'static str> {
    layout::of(model)
        .folded
        .then_some("The terminal is too narrow for two panes side by side.")
}

/// The form that comes after the present one in this view, where there is something to show in it.
fn form_after(model: &mut Model, facts: Facts) -> Form {
    let was = model.form;
    let forms: &[Form] = match model.view {
        View::Messages => &[Form::Read, Form::Bytes],
        View::Tools => &[Form::Read, Form::Tree],
        _ => &[Form::Read, Form::Tree, Form::Answer],
    };
    let here = forms.iter().position(|form| *form == was).unwrap_or(0);
    let mut shown = |form: Form| {
        model.form = form;
        !matches!(form, Form::Tree | Form::Answer) || view::tree_of(model, facts).is_some()
    };
    let next = forms.iter().cycle().skip(here + 1).take(forms.len());
    let next = next.copied().find(|form| shown(*form));
    next.unwrap_or(Form::Read)
}

fn zoom(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if let Some((of, node)) = view::pointed(model, facts)
        && let Some(json) = model.bodies.shared(of)
        && json.at(node).is_some_and(|at| !Opening::is_light(at))
    {
        return open(model, of, node, false);
    }
    match view::zoomed(model, facts) {
        Some(value) => opened(model, Zoom::new(value)),
        None => Vec::new(),
    }
}

/// Asks for all of a value, as text or as its bytes.
pub fn open(model: &Model, of: Key, node: NodeId, hex: bool) -> Vec<Effect> {
    let json = model.bodies.shared(of).into_iter();
    let opening = json.map(|json| Opening {
        of,
        node,
        json,
        hex,
        masks: !model.secrets,
    });
    opening.map(Effect::Open).collect()
}

/// All of a value is there; meanwhile something else may lie over the views.
pub fn opened(model: &mut Model, mut zoom: Zoom) -> Vec<Effect> {
    if let None | Some(Overlay::Zoom(_)) = model.overlay {
        zoom.to_evidence(model.size, !model.secrets);
        model.overlay = Some(Overlay::Zoom(zoom));
    }
    Vec::new()
}

/// Moves the border between the panes of this view by thousandths of the width; each pane keeps a fifth.
fn move_split(model: &mut Model, by: i16) -> Vec<Effect> {
    let split = &mut model.split[model.view as usize];
    *split = split.saturating_add_signed(by).clamp(200, 800);
    Vec::new()
}
