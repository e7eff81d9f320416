//! Calls whose server the model's name leaves open, until another record says it.

use super::{At, Session, entry};
use crate::formats::calls::{By, Tool, Words};
use crate::formats::naming::{CLAUDE_CODE, GOOSE, normalised};
use crate::formats::{Known, Out};
use crate::wire::json::Value;

/// A call that waits.
pub struct Waiting {
    at: At,
    id: Vec<u8>,
    name: Name,
    arguments: Option<Vec<u8>>,
    words: Words,
}

/// Most that wait.
const MOST: usize = 64;

/// A tool's name as the model saw it: the server's part apart, or both in one.
pub struct Name {
    pub namespace: Vec<u8>,
    pub name: Vec<u8>,
}

/// What a record says of a call: where the record stands, whose call it is, the server and the tool.
struct Invocation<'a> {
    at: At,
    id: &'a [u8],
    server: &'a [u8],
    tool: &'a [u8],
}

/// A server and its tool, by their own names.
struct Placed {
    server: Option<Vec<u8>>,
    tool: Vec<u8>,
    /// Another record said so.
    sure: bool,
}

impl Name {
    /// As one name.
    fn joined(&self) -> Vec<u8> {
        let joint: &[u8] = match self.namespace.ends_with(b"__") || self.namespace.is_empty() {
            true => b"",
            false => b"__",
        };
        [&self.namespace, joint, &self.name].concat()
    }

    fn is_open(&self) -> bool {
        !self.namespace.is_empty() || memchr::memmem::find(&self.name, b"__").is_some()
    }

    fn placed(&self, known: &Known) -> Placed {
        let split = if self.namespace.is_empty() {
            CLAUDE_CODE
                .split(&self.name, known)
                .or_else(|| GOOSE.split(&self.name, known))
                .map(|split| (split.server, split.tool))
        } else {
            let server = strip(&self.namespace);
            Some((server.to_vec(), self.name.clone()))
        };
        let Some((server, tool)) = split else {
            return Placed {
                server: None,
                tool: self.name.clone(),
                sure: true,
            };
        };
        let same = |label: &&Vec<u8>| **label == server || folded(label) == folded(&server);
        let label = known.servers.iter().find(same);
        Placed {
            sure: label.is_some(),
            server: Some(label.unwrap_or(&server).clone()),
            tool,
        }
    }
}

/// The server's part of a name.
fn strip(namespace: &[u8]) -> &[u8] {
    let rest = namespace.strip_prefix(b"mcp__").unwrap_or(namespace);
    rest.strip_suffix(b"__").unwrap_or(rest)
}

/// A server's label with what Codex does not keep of it taken away.
fn folded(label: &[u8]) -> Vec<u8> {
    let mut folded = normalised(label);
    for b in &mut folded {
        if *b == b'-' {
            *b = b'_';
        }
    }
    folded
}

impl Session {
    /// The label under which a namespace's server is known.
    pub fn server_of(&self, namespace: &[u8]) -> Vec<u8> {
        let name = Name {
            namespace: namespace.to_vec(),
            name: b"x".to_vec(),
        };
        name.placed(&self.known).server.unwrap_or_default()
    }

    /// A call as the model saw it.
    pub fn call(
        &mut self,
        at: At,
        id: Vec<u8>,
        name: Name,
        arguments: Option<Vec<u8>>,
        out: &mut Out<'_>,
    ) {
        // As the model wrote it: whose call that is may be known better later.
        let said = [&name.joined()[..], arguments.as_deref().unwrap_or_default()];
        let words = self.calls.words(By::Model, &id, &said);
        let waits = self.waiting.iter().any(|waiting| waiting.id == id);
        if waits || self.calls.knows(&id, words, out) {
            return;
        }
        let waiting = Waiting {
            at,
            id,
            name,
            arguments,
            words,
        };
        if waiting.name.is_open() && !waiting.name.placed(&self.known).sure {
            if self.waiting.len() >= MOST {
                self.flush(out);
            }
            self.waiting.push(waiting);
        } else {
            self.flush(out);
            self.tell(waiting, None, out);
        }
    }

    /// Something else is told: what waits comes before it. Where that is about one of them, it may say the server.
    pub fn settle(&mut self, at: At, said: Option<(&[u8], Value<'_>)>, out: &mut Out<'_>) {
        let Some((id, invocation)) = said else {
            return self.flush(out);
        };
        let (server, tool) = (
            super::text(invocation, "server"),
            super::text(invocation, "tool"),
        );
        self.known.server(&server);
        let said = Invocation {
            at,
            id,
            server: &server,
            tool: &tool,
        };
        self.tell_waiting(Some(&said), out);
    }

    /// Tells what waits.
    pub fn flush(&mut self, out: &mut Out<'_>) {
        self.tell_waiting(None, out);
    }

    fn tell_waiting(&mut self, said: Option<&Invocation<'_>>, out: &mut Out<'_>) {
        for waiting in std::mem::take(&mut self.waiting) {
            self.tell(waiting, said, out);
        }
    }

    /// Tells a call. What another record said of its server makes that a part of where it stands.
    fn tell(&mut self, waiting: Waiting, said: Option<&Invocation<'_>>, out: &mut Out<'_>) {
        let mut placed = waiting.name.placed(&self.known);
        let mut at = waiting.at;
        if let Some(said) = said {
            let is_it = said.id == waiting.id && !said.server.is_empty() && !said.tool.is_empty();
            if is_it {
                (placed.server, placed.tool) = (Some(said.server.to_vec()), said.tool.to_vec());
            }
            if is_it || placed.sure {
                at.origin = at.origin.to(said.at.origin);
            }
        }
        let joined = waiting.name.joined();
        let tool = Tool {
            server: placed.server.as_deref(),
            name: &placed.tool,
            client_name: if joined == placed.tool { b"" } else { &joined },
        };
        let conn = self.conn.clone();
        let entry = entry(at, &conn);
        let arguments = waiting.arguments.as_deref();
        self.calls
            .call_in(waiting.words, &entry, &waiting.id, &tool, arguments, out);
    }
}
