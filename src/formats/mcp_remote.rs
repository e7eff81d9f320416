//! The debug log of mcp-remote (`~/.mcp-auth/…_debug.log`): what passed through it by name, without results.

use super::stamp::parse_stamp;
use super::text_log::{self, About, Event, Waiting, number, split_once};
use super::told::{Line, Log, Transport};
use super::{Class, Entry, Format, Out, Reading};
use crate::wire::json::{Doc, Value};
use std::collections::HashMap;

pub static FORMAT: Format = Format {
    id: "mcp-remote",
    title: "the debug log of mcp-remote",
    class: Class::ConnectionsOnly,
    signs: "lines like `[2026-08-21T16:30:02.000Z][12345] Local → Remote message …`",
    score,
    reading: Reading::Log(|_| Box::<Remote>::default()),
};

const OUT: &str = "Local → Remote message ";
const BACK: &str = "Remote → Local message ";

fn score(head: &[u8]) -> u8 {
    // Lines of this shape are many programs'.
    let sure = text_log::any(head, |line| {
        parse(line).is_some_and(|line| {
            let text = line.text;
            let holds = |what: &[u8]| memchr::memmem::find(text, what).is_some();
            line_of_passing(text)
                || text.starts_with(OUT.as_bytes())
                || text.starts_with(BACK.as_bytes())
                || holds(b"remote server")
                || holds(b"mcp-remote")
        })
    });
    if sure { 95 } else { 0 }
}

/// The parameters are cut at this many characters.
const CUT: usize = 500;
/// Most calls that are followed at a time.
const FLIGHT: usize = 4096;
/// Longest id and name that are kept.
const LONG: usize = 1024;

struct Parsed<'l> {
    micros: i64,
    pid: &'l [u8],
    text: &'l [u8],
}

/// `[time][process] text`.
fn parse(line: &[u8]) -> Option<Parsed<'_>> {
    let (stamp, rest) = split_once(line.strip_prefix(b"[")?, b"][")?;
    let (pid, text) = split_once(rest, b"] ")?;
    number(pid)?;
    Some(Parsed {
        micros: parse_stamp(stamp)?,
        pid,
        text,
    })
}

#[derive(Default)]
struct Remote {
    /// Requests of either side that wait: when they were made, and the tool.
    flight: HashMap<(bool, Vec<u8>), (i64, Vec<u8>)>,
    waiting: Option<Waiting>,
}

impl Log for Remote {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(parsed) = parse(line.text) {
            self.rest(out);
            self.entry(&line, &parsed, out);
        } else if let Some(waiting) = &mut self.waiting {
            if !waiting.add(&line) {
                self.rest(out);
                out.skip();
            }
        } else if !line.text.trim_ascii().is_empty() {
            out.skip();
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        if let Some(waiting) = self.waiting.take() {
            waiting.tell(out);
        }
    }
}

impl Remote {
    fn entry(&mut self, line: &Line<'_>, parsed: &Parsed<'_>, out: &mut Out<'_>) {
        let text = parsed.text;
        // The next line says the same, and more.
        if line_of_passing(text) {
            return out.skip();
        }
        let about = About {
            origin: line.origin,
            conn: parsed.pid.to_vec(),
            micros: Some(parsed.micros),
            transport: Transport::Http,
            ..About::default()
        };
        for (begin, outward) in [(OUT, true), (BACK, false)] {
            if let Some(said) = text.strip_prefix(begin.as_bytes()) {
                let doc = Doc::parse(said);
                if let Some(root) = doc.root().filter(|root| root.is_object()) {
                    return self.passed(&about, outward, root, said, out);
                }
            }
        }
        self.waiting = Some(Waiting::event(about, event(text), text));
    }

    /// A message that is only mentioned.
    fn passed(
        &mut self,
        about: &About,
        outward: bool,
        said: Value<'_>,
        text: &[u8],
        out: &mut Out<'_>,
    ) {
        out.note("It cuts the parameters of calls at 500 characters, and never has results.");
        let micros = about.micros.unwrap_or_default();
        let id = said.get("id").map(|id| id.raw().bytes());
        let key = |outward| (outward, id.unwrap_or_default().to_vec());
        let method = said.str("method");
        let params = said.str("params");
        let mut entry = about.entry();
        let (event, tool) = match (&method, id) {
            (Some(method), Some(id)) => {
                let tool = params.as_ref().and_then(|params| {
                    let params = params.as_raw().bytes();
                    let called = method.as_raw() == "tools/call";
                    called.then(|| {
                        Doc::parse(params)
                            .root()?
                            .str("name")
                            .map(|name| name.into_buf())
                    })?
                });
                let tool = tool.map_or(Vec::new(), |tool| tool.as_raw().bytes().to_vec());
                if self.flight.len() < FLIGHT && id.len() <= LONG && tool.len() <= LONG {
                    self.flight.insert(key(outward), (micros, tool.clone()));
                }
                (Event::named("called"), tool)
            }
            (Some(_), None) => (Event::named("log"), Vec::new()),
            (None, _) => {
                let (asked, tool) = self.flight.remove(&key(!outward)).unzip();
                let ms = asked.map(|asked| micros.saturating_sub(asked) / 1_000);
                let event = Event::named("answered").number("ms", ms);
                (event, tool.unwrap_or_default())
            }
        };
        if params.is_some_and(|params| is_cut(params.as_raw().bytes())) {
            entry = Entry {
                truncated: true,
                ..entry
            };
        }
        let mut event = event;
        if !tool.is_empty() {
            event = event.text("tool", &tool);
        }
        if let Some(method) = &method {
            event = event.text("method", method.as_raw().bytes());
        }
        if let Some(id) = id {
            event = event.text("id", id);
        }
        event.tell(&entry, text, out);
    }
}

/// Whether parameters have the length at which they are cut: UTF-16 units, which a character beyond the basic plane has
/// two of.
fn is_cut(params: &[u8]) -> bool {
    let units = params.iter().map(|b| match b {
        0x80..0xc0 => 0,
        0xf0.. => 2,
        _ => 1,
    });
    units.sum::<usize>() >= CUT
}

/// `[Local→Remote] tools/call`.
fn line_of_passing(text: &[u8]) -> bool {
    text.starts_with("[Local→Remote] ".as_bytes()) || text.starts_with("[Remote→Local] ".as_bytes())
}

fn event(text: &[u8]) -> Event {
    let begins = |phrase: &[u8]| text.starts_with(phrase);
    let holds = |what: &[u8]| memchr::memmem::find(text, what).is_some();
    if begins(b"Connecting to remote server") || begins(b"Discovering ") {
        Event::named("connecting")
    } else if begins(b"Connected to remote server") || begins(b"Proxy established") {
        Event::named("connected")
    } else if holds(b"transport closed") || begins(b"Shutting down") {
        Event::named("closed")
    } else if ["error", "Error", "failed", "Failed"]
        .iter()
        .any(|word| holds(word.as_bytes()))
    {
        Event::named("failed")
    } else {
        Event::named("log")
    }
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    #[test]
    fn calls_are_mentioned() {
        let log = "\
[2026-08-21T16:30:00.000Z][77] Connecting to remote server: https://tide.example/mcp
[2026-08-21T16:30:02.000Z][77] [Local→Remote] tools/call
[2026-08-21T16:30:02.001Z][77] Local → Remote message {\"method\":\"tools/call\",\"id\":3,\"params\":\"{\\\"name\\\":\\\"tide\\\",\\\"arguments\\\":{}}\"}
[2026-08-21T16:30:02.200Z][77] [Remote→Local] 3
[2026-08-21T16:30:02.201Z][77] Remote → Local message {\"id\":3,\"result\":\"result-present\"}
[2026-08-21T16:30:03.000Z][77] {
  \"method\": \"initialize\"
}
[2026-08-21T16:30:04.000Z][77] Remote transport closed, closing local transport
";
        let (lines, notes) = told(&FORMAT, log.as_bytes(), &Known::default());
        let ends: Vec<_> = lines
            .iter()
            .map(|line| &line[line.find("\"raw\"").unwrap()..])
            .collect();
        assert_eq!(
            ends,
            [
                r#""raw":{"event":"connecting","text":"Connecting to remote server: https://tide.example/mcp"}}"#,
                r#""raw":{"event":"called","tool":"tide","method":"tools/call","id":"3","text":"{\"method\":\"tools/call\",\"id\":3,\"params\":\"{\\\"name\\\":\\\"tide\\\",\\\"arguments\\\":{}}\"}"}}"#,
                r#""raw":{"event":"answered","ms":200,"tool":"tide","id":"3","text":"{\"id\":3,\"result\":\"result-present\"}"}}"#,
                r#""raw":{"event":"log","text":"{\n  \"method\": \"initialize\"\n}"}}"#,
                r#""raw":{"event":"closed","text":"Remote transport closed, closing local transport"}}"#,
            ]
        );
        assert_eq!(
            notes,
            ["It cuts the parameters of calls at 500 characters, and never has results."]
        );
        assert_eq!(score(log.as_bytes()), 95);
        assert_eq!(score(b"[x][y] z\n"), 0);
        assert_eq!(score(b"[2026-08-21T16:30:02.000Z][12] listening\n"), 0);
    }

    #[test]
    fn parameters_that_were_cut_are_told_so() {
        let params = format!(
            "{{\\\"name\\\":\\\"tide\\\",\\\"x\\\":\\\"{}",
            "a".repeat(480)
        );
        let log = format!(
            "[2026-08-21T16:30:02.001Z][77] Local → Remote message {{\"method\":\"tools/call\",\"id\":3,\"params\":\"{params}\"}}\n"
        );
        let (lines, _) = told(&FORMAT, log.as_bytes(), &Known::default());
        assert!(lines[0].contains(r#""truncated":true"#) && lines[0].contains(r#""tool":"tide""#));
    }
}
