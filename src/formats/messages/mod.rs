//! Conversations as the interfaces of models have them: an array of messages with a role and a content, alone or beside
//! the tools that were offered. The tasks of Cline and Roo Code are kept in such arrays, too.

mod answers;
mod blocks;
mod names;
#[cfg(test)]
mod tests;
mod turns;
mod xml;

pub(super) use answers::contents;
use turns::Turns;

use super::told::{Entry, Out, Places, document_at, is_closed, not_whole};
use super::{Class, Format, Known, Reading, pieces};
use crate::wire::json::{Doc, Value};
use names::{Owner, owner};
use std::collections::BTreeMap;

pub static FORMAT: Format = Format {
    id: "messages",
    title: "A model's conversation (Anthropic or OpenAI messages)",
    class: Class::CallsOnly,
    signs: "an array of messages with `role` and `content`, alone or as `messages` of an object",
    score: |head| {
        let doc = Doc::parse(head);
        let Some(root) = doc.root() else {
            return 0;
        };
        let (list, score) = match root.get("messages") {
            Some(list) => (list, 50),
            None => (root, 60),
        };
        u8::from(is_conversation(list)) * score
    },
    reading: Reading::Document(|text, known, out| tell("agent", text, known, out)),
};

/// Whether this is an array whose first items are messages.
pub(super) fn is_conversation(list: Value<'_>) -> bool {
    const ROLES: [&[u8]; 6] = [
        b"user",
        b"assistant",
        b"system",
        b"developer",
        b"tool",
        b"model",
    ];
    let is_message = |message: Value<'_>| {
        message
            .str("role")
            .is_some_and(|role| ROLES.contains(&role.as_raw().bytes()))
            && ["content", "tool_calls"]
                .iter()
                .any(|key| message.get(key).is_some())
    };
    // One that the head cuts may lack either.
    list.is_array() && list.items().next().is_some_and(is_message)
}

/// Tells a document that is such an array, or that has it as `messages`. More of them may follow, each on a line of its
/// own.
pub(super) fn tell(client: &'static str, text: &[u8], known: &Known, out: &mut Out<'_>) {
    let mut places = Places::of(text);
    let (mut begin, mut number) = (0, 1);
    while let Some(next) = conversation(client, text, begin, number, known, &mut places, out) {
        (begin, number) = (next, number + 1);
    }
}

/// Tells the conversation that begins at this byte. Returns where the next one begins.
fn conversation(
    client: &'static str,
    text: &[u8],
    begin: usize,
    number: u32,
    known: &Known,
    places: &mut Places<'_>,
    out: &mut Out<'_>,
) -> Option<usize> {
    let doc = document_at(text, begin);
    let end = begin + doc.rest().start;
    let next = following(text, end);
    let root = doc.root();
    // One that is cut off closes nowhere.
    let is_closed = root.is_some_and(|root| is_closed(&doc, root));
    let next = next.filter(|_| is_closed);
    if !doc.is_whole() && next.is_none() {
        out.note(not_whole(text, end));
    }
    let root = root?;
    // The first needs no number: there may be no other.
    let conn = match number {
        1 => Vec::new(),
        number => number.to_string().into_bytes(),
    };
    let list = if root.is_array() {
        Some(root)
    } else {
        root.get("messages")
    };
    let first = list.and_then(|list| list.items().next());
    let mut scope = first.map_or_else(String::new, |first| pieces::scope(first.raw().bytes()));
    if number > 1 {
        // Many begin with the same words.
        scope.push_str(&format!(" {number}"));
    }
    let place = |places: &mut Places<'_>, value: Value<'_>| {
        let range = value.range();
        places.origin(begin + range.start..begin + range.end)
    };
    let mut turns = Turns::new(client, known, scope, conn.clone());
    // In the order in which they stand, so that a document that is cut off tells the same as far as it goes.
    let members = root.is_object().then(|| root.items());
    for part in members
        .into_iter()
        .flatten()
        .chain(list.filter(|_| root.is_array()))
    {
        let key = part.key();
        match key.as_ref().map(|key| key.as_raw().bytes()) {
            None | Some(b"messages") => {
                for message in part.items() {
                    if !pieces::is_complete(&doc, message) {
                        continue;
                    }
                    let at = Entry {
                        micros: pieces::time_at(message, &["ts", "timestamp", "created_at"]),
                        conn: &conn,
                        ..Entry::at(place(places, message))
                    };
                    turns.message(&at, message, out);
                }
            }
            Some(b"tools") if pieces::is_complete(&doc, part) => {
                let at = Entry {
                    conn: &conn,
                    ..Entry::at(place(places, part))
                };
                offered(&turns, &at, part, out);
            }
            _ => {}
        }
    }
    turns.end(out);
    next
}

/// Where the next value begins that stands on a line of its own behind this byte.
fn following(text: &[u8], end: usize) -> Option<usize> {
    let rest = text.get(end..)?;
    let space = rest.len() - rest.trim_ascii_start().len();
    let is_value = matches!(rest.get(space), Some(b'{' | b'['));
    (is_value && rest[..space].contains(&b'\n')).then_some(end + space)
}

/// The tools that the model was offered, by their servers.
fn offered(turns: &Turns, at: &Entry<'_>, tools: Value<'_>, out: &mut Out<'_>) {
    let mut servers: BTreeMap<Vec<u8>, Vec<Vec<u8>>> = BTreeMap::new();
    for tool in tools.items() {
        let tool = tool.get("function").unwrap_or(tool);
        let Some(name) = tool.str("name") else {
            continue;
        };
        let (server, name) = match owner(name.as_raw().bytes(), turns.known()) {
            Owner::Server { server, tool } => (server, tool),
            Owner::Key { key, tool } => (key, tool),
            Owner::Client => continue,
        };
        let definition = definition(&name, tool);
        servers.entry(server).or_default().push(definition);
    }
    for (server, tools) in servers {
        turns
            .calls()
            .definitions(at, &server, &pieces::array(&tools), out);
    }
}

/// A definition in the protocol's words.
fn definition(name: &[u8], tool: Value<'_>) -> Vec<u8> {
    let mut text = [&b"{\"name\":"[..], &pieces::string(name)].concat();
    let schema = ["input_schema", "inputSchema", "parameters"];
    let schema = schema.iter().find_map(|key| tool.get(key));
    for (key, value) in [
        ("description", tool.get("description")),
        ("inputSchema", schema),
        ("annotations", tool.get("annotations")),
    ] {
        if let Some(value) = value {
            text.extend_from_slice(format!(",\"{key}\":").as_bytes());
            text.extend_from_slice(value.raw().bytes());
        }
    }
    text.push(b'}');
    text
}
