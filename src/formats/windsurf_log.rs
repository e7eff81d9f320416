//! Windsurf's output: of everything that it writes there, what is about MCP servers.

use super::text_log::{self, About, Event, between, number, split_once};
use super::told::{Line, Log};
use super::{Class, Format, Out, Reading};

pub static FORMAT: Format = Format {
    id: "windsurf-log",
    title: "Windsurf's output, what it has of MCP servers",
    class: Class::ConnectionsOnly,
    signs: "lines of its language server, `E0520 13:46:29.975004 78921 interceptor.go:70] …`",
    score,
    reading: Reading::Log(|_| Box::new(Windsurf)),
};

fn score(head: &[u8]) -> u8 {
    let holds = |line: &[u8], sign: &[u8]| memchr::memmem::find(line, sign).is_some();
    let (sure, _) = text_log::count(head, |line| {
        glog(line).is_some_and(|line| {
            holds(line.text, b"exa.language_server_pb") || holds(line.text, b"interceptor.go:")
        })
    });
    let (likely, _) = text_log::count(head, |line| {
        glog(line).is_some_and(|line| is_about_mcp(line.text))
    });
    match (sure, likely) {
        (0, 0) => 0,
        (0, _) => 40,
        _ => 90,
    }
}

/// A line of the language server: `E0520 13:46:29.975004 78921 file.go:70] text`, mostly behind what the editor puts
/// before each line of its output.
struct Written<'l> {
    /// The time that the editor gives.
    micros: Option<i64>,
    level: &'static str,
    /// From the name of the source file on.
    text: &'l [u8],
}

fn glog(line: &[u8]) -> Option<Written<'_>> {
    let stamped = text_log::of_editor(line);
    let text = stamped.map_or(line, |stamped| stamped.text);
    let (letter, rest) = text.split_first()?;
    let level = match letter {
        b'I' => "info",
        b'W' => "warning",
        b'E' => "error",
        b'F' => "fatal",
        _ => return None,
    };
    let (day, rest) = rest.split_at_checked(5)?;
    let (clock, rest) = split_once(rest, b" ")?;
    let (_, text) = split_once(rest.trim_ascii_start(), b" ")?;
    let is_clock = clock.get(2) == Some(&b':') && clock.get(5) == Some(&b':');
    (day.ends_with(b" ") && number(day).is_some() && is_clock).then_some(Written {
        micros: stamped.map(|stamped| stamped.micros),
        level,
        text,
    })
}

fn is_about_mcp(text: &[u8]) -> bool {
    text.windows(3).any(|w| w.eq_ignore_ascii_case(b"mcp"))
}

struct Windsurf;

impl Log for Windsurf {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        let stamped = text_log::of_editor(line.text);
        let written = glog(line.text).or_else(|| {
            let stamped = stamped?;
            Some(Written {
                micros: Some(stamped.micros),
                level: match stamped.level {
                    b"error" => "error",
                    b"warning" => "warning",
                    _ => "info",
                },
                text: stamped.text,
            })
        });
        let Some(written) = written.filter(|written| is_about_mcp(written.text)) else {
            return out.skip();
        };
        if written.micros.is_some() {
            out.note(text_log::NO_ZONE);
        }
        let about = About {
            origin: line.origin,
            label: server(written.text).unwrap_or_default().to_vec(),
            micros: written.micros,
            ..About::default()
        };
        let event = match written.level {
            "error" | "fatal" => Event::named("failed"),
            level => Event::named("log").text("level", level.as_bytes()),
        };
        event.tell(&about.entry(), written.text, out);
    }
}

/// The server that a text names.
fn server(text: &[u8]) -> Option<&[u8]> {
    between(text, b"server name ", b" not found").filter(|name| !name.is_empty())
}

#[cfg(test)]
mod tests {
    use super::super::Known;
    use super::super::told::tests::told;
    use super::*;

    #[test]
    fn only_what_is_about_servers() {
        let log = "\
2025-05-20 13:46:28.000 [info] I0520 13:46:28.000004 78921 server.go:70] Indexing
2025-05-20 13:46:29.975 [info] E0520 13:46:29.975004 78921 interceptor.go:70] /exa.language_server_pb.LanguageServerService/ListMcpResources (unknown): failed to get server instance: server name tide not found
I0520 13:46:29.975004 78921 manager.go:7] MCP server refreshed
2025-05-20 13:46:30.000 [info] nothing
";
        let (lines, _) = told(&FORMAT, log.as_bytes(), &Known::default());
        assert_eq!(lines.len(), 2);
        assert!(lines[0].contains(r#""server_label":"tide","ts":"2025-05-20T13:46:29.975Z""#));
        assert!(lines[0].contains(r#""event":"failed","text":"interceptor.go:70] /exa."#));
        assert!(lines[1].contains(r#""event":"log","level":"info""#));
        assert_eq!(score(log.as_bytes()), 90);
        assert_eq!(score(b"2025-05-20 13:46:30.000 [info] nothing\n"), 0);
    }
}
