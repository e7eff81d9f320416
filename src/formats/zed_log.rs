//! Zed's log: of everything that it writes there, what is about context servers, which is its name for MCP servers. At
//! its lowest level it has messages, too, but not which server they belong to.

use super::text_log::{self, About, Event, Stamped, Waiting, between, bracketed, split_once};
use super::told::{Fact, Line, Log, Transport};
use super::{Class, Entry, Format, Out, Reading};
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use crate::wire::json::Doc;
use std::collections::HashMap;

pub static FORMAT: Format = Format {
    id: "zed-log",
    title: "Zed's log, what it has of MCP servers (context servers)",
    class: Class::ConnectionsOnly,
    signs: "lines like `2025-12-13T17:25:04-05:00 ERROR [module] …`",
    score,
    reading: Reading::Log(|_| Box::<Zed>::default()),
};

fn score(head: &[u8]) -> u8 {
    let ours = text_log::any(head, |line| {
        text_log::of_rust(line).is_some_and(|line| is_about_servers(line.text))
    });
    let zed = memchr::memmem::find(head, b"[zed] ========== starting zed").is_some();
    match (ours, zed) {
        (true, _) => 90,
        (_, true) => 80,
        // Lines of this shape are many programs'.
        _ => 0,
    }
}

fn is_about_servers(text: &[u8]) -> bool {
    let module = bracketed(text).map_or(&b""[..], |(module, _)| module);
    memchr::memmem::find(module, b"context_server").is_some()
        || memchr::memmem::find(text, b"context server").is_some()
}

/// Most servers whose connections are told apart.
const SERVERS: usize = 4096;

#[derive(Default)]
struct Zed {
    /// When each server was started last, as it is spelled.
    servers: HashMap<Vec<u8>, Vec<u8>>,
    /// A command that was started: the next line says for which server.
    started: Option<(About, Vec<u8>)>,
    waiting: Option<Waiting>,
}

impl Log for Zed {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(stamped) = text_log::of_rust(line.text) {
            self.told(out);
            if is_about_servers(stamped.text) {
                self.entry(&line, stamped, out);
            } else {
                if memchr::memmem::find(stamped.text, b"== starting zed").is_some() {
                    self.servers.clear();
                }
                out.skip();
            }
        } else if let Some(waiting) = &mut self.waiting {
            if !waiting.add(&line) {
                self.told(out);
                out.skip();
            } else if waiting.is_whole() {
                self.told(out);
            }
        } else if !line.text.trim_ascii().is_empty() {
            out.skip();
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        self.told(out);
        self.start(None, out);
    }
}

impl Zed {
    fn told(&mut self, out: &mut Out<'_>) {
        if let Some(waiting) = self.waiting.take() {
            waiting.tell(out);
        }
    }

    /// Tells the command that was started, with the name of its server and where the line that names it ends.
    fn start(&mut self, named: Option<&About>, out: &mut Out<'_>) {
        let Some((mut about, command)) = self.started.take() else {
            return;
        };
        if let Some(named) = named {
            about.origin = about.origin.to(named.origin);
            about.label.clone_from(&named.label);
            about.conn.clone_from(&named.conn);
        }
        let fact = match command.first() {
            Some(b'[') => Fact::Json(&command),
            _ => Fact::Text(&command),
        };
        out.event(&about.entry(), "start", &[("command", fact)]);
    }

    fn entry(&mut self, line: &Line<'_>, stamped: Stamped<'_>, out: &mut Out<'_>) {
        let text = bracketed(stamped.text).map_or(stamped.text, |(_, text)| text);
        let mut about = About {
            origin: line.origin,
            micros: Some(stamped.micros),
            ..About::default()
        };
        if text.starts_with(b"starting context server (") {
            self.start(None, out);
            about.transport = Transport::Stdio;
            self.started = Some((about, command(text)));
            return;
        }
        if let Some(name) = text.strip_prefix(b"starting context server ") {
            if self.servers.len() < SERVERS {
                let since = stamped.stamp.to_vec();
                self.servers.insert(name.to_vec(), since);
            }
            self.label(name, &mut about);
            if self.started.is_some() {
                return self.start(Some(&about), out);
            }
            self.waiting = Some(Waiting::event(about, Event::named("connecting"), text));
            return;
        }
        // Another server's line may stand between the two.
        if let Some(name) = server(text) {
            self.label(name, &mut about);
        } else {
            self.guess(&mut about);
        }
        for (phrase, dir) in [
            (&b"outgoing message: "[..], Direction::C2s),
            (b"recv: ", Direction::S2c),
            (b"incoming message: ", Direction::S2c),
            (b"Unhandled JSON from context_server: ", Direction::S2c),
        ] {
            if let Some(message) = text.strip_prefix(phrase) {
                return self.message(about, dir, message, out);
            }
        }
        if let Some(text) = text.strip_prefix(b"context server stderr: ") {
            return out.stderr(&about.entry(), text);
        }
        let event = event(stamped.level, text);
        self.waiting = Some(Waiting::event(about, event, text));
    }

    fn message(&mut self, about: About, dir: Direction, text: &[u8], out: &mut Out<'_>) {
        out.note(match self.servers.len() {
            0 | 1 => "It was written at a level that has messages, too.",
            _ => "It was written at a level that has messages, too, but not which server they belong to.",
        });
        match text.first() {
            Some(b'{' | b'[') => self.waiting = text_log::message(&about, Some(dir), text, out),
            // A server's own words where messages should be.
            _ => out.text(&Entry { ..about.entry() }, Some(dir), text),
        }
    }

    fn label(&self, name: &[u8], about: &mut About) {
        about.label = name.to_vec();
        about.conn = self.servers.get(name).cloned().unwrap_or_default();
    }

    /// Where a line names no server, and only one was started, it is that one.
    fn guess(&self, about: &mut About) {
        let mut names = self.servers.keys();
        if let (Some(only), None) = (names.next(), names.next()) {
            let only = only.clone();
            self.label(&only, about);
        }
    }
}

/// `starting context server (executable="/bin/x", args=["y"])` as a JSON array, or else as it is.
fn command(text: &[u8]) -> Vec<u8> {
    let Some(program) = between(text, b"executable=", b", args=[") else {
        return text.to_vec();
    };
    let args = split_once(text, b", args=").map_or(&b""[..], |(_, args)| args);
    let args = args.strip_suffix(b")").unwrap_or(args);
    let (words, name) = (Doc::parse(args), Doc::parse(program));
    let (Some(words), Some(name), true, true) = (
        words.root().filter(|words| words.is_array()),
        name.root().and_then(|name| name.text()),
        words.is_whole(),
        name.is_whole(),
    ) else {
        return text.to_vec();
    };
    let mut json = String::from("[");
    json_string(Raw::new(name.as_raw().bytes()), &mut json);
    for word in words.items().filter_map(|word| word.text()) {
        json.push(',');
        json_string(word.as_raw(), &mut json);
    }
    json.push(']');
    json.into_bytes()
}

/// The server that a text names.
fn server(text: &[u8]) -> Option<&[u8]> {
    let before = |mark: &[u8]| split_once(text, mark).map(|(name, _)| name);
    let name = before(b" context server failed to start")
        .or_else(|| before(b" context server stopped"))
        .or_else(|| between(text, b"loaded command for context server ", b": "))
        .or_else(|| split_once(text, b"extension context server ").map(|(_, name)| name));
    name.filter(|name| !name.is_empty())
}

fn event(level: &[u8], text: &[u8]) -> Event {
    let begins = |phrase: &[u8]| text.starts_with(phrase);
    match level {
        b"ERROR" => Event::named("failed"),
        _ if begins(b"loaded command for context server ") => Event::named("configured"),
        _ if begins(b"Using HTTP transport for ") => Event::named("connecting"),
        _ if memchr::memmem::find(text, b"context server stopped").is_some() => {
            Event::named("closed")
        }
        b"WARN" => Event::named("log").text("level", b"warning"),
        b"INFO" => Event::named("log").text("level", b"info"),
        _ => Event::named("log").text("level", b"debug"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    fn entries(log: &str) -> (Vec<String>, Vec<String>) {
        let (lines, notes) = told(&FORMAT, log.as_bytes(), &Known::default());
        let short = |line: &String| {
            let label = line.find("\"server_label\":").unwrap() + 15;
            let end = label + line[label..].find(",\"ts\"").unwrap();
            let rest = line.find("\"direction\"").unwrap();
            format!("{} {}", &line[label..end], &line[rest..])
        };
        (lines.iter().map(short).collect(), notes)
    }

    #[test]
    fn only_what_is_about_servers() {
        let log = "\
2025-12-13T17:25:00-05:00 INFO  [zed] ========== starting zed version 1 ==========
2025-12-13T17:25:01-05:00 INFO  [context_server::client] starting context server (executable=\"docker\", args=[\"run\", \"-i\"])
2025-12-13T17:25:01-05:00 INFO  [lsp] something
2025-12-13T17:25:01-05:00 INFO  [context_server] starting context server tide
2025-12-13T17:25:04-05:00 ERROR [project::context_server_store] far away context server failed to start: Context server request timeout
and more
2025-12-13T17:25:39-05:00 ERROR [context_server::client] cancelled csp request task for \"initialize\" id 0 which took over 60s
2025-12-13T17:25:40-05:00 ERROR [context_server::client] Unhandled JSON from context_server: Running on stdio
";
        let (entries, notes) = entries(log);
        assert_eq!(
            entries,
            [
                r#""tide" "direction":"meta","transport":"stdio","raw":{"event":"start","command":["docker","run","-i"]}}"#,
                r#""far away" "direction":"meta","raw":{"event":"failed","text":"far away context server failed to start: Context server request timeout\nand more"}}"#,
                r#""tide" "direction":"meta","raw":{"event":"failed","text":"cancelled csp request task for \"initialize\" id 0 which took over 60s"}}"#,
                r#""tide" "direction":"s2c","text":"Running on stdio"}"#,
            ]
        );
        assert_eq!(notes, ["It was written at a level that has messages, too."]);
        assert_eq!(score(log.as_bytes()), 90);
    }

    #[test]
    fn at_the_lowest_level_there_are_messages() {
        let log = "\
2026-09-19T23:48:16+07:00 DEBUG [context_server] starting context server tide
2026-09-19T23:48:16+07:00 TRACE [context_server::client] outgoing message: {\"id\":0,\"method\":\"initialize\"}
2026-09-19T23:48:17+07:00 TRACE [context_server::client] recv: {\"id\":0,\"result\":{}}
";
        let (entries, _) = entries(log);
        assert!(entries[0].contains(r#""event":"connecting""#));
        assert_eq!(
            entries[1..],
            [
                r#""tide" "direction":"c2s","raw":{"id":0,"method":"initialize"}}"#,
                r#""tide" "direction":"s2c","raw":{"id":0,"result":{}}}"#,
            ]
        );
    }

    #[test]
    fn other_logs_score_low() {
        assert_eq!(score(b"2026-09-19T23:48:16+07:00 INFO  [web] hello\n"), 0);
        assert_eq!(score(b"hello\n"), 0);
    }
}
