//! Attaching to what runs: no start order, nothing lost when the screens die, a gate decided on in them.

use super::PATIENCE;
use super::terminal::Terminal;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Instant;

/// Answers every request with its own line's number, and lists one tool.
const SERVER: &str = r#"
while IFS= read -r line; do
    case "$line" in
    *tools/list*) echo '{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"wipe_disk","description":"Wipes.","inputSchema":{"type":"object"}}]}}' ;;
    *tools/call*) echo '{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"wiped"}]}}' ;;
    *) echo '{"jsonrpc":"2.0","id":3,"result":{}}' ;;
    esac
done
"#;

/// A client with a tap and a server behind it.
struct Tapped {
    child: Child,
    to: Option<ChildStdin>,
    from: BufReader<ChildStdout>,
}

impl Tapped {
    fn start(home: &Path, name: &str, more: &[&str]) -> Tapped {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plainsight"))
            .args(["tap", "--name", name])
            .args(more)
            .args(["--", "sh", "-c", SERVER])
            .env("XDG_STATE_HOME", home)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .expect("the tap starts");
        Tapped {
            to: child.stdin.take(),
            from: BufReader::new(child.stdout.take().expect("it is a pipe")),
            child,
        }
    }

    fn say(&mut self, message: &str) {
        let to = self.to.as_mut().expect("it is open");
        to.write_all(message.as_bytes()).expect("the tap reads");
        to.write_all(b"\n").expect("the tap reads");
    }

    fn hear(&mut self) -> String {
        let mut line = String::new();
        self.from.read_line(&mut line).expect("the tap answers");
        line
    }

    fn list(&mut self) {
        self.say(r#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#);
        assert!(self.hear().contains("wipe_disk"));
    }

    fn call(&mut self) {
        self.say(r#"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"wipe_disk","arguments":{"disk":"sda1"}}}"#);
    }

    fn end(mut self) -> Option<i32> {
        drop(self.to.take());
        self.child.wait().expect("the tap ends").code()
    }
}

/// The screens on what runs.
fn screens(home: &Path, args: &[&str]) -> Terminal {
    Terminal::start_with(args, &[("XDG_STATE_HOME", home)], 120, 36)
}

/// Waits for something that takes its time.
fn until(what: impl Fn() -> bool) {
    let patience = Instant::now() + PATIENCE;
    while !what() {
        assert!(Instant::now() < patience, "it does not come to that");
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
}

#[test]
fn servers_appear_as_they_start_and_live_on_without_the_screens() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = screens(home.path(), &["live"]);
    terminal.wait_for("No server is being recorded at the moment");
    let mut first = Tapped::start(home.path(), "first", &[]);
    first.list();
    terminal.wait_for("1 running");
    let mut second = Tapped::start(home.path(), "second", &[]);
    second.list();
    terminal.wait_for("2 running");
    terminal.keys("3");
    terminal.wait_for("second");
    terminal.signal("KILL");
    // Whatever becomes of the screens, the servers and what they say is recorded.
    first.call();
    assert!(first.hear().contains("wiped"));
    assert_eq!(first.end(), Some(0));
    let mut again = screens(home.path(), &["live"]);
    again.wait_for("1 running");
    assert!(!again.text().contains("first"), "{}", again.text());
    again.keys("q");
    assert_eq!(again.wait(), Some(0));
    let sessions = home.path().join("plainsight/sessions");
    let check = Command::new(env!("CARGO_BIN_EXE_plainsight"))
        .args(["check", "--format", "json", "--no-baseline"])
        .arg(sessions)
        .output()
        .unwrap();
    let report = String::from_utf8(check.stdout).unwrap();
    assert!(
        report.contains(r#""calls":1"#) || report.contains(r#""calls": 1"#),
        "{report}"
    );
    assert_eq!(second.end(), Some(0));
}

#[test]
fn what_runs_comes_first_in_the_list_to_choose_from() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = screens(home.path(), &[]);
    terminal.wait_for("a bundled incident");
    let mut tapped = Tapped::start(home.path(), "notes", &[]);
    tapped.list();
    terminal.wait_for("live · stdio");
    terminal.keys("\u{1b}[A\u{1b}[A\r");
    terminal.wait_for("1 running");
    tapped.call();
    tapped.hear();
    terminal.keys("2");
    terminal.wait_for("wipe_disk");
    assert_eq!(tapped.end(), Some(0));
    terminal.wait_for("nothing runs");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
}

#[test]
fn a_recording_that_is_opened_by_name_says_that_it_still_grows() {
    let home = tempfile::tempdir().unwrap();
    let recording = home.path().join("a.mcp.jsonl");
    let path = recording.to_str().unwrap();
    let mut tapped = Tapped::start(home.path(), "notes", &["--record", path]);
    tapped.list();
    let mut terminal = screens(home.path(), &[path]);
    terminal.wait_for("1 running");
    tapped.call();
    tapped.hear();
    terminal.keys("2");
    terminal.wait_for("wipe_disk");
    assert_eq!(tapped.end(), Some(0));
    until(|| !terminal.text().contains("1 running"));
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
}

#[test]
fn a_held_call_is_allowed_or_denied_in_the_screens() {
    let home = tempfile::tempdir().unwrap();
    let mut tapped = Tapped::start(home.path(), "disks", &["--gate", "all"]);
    tapped.list();
    let mut terminal = screens(home.path(), &["live"]);
    terminal.wait_for("1 running");
    tapped.call();
    terminal.wait_for("held, H decides");
    assert_eq!(terminal.with_asked(|asked| asked.bells), 1);
    // What else is said passes meanwhile.
    tapped.say(r#"{"jsonrpc":"2.0","id":3,"method":"ping"}"#);
    assert!(tapped.hear().contains(r#""id":3"#));
    terminal.keys("H");
    terminal.wait_for("allow from now on");
    terminal.wait_for("sda1");
    terminal.keys("a");
    assert!(tapped.hear().contains("wiped"));
    terminal.wait_for("allowed by");
    tapped.call();
    terminal.wait_for("held, H decides");
    terminal.keys("H");
    terminal.wait_for("allow from now on");
    terminal.keys("dnot this disk\r");
    let answer = tapped.hear();
    assert!(answer.contains("not this disk"), "{answer}");
    assert!(answer.contains(r#""error""#), "{answer}");
    terminal.keys("2");
    terminal.wait_for("A gate held it");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    // Nobody looks any more: what was said at the start applies at once.
    tapped.call();
    assert!(tapped.hear().contains(r#""error""#));
    assert_eq!(tapped.end(), Some(0));
}
