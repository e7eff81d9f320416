//! Every byte passes, and every byte is recorded.

use super::number;
use super::recording::{assert_in_order, entries, exit, stream};
use super::tapped::{State, drain, start, wait};
use std::io::Write;
use std::thread;

/// Numbers that are the same in every run (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % sides
    }
}

fn hostile(dice: &mut Dice, messages: usize) -> Vec<u8> {
    let mut all = Vec::new();
    for n in 0..messages {
        match dice.roll(11) {
            0 => {
                all.extend(format!("{{\"jsonrpc\":\"2.0\",\"id\":{n},\"method\":\"m\"}}\n").bytes())
            }
            1 => all.extend(b"{\"a\":\"\xff\xfe\"}\n"),
            2 => all.extend(b"plain\r\n"),
            3 => all.extend(b"\0\0\n"),
            4 => all.extend(b"\n"),
            5 => {
                for _ in 0..dice.roll(200) {
                    all.push(dice.roll(256) as u8);
                }
            }
            6 => {
                let long = "x".repeat(dice.roll(3000));
                all.extend(format!("{{\"id\":{n},\"result\":\"{long}\"}}\r\n").bytes());
            }
            7 => all.extend(b"no newline "),
            8 => all.extend("{\"k\":1e400,\"k\":\"\\ud800\",\"z\":\"é\u{2028}\"}\n".bytes()),
            9 => all.extend(b"\r\r\n {} \r"),
            _ => all.extend(b"[1,{\"half\":\"\xc3"),
        }
    }
    all
}

fn passes(seed: u64) {
    let mut dice = Dice(seed);
    let data = hostile(&mut dice, number("TAP_MESSAGES", 4000));
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["cat"]));
    let mut stdin = child.stdin.take().unwrap();
    let stdout = drain(child.stdout.take().unwrap());
    let input = data.clone();
    let feed = thread::spawn(move || {
        let mut rest = &input[..];
        while !rest.is_empty() {
            let sides = [1, 10, 5000, 70_000][dice.roll(4)];
            let (piece, after) = rest.split_at((1 + dice.roll(sides)).min(rest.len()));
            stdin.write_all(piece).unwrap();
            rest = after;
        }
    });
    assert!(wait(&mut child).success());
    feed.join().unwrap();
    assert!(stdout.join().unwrap() == data, "seed {seed}: bytes differ");
    let entries = entries(&state.recording());
    assert_in_order(&entries);
    for direction in ["c2s", "s2c"] {
        let recorded = stream(&entries, direction);
        assert!(recorded == data, "seed {seed}: {direction} differs");
    }
    assert_eq!(exit(&entries)["dropped"], 0);
}

#[test]
fn any_bytes_at_any_split() {
    for seed in [1, 20, 300] {
        passes(seed);
    }
}

/// A message is passed on as it comes: before it is whole, and without filling the memory.
#[test]
fn a_long_message_streams() {
    const PIECE: usize = 1 << 20;
    const PIECES: usize = 24;
    let state = State::new();
    let mut child = start(&mut state.tap(&[], &["cat"]));
    let mut stdin = child.stdin.take().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut sent = b"{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"".to_vec();
    stdin.write_all(&sent).unwrap();
    let mut back = vec![0; sent.len()];
    std::io::Read::read_exact(&mut stdout, &mut back).expect("half a line comes at once");
    assert_eq!(back, sent);
    let rest = drain(stdout);
    let piece = "ab\u{20ac}\\n\\u00e9__".repeat(PIECE / 16);
    for _ in 0..PIECES {
        stdin.write_all(piece.as_bytes()).unwrap();
        sent.extend_from_slice(piece.as_bytes());
    }
    stdin.write_all(b"\"}\r\nplain\n").unwrap();
    sent.extend_from_slice(b"\"}\r\nplain\n");
    let peak = std::fs::read_to_string(format!("/proc/{}/status", child.id()))
        .ok()
        .and_then(|status| {
            let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
            line.trim().trim_end_matches(" kB").parse::<u64>().ok()
        });
    drop(stdin);
    assert!(wait(&mut child).success());
    back.extend(rest.join().unwrap());
    assert!(back == sent);
    if let Some(peak) = peak {
        assert!(peak < 64 << 10, "{peak} kB of memory");
    }
    let entries = entries(&state.recording());
    for direction in ["c2s", "s2c"] {
        assert!(stream(&entries, direction) == sent, "{direction}");
    }
    let messages = entries.iter().filter(|entry| entry.value().is_object());
    assert_eq!(
        messages.filter(|entry| entry.direction != "meta").count(),
        2
    );
}

/// What is no message and long is kept as it is, too.
#[test]
fn long_lines_of_other_things() {
    let mut data = vec![b'x'; 3 << 20];
    data.extend(b"\r\n");
    data.extend(vec![0xff; 2 << 20]);
    data.extend(b"\n{\"id\":\"");
    data.extend(vec![b'y'; 2 << 20]);
    let state = State::new();
    let out = super::tapped::outcome(&mut state.tap(&[], &["cat"]), &data);
    assert!(out.stdout == data);
    let entries = entries(&state.recording());
    assert!(stream(&entries, "c2s") == data);
    assert!(stream(&entries, "s2c") == data);
}
