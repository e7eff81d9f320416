//! OpenCode: what `opencode export` writes, the events of `opencode run --format json`, the files of its storage, and
//! its database. All have the same parts of messages.

mod database;
mod part;
#[cfg(test)]
mod tests;

pub use database::DATABASE;

use super::detect::vote;
use super::told::{Entry, Fact, Places, document};
use super::{Class, Format, Known, Line, Log, Out, Reading, pieces};
use crate::wire::json::{Doc, Value};
use part::Parts;

/// What `opencode export` writes.
pub static EXPORT: Format = Format {
    id: "opencode",
    title: "OpenCode session (opencode export)",
    class: Class::CallsOnly,
    signs: "an object with `info` and `messages`, which have `info` and `parts`",
    score: export_score,
    reading: Reading::Document(tell_export),
};

/// What `opencode run --format json` writes.
pub static EVENTS: Format = Format {
    id: "opencode-run",
    title: "OpenCode events (opencode run --format json)",
    class: Class::CallsOnly,
    signs: "lines with `type`, `sessionID` and a `part`",
    score: |head| vote(head, event_score),
    reading: Reading::Log(|known| Box::new(Run(Parts::new(known)))),
};

/// A file of `storage/part`.
pub static PART: Format = Format {
    id: "opencode-part",
    title: "OpenCode part (a file of storage/part)",
    class: Class::CallsOnly,
    signs: "an object with `sessionID`, `messageID`, `type` `tool`, `tool` and `state`",
    score: part_score,
    reading: Reading::Document(tell_part),
};

fn export_score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let Some(root) = doc.root().filter(|root| root.get("info").is_some()) else {
        return 0;
    };
    let messages = root.get("messages").filter(|messages| messages.is_array());
    match messages.map(|messages| messages.items().next()) {
        Some(Some(first)) if first.get("info").is_some() => 95,
        Some(None) if doc.is_whole() => 60,
        _ => 0,
    }
}

fn event_score(doc: &Doc<'_>) -> u8 {
    let Some(root) = doc.root() else {
        return 0;
    };
    let event = root.str("type").is_some() && root.str("sessionID").is_some();
    let part = root
        .get("part")
        .is_some_and(|part| part.get("messageID").is_some() || part.get("sessionID").is_some());
    match (event, part) {
        (true, true) => 95,
        // An error, or a line that the head cuts.
        (true, false) if root.get("timestamp").is_some() => 70,
        _ => 0,
    }
}

fn part_score(head: &[u8]) -> u8 {
    let doc = Doc::parse(head);
    let is_tool = |root: Value<'_>| {
        root.str("type").is_some_and(|kind| kind.as_raw() == "tool")
            && ["sessionID", "messageID", "tool"]
                .iter()
                .all(|key| root.str(key).is_some())
    };
    u8::from(doc.root().is_some_and(is_tool)) * 94
}

fn tell_export(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let Some(root) = doc.root() else {
        return;
    };
    let mut places = Places::of(text);
    let mut parts = Parts::new(known);
    let session = root.get("info").and_then(|info| info.str("id"));
    for message in root.get("messages").into_iter().flat_map(Value::items) {
        let info = message.get("info");
        let role = info.and_then(|info| info.str("role"));
        let of = info.and_then(|info| info.str("sessionID"));
        let of = of.as_ref().or(session.as_ref());
        let created = info.and_then(|info| info.at(&["time", "created"]));
        for part in message.get("parts").into_iter().flat_map(Value::items) {
            if !pieces::is_complete(&doc, part) {
                continue;
            }
            let at = Entry {
                conn: of.map_or(b"", |id| id.as_raw().bytes()),
                micros: created.and_then(pieces::time),
                ..Entry::at(places.origin(part.range()))
            };
            let user = role.as_ref().is_some_and(|role| role.as_raw() == "user");
            parts.tell(&at, user, part, out);
        }
    }
}

fn tell_part(text: &[u8], known: &Known, out: &mut Out<'_>) {
    let doc = document(text, out);
    let Some(part) = doc.root().filter(|_| doc.is_whole()) else {
        return;
    };
    let session = part.str("sessionID");
    let at = Entry {
        conn: session.as_ref().map_or(b"", |id| id.as_raw().bytes()),
        ..Entry::at(Places::of(text).origin(part.range()))
    };
    Parts::new(known).tell(&at, false, part, out);
}

/// The events of one run.
struct Run(Parts);

impl Log for Run {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        let doc = Doc::parse(line.text);
        let Some(root) = doc.root() else {
            return out.skip();
        };
        let session = root.str("sessionID");
        let at = Entry {
            conn: session.as_ref().map_or(b"", |id| id.as_raw().bytes()),
            micros: pieces::time_at(root, &["timestamp"]),
            ..Entry::at(line.origin)
        };
        if let Some(part) = root.get("part") {
            return self.0.tell(&at, false, part, out);
        }
        match root.get("error") {
            Some(error) => {
                let error = error.get("data").unwrap_or(error);
                let why = pieces::words(error);
                let at = Entry {
                    label: part::CLIENT.as_bytes(),
                    ..at
                };
                out.event(&at, "failed", &[("text", Fact::Text(&why))]);
            }
            None => out.skip(),
        }
    }
}
