//! GitHub Copilot: the chats that VS Code keeps (as documents, or as a log of their changes), and the events of the
//! command line.

mod changes;
mod chat;
mod cli;
mod part;
#[cfg(test)]
mod tests;

pub use cli::EVENTS;

use super::detect::vote;
use super::told::{Entry, Out, Places, document};
use super::{Class, Format, Known, Reading, pieces};
use crate::wire::json::{Doc, Value};
use changes::Changes;
use chat::Chat;

/// `chatSessions/<id>.jsonl`: a state, and what was changed in it since.
pub static CHANGES: Format = Format {
    id: "copilot-chat",
    title: "VS Code chat session (changes)",
    class: Class::CallsOnly,
    signs: "lines with `kind` 0 to 3, a path `k` and a value `v`",
    score: |head| vote(head, change_score),
    reading: Reading::Log(|known| Box::new(Changes::new(known))),
};

/// `chatSessions/<id>.json`, as it was before.
pub static SESSION: Format = Format {
    id: "copilot-chat-json",
    title: "VS Code chat session (document)",
    class: Class::CallsOnly,
    signs: "an object with `requests`, which have `message` and `response`",
    score: session_score,
    reading: Reading::Document(tell_session),
};

fn change_score(doc: &Doc<'_>) -> u8 {
    let Some(root) = doc.root() else {
        return 0;
    };
    match root.get("kind").and_then(Value::as_i64) {
        Some(0) if root.at(&["v", "requests"]).is_some() => 97,
        Some(0) if root.get("v").is_some_and(Value::is_object) => 80,
        Some(1..=3) if root.get("k").is_some_and(Value::is_array) => 90,
        _ => 0,
    }
}

fn session_score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(requests) = doc.root().and_then(|root| root.get("requests")) else {
        return 0;
    };
    match requests.items().next() {
        Some(first) if first.get("requestId").is_some() && first.get("message").is_some() => 94,
        Some(_) => 0,
        // An empty one says who would have spoken.
        None if doc
            .root()
            .is_some_and(|root| root.get("responderUsername").is_some()) =>
        {
            60
        }
        None => 0,
    }
}

fn tell_session(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let mut places = Places::of(text);
    let mut chat = Chat::new(known);
    let requests = doc.root().and_then(|root| root.get("requests"));
    for request in requests.into_iter().flat_map(Value::items) {
        if pieces::is_complete(&doc, request) {
            // Its time may stand behind its parts.
            let at = Entry::at(places.origin(request.range()));
            chat.append(&at, request, out);
        }
    }
    chat.rest(out);
}
