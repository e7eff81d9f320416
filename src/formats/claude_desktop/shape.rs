//! The shapes of a line: the two files have the server and the level in different order.

use crate::formats::parse_stamp;
use crate::formats::text_log::split_once;

/// Which file a line is of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `mcp-server-NAME.log`: time, server, level, text.
    Own,
    /// `mcp.log`: time, level, server, text.
    All,
    /// `mcp.log` of 2024: time, level, text.
    Old,
}

/// A line taken apart.
#[derive(Clone, Copy, Debug)]
pub struct Parsed<'l> {
    pub shape: Shape,
    pub micros: i64,
    pub stamp: &'l [u8],
    pub level: &'l [u8],
    /// The server's name; in the oldest shape, as far as the text has it.
    pub server: &'l [u8],
    pub text: &'l [u8],
}

const LEVELS: [&[u8]; 7] = [
    b"info", b"error", b"warn", b"debug", b"warning", b"verbose", b"trace",
];

/// How the texts begin that the client itself writes.
const PHRASES: [&[u8]; 12] = [
    b"Message from client: ",
    b"Message from server: ",
    b"Initializing server",
    b"Server started and connected",
    b"Using MCP server command: ",
    b"Using built-in Node.js",
    b"Client transport closed",
    b"Server transport closed",
    b"Shutting down server",
    b"Server disconnected",
    b"Attempting to connect to MCP server ",
    b"Connected to MCP server ",
];

/// Whether the text is one that the client is known to write.
pub fn is_known(text: &[u8]) -> bool {
    PHRASES.iter().any(|phrase| text.starts_with(phrase))
}

/// Most endings of a name that are tried: it may have brackets of its own.
const ENDINGS: usize = 16;

/// Takes a line apart. Where both orders are possible (a server named `info`), `usual` decides.
pub fn parse(line: &[u8], usual: Shape) -> Option<Parsed<'_>> {
    let stamp = line.get(..line.len().min(40))?;
    let (stamp, _) = split_once(stamp, b" ")?;
    if stamp.get(10) != Some(&b'T') || stamp.last() != Some(&b'Z') {
        return None;
    }
    let rest = line[stamp.len() + 1..].strip_prefix(b"[")?;
    let is_level = |word: &[u8]| LEVELS.contains(&word);
    let (first, behind) = split_once(rest, b"] ")?;
    let shape = match is_level(first) {
        true if usual == Shape::Own && own(rest).is_some_and(|(name, ..)| name == first) => {
            Shape::Own
        }
        true if behind.starts_with(b"[") => Shape::All,
        true => Shape::Old,
        false => Shape::Own,
    };
    let (server, level, text) = match shape {
        Shape::Own => own(rest)?,
        Shape::All => {
            let (server, text) = all(&behind[1..])?;
            (server, first, text)
        }
        Shape::Old => (old(behind), first, behind),
    };
    Some(Parsed {
        shape,
        micros: parse_stamp(stamp)?,
        stamp,
        level,
        server,
        text,
    })
}

/// `NAME] [LEVEL] text`: the shortest name that a level follows.
fn own(rest: &[u8]) -> Option<(&[u8], &[u8], &[u8])> {
    memchr::memmem::find_iter(rest, b"] [")
        .take(ENDINGS)
        .find_map(|at| {
            let (level, text) = split_once(&rest[at + 3..], b"]")?;
            let text = text.strip_prefix(b" ").unwrap_or(text);
            (at > 0 && LEVELS.contains(&level)).then_some((&rest[..at], level, text))
        })
}

/// `NAME] text`: the shortest name that a text of the client's follows, or else the shortest.
fn all(rest: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut ends = memchr::memmem::find_iter(rest, b"] ").take(ENDINGS);
    let (first, text) = split_once(rest, b"] ")?;
    let end = ends.find(|at| is_known(&rest[at + 2..]));
    Some(end.map_or((first, text), |at| (&rest[..at], &rest[at + 2..])))
}

/// The server that a text without one before it is about.
fn old(text: &[u8]) -> &[u8] {
    let Some((_, name)) = split_once(text, b"MCP server ") else {
        return b"";
    };
    let end = [&b"..."[..], b"!", b":"]
        .iter()
        .filter_map(|end| memchr::memmem::find(name, end))
        .min();
    &name[..end.unwrap_or(name.len())]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(line: &str, usual: Shape) -> Option<(String, String, String)> {
        let parsed = parse(line.as_bytes(), usual)?;
        let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
        Some((text(parsed.server), text(parsed.level), text(parsed.text)))
    }

    #[test]
    fn both_orders_and_any_name() {
        let is = |a: &str, b: &str, c: &str| Some((a.into(), b.into(), c.into()));
        let own = |rest: &str| parts(&format!("2026-03-10T15:18:27.088Z {rest}"), Shape::Own);
        assert_eq!(own("[a b (c)] [info] x"), is("a b (c)", "info", "x"));
        assert_eq!(own("[a [b] c] [error] [x]"), is("a [b] c", "error", "[x]"));
        assert_eq!(own("[a] [b] [warn] x"), is("a] [b", "warn", "x"));
        assert_eq!(own("[info] [a] x"), is("a", "info", "x"));
        assert_eq!(own("[info] [info] x"), is("info", "info", "x"));
        assert_eq!(
            own("[info] [a [b] c] Message from client: {}"),
            is("a [b] c", "info", "Message from client: {}")
        );
        assert_eq!(
            own("[info] Connected to MCP server a b!"),
            is("a b", "info", "Connected to MCP server a b!")
        );
        assert_eq!(
            parts("2026-03-10T15:18:27.088Z [info] [warn] x", Shape::All),
            is("warn", "info", "x")
        );
        assert_eq!(own("[a] x"), None);
        assert_eq!(own("INFO [a] [info] x"), None);
        assert_eq!(parts("2026-03-10 15:18:27 [a] [info] x", Shape::Own), None);
        assert_eq!(parts("", Shape::Own), None);
    }
}
