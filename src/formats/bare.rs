//! Bare JSON-RPC: one message (or batch) a line, with nothing around it. The direction is inferred from the method; a
//! response goes against its request, which only the session can know.

use super::{Class, Flags, Format, Lines, Message, Peek, Reading, parse_stamp};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Kind, Value};
use crate::wire::method;
use std::borrow::Cow;
use std::ops::Range;

pub static FORMAT: Format = Format {
    id: "json-rpc",
    title: "bare JSON-RPC messages, one a line",
    class: Class::WireComplete,
    signs: "lines (or batches) with `jsonrpc`",
    score,
    reading: Reading::Lines(LINES),
};

pub const LINES: Lines = Lines {
    peek,
    message: Message::Stands(message),
};

fn score(head: &[u8]) -> u8 {
    // The framing of language servers puts two messages on one line.
    if head.starts_with(b"Content-Length:") {
        return 0;
    }
    super::detect::vote(head, |doc| match doc.root() {
        Some(root) if root.is_object() && root.get("jsonrpc").is_some() => 80,
        Some(root) if is_request(root) => 40,
        Some(root)
            if root.is_array()
                && root
                    .items()
                    .next()
                    .is_some_and(|v| v.get("jsonrpc").is_some()) =>
        {
            60
        }
        _ => 0,
    })
}

/// Whether a line without `jsonrpc` is a request of this protocol, and not of another that has methods and ids.
fn is_request(root: Value<'_>) -> bool {
    const KEYS: [&[u8]; 4] = [b"id", b"method", b"params", b"_meta"];
    let strange = |member: Value<'_>| {
        member
            .key()
            .is_none_or(|key| !KEYS.contains(&key.as_raw().bytes()))
    };
    root.is_object()
        && root.get("id").is_some()
        && root.str("method").is_some_and(|name| {
            let name = name.as_raw().bytes();
            method::is_listed(name) || name.contains(&b'/')
        })
        && !root.items().any(strange)
}

fn peek(line: &[u8], emit: &mut dyn FnMut(Peek<'_>)) {
    let doc = Doc::parse(line);
    match doc.root() {
        Some(root) if doc.is_whole() => messages(root, emit),
        Some(_) if matches!(line.trim_ascii_start().first(), Some(b'{' | b'[')) => {
            emit(Peek::of(MessageKind::Unreadable))
        }
        // A server's banner or log line between its messages.
        _ => emit(Peek::of(MessageKind::Text)),
    }
}

fn message(line: &[u8]) -> Range<usize> {
    0..line.len()
}

/// Every message of a value: itself, or the items of a batch.
pub(super) fn messages(root: Value<'_>, emit: &mut dyn FnMut(Peek<'_>)) {
    if !root.is_array() {
        return emit(one(root));
    }
    let mut any = false;
    for item in root.items() {
        any = true;
        let mut peek = one(item);
        peek.flags.set(Flags::BATCH);
        emit(peek);
    }
    if !any {
        emit(Peek::of(MessageKind::Other));
    }
}

/// The outside of one message. Only an object is one: `[1,"tools/call",{…}]` is not a request.
fn one(value: Value<'_>) -> Peek<'_> {
    let mut peek = Peek::of(MessageKind::Other);
    if !value.is_object() {
        return peek;
    }
    let (id, name) = (value.get("id"), value.get("method").and_then(|m| m.text()));
    if let Some(id) = id {
        peek.id = id.raw().bytes();
        if id.kind() == Kind::Null {
            peek.flags.set(Flags::NULL_ID);
        }
    }
    peek.kind = match (&name, value.get("result"), value.get("error")) {
        (Some(_), None, None) if id.is_some() => MessageKind::Request,
        (Some(_), None, None) => MessageKind::Notification,
        (None, _, Some(_)) => MessageKind::Error,
        (None, Some(_), None) if id.is_some() => MessageKind::Result,
        _ => MessageKind::Other,
    };
    if let Some(name) = name {
        let bytes = name.as_raw().bytes();
        peek.dir = method::direction(bytes);
        peek.name = about(value, bytes);
        peek.method = Cow::Owned(bytes.to_vec());
    }
    if let Some(meta) = value.get("_meta") {
        hints(meta, &mut peek);
    }
    peek
}

fn about(value: Value<'_>, method: &[u8]) -> Cow<'static, [u8]> {
    let Some(key) = method::names(method) else {
        return Cow::Borrowed(b"");
    };
    let text = value.get("params").and_then(|params| params.str(key));
    Cow::Owned(
        text.map(|t| t.as_raw().bytes().to_vec())
            .unwrap_or_default(),
    )
}

/// Some tools add `_meta: {direction, server, ts}` beside the message.
fn hints(meta: Value<'_>, peek: &mut Peek<'_>) {
    match meta.str("direction").as_ref().map(|d| d.as_raw()) {
        Some(d) if d == "c2s" || d == "request" || d == "client" => peek.dir = Some(Direction::C2s),
        Some(d) if d == "s2c" || d == "response" || d == "server" => {
            peek.dir = Some(Direction::S2c)
        }
        _ => {}
    }
    if let Some(server) = meta.str("server") {
        peek.label = Cow::Owned(server.as_raw().bytes().to_vec());
    }
    if let Some(ts) = meta.str("ts") {
        peek.micros = parse_stamp(ts.as_raw().bytes()).unwrap_or(i64::MIN);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(line: &str) -> Vec<MessageKind> {
        let mut all = Vec::new();
        peek(line.as_bytes(), &mut |p| all.push(p.kind));
        all
    }

    #[test]
    fn tells_messages_apart() {
        use MessageKind::*;
        assert_eq!(
            kinds(r#"{"jsonrpc":"2.0","id":1,"method":"ping"}"#),
            [Request]
        );
        assert_eq!(
            kinds(r#"{"jsonrpc":"2.0","id":null,"method":"ping"}"#),
            [Request]
        );
        assert_eq!(
            kinds(r#"{"jsonrpc":"2.0","method":"ping"}"#),
            [Notification]
        );
        assert_eq!(kinds(r#"{"jsonrpc":"2.0","id":1,"result":{}}"#), [Result]);
        assert_eq!(kinds(r#"{"jsonrpc":"2.0","id":null,"error":{}}"#), [Error]);
        assert_eq!(
            kinds(r#"[{"jsonrpc":"2.0","id":1,"method":"a"},{"jsonrpc":"2.0","method":"b"}]"#),
            [Request, Notification]
        );
        assert_eq!(kinds("[]"), [Other]);
        assert_eq!(
            kinds(r#"[1,"tools/call",{"name":"hidden"}]"#),
            [Other, Other, Other]
        );
        assert_eq!(kinds("Server starting on stdio..."), [Text]);
        assert_eq!(kinds(r#"{"jsonrpc":"2.0","id""#), [Unreadable]);
    }

    #[test]
    fn escaped_names_are_read_as_they_mean() {
        peek(
            br#"{"jsonrpc":"2.0","id":1,"\u006dethod":"tools\/call","params":{"name":"x"}}"#,
            &mut |p| {
                assert_eq!((&*p.method, &*p.name), (&b"tools/call"[..], &b"x"[..]));
            },
        );
    }
}
