//! What a server writes, line by line, recorded as it comes.

use crate::capture::recorder::{Body, Entry, Marks, Recorder};
use crate::wire::id::Direction;
use std::io::Read;
use std::process::Child;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Most bytes that are read of the answers of one server.
const ALL: usize = 64 << 20;
/// Most messages: no server has as much to say before it was asked for anything.
const MESSAGES: usize = 20_000;
/// Longest message.
const MESSAGE: usize = 16 << 20;
/// Most bytes that are kept of its standard error, and of one line of it.
const STDERR: usize = 4 << 20;
const STDERR_LINE: usize = 64 << 10;

/// What the reader gives on.
pub enum Line {
    Message(Vec<u8>),
    /// Too much of this was sent; nothing more is read.
    TooMuch(&'static str),
}

pub struct Streams {
    pub lines: Receiver<Line>,
    /// The threads, which end when the streams do.
    pub done: Vec<JoinHandle<()>>,
}

pub fn start(child: &mut Child, recorder: &Recorder) -> Streams {
    let (more, lines) = sync_channel(64);
    let mut done = Vec::new();
    if let Some(stdout) = child.stdout.take() {
        let recorder = recorder.clone();
        done.push(std::thread::spawn(move || {
            answers(stdout, &recorder, &more)
        }));
    }
    if let Some(stderr) = child.stderr.take() {
        let recorder = recorder.clone();
        done.push(std::thread::spawn(move || errors(stderr, &recorder)));
    }
    Streams { lines, done }
}

/// Reads what there is; `None` at the end, and where it fails, which is an end too.
fn next(from: &mut impl Read, buffer: &mut [u8]) -> Option<usize> {
    loop {
        match from.read(buffer) {
            Ok(0) => return None,
            Ok(count) => return Some(count),
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(_) => return None,
        }
    }
}

fn answers(mut from: impl Read, recorder: &Recorder, more: &SyncSender<Line>) {
    let mut split = Split::new(MESSAGE);
    let (mut all, mut messages) = (0, 0);
    let mut buffer = vec![0; 64 << 10];
    while let Some(count) = next(&mut from, &mut buffer) {
        all += count;
        let whole = split.feed(&buffer[..count], |line, marks| {
            messages += 1;
            record(recorder, Direction::S2c, &line, marks);
            // The end of the conversation is no reason to stop recording.
            let _ = more.send(Line::Message(line));
        });
        if !whole || all > ALL || messages > MESSAGES {
            let what = match (whole, all > ALL) {
                (false, _) => "16 MiB in one message",
                (true, true) => "64 MiB",
                (true, false) => "20,000 messages",
            };
            split.rest(|line, marks| {
                let marks = Marks {
                    truncated: true,
                    ..marks
                };
                record(recorder, Direction::S2c, &line, marks);
            });
            let _ = more.send(Line::TooMuch(what));
            return;
        }
    }
    split.rest(|line, marks| {
        record(recorder, Direction::S2c, &line, marks);
        let _ = more.send(Line::Message(line));
    });
}

fn errors(mut from: impl Read, recorder: &Recorder) {
    let mut split = Split::new(STDERR_LINE);
    let mut all = 0;
    let mut told = false;
    let mut buffer = vec![0; 16 << 10];
    while let Some(count) = next(&mut from, &mut buffer) {
        all += count;
        if all > STDERR {
            if !std::mem::replace(&mut told, true) {
                recorder.meta("stderr-cut", super::fact("after", STDERR));
            }
            continue;
        }
        let mut feed = &buffer[..count];
        // A line that is too long is taken in pieces.
        while !feed.is_empty() {
            let part = feed.len().min(STDERR_LINE / 2);
            let keep = |line: Vec<u8>, marks| record(recorder, Direction::Stderr, &line, marks);
            if !split.feed(&feed[..part], keep) {
                split.rest(|line, marks| record(recorder, Direction::Stderr, &line, marks));
            }
            feed = &feed[part..];
        }
    }
    split.rest(|line, marks| record(recorder, Direction::Stderr, &line, marks));
}

fn record(recorder: &Recorder, direction: Direction, line: &[u8], marks: Marks) {
    recorder.write(&Entry {
        direction,
        body: Body::Bytes(line),
        http: None,
        marks,
    });
}

/// Cuts what comes into lines.
struct Split {
    line: Vec<u8>,
    longest: usize,
}

impl Split {
    fn new(longest: usize) -> Split {
        Split {
            line: Vec::new(),
            longest,
        }
    }

    /// Gives every line that ends in this part, without its end; empty ones are passed over. `false` where the last line
    /// is longer than any may be.
    fn feed(&mut self, mut part: &[u8], mut give: impl FnMut(Vec<u8>, Marks)) -> bool {
        while let Some(at) = memchr::memchr(b'\n', part) {
            self.line.extend_from_slice(&part[..at]);
            part = &part[at + 1..];
            let mut line = std::mem::take(&mut self.line);
            let crlf = line.last() == Some(&b'\r');
            if crlf {
                line.pop();
            }
            if !line.is_empty() {
                give(
                    line,
                    Marks {
                        crlf,
                        ..Marks::default()
                    },
                );
            }
        }
        self.line.extend_from_slice(part);
        self.line.len() <= self.longest
    }

    /// Gives what has no end.
    fn rest(&mut self, give: impl FnOnce(Vec<u8>, Marks)) {
        let line = std::mem::take(&mut self.line);
        if !line.is_empty() {
            give(
                line,
                Marks {
                    unterminated: true,
                    ..Marks::default()
                },
            );
        }
    }
}
