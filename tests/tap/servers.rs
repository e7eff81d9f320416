//! Servers that misbehave: through a tap they do so as through a pipe.

use super::recording::{assert_in_order, entries, exit, messages, open, stream};
use super::tapped::{Outcome, State, outcome};
use plainsight::wire::id::Direction;
use std::process::Command;

const REQUESTS: &str = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"ping\"}\n";

/// Answers each line.
const ANSWER: &str = "while read -r line; do printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";

/// Runs a server with and without a tap, and compares everything that a client can see.
fn same(name: &str, script: &str) -> (Outcome, State) {
    let server = ["sh", "-c", script];
    let bare = outcome(Command::new("sh").args(&server[1..]), REQUESTS.as_bytes());
    let state = State::new();
    let tapped = outcome(&mut state.tap(&[], &server), REQUESTS.as_bytes());
    assert_eq!(
        (&tapped.stdout, &tapped.stderr, tapped.status),
        (&bare.stdout, &bare.stderr, bare.status),
        "{name}"
    );
    let path = state.recording();
    let entries = entries(&path);
    assert_in_order(&entries);
    assert_eq!(stream(&entries, "s2c"), tapped.stdout, "{name}");
    assert_eq!(stream(&entries, "stderr"), tapped.stderr, "{name}");
    let session = open(&[path]);
    let facts = exit(&entries);
    for (key, direction) in [("c2s", Direction::C2s), ("s2c", Direction::S2c)] {
        let rows = messages(&session, direction) as u64;
        assert_eq!(facts[key].as_u64(), Some(rows), "{name}: {key}");
    }
    (tapped, state)
}

#[test]
fn what_they_print_passes_as_it_is() {
    let scripts = [
        ("well-behaved", format!("{ANSWER}\\n'; done")),
        ("a banner", format!("echo 'Starting…'; {ANSWER}\\n'; done")),
        ("no JSON", format!("{ANSWER}\\nDEBUG \\033[31mred\\033[0m\\n'; done")),
        ("CR LF", format!("{ANSWER}\\r\\n'; done")),
        ("no line ends", format!("{ANSWER}'; done")),
        ("invalid UTF-8", "cat >/dev/null; printf '{\"id\":1,\"result\":\"\\377\\376\"}\\n'".into()),
        ("NUL", "cat >/dev/null; printf '\\000\\000{}\\n\\n\\n'".into()),
        ("twice", format!("{ANSWER}\\n{{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{{}}}}\\n'; done")),
        ("a batch", "cat >/dev/null; printf '[{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}]\\n'".into()),
        ("byte by byte", "cat >/dev/null; for c in '{' '\"' a '\"' : 1 '}' '\n'; do printf %s \"$c\"; sleep 0.01; done".into()),
        ("much on stderr", format!("i=0; while [ $i -lt 3000 ]; do echo \"line $i of the log of a server that talks\" >&2; i=$((i+1)); done; {ANSWER}\\n'; done")),
        ("a late answer", "cat >/dev/null; sleep 0.4; printf '{\"jsonrpc\":\"2.0\",\"id\":2,\"result\":{}}\\n'".into()),
    ];
    for (name, script) in &scripts {
        same(name, script);
    }
}

#[test]
fn how_they_end_is_how_the_tap_ends() {
    for (name, script) in [
        ("at once", "exit 7"),
        ("a high code", "cat >/dev/null; exit 255"),
        (
            "in mid-message",
            "read -r line; printf '{\"jsonrpc\":\"2.0\",\"id\":1,\"res'; kill -KILL $$",
        ),
        ("a crash", "cat >/dev/null; kill -SEGV $$"),
        ("an abort", "cat >/dev/null; kill -ABRT $$"),
        ("a signal of its own", "cat >/dev/null; kill -TERM $$"),
    ] {
        let (out, state) = same(name, script);
        let facts = exit(&entries(&state.recording()));
        match out.status.code() {
            Some(code) => assert_eq!(facts["code"], code, "{name}"),
            None => assert!(
                facts["signal"].as_str().unwrap().starts_with("SIG"),
                "{name}"
            ),
        }
    }
}

#[test]
fn it_opens_with_the_check() {
    let (_, state) = same("well-behaved", &format!("{ANSWER}\\n'; done"));
    let path = state.recording();
    let out = outcome(state.program(&["check", "--format", "json"]).arg(path), b"");
    let report: serde_json::Value = serde_json::from_slice(&out.stdout).expect("one document");
    assert_eq!(report["sources"][0]["format"], "native");
    assert_eq!(report["sources"][0]["class"], "wire-complete");
    assert_eq!(out.status.code(), Some(0), "{report:#}");
}
