//! The native format: one JSON object a line around each message, as the tap writes it (and mcpsnoop).
//!
//! The index looks at the head of a line (the envelope and the first members of the message) and at its tail (half of
//! the SDKs write `id` last), never at the payload between. Where the shape is not the usual one, the whole line is
//! read instead.

mod quick;
#[cfg(test)]
mod tests;
mod whole;

use super::{Class, Format, Lines, Message, Peek, Reading};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, skip_space, skip_string, skip_value};
use std::ops::Range;

pub static FORMAT: Format = Format {
    id: "native",
    title: "native recording (JSON lines, as mcpsnoop's)",
    class: Class::WireComplete,
    signs: "lines with `direction` and `raw` (or `text`), and `session_id` or `server_label`",
    score,
    reading: Reading::Lines(LINES),
};

pub const LINES: Lines = Lines {
    peek,
    message: Message::Stands(message),
};

/// What a recording that was exported from others holds: as much as the least of them. `None` for one that was made of
/// what passed on the wire.
pub fn exported(head: &[u8]) -> Option<Class> {
    let first = head.split(|b| *b == b'\n').next()?;
    memchr::memmem::find(first, b"\"made_from\"")?;
    let doc = Doc::parse(first);
    let raw = doc.root()?.get("raw")?;
    if raw.str("event")?.as_raw() != "export" {
        return None;
    }
    let rank = |class: &Class| match class {
        Class::WireComplete => 0,
        Class::CallsOnly => 1,
        Class::ConnectionsOnly => 2,
        Class::Configuration => 3,
    };
    let classes = raw.get("made_from")?.items().filter_map(|source| {
        let said = source.str("class")?;
        let named = |class: &Class| said.as_raw() == class.name();
        [
            Class::CallsOnly,
            Class::ConnectionsOnly,
            Class::Configuration,
        ]
        .into_iter()
        .find(named)
    });
    classes.max_by_key(rank)
}

fn score(head: &[u8]) -> u8 {
    super::detect::vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        if has("direction")
            && (has("raw") || has("text"))
            && (has("session_id") || has("server_label"))
        {
            100
        } else if has("direction") && has("transport") {
            90
        } else {
            0
        }
    })
}

fn peek(line: &[u8], emit: &mut dyn FnMut(Peek<'_>)) {
    match quick::read(line) {
        Some(peek) => emit(peek),
        None => whole::read(line, emit),
    }
}

/// Where `raw` stands. Its members are skipped, not parsed.
pub fn message(line: &[u8]) -> Range<usize> {
    let mut at = skip_space(line, 0) + 1;
    loop {
        at = skip_space(line, at);
        if line.get(at) != Some(&b'"') {
            return 0..0;
        }
        let Some((key_end, _)) = skip_string(line, at) else {
            return 0..0;
        };
        let key = &line[at + 1..key_end - 1];
        let colon = skip_space(line, key_end);
        let value = skip_space(line, colon + 1);
        let Some(end) = skip_value(line, value) else {
            return if key == b"raw" {
                value.min(line.len())..line.len()
            } else {
                0..0
            };
        };
        if key == b"raw" {
            return value..end;
        }
        at = skip_space(line, end) + 1;
    }
}

fn direction(word: &[u8]) -> Option<Direction> {
    Some(match word {
        b"c2s" => Direction::C2s,
        b"s2c" => Direction::S2c,
        b"stderr" => Direction::Stderr,
        b"meta" => Direction::Meta,
        _ => return None,
    })
}
