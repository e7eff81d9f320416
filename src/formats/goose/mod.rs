//! Goose: its session files (one message a line), and the `content_json` of a message of its database.

mod database;
#[cfg(test)]
mod tests;

pub use database::DATABASE;

use super::calls::{Answer, Calls, Tool};
use super::detect::vote;
use super::naming::{GOOSE, normalised};
use super::told::{Entry, Fact, Places, document};
use super::{Class, Format, Known, Line, Log, Out, Reading, pieces};
use crate::wire::json::{Doc, Value};

/// `sessions/<id>.jsonl`.
pub static LINES: Format = Format {
    id: "goose",
    title: "Goose session",
    class: Class::CallsOnly,
    signs: "a line with `working_dir` and `description`, then messages with `role`, `created` and `content`",
    score: |head| vote(head, line_score),
    reading: Reading::Log(|known| Box::new(Session::new(known))),
};

/// The blocks of one message.
pub static CONTENT: Format = Format {
    id: "goose-content",
    title: "Goose message content",
    class: Class::CallsOnly,
    signs: "an array of `toolRequest` and `toolResponse` blocks",
    score: content_score,
    reading: Reading::Document(tell_content),
};

/// The label of what is Goose's own.
const CLIENT: &str = "Goose";

fn line_score(doc: &Doc<'_>) -> u8 {
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return 0;
    };
    let has = |key| root.get(key).is_some();
    let content = || root.get("content").is_some_and(Value::is_array);
    match () {
        () if has("working_dir") && has("description") => 97,
        () if has("role") && has("created") && content() => 90,
        () => 0,
    }
}

fn content_score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let is_call = |block: Value<'_>| {
        block.str("type").is_some_and(|kind| {
            kind.as_raw() == "toolRequest" && block.get("toolCall").is_some()
                || kind.as_raw() == "toolResponse" && block.get("toolResult").is_some()
        })
    };
    let root = doc.root().filter(|root| root.is_array());
    u8::from(root.is_some_and(|root| root.items().take(16).any(is_call))) * 95
}

fn tell_content(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let mut places = Places::of(text);
    let doc = document(text, out);
    let mut session = Session::new(known);
    for block in doc.root().into_iter().flat_map(Value::items) {
        if pieces::is_complete(&doc, block) {
            let at = Entry::at(places.origin(block.range()));
            session.block(&at, b"assistant", block, out);
        }
    }
}

/// One session, message by message.
pub(super) struct Session {
    calls: Calls,
    known: Known,
}

impl Session {
    pub(super) fn new(known: &Known) -> Session {
        Session {
            calls: Calls::new(CLIENT),
            known: known.clone(),
        }
    }

    /// Tells the blocks of a message.
    pub(super) fn message(
        &mut self,
        at: &Entry<'_>,
        role: &[u8],
        content: Value<'_>,
        out: &mut Out<'_>,
    ) {
        for block in content.items() {
            self.block(at, role, block, out);
        }
    }

    fn block(&mut self, at: &Entry<'_>, role: &[u8], block: Value<'_>, out: &mut Out<'_>) {
        let kind = block.str("type");
        let id = block.str("id");
        let id = id.as_ref().map(|id| id.as_raw().bytes());
        match (kind.as_ref().map(|kind| kind.as_raw().bytes()), id) {
            (Some(b"text"), _) => {
                if let Some(text) = block.str("text") {
                    let who = if role == b"user" { "user" } else { "assistant" };
                    self.calls.said(at, who, text.as_raw().bytes(), out);
                }
            }
            (Some(b"toolRequest" | b"frontendToolRequest"), Some(id)) => {
                self.request(at, id, block, out);
            }
            (Some(b"toolResponse"), Some(id)) => self.response(at, id, block, out),
            _ => out.skip(),
        }
    }

    fn request(&mut self, at: &Entry<'_>, id: &[u8], block: Value<'_>, out: &mut Out<'_>) {
        // What the model asked for may be no call at all: then there is an error in its place.
        if let Some(error) = block.at(&["toolCall", "error"]) {
            let why = pieces::words(error);
            let entry = Entry {
                label: CLIENT.as_bytes(),
                ..*at
            };
            return out.event(&entry, "failed", &[("text", Fact::Text(&why))]);
        }
        let call = block.at(&["toolCall", "value"]);
        let Some((call, name)) = call.and_then(|call| Some((call, call.str("name")?))) else {
            return out.skip();
        };
        let name = name.as_raw().bytes();
        let owner = block
            .at(&["_meta", "goose_extension"])
            .or_else(|| call.at(&["_meta", "goose_extension"]))
            .and_then(Value::text);
        let (server, tool) = match owner {
            Some(owner) => {
                let owner = owner.as_raw().bytes().to_vec();
                self.known.server(&owner);
                let tool = own_name(name, &owner);
                (Some(owner), tool)
            }
            None => match GOOSE.split(name, &self.known) {
                Some(split) => (Some(split.server), split.tool),
                None => (None, name.to_vec()),
            },
        };
        let tool = Tool {
            server: server.as_deref(),
            name: &tool,
            client_name: if tool == name { b"" } else { name },
        };
        let arguments = call.get("arguments").and_then(pieces::arguments);
        self.calls.call(at, id, &tool, arguments.as_deref(), out);
    }

    fn response(&mut self, at: &Entry<'_>, id: &[u8], block: Value<'_>, out: &mut Out<'_>) {
        let Some(result) = block.get("toolResult") else {
            return out.skip();
        };
        let why;
        let answer = if let Some(error) = result.get("error") {
            why = pieces::words(error);
            Answer::Error(&why)
        } else {
            // Without a status, the result stands there itself.
            let value = result.get("value").unwrap_or(result);
            let raw = value.raw().bytes();
            if value.is_array() {
                Answer::Content {
                    blocks: raw,
                    failed: false,
                    structured: None,
                    meta: None,
                }
            } else if value.is_object() {
                Answer::Result(raw)
            } else {
                why = pieces::words(value);
                Answer::Text {
                    text: &why,
                    failed: false,
                }
            }
        };
        self.calls.answer(at, id, &answer, out);
    }
}

/// A tool's own name, without the extension that may stand before it.
fn own_name(name: &[u8], owner: &[u8]) -> Vec<u8> {
    let own = |owner: &[u8]| name.strip_prefix(owner)?.strip_prefix(b"__");
    own(owner)
        .or_else(|| own(&normalised(owner)))
        .filter(|tool| !tool.is_empty())
        .unwrap_or(name)
        .to_vec()
}

impl Log for Session {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let message = doc
            .root()
            .and_then(|root| Some((root, root.str("role")?, root.get("content")?)));
        let Some((root, role, content)) = message else {
            return out.skip();
        };
        let at = Entry {
            micros: pieces::time_at(root, &["created"]),
            ..Entry::at(line.origin)
        };
        self.message(&at, role.as_raw().bytes(), content, out);
    }
}
