//! The output of a server in VS Code (and what is made of it): its messages, if the level of the output is low enough.

use super::text_log::{self, About, Event, Stamped, Waiting, number};
use super::told::{Line, Log, Transport};
use super::{Class, Format, Out, Reading};
use crate::wire::id::Direction;
use crate::wire::json::Doc;

pub static FORMAT: Format = Format {
    id: "vscode-mcp",
    title: "MCP server output of VS Code",
    class: Class::WireComplete,
    signs: "lines with a local time, a level in brackets, and `[editor -> server]`, `[Client Says]` or `Connection state`",
    score,
    reading: Reading::Log(|_| Box::<Output>::default()),
};

/// How a message begins, and which way it goes.
const MESSAGES: [(&[u8], Direction); 4] = [
    (b"[editor -> server]", Direction::C2s),
    (b"[server -> editor]", Direction::S2c),
    (b"[Client Says]", Direction::C2s),
    (b"[Server Says]", Direction::S2c),
];

const STDERR: &[u8] = b"[server stderr]";

/// How other texts begin that only this log has.
const PHRASES: [&[u8]; 5] = [
    b"Connection state: ",
    b"Starting server ",
    b"Server command line: ",
    b"Waiting for server to respond to `initialize`",
    STDERR,
];

fn score(head: &[u8]) -> u8 {
    let begins = |phrase: &[u8], line: &[u8]| {
        text_log::of_editor(line).is_some_and(|line| line.text.starts_with(phrase))
    };
    let (messages, _) = text_log::count(head, |line| MESSAGES.iter().any(|(m, _)| begins(m, line)));
    let (phrases, _) = text_log::count(head, |line| PHRASES.iter().any(|p| begins(p, line)));
    match (messages, phrases) {
        (0, 0) => 0,
        (0, _) => 85,
        _ => 95,
    }
}

#[derive(Default)]
struct Output {
    label: Vec<u8>,
    conn: Vec<u8>,
    transport: Transport,
    /// The client has asked this connection to initialise.
    asked: bool,
    /// The last line was of standard error: one without a time goes on with it.
    stderr: bool,
    waiting: Option<Waiting>,
}

impl Log for Output {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(stamped) = text_log::of_editor(line.text) {
            self.rest(out);
            out.note(text_log::NO_ZONE);
            self.entry(&line, stamped, out);
        } else if let Some(waiting) = &mut self.waiting {
            if !waiting.add(&line) {
                self.rest(out);
                out.skip();
            } else if waiting.is_whole() {
                self.rest(out);
            }
        } else if self.stderr {
            out.stderr(&self.about(&line, None).entry(), line.text);
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

impl Output {
    fn about(&self, line: &Line<'_>, micros: Option<i64>) -> About {
        About {
            origin: line.origin,
            conn: self.conn.clone(),
            label: self.label.clone(),
            micros,
            transport: self.transport,
            once: Vec::new(),
        }
    }

    fn entry(&mut self, line: &Line<'_>, stamped: Stamped<'_>, out: &mut Out<'_>) {
        let text = stamped.text;
        self.stderr = false;
        for (begin, dir) in MESSAGES {
            if let Some(message) = text.strip_prefix(begin) {
                let message = message.trim_ascii();
                if dir == Direction::C2s && is_initialize(message) {
                    if self.asked {
                        self.begin(&stamped);
                    }
                    self.asked = true;
                }
                let about = self.about(line, Some(stamped.micros));
                self.waiting = text_log::message(&about, Some(dir), message, out);
                return;
            }
        }
        if let Some(text) = text.strip_prefix(STDERR) {
            self.stderr = true;
            self.transport = Transport::Stdio;
            let about = self.about(line, Some(stamped.micros));
            return out.stderr(&about.entry(), text.strip_prefix(b" ").unwrap_or(text));
        }
        if let Some(name) = started(text) {
            self.label = name.to_vec();
            self.begin(&stamped);
        }
        if text.starts_with(b"Server command line: ") {
            self.transport = Transport::Stdio;
        } else if memchr::memmem::find(text, b" to http").is_some() {
            self.transport = Transport::Http;
        }
        let (event, text) = event(&stamped);
        let about = self.about(line, Some(stamped.micros));
        self.waiting = Some(Waiting::event(about, event, text));
    }

    fn begin(&mut self, stamped: &Stamped<'_>) {
        self.conn = stamped.stamp.to_vec();
        self.asked = false;
        self.transport = Transport::Unknown;
    }
}

/// The server that starts. The line after it says on which host.
fn started(text: &[u8]) -> Option<&[u8]> {
    let name = text.strip_prefix(b"Starting server ")?;
    let host = name.starts_with(b"from ") && name.ends_with(b" extension host");
    (!host && !name.is_empty()).then_some(name)
}

fn is_initialize(message: &[u8]) -> bool {
    if memchr::memmem::find(message, b"\"initialize\"").is_none() {
        return false;
    }
    let doc = Doc::parse(message);
    doc.root()
        .and_then(|root| root.str("method"))
        .is_some_and(|method| method.as_raw() == "initialize")
}

fn event<'l>(stamped: &Stamped<'l>) -> (Event, &'l [u8]) {
    let text = stamped.text;
    if let Some(command) = text.strip_prefix(b"Server command line: ") {
        return (Event::start(), command.trim_ascii_end());
    }
    if let Some(state) = text.strip_prefix(b"Connection state: ") {
        let code = state.strip_prefix(b"Error Process exited with code ");
        let event = match code.and_then(number) {
            Some(code) => Event::named("exit").number("code", Some(code)),
            None if state.starts_with(b"Error") => Event::named("failed"),
            None if state == b"Running" => Event::named("connected"),
            None if state == b"Starting" => Event::named("connecting"),
            None if state == b"Stopped" => Event::named("closed"),
            None => Event::named("log"),
        };
        return (event, text);
    }
    let status = text
        .get(3..)
        .is_some_and(|rest| rest.starts_with(b" status "))
        && number(text).is_some_and(|status| status >= 400);
    let event = match stamped.level {
        _ if status => Event::named("failed"),
        b"error" => Event::named("failed"),
        _ if text.starts_with(b"Starting server ") => Event::named("connecting"),
        level => Event::named("log").text("level", level),
    };
    (event, text)
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    /// What is told, each entry from its label on, without the transport.
    fn entries(text: &str) -> Vec<String> {
        let (lines, notes) = told(&FORMAT, text.as_bytes(), &Known::default());
        assert_eq!(notes, [text_log::NO_ZONE]);
        lines
            .iter()
            .map(|line| line[line.find("\"server_label\":").unwrap() + 15..].to_string())
            .collect()
    }

    #[test]
    fn a_session_with_messages() {
        let log = "\
2026-07-24 02:03:14.031 [info] Starting server tide tables
2026-07-24 02:03:14.031 [info] Starting server from LocalProcess extension host
2026-07-24 02:03:14.032 [debug] Server command line: /bin/tide --all \n\
2026-07-24 02:03:14.089 [info] Connection state: Running
2026-07-24 02:03:14.089 [debug] [editor -> server] {\"id\":1,\"method\":\"initialize\"}
2026-07-24 02:03:14.151 [debug] [server -> editor] {\"id\":1,
  \"result\":{}}
2026-07-24 02:03:14.200 [warning] [server stderr] one
two
2026-07-24 02:03:14.300 [info] Connection state: Error Process exited with code 1
2026-07-24 02:03:14.301 [error] Server exited before responding.
";
        let stamp = |n: &str| format!(r#""tide tables","ts":"2026-07-24T02:03:14.{n}Z","#);
        let stdio = r#""transport":"stdio","#;
        let meta = r#""direction":"meta","#;
        let raw = |event: &str, rest: &str| format!(r#""raw":{{"event":"{event}",{rest}}}}}"#);
        assert_eq!(
            entries(log),
            [
                format!(
                    "{}{meta}{}",
                    stamp("031"),
                    raw("connecting", r#""text":"Starting server tide tables""#)
                ),
                format!(
                    "{}{meta}{}",
                    stamp("031"),
                    raw(
                        "connecting",
                        r#""text":"Starting server from LocalProcess extension host""#
                    )
                ),
                format!(
                    "{}{meta}{stdio}{}",
                    stamp("032"),
                    raw("start", r#""command":"/bin/tide --all""#)
                ),
                format!(
                    "{}{meta}{stdio}{}",
                    stamp("089"),
                    raw("connected", r#""text":"Connection state: Running""#)
                ),
                format!(
                    r#"{}"direction":"c2s",{stdio}"raw":{{"id":1,"method":"initialize"}}}}"#,
                    stamp("089")
                ),
                format!(
                    r#"{}"direction":"s2c",{stdio}"raw":{{"id":1,"result":{{}}}}}}"#,
                    stamp("151")
                ),
                format!(
                    r#"{}"direction":"stderr",{stdio}"text":"one"}}"#,
                    stamp("2")
                ),
                format!(r#""tide tables","direction":"stderr",{stdio}"text":"two"}}"#),
                format!(
                    "{}{meta}{stdio}{}",
                    stamp("3"),
                    raw(
                        "exit",
                        r#""code":1,"text":"Connection state: Error Process exited with code 1""#
                    )
                ),
                format!(
                    "{}{meta}{stdio}{}",
                    stamp("301"),
                    raw("failed", r#""text":"Server exited before responding.""#)
                ),
            ]
        );
        assert_eq!(score(log.as_bytes()), 95);
    }

    #[test]
    fn older_words_and_errors_over_several_lines() {
        let log = "\
2025-03-23 16:38:00.970 [info] [Client Says] {\"id\":4,\"method\":\"initialize\"}
2025-03-23 16:38:00.989 [info] [Server Says] {\"id\":4,\"result\":{}}
2025-03-23 16:38:01.000 [info] [Client Says] {\"id\":1,\"method\":\"initialize\"}
2025-03-23 16:38:02.000 [info] Connection state: Error 502 status sending message to https://x/: <html>
<body>

2025-03-23 16:38:03.000 [warning] 405 status connecting to https://x/ for async notifications
";
        let (lines, _) = told(&FORMAT, log.as_bytes(), &Known::default());
        let conn = |line: &String| {
            line.split(',')
                .next()
                .unwrap()
                .replace("{\"session_id\":", "")
        };
        assert_eq!(
            lines.iter().map(conn).collect::<Vec<_>>(),
            [
                "\"\"",
                "\"\"",
                "\"2025-03-23 16:38:01.000\"",
                "\"2025-03-23 16:38:01.000\"",
                "\"2025-03-23 16:38:01.000\""
            ]
        );
        assert!(lines[1].contains(r#""direction":"s2c""#));
        assert!(lines[3].contains(r#""event":"failed""#));
        assert!(lines[3].ends_with(r#"https://x/: <html>\n<body>"}}"#));
        assert!(lines[4].contains(r#""transport":"http""#));
        assert!(lines[4].contains(r#""event":"failed""#));
    }

    #[test]
    fn a_message_that_is_cut_is_told_as_text() {
        let log = "2025-03-23 16:38:00.970 [info] [Client Says] {\"id\":4,\n\
            2025-03-23 16:38:01.970 [info] [Client Says] {\"id\":5}\n";
        let entries = entries(log);
        assert!(entries[0].ends_with(r#""truncated":true,"text":"{\"id\":4,"}"#));
        assert!(entries[1].ends_with(r#""raw":{"id":5}}"#));
    }
}
