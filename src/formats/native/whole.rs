//! The whole read, for lines whose shape is not the usual one.

use super::direction;
use crate::formats::{Flags, Peek, bare, parse_stamp};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Kind, Value};
use std::borrow::Cow;

/// Reads the whole line.
pub fn read(line: &[u8], emit: &mut dyn FnMut(Peek<'_>)) {
    let doc = Doc::parse(line);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return emit(Peek::of(MessageKind::Unreadable));
    };
    let text = |key: &str| -> Cow<'_, [u8]> {
        Cow::Owned(
            root.str(key)
                .map(|t| t.into_buf().as_raw().bytes().to_vec())
                .unwrap_or_default(),
        )
    };
    if !doc.is_whole() {
        let mut peek = Peek::of(MessageKind::Unreadable);
        surround(root, &mut peek);
        let (conn, label) = (text("session_id"), text("server_label"));
        if !conn.is_empty() && !label.is_empty() {
            (peek.conn, peek.label) = (conn, label);
        }
        return emit(peek);
    }
    let mut frame = Peek::of(MessageKind::Other);
    surround(root, &mut frame);
    let conn = text("session_id");
    let label = text("server_label");
    let fill = |peek: &mut Peek<'_>| {
        peek.micros = frame.micros;
        peek.flags.set(frame.flags);
        if frame.dir.is_some() {
            peek.dir = frame.dir;
        }
        peek.conn = Cow::Owned(conn.to_vec());
        peek.label = Cow::Owned(label.to_vec());
        peek.once = frame.once.clone();
        peek.line = frame.line;
    };
    let raw = root.get("raw");
    match (frame.dir, raw) {
        (Some(Direction::Stderr), _) => {
            let mut peek = Peek::of(MessageKind::Stderr);
            fill(&mut peek);
            emit(peek);
        }
        (Some(Direction::Meta), raw) => {
            let mut peek = Peek::of(MessageKind::Meta);
            fill(&mut peek);
            peek.name = event(raw);
            emit(peek);
        }
        (_, Some(raw))
            if raw.is_object() && raw.get("event").is_some() && raw.get("jsonrpc").is_none() =>
        {
            let mut peek = Peek::of(MessageKind::Meta);
            fill(&mut peek);
            peek.name = event(Some(raw));
            emit(peek);
        }
        (_, Some(raw)) => bare::messages(raw, &mut |mut peek| {
            fill(&mut peek);
            emit(peek);
        }),
        (_, None) => {
            let has_text = root.get("text").or(root.get("b64")).is_some();
            let of_http = root.get("status").or(root.get("sse")).is_some();
            let has_text = has_text && !of_http;
            let mut peek = Peek::of(if has_text {
                MessageKind::Text
            } else {
                MessageKind::Meta
            });
            fill(&mut peek);
            if !has_text {
                peek.name = Cow::Borrowed(b"http");
            }
            emit(peek);
        }
    }
}

fn event<'v>(raw: Option<Value<'v>>) -> Cow<'v, [u8]> {
    let event = raw.and_then(|raw| raw.str("event"));
    Cow::Owned(
        event
            .map(|t| t.as_raw().bytes().to_vec())
            .unwrap_or_else(|| b"start".to_vec()),
    )
}

/// The envelope's members, from a parsed line.
fn surround(root: Value<'_>, peek: &mut Peek<'_>) {
    if let Some(origin) = root.get("origin") {
        peek.line = super::quick::origin_line(origin.raw().bytes());
    }
    if let Some(once) = root.str("once") {
        peek.once = Cow::Owned(once.as_raw().bytes().to_vec());
    }
    if let Some(ts) = root.str("ts") {
        peek.micros = parse_stamp(ts.as_raw().bytes()).unwrap_or(i64::MIN);
    }
    peek.dir = root
        .str("direction")
        .and_then(|d| direction(d.as_raw().bytes()));
    if root.str("transport").is_some_and(|t| t.as_raw() == "http") {
        peek.flags.set(Flags::HTTP);
    }
    if root
        .get("truncated")
        .is_some_and(|v| v.kind() == Kind::True)
    {
        peek.flags.set(Flags::TRUNCATED);
    }
    if root.get("redacted").is_some_and(|v| v.kind() == Kind::True) {
        peek.flags.set(Flags::REDACTED);
    }
}
