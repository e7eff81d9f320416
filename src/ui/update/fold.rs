//! Folding in a JSON tree, and going about in it.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::json::Json;
use super::super::message::Effect;
use super::super::model::Model;
use super::super::tree::Tree;
use super::super::view;
use super::warn;

macro_rules! fold {
    ($name:literal, $title:literal, $key:literal, $run:expr, $else:literal) => {
        Command {
            name: $name,
            title: $title,
            short: "",
            keys: &[$key],
            group: Group::Look,
            place: Where::EVERYWHERE,
            run: |model, _| on_tree(model, $run, $else),
            disabled: no_tree,
        }
    };
}

pub static COMMANDS: &[Command] = &[
    fold!(
        "fold all",
        "in a JSON tree, fold everything",
        "Z m",
        |tree, json| depth(tree, json, 1),
        ""
    ),
    fold!(
        "unfold all",
        "in a JSON tree, unfold everything",
        "Z r",
        |tree, json| depth(tree, json, u16::MAX),
        ""
    ),
    fold!(
        "fold to 1",
        "in a JSON tree, open one level",
        "Z 1",
        |tree, json| depth(tree, json, 1),
        ""
    ),
    fold!(
        "fold to 2",
        "in a JSON tree, open two levels",
        "Z 2",
        |tree, json| depth(tree, json, 2),
        ""
    ),
    fold!(
        "fold to 3",
        "in a JSON tree, open three levels",
        "Z 3",
        |tree, json| depth(tree, json, 3),
        ""
    ),
    fold!(
        "fold to 4",
        "in a JSON tree, open four levels",
        "Z 4",
        |tree, json| depth(tree, json, 4),
        ""
    ),
    fold!(
        "fold siblings",
        "in a JSON tree, fold the value and those beside it, or unfold them",
        "Z s",
        Tree::fold_siblings,
        "Nothing beside this value can be folded."
    ),
    fold!(
        "sibling next",
        "in a JSON tree, go to the next value beside this one",
        "Z j",
        |tree, json| tree.to_sibling(json, true),
        "This is the last value in what it is in."
    ),
    fold!(
        "sibling previous",
        "in a JSON tree, go to the previous value beside this one",
        "Z k",
        |tree, json| tree.to_sibling(json, false),
        "This is the first value in what it is in."
    ),
    fold!(
        "parent",
        "in a JSON tree, go to what the value is in",
        "Z h",
        Tree::to_parent,
        "This is the outermost value."
    ),
];

fn depth(tree: &mut Tree, json: &Json, depth: u16) -> bool {
    tree.to_depth(json, depth);
    true
}

fn no_tree(model: &Model, facts: Facts) -> Option<&'static str> {
    let shown = view::tree_of(model, facts).is_some() && model.tree.is_some();
    (!shown).then_some("No JSON tree is shown here: 5 shows messages so, x a call or a definition.")
}

/// Does something to the tree that is shown; says why where there was nothing to do.
fn on_tree(model: &mut Model, act: fn(&mut Tree, &Json) -> bool, why: &str) -> Vec<Effect> {
    let Some(mut tree) = model.tree.take() else {
        return Vec::new();
    };
    let done = match model.bodies.get(tree.of).ready() {
        Some(json) => act(&mut tree, json),
        None => true,
    };
    model.tree = Some(tree);
    match done {
        true => Vec::new(),
        false => warn(model, why),
    }
}
