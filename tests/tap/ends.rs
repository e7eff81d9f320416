//! The ends of streams, signals, and what is left behind.

use super::recording::{entries, exit};
use super::tapped::{State, drain, is_there, outcome, signal, start, until, wait};
use std::io::{BufRead, BufReader, Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::process::{Child, ChildStdout};

const REQUEST: &[u8] = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n";

/// The number that the server tells on its first line.
fn told(output: &mut BufReader<ChildStdout>) -> u32 {
    let mut line = String::new();
    output.read_line(&mut line).expect("a line");
    line.trim().parse().expect("a number")
}

fn output(child: &mut Child) -> BufReader<ChildStdout> {
    BufReader::new(child.stdout.take().expect("piped"))
}

#[test]
fn a_program_that_is_not_there_is_127_and_one_that_does_not_start_126() {
    let state = State::new();
    for (program, code) in [
        ("/no/such/program", 127),
        ("no-such-program-at-all", 127),
        ("/", 126),
    ] {
        let out = outcome(&mut state.tap(&[], &[program, "x"]), REQUEST);
        assert_eq!(out.status.code(), Some(code), "{program}");
        assert!(out.stdout.is_empty());
        let said = String::from_utf8(out.stderr).unwrap();
        assert!(
            said.contains(program) && said.starts_with("plainsight: "),
            "{said}"
        );
    }
    for path in state.recordings() {
        assert!(exit(&entries(&path))["error"].is_string());
    }
}

#[test]
fn nothing_is_said_beside_what_the_server_says() {
    let state = State::new();
    let out = outcome(
        &mut state.tap(&[], &["sh", "-c", "cat; echo e >&2"]),
        b"x\n",
    );
    assert_eq!(
        (&out.stdout[..], &out.stderr[..]),
        (&b"x\n"[..], &b"e\n"[..])
    );
}

#[test]
fn the_end_of_input_is_passed_on_at_once_and_late_answers_come_back() {
    let state = State::new();
    let script = "cat >/dev/null; echo ended; sleep 0.3; echo late";
    let mut child = start(&mut state.tap(&[], &["sh", "-c", script]));
    let mut output = output(&mut child);
    drop(child.stdin.take());
    let mut said = String::new();
    output.read_to_string(&mut said).unwrap();
    assert_eq!(said, "ended\nlate\n");
    assert!(wait(&mut child).success());
}

#[test]
fn an_open_request_is_waited_for_beyond_the_grace() {
    let state = State::new();
    let script = "read -r line; cat >/dev/null; sleep 2; echo '{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}'";
    let out = outcome(
        &mut state.tap(&["--grace", "0"], &["sh", "-c", script]),
        REQUEST,
    );
    assert!(out.stdout.starts_with(b"{"), "{out:?}");
    assert!(out.status.success());
}

#[test]
fn a_server_that_ignores_the_end_of_input_is_ended() {
    let state = State::new();
    let script = "trap '' TERM; cat >/dev/null; while :; do sleep 0.2; done";
    let out = outcome(
        &mut state.tap(&["--grace", "1"], &["sh", "-c", script]),
        b"",
    );
    assert_eq!(out.status.signal(), Some(9));
    let facts = exit(&entries(&state.recording()));
    assert_eq!(facts["ended_by_tap"], "SIGKILL");
    assert_eq!(facts["signal"], "SIGKILL");
}

#[test]
fn when_the_client_is_gone_nothing_is_waited_for() {
    let state = State::new();
    let script = "echo $$; read -r line; trap 'exit 3' TERM; while :; do sleep 0.1; done";
    let mut child = start(&mut state.tap(&["--grace", "1"], &["sh", "-c", script]));
    let mut output = output(&mut child);
    let server = told(&mut output);
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(REQUEST).unwrap();
    drop((stdin, output));
    assert_eq!(wait(&mut child).code(), Some(3));
    assert!(!is_there(server));
}

#[test]
fn nobody_is_left_behind() {
    let state = State::new();
    let script = "sleep 300 & echo $!; exit 3";
    let mut child = start(&mut state.tap(&[], &["sh", "-c", script]));
    let mut output = output(&mut child);
    let grandchild = told(&mut output);
    assert_eq!(wait(&mut child).code(), Some(3));
    until("the server's child is gone", || !is_there(grandchild));
}

#[test]
fn a_client_that_reads_no_more_is_felt_by_the_server() {
    let state = State::new();
    // Without the signal, writing fails and the shell says so.
    let script = "trap '' PIPE; while echo line 2>/dev/null; do :; done; exit 9";
    let mut child = start(&mut state.tap(&[], &["sh", "-c", script]));
    let mut output = output(&mut child);
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    drop(output);
    assert_eq!(wait(&mut child).code(), Some(9));
}

#[test]
fn a_server_that_closes_its_output_is_seen_to_do_so_and_lives_on() {
    let state = State::new();
    let script = "echo bye; exec 1>&-; cat >/dev/null; exit 4";
    let mut child = start(&mut state.tap(&[], &["sh", "-c", script]));
    let mut said = String::new();
    output(&mut child).read_to_string(&mut said).unwrap();
    assert_eq!(said, "bye\n");
    assert!(child.try_wait().unwrap().is_none(), "the server lives");
    drop(child.stdin.take());
    assert_eq!(wait(&mut child).code(), Some(4));
}

#[test]
fn a_server_that_reads_no_more_lives_on() {
    let state = State::new();
    let script = "exec 0<&-; echo closed; sleep 0.5; echo done; exit 6";
    let mut child = start(&mut state.tap(&["--grace", "0"], &["sh", "-c", script]));
    let mut output = output(&mut child);
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // Sooner or later the pipe is broken for the client, too.
    until("the client hears of it", || {
        stdin.write_all(REQUEST).is_err()
    });
    line.clear();
    output.read_line(&mut line).unwrap();
    assert_eq!(line, "done\n");
    assert_eq!(wait(&mut child).code(), Some(6));
}

#[test]
fn signals_reach_the_server() {
    for (name, code) in [
        ("TERM", 5),
        ("INT", 6),
        ("HUP", 7),
        ("USR1", 8),
        ("QUIT", 9),
    ] {
        let state = State::new();
        let script = format!(
            "trap 'echo {name}; exit {code}' {name}; echo ready; while :; do sleep 0.05; done"
        );
        let mut child = start(&mut state.tap(&[], &["sh", "-c", &script]));
        let mut output = output(&mut child);
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        signal(child.id(), name);
        line.clear();
        output.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), name);
        assert_eq!(wait(&mut child).code(), Some(code));
        assert_eq!(exit(&entries(&state.recording()))["code"], code);
    }
}

#[test]
fn a_server_that_dies_of_a_signal_takes_the_tap_with_it() {
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["sh", "-c", "echo ready; exec sleep 300"]));
    let mut line = String::new();
    let mut output = output(&mut child);
    output.read_line(&mut line).unwrap();
    signal(child.id(), "TERM");
    assert_eq!(wait(&mut child).signal(), Some(15));
}

/// Both streams stay full, and nothing is lost or stuck.
#[test]
fn a_slow_client_makes_the_server_wait() {
    let state = State::new();
    let script = "i=0; while [ $i -lt 40000 ]; do echo \"{\\\"n\\\":$i}\"; i=$((i+1)); done";
    let mut child = start(&mut state.tap(&[], &["sh", "-c", script]));
    let mut output = output(&mut child);
    let mut line = String::new();
    output.read_line(&mut line).unwrap();
    // The server ends only when its client has made room.
    std::thread::sleep(std::time::Duration::from_millis(600));
    let rest = drain(output);
    assert!(wait(&mut child).success());
    let rest = rest.join().unwrap();
    assert_eq!(rest.iter().filter(|byte| **byte == b'\n').count(), 39_999);
}
