//! Bookmarks.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::model::Model;
use super::{set_cursor, toast, triage};

pub static COMMANDS: &[Command] = &[
    Command {
        name: "bookmark",
        title: "bookmark the message under the cursor, or take the bookmark away",
        short: "",
        keys: &["b"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let row = model.cursor;
            let set = !model.bookmarks.contains(&row);
            triage::bookmark(model, row, set);
            match set {
                false => toast(model, "The bookmark is gone; u brings it back."),
                true => toast(
                    model,
                    format!(
                        "Message {} is bookmarked; ' goes from bookmark to bookmark.",
                        row.0 + 1
                    ),
                ),
            }
        },
        disabled: |_, facts| facts.is_empty().then_some("Nothing is recorded yet."),
    },
    Command {
        name: "bookmark next",
        title: "to the next bookmark, from the last to the first",
        short: "",
        keys: &["'"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, facts| {
            let after = std::ops::Bound::Excluded(model.cursor);
            let next = model
                .bookmarks
                .range((after, std::ops::Bound::Unbounded))
                .next();
            if let Some(row) = next.or_else(|| model.bookmarks.first()).copied() {
                set_cursor(model, facts, row);
            }
            Vec::new()
        },
        disabled: no_bookmarks,
    },
];

/// Why nothing can be done with bookmarks.
pub(super) fn no_bookmarks(model: &Model, _: Facts) -> Option<&'static str> {
    let none = model.bookmarks.is_empty();
    none.then_some("There is no bookmark yet; b sets one.")
}
