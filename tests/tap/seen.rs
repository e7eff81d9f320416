//! A server cannot tell that somebody listens.

use super::recording::{entries, events};
use super::tapped::{State, outcome};
use std::process::Command;

/// What a process can know of how it was started, as text.
const LOOK: &str = r#"
printf '%s|' "$0" "$@"; pwd; umask; ulimit -a
env | grep -v '^_=' | sort
[ -d /proc/self ] && { ls /proc/$$/fd; grep -E '^Sig(Blk|Ign)' /proc/self/status; }
exit 0
"#;

fn look(through: &[&str], prelude: &str, state: &State) -> String {
    // The inner shell is the server; the outer one prepares what it inherits.
    let mut command = Command::new("sh");
    command
        .args(["-c", &format!("{prelude}; exec \"$@\""), "outer"])
        .args(through)
        .args(["sh", "-c", LOOK, "a b", "", "--flag", "ü\"'$x"])
        .env("XDG_STATE_HOME", state.path())
        .env("PLAIN", "a\nb");
    let out = outcome(&mut command, b"");
    assert!(out.status.success(), "{out:?}");
    String::from_utf8(out.stdout).expect("UTF-8")
}

#[test]
fn it_is_started_as_without() {
    let state = State::new();
    let tap = [env!("CARGO_BIN_EXE_plainsight"), "tap", "--"];
    for prelude in [
        ":",
        "umask 027; cd /",
        "ulimit -n 200; ulimit -c 0",
        "exec 7</dev/null",
        "trap '' HUP; trap '' USR1",
    ] {
        let bare = look(&[], prelude, &state);
        let tapped = look(&tap, prelude, &state);
        assert_eq!(tapped, bare, "{prelude}");
    }
}

#[test]
fn the_recording_tells_how_it_was_started() {
    let state = State::new();
    let mut command = state.tap(&["--name", "no/tes"], &["sh", "-c", "exit 0", "argument"]);
    let out = outcome(command.env("SECRET_TOKEN", "hunter2"), b"");
    assert!(out.status.success());
    let path = state.recording();
    let text = std::fs::read(&path).unwrap();
    assert!(
        memchr::memmem::find(&text, b"hunter2").is_none(),
        "names only"
    );
    let name = path.file_name().unwrap().to_str().unwrap().to_string();
    assert!(
        name.starts_with("no_tes-") && name.ends_with(".mcp.jsonl"),
        "{name}"
    );
    let entries = entries(&path);
    let start = &events(&entries, "start")[0];
    assert_eq!(
        start["command"],
        serde_json::json!(["sh", "-c", "exit 0", "argument"])
    );
    assert_eq!(start["redaction"], "none");
    assert!(start["pid"].is_u64() && start["cwd"].is_string() && start["exe"].is_string());
    let names = start["env_names"].as_array().unwrap();
    assert!(names.iter().any(|name| name == "SECRET_TOKEN"));
    let program = &events(&entries, "executable")[0];
    assert!(program["exe_hash"].as_str().unwrap().starts_with("blake3:"));
}

#[test]
fn secrets_are_replaced_where_that_is_asked() {
    let state = State::new();
    let secret = concat!("ghp", "_", "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx");
    let message = format!(
        "{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"m\",\"params\":{{\"t\":\"{secret}\"}}}}\n"
    );
    let out = outcome(&mut state.tap(&["--redact"], &["cat"]), message.as_bytes());
    assert_eq!(out.stdout, message.as_bytes());
    let text = std::fs::read(state.recording()).unwrap();
    assert!(memchr::memmem::find(&text, secret.as_bytes()).is_none());
    assert!(memchr::memmem::find(&text, b"\"redacted\":true").is_some());
    assert!(memchr::memmem::find(&text, b"\"redaction\":\"secrets\"").is_some());
}

#[test]
fn a_running_tap_is_listed() {
    let state = State::new();
    let live = state.path().join("plainsight/live");
    let mut child = super::tapped::start(&mut state.tap(&["--name", "notes"], &["cat"]));
    super::tapped::until("it is listed", || {
        plainsight::capture::live::running(&live)
            .first()
            .is_some_and(|running| running.label == "notes" && running.recording.exists())
    });
    drop(child.stdin.take());
    assert!(super::tapped::wait(&mut child).success());
    assert_eq!(plainsight::capture::live::running(&live), []);
}
