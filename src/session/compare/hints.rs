//! The hints about what a tool does, and what the protocol takes for granted where a server gives none.

use crate::wire::json::Value;

/// One of the protocol's hints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hint {
    pub name: &'static str,
    /// What holds where the server says nothing (the schema of revision 2025-03-26 and later).
    pub default: bool,
    /// What it says when it is true, and when it is not.
    pub says: [&'static str; 2],
    /// It means nothing for a tool that only reads.
    pub of_writers: bool,
}

pub static HINTS: [Hint; 4] = [
    Hint {
        name: "readOnlyHint",
        default: false,
        says: ["changes nothing", "may change things"],
        of_writers: false,
    },
    Hint {
        name: "destructiveHint",
        default: true,
        says: ["may destroy or overwrite", "only adds"],
        of_writers: true,
    },
    Hint {
        name: "idempotentHint",
        default: false,
        says: [
            "doing it twice is doing it once",
            "each call has its effect",
        ],
        of_writers: true,
    },
    Hint {
        name: "openWorldHint",
        default: true,
        says: ["reaches the outside world", "stays in a closed place"],
        of_writers: false,
    },
];

/// What a definition claims about one hint; `None` where it says nothing.
pub fn claimed(root: Value<'_>, hint: &str) -> Option<bool> {
    root.get("annotations")?.get(hint)?.as_bool()
}

/// What holds where a definition says nothing of a hint; `None` for what is no hint of the protocol.
pub(super) fn default(name: &str) -> Option<bool> {
    HINTS
        .iter()
        .find(|hint| hint.name == name)
        .map(|hint| hint.default)
}

/// What holds of a definition, hint by hint: the claim, or the default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Held {
    pub read_only: bool,
    pub destructive: bool,
    pub open_world: bool,
}

pub(super) fn of(root: Value<'_>) -> Held {
    let held = |n: usize| claimed(root, HINTS[n].name).unwrap_or(HINTS[n].default);
    let read_only = held(0);
    // The other hints mean nothing for a tool that only reads.
    Held {
        read_only,
        destructive: !read_only && held(1),
        open_world: held(3),
    }
}
