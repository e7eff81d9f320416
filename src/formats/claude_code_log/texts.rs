//! What the client's sentences mean.

use crate::formats::Out;
use crate::formats::text_log::{About, Event, between, milliseconds, split_once};
use crate::formats::told::Transport;
use crate::wire::id::Direction;
use crate::wire::json::Doc;

/// How the client ranks a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Level {
    Debug,
    Error,
    Other(&'static str),
}

impl Level {
    fn name(self) -> &'static str {
        match self {
            Level::Debug => "debug",
            Level::Error => "error",
            Level::Other(name) => name,
        }
    }
}

/// How texts begin that say that there is no connection.
const FAILED: [&[u8]; 8] = [
    b"Connection failed",
    b"Connection error",
    b"Connection timeout",
    b"Failed to reconnect",
    b"Error during reconnection",
    b"Max reconnection attempts",
    b"Error message: ",
    b"Error stack: ",
];

/// Tells a text of the client's. `cwd` is told where a connection begins.
pub fn tell(mut about: About, level: Level, text: &[u8], cwd: &[u8], out: &mut Out<'_>) {
    let holds = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    if let Some(said) = text.strip_prefix(b"Server stderr: ") {
        for line in said.split(|b| *b == b'\n') {
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            if !line.trim_ascii().is_empty() {
                out.stderr(&about.entry(), line);
            }
        }
        return;
    }
    if let Some((dir, message)) = message(text) {
        return out.message(&about.entry(), dir, message);
    }
    about.transport = match between(text, b"(transport: ", b")") {
        Some(b"stdio") => Transport::Stdio,
        Some(_) => Transport::Http,
        None => Transport::Unknown,
    };
    let tool = between(text, b"Tool '", b"' ").filter(|_| text.starts_with(b"Tool '"));
    let event = if let Some(tool) = text.strip_prefix(b"Calling MCP tool: ") {
        Event::named("called").text("tool", tool)
    } else if let Some(tool) = tool.filter(|_| holds(b"' completed ") || holds(b"' failed after "))
    {
        let after = split_once(text, b"' completed successfully in ")
            .or_else(|| split_once(text, b"' failed after "));
        let ms = after.and_then(|(_, time)| milliseconds(time));
        Event::named("answered").text("tool", tool).number("ms", ms)
    } else if text.starts_with(b"Starting connection") {
        match cwd.is_empty() {
            true => Event::named("connecting"),
            false => Event::named("connecting").text("cwd", cwd),
        }
    } else if text.starts_with(b"Successfully connected") {
        let time = split_once(text, b" in ");
        Event::named("connected").number("ms", time.and_then(|(_, time)| milliseconds(time)))
    } else if text.starts_with(b"Connection established") {
        Event::named("connected")
    } else if FAILED.iter().any(|phrase| text.starts_with(phrase)) {
        Event::named("failed")
    } else if holds(b" connection closed after ")
        || holds(b" connection dropped after ")
        || text.starts_with(b"Closing transport")
    {
        Event::named("closed")
    } else {
        Event::named("log").text("level", level.name().as_bytes())
    };
    event.tell(&about.entry(), text, out);
}

/// The message of the protocol that a text ends with, and which way it went.
fn message(text: &[u8]) -> Option<(Option<Direction>, &[u8])> {
    let at = memchr::memchr(b'{', text)?;
    let (before, message) = (text[..at].to_ascii_lowercase(), text[at..].trim_ascii());
    let says = |word: &[u8]| memchr::memmem::find(&before, word).is_some();
    if memchr::memmem::find(message, b"\"jsonrpc\"").is_none() || says(b"error") {
        return None;
    }
    let doc = Doc::parse(message);
    let is_message = doc.is_whole() && doc.root().is_some_and(|root| root.get("jsonrpc").is_some());
    let dir = match () {
        _ if says(b"send") || says(b"sent") || says(b"outgoing") => Some(Direction::C2s),
        _ if says(b"receiv") || says(b"incoming") => Some(Direction::S2c),
        _ => None,
    };
    is_message.then_some((dir, message))
}
