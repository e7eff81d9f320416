//! `plainsight sessions`: what clients keep on a machine, and how it is recognised.

use std::path::Path;
use std::process::{Command, Output};
use tempfile::TempDir;

struct Machine {
    home: TempDir,
}

const CALL: &str = r#"{"session_id":"a-1","server_label":"notes","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"look","arguments":{}}}}"#;

impl Machine {
    fn new() -> Machine {
        Machine {
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.home.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn run(&self, words: &[&str]) -> Output {
        let here = self.home.path().join("here");
        std::fs::create_dir_all(&here).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
        for name in [
            "CLAUDE_CONFIG_DIR",
            "CODEX_HOME",
            "MCPSNOOP_HOME",
            "MCP_REMOTE_CONFIG_DIR",
        ] {
            command.env_remove(name);
        }
        for (name, folder) in [
            ("HOME", ""),
            ("APPDATA", "roaming"),
            ("LOCALAPPDATA", "local"),
            ("XDG_CONFIG_HOME", ".config"),
            ("XDG_DATA_HOME", ".local/share"),
            ("XDG_STATE_HOME", ".local/state"),
            ("XDG_CACHE_HOME", ".cache"),
        ] {
            command.env(name, self.home.path().join(folder));
        }
        command.current_dir(here).args(words).output().unwrap()
    }

    fn json(&self, words: &[&str]) -> Vec<serde_json::Value> {
        let output = self.run(&[&["sessions", "--json"], words].concat());
        assert!(output.status.success(), "{output:?}");
        let lines = std::str::from_utf8(&output.stdout).unwrap().lines();
        lines
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }
}

/// A transcript of Claude Code with one call.
fn transcript(cwd: &str) -> String {
    format!(
        "{{\"type\":\"assistant\",\"uuid\":\"u1\",\"sessionId\":\"s1\",\"cwd\":\"{cwd}\",\"timestamp\":\"2026-01-01T00:00:00.000Z\",\"message\":{{\"role\":\"assistant\",\"content\":[{{\"type\":\"tool_use\",\"id\":\"t1\",\"name\":\"mcp__notes__look\",\"input\":{{}}}}]}}}}\n"
    )
}

fn machine() -> Machine {
    let machine = Machine::new();
    machine.write(
        ".claude/projects/-w-quay/11111111-aaaa.jsonl",
        &transcript("/w/quay"),
    );
    machine.write(
        ".claude/projects/-w-jam/22222222-bbbb.jsonl",
        &transcript("/w/jam"),
    );
    machine.write(".claude/projects/-w-jam/notes.jsonl", "no recording\n");
    machine.write(
        ".local/state/plainsight/sessions/notes-1.mcp.jsonl",
        &format!("{CALL}\n"),
    );
    machine.write("here/notes-1.mcp.jsonl", &format!("{CALL}\n{CALL}\n"));
    machine.write(
        ".cursor/mcp.json",
        "{\"mcpServers\": {\"a\": {\"command\": \"x\"}}}",
    );
    machine
}

#[test]
fn what_clients_keep_is_told_with_its_project_and_its_calls() {
    let machine = machine();
    let all = machine.json(&[]);
    assert_eq!(all.len(), 4, "{all:#?}");
    let quay = all.iter().find(|one| one["id"] == "11111111-aaaa").unwrap();
    assert_eq!(quay["client"], "claude-code");
    assert_eq!(quay["project"], "/w/quay");
    assert_eq!(quay["calls"], 1);
    assert_eq!(quay["worst"], serde_json::Value::Null);
    assert_eq!(machine.json(&["--client", "claude-code"]).len(), 2);
    assert_eq!(machine.json(&["--project", "QUAY"]).len(), 1);
    let configs = machine.json(&["--configs"]);
    assert_eq!(configs.last().unwrap()["class"], "configuration");
    assert_eq!(configs.len(), 5);
    let wrong = machine.run(&["sessions", "--client", "nobody"]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("claude-code"));
}

#[test]
fn every_id_opens_its_recording() {
    let machine = machine();
    for one in machine.json(&["--configs"]) {
        let id = one["id"].as_str().unwrap();
        let output = machine.run(&["check", "--format", "json", id]);
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{id}: {output:?}"
        );
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let path = report["sources"][0]["path"].as_str().unwrap();
        assert_eq!(path, one["path"].as_str().unwrap(), "{id}");
    }
}

#[test]
fn what_was_judged_is_remembered_until_the_file_changes() {
    let machine = machine();
    let worst = |machine: &Machine| {
        let all = machine.json(&["--configs", "--client", "cursor"]);
        all[0]["worst"].clone()
    };
    machine.write(
        ".cursor/mcp.json",
        "{\"mcpServers\": {\"a\": {\"command\": \"npx\", \"args\": [\"x\"]}}}",
    );
    assert_eq!(worst(&machine), serde_json::Value::Null);
    let path = machine.home.path().join(".cursor/mcp.json");
    machine.run(&["check", path.to_str().unwrap()]);
    assert_eq!(worst(&machine), "low");
    machine.write(
        ".cursor/mcp.json",
        "{\"mcpServers\": {\"a\": {\"command\": \"y\"}}}",
    );
    assert_eq!(worst(&machine), serde_json::Value::Null);
}

#[test]
fn how_a_file_is_recognised_is_explained() {
    let machine = machine();
    machine.write("here/odd.txt", "nothing of interest\n");
    let explain = |file: &str| {
        let output = machine.run(&["sessions", "--explain", file]);
        (
            output.status.code(),
            String::from_utf8(output.stdout).unwrap(),
        )
    };
    let path = machine.home.path().join(".cursor/mcp.json");
    let (code, text) = explain(path.to_str().unwrap());
    assert_eq!(code, Some(0));
    for words in ["read as    client-config", "of 100", "--format"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let (_, text) = explain("odd.txt");
    assert!(text.contains("read as    nothing"), "{text}");
    assert_eq!(explain(Path::new("none").to_str().unwrap()).0, Some(2));
}

#[test]
fn an_empty_machine_says_so() {
    let machine = Machine::new();
    let output = machine.run(&["sessions"]);
    assert!(output.status.success() && output.stdout.is_empty());
    assert!(String::from_utf8_lossy(&output.stderr).contains("No recordings were found"));
}
