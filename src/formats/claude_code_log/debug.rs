//! What `claude --debug` prints (and keeps in `~/.claude/debug`): of everything there, what is about MCP servers.

use super::texts::{self, Level};
use crate::formats::text_log::{self, About, split_once};
use crate::formats::told::{Line, Log, Origin};
use crate::formats::{Class, Format, Out, Reading, parse_stamp};

pub static FORMAT: Format = Format {
    id: "claude-debug",
    title: "the debug log of Claude Code, what it has of MCP servers",
    class: Class::ConnectionsOnly,
    signs: "lines like `[DEBUG] MCP server \"NAME\": …`",
    score,
    reading: Reading::Log(|_| Box::<Debug>::default()),
};

fn score(head: &[u8]) -> u8 {
    let named = text_log::any(head, |line| {
        begin(line).is_some_and(|begun| begun.levelled && server(begun.text).is_some())
    });
    // Without a server it is anybody's log, or has nothing to show.
    if named { 90 } else { 0 }
}

/// Most bytes of an entry that goes on over several lines.
const LONGEST: usize = 1 << 20;

#[derive(Default)]
struct Debug {
    waiting: Option<Entry>,
}

struct Entry {
    about: About,
    level: Level,
    text: Vec<u8>,
    /// Where text and place ended before a last line that may be the beginning of another entry.
    before: Option<(usize, Origin)>,
}

/// How an entry begins: `2026-01-12T09:19:33.356Z [ERROR] text`, with or without the time, or the level.
struct Begun<'l> {
    micros: Option<i64>,
    levelled: bool,
    level: Level,
    text: &'l [u8],
}

fn begin(line: &[u8]) -> Option<Begun<'_>> {
    let stamped = split_once(line, b" ").and_then(|(stamp, rest)| {
        let is_stamp = stamp.len() >= 20 && stamp[10] == b'T';
        Some((parse_stamp(stamp).filter(|_| is_stamp)?, rest))
    });
    let (micros, rest) = stamped.map_or((None, line), |(micros, rest)| (Some(micros), rest));
    let level = text_log::bracketed(rest).and_then(|(word, text)| {
        let level = match word {
            b"DEBUG" => Level::Debug,
            b"ERROR" => Level::Error,
            b"WARN" => Level::Other("warning"),
            b"INFO" => Level::Other("info"),
            _ => return None,
        };
        Some((level, text))
    });
    let (level, text) = level.map_or((None, rest), |(level, text)| (Some(level), text));
    let begins = micros.is_some() || level.is_some() || server(text).is_some();
    begins.then_some(Begun {
        micros,
        levelled: level.is_some(),
        level: level.unwrap_or(Level::Debug),
        text,
    })
}

/// The server that a text is about, and what it says of it.
fn server(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let (name, text) = split_once(text.strip_prefix(b"MCP server \"")?, b"\"")?;
    let text = text.strip_prefix(b":").unwrap_or(text);
    Some((name, text.strip_prefix(b" ")?))
}

/// Whether a line may be the beginning of an entry, of which the rest is not there yet.
fn is_cut(line: &[u8]) -> bool {
    let level = line.strip_prefix(b"[");
    let level = level.is_some_and(|level| level.iter().all(u8::is_ascii_uppercase));
    level && line.len() < "[DEBUG]".len() || text_log::is_cut_stamp(line)
}

impl Log for Debug {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if let Some(begun) = begin(line.text) {
            self.rest(out);
            match server(begun.text) {
                Some((name, text)) => {
                    self.waiting = Some(Entry {
                        about: About {
                            origin: line.origin,
                            label: name.to_vec(),
                            micros: begun.micros,
                            ..About::default()
                        },
                        level: begun.level,
                        text: text.to_vec(),
                        before: None,
                    });
                }
                None => out.skip(),
            }
            return;
        }
        match &mut self.waiting {
            _ if line.text.trim_ascii().is_empty() => {}
            Some(entry) if entry.text.len() + line.text.len() < LONGEST => {
                entry.before = is_cut(line.text).then_some((entry.text.len(), entry.about.origin));
                entry.text.push(b'\n');
                entry.text.extend_from_slice(line.text);
                entry.about.origin = entry.about.origin.to(line.origin);
            }
            _ => out.skip(),
        }
    }

    fn rest(&mut self, out: &mut Out<'_>) {
        if let Some(mut entry) = self.waiting.take() {
            if let Some((end, origin)) = entry.before {
                entry.text.truncate(end);
                entry.about.origin = origin;
            }
            texts::tell(entry.about, entry.level, &entry.text, b"", out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::Known;
    use crate::formats::told::tests::told;

    #[test]
    fn only_what_is_about_servers() {
        let log = "\
2026-10-03T04:26:18.000Z [DEBUG] Reading config
  more of it
2026-10-03T04:26:18.442Z [DEBUG] MCP server \"plugin:tide:tide\": Starting connection with timeout of 30000ms
2026-10-03T04:26:18.500Z [ERROR] MCP server \"plugin:tide:tide\" Server stderr: one
two

[DEBUG] MCP server \"tide\": STDIO connection dropped after 16s uptime
[DEBUG] MCP server \"tide\": Connection error: [
  { \"code\": 1 }
]
[DEBUG] Something else
MCP server \"ide\": Calling MCP tool: look
";
        let (lines, _) = told(&FORMAT, log.as_bytes(), &Known::default());
        let ends: Vec<_> = lines
            .iter()
            .map(|line| &line[line.find("\"server_label\":").unwrap() + 15..])
            .collect();
        assert_eq!(
            ends,
            [
                r#""plugin:tide:tide","ts":"2026-10-03T04:26:18.442Z","direction":"meta","raw":{"event":"connecting","text":"Starting connection with timeout of 30000ms"}}"#,
                r#""plugin:tide:tide","ts":"2026-10-03T04:26:18.5Z","direction":"stderr","text":"one"}"#,
                r#""plugin:tide:tide","ts":"2026-10-03T04:26:18.5Z","direction":"stderr","text":"two"}"#,
                r#""tide","direction":"meta","raw":{"event":"closed","text":"STDIO connection dropped after 16s uptime"}}"#,
                r#""tide","direction":"meta","raw":{"event":"failed","text":"Connection error: [\n  { \"code\": 1 }\n]"}}"#,
                r#""ide","direction":"meta","raw":{"event":"called","tool":"look","text":"Calling MCP tool: look"}}"#,
            ]
        );
        assert_eq!(score(log.as_bytes()), 90);
        assert_eq!(score(b"MCP server \"x\": is a thing\n"), 0);
        assert_eq!(score(b""), 0);
    }
}
