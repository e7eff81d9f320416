//! Moving the cursor along the timeline, by keys and by mouse.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::lists;
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::view;
use super::go::place;
use super::step::partition;
use super::{set_cursor, warn};
use crate::session::RowId;

/// Cells of the timeline that a long stride takes.
const STRIDE: isize = 10;

macro_rules! scrub {
    ($name:literal, $title:literal, $key:literal, $cells:expr) => {
        Command {
            name: $name,
            title: $title,
            short: "",
            keys: &[$key],
            group: Group::Step,
            place: Where::EVERYWHERE,
            run: |model, facts| by_cells(model, facts, $cells),
            disabled: |_, facts| facts.is_empty().then_some("Nothing is recorded yet."),
        }
    };
}

pub static COMMANDS: &[Command] = &[
    scrub!(
        "timeline right",
        "on along the timeline, by a cell of it",
        "ctrl-right",
        1
    ),
    scrub!(
        "timeline left",
        "back along the timeline, by a cell of it",
        "ctrl-left",
        -1
    ),
    scrub!(
        "timeline stride right",
        "on along the timeline, by ten cells",
        "ctrl-down",
        STRIDE
    ),
    scrub!(
        "timeline stride left",
        "back along the timeline, by ten cells",
        "ctrl-up",
        -STRIDE
    ),
    Command {
        name: "lanes right",
        title: "the lanes of servers further to the right",
        short: "",
        keys: &["alt-l"],
        group: Group::Look,
        place: Where::views(&[View::Flow]),
        run: |model, facts| lanes(model, facts, 1),
        disabled: |model, facts| {
            let (first, count, all) = view::flow_lanes(model, facts);
            (first + count >= all).then_some("There is no lane of a server further to the right.")
        },
    },
    Command {
        name: "lanes left",
        title: "the lanes of servers further to the left",
        short: "",
        keys: &["alt-h"],
        group: Group::Look,
        place: Where::views(&[View::Flow]),
        run: |model, facts| lanes(model, facts, -1),
        disabled: |model, facts| {
            (view::flow_lanes(model, facts).0 == 0)
                .then_some("There is no lane of a server further to the left.")
        },
    },
];

/// Moves the lanes of Flow; they stay until a call is selected whose lane is not seen.
fn lanes(model: &mut Model, facts: Facts, by: isize) -> Vec<Effect> {
    let (first, ..) = view::flow_lanes(model, facts);
    model.walk.lanes = Some((first.saturating_add_signed(by), model.cursor));
    Vec::new()
}

fn by_cells(model: &mut Model, facts: Facts, cells: isize) -> Vec<Effect> {
    let forward = cells > 0;
    let target = view::timeline_beside(model, facts, cells);
    match target.and_then(|row| shown(model, facts, row, forward)) {
        Some(row) => {
            to(model, facts, row);
            Vec::new()
        }
        None if forward => warn(model, "This is the end of what is shown."),
        None => warn(model, "This is the start of what is shown."),
    }
}

/// The mouse points at a column of the timeline.
pub fn to_column(model: &mut Model, facts: Facts, column: u16) {
    let row = view::timeline_row(model, facts, column);
    let row = row
        .and_then(|row| shown(model, facts, row, true).or_else(|| shown(model, facts, row, false)));
    if let Some(row) = row {
        to(model, facts, row);
    }
}

/// The message itself, or the nearest one beyond it that passes the filter.
fn shown(model: &Model, facts: Facts, row: RowId, forward: bool) -> Option<RowId> {
    if lists::passes(model, row) {
        return Some(row);
    }
    let count = lists::len(model, facts, View::Messages);
    let at = |entry: usize| lists::row_at(model, facts, entry);
    let entry = partition(count, |entry| at(entry).is_some_and(|other| other < row));
    match forward {
        true => at(entry),
        false => at(entry.checked_sub(1)?),
    }
}

/// The first move along the timeline leaves a place to come back to.
fn to(model: &mut Model, facts: Facts, row: RowId) {
    if model.walk.scrubbed != Some(model.cursor) {
        model.jumps.leave(place(model));
    }
    set_cursor(model, facts, row);
    model.walk.scrubbed = Some(model.cursor);
}
