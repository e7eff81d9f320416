//! The quick look: the head of a line and its tail, never the payload between. It answers only where it is sure.

use super::direction;
use crate::formats::{Flags, Peek, parse_stamp};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{skip_space, skip_string, skip_value};
use std::borrow::Cow;

/// The envelope's members that stand before the message.
struct Head<'l> {
    peek: Peek<'l>,
    raw: Option<usize>,
    has_text: bool,
    has_status: bool,
}

/// Reads the usual shape: plain envelope members, then `raw` as the last one.
pub fn read(line: &[u8]) -> Option<Peek<'_>> {
    let head = envelope(line)?;
    let mut peek = head.peek;
    match peek.dir? {
        Direction::Stderr => {
            peek.kind = MessageKind::Stderr;
            head.has_text.then_some(peek)
        }
        Direction::Meta => None,
        _ => {
            let Some(raw) = head.raw else {
                // An answer's status, an `Accepted`, a stream's `endpoint` or its first empty event: HTTP, not MCP.
                peek.kind = MessageKind::Meta;
                peek.name = Cow::Borrowed(b"http");
                return head.has_status.then_some(peek);
            };
            inside(line, raw, &mut peek)?;
            Some(peek)
        }
    }
}

fn envelope(line: &[u8]) -> Option<Head<'_>> {
    let mut head = Head {
        peek: Peek::of(MessageKind::Other),
        raw: None,
        has_text: false,
        has_status: false,
    };
    if line.first() != Some(&b'{') {
        return None;
    }
    let mut at = 1;
    loop {
        at = skip_space(line, at);
        if *line.get(at)? != b'"' {
            return None;
        }
        let (key_end, escaped) = skip_string(line, at)?;
        if escaped {
            return None;
        }
        let key = &line[at + 1..key_end - 1];
        let colon = skip_space(line, key_end);
        if *line.get(colon)? != b':' {
            return None;
        }
        let value = skip_space(line, colon + 1);
        if key == b"raw" {
            head.raw = Some(value);
            return Some(head);
        }
        let end = skip_value(line, value)?;
        head.member(key, &line[value..end])?;
        let comma = skip_space(line, end);
        match line.get(comma)? {
            b',' => at = comma + 1,
            b'}' => return Some(head),
            _ => return None,
        }
    }
}

impl<'l> Head<'l> {
    /// `None` for a member that wants the whole line to be read.
    fn member(&mut self, key: &[u8], value: &'l [u8]) -> Option<()> {
        match key {
            b"session_id" => self.peek.conn = Cow::Borrowed(plain(value)?),
            b"server_label" => self.peek.label = Cow::Borrowed(plain(value)?),
            b"ts" => self.peek.micros = parse_stamp(plain(value)?).unwrap_or(i64::MIN),
            b"direction" => self.peek.dir = Some(direction(plain(value)?)?),
            b"transport" if plain(value)? == b"http" => self.peek.flags.set(Flags::HTTP),
            b"text" | b"b64" => self.has_text = true,
            b"status" | b"sse" => self.has_status = true,
            b"truncated" if value == b"true" => self.peek.flags.set(Flags::TRUNCATED),
            b"redacted" if value == b"true" => self.peek.flags.set(Flags::REDACTED),
            _ => {}
        }
        Some(())
    }
}

/// The inside of a string token that needs no decoding.
fn plain(token: &[u8]) -> Option<&[u8]> {
    let body = token.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    (!body.contains(&b'\\')).then_some(body)
}

/// Reads the first members of the message at `raw`, and its id from the tail where it is not among them.
fn inside<'l>(line: &'l [u8], raw: usize, peek: &mut Peek<'l>) -> Option<()> {
    if *line.get(raw)? != b'{' {
        return None;
    }
    let mut seen = Seen::default();
    let mut at = raw + 1;
    loop {
        at = skip_space(line, at);
        match *line.get(at)? {
            b'"' => {}
            // The message ended: everything was in the head.
            b'}' => break,
            _ => return None,
        }
        let (key_end, escaped) = skip_string(line, at)?;
        let colon = skip_space(line, key_end);
        if escaped || *line.get(colon)? != b':' {
            return None;
        }
        let value = skip_space(line, colon + 1);
        match &line[at + 1..key_end - 1] {
            b"jsonrpc" => {}
            b"id" => {
                peek.id = &line[value..skip_value(line, value)?];
                seen.id = true;
            }
            b"method" => {
                peek.method = Cow::Borrowed(plain(&line[value..skip_value(line, value)?])?);
                seen.method = true;
            }
            key @ (b"result" | b"error" | b"params") => {
                match key {
                    b"result" => seen.result = true,
                    b"error" => seen.error = true,
                    _ if seen.method => {
                        if names_something(&peek.method) {
                            peek.name = Cow::Borrowed(name_in(line, value)?);
                        }
                    }
                    _ => return None,
                }
                if !seen.id {
                    tail(line, peek, &mut seen)?;
                } else if !ends_after_payload(line) {
                    return None;
                }
                break;
            }
            _ => return None,
        }
        let end = skip_value(line, value)?;
        let comma = skip_space(line, end);
        match line.get(comma)? {
            b',' => at = comma + 1,
            b'}' => break,
            _ => return None,
        }
    }
    peek.kind = seen.kind()?;
    if peek.id == b"null" {
        peek.flags.set(Flags::NULL_ID);
    }
    Some(())
}

#[derive(Default)]
struct Seen {
    id: bool,
    method: bool,
    result: bool,
    error: bool,
}

impl Seen {
    /// `None` for a shape that JSON-RPC does not have.
    fn kind(&self) -> Option<MessageKind> {
        match (self.method, self.result, self.error) {
            (true, false, false) if self.id => Some(MessageKind::Request),
            (true, false, false) => Some(MessageKind::Notification),
            (false, true, false) if self.id => Some(MessageKind::Result),
            (false, false, true) if self.id => Some(MessageKind::Error),
            _ => None,
        }
    }
}

/// Methods whose `params` name what they are about.
fn names_something(method: &[u8]) -> bool {
    matches!(
        method,
        b"tools/call"
            | b"prompts/get"
            | b"resources/read"
            | b"resources/subscribe"
            | b"resources/unsubscribe"
    )
}

/// `params.name` or `params.uri`, wherever it stands. Skips what stands before it.
fn name_in(line: &[u8], params: usize) -> Option<&[u8]> {
    if *line.get(params)? != b'{' {
        return None;
    }
    let mut at = params + 1;
    loop {
        at = skip_space(line, at);
        if *line.get(at)? != b'"' {
            return None;
        }
        let (key_end, _) = skip_string(line, at)?;
        let value = skip_space(line, skip_space(line, key_end) + 1);
        let end = skip_value(line, value)?;
        if matches!(&line[at + 1..key_end - 1], b"name" | b"uri") {
            return plain(&line[value..end]);
        }
        let comma = skip_space(line, end);
        if *line.get(comma)? != b',' {
            return None;
        }
        at = comma + 1;
    }
}

/// Whether the line ends as one whose last member is the message and whose message's last member is the payload or an
/// `id` or `jsonrpc`: two closing braces.
fn ends_after_payload(line: &[u8]) -> bool {
    let end = line.trim_ascii_end();
    end.ends_with(b"}") && end[..end.len() - 1].trim_ascii_end().ends_with(b"}")
}

/// How far from the end an `id` is looked for: an id and `"jsonrpc":"2.0"` with room to spare.
const TAIL: usize = 256;

/// Reads `,"id":5}}` or `,"jsonrpc":"2.0"}}` backwards. An unescaped `,"id":` cannot stand inside a string, and two
/// braces behind its value put it directly into the message.
fn tail<'l>(line: &'l [u8], peek: &mut Peek<'l>, seen: &mut Seen) -> Option<()> {
    let end = line
        .trim_ascii_end()
        .strip_suffix(b"}")?
        .trim_ascii_end()
        .strip_suffix(b"}")?
        .trim_ascii_end();
    let window = &end[end.len().saturating_sub(TAIL)..];
    let mut rest = window;
    loop {
        let (key, value, before) = last_member(rest)?;
        match key {
            b"id" => {
                peek.id = value;
                seen.id = true;
                return Some(());
            }
            b"jsonrpc" => rest = before,
            _ => {
                // The payload is the last member: there is no id. Only a notification may go without.
                return seen.method.then_some(());
            }
        }
    }
}

/// Splits `…,"key":scalar` into key, value and what stands before the comma. `None` where the end is not of that shape.
fn last_member(text: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    let value_start = match text.last()? {
        b'"' => text[..text.len() - 1].iter().rposition(|b| *b == b'"')?,
        b'0'..=b'9' | b'l' | b'e' => {
            text.iter()
                .rposition(|b| matches!(b, b':' | b',' | b'[' | b'{'))?
                + 1
        }
        // A bracket: the payload itself ends here.
        _ => return Some((b"", b"", b"")),
    };
    let value = text[value_start..].trim_ascii();
    let head = text[..value_start]
        .trim_ascii_end()
        .strip_suffix(b":")?
        .trim_ascii_end()
        .strip_suffix(b"\"")?;
    let key_start = head.iter().rposition(|b| *b == b'"')?;
    let key = &head[key_start + 1..];
    let before = head[..key_start].trim_ascii_end().strip_suffix(b",")?;
    if value.len() >= 2 && value[0] == b'"' && value[1..value.len() - 1].contains(&b'\\') {
        return None;
    }
    Some((key, value, before))
}
