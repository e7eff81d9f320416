//! The tap is killed: what was acknowledged is in the recording, and the server does not outlive it.

use super::number;
use super::recording::{Entry, entries, open};
use super::tapped::{State, is_there, start, until, wait};
use plainsight::session::load::lock_read;
use plainsight::wire::id::MessageKind;
use std::io::{BufRead, BufReader, Write};
use std::thread;

#[test]
fn what_was_acknowledged_is_recorded() {
    for trial in 0..number("TAP_TRIALS", 10) {
        let state = State::new();
        let mut child = start(&mut state.tap(&[], &["cat"]));
        let mut stdin = child.stdin.take().unwrap();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        // Messages are on their way all the time.
        let feed = thread::spawn(move || {
            for n in 0.. {
                let message = format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"ping\"}}\n");
                if stdin.write_all(message.as_bytes()).is_err() {
                    break;
                }
            }
        });
        let mut answers = 0;
        let mut line = Vec::new();
        while answers < 50 + trial * 37 {
            line.clear();
            stdout.read_until(b'\n', &mut line).expect("an answer");
            answers += 1;
        }
        child.kill().expect("it is ours");
        // What had left the tap when it died was acknowledged, too.
        loop {
            line.clear();
            match stdout.read_until(b'\n', &mut line) {
                Ok(n) if n > 0 && line.ends_with(b"\n") => answers += 1,
                _ => break,
            }
        }
        wait(&mut child);
        feed.join().unwrap();
        let path = state.recording();
        let recorded = entries(&path);
        for direction in ["c2s", "s2c"] {
            let ids: Vec<u64> = recorded
                .iter()
                .filter(|entry| entry.direction == direction)
                .map(Entry::value)
                .map(|value| value["id"].as_u64().expect("an id"))
                .collect();
            assert!(
                ids.len() >= answers,
                "trial {trial}: {} of {answers}",
                ids.len()
            );
            assert!(ids.iter().copied().eq(0..ids.len() as u64), "trial {trial}");
        }
        let session = open(&[path]);
        let session = lock_read(&session);
        let unreadable = (session.rows().iter()).filter(|row| row.kind == MessageKind::Unreadable);
        assert!(unreadable.count() <= 1, "at most the line in flight");
    }
}

#[test]
fn the_server_does_not_outlive_it() {
    let state = State::new();
    let script = "trap '' TERM HUP; sleep 300 & echo $$ $!; while :; do sleep 0.1; done";
    let mut child = start(&mut state.tap(&["--grace", "1"], &["sh", "-c", script]));
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let pids: Vec<u32> = line
        .split_whitespace()
        .map(|pid| pid.parse().unwrap())
        .collect();
    // The guard is there a moment after the server.
    until("the guard is there", || guards_of(pids[0]) == 1);
    child.kill().unwrap();
    wait(&mut child);
    until("the server is gone", || {
        !pids.iter().any(|pid| is_there(*pid))
    });
    until("the guard is gone", || guards_of(pids[0]) == 0);
}

#[test]
fn the_guard_goes_with_the_tap() {
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["sh", "-c", "echo $$; cat"]));
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    stdout.read_line(&mut line).unwrap();
    let server = line.trim().parse().unwrap();
    until("the guard is there", || guards_of(server) == 1);
    drop(child.stdin.take());
    assert!(wait(&mut child).success());
    until("the guard is gone", || guards_of(server) == 0);
}

/// How many guards of that server run.
fn guards_of(server: u32) -> usize {
    let out = std::process::Command::new("ps")
        .args(["-eo", "stat=,args="])
        .output()
        .expect("ps starts");
    let wanted = format!("__guard {server} ");
    String::from_utf8_lossy(&out.stdout)
        .lines()
        .filter(|line| !line.starts_with('Z') && line.contains(&wanted))
        .count()
}
