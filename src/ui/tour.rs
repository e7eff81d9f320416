//! Five steps for somebody who sees the screens for the first time.

use super::command;
use super::model::Model;
use super::view::layout::Layout;
use ratatui::layout::Rect;

/// How many steps there are.
pub const STEPS: usize = 5;

/// One step: a part of the screen, and what is to be known of it.
pub struct Step {
    pub title: &'static str,
    pub text: String,
    /// What it points at.
    pub at: Rect,
}

/// A step, with the keys that are in force.
pub fn step(model: &Model, at: &Layout, number: usize) -> Step {
    let keys = |names: &[&str]| {
        let keys = names.iter().filter_map(|name| {
            let command = command::all().find(|command| command.name == *name)?;
            let first = model.keyboard.keymap.keys_of(command, model.view).next();
            first.map(ToString::to_string)
        });
        keys.collect::<Vec<String>>().join(" ")
    };
    let body = match at.list.area() {
        0 => at.detail,
        _ => at.list,
    };
    let (title, text, at) = match number {
        0 => (
            "What is open",
            "Here stand the recording, how much of the talk it holds, and what was found in it by risk. What could not \
             be read or was lost is counted here too, so that nothing is missing without a word."
                .to_owned(),
            at.header,
        ),
        1 => (
            "What was found, worst first",
            format!(
                "{} opens the details: why it matters, the evidence in its own text, what to do. From there one key leads \
                 to the call or the definition, and {} leads back.",
                keys(&["open"]),
                keys(&["jump back"])
            ),
            body,
        ),
        2 => (
            "Six views of one moment",
            format!(
                "{} show findings, calls, tools, changes, messages and their flow, all at the same message. {} step from \
                 call to call, {} from finding to finding, {} plays.",
                keys(&["view findings", "view calls", "view tools", "view changes", "view messages", "view flow"]),
                keys(&["call previous", "call next"]),
                keys(&["finding previous", "finding next"]),
                keys(&["play"])
            ),
            at.tabs,
        ),
        3 => (
            "Search and filter",
            format!(
                "{} looks for text in everything that was said. {} narrows every view by server, tool, risk, time and \
                 more. The strip below shows the whole session: where there was traffic, and where risk.",
                keys(&["search"]),
                keys(&["filter"])
            ),
            at.timeline,
        ),
        _ => (
            "The keys",
            format!(
                "This line shows the keys that matter here, {} all of them. {} finds any command by a few letters, this \
                 tour among them. {} leaves.",
                keys(&["help"]),
                keys(&["palette"]),
                keys(&["quit"])
            ),
            at.keys,
        ),
    };
    Step { title, text, at }
}
