//! The figures beside the tools.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::lists;
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::toast;

pub static COMMANDS: &[Command] = &[Command {
    name: "tools order",
    title: "tools as listed, by calls, by errors, by duration (p95), by what they cost in the model's context",
    short: "",
    keys: &["$"],
    group: Group::Look,
    place: Where::views(&[View::Tools]),
    run: order,
    disabled: always,
}];

/// The next order; what is selected stays so.
fn order(model: &mut Model, facts: Facts) -> Vec<Effect> {
    let selected = model.lists.tools.get(model.panes().selected).copied();
    model.told.order = model.told.order.next();
    lists::refresh(model, facts);
    let same = |row: &lists::ToolRow| selected.is_some_and(|selected| row.is_same(&selected));
    if let Some(place) = model.lists.tools.iter().position(same) {
        model.panes_mut().selected = place;
    }
    match model.told.order.name() {
        "" => toast(model, "Tools stand as their servers list them."),
        name => toast(
            model,
            format!("The tools of each server stand {name}, the most first."),
        ),
    }
}
