//! The quick look: the head of a line and its tail, never the payload between. It answers only where it is sure.

use super::direction;
use crate::formats::{Flags, Peek, parse_stamp};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{skip_space, skip_string, skip_value};
use crate::wire::method;
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

/// A member of the envelope, as far as the index knows it.
#[derive(Clone, Copy)]
enum Member {
    Session,
    Label,
    Stamp,
    Direction,
    Transport,
    Text,
    Status,
    Truncated,
    Redacted,
    Origin,
    Once,
    Raw,
    Other,
}

/// The members in the order in which recorders write them, from `next` on: where one is expected, a comparison with a
/// literal replaces a search. Gives the member's place, itself, and the length of its key with the colon.
#[inline]
fn usual(rest: &[u8], next: usize) -> Option<(usize, Member, usize)> {
    macro_rules! in_order {
        ($($place:literal $key:literal $member:ident),*) => {
            $(if next <= $place && rest.starts_with($key) {
                return Some(($place + 1, Member::$member, $key.len()));
            })*
        };
    }
    in_order!(
        0 b"\"v\":" Other,
        1 b"\"session_id\":" Session,
        2 b"\"server_label\":" Label,
        3 b"\"seq\":" Other,
        4 b"\"ts\":" Stamp,
        5 b"\"mono_us\":" Other,
        6 b"\"direction\":" Direction,
        7 b"\"transport\":" Transport,
        8 b"\"origin\":" Origin,
        9 b"\"raw\":" Raw
    );
    None
}

impl Member {
    fn of(key: &[u8]) -> Member {
        match key {
            b"session_id" => Member::Session,
            b"server_label" => Member::Label,
            b"ts" => Member::Stamp,
            b"direction" => Member::Direction,
            b"transport" => Member::Transport,
            b"text" | b"b64" => Member::Text,
            b"status" | b"sse" => Member::Status,
            b"truncated" => Member::Truncated,
            b"redacted" => Member::Redacted,
            b"origin" => Member::Origin,
            b"once" => Member::Once,
            b"raw" => Member::Raw,
            _ => Member::Other,
        }
    }

    /// The member whose key begins at `at`, and where its value begins. `next` is the place of the one that
    /// is expected.
    fn at(line: &[u8], at: usize, next: &mut usize) -> Option<(Member, usize)> {
        if let Some((after, member, key)) = usual(line.get(at..)?, *next) {
            *next = after;
            return Some((member, skip_space(line, at + key)));
        }
        let (key, value) = key(line, at)?;
        Some((Member::of(key), value))
    }
}

/// The key that begins at `at`, and where its value begins. `None` for a key with escapes.
fn key(line: &[u8], at: usize) -> Option<(&[u8], usize)> {
    let (key, end) = string(line, at)?;
    let colon = skip_space(line, end);
    (*line.get(colon)? == b':').then(|| (key, skip_space(line, colon + 1)))
}

/// The inside of the string that begins at `at`, and where it ends. `None` for one that needs decoding.
fn string(line: &[u8], at: usize) -> Option<(&[u8], usize)> {
    if *line.get(at)? != b'"' {
        return None;
    }
    let (end, escaped) = skip_string(line, at)?;
    (!escaped).then(|| (&line[at + 1..end - 1], end))
}

/// Whether the line has nothing but this left.
fn ends_with(line: &[u8], at: usize, what: &[u8]) -> bool {
    line.get(at..).is_some_and(|rest| rest.trim_ascii() == what)
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
    let mut next = 0;
    loop {
        at = skip_space(line, at);
        let (member, value) = Member::at(line, at, &mut next)?;
        if let Member::Raw = member {
            head.raw = Some(value);
            return Some(head);
        }
        let comma = skip_space(line, head.member(member, line, value)?);
        match line.get(comma)? {
            b',' => at = comma + 1,
            b'}' if ends_with(line, comma, b"}") => return Some(head),
            _ => return None,
        }
    }
}

impl<'l> Head<'l> {
    /// Takes a member whose value begins at `value`, and gives where that ends. `None` where the whole line is wanted.
    fn member(&mut self, member: Member, line: &'l [u8], value: usize) -> Option<usize> {
        let peek = &mut self.peek;
        let (text, end) = match member {
            Member::Session
            | Member::Label
            | Member::Stamp
            | Member::Direction
            | Member::Transport
            | Member::Once => string(line, value)?,
            _ => {
                let end = skip_value(line, value)?;
                (&line[value..end], end)
            }
        };
        match member {
            Member::Session => peek.conn = Cow::Borrowed(text),
            Member::Label => peek.label = Cow::Borrowed(text),
            Member::Stamp => peek.micros = parse_stamp(text).unwrap_or(i64::MIN),
            Member::Direction => peek.dir = Some(direction(text)?),
            Member::Transport if text == b"http" => peek.flags.set(Flags::HTTP),
            Member::Once => peek.once = Cow::Borrowed(text),
            Member::Origin => peek.line = origin_line(text),
            Member::Text => self.has_text = true,
            Member::Status => self.has_status = true,
            Member::Truncated if text == b"true" => peek.flags.set(Flags::TRUNCATED),
            Member::Redacted if text == b"true" => peek.flags.set(Flags::REDACTED),
            _ => {}
        }
        Some(end)
    }
}

/// The line in `[line,offset,length]`.
pub(super) fn origin_line(text: &[u8]) -> u32 {
    let digits = text.iter().skip(1).take_while(|b| b.is_ascii_digit());
    digits.fold(0, |n: u32, b| {
        n.saturating_mul(10).saturating_add(u32::from(b - b'0'))
    })
}

/// Reads the first members of the message at `raw`, and its id from the tail where it is not among them.
fn inside<'l>(line: &'l [u8], raw: usize, peek: &mut Peek<'l>) -> Option<()> {
    const VERSION: &[u8] = br#""jsonrpc":"2.0","#;
    if *line.get(raw)? != b'{' {
        return None;
    }
    let mut seen = Seen::default();
    let mut at = raw + 1;
    loop {
        at = skip_space(line, at);
        if line.get(at..)?.starts_with(VERSION) {
            at += VERSION.len();
            continue;
        }
        let (key, value) = key(line, at)?;
        let end = match key {
            b"jsonrpc" => skip_value(line, value)?,
            b"id" => {
                let end = skip_value(line, value)?;
                peek.id = &line[value..end];
                seen.id = true;
                end
            }
            b"method" => {
                let (method, end) = string(line, value)?;
                peek.method = Cow::Borrowed(method);
                seen.method = true;
                end
            }
            b"result" | b"error" | b"params" => {
                match key {
                    b"result" => seen.result = true,
                    b"error" => seen.error = true,
                    _ if seen.method => {
                        if let Some(key) = method::names(&peek.method) {
                            peek.name = Cow::Borrowed(name_in(line, value, key)?);
                        }
                    }
                    _ => return None,
                }
                tail(line, peek, &mut seen)?;
                break;
            }
            _ => return None,
        };
        let comma = skip_space(line, end);
        match line.get(comma)? {
            b',' => at = comma + 1,
            // The message ended: everything was in the head.
            b'}' if ends_with(line, comma + 1, b"}") => break,
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

/// The string under `name` in `params`, wherever it stands. Skips what stands before it.
fn name_in<'l>(line: &'l [u8], params: usize, name: &str) -> Option<&'l [u8]> {
    if *line.get(params)? != b'{' {
        return None;
    }
    let mut at = params + 1;
    loop {
        let (key, value) = key(line, skip_space(line, at))?;
        if key == name.as_bytes() {
            return string(line, value).map(|(text, _)| text);
        }
        let comma = skip_space(line, skip_value(line, value)?);
        if *line.get(comma)? != b',' {
            return None;
        }
        at = comma + 1;
    }
}

/// How far from the end an `id` is looked for: an id and `"jsonrpc":"2.0"` with room to spare.
const TAIL: usize = 256;

/// Reads `,"jsonrpc":"2.0","id":5}}` backwards, to where the payload ends. An unescaped `,"id":` cannot stand inside a
/// string, and two braces behind its value put it directly into the message. `None` for any other member there.
fn tail<'l>(line: &'l [u8], peek: &mut Peek<'l>, seen: &mut Seen) -> Option<()> {
    let end = line
        .trim_ascii_end()
        .strip_suffix(b"}")?
        .trim_ascii_end()
        .strip_suffix(b"}")?
        .trim_ascii_end();
    let mut rest = &end[end.len().saturating_sub(TAIL)..];
    loop {
        match rest.last()? {
            b'}' | b']' => return Some(()),
            _ => {}
        }
        let (key, value, before) = last_member(rest)?;
        match key {
            b"id" if !seen.id => {
                peek.id = value;
                seen.id = true;
            }
            b"jsonrpc" => {}
            _ => return None,
        }
        rest = before;
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
        _ => return None,
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
