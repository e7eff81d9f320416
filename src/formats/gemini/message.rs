//! The messages of a chat, and the tool calls in them.

use super::CLIENT;
use crate::formats::calls::{Answer, Calls, Tool};
use crate::formats::naming::{GEMINI, GOOSE};
use crate::formats::told::Entry;
use crate::formats::{Known, Out, pieces};
use crate::wire::json::Value;
use std::collections::HashSet;

/// A chat so far.
pub struct Chat {
    calls: Calls,
    known: Known,
    conn: Vec<u8>,
    /// Messages whose text was told.
    said: HashSet<Vec<u8>>,
}

/// Whose tool a name means.
pub struct Named {
    pub server: Option<Vec<u8>>,
    pub tool: Vec<u8>,
}

impl Chat {
    pub fn new(known: &Known) -> Chat {
        Chat {
            calls: Calls::each_state(CLIENT),
            known: known.clone(),
            conn: Vec::new(),
            said: HashSet::new(),
        }
    }

    pub fn metadata(&mut self, root: Value<'_>) {
        if let Some(id) = root.str("sessionId") {
            self.conn = id.as_raw().bytes().to_vec();
        }
    }

    /// A message, perhaps not for the first time.
    pub fn message(&mut self, at: &Entry<'_>, message: Value<'_>, out: &mut Out<'_>) {
        let conn = self.conn.clone();
        let at = Entry {
            conn: &conn,
            micros: pieces::time_at(message, &["timestamp"]),
            ..*at
        };
        let kind = message.str("type");
        let who = match kind.as_ref().map(|kind| kind.as_raw().bytes()) {
            Some(b"user") => "user",
            Some(b"gemini") => "assistant",
            _ => return out.skip(),
        };
        let id = message.str("id");
        let id = id
            .map(|id| id.as_raw().bytes().to_vec())
            .unwrap_or_default();
        let text = message.get("content").map(words).unwrap_or_default();
        if !text.trim_ascii().is_empty() && (id.is_empty() || self.said.insert(id)) {
            self.calls.said(&at, who, &text, out);
        }
        for call in message.get("toolCalls").into_iter().flat_map(Value::items) {
            self.call(&at, call, out);
        }
    }

    fn call(&mut self, at: &Entry<'_>, call: Value<'_>, out: &mut Out<'_>) {
        let (Some(id), Some(name)) = (call.str("id"), call.str("name")) else {
            return out.skip();
        };
        let (id, name) = (id.as_raw().bytes(), name.as_raw().bytes());
        let shown = call.str("displayName");
        let shown = shown
            .as_ref()
            .map_or(&b""[..], |shown| shown.as_raw().bytes());
        let named = self.named(name, shown);
        let tool = Tool {
            server: named.server.as_deref(),
            name: &named.tool,
            client_name: if named.tool == name { b"" } else { name },
        };
        let at = Entry {
            micros: pieces::time_at(call, &["timestamp"]).or(at.micros),
            ..*at
        };
        let arguments = call.get("args").and_then(pieces::arguments);
        self.calls.call(&at, id, &tool, arguments.as_deref(), out);
        self.result(&at, id, call, out);
    }

    /// By the name that is shown of a server's tool, which has both as they are, or by the model's.
    fn named(&mut self, name: &[u8], shown: &[u8]) -> Named {
        let both = shown.strip_suffix(b" MCP Server)").and_then(|shown| {
            let at = memchr::memmem::rfind(shown, b" (")?;
            let (tool, server) = (&shown[..at], &shown[at + 2..]);
            (!tool.is_empty() && !server.is_empty()).then_some((tool, server))
        });
        if let Some((tool, server)) = both {
            self.known.server(server);
            return Named {
                server: Some(server.to_vec()),
                tool: tool.to_vec(),
            };
        }
        let split = GEMINI
            .split(name, &self.known)
            .or_else(|| GOOSE.split(name, &self.known));
        match split {
            Some(split) => Named {
                server: Some(split.server),
                tool: split.tool,
            },
            None => Named {
                server: None,
                tool: name.to_vec(),
            },
        }
    }

    /// What came back, once the call has ended.
    fn result(&mut self, at: &Entry<'_>, id: &[u8], call: Value<'_>, out: &mut Out<'_>) {
        let status = call.str("status");
        let failed = match status.as_ref().map(|status| status.as_raw().bytes()) {
            Some(b"success") => false,
            Some(b"error") => true,
            Some(b"cancelled") => {
                let why = Answer::Error(b"cancelled");
                return self.calls.answer(at, id, &why, out);
            }
            _ => return,
        };
        let result = call.get("result");
        let parts: Vec<Value<'_>> = match result {
            Some(parts) if parts.is_array() => parts.items().collect(),
            Some(part) if part.is_object() || part.text().is_some() => vec![part],
            _ => Vec::new(),
        };
        let mut blocks = Vec::new();
        let mut error = false;
        for part in parts {
            blocks.extend(block(part, &mut error));
        }
        if blocks.is_empty()
            && let Some(shown) = call
                .get("resultDisplay")
                .filter(|shown| shown.text().is_some())
        {
            blocks.push(text_block(shown.raw().bytes()));
        }
        let answer = Answer::Content {
            blocks: &pieces::array(&blocks),
            failed: failed || error,
            structured: None,
            meta: None,
        };
        self.calls.answer(at, id, &answer, out);
    }
}

/// A part of a result as content blocks of the protocol.
fn block(part: Value<'_>, error: &mut bool) -> Vec<Vec<u8>> {
    let raw = |value: Value<'_>| value.raw().bytes().to_vec();
    if part.text().is_some() {
        return vec![text_block(part.raw().bytes())];
    }
    if let Some(text) = part.get("text").filter(|text| text.text().is_some()) {
        return vec![text_block(text.raw().bytes())];
    }
    if let Some(data) = part.get("inlineData") {
        return vec![picture(data).unwrap_or_else(|| raw(part))];
    }
    let Some(response) = part.at(&["functionResponse", "response"]) else {
        return vec![raw(part)];
    };
    if let Some(content) = response.get("content").filter(|content| content.is_array()) {
        return content.items().map(raw).collect();
    }
    let failed = response.get("error");
    *error |= failed.is_some();
    match failed.or_else(|| response.get("output")) {
        Some(said) if said.text().is_some() => vec![text_block(said.raw().bytes())],
        Some(said) => vec![text_block(&pieces::string(said.raw().bytes()))],
        None => vec![text_block(&pieces::string(response.raw().bytes()))],
    }
}

fn text_block(text: &[u8]) -> Vec<u8> {
    [b"{\"type\":\"text\",\"text\":", text, b"}"].concat()
}

/// An image or sound as the protocol has it.
fn picture(inline: Value<'_>) -> Option<Vec<u8>> {
    let (data, kind) = (inline.get("data")?, inline.get("mimeType")?);
    let is = |begin: &[u8]| {
        kind.text()
            .is_some_and(|kind| kind.as_raw().bytes().starts_with(begin))
    };
    let word: &[u8] = if is(b"image/") {
        b"image"
    } else if is(b"audio/") {
        b"audio"
    } else {
        return None;
    };
    data.text()?;
    Some(
        [
            b"{\"type\":\"",
            word,
            b"\",\"data\":",
            data.raw().bytes(),
            b",\"mimeType\":",
            kind.raw().bytes(),
            b"}",
        ]
        .concat(),
    )
}

/// The text of a message: a string, or parts of which some have text.
fn words(content: Value<'_>) -> Vec<u8> {
    if let Some(text) = content.text() {
        return text.as_raw().bytes().to_vec();
    }
    let own = content
        .str("text")
        .map(|text| text.as_raw().bytes().to_vec());
    let parts = content.items().filter_map(|part| {
        let text = part.str("text").or_else(|| part.text())?;
        Some(text.as_raw().bytes().to_vec())
    });
    match own {
        Some(own) => own,
        None => parts.collect::<Vec<_>>().concat(),
    }
}
