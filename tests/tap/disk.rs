//! Nothing that happens to a recording is felt by the session.

use super::recording::{entries, events, exit, stream};
use super::tapped::{State, outcome, start, until, wait};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Command;

fn requests(count: usize) -> Vec<u8> {
    (0..count)
        .flat_map(|n| {
            let filling = "x".repeat(100);
            format!(
                "{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"m\",\"params\":\"{filling}\"}}\n"
            )
            .into_bytes()
        })
        .collect()
}

/// A limit on the size of files ends most programs; this one goes on in other files, and says what it could not keep.
#[test]
fn a_file_that_may_not_grow() {
    let state = State::new();
    let data = requests(1500);
    let mut command = Command::new("sh");
    command
        .args(["-c", "ulimit -f 200; exec \"$@\"", "sh"])
        .args([env!("CARGO_BIN_EXE_plainsight"), "tap", "--", "cat"])
        .env("XDG_STATE_HOME", state.path());
    let out = outcome(&mut command, &data);
    assert!(out.stdout == data, "every byte passed");
    assert!(out.status.success(), "{:?}", out.status);
    let parts: Vec<_> = state
        .recordings()
        .iter()
        .map(|path| entries(path))
        .collect();
    assert!(parts.len() > 1, "it went on in another file");
    let kept: usize = (parts.iter().flatten())
        .filter(|entry| entry.direction == "c2s" || entry.direction == "s2c")
        .count();
    let facts = parts
        .iter()
        .flat_map(|part| events(part, "exit"))
        .next()
        .expect("an exit entry");
    let dropped = facts["dropped"].as_u64().unwrap() as usize;
    assert_eq!(kept + dropped, 3000);
    let told: u64 = (parts.iter())
        .flat_map(|part| events(part, "dropped"))
        .map(|facts| facts["count"].as_u64().unwrap())
        .sum();
    assert_eq!(
        told as usize, dropped,
        "every loss is told where it happened"
    );
}

#[test]
fn no_place_for_recordings_at_all() {
    let state = State::new();
    let data = requests(100);
    let mut command = state.tap(&[], &["cat"]);
    let out = outcome(command.env("XDG_STATE_HOME", "/dev/null"), &data);
    assert!(out.stdout == data && out.stderr.is_empty() && out.status.success());
}

#[test]
fn a_recording_that_is_removed() {
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["cat"]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    let mut call = |n: usize| {
        let message = format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"m\"}}\n");
        stdin.write_all(message.as_bytes()).expect("it takes it");
        let mut answer = String::new();
        stdout.read_line(&mut answer).expect("it answers");
        assert_eq!(answer, message);
    };
    call(0);
    let first = state.recording();
    fs::remove_file(&first).unwrap();
    call(1);
    until("it goes on in another file", || {
        state.recordings().iter().any(|path| *path != first)
    });
    call(2);
    drop(stdin);
    assert!(wait(&mut child).success());
    let entries = entries(&state.recording());
    assert_eq!(events(&entries, "start")[0]["part"], 2);
    assert!(events(&entries, "dropped")[0]["count"].as_u64() >= Some(4));
    assert_eq!(
        stream(&entries, "s2c"),
        b"{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"m\"}\n"
    );
    assert_eq!(
        exit(&entries)["dropped"],
        events(&entries, "dropped")[0]["count"]
    );
}

#[test]
fn a_recording_that_is_cut_short() {
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["cat"]));
    until("it records", || !state.recordings().is_empty());
    let first = state.recording();
    until("something is in it", || {
        fs::metadata(&first).unwrap().len() > 0
    });
    fs::File::options()
        .write(true)
        .open(&first)
        .unwrap()
        .set_len(10)
        .unwrap();
    until("it goes on in another file", || {
        state.recordings().len() == 2
    });
    drop(child.stdin.take());
    assert!(wait(&mut child).success());
    let second = state.recordings().into_iter().find(|path| *path != first);
    assert!(exit(&entries(&second.unwrap()))["dropped"].is_u64());
}

#[test]
fn a_file_that_was_asked_for() {
    let state = State::new();
    let file = state.path().join("mine.mcp.jsonl");
    let name = file.to_str().unwrap();
    let out = outcome(&mut state.tap(&["--record", name], &["cat"]), b"{}\n");
    assert!(out.status.success());
    assert_eq!(stream(&entries(&file), "s2c"), b"{}\n");
    let kept = fs::read(&file).unwrap();
    for (file, why) in [
        (name, "exists"),
        ("/dev/full", "exists"),
        ("/no/such/folder/x.jsonl", "o such file"),
    ] {
        let script = format!("touch {}/started", state.path().display());
        let out = outcome(
            &mut state.tap(&["--record", file], &["sh", "-c", &script]),
            b"",
        );
        assert_eq!(out.status.code(), Some(2), "{file}");
        let said = String::from_utf8(out.stderr).unwrap();
        assert!(said.contains(file) && said.contains(why), "{said}");
        assert_eq!(said.matches("cannot be created").count(), 1, "{said}");
    }
    assert!(
        !state.path().join("started").exists(),
        "no server was started"
    );
    assert_eq!(fs::read(&file).unwrap(), kept);
}
