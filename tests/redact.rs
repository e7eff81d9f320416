//! Sessions as files, with and without their secrets, through the program.

#[path = "common/mod.rs"]
mod common;

use common::Recording;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";

struct Program {
    folder: TempDir,
}

impl Program {
    fn new() -> Program {
        Program {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_string()
    }

    fn export(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["export", "--to", "jsonl"])
            .args(args)
            .env("XDG_STATE_HOME", self.path("state"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("HOME", self.folder.path())
            .output()
            .unwrap()
    }
}

fn secrets() -> Recording {
    let mut recording = Recording::of("mail");
    recording.envelope(
        "meta",
        r#","raw":{"event":"start","command":["mail-server","--token","a1b2c3d4e5"],"pid":7}"#,
    );
    recording.greet("{}");
    recording.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"login","arguments":{"password":"hunter2x"}}}"#);
    recording.s2c(&format!(r#"{{"jsonrpc":"2.0","id":1,"result":{{"content":[{{"type":"text","text":"token\u003d {TOKEN}\nx"}}]}}}}"#));
    recording.stderr(&format!("signed in with {TOKEN}"));
    recording
}

fn lines(output: &Output) -> Vec<String> {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout.clone()).unwrap();
    text.lines().map(str::to_string).collect()
}

/// What a filter of the first line's facts says.
fn header(line: &str) -> serde_json::Value {
    let line: serde_json::Value = serde_json::from_str(line).unwrap();
    line["raw"].clone()
}

#[test]
fn a_native_recording_stays_byte_for_byte() {
    let program = Program::new();
    let mut recording = secrets();
    recording.c2s(r#"{"jsonrpc":"2.0" , "id":1.0,"id":2,"method":"x","a":1e400,"b":"\ud800"}"#);
    let source = program.write("mail.mcp.jsonl", recording.bytes());
    let out = lines(&program.export(&[&source]));
    let original: Vec<&str> = std::str::from_utf8(recording.bytes())
        .unwrap()
        .lines()
        .collect();
    assert_eq!(&out[1..], &original[..]);
    let header = header(&out[0]);
    assert_eq!(
        (&header["event"], &header["redaction"]),
        (&"export".into(), &"none".into())
    );
    assert_eq!(header["made_from"][0]["format"], "native");
}

#[test]
fn a_redacted_export_holds_no_secret_and_opens_as_the_same_session() {
    let program = Program::new();
    let recording = secrets();
    let source = program.write("mail.mcp.jsonl", recording.bytes());
    let target = program.path("out.mcp.jsonl");
    let output = program.export(&[&source, "--redact", "-o", target.to_str().unwrap()]);
    let said = String::from_utf8(output.stderr.clone()).unwrap();
    assert!(output.status.success(), "{said}");
    assert!(
        said.contains("4 secrets were replaced") && said.contains("2 github-token"),
        "{said}"
    );
    let text = fs::read_to_string(&target).unwrap();
    for secret in [TOKEN, "hunter2x", "a1b2c3d4e5"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(text.matches("\"redacted\":true").count(), 4, "{text}");
    assert_eq!(header(text.lines().next().unwrap())["redaction"], "secrets");
    let opened = common::open(&[("out.mcp.jsonl", text.as_bytes())]);
    let session = opened.get();
    assert_eq!(
        (
            session.servers().len(),
            session.connections().len(),
            session.calls().len()
        ),
        (1, 1, 1)
    );
    assert!(session.row(session.calls()[0]).pair().is_some());
    // The same token twice, and it can be seen that it is the same.
    let mark = text
        .split("«redacted:github-token:")
        .nth(1)
        .unwrap()
        .split('»')
        .next()
        .unwrap();
    assert_eq!(text.matches(mark).count(), 2);
    // Once more, and nothing changes but the first line.
    let again = lines(&program.export(&[target.to_str().unwrap(), "--redact"]));
    assert_eq!(again[1..].join("\n"), text.trim_end());
}

#[test]
fn a_key_that_is_thrown_away_gives_other_hashes() {
    let program = Program::new();
    let source = program.write("mail.mcp.jsonl", secrets().bytes());
    let marks = |args: &[&str]| {
        lines(&program.export(&[&[source.as_str(), "--redact"], args].concat()))[1..].to_vec()
    };
    assert_eq!(marks(&[]), marks(&[]));
    assert_ne!(marks(&[]), marks(&["--redact-key", "once"]));
    assert!(program.path("state/plainsight/redaction.key").is_file());
}

#[test]
fn bare_messages_get_an_envelope_around_their_bytes() {
    let program = Program::new();
    let messages = [
        r#"{"jsonrpc":"2.0" , "id":1,"method":"tools/list","n":1.0}"#,
        r#"[{"jsonrpc":"2.0","id":1,"result":{"tools":[]}} ,{"jsonrpc":"2.0","method":"notifications/x"}]"#,
    ];
    let source = program.write("bare.jsonl", messages.join("\n").as_bytes());
    let out = lines(&program.export(&[&source]));
    assert_eq!(out.len(), 3, "{out:?}");
    for (line, message) in out[1..].iter().zip(messages) {
        assert!(line.ends_with(&format!(r#","raw":{message}}}"#)), "{line}");
    }
    let opened = common::open(&[("out.mcp.jsonl", out.join("\n").as_bytes())]);
    let session = opened.get();
    assert_eq!(session.len(), 4);
    assert_eq!(
        session.rows()[2].pair(),
        Some(plainsight::session::RowId(1))
    );
}

#[test]
fn files_are_private_and_never_replaced_unasked() {
    let program = Program::new();
    let source = program.write("mail.mcp.jsonl", secrets().bytes());
    let target = program.write("out.jsonl", b"mine");
    let output = program.export(&[&source, "-o", &target]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(fs::read(&target).unwrap(), b"mine");
    assert!(
        program
            .export(&[&source, "-o", &target, "--force"])
            .status
            .success()
    );
    assert!(fs::read(&target).unwrap().len() > 100);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&target).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    assert_eq!(
        entries(program.folder.path()),
        ["mail.mcp.jsonl", "out.jsonl"]
    );
}

fn entries(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn rules_of_others_are_used_and_what_cannot_be_is_told() {
    let program = Program::new();
    let mut recording = Recording::of("mail");
    recording.c2s(r#"{"jsonrpc":"2.0","id":1,"method":"x","params":{"a":"acme-77-zebra"}}"#);
    let source = program.write("mail.mcp.jsonl", recording.bytes());
    let rules = program.write(
        "rules.toml",
        b"[[rules]]\nid = 'acme'\nregex = 'acme-[0-9]+-[a-z]+'\nkeywords = ['acme-']\n[[rules]]\nid = 'odd'\nregex = '(?<=a)b'\n",
    );
    let output = program.export(&[&source, "--redact", "--redact-rules", &rules]);
    assert!(lines(&output)[1].contains("«redacted:acme:"));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("Rule `odd` is not in use"), "{said}");
    let broken = program.write("broken.toml", b"nonsense");
    let output = program.export(&[&source, "--redact", "--redact-rules", &broken]);
    assert_eq!(output.status.code(), Some(2));
    assert!(output.stdout.is_empty());
}

#[cfg(unix)]
#[test]
fn a_tap_that_redacts_writes_no_secret_down() {
    let program = Program::new();
    let server = format!(
        r#"echo '{{"jsonrpc":"2.0","id":1,"result":{{"token":"{TOKEN}"}}}}'
printf -- '-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA1c7z5Pad7OejecsQ0bu3aumFfXiU4FY2VzPjrZqT5yz0ab\n-----END RSA PRIVATE KEY-----\nready\n' >&2"#
    );
    let script = program.write("server.sh", server.as_bytes());
    let recording = program.path("tapped.mcp.jsonl");
    let output = Command::new(env!("CARGO_BIN_EXE_plainsight"))
        .args([
            "tap",
            "--redact",
            "--record",
            recording.to_str().unwrap(),
            "--",
        ])
        .args([
            "sh",
            &script,
            "--api-key",
            "short",
            "https://a:b1c2d3@db.example/x",
        ])
        .env("XDG_STATE_HOME", program.path("state"))
        .env("XDG_CONFIG_HOME", program.path("config"))
        .env("HOME", program.folder.path())
        .output()
        .unwrap();
    // The client gets all of it.
    assert!(String::from_utf8_lossy(&output.stdout).contains(TOKEN));
    assert!(String::from_utf8_lossy(&output.stderr).contains("MIIEpAIBAAKC"));
    let text = fs::read_to_string(&recording).unwrap();
    for secret in [TOKEN, "MIIEpAIBAAKC", "\"short\"", "b1c2d3"] {
        assert!(!text.contains(secret), "{text}");
    }
    assert_eq!(header(text.lines().next().unwrap())["redaction"], "secrets");
    assert!(
        text.contains("\"ready\"") && text.contains("«redacted:key:"),
        "{text}"
    );
    // There is nothing left for an export to find.
    let exported = program.export(&[recording.to_str().unwrap(), "--redact"]);
    assert!(
        String::from_utf8_lossy(&exported.stderr).contains("nothing in it looked like a secret")
    );
    assert_eq!(lines(&exported)[1..].join("\n"), text.trim_end());
}
