//! Calls that are held, through the program: a client, the tap, a server that is a shell script, and a person's screen.
#![cfg(unix)]

#[path = "common/mod.rs"]
mod common;

use plainsight::capture::gate::client::{Hearing, Saying, connect};
use plainsight::capture::gate::protocol::{Decision, Held, HeldKind, Told};
use plainsight::capture::live;
use plainsight::session::RowId;
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// Longest that anything may take before a test counts as hanging.
const HANGING: Duration = Duration::from_secs(60);

/// A server that answers calls and pings, and lists a tool whose definition is the id of the request.
const SERVER: &str = r#"
while read -r line; do
  id=$(printf '%s' "$line" | sed 's/.*"id":\([0-9]*\).*/\1/')
  case "$line" in
    *tools/list*) printf '{"jsonrpc":"2.0","id":%s,"result":{"tools":[{"name":"send","description":"%s","inputSchema":{"type":"object"}}]}}\n' "$id" "$id" ;;
    *reveal*) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"%s"}]}}\n' "$id" "-> ghp_16C7e42F292c6912E7710c838347Ae178B4a" ;;
    *tools/call*) printf '{"jsonrpc":"2.0","id":%s,"result":{"content":[{"type":"text","text":"sent"}]}}\n' "$id" ;;
    *ping*) printf '{"jsonrpc":"2.0","id":%s,"result":{}}\n' "$id" ;;
  esac
done
exit 7
"#;

struct Tapped {
    folder: Arc<TempDir>,
    tap: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Tapped {
    fn start(arguments: &[&str]) -> Tapped {
        Tapped::start_in(Arc::new(tempfile::tempdir().unwrap()), "mail", arguments)
    }

    /// Beside others of the same person.
    fn start_in(folder: Arc<TempDir>, name: &str, arguments: &[&str]) -> Tapped {
        let mut tap = Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["tap", "--name", name, "--grace", "1"])
            .args(arguments)
            .args(["--", "sh", "-c", SERVER])
            .env("XDG_STATE_HOME", folder.path().join("state"))
            .env("XDG_CONFIG_HOME", folder.path().join("config"))
            .env("HOME", folder.path())
            .env("USER", "ann")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Tapped {
            folder,
            to: tap.stdin.take(),
            from: BufReader::new(tap.stdout.take().unwrap()),
            tap,
        }
    }

    fn say(&mut self, line: &str) {
        writeln!(self.to.as_mut().unwrap(), "{line}").unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.from.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no message: {line:?}"))
    }

    fn call(&mut self, id: u32, text: &str) {
        self.say(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/call","params":{{"name":"send","arguments":{{"text":"{text}"}}}}}}"#
        ));
    }

    fn list(&mut self, id: u32) {
        self.say(&format!(
            r#"{{"jsonrpc":"2.0","id":{id},"method":"tools/list"}}"#
        ));
    }

    /// What the tap tells of itself.
    fn running(&self) -> live::Running {
        let folder = self.folder.path().join("state/plainsight/live");
        let start = Instant::now();
        loop {
            if let Some(running) = live::running(&folder).into_iter().next() {
                return running;
            }
            assert!(start.elapsed() < HANGING, "the tap does not tell of itself");
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn screen(&self) -> (Hearing, Saying) {
        let (mut hearing, saying) = connect(&self.running().gate.unwrap()).unwrap();
        assert!(matches!(hearing.hear(), Ok(Some(Told::Welcome { .. }))));
        (hearing, saying)
    }

    /// Says no more, and gives how the tap ended, the rest of what it said, and its recording.
    fn end(mut self) -> (ExitStatus, String, Recorded) {
        self.to = None;
        let mut rest = String::new();
        while self.from.read_line(&mut rest).unwrap() > 0 {}
        let status = self.tap.wait().unwrap();
        let folder = self.folder.path().join("state/plainsight/sessions");
        let path = fs::read_dir(folder)
            .unwrap()
            .next()
            .unwrap()
            .unwrap()
            .path();
        let recorded = Recorded {
            text: fs::read(&path).unwrap(),
            path,
            folder: self.folder,
        };
        (status, rest, recorded)
    }
}

/// A recording that is complete.
struct Recorded {
    text: Vec<u8>,
    path: PathBuf,
    folder: Arc<TempDir>,
}

impl Recorded {
    fn lines(&self, keep: impl Fn(&Value) -> bool) -> Vec<Value> {
        let lines = self
            .text
            .split(|byte| *byte == b'\n')
            .filter(|line| !line.is_empty());
        lines
            .map(|line| serde_json::from_slice(line).unwrap())
            .filter(keep)
            .collect()
    }

    fn check(&self) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["check", "--format", "json", "--no-baseline"])
            .arg(&self.path)
            .env("XDG_CONFIG_HOME", self.folder.path())
            .env("XDG_STATE_HOME", self.folder.path())
            .output()
            .unwrap();
        assert!(!output.stdout.is_empty());
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    fn decisions(&self) -> Vec<String> {
        let lines = self.lines(|line| line["raw"]["event"] == "gate");
        lines
            .iter()
            .map(|line| line["raw"]["decision"].as_str().unwrap().to_string())
            .collect()
    }
}

fn held(hearing: &mut Hearing) -> Held {
    loop {
        match hearing.hear().unwrap() {
            Some(Told::Held(held)) => return held,
            Some(Told::Released { .. }) => {}
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_person_at_a_screen_decides() {
    let mut tapped = Tapped::start(&["--gate", "all"]);
    let (mut hearing, mut saying) = tapped.screen();
    let socket = tapped.running().gate.unwrap().socket;
    assert_eq!(
        fs::metadata(&socket).unwrap().permissions().mode() & 0o777,
        0o600
    );

    tapped.call(1, "a");
    let first = held(&mut hearing);
    // What is no call goes on meanwhile.
    tapped.say(r#"{"jsonrpc":"2.0","id":2,"method":"ping"}"#);
    assert_eq!(tapped.hear()["id"], 2);
    saying.decide(first.hold, Decision::Allow).unwrap();
    assert_eq!(tapped.hear()["result"]["content"][0]["text"], "sent");

    tapped.call(3, "b");
    let second = held(&mut hearing);
    let reason = "not to them".to_string();
    saying
        .decide(second.hold, Decision::Deny { reason })
        .unwrap();
    let answer = tapped.hear();
    assert_eq!(answer["id"], 3);
    let message = answer["error"]["message"].as_str().unwrap();
    assert!(
        message.contains("send") && message.contains("ann: not to them"),
        "{message}"
    );

    tapped.call(4, "c");
    saying
        .decide(held(&mut hearing).hold, Decision::AllowFromNow)
        .unwrap();
    assert_eq!(tapped.hear()["id"], 4);
    tapped.call(5, "d");
    assert_eq!(tapped.hear()["id"], 5);

    let (status, rest, recorded) = tapped.end();
    assert_eq!((status.code(), rest.as_str()), (Some(7), ""));
    assert!(!socket.exists());
    assert_eq!(
        recorded.decisions(),
        ["allowed", "denied", "allowed-from-now", "allowed-earlier"]
    );
    // Opened again, each call has its answer, and the one that the gate made is an error like any other.
    let opened = common::open(&[("mail.mcp.jsonl", &recorded.text)]);
    let session = opened.get();
    assert_eq!(session.calls().len(), 4);
    assert!(
        session
            .calls()
            .iter()
            .all(|call| session.row(*call).pair().is_some())
    );
    assert_eq!(session.servers()[0].errors, 1);
    let gates = (0..session.len()).filter(|n| session.name(RowId(*n as u32)) == "gate");
    assert_eq!(gates.count(), 4);
}

#[test]
fn without_a_screen_the_default_decides() {
    for (default, how, answer) in [
        ("deny", "unattended-denied", "error"),
        ("allow", "unattended-allowed", "result"),
    ] {
        let mut tapped = Tapped::start(&["--gate", "all", "--gate-default", default]);
        tapped.call(1, "a");
        assert!(tapped.hear().get(answer).is_some());
        assert_eq!(tapped.end().2.decisions(), [how]);
    }
}

#[test]
fn when_nobody_decides_in_time_the_default_does() {
    for (default, how, answer) in [
        ("deny", "timed-out-denied", "error"),
        ("allow", "timed-out-allowed", "result"),
    ] {
        let mut tapped = Tapped::start(&[
            "--gate",
            "all",
            "--gate-default",
            default,
            "--gate-wait",
            "1",
        ]);
        let (_hearing, _saying) = tapped.screen();
        tapped.call(1, "a");
        assert!(tapped.hear().get(answer).is_some());
        assert_eq!(tapped.end().2.decisions(), [how]);
    }
}

#[test]
fn a_changed_definition_is_held_on_its_way_to_the_client() {
    let mut tapped = Tapped::start(&["--gate", "risky"]);
    tapped.list(1);
    assert_eq!(tapped.hear()["result"]["tools"][0]["description"], "1");
    let (mut hearing, mut saying) = tapped.screen();
    tapped.list(2);
    let listing = held(&mut hearing);
    assert_eq!(
        (listing.what, listing.name.as_str()),
        (HeldKind::Listing, "send")
    );
    saying
        .decide(
            listing.hold,
            Decision::Deny {
                reason: String::new(),
            },
        )
        .unwrap();
    assert!(
        tapped.hear()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("changed definitions")
    );
    tapped.list(3);
    saying
        .decide(held(&mut hearing).hold, Decision::Allow)
        .unwrap();
    assert_eq!(tapped.hear()["result"]["tools"][0]["description"], "3");
    // A call of which there is nothing to say is not held.
    tapped.call(4, "hello");
    assert_eq!(tapped.hear()["id"], 4);
    let recorded = tapped.end().2;
    assert_eq!(recorded.decisions(), ["denied", "allowed"]);
    // An answer of the gate's own beside the one that it held back is no fault of the server.
    assert!(!recorded.check().contains("second-response"));
}

#[test]
fn what_is_taken_back_is_never_called() {
    let mut tapped = Tapped::start(&["--gate", "all"]);
    let (mut hearing, _saying) = tapped.screen();
    tapped.call(1, "a");
    held(&mut hearing);
    tapped.say(r#"{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}"#);
    assert!(
        matches!(hearing.hear().unwrap(), Some(Told::Released { how, .. }) if how == "cancelled")
    );
    let (_, rest, recorded) = tapped.end();
    assert_eq!(rest, "");
    assert_eq!(recorded.decisions(), ["cancelled"]);
}

#[test]
fn the_end_of_the_client_ends_all_holds() {
    let mut tapped = Tapped::start(&["--gate", "all"]);
    let (mut hearing, _saying) = tapped.screen();
    tapped.call(1, "a");
    held(&mut hearing);
    let (status, rest, recorded) = tapped.end();
    assert!(rest.contains("denied by the default"), "{rest}");
    assert_eq!(status.code(), Some(7));
    assert_eq!(recorded.decisions(), ["ended-denied"]);
    let injected = recorded.lines(|line| line["injected"] == true);
    assert_eq!(injected.len(), 1);
    assert_eq!(injected[0]["direction"], "s2c");
    assert!(recorded.path.exists());
}

#[test]
fn a_policy_that_cannot_be_read_starts_nothing() {
    let tapped = Tapped::start(&["--gate", "no-such-policy.toml"]);
    let output = tapped.tap.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("no-such-policy.toml"), "{said}");
}

#[test]
fn without_a_gate_there_is_no_socket() {
    let mut tapped = Tapped::start(&[]);
    tapped.call(1, "a");
    assert_eq!(tapped.hear()["id"], 1);
    assert_eq!(tapped.running().gate, None);
    let (_, _, recorded) = tapped.end();
    assert!(recorded.decisions().is_empty());
    assert!(recorded.lines(|line| line.get("held").is_some()).is_empty());
}

#[test]
fn what_was_read_through_one_server_is_known_at_the_gate_of_another() {
    let folder = Arc::new(tempfile::tempdir().unwrap());
    let mut files = Tapped::start_in(folder.clone(), "files", &[]);
    files.running();
    files.call(1, "reveal");
    assert!(
        files.hear()["result"]["content"][0]["text"]
            .as_str()
            .unwrap()
            .contains("ghp_")
    );
    let mut mail = Tapped::start_in(folder, "mail", &["--gate", "risky"]);
    mail.call(1, "the key is ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    assert!(mail.hear().get("error").is_some());
    let running = live::running(&mail.folder.path().join("state/plainsight/live"));
    let own = running.into_iter().find(|one| one.label == "mail").unwrap();
    let text = fs::read_to_string(own.recording).unwrap();
    let gate = text
        .lines()
        .find(|line| line.contains(r#""event":"gate""#))
        .unwrap();
    assert!(
        gate.contains(r#""why":["critical: What one call read privately leaves"#),
        "{gate}"
    );
}

#[test]
fn a_secret_that_is_redacted_is_held_all_the_same() {
    let mut tapped = Tapped::start(&["--gate", "risky", "--redact"]);
    tapped.call(1, "hello");
    assert!(tapped.hear().get("result").is_some());
    tapped.call(2, "the key is ghp_16C7e42F292c6912E7710c838347Ae178B4a");
    assert!(tapped.hear().get("error").is_some());
    let recorded = tapped.end().2;
    assert!(!String::from_utf8_lossy(&recorded.text).contains("ghp_16C7"));
    assert_eq!(recorded.decisions(), ["unattended-denied"]);
}
