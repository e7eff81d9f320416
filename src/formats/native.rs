//! The native format: one JSON object a line around each message, as the tap writes it (and mcpsnoop).
//!
//! The index looks at the head of a line (the envelope and the first members of the message) and at its tail (half of
//! the SDKs write `id` last), never at the payload between. Where the shape is not the usual one, the whole line is
//! read instead.

use super::{Class, Flags, Format, Lines, Peek, Reading, parse_stamp};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Kind, Value, skip_space, skip_string, skip_value};
use std::borrow::Cow;
use std::ops::Range;

pub static FORMAT: Format = Format {
    id: "native",
    title: "native recording (JSON lines, as mcpsnoop's)",
    class: Class::WireComplete,
    score,
    reading: Reading::Lines(LINES),
};

pub const LINES: Lines = Lines { peek, message };

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
    match fast(line) {
        Some(peek) => emit(peek),
        None => exact(line, emit),
    }
}

/// Where `raw` stands. Its members are skipped, not parsed.
fn message(line: &[u8]) -> Range<usize> {
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
                value..line.len()
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

/// The envelope's members that stand before the message.
struct Head<'l> {
    peek: Peek<'l>,
    raw: Option<usize>,
    has_text: bool,
    has_status: bool,
}

/// Reads the usual shape: plain envelope members, then `raw` as the last one.
fn fast(line: &[u8]) -> Option<Peek<'_>> {
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

fn direction(word: &[u8]) -> Option<Direction> {
    Some(match word {
        b"c2s" => Direction::C2s,
        b"s2c" => Direction::S2c,
        b"stderr" => Direction::Stderr,
        b"meta" => Direction::Meta,
        _ => return None,
    })
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

/// Reads the whole line.
fn exact(line: &[u8], emit: &mut dyn FnMut(Peek<'_>)) {
    let doc = Doc::parse(line);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return emit(Peek::of(MessageKind::Unreadable));
    };
    if !doc.is_whole() {
        let mut peek = Peek::of(MessageKind::Unreadable);
        surround(root, &mut peek);
        return emit(peek);
    }
    let text = |key: &str| {
        Cow::Owned(
            root.str(key)
                .map(|t| t.into_buf().as_raw().bytes().to_vec())
                .unwrap_or_default(),
        )
    };
    let mut frame = Peek::of(MessageKind::Other);
    surround(root, &mut frame);
    let conn: Cow<'_, [u8]> = text("session_id");
    let label: Cow<'_, [u8]> = text("server_label");
    let fill = |peek: &mut Peek<'_>| {
        peek.micros = frame.micros;
        peek.flags.set(frame.flags);
        if frame.dir.is_some() {
            peek.dir = frame.dir;
        }
        peek.conn = Cow::Owned(conn.to_vec());
        peek.label = Cow::Owned(label.to_vec());
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
        (_, Some(raw)) => super::bare::messages(raw, &mut |mut peek| {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(peek: &Peek<'_>) -> String {
        let s = |b: &[u8]| String::from_utf8_lossy(b).into_owned();
        format!(
            "{:?} {:?} id={} method={} name={} conn={} label={} t={}",
            peek.kind,
            peek.dir,
            s(peek.id),
            s(&peek.method),
            s(&peek.name),
            s(&peek.conn),
            s(&peek.label),
            peek.micros
        )
    }

    fn both(line: &str) -> (Option<String>, Vec<String>) {
        let mut all = Vec::new();
        exact(line.as_bytes(), &mut |p| all.push(told(&p)));
        (fast(line.as_bytes()).map(|p| told(&p)), all)
    }

    const ENVELOPE: &str = r#"{"v":1,"session_id":"a-1","server_label":"a","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"DIR","transport":"stdio","raw":RAW}"#;

    fn line(dir: &str, raw: &str) -> String {
        ENVELOPE.replace("DIR", dir).replace("RAW", raw)
    }

    #[test]
    fn the_quick_look_agrees_with_the_whole_read() {
        for (dir, raw) in [
            (
                "c2s",
                r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"x","arguments":{"id":9}}}"#,
            ),
            (
                "c2s",
                r#"{"method":"tools/call","params":{"arguments":{"name":"inner"},"name":"x"},"jsonrpc":"2.0","id":"a-7"}"#,
            ),
            (
                "c2s",
                r#"{ "method" : "ping" , "id" : 5 , "jsonrpc" : "2.0" }"#,
            ),
            (
                "s2c",
                r#"{"result":{"content":[{"text":",\"id\":5}}"}]},"jsonrpc":"2.0","id":"x"}"#,
            ),
            (
                "s2c",
                r#"{"jsonrpc":"2.0","id":2,"error":{"code":-1,"message":"no"}}"#,
            ),
            (
                "s2c",
                r#"{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":{"id":3}}}"#,
            ),
            (
                "s2c",
                r#"{"method":"notifications/x","params":{"a":{"id":3}},"jsonrpc":"2.0"}"#,
            ),
            (
                "c2s",
                r#"{"method":"resources/read","params":{"uri":"note://today"},"jsonrpc":"2.0","id":0}"#,
            ),
        ] {
            let (quick, whole) = both(&line(dir, raw));
            assert_eq!(quick.as_ref(), whole.first(), "{raw}");
        }
    }

    #[test]
    fn what_is_unusual_is_left_to_the_whole_read() {
        for raw in [
            r#"[{"jsonrpc":"2.0","id":1,"method":"ping"}]"#,
            r#"{"\u006dethod":"ping","id":1}"#,
            r#"{"result":{"id":4}}"#,
        ] {
            assert_eq!(both(&line("s2c", raw)).0, None, "{raw}");
        }
    }

    #[test]
    fn recorder_lines_and_statuses_are_meta() {
        assert_eq!(
            both(&line("meta", r#"{"event":"exit","code":0}"#)).1,
            ["Meta Some(Meta) id= method= name=exit conn=a-1 label=a t=1767225600000000"]
        );
        let status = r#"{"session_id":"a-1","server_label":"a","ts":"2026-01-01T00:00:00Z","direction":"s2c","transport":"http","status":202}"#;
        assert!(both(status).1[0].starts_with("Meta Some(S2c)"));
    }

    #[test]
    fn finds_the_message_in_the_line() {
        let text = line("c2s", r#"{"id":1}"#);
        assert_eq!(&text[message(text.as_bytes())], r#"{"id":1}"#);
        assert_eq!(message(b"{}"), 0..0);
        assert_eq!(message(b"nonsense"), 0..0);
    }

    proptest! {
        /// Whatever the order of members and wherever the spaces: when the quick look answers, it is right.
        #[test]
        fn quick_is_right_or_silent(order in Just(["\"jsonrpc\":\"2.0\"", "\"id\":ID", "\"method\":\"tools/call\"", "\"params\":{\"name\":\"t\",\"arguments\":{\"x\":\"\\\"id\\\":3}}\"}}"]).prop_shuffle(), id in prop_oneof!["[0-9]{1,9}", "\"[a-z0-9-]{0,20}\"", Just("null".to_string()), Just("1.5e3".to_string())]) {
            let raw = format!("{{{}}}", order.join(",").replace("ID", &id));
            let (quick, whole) = both(&line("c2s", &raw));
            if let Some(quick) = quick {
                prop_assert_eq!(&quick, &whole[0]);
            }
        }
    }
}
