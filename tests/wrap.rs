//! The tap in the configurations of clients, through the program: what is changed, what is kept, what is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use tempfile::TempDir;

struct Machine {
    home: TempDir,
}

const CURSOR: &str = r#"{
  // servers of mine
  "mcpServers": {
    "notes": {"command": "npx", "args": ["-y", "@example/notes"], "env": {"KEY": "hunter2"}},
    "mail": {"url": "https://example.com/mcp?key=hunter2", "headers": {"Authorization": "Bearer hunter2"}},
  },
}
"#;

impl Machine {
    fn new() -> Machine {
        Machine {
            home: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
        fs::write(&path, text).expect("the file can be written");
        path
    }

    fn run(&self, args: &[&str]) -> Output {
        fs::create_dir_all(self.path("project")).expect("the folder can be made");
        Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .env_clear()
            .env("HOME", self.home.path())
            .env("XDG_STATE_HOME", self.path("state"))
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .current_dir(self.path("project"))
            .args(args)
            .output()
            .expect("the program starts")
    }

    /// Everything it says of what ends with this code; no value of an environment or of a header is ever in it.
    fn says(&self, code: i32, args: &[&str]) -> String {
        let output = self.run(args);
        let text = [output.stdout, output.stderr].concat();
        let text = String::from_utf8(text).expect("UTF-8");
        assert_eq!(output.status.code(), Some(code), "{args:?}: {text}");
        assert!(!text.contains("hunter2"), "{text}");
        text
    }

    fn backups(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path("state/plainsight/wrapped")) else {
            return Vec::new();
        };
        let paths = entries.map(|entry| entry.expect("an entry").path());
        let mut paths: Vec<_> = paths.filter(|path| path.extension().is_some()).collect();
        paths.sort();
        paths
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file")
}

#[test]
fn nothing_is_changed_unless_servers_are_named() {
    let machine = Machine::new();
    assert!(machine.says(0, &["wrap"]).contains("was found"));
    let cursor = machine.write(".cursor/mcp.json", CURSOR);
    let zed = machine.write(".config/zed/settings.json", "{\"context_servers\": {");
    let said = machine.says(0, &["wrap"]);
    for part in [
        "Cursor",
        "notes  stdio  not wrapped  npx -y @example/notes",
        "mail   http",
        "line 1",
        "Nothing was changed",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    let said = machine.says(0, &["wrap", "--all", "--client", "cursor", "--dry-run"]);
    assert!(said.contains("+    \"notes\": {\"command\": \"/"), "{said}");
    assert!(said.contains("\"KEY\": (hidden)"), "{said}");
    assert!(said.contains("proxy --upstream"), "{said}");
    assert_eq!(read(&cursor), CURSOR);
    assert_eq!(read(&zed), "{\"context_servers\": {");
    assert!(machine.backups().is_empty());
}

#[test]
fn what_was_wrapped_is_unwrapped_byte_for_byte() {
    let machine = Machine::new();
    let cursor = machine.write(".cursor/mcp.json", CURSOR);
    let codex_text =
        "# mine\n[mcp_servers.time]\ncommand = 'uvx' # quick\nargs = ['mcp-server-time']\n";
    let codex = machine.write(".codex/config.toml", codex_text);
    let goose_text =
        "extensions:\n  time:\n    cmd: uvx\n    args:\n      - mcp-server-time\n    type: stdio\n";
    let goose = machine.write(".config/goose/config.yaml", goose_text);
    let said = machine.says(0, &["wrap", "--all", "--redact"]);
    assert!(said.contains("Restart the client"), "{said}");
    let program = env!("CARGO_BIN_EXE_plainsight");
    assert_eq!(
        read(&cursor),
        CURSOR
            .replace(
                "\"command\": \"npx\"",
                &format!("\"command\": \"{program}\"")
            )
            .replace(
                "[\"-y\"",
                "[\"tap\", \"--name\", \"notes\", \"--redact\", \"--\", \"npx\", \"-y\""
            )
    );
    assert!(read(&codex).contains(
        "args = [\"tap\", \"--name\", \"time\", \"--redact\", \"--\", 'uvx', 'mcp-server-time']"
    ));
    assert!(read(&goose).contains("      - uvx\n      - mcp-server-time\n"));
    assert_eq!(machine.backups().len(), 6);
    // A second time changes nothing, and keeps the copies.
    let wrapped = read(&cursor);
    assert!(
        machine
            .says(0, &["wrap", "--all"])
            .contains("wrapped already")
    );
    assert_eq!(read(&cursor), wrapped);
    assert_eq!(machine.backups().len(), 6);
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&cursor), CURSOR);
    assert_eq!(read(&codex), codex_text);
    assert_eq!(read(&goose), goose_text);
    assert!(machine.backups().is_empty());
}

#[test]
fn the_copy_is_of_before_the_first_wrap_and_private() {
    let machine = Machine::new();
    let text = r#"{"mcpServers": {"a": {"command": "x", "args": []}, "b": {"command": "y"}}}"#;
    let file = machine.write("any.json", text);
    let name = file.to_str().expect("UTF-8");
    machine.says(0, &["wrap", "--config", name, "--server", "a"]);
    let once = read(&file);
    machine.says(0, &["wrap", "--config", name, "--server", "b"]);
    let backups = machine.backups();
    assert_eq!(read(&backups[0]), text);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&backups[0])
            .expect("the copy")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
    machine.says(0, &["unwrap", "--server", "b"]);
    assert_eq!(read(&file), once);
    assert!(machine.says(0, &["unwrap"]).contains("a  stdio  wrapped"));
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&file), text);
    assert!(machine.backups().is_empty());
}

#[test]
fn what_others_changed_since_stays() {
    let machine = Machine::new();
    let cursor = machine.write(".cursor/mcp.json", CURSOR);
    machine.says(0, &["wrap", "--all"]);
    let now = read(&cursor).replace("of mine", "of ours");
    fs::write(&cursor, &now).expect("the file can be written");
    fs::write(&cursor, &now[..now.len() - 3]).expect("the file can be written");
    let said = machine.says(2, &["unwrap", "--all"]);
    assert!(said.contains(".backup"), "{said}");
    fs::write(&cursor, &now).expect("the file can be written");
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&cursor), CURSOR.replace("of mine", "of ours"));
}

#[test]
fn files_of_a_project_are_changed_only_when_asked_for() {
    let machine = Machine::new();
    let text = r#"{"mcpServers": {"a": {"command": "x"}}}"#;
    let file = machine.write("project/.mcp.json", text);
    machine.says(2, &["wrap", "--server", "a"]);
    assert_eq!(read(&file), text);
    let said = machine.says(0, &["wrap", "--server", "a", "--project"]);
    assert!(said.contains("asks again"), "{said}");
    assert_ne!(read(&file), text);
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&file), text);
}

#[test]
fn what_cannot_be_changed_safely_is_refused() {
    let machine = Machine::new();
    let program = env!("CARGO_BIN_EXE_plainsight");
    for (text, word) in [
        (
            r#"{"mcpServers": {"a": {"command": "x"}, "a": {"command": "y"}}}"#.to_owned(),
            "twice",
        ),
        (
            r#"{"mcpServers": {"a": {"command": "/bin/sh -c x"}}}"#.to_owned(),
            "write the program as command",
        ),
        (
            r#"{"mcpServers": {"a": {"command": "npx -y foo"}}}"#.to_owned(),
            "write the program as command",
        ),
        (
            r#"{"mcpServers": {"a": {"command": "x""#.to_owned(),
            "line 1",
        ),
        ("\u{0}".to_owned(), "line 1"),
    ] {
        let file = machine.write("odd.json", &text);
        let said = machine.says(
            2,
            &["wrap", "--config", file.to_str().expect("UTF-8"), "--all"],
        );
        assert!(said.contains(word) && said.contains("odd.json"), "{said}");
        assert_eq!(read(&file), text);
    }
    let text = format!(
        r#"{{"mcpServers": {{"a": {{"command": "mcpsnoop", "args": ["--", "x"]}}, "b": {{"command": "{program}", "args": ["tap", "--", "x"]}}}}}}"#
    );
    let file = machine.write("other.json", &text);
    let said = machine.says(
        0,
        &["wrap", "--config", file.to_str().expect("UTF-8"), "--all"],
    );
    assert!(said.contains("mcpsnoop stands in front"), "{said}");
    assert_eq!(read(&file), text);
    assert!(
        machine
            .says(2, &["wrap", "--client", "emacs", "--all"])
            .contains("known are")
    );
    assert!(
        machine
            .says(2, &["wrap", "--config", "/nowhere.json", "--all"])
            .contains("cannot be read")
    );
    assert!(machine.backups().is_empty());
}

/// What the client then starts is the server, with the tap before it.
#[cfg(unix)]
#[test]
fn a_wrapped_command_still_starts_its_server() {
    let machine = Machine::new();
    let text = r#"{"mcpServers": {"my notes": {"command": "sh", "args": ["-c", "read -r l; echo \"[$l] $KEY\"", "--name"]}}}"#;
    let file = machine.write("one.json", text);
    let name = file.to_str().expect("UTF-8");
    machine.says(
        0,
        &[
            "wrap",
            "--config",
            name,
            "--all",
            "--redact",
            "--tap-arg=--rotate=1M",
        ],
    );
    let wrapped: serde_json::Value = serde_json::from_str(&read(&file)).expect("JSON");
    let entry = &wrapped["mcpServers"]["my notes"];
    let args = entry["args"].as_array().expect("words");
    let mut child = Command::new(entry["command"].as_str().expect("the program"))
        .args(args.iter().map(|arg| arg.as_str().expect("a word")))
        .env("HOME", machine.home.path())
        .env("XDG_STATE_HOME", machine.path("state"))
        .env("KEY", "hunter2")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("the tap starts");
    let mut stdin = child.stdin.take().expect("its input");
    std::io::Write::write_all(&mut stdin, b"hello\n").expect("it is read");
    drop(stdin);
    let output = child.wait_with_output().expect("its end");
    assert_eq!(output.stdout, b"[hello] hunter2\n");
    assert_eq!(output.status.code(), Some(0));
    let recordings = fs::read_dir(machine.path("state/plainsight/sessions")).expect("the folder");
    let paths: Vec<_> = recordings
        .map(|entry| entry.expect("an entry").path())
        .collect();
    assert_eq!(paths.len(), 1);
    assert!(read(&paths[0]).contains(r#""server_label":"my notes""#));
}

#[test]
fn options_that_the_tap_does_not_know_are_refused() {
    let machine = Machine::new();
    let cursor = machine.write(".cursor/mcp.json", CURSOR);
    let said = machine.says(2, &["wrap", "--all", "--tap-arg=--no-such-thing"]);
    assert!(said.contains("would not start"), "{said}");
    assert_eq!(read(&cursor), CURSOR);
    machine.says(0, &["wrap", "--all"]);
    assert!(machine.says(0, &["wrap"]).contains("nothing left to wrap"));
    let gone = read(&cursor).replace(env!("CARGO_BIN_EXE_plainsight"), "/gone/plainsight");
    fs::write(&cursor, gone).expect("the file can be written");
    assert!(
        machine
            .says(0, &["wrap"])
            .contains("that plainsight is gone")
    );
    assert!(
        machine
            .says(0, &["wrap", "--all"])
            .contains("lies elsewhere")
    );
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&cursor), CURSOR);
    assert!(
        machine
            .says(0, &["unwrap"])
            .contains("No server is wrapped")
    );
}

#[cfg(unix)]
#[test]
fn links_and_modes_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let machine = Machine::new();
    let real = machine.write("dotfiles/mcp.json", CURSOR);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("the mode");
    fs::create_dir(machine.path(".cursor")).expect("a folder");
    symlink(&real, machine.path(".cursor/mcp.json")).expect("a link");
    let said = machine.says(0, &["wrap", "--all"]);
    assert!(said.contains("It is a link"), "{said}");
    let link = machine.path(".cursor/mcp.json");
    assert!(fs::symlink_metadata(&link).expect("the link").is_symlink());
    assert_eq!(
        fs::metadata(&real).expect("the file").permissions().mode() & 0o777,
        0o640
    );
    assert_ne!(read(&real), CURSOR);
    // A file with two names is not parted from one of them.
    fs::hard_link(&real, machine.path("second.json")).expect("a link");
    let now = read(&real);
    assert!(
        machine
            .says(2, &["unwrap", "--all"])
            .contains("second name")
    );
    assert_eq!(read(&real), now);
    fs::remove_file(machine.path("second.json")).expect("the link");
    machine.says(0, &["unwrap", "--all"]);
    assert_eq!(read(&real), CURSOR);
    assert_eq!(
        fs::read_dir(machine.path("dotfiles"))
            .expect("the folder")
            .count(),
        1
    );
}

#[test]
fn a_tap_that_was_written_by_hand_stays() {
    let machine = Machine::new();
    let text = r#"{"mcpServers": {"a": {"command": "/opt/plainsight", "args": ["tap", "--name", "a", "npx", "-y", "foo", "--", "--port", "1"]}}}"#;
    let file = machine.write(".cursor/mcp.json", text);
    for verb in ["unwrap", "wrap"] {
        let said = machine.says(0, &[verb, "--all"]);
        assert!(said.contains("left alone"), "{said}");
        assert_eq!(read(&file), text);
    }
}

#[test]
fn a_secret_among_the_words_is_never_printed() {
    let machine = Machine::new();
    machine.write(
        ".cursor/mcp.json",
        r#"{"mcpServers": {
  "a": {"command": "npx", "args": ["--headers", "Authorization", "Bearer hunter2"]},
  "b": {"command": "npx", "args": ["-H", "Authorization: Basic hunter2="]},
  "c": {"command": "npx", "args": ["https://x.example?team=one&api_key=hunter2"]},
  "d": {"command": "npx", "args": ["postgres://app:hunter2@db/x"]}
}}"#,
    );
    machine.says(0, &["wrap"]);
    machine.says(0, &["wrap", "--all", "--dry-run"]);
}

#[test]
fn options_of_the_tap_hold_in_any_folder_and_at_every_start() {
    let machine = Machine::new();
    let cursor = machine.write(".cursor/mcp.json", CURSOR);
    for words in [
        &["--tap-arg=--record=once.mcp.jsonl"][..],
        &["--tap-arg=--record", "--tap-arg=once.mcp.jsonl"],
        &["--redact", "--tap-arg=--redact-rules=nowhere.toml"],
    ] {
        machine.says(2, &[&["wrap", "--all"], words].concat());
        assert_eq!(read(&cursor), CURSOR);
    }
    let rules = machine.write("project/rules.toml", "");
    machine.says(
        0,
        &[
            "wrap",
            "--all",
            "--redact",
            "--tap-arg=--redact-rules=rules.toml",
            "--tap-arg=--record-dir",
            "--tap-arg=records",
        ],
    );
    let wrapped = read(&cursor);
    let folder = fs::canonicalize(machine.path("project")).expect("the folder");
    let rules = fs::canonicalize(rules).expect("the rules");
    for word in [
        format!("\"--redact-rules={}\"", rules.display()),
        format!("\"--record-dir\", \"{}\"", folder.join("records").display()),
    ] {
        assert!(wrapped.contains(&word), "{word}: {wrapped}");
    }
}
