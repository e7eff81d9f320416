//! Claude Code's logs of its servers: `mcp-logs-NAME/*.jsonl`, the `.txt` of 2025, and what `claude --debug` prints.
//! They have connections, failures, standard error and which tools were called; no messages as a rule.

pub mod debug;
mod texts;

use super::text_log::About;
use super::told::{Line, Log, Origin, Places};
use super::{Class, Format, Known, Out, Reading, parse_stamp};
use crate::wire::json::{Doc, Value, skip_value};
use texts::Level;

pub static LINES: Format = Format {
    id: "claude-code-mcp-log",
    title: "Claude Code's log of an MCP server (mcp-logs-NAME/*.jsonl)",
    class: Class::ConnectionsOnly,
    signs: "lines with `debug` or `error`, and `timestamp`",
    score: |head| super::detect::vote(head, |doc| score(doc.root())),
    reading: Reading::Log(|_| Box::new(Records)),
};

pub static ARRAY: Format = Format {
    id: "claude-code-mcp-log-array",
    title: "Claude Code's log of an MCP server, of 2025 (mcp-logs-NAME/*.txt)",
    class: Class::ConnectionsOnly,
    signs: "an array of objects with `debug` or `error`, and `timestamp`",
    score: |head| {
        let doc = Doc::parse(head);
        let array = doc.root().filter(|root| root.is_array());
        score(array.and_then(|root| root.items().next()))
    },
    reading: Reading::Document(tell),
};

/// How sure a record is one of these: many programs write an error and a time.
fn score(record: Option<Value<'_>>) -> u8 {
    const KEYS: [&[u8]; 7] = [
        b"debug",
        b"error",
        b"warn",
        b"info",
        b"timestamp",
        b"sessionId",
        b"cwd",
    ];
    let has = |key| record.and_then(|record| record.str(key)).is_some();
    if !has("timestamp") || !(has("debug") || has("error")) {
        return 0;
    }
    let strange = record.into_iter().flat_map(Value::items).any(|member| {
        member
            .key()
            .is_none_or(|key| !KEYS.contains(&key.as_raw().bytes()))
    });
    match (has("sessionId") || has("cwd"), strange) {
        (true, false) => 95,
        (true, true) => 60,
        (false, false) => 40,
        (false, true) => 0,
    }
}

/// Each line says all there is to know of it.
struct Records;

impl Log for Records {
    fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
        if line.text.trim_ascii().is_empty() {
            return;
        }
        let doc = Doc::parse(line.text);
        match doc.root() {
            Some(root) if doc.is_whole() => record(root, line.origin, out),
            _ => out.skip(),
        }
    }
}

fn tell(text: &[u8], _: &Known, out: &mut Out<'_>) {
    let doc = super::told::document(text, out);
    let mut places = Places::of(text);
    let items = doc.root().filter(|root| root.is_array());
    for item in items.iter().flat_map(|root| root.items()) {
        let raw = item.raw().bytes();
        // What is cut off would be another entry once its end is there.
        if skip_value(raw, 0) == Some(raw.len()) {
            record(item, places.origin(item.range()), out);
        }
    }
}

fn record(value: Value<'_>, origin: Origin, out: &mut Out<'_>) {
    let levels = [
        ("error", Level::Error),
        ("debug", Level::Debug),
        ("warn", Level::Other("warning")),
        ("info", Level::Other("info")),
    ];
    let said = levels
        .into_iter()
        .find_map(|(key, level)| Some((level, value.str(key)?)));
    let Some((level, text)) = said else {
        return out.skip();
    };
    let owned = |key: &str| {
        let text = value.str(key);
        text.map_or(Vec::new(), |text| text.as_raw().bytes().to_vec())
    };
    let about = About {
        origin,
        conn: owned("sessionId"),
        micros: parse_stamp(&owned("timestamp")),
        ..About::default()
    };
    texts::tell(about, level, text.as_raw().bytes(), &owned("cwd"), out);
}

#[cfg(test)]
mod tests {
    use super::super::told::tests::told;
    use super::*;

    const LOG: &str = r#"{"debug":"Starting connection with timeout of 30000ms","timestamp":"2026-07-02T07:26:37.507Z","sessionId":"s","cwd":"/x"}
{"error":"Server stderr: one\n\ttwo\n","timestamp":"2026-07-02T07:26:37.533Z","sessionId":"s","cwd":"/x"}
{"debug":"Successfully connected (transport: stdio) in 12495ms","timestamp":"2026-07-02T07:26:38.000Z","sessionId":"s"}
{"debug":"Calling MCP tool: tide","timestamp":"2026-07-02T07:26:39.000Z","sessionId":"s"}
{"debug":"Tool 'tide' completed successfully in 8s","timestamp":"2026-07-02T07:26:47.000Z","sessionId":"s"}
{"error":"Connection failed: MCP error -32000: Connection closed","timestamp":"2026-07-02T07:26:48.000Z","sessionId":"s"}
{"error":"{\"error\":\"no such tide\"}","timestamp":"2026-07-02T07:26:49.000Z","sessionId":"s"}
{"debug":"Sending message: {\"jsonrpc\":\"2.0\",\"id\":1.0,\"method\":\"ping\"}","timestamp":"2026-07-02T07:26:50.000Z","sessionId":"s"}
{"other":1}
"#;

    fn ends(lines: &[String]) -> Vec<&str> {
        lines
            .iter()
            .map(|line| &line[line.find("\"direction\"").unwrap_or(0)..])
            .collect()
    }

    #[test]
    fn texts_become_events_standard_error_and_messages() {
        let (lines, _) = told(&LINES, LOG.as_bytes(), &Known::default());
        assert_eq!(
            ends(&lines),
            [
                r#""direction":"meta","raw":{"event":"connecting","cwd":"/x","text":"Starting connection with timeout of 30000ms"}}"#,
                r#""direction":"stderr","text":"one"}"#,
                r#""direction":"stderr","text":"\ttwo"}"#,
                r#""direction":"meta","transport":"stdio","raw":{"event":"connected","ms":12495,"text":"Successfully connected (transport: stdio) in 12495ms"}}"#,
                r#""direction":"meta","raw":{"event":"called","tool":"tide","text":"Calling MCP tool: tide"}}"#,
                r#""direction":"meta","raw":{"event":"answered","tool":"tide","ms":8000,"text":"Tool 'tide' completed successfully in 8s"}}"#,
                r#""direction":"meta","raw":{"event":"failed","text":"Connection failed: MCP error -32000: Connection closed"}}"#,
                r#""direction":"meta","raw":{"event":"log","level":"error","text":"{\"error\":\"no such tide\"}"}}"#,
                r#""direction":"c2s","raw":{"jsonrpc":"2.0","id":1.0,"method":"ping"}}"#,
            ]
        );
        assert!(lines[0].starts_with(r#"{"session_id":"s","server_label":"","ts":"#));
        assert_eq!((LINES.score)(LOG.as_bytes()), 95);
        assert_eq!((ARRAY.score)(LOG.as_bytes()), 0);
    }

    #[test]
    fn logs_of_other_programs_are_not_taken_for_it() {
        let score = |line: &str| (LINES.score)(line.as_bytes());
        let stamp = r#""timestamp":"2026-07-02T07:26:37.507Z""#;
        assert_eq!(score(&format!(r#"{{"debug":"x",{stamp}}}"#)), 40);
        assert_eq!(score(&format!(r#"{{"debug":"x",{stamp},"cwd":"/"}}"#)), 95);
        assert_eq!(
            score(&format!(r#"{{"error":"x",{stamp},"cwd":"/","pid":1}}"#)),
            60
        );
        assert_eq!(
            score(&format!(r#"{{"error":"x",{stamp},"status":500}}"#)),
            0
        );
    }

    #[test]
    fn the_array_says_the_same_and_nothing_of_what_is_cut_off() {
        let lines: Vec<&str> = LOG.lines().collect();
        let array = format!("[\n  {}\n]", lines.join(",\n  "));
        let (all, _) = told(&ARRAY, array.as_bytes(), &Known::default());
        assert_eq!(all, told(&LINES, LOG.as_bytes(), &Known::default()).0);
        assert_eq!((ARRAY.score)(array.as_bytes()), 95);
        assert_eq!((LINES.score)(b"[\n  {\n    \"debug\": \"x\",\n"), 0);
        let (cut, notes) = told(
            &ARRAY,
            &array.as_bytes()[..array.len() - 40],
            &Known::default(),
        );
        assert_eq!(cut, all[..8]);
        assert_eq!(notes.len(), 1);
    }
}
