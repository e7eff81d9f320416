//! Cursor's log of a server: connections, failures, and which tools were called; no messages.

use super::text_log::{self, About, Event, Stamped, Waiting, between};
use super::told::{Line, Log, Transport};
use super::{Class, Format, Out, Reading};

pub static FORMAT: Format = Format {
    id: "cursor-log",
    title: "Cursor's log of an MCP server",
    class: Class::ConnectionsOnly,
    signs: "lines with a local time, a level in brackets, and texts like `Handling CreateClient action`",
    score,
    reading: Reading::Log(|_| Box::<Cursor>::default()),
};

/// How its texts begin.
const PHRASES: [&[u8]; 23] = [
    b"Handling ",
    b"Creating ",
    b"CreateClient ",
    b"Connecting to ",
    b"Connected to ",
    b"Successfully ",
    b"Storing ",
    b"Listing offerings",
    b"listOfferings: ",
    b"listPrompts: ",
    b"listResources: ",
    b"Found ",
    b"getOrCreateClient for ",
    b"Reusing existing ",
    b"Starting new stdio process",
    b"Calling tool ",
    b"Client closed",
    b"Client error",
    b"Error in MCP",
    b"Failed to ",
    b"No server info found",
    b"Cleaning up",
    b"Error ",
];

/// Parts of texts that hardly any other program writes.
const SIGNS: [&[u8]; 9] = [
    b"Handling CreateClient action",
    b"Handling ListOfferings action",
    b"Handling ReloadClient action",
    b"Handling CallTool action",
    b"CreateClient completed",
    b"listOfferings: Found ",
    b"getOrCreateClient for ",
    b"Connecting to streamableHttp server",
    b" server, fetching offerings",
];

fn score(head: &[u8]) -> u8 {
    let (signs, _) = text_log::count(head, |line| {
        text_log::of_editor(line).is_some_and(|line| {
            SIGNS
                .iter()
                .any(|sign| memchr::memmem::find(line.text, sign).is_some())
        })
    });
    if signs > 0 { 90 } else { 0 }
}

#[derive(Default)]
struct Cursor {
    label: Vec<u8>,
    /// When the connection began, by its label.
    conn: Vec<u8>,
    transport: Transport,
    waiting: Option<Waiting>,
}

impl Log for Cursor {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(stamped) = text_log::of_editor(line.text) {
            self.rest(out);
            out.note(text_log::NO_ZONE);
            self.entry(&line, stamped, out);
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

impl Cursor {
    fn entry(&mut self, line: &Line<'_>, stamped: Stamped<'_>, out: &mut Out<'_>) {
        let (tail, text) = tailed(stamped.text);
        if let Some(tail) = tail {
            out.note("Older versions name a server by the last four letters of its name only.");
            if tail != self.label {
                self.label = tail.to_vec();
                self.conn.clear();
                self.transport = Transport::Unknown;
            }
        }
        for (sign, transport) in [
            (&b"stdio"[..], Transport::Stdio),
            (b"streamableHttp", Transport::Http),
            (b" sse ", Transport::Http),
        ] {
            if memchr::memmem::find(text, sign).is_some() {
                self.transport = transport;
            }
        }
        if text.starts_with(b"Handling CreateClient action") {
            self.conn = stamped.stamp.to_vec();
        }
        let about = About {
            origin: line.origin,
            conn: self.conn.clone(),
            label: self.label.clone(),
            micros: Some(stamped.micros),
            transport: self.transport,
            once: Vec::new(),
        };
        let (event, text) = event(stamped.level, text);
        self.waiting = Some(Waiting::event(about, event, text));
    }
}

/// A text of 2025, taken from the last four letters of the server's name before it: `ools: Handling …`.
fn tailed(text: &[u8]) -> (Option<&[u8]>, &[u8]) {
    match text.split_at_checked(6) {
        Some((tail, rest))
            if tail.ends_with(b": ") && PHRASES.iter().any(|phrase| rest.starts_with(phrase)) =>
        {
            (Some(tail[..4].trim_ascii()), rest)
        }
        _ => (None, text),
    }
}

fn event<'l>(level: &[u8], text: &'l [u8]) -> (Event, &'l [u8]) {
    let begins = |phrase: &[u8]| text.starts_with(phrase);
    if let Some(command) = text.strip_prefix(b"Starting new stdio process with command: ") {
        return (Event::start(), command);
    }
    let tool = between(text, b"tool '", b"'");
    let event = match tool {
        Some(tool) if begins(b"Calling tool ") => Event::named("called").text("tool", tool),
        Some(tool) if begins(b"Successfully called tool ") => {
            Event::named("answered").text("tool", tool)
        }
        _ if begins(b"Client closed") => Event::named("closed"),
        _ if level == b"error" => Event::named("failed"),
        _ if begins(b"Successfully connected") => Event::named("connected"),
        _ if begins(b"Handling CreateClient") || begins(b"Connecting to ") => {
            Event::named("connecting")
        }
        _ => Event::named("log").text("level", level),
    };
    (event, text)
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    #[test]
    fn connections_failures_and_calls_that_are_mentioned() {
        let log = "\
2025-12-04 09:29:32.450 [info] Handling CreateClient action
2025-12-04 09:29:32.450 [info] Creating streamableHttp transport
2025-12-04 09:29:32.784 [info] Successfully connected to streamableHttp server
2025-12-04 09:29:32.895 [error] Client error for command Streamable HTTP error: Bad Request
2025-12-04 09:30:00.386 [info] Calling tool 'tide' with toolCallId: call_1
fc_2
2025-12-04 09:30:01.330 [info] Successfully called tool 'tide'
";
        let (lines, notes) = told(&FORMAT, log.as_bytes(), &Known::default());
        assert_eq!(notes, [text_log::NO_ZONE]);
        let has = |n: usize, what: &str| assert!(lines[n].ends_with(what), "{n}: {}", lines[n]);
        has(
            0,
            r#""raw":{"event":"connecting","text":"Handling CreateClient action"}}"#,
        );
        has(
            1,
            r#""transport":"http","raw":{"event":"log","level":"info","text":"Creating streamableHttp transport"}}"#,
        );
        has(
            2,
            r#"{"event":"connected","text":"Successfully connected to streamableHttp server"}}"#,
        );
        has(
            3,
            r#"{"event":"failed","text":"Client error for command Streamable HTTP error: Bad Request"}}"#,
        );
        has(
            4,
            r#"{"event":"called","tool":"tide","text":"Calling tool 'tide' with toolCallId: call_1\nfc_2"}}"#,
        );
        has(
            5,
            r#"{"event":"answered","tool":"tide","text":"Successfully called tool 'tide'"}}"#,
        );
        assert_eq!(lines.len(), 6);
        let conn = r#"{"session_id":"2025-12-04 09:29:32.450","server_label":"","#;
        assert!(lines.iter().all(|line| line.starts_with(conn)));
        assert_eq!(score(log.as_bytes()), 90);
    }

    #[test]
    fn older_lines_have_the_tail_of_a_name() {
        let log = "\
2025-03-27 14:58:49.635 [info] ools: Handling CreateClient action
2025-03-27 14:58:49.635 [info] ools: Starting new stdio process with command: npx @x/tide
2025-03-27 14:58:50.610 [error]  MCP: Error in MCP: Client closed
2025-03-27 14:58:50.611 [info] Note: that
";
        let (lines, notes) = told(&FORMAT, log.as_bytes(), &Known::default());
        assert_eq!(notes.len(), 2);
        assert!(lines[0].contains(r#""server_label":"ools""#));
        assert!(lines[1].ends_with(r#"{"event":"start","command":"npx @x/tide"}}"#));
        assert!(lines[2].contains(r#""session_id":"","server_label":"MCP""#));
        assert!(lines[3].contains(r#""text":"Note: that""#));
        assert_eq!(score(log.as_bytes()), 90);
    }
}
