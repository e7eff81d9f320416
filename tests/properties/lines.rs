//! Native recordings of every shape, usual and unusual.

use proptest::prelude::*;
use std::fmt;

/// The bytes of a file, which a failed test prints so that they can be read.
#[derive(Clone)]
pub struct File(pub Vec<u8>);

impl fmt::Debug for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in self.0.split_inclusive(|b| *b == b'\n') {
            write!(f, "\n    {}", line[..line.len().min(600)].escape_ascii())?;
        }
        Ok(())
    }
}

/// A whole file: lines of all kinds, blank ones between them, with or without an end.
pub fn file() -> impl Strategy<Value = File> {
    file_of(message().boxed())
}

/// The same with messages of shapes that JSON-RPC does not have: a method beside a result, say.
pub fn odd_file() -> impl Strategy<Value = File> {
    file_of(shaped(any::<(bool, bool, bool)>().boxed()).boxed())
}

fn file_of(message: BoxedStrategy<String>) -> impl Strategy<Value = File> {
    let end =
        prop_oneof![4 => Just("\n"), 1 => Just("\r\n"), 1 => Just("\n\n"), 1 => Just(" \n \t \n")];
    let lines = prop::collection::vec((line(message), end), 0..24);
    (lines, any::<bool>(), prop::bool::weighted(0.2), long()).prop_map(
        |(lines, open, bom, (place, long))| {
            let mut text = String::new();
            if bom {
                text.push('\u{feff}');
            }
            let count = lines.len();
            for (n, (line, end)) in lines.into_iter().enumerate() {
                text.push_str(&line.replace("PADDING", if n == place { &long } else { "x" }));
                if n + 1 < count || !open {
                    text.push_str(end);
                }
            }
            File(text.into_bytes())
        },
    )
}

/// Which line is a long one, and what it is filled with: longer than a chunk now and then.
fn long() -> impl Strategy<Value = (usize, String)> {
    let size = prop_oneof![3 => Just(0usize), 3 => 100..5000usize, 1 => 120_000..140_000usize, 1 => 1_000_000..2_500_000usize];
    (0..24usize, size).prop_map(|(place, size)| (place, "long ".repeat(size / 5)))
}

fn line(message: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    prop_oneof![
        8 => message.clone().prop_flat_map(enveloped),
        1 => batch(message).prop_flat_map(enveloped),
        1 => stderr(),
        1 => prop_oneof![
            Just(r#"{"session_id":"a-1","server_label":"a","ts":"2026-01-01T00:00:00Z","direction":"meta","raw":{"event":"start","command":["x"]}}"#.to_string()),
            Just(r#"{"session_id":"a-1","server_label":"a","direction":"s2c","transport":"http","status":202}"#.to_string()),
            Just(r#"{"session_id":"a-1","server_label":"a","direction":"s2c","transport":"http","sse":{"id":"1"},"raw":{"event":"sse-open"}}"#.to_string()),
        ],
        1 => prop_oneof![
            Just("not json".to_string()),
            Just(r#"{"session_id":"a-1","direction":"c2s","raw":{"jsonrpc":"2.0","id":1"#.to_string()),
            Just(r#"{"a":1}}"#.to_string()),
            Just("[1,2]".to_string()),
            Just("7".to_string()),
            Just("\u{0}\u{0}\u{0}".to_string()),
            Just("\u{0}\u{0} ".to_string()),
            Just("\u{0}{\"session_id\":\"b-1\",\"server_label\":\"b\",\"direction\":\"stderr\",\"text\":\"\"}".to_string()),
            Just("\u{feff}{\"session_id\":\"b-1\",\"server_label\":\"b\",\"direction\":\"stderr\",\"text\":\"\"}".to_string()),
            Just("\u{feff}".to_string()),
        ],
    ]
}

fn stderr() -> impl Strategy<Value = String> {
    "[a-z ]{0,20}".prop_map(|text| {
        format!(r#"{{"session_id":"a-1","server_label":"a","ts":"2026-01-01T00:00:01Z","direction":"stderr","text":"{text}"}}"#)
    })
}

/// The members of a line around a message, the message among them.
fn enveloped(raw: String) -> impl Strategy<Value = String> {
    let direction = prop_oneof![Just("c2s"), Just("s2c")];
    let server = prop_oneof![
        Just(("a", "a-1")),
        Just(("a", "a-2")),
        Just(("b", "b-1")),
        Just(("naïve", "é"))
    ];
    (server, direction, 0..60u32, any::<bool>(), space())
        .prop_flat_map(move |((label, conn), direction, second, http, space)| {
            let mut members = vec![
                format!(r#""session_id":{space}"{conn}""#),
                format!(r#""server_label":"{label}""#),
                format!(r#""ts":"2026-01-01T00:00:{second:02}.5Z""#),
                format!(r#""direction"{space}:"{direction}""#),
                r#""xchg":{"a":["}",{"raw":1}]}"#.to_string(),
            ];
            members.push(format!(
                r#""transport":"{}""#,
                if http { "http" } else { "stdio" }
            ));
            let raw = format!(r#""raw":{space}{raw}"#);
            (
                Just(members).prop_shuffle(),
                Just(raw),
                prop::bool::weighted(0.15),
            )
        })
        .prop_map(|(mut members, raw, first)| {
            members.insert(if first { 0 } else { members.len() }, raw);
            format!("{{{}}}", members.join(","))
        })
}

fn space() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just(""), 1 => Just(" "), 1 => Just("\t  ")]
}

fn batch(message: BoxedStrategy<String>) -> impl Strategy<Value = String> {
    prop::collection::vec(message, 0..4).prop_map(|messages| format!("[{}]", messages.join(", ")))
}

fn id() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => (0..6u32).prop_map(|n| n.to_string()),
        2 => (0..3u32).prop_map(|n| format!("\"{n}\"")),
        1 => Just("null".to_string()),
        1 => Just("1.0".to_string()),
        1 => Just(r#""a\"b""#.to_string()),
        1 => Just("-9007199254740993".to_string()),
    ]
}

/// One message of JSON-RPC: it has a method, a result or an error, or at worst nothing of these.
fn message() -> impl Strategy<Value = String> {
    shaped(
        prop_oneof![
            6 => Just((true, false, false)),
            5 => Just((false, true, false)),
            2 => Just((false, false, true)),
            1 => Just((false, false, false)),
        ]
        .boxed(),
    )
}

/// One message, its members in any order. `shape` says whether it has a method, a result, an error.
fn shaped(shape: BoxedStrategy<(bool, bool, bool)>) -> impl Strategy<Value = String> {
    let method = prop_oneof![
        Just("tools/call"),
        Just("tools/list"),
        Just("prompts/get"),
        Just("resources/read"),
        Just("ping"),
        Just("sampling/createMessage"),
        Just(r"tools\/call"),
        Just("notifications/progress"),
        Just("x/ÿ"),
    ];
    let params = prop_oneof![
        Just(r#"{"name":"add","arguments":{"text":"PADDING"}}"#),
        Just(r#"{"arguments":{"name":"inner","id":4},"name":"find","uri":"u"}"#),
        Just(r#"{ "uri" : "file:///x", "_meta":{"progressToken":1}}"#),
        Just(r#"{"name":"esc\u0061ped"}"#),
        Just(r#"{"progressToken":1,"deep":[[[{"id":9}]]]}"#),
        Just("[1,2]"),
        Just("{}"),
    ];
    let result = prop_oneof![
        Just(r#"{"content":[{"type":"text","text":"PADDING"}]}"#),
        Just(r#"{"content":[{"text":",\"id\":5}}"}],"isError":true}"#),
        Just(r#"{"tools":[{"name":"add","id":77}],"jsonrpc":"1.0"}"#),
        Just("{}"),
        Just("[]"),
        Just("null"),
    ];
    let error = prop_oneof![
        Just(r#"{"code":-32601,"message":"Method not found"}"#),
        Just(r#"{"code":-1,"message":"}}\",\"id\":3","data":{"id":1}}"#),
    ];
    let has = |odds| prop::bool::weighted(odds);
    (
        (has(0.9), shape),
        id(),
        method,
        params,
        has(0.7),
        result,
        error,
        space(),
    )
        .prop_flat_map(
            |(
                (with_id, (is_call, is_result, is_error)),
                id,
                method,
                params,
                with_params,
                result,
                error,
                space,
            )| {
                let mut members = vec![r#""jsonrpc":"2.0""#.to_string()];
                let mut add = |when: bool, key: &str, value: &str| {
                    if when {
                        members.push(format!("\"{key}\"{space}:{space}{value}{space}"));
                    }
                };
                add(with_id, "id", &id);
                add(is_call, "method", &format!("\"{method}\""));
                add(is_call && with_params, "params", params);
                add(is_result, "result", result);
                add(is_error, "error", error);
                (Just(members).prop_shuffle(), Just(space))
            },
        )
        .prop_map(|(members, space)| format!("{{{space}{}}}", members.join(",")))
}
