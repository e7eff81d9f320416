//! The methods of every MCP revision, and who may send them (`2024-11-05` to `2026-07-28`).

use super::id::Direction;

/// Who sends a method as a request or notification.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Sender {
    Client,
    Server,
    Either,
}

pub struct Method {
    pub name: &'static str,
    pub sender: Sender,
    /// The first revision that has it.
    pub first: &'static str,
    /// The last one, where a later one took it away.
    pub last: Option<&'static str>,
}

/// The revisions, oldest first; their names sort by time. What preliminary ones hold is not known.
pub const REVISIONS: &[&str] = &[R2024, "2025-03-26", R2025_06, R2025_11, R2026];

const R2024: &str = "2024-11-05";
const R2025_06: &str = "2025-06-18";
const R2025_11: &str = "2025-11-25";
/// Without handshake, and without requests of servers: they ask inside their answers.
const R2026: &str = "2026-07-28";

const fn row(name: &'static str, sender: Sender) -> Method {
    since(name, sender, R2024)
}

const fn since(name: &'static str, sender: Sender, first: &'static str) -> Method {
    Method {
        name,
        sender,
        first,
        last: None,
    }
}

/// Taken away by the revision of 2026.
const fn until_2026(method: Method) -> Method {
    Method {
        last: Some(R2025_11),
        ..method
    }
}

pub const INITIALIZE: &str = "initialize";
pub const DISCOVER: &str = "server/discover";
pub const TOOLS_LIST: &str = "tools/list";
pub const TOOLS_CALL: &str = "tools/call";
pub const PROMPTS_LIST: &str = "prompts/list";
pub const PROMPTS_GET: &str = "prompts/get";
pub const RESOURCES_LIST: &str = "resources/list";
pub const RESOURCES_READ: &str = "resources/read";
pub const TEMPLATES_LIST: &str = "resources/templates/list";
pub const SAMPLING: &str = "sampling/createMessage";
pub const ELICITATION: &str = "elicitation/create";
pub const LISTEN: &str = "subscriptions/listen";
pub const CANCELLED: &str = "notifications/cancelled";
pub const PROGRESS: &str = "notifications/progress";
pub const LOG_MESSAGE: &str = "notifications/message";
pub const TOOLS_CHANGED: &str = "notifications/tools/list_changed";
pub const PROMPTS_CHANGED: &str = "notifications/prompts/list_changed";
pub const RESOURCES_CHANGED: &str = "notifications/resources/list_changed";
pub const RESOURCE_UPDATED: &str = "notifications/resources/updated";
pub const TASKS_RESULT: &str = "tasks/result";
pub const TASKS_GET: &str = "tasks/get";
pub const TASKS_STATUS: &str = "notifications/tasks/status";

/// Every method that a revision of the specification names.
pub const METHODS: &[Method] = &[
    until_2026(row(INITIALIZE, Sender::Client)),
    until_2026(row("notifications/initialized", Sender::Client)),
    until_2026(row("ping", Sender::Either)),
    since(DISCOVER, Sender::Client, R2026),
    row(TOOLS_LIST, Sender::Client),
    row(TOOLS_CALL, Sender::Client),
    row(RESOURCES_LIST, Sender::Client),
    row(TEMPLATES_LIST, Sender::Client),
    row(RESOURCES_READ, Sender::Client),
    until_2026(row("resources/subscribe", Sender::Client)),
    until_2026(row("resources/unsubscribe", Sender::Client)),
    since(LISTEN, Sender::Client, R2026),
    since(
        "notifications/subscriptions/acknowledged",
        Sender::Server,
        R2026,
    ),
    row(PROMPTS_LIST, Sender::Client),
    row(PROMPTS_GET, Sender::Client),
    row("completion/complete", Sender::Client),
    until_2026(row("logging/setLevel", Sender::Client)),
    row("roots/list", Sender::Server),
    row(SAMPLING, Sender::Server),
    since(ELICITATION, Sender::Server, R2025_06),
    until_2026(since(
        "notifications/elicitation/complete",
        Sender::Server,
        R2025_11,
    )),
    since(TASKS_GET, Sender::Either, R2025_11),
    until_2026(since(TASKS_RESULT, Sender::Either, R2025_11)),
    until_2026(since("tasks/list", Sender::Either, R2025_11)),
    since("tasks/cancel", Sender::Either, R2025_11),
    since("tasks/update", Sender::Client, R2026),
    since(TASKS_STATUS, Sender::Either, R2025_11),
    row(CANCELLED, Sender::Either),
    row(PROGRESS, Sender::Either),
    row(LOG_MESSAGE, Sender::Server),
    row(TOOLS_CHANGED, Sender::Server),
    row(PROMPTS_CHANGED, Sender::Server),
    row(RESOURCES_CHANGED, Sender::Server),
    row(RESOURCE_UPDATED, Sender::Server),
    until_2026(row("notifications/roots/list_changed", Sender::Client)),
];

/// The direction that a message of this method must have had, where only one is possible. Recordings of bare
/// JSON-RPC lines do not say.
pub fn direction(method: &[u8]) -> Option<Direction> {
    match METHODS.iter().find(|m| m.name.as_bytes() == method)?.sender {
        Sender::Client => Some(Direction::C2s),
        Sender::Server => Some(Direction::S2c),
        Sender::Either => None,
    }
}

/// Whether any revision has a method.
pub fn is_listed(method: &[u8]) -> bool {
    METHODS.iter().any(|m| m.name.as_bytes() == method)
}

/// Whether a revision has a method; `None` for what no revision names, as the methods of extensions are.
pub fn is_of(method: &[u8], revision: &str) -> Option<bool> {
    let method = METHODS.iter().find(|m| m.name.as_bytes() == method)?;
    Some(method.first <= revision && method.last.is_none_or(|last| revision <= last))
}

/// The member of `params` that names what a request is about: a tool, a prompt, a resource.
pub fn names(method: &[u8]) -> Option<&'static str> {
    match method {
        b"tools/call" | b"prompts/get" => Some("name"),
        b"resources/read" | b"resources/subscribe" | b"resources/unsubscribe" => Some("uri"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn methods_come_and_go_with_revisions() {
        assert_eq!(is_of(b"elicitation/create", "2024-11-05"), Some(false));
        assert_eq!(is_of(b"elicitation/create", "2025-06-18"), Some(true));
        assert_eq!(is_of(b"ping", "2025-11-25"), Some(true));
        assert_eq!(is_of(b"ping", "2026-07-28"), Some(false));
        assert_eq!(is_of(b"server/discover", "2025-11-25"), Some(false));
        assert_eq!(is_of(b"vendor/own", "2025-11-25"), None);
        assert!(REVISIONS.is_sorted());
    }
}
