//! The messages of a conversation, one by one.

use super::blocks::{Kind, blocks, kind};
use super::names::{Owner, owner};
use super::xml::{self, Written};
use crate::formats::calls::{Calls, Tool, once};
use crate::formats::told::{Entry, Out};
use crate::formats::{Known, pieces};
use crate::wire::json::Value;
use std::collections::HashMap;

/// What is kept of a conversation.
pub(super) struct Turns {
    pub(super) calls: Calls,
    known: Known,
    /// What makes ids that are numbered here this conversation's own.
    scope: String,
    /// The same for entries; empty for the first of a file.
    conn: Vec<u8>,
    /// How many calls had no id.
    numbered: u32,
    /// Calls whose result comes as text, oldest first.
    pub(super) textual: Vec<Textual>,
    /// The servers behind the keys that Cline makes up for them.
    keys: HashMap<Vec<u8>, Vec<u8>>,
    /// Calls to servers behind keys that are not known yet.
    held: Vec<Held>,
}

pub(super) struct Textual {
    pub(super) id: Vec<u8>,
    /// `None` for a server behind a key.
    pub(super) server: Option<Vec<u8>>,
    /// Of a resource that is read.
    pub(super) uri: Option<Vec<u8>>,
}

struct Held {
    at: Entry<'static>,
    id: Vec<u8>,
    key: Vec<u8>,
    tool: Vec<u8>,
    client_name: Vec<u8>,
    arguments: Option<Vec<u8>>,
}

/// Most calls that wait for a result in text.
const WAITING: usize = 256;
/// Ids of this length are nobody else's; shorter ones may be counted up.
const UNIQUE: usize = 16;

/// A call whose owner is known.
struct Asked<'a> {
    id: &'a [u8],
    server: Option<&'a [u8]>,
    tool: &'a [u8],
    client_name: &'a [u8],
    arguments: Option<&'a [u8]>,
}

impl Turns {
    /// `scope` tells this conversation from others.
    pub(super) fn new(client: &'static str, known: &Known, scope: String, conn: Vec<u8>) -> Turns {
        Turns {
            calls: Calls::each_once(client),
            known: known.clone(),
            scope,
            conn,
            numbered: 0,
            textual: Vec::new(),
            keys: HashMap::new(),
            held: Vec::new(),
        }
    }

    pub(super) fn calls(&self) -> &Calls {
        &self.calls
    }

    pub(super) fn known(&self) -> &Known {
        &self.known
    }

    /// One message: `role` and `content`, and calls beside it.
    pub(super) fn message(&mut self, at: &Entry<'_>, message: Value<'_>, out: &mut Out<'_>) {
        let role = message.str("role");
        let role = role.as_ref().map_or(&b""[..], |role| role.as_raw().bytes());
        let content = message.get("content");
        match role {
            b"user" => self.user(at, content, out),
            b"assistant" | b"model" => {
                for block in blocks(content) {
                    self.said_or_called(at, block, out);
                }
                for call in message.get("tool_calls").into_iter().flat_map(Value::items) {
                    self.function(at, call, out);
                }
            }
            b"tool" | b"function" => match message.str("tool_call_id") {
                Some(id) => self.answer(at, id.as_raw().bytes(), content, false, out),
                None => out.skip(),
            },
            _ => out.skip(),
        }
    }

    /// Nothing comes after this.
    pub(super) fn end(&mut self, out: &mut Out<'_>) {
        for held in std::mem::take(&mut self.held) {
            let server = held.key.clone();
            self.release(&held, &server, out);
        }
    }

    fn user(&mut self, at: &Entry<'_>, content: Option<Value<'_>>, out: &mut Out<'_>) {
        // A result may be a line of its own, with the blocks behind it up to the next.
        let mut open: Option<(Vec<u8>, Vec<Vec<u8>>)> = None;
        for block in blocks(content) {
            match kind(block) {
                Kind::Text(text) => {
                    if text.starts_with(b"<environment_details>") {
                        out.skip();
                    } else if let Some((server, rest)) = xml::result(&text) {
                        self.close(at, open.take(), out);
                        match server {
                            Some(server) => {
                                let first = (!rest.trim_ascii().is_empty()).then(|| rest.to_vec());
                                open = Some((server.to_vec(), first.into_iter().collect()));
                            }
                            None => out.skip(),
                        }
                    } else if let Some((_, texts)) = &mut open {
                        texts.push(text);
                    } else {
                        let task = xml::inside(&text, b"<task>", b"</task>");
                        self.calls.said(at, "user", task.unwrap_or(&text), out);
                    }
                }
                Kind::Result => {
                    let id = block.str("tool_use_id");
                    let failed = block.get("is_error").and_then(Value::as_bool) == Some(true);
                    match id {
                        Some(id) => {
                            let id = id.as_raw().bytes();
                            self.answer(at, id, block.get("content"), failed, out);
                        }
                        None => out.skip(),
                    }
                }
                Kind::Other => out.skip(),
            }
        }
        self.close(at, open, out);
    }

    fn said_or_called(&mut self, at: &Entry<'_>, block: Value<'_>, out: &mut Out<'_>) {
        match kind(block) {
            Kind::Text(text) => self.written(at, &text, out),
            Kind::Result => {
                // A server that the model's own service reached.
                if let Some(id) = block.str("tool_use_id") {
                    let failed = block.get("is_error").and_then(Value::as_bool) == Some(true);
                    let id = id.as_raw().bytes();
                    self.answer(at, id, block.get("content"), failed, out);
                }
            }
            Kind::Other => self.used(at, block, out),
        }
    }

    /// What the model wrote: words, and calls as XML.
    fn written(&mut self, at: &Entry<'_>, text: &[u8], out: &mut Out<'_>) {
        let (said, calls) = xml::calls(text);
        self.calls
            .said(at, "assistant", without_thinking(said), out);
        for call in calls {
            self.numbered += 1;
            let id = format!("{}-{}", self.scope, self.numbered).into_bytes();
            let (server, uri) = match call {
                Written::Tool {
                    server,
                    name,
                    arguments,
                } => {
                    self.known.server(server);
                    let spelled;
                    let arguments = if arguments.is_empty() {
                        None
                    } else if pieces::is_object(arguments) {
                        Some(arguments)
                    } else {
                        spelled = pieces::string(arguments);
                        Some(&spelled[..])
                    };
                    let asked = Asked {
                        id: &id,
                        server: Some(server),
                        tool: name,
                        client_name: b"",
                        arguments,
                    };
                    self.ask(at, &asked, out);
                    (server, None)
                }
                Written::Resource { server, uri } => {
                    self.known.server(server);
                    self.calls.read(at, &id, server, uri, out);
                    (server, Some(uri.to_vec()))
                }
            };
            self.wait(id, Some(server.to_vec()), uri);
        }
    }

    /// A `tool_use` block.
    fn used(&mut self, at: &Entry<'_>, block: Value<'_>, out: &mut Out<'_>) {
        let (Some(id), Some(name)) = (block.str("id"), block.str("name")) else {
            return out.skip();
        };
        let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
        let input = block.get("input");
        let arguments = input.and_then(pieces::arguments);
        let server = block.str("server_name");
        if let Some(server) = &server {
            let asked = Asked {
                id,
                server: Some(server.as_raw().bytes()),
                tool: name,
                client_name: b"",
                arguments: arguments.as_deref(),
            };
            return self.ask(at, &asked, out);
        }
        self.named(at, id, name, input, arguments, out);
    }

    /// A call as OpenAI's interface spells it.
    fn function(&mut self, at: &Entry<'_>, call: Value<'_>, out: &mut Out<'_>) {
        let function = call.get("function").unwrap_or(call);
        let (Some(id), Some(name)) = (call.str("id"), function.str("name")) else {
            return out.skip();
        };
        let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
        let input = function.get("arguments");
        self.named(at, id, name, input, input.and_then(pieces::arguments), out);
    }

    fn named(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        name: &[u8],
        input: Option<Value<'_>>,
        arguments: Option<Vec<u8>>,
        out: &mut Out<'_>,
    ) {
        // A tool for all tools.
        let part = |key| input.and_then(|input| input.str(key));
        let server = part("server_name");
        let server = server.as_ref().map(|server| server.as_raw().bytes());
        match (name, server, part("tool_name"), part("uri")) {
            (b"use_mcp_tool", Some(server), Some(tool), _) => {
                self.known.server(server);
                let inner = input.and_then(|input| input.get("arguments"));
                let inner = inner.and_then(pieces::arguments);
                let asked = Asked {
                    id,
                    server: Some(server),
                    tool: tool.as_raw().bytes(),
                    client_name: name,
                    arguments: inner.as_deref(),
                };
                self.ask(at, &asked, out);
                return self.wait(id.to_vec(), Some(server.to_vec()), None);
            }
            (b"access_mcp_resource", Some(server), _, Some(uri)) => {
                self.known.server(server);
                let uri = uri.as_raw().bytes();
                let once = self.once(b"call", id);
                let at = Entry { once: &once, ..*at };
                self.calls.read(&at, id, server, uri, out);
                return self.wait(id.to_vec(), Some(server.to_vec()), Some(uri.to_vec()));
            }
            _ => {}
        }
        match owner(name, &self.known) {
            Owner::Key { key, tool } => {
                self.wait(id.to_vec(), None, None);
                let held = Held {
                    at: Entry {
                        micros: at.micros,
                        ..Entry::at(at.origin)
                    },
                    id: id.to_vec(),
                    tool,
                    client_name: name.to_vec(),
                    arguments,
                    key,
                };
                match self.keys.get(&held.key).cloned() {
                    Some(server) => self.release(&held, &server, out),
                    None if self.held.len() < WAITING => self.held.push(held),
                    None => {
                        let key = held.key.clone();
                        self.release(&held, &key, out);
                    }
                }
            }
            Owner::Server { server, tool } => {
                let asked = Asked {
                    id,
                    server: Some(&server),
                    tool: &tool,
                    client_name: name,
                    arguments: arguments.as_deref(),
                };
                self.ask(at, &asked, out);
            }
            Owner::Client => {
                let asked = Asked {
                    id,
                    server: None,
                    tool: name,
                    client_name: b"",
                    arguments: arguments.as_deref(),
                };
                self.ask(at, &asked, out);
            }
        }
    }

    fn release(&mut self, held: &Held, server: &[u8], out: &mut Out<'_>) {
        let asked = Asked {
            id: &held.id,
            server: Some(server),
            tool: &held.tool,
            client_name: &held.client_name,
            arguments: held.arguments.as_deref(),
        };
        let conn = self.conn.clone();
        let at = Entry {
            conn: &conn,
            ..held.at
        };
        self.ask(&at, &asked, out);
    }

    /// Tells the call, if it waits for the name of its server. Its place goes on to `at`, where the name stands.
    pub(super) fn unhold(
        &mut self,
        id: &[u8],
        server: Option<&[u8]>,
        at: &Entry<'_>,
        out: &mut Out<'_>,
    ) {
        let Some(n) = self.held.iter().position(|held| held.id == id) else {
            return;
        };
        let mut held = self.held.remove(n);
        let server = match server {
            Some(server) => {
                self.keys.insert(held.key.clone(), server.to_vec());
                server.to_vec()
            }
            None => held.key.clone(),
        };
        held.at.origin = held.at.origin.to(at.origin);
        self.release(&held, &server, out);
    }

    fn ask(&mut self, at: &Entry<'_>, asked: &Asked<'_>, out: &mut Out<'_>) {
        if let Some(server) = asked.server {
            self.known.server(server);
        }
        let tool = Tool {
            server: asked.server,
            name: asked.tool,
            client_name: asked.client_name,
        };
        let once = self.once(b"call", asked.id);
        let at = Entry { once: &once, ..*at };
        self.calls.call(&at, asked.id, &tool, asked.arguments, out);
    }

    pub(super) fn once(&self, what: &[u8], id: &[u8]) -> Vec<u8> {
        if id.len() >= UNIQUE {
            return once(what, id);
        }
        once(what, &[self.scope.as_bytes(), b" ", id].concat())
    }

    fn wait(&mut self, id: Vec<u8>, server: Option<Vec<u8>>, uri: Option<Vec<u8>>) {
        if self.textual.len() < WAITING {
            self.textual.push(Textual { id, server, uri });
        }
    }
}

/// What the model says to the person, without what it says to itself first.
fn without_thinking(text: &[u8]) -> &[u8] {
    const END: &[u8] = b"</thinking>";
    let begin = text.trim_ascii_start();
    if !begin.starts_with(b"<thinking>") {
        return text.trim_ascii();
    }
    memchr::memmem::find(begin, END).map_or(b"", |at| begin[at + END.len()..].trim_ascii())
}
