//! The logs of Claude Desktop: `mcp-server-NAME.log` of one server, and `mcp.log` of all of them.
//!
//! Between the client's lines stands what the server writes to its standard error, as it is: a server can write lines
//! that look like the client's, and nothing in the file tells them apart.

mod conns;
mod dump;
mod same;
mod shape;

use super::text_log::{self, About, Waiting};
use super::told::{Fact, Line, Log, Transport};
use super::{Class, Entry, Format, Out, Reading};
use crate::wire::id::Direction;
use conns::At;
use shape::{Parsed, Shape};

pub static FORMAT: Format = Format {
    id: "claude-desktop",
    title: "Claude Desktop logs (mcp-server-NAME.log, mcp.log)",
    class: Class::WireComplete,
    signs: "lines with a time, a server and a level in brackets, and `Message from client` or `Message from server`",
    score,
    reading: Reading::Log(|_| Box::<Desktop>::default()),
};

fn score(head: &[u8]) -> u8 {
    let known = text_log::any(head, |line| {
        shape::parse(line, Shape::Own).is_some_and(|parsed| shape::is_known(parsed.text))
    });
    // Other programs write lines of this shape, too.
    if known { 95 } else { 0 }
}

/// Most bytes of a printed object that are held.
const DUMP: usize = 1 << 20;

struct Desktop {
    servers: conns::Servers,
    same: same::Same,
    usual: Shape,
    /// The server that was spoken of last.
    server: Vec<u8>,
    waiting: Option<Wait>,
}

impl Default for Desktop {
    fn default() -> Self {
        Desktop {
            servers: conns::Servers::default(),
            same: same::Same::default(),
            usual: Shape::Own,
            server: Vec::new(),
            waiting: None,
        }
    }
}

enum Wait {
    /// A message that is printed over several lines.
    Message(Waiting),
    /// An event with an object that is printed over several lines.
    Dump(Dump),
}

struct Dump {
    about: About,
    level: Vec<u8>,
    text: Vec<u8>,
    printed: Vec<u8>,
}

impl Log for Desktop {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(parsed) = self.parse(&line) {
            self.told(out);
            self.entry(&line, parsed, out);
        } else if let Some(path) = header(line.text) {
            self.told(out);
            if let Some(name) = server_of(path) {
                self.server = name.to_vec();
            }
            out.skip();
        } else {
            self.further(line, out);
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        match self.waiting.take() {
            Some(Wait::Message(waiting)) => waiting.tell(out),
            Some(Wait::Dump(dump)) => dump.tell(out),
            None => {}
        }
    }
}

impl Desktop {
    /// The line as one of the client's. A line in the log of one server that names another, and says nothing that the
    /// client is known to say, is the server's own.
    fn parse<'l>(&self, line: &Line<'l>) -> Option<Parsed<'l>> {
        let parsed = shape::parse(line.text, self.usual)?;
        let strange = parsed.shape == Shape::Own
            && !self.servers.is_empty()
            && !self.servers.has(parsed.server)
            && !shape::is_known(parsed.text);
        (!strange).then_some(parsed)
    }

    /// Something else begins: what waits is told as far as it came.
    fn told(&mut self, out: &mut Out<'_>) {
        match self.waiting.take() {
            Some(Wait::Message(waiting)) => {
                waiting.tell_apart(out, Some(&|line, out| self.stderr(line, out)));
            }
            Some(Wait::Dump(dump)) => dump.tell(out),
            None => {}
        }
    }

    fn entry(&mut self, line: &Line<'_>, parsed: Parsed<'_>, out: &mut Out<'_>) {
        self.usual = parsed.shape;
        self.servers.know(parsed.server);
        if self.server != parsed.server {
            self.server = parsed.server.to_vec();
        }
        let at = At {
            micros: parsed.micros,
            stamp: parsed.stamp,
        };
        let mut about = About {
            origin: line.origin,
            label: parsed.server.to_vec(),
            micros: Some(parsed.micros),
            transport: Transport::Stdio,
            ..About::default()
        };
        for (phrase, dir, side) in [
            (&b"Message from client: "[..], Direction::C2s, &b"c2s"[..]),
            (b"Message from server: ", Direction::S2c, b"s2c"),
        ] {
            let Some(text) = parsed.text.strip_prefix(phrase) else {
                continue;
            };
            let text = bare(text).0;
            about.conn = self.servers.of(parsed.server, dir, text, at);
            about.once = self.same.key(parsed.micros, parsed.server, side, text);
            let waiting = text_log::message(&about, Some(dir), text, out);
            self.waiting = waiting.map(Wait::Message);
            return;
        }
        let (text, printed) = bare(parsed.text);
        about.once = self.same.key(parsed.micros, parsed.server, b"event", text);
        about.conn = if text.starts_with(b"Initializing server") {
            self.servers.begin(parsed.server, at)
        } else if is_end(text) {
            self.servers.end(parsed.server, parsed.micros)
        } else {
            self.servers.latest(parsed.server)
        };
        let dump = Dump {
            about,
            level: parsed.level.to_vec(),
            text: text.to_vec(),
            printed: printed.to_vec(),
        };
        match printed == b"{" {
            true => self.waiting = Some(Wait::Dump(dump)),
            false => dump.tell(out),
        }
    }

    /// A line that is none of the client's.
    fn further(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        match &mut self.waiting {
            Some(Wait::Message(waiting)) => {
                if !waiting.add(&line) {
                    self.told(out);
                    self.stderr(line, out);
                } else if waiting.is_whole() {
                    self.told(out);
                }
            }
            Some(Wait::Dump(dump)) => {
                let fits = dump.printed.len() + line.text.len() < DUMP;
                match line.text.first() {
                    Some(b' ' | b'\t') if fits => dump.take(line),
                    Some(b'}') if fits => {
                        dump.take(line);
                        self.told(out);
                    }
                    _ => {
                        self.told(out);
                        self.stderr(line, out);
                    }
                }
            }
            None => self.stderr(line, out),
        }
    }

    fn stderr(&self, line: Line<'_>, out: &mut Out<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        let conn = self.servers.latest(&self.server);
        let entry = Entry {
            conn: &conn,
            label: &self.server,
            transport: Transport::Stdio,
            ..Entry::at(line.origin)
        };
        out.stderr(&entry, line.text);
    }
}

impl Dump {
    fn take(&mut self, line: Line<'_>) {
        self.printed.push(b'\n');
        self.printed.extend_from_slice(line.text);
        self.about.origin = self.about.origin.to(line.origin);
    }

    fn tell(&self, out: &mut Out<'_>) {
        let (entry, text) = (self.about.entry(), &self.text[..]);
        if let Some(command) = text.strip_prefix(b"Using MCP server command: ") {
            let end = [&b" with args"[..], b" with path"]
                .iter()
                .find_map(|with| memchr::memmem::rfind(command, with));
            let command = &command[..end.unwrap_or(command.len())];
            let mut words = String::from("[");
            crate::text::json_string(crate::text::Raw::new(command), &mut words);
            if let Some(args) = dump::list(&self.printed, "args").filter(|args| !args.is_empty()) {
                words.push(',');
                words.push_str(&args);
            }
            words.push(']');
            let path = format!(
                "[{}]",
                dump::list(&self.printed, "paths").unwrap_or_default()
            );
            let facts = [
                ("command", Fact::Json(words.as_bytes())),
                ("path", Fact::Json(path.as_bytes())),
            ];
            return out.event(&entry, "start", &facts);
        }
        let event = match text {
            _ if self.level == b"error" => "failed",
            _ if is_end(text) => "closed",
            _ if text.starts_with(b"Initializing server") => "connecting",
            _ if text.starts_with(b"Attempting to connect to MCP server") => "connecting",
            _ if text.starts_with(b"Server started and connected") => "connected",
            _ if text.starts_with(b"Connected to MCP server") => "connected",
            _ => "log",
        };
        let mut facts = vec![
            ("level", Fact::Text(&self.level)),
            ("text", Fact::Text(text)),
        ];
        if self.printed.len() > 1 {
            facts.push(("printed", Fact::Text(&self.printed)));
        }
        out.event(&entry, event, &facts);
    }
}

fn is_end(text: &[u8]) -> bool {
    text.starts_with(b"Client transport closed") || text.starts_with(b"Server transport closed")
}

/// A text without the object that the logger prints behind it, and that object, unless it says nothing.
fn bare(text: &[u8]) -> (&[u8], &[u8]) {
    const NOTHING: &[u8] = b" { metadata: undefined }";
    if let Some(text) = text.strip_suffix(NOTHING) {
        return (text, b"");
    }
    let message = text.starts_with(b"{") || text.starts_with(b"[");
    let at = match text.strip_suffix(b" {") {
        _ if message => None,
        Some(text) => Some(text.len()),
        None => [&b" { metadata: "[..], b" {\"context\":", b" {\"stack\":"]
            .iter()
            .filter(|_| text.ends_with(b"}") || text.ends_with(b"%o"))
            .find_map(|begin| memchr::memmem::find(text, begin)),
    };
    at.map_or((text, b""), |at| (&text[..at], &text[at + 1..]))
}

/// The path of a header that `tail` puts between files.
fn header(line: &[u8]) -> Option<&[u8]> {
    line.strip_prefix(b"==> ")?.strip_suffix(b" <==")
}

fn server_of(path: &[u8]) -> Option<&[u8]> {
    let name = path.rsplit(|b| matches!(b, b'/' | b'\\')).next()?;
    name.strip_prefix(b"mcp-server-")?.strip_suffix(b".log")
}

#[cfg(test)]
mod tests;
