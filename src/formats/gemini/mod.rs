//! Gemini CLI: the chats that it keeps (`~/.gemini/tmp/*/chats/session-*.jsonl`, before that one document), and its
//! telemetry.
//!
//! A chat's lines are its metadata, messages, and changes of both. A message is appended again whenever one of its tool
//! calls went on, so what is in it is told when it is first there.

mod message;
mod telemetry;
#[cfg(test)]
mod tests;

pub use telemetry::FORMAT as TELEMETRY;

use super::detect::vote;
use super::told::{Entry, Places, document};
use super::{Class, Format, Known, Line, Log, Out, Reading, pieces};
use crate::wire::json::{Doc, Value};
use message::Chat;

pub static FORMAT: Format = Format {
    id: "gemini",
    title: "Gemini CLI chat",
    class: Class::CallsOnly,
    signs: "a line with `sessionId` and `projectHash`, then messages of the type `user` or `gemini`",
    score,
    reading: Reading::Log(|known| Box::new(Chat::new(known))),
};

pub static DOCUMENT: Format = Format {
    id: "gemini-json",
    title: "Gemini CLI chat (one document)",
    class: Class::CallsOnly,
    signs: "an object with `sessionId`, `projectHash` and `messages`",
    score: score_document,
    reading: Reading::Document(tell),
};

/// The label of what is the client's own.
const CLIENT: &str = "gemini-cli";

fn score(head: &[u8]) -> u8 {
    vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        let kind = root.str("type");
        let kind = kind.as_ref().map_or(&b""[..], |kind| kind.as_raw().bytes());
        match kind {
            b"" if has("sessionId") && has("projectHash") && !has("messages") => 97,
            b"" if has("$set") || has("$rewindTo") => 90,
            b"gemini" if has("id") && has("timestamp") && has("content") => 90,
            b"user" | b"info" | b"error" | b"warning"
                if has("id") && has("timestamp") && has("content") =>
            {
                75
            }
            _ => 0,
        }
    })
}

fn score_document(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let has = |key| doc.root().is_some_and(|root| root.get(key).is_some());
    u8::from(has("sessionId") && has("projectHash") && has("messages")) * 97
}

/// Tells a chat that is one document.
fn tell(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let Some(root) = doc.root() else { return };
    let mut places = Places::of(text);
    let mut chat = Chat::new(known);
    chat.metadata(root);
    for message in root.get("messages").into_iter().flat_map(Value::items) {
        if pieces::is_complete(&doc, message) {
            let at = Entry::at(places.origin(message.range()));
            chat.message(&at, message, out);
        }
    }
}

impl Log for Chat {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        let at = Entry::at(line.origin);
        let doc = Doc::parse(line.text);
        let Some(root) = doc.root().filter(|root| root.is_object() && doc.is_whole()) else {
            let entry = Entry {
                label: CLIENT.as_bytes(),
                ..at
            };
            return out.text(&entry, None, line.text);
        };
        if root.get("sessionId").is_some() {
            self.metadata(root);
            out.skip();
        } else {
            self.message(&at, root, out);
        }
    }
}
