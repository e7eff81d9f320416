//! The program with a configuration folder of its own.

use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

pub struct Program {
    home: TempDir,
    work: TempDir,
}

/// What `check` said, in both forms.
pub struct Report {
    pub code: i32,
    pub json: Value,
    pub text: String,
    pub errors: String,
}

impl Program {
    pub fn new() -> Program {
        let folder = || tempfile::tempdir().expect("a temporary folder");
        Program {
            home: folder(),
            work: folder(),
        }
    }

    /// Writes a file beside the recordings.
    pub fn file(&self, name: &str, text: &str) -> String {
        put(self.work.path().join(name), text)
    }

    /// Writes a file into the configuration folder.
    pub fn config(&self, name: &str, text: &str) -> String {
        put(self.home.path().join("plainsight").join(name), text)
    }

    /// A recording of one server: each line a message, with `>` before what the client says and `<` before the answers.
    pub fn recording(&self, server: &str, messages: &str) -> String {
        let lines: Vec<String> = messages
            .lines()
            .enumerate()
            .map(|(n, line)| {
                let (direction, raw) = line.split_at(1);
                let direction = if direction == ">" { "c2s" } else { "s2c" };
                let raw: Value = serde_json::from_str(raw).expect("a message is JSON");
                json!({"v": 1, "session_id": server, "server_label": server, "seq": n + 1,
                    "ts": format!("2026-01-01T00:00:{n:02}.000Z"), "direction": direction, "transport": "stdio", "raw": raw})
                .to_string()
            })
            .collect();
        self.file(&format!("{server}.mcp.jsonl"), &(lines.join("\n") + "\n"))
    }

    pub fn run(&self, args: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .env("XDG_CONFIG_HOME", self.home.path())
            .env("XDG_STATE_HOME", self.home.path())
            .env("HOME", self.home.path())
            .current_dir(self.work.path())
            .args(args)
            .output()
            .expect("the program starts")
    }

    pub fn check(&self, args: &[&str]) -> Report {
        let text = self.run(&[&["check"], args].concat());
        let json = self.run(&[&["check", "--format", "json"], args].concat());
        assert_eq!(text.status.code(), json.status.code());
        let string = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Report {
            code: json.status.code().expect("an exit code"),
            json: serde_json::from_slice(&json.stdout).unwrap_or(Value::Null),
            text: string(text.stdout),
            errors: string(json.stderr),
        }
    }
}

fn put(path: PathBuf, text: &str) -> String {
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
    std::fs::write(&path, text).expect("the file can be written");
    path.to_str().expect("UTF-8").to_owned()
}

/// The finding of a rule.
pub fn finding<'r>(report: &'r Value, rule: &str) -> &'r Value {
    let findings = report["findings"].as_array().expect("findings");
    let found = findings.iter().find(|finding| finding["rule"] == rule);
    found.unwrap_or_else(|| panic!("no {rule} in {report:#}"))
}
