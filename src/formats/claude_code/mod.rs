//! Claude Code: the transcripts that it keeps (`~/.claude/projects/*/*.jsonl`), and what `claude -p --output-format
//! stream-json` prints. Both have one record a line, of one shape; they are read in place.
//!
//! A record's message has content blocks: `tool_use` is a call, `tool_result` what came back, `text` what was said. Each
//! that says something is one entry, numbered in the order of the blocks; the rest of a record is only passed by.

mod block;
mod quick;
mod record;
mod tell;
#[cfg(test)]
mod tests;

use super::{Class, Flags, Format, Lines, Message, Peek, Reading, calls, parse_stamp};
use crate::text::{Raw, json_string};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Value, decode};
use block::Said;
use memchr::memchr;
use record::{Record, Speaker};
use std::borrow::Cow;

pub static FORMAT: Format = Format {
    id: "claude-code",
    title: "Claude Code transcript",
    class: Class::CallsOnly,
    signs: "lines with `sessionId`, `uuid` and `message`",
    score,
    reading: Reading::Lines(LINES),
};

pub static STREAM: Format = Format {
    id: "claude-stream",
    title: "Claude Code's stream-json output",
    class: Class::CallsOnly,
    signs: "lines with `session_id` and `type`, the first one `system` with the subtype `init`",
    score: score_stream,
    reading: Reading::Lines(LINES),
};

const LINES: Lines = Lines {
    peek,
    message: Message::Told(tell::tell),
};

/// The label of what is the client's own.
const CLIENT: &str = "claude-code";

fn score(head: &[u8]) -> u8 {
    super::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        let id = has("uuid") || has("parentUuid");
        match (id, has("sessionId"), has("message"), has("type")) {
            (true, true, true, _) => 96,
            (true, true, false, true) => 90,
            (true, false, true, true) => 85,
            _ if is(root, "summary") && has("leafUuid") => 90,
            _ if is(root, "file-history-snapshot") && has("messageId") => 90,
            (false, true, _, true) if !has("message") => 60,
            _ => 0,
        }
    })
}

fn score_stream(head: &[u8]) -> u8 {
    super::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        if !has("session_id") || has("direction") {
            0
        } else if is(root, "system") && has("subtype") {
            100
        } else if is(root, "user") || is(root, "assistant") || is(root, "result") {
            97
        } else {
            u8::from(has("type")) * 90
        }
    })
}

fn is(root: Value<'_>, kind: &str) -> bool {
    root.str("type").is_some_and(|text| text.as_raw() == kind)
}

fn peek(line: &[u8], emit: &mut dyn FnMut(Peek<'_>)) {
    if let Some(record) = quick::read(line, quick::Extent::Outside) {
        return outside(&record, emit);
    }
    let doc = Doc::parse(line);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        let mut peek = Peek::of(MessageKind::Unreadable);
        if tell::is_text(line) {
            peek.kind = MessageKind::Text;
            peek.dir = Some(Direction::S2c);
            peek.label = Cow::Borrowed(CLIENT.as_bytes());
        }
        return emit(peek);
    };
    let record = Record::of(root);
    if doc.is_whole() {
        return outside(&record, emit);
    }
    emit(Peek {
        label: Cow::Borrowed(CLIENT.as_bytes()),
        ..record.peek(MessageKind::Unreadable)
    });
}

/// Gives the outsides of a record's entries.
fn outside(record: &Record<'_>, emit: &mut dyn FnMut(Peek<'_>)) {
    if let Speaker::Start(root) = &record.speaker {
        return tell::started(*root, &mut |server, event| {
            emit(Peek {
                name: Cow::Borrowed(event.as_bytes()),
                label: server.map_or(Cow::Borrowed(CLIENT.as_bytes()), Cow::Owned),
                dir: Some(Direction::Meta),
                ..record.peek(MessageKind::Meta)
            });
        });
    }
    let mut texts = 0;
    for said in record.said() {
        match said {
            Said::Call(call) => {
                let id = plain(call.id);
                let name = plain(call.name);
                let tool = record.tool(&call, &name);
                emit(Peek {
                    dir: Some(Direction::C2s),
                    id: &spelled(call.id, &id),
                    label: tool.server.unwrap_or(Cow::Borrowed(CLIENT.as_bytes())),
                    method: Cow::Borrowed(b"tools/call"),
                    name: as_told(tool.name),
                    once: Cow::Owned(calls::once(b"call", &id)),
                    ..record.peek(MessageKind::Request)
                });
            }
            Said::Answer(answer) => {
                let id = plain(answer.id);
                emit(Peek {
                    dir: Some(Direction::S2c),
                    id: &spelled(answer.id, &id),
                    label: Cow::Borrowed(CLIENT.as_bytes()),
                    once: Cow::Owned(calls::once(b"answer", &id)),
                    late: true,
                    ..record.peek(MessageKind::Result)
                });
            }
            Said::Text(_) => {
                emit(Peek {
                    dir: Some(Direction::Meta),
                    label: Cow::Borrowed(CLIENT.as_bytes()),
                    name: Cow::Borrowed(record.speaker.event().as_bytes()),
                    once: record.once(texts).into(),
                    ..record.peek(MessageKind::Meta)
                });
                texts += 1;
            }
        }
    }
}

impl<'l> Record<'l> {
    /// What all entries of the record share.
    fn peek(&self, kind: MessageKind) -> Peek<'l> {
        Peek {
            conn: plain(self.session),
            micros: parse_stamp(&plain(self.stamp)).unwrap_or(i64::MIN),
            flags: Flags::NONE,
            ..Peek::of(kind)
        }
    }
}

/// The text of a JSON string, without a copy where nothing is escaped; nothing for anything else.
fn plain(token: &[u8]) -> Cow<'_, [u8]> {
    match token {
        [b'"', inside @ .., b'"'] if memchr(b'\\', inside).is_none() => Cow::Borrowed(inside),
        [b'"', ..] => Cow::Owned(decode(token).as_raw().bytes().to_vec()),
        _ => Cow::Borrowed(b""),
    }
}

/// A name as the told message has it: JSON has another spelling for bytes that are no UTF-8.
fn as_told(name: Cow<'_, [u8]>) -> Cow<'_, [u8]> {
    if name.is_ascii() {
        return name;
    }
    let mut text = String::new();
    json_string(Raw::new(&name), &mut text);
    Cow::Owned(decode(text.as_bytes()).as_raw().bytes().to_vec())
}

/// An id as the told message spells it.
fn spelled<'l>(token: &'l [u8], id: &[u8]) -> Cow<'l, [u8]> {
    if token.len() == id.len() + 2 && id.iter().all(u8::is_ascii_graphic) {
        return Cow::Borrowed(token);
    }
    let mut text = String::new();
    json_string(Raw::new(id), &mut text);
    Cow::Owned(text.into_bytes())
}
