//! A recording whose every text attacks the terminal that shows it.

use super::terminal::Terminal;
use plainsight::text::{Raw, has_hidden};
use std::fmt::Write as _;

/// Sets the title, the clipboard, leaves the alternate screen, hides the cursor, rings, turns the text round, smuggles.
const PAYLOADS: [&str; 8] = [
    "\u{1b}]0;OWNED\u{7}",
    "\u{1b}]52;c;T1dORUQ=\u{7}",
    "\u{1b}[?1049l\u{1b}[2J",
    "\u{9b}31mred\u{1b}[?25l",
    "\u{7}\u{8}\u{8}\u{8}\r",
    "\u{202e}gnp.exe\u{2066}",
    "a\u{e0061}\u{e0062}\u{e0063}\u{200b}\u{2060}b",
    "\u{1b}P$q\u{1b}\\\u{1b}_Ga=q\u{1b}\\",
];

fn recording() -> String {
    let all: String = PAYLOADS.concat();
    let text = |s: &str| serde_json::to_string(s).expect("a string");
    let bad = text(&all);
    let mut out = String::new();
    let mut seq = 0;
    let mut put = |dir: &str, raw: String| {
        seq += 1;
        writeln!(
            out,
            r#"{{"v":1,"session_id":{bad},"server_label":{label},"seq":{seq},"ts":"2026-01-01T00:00:{seq:02}Z","direction":"{dir}","transport":"stdio",{raw}}}"#,
            label = text(&format!("srv{all}")),
        )
        .expect("a string takes everything");
    };
    let raw = |json: String| format!("\"raw\":{json}");
    put(
        "meta",
        raw(format!(r#"{{"event":"start","command":[{bad}]}}"#)),
    );
    put(
        "c2s",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":{bad},"method":"initialize","params":{{"protocolVersion":{bad},"clientInfo":{{"name":{bad},"version":{bad}}},"capabilities":{{}}}}}}"#
        )),
    );
    put(
        "s2c",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":{bad},"result":{{"protocolVersion":{bad},"serverInfo":{{"name":{bad},"version":{bad},"title":{bad}}},"instructions":{bad},"capabilities":{{{bad}:{bad}}}}}}}"#
        )),
    );
    for version in 0..2 {
        put(
            "c2s",
            raw(format!(
                r#"{{"jsonrpc":"2.0","id":{version},"method":"tools/list"}}"#
            )),
        );
        put(
            "s2c",
            raw(format!(
                r#"{{"jsonrpc":"2.0","id":{version},"result":{{"tools":[{{"name":{bad},"title":{bad},"description":{},"inputSchema":{{"type":"object","properties":{{{bad}:{{"type":{bad},"description":{bad},"default":{bad},"enum":[{bad}]}}}}}},"annotations":{{"title":{bad},"readOnlyHint":true}}}}]}}}}"#,
                text(&format!("v{version}{all}"))
            )),
        );
    }
    put(
        "c2s",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{{"name":{bad},"arguments":{{{bad}:{bad}}}}}}}"#
        )),
    );
    // A key that is read by a hostile path and goes out again: findings and stories that quote both.
    let key = text(&format!(
        "-----BEGIN OPENSSH PRIVATE KEY-----\n{}\n-----END OPENSSH PRIVATE KEY-----",
        "b3BlbnNzaC1rZXktdjEAAAAA\n".repeat(9)
    ));
    let path = text(&format!("/home/x/.ssh/id_rsa{all}"));
    put(
        "c2s",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":21,"method":"tools/call","params":{{"name":"read_file","arguments":{{"path":{path}}}}}}}"#
        )),
    );
    put(
        "s2c",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":21,"result":{{"content":[{{"type":"text","text":{key}}}]}}}}"#
        )),
    );
    put(
        "c2s",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":22,"method":"tools/call","params":{{"name":{},"arguments":{{"to":{bad},"body":{key}}}}}}}"#,
            text(&format!("send_email{all}"))
        )),
    );
    put("stderr", format!("\"text\":{bad}"));
    put(
        "s2c",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":7,"result":{{"content":[{{"type":"text","text":{bad}}}],"isError":true}}}}"#
        )),
    );
    put(
        "s2c",
        raw(format!(
            r#"{{"jsonrpc":"2.0","id":8,"error":{{"code":-1,"message":{bad},"data":{bad}}}}}"#
        )),
    );
    put(
        "s2c",
        raw(format!(
            r#"{{"jsonrpc":"2.0","method":{bad},"params":{{"x":{bad}}}}}"#
        )),
    );
    put("s2c", format!("\"text\":{bad}"));
    out.push_str("not json \u{1b}]0;OWNED\u{7}\n");
    out
}

/// Characters that a terminal is asked to print.
#[derive(Default)]
struct Printed(String);

impl vte::Perform for Printed {
    fn print(&mut self, c: char) {
        self.0.push(c);
    }
}

fn name() -> String {
    format!("evil{}.jsonl", "\u{1b}]0;OWNED\u{7}\u{202e}gpj")
}

#[test]
fn no_byte_of_a_recording_reaches_the_terminal_unseen() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name());
    std::fs::write(&path, recording()).expect("the recording is written");
    let mut terminal = Terminal::start(&[path.to_str().expect("UTF-8")], 160, 50);
    terminal.wait_for("1 Findings");
    for view in ["1", "2", "3", "4", "5", "6"] {
        terminal.keys(view);
        for key in [
            "j", "j", "\r", "\t", "j", "z", "\x1b", "\x1b", "G", "g", "?", "\x1b",
        ] {
            terminal.keys(key);
        }
    }
    terminal.keys("2");
    terminal.keys("/OWNED\r");
    terminal.keys("n");
    terminal.with_asked(|asked| {
        let owned = |data: &Vec<u8>| data.windows(5).any(|w| w == b"OWNED") || data == b"T1dORUQ=";
        assert!(!asked.titles.iter().any(owned), "the title was set");
        assert!(!asked.clipboard.iter().any(owned), "the clipboard was set");
        assert_eq!(asked.bells, 0, "the bell rang");
    });
    assert!(terminal.alternate_screen(), "the alternate screen was left");
    terminal.keys("\x1b");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
    let mut printed = Printed::default();
    vte::Parser::new().advance(&mut printed, &terminal.bytes());
    let hidden: Vec<char> = printed
        .0
        .chars()
        .filter(|c| has_hidden(Raw::from(c.to_string().as_str())))
        .collect();
    assert!(
        hidden.is_empty(),
        "invisible characters were printed: {hidden:?}"
    );
}

#[test]
fn check_prints_nothing_that_a_terminal_obeys() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join(name());
    std::fs::write(&path, recording()).expect("the recording is written");
    for format in ["text", "json"] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["check", "--format", format])
            .arg(&path)
            .output()
            .expect("the program starts");
        for stream in [output.stdout, output.stderr] {
            let text = String::from_utf8(stream).expect("UTF-8");
            let bad: Vec<char> = text
                .chars()
                .filter(|c| *c != '\n' && has_hidden(Raw::from(c.to_string().as_str())))
                .collect();
            assert!(bad.is_empty(), "{format}: {bad:?}");
        }
    }
}
