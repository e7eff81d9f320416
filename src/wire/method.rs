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
}

const fn row(name: &'static str, sender: Sender) -> Method {
    Method { name, sender }
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
    row(INITIALIZE, Sender::Client),
    row("notifications/initialized", Sender::Client),
    row("ping", Sender::Either),
    row(DISCOVER, Sender::Client),
    row(TOOLS_LIST, Sender::Client),
    row(TOOLS_CALL, Sender::Client),
    row(RESOURCES_LIST, Sender::Client),
    row(TEMPLATES_LIST, Sender::Client),
    row(RESOURCES_READ, Sender::Client),
    row("resources/subscribe", Sender::Client),
    row("resources/unsubscribe", Sender::Client),
    row("subscriptions/listen", Sender::Client),
    row("notifications/subscriptions/acknowledged", Sender::Server),
    row(PROMPTS_LIST, Sender::Client),
    row(PROMPTS_GET, Sender::Client),
    row("completion/complete", Sender::Client),
    row("logging/setLevel", Sender::Client),
    row("roots/list", Sender::Server),
    row(SAMPLING, Sender::Server),
    row(ELICITATION, Sender::Server),
    row("notifications/elicitation/complete", Sender::Server),
    row(TASKS_GET, Sender::Either),
    row(TASKS_RESULT, Sender::Either),
    row("tasks/list", Sender::Either),
    row("tasks/cancel", Sender::Either),
    row("tasks/update", Sender::Client),
    row(TASKS_STATUS, Sender::Either),
    row(CANCELLED, Sender::Either),
    row(PROGRESS, Sender::Either),
    row(LOG_MESSAGE, Sender::Server),
    row(TOOLS_CHANGED, Sender::Server),
    row(PROMPTS_CHANGED, Sender::Server),
    row(RESOURCES_CHANGED, Sender::Server),
    row(RESOURCE_UPDATED, Sender::Server),
    row("notifications/roots/list_changed", Sender::Client),
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

/// The member of `params` that names what a request is about: a tool, a prompt, a resource.
pub fn names(method: &[u8]) -> Option<&'static str> {
    match method {
        b"tools/call" | b"prompts/get" => Some("name"),
        b"resources/read" | b"resources/subscribe" | b"resources/unsubscribe" => Some("uri"),
        _ => None,
    }
}
