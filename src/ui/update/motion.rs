//! Moving in lists, in details and in JSON trees.

use super::super::command::{Command, Group, Where, always};
use super::super::facts::Facts;
use super::super::lists;
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::super::view::{self, layout};
use super::set_cursor;

/// How far a motion goes.
#[derive(Clone, Copy)]
enum Far {
    Lines(isize),
    /// Halves of what is seen.
    Halves(isize),
    First,
    Last,
}

macro_rules! motion {
    ($name:literal, $title:literal, $keys:expr, $far:expr) => {
        Command {
            name: $name,
            title: $title,
            short: "",
            keys: $keys,
            group: Group::Move,
            place: Where::EVERYWHERE,
            run: |model, facts| go(model, facts, $far),
            disabled: always,
        }
    };
}

pub static COMMANDS: &[Command] = &[
    motion!("down", "one down", &["j", "down"], Far::Lines(1)),
    motion!("up", "one up", &["k", "up"], Far::Lines(-1)),
    motion!(
        "half page down",
        "half a page down",
        &["ctrl-d"],
        Far::Halves(1)
    ),
    motion!(
        "half page up",
        "half a page up",
        &["ctrl-u"],
        Far::Halves(-1)
    ),
    motion!(
        "page down",
        "a page down",
        &["pagedown", "ctrl-f"],
        Far::Halves(2)
    ),
    motion!(
        "page up",
        "a page up",
        &["pageup", "ctrl-b"],
        Far::Halves(-2)
    ),
    motion!("first", "to the first", &["g", "home"], Far::First),
    motion!("last", "to the last", &["G", "end"], Far::Last),
    Command {
        name: "pane other",
        title: "to the other pane",
        short: "",
        keys: &["tab", "shift-tab"],
        group: Group::Move,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.focus = if model.focus == Focus::List {
                Focus::Detail
            } else {
                Focus::List
            };
            Vec::new()
        },
        disabled: always,
    },
    Command {
        name: "pane left",
        title: "to the list; in a JSON tree, fold",
        short: "",
        keys: &["h", "left"],
        group: Group::Move,
        place: Where::EVERYWHERE,
        run: left,
        disabled: always,
    },
    Command {
        name: "pane right",
        title: "to the details; in a JSON tree, unfold",
        short: "",
        keys: &["l", "right"],
        group: Group::Move,
        place: Where::EVERYWHERE,
        run: right,
        disabled: always,
    },
];

fn go(model: &mut Model, facts: Facts, far: Far) -> Vec<Effect> {
    match model.focus {
        Focus::List => list(model, facts, far),
        Focus::Detail if view::tree_of(model, facts).is_some() && model.tree.is_some() => {
            tree(model, far)
        }
        Focus::Detail => detail(model, facts, far),
    }
    Vec::new()
}

/// Where a motion ends, among `all` lines of which `seen` are seen.
fn moved(from: usize, far: Far, seen: usize, all: usize) -> usize {
    let last = all.saturating_sub(1);
    let to = match far {
        Far::Lines(lines) => from.saturating_add_signed(lines),
        Far::Halves(halves) => {
            let half = isize::try_from((seen / 2).max(1)).unwrap_or(1);
            from.saturating_add_signed(halves.saturating_mul(half))
        }
        Far::First => 0,
        Far::Last => last,
    };
    to.min(last)
}

fn list(model: &mut Model, facts: Facts, far: Far) {
    let all = lists::len(model, facts, model.view);
    let entry = moved(
        model.panes().selected,
        far,
        layout::entries_seen(model),
        all,
    );
    select(model, facts, entry);
}

/// Selects an entry of the list; the cursor goes to its message.
pub fn select(model: &mut Model, facts: Facts, entry: usize) {
    let panes = model.panes_mut();
    if panes.selected != entry {
        panes.scroll = 0;
        panes.link = 0;
    }
    panes.selected = entry;
    if let Some(row) = lists::anchor(model, facts, model.view, entry) {
        set_cursor(model, facts, row);
    }
    if model.view == View::Tools
        && let Some(lists::ToolRow::Item { item, .. }) = model.lists.tools.get(entry)
    {
        model.item = Some(*item);
    }
}

fn tree(model: &mut Model, far: Far) {
    let seen = view::tree_rows(model);
    if let Some(tree) = &mut model.tree {
        tree.selected = moved(tree.selected, far, seen, tree.seen().len());
    }
}

/// In a page of details, the selection goes from link to link as long as the next one is seen; else the page scrolls.
fn detail(model: &mut Model, facts: Facts, far: Far) {
    let page = view::measured_page(model, facts);
    let seen = usize::from(layout::inside(layout::of(model).detail).height);
    let last_scroll = page.lines.len().saturating_sub(seen);
    let panes = model.panes_mut();
    panes.scroll = panes.scroll.min(last_scroll);
    let visible = |line: usize, scroll: usize| line >= scroll && line < scroll + seen;
    if let Far::Lines(step) = far {
        let next = page.links.get(panes.link.saturating_add_signed(step));
        if let Some(link) = next.filter(|link| visible(link.line, panes.scroll)) {
            let here = page
                .links
                .get(panes.link)
                .is_some_and(|link| visible(link.line, panes.scroll));
            let first = page
                .links
                .iter()
                .position(|link| visible(link.line, panes.scroll))
                .unwrap_or(0);
            if here && link.line != usize::MAX {
                panes.link = panes.link.saturating_add_signed(step);
            } else {
                panes.link = first;
            }
            return;
        }
    }
    panes.scroll = moved(panes.scroll, far, seen, last_scroll + 1);
    let scroll = panes.scroll;
    if !page
        .links
        .get(panes.link)
        .is_some_and(|link| visible(link.line, scroll))
    {
        let first = page
            .links
            .iter()
            .position(|link| visible(link.line, scroll));
        panes.link = first.unwrap_or(panes.link);
    }
}

fn left(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.focus == Focus::Detail && view::tree_of(model, facts).is_some() && fold(model, false) {
        return Vec::new();
    }
    if model.focus == Focus::Detail {
        model.focus = Focus::List;
    } else if model.view == View::Tools {
        super::go::fold_server(model, facts, true);
    } else if model.view == View::Findings {
        super::queue::fold(model, facts, Some(true));
    }
    Vec::new()
}

fn right(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.focus == Focus::Detail {
        fold(model, true);
    } else if model.view == View::Tools && super::go::fold_server(model, facts, false)
        || model.view == View::Findings && super::queue::fold(model, facts, Some(false))
    {
        return Vec::new();
    } else {
        model.focus = Focus::Detail;
    }
    Vec::new()
}

/// Folds or unfolds in the JSON tree; `false` where there is nothing to.
fn fold(model: &mut Model, open: bool) -> bool {
    let Some(mut tree) = model.tree.take() else {
        return false;
    };
    let done = match model.bodies.get(tree.of).ready() {
        Some(json) if open => tree.unfold(json),
        Some(json) => tree.fold(json),
        None => false,
    };
    model.tree = Some(tree);
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn motions_stay_inside() {
        assert_eq!(moved(0, Far::Lines(-1), 10, 5), 0);
        assert_eq!(moved(4, Far::Lines(1), 10, 5), 4);
        assert_eq!(moved(0, Far::Halves(1), 10, 100), 5);
        assert_eq!(moved(3, Far::Halves(-2), 10, 100), 0);
        assert_eq!(moved(3, Far::Last, 10, 0), 0);
        assert_eq!(moved(3, Far::Last, 0, 9), 8);
    }
}
