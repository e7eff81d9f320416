//! Going to what belongs together, and back.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::jump::Place;
use super::super::lists::{self, Shifted, ToolRow};
use super::super::message::Effect;
use super::super::model::{Focus, Model, View};
use super::super::target::Target;
use super::super::view;
use super::super::walk::TreeSpot;
use super::reach::{
    item_here, message_here, no_call, no_change, no_definition, no_message, no_worst, to_call,
    to_change, to_pair, worst_here,
};
use super::{comparing, set_cursor, toast, warn};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "open",
        title: "open what is selected; in the details, follow the selected link",
        short: "open",
        keys: &["enter"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: open,
        disabled: |model, facts| {
            (lists::len(model, facts, model.view) == 0)
                .then_some("There is nothing to open in this view.")
        },
    },
    Command {
        name: "definition",
        title: "go to the definition in force when this was called",
        short: "definition",
        keys: &["d"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| match item_here(model, facts) {
            Some(item) => go_to(model, facts, Target::Item(item)),
            None => Vec::new(),
        },
        disabled: no_definition,
    },
    Command {
        name: "call",
        title: "go to the call that this belongs to; from a definition, to the nearest call of it",
        short: "",
        keys: &["c"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: to_call,
        disabled: no_call,
    },
    Command {
        name: "message",
        title: "go to the message itself; from a definition, to the one that brought it",
        short: "",
        keys: &["o"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let row = message_here(model, facts);
            go_to(model, facts, Target::Row(row))
        },
        disabled: no_message,
    },
    Command {
        name: "pair",
        title: "go from a request to its response, and back",
        short: "",
        keys: &["%"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: to_pair,
        disabled: |model, facts| {
            facts
                .row(model.cursor)
                .and_then(|row| row.pair())
                .is_none()
                .then_some("This message has no other half in the recording.")
        },
    },
    Command {
        name: "worst",
        title: "go to the worst finding about this",
        short: "",
        keys: &["!"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| match worst_here(model, facts) {
            Some(number) => go_to(model, facts, Target::Finding(number)),
            None => Vec::new(),
        },
        disabled: no_worst,
    },
    Command {
        name: "change",
        title: "go to the change of the definition of this",
        short: "",
        keys: &["C"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: to_change,
        disabled: no_change,
    },
    Command {
        name: "back",
        title: "back to where you were",
        short: "",
        keys: &["ctrl-o", "alt-left"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let from = place(model);
            match model.jumps.back(from) {
                Some(to) => restore(model, facts, to),
                None => Vec::new(),
            }
        },
        disabled: |model, _| {
            (!model.jumps.has_past()).then_some("There is no earlier place in the jump list.")
        },
    },
    Command {
        name: "forward",
        title: "forward again (where the terminal sends ctrl-i as tab: alt-o)",
        short: "",
        keys: &["ctrl-i", "alt-right", "alt-o"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let from = place(model);
            match model.jumps.forward(from) {
                Some(to) => restore(model, facts, to),
                None => Vec::new(),
            }
        },
        disabled: |model, _| {
            (!model.jumps.has_future()).then_some("There is no later place in the jump list.")
        },
    },
];

/// Where the screens stand now.
pub fn place(model: &Model) -> Place {
    Place {
        view: model.view,
        cursor: model.cursor,
        panes: *model.panes(),
        focus: model.focus,
        item: model.item,
        tree: model.tree.as_ref().map(|tree| TreeSpot {
            of: tree.of,
            selected: tree.selected,
            offset: tree.offset,
        }),
    }
}

pub fn restore(model: &mut Model, facts: Facts, to: Place) -> Vec<Effect> {
    model.view = to.view;
    set_cursor(model, facts, to.cursor);
    model.focus = to.focus;
    model.item = to.item;
    *model.panes_mut() = to.panes;
    model.walk.tree = to.tree;
    Vec::new()
}

fn open(model: &mut Model, facts: Facts) -> Vec<Effect> {
    if model.focus == Focus::List {
        if model.view == View::Tools && toggle_server(model) {
            return Vec::new();
        }
        if model.view == View::Findings && super::queue::fold(model, facts, None) {
            return Vec::new();
        }
        model.focus = Focus::Detail;
        return Vec::new();
    }
    if let Some(tree) = model.tree.take() {
        let mut tree = tree;
        if let Some(json) = model.bodies.get(tree.of).ready() {
            tree.toggle(json);
        }
        model.tree = Some(tree);
        return Vec::new();
    }
    let page = view::measured_page(model, facts);
    match page.links.get(model.panes().link) {
        Some(link) => {
            let target = link.target;
            go_to(model, facts, target)
        }
        None => warn(model, "There is no link on this page."),
    }
}

/// Goes somewhere, remembering where from.
pub fn go_to(model: &mut Model, facts: Facts, target: Target) -> Vec<Effect> {
    let from = place(model);
    let hidden = match target {
        Target::Compared(pair) => return comparing::open(model, pair),
        Target::Row(row) => {
            model.view = View::Messages;
            set_cursor(model, facts, row);
            !lists::passes(model, row)
        }
        Target::Call(call) => {
            let Some(request) = facts.session.calls().get(call).copied() else {
                return Vec::new();
            };
            model.view = View::Calls;
            set_cursor(model, facts, request);
            !lists::passes(model, request)
        }
        Target::Finding(number) => {
            let Some(finding) = facts.findings.list().get(number) else {
                return Vec::new();
            };
            model.view = View::Findings;
            lists::unfold_to(model, facts, number);
            let entry = lists::entry_of_finding(model, number);
            model.panes_mut().selected = entry.unwrap_or(0);
            set_cursor(model, facts, finding.row);
            entry.is_none()
        }
        Target::Change(number) => {
            let Some(change) = facts.session.changes().get(number) else {
                return Vec::new();
            };
            model.view = View::Changes;
            let entry = model
                .lists
                .changes
                .iter()
                .position(|shift| shift.what == Shifted::Change(number));
            model.panes_mut().selected = entry.unwrap_or(0);
            set_cursor(model, facts, change.at);
            entry.is_none()
        }
        Target::Item(item) => {
            let Some(found) = facts.session.items().get(item.index()) else {
                return Vec::new();
            };
            model.view = View::Tools;
            model.item = Some(item);
            model.folded.remove(&found.server.0);
            lists::refresh(model, facts);
            let entry = model
                .lists
                .tools
                .iter()
                .position(|row| matches!(row, ToolRow::Item { item: i, .. } if *i == item));
            model.panes_mut().selected = entry.unwrap_or(model.panes().selected);
            let panes = model.panes_mut();
            (panes.scroll, panes.link) = (0, 0);
            if entry.is_none() {
                model.jumps.leave(from);
                return toast(
                    model,
                    "This definition was not in force here; a shows the world as of the end.",
                );
            }
            false
        }
    };
    model.focus = if matches!(target, Target::Item(_)) {
        Focus::Detail
    } else {
        Focus::List
    };
    model.jumps.leave(from);
    if hidden {
        toast(model, "The filter hides it; f and an empty line show all.")
    } else {
        Vec::new()
    }
}

/// Folds or unfolds the selected server of the tree of tools.
pub fn fold_server(model: &mut Model, facts: Facts, fold: bool) -> bool {
    let server = match model.lists.tools.get(model.panes().selected) {
        Some(ToolRow::Server(server)) => *server,
        Some(ToolRow::Item { item, .. }) if fold => match facts.session.items().get(item.index()) {
            Some(item) => item.server,
            None => return false,
        },
        Some(ToolRow::Called { server, .. }) if fold => *server,
        _ => return false,
    };
    let changed = if fold {
        model.folded.insert(server.0)
    } else {
        model.folded.remove(&server.0)
    };
    if fold
        && let Some(at) = model
            .lists
            .tools
            .iter()
            .position(|row| *row == ToolRow::Server(server))
    {
        model.panes_mut().selected = at;
    }
    changed
}

fn toggle_server(model: &mut Model) -> bool {
    let Some(ToolRow::Server(server)) = model.lists.tools.get(model.panes().selected).copied()
    else {
        return false;
    };
    if !model.folded.remove(&server.0) {
        model.folded.insert(server.0);
    }
    true
}
