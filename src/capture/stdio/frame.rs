//! Lines out of the pieces in which a stream is read.

use super::flow::Traffic;
use crate::capture::recorder::{Body, Entry, Line, Marks, Recorder, Shape, shape};
use crate::wire::id::Direction;
use crate::wire::json::{Members, Whole};
use memchr::memchr;
use std::fs::File;
use std::io::{self, Write};

/// Length from which on a line that has not ended is put aside in a file.
const LONG: usize = 1 << 20;

/// One direction of a stream, as far as its lines are not recorded yet.
pub struct Frame {
    direction: Direction,
    /// The beginning of a line that has not ended.
    begun: Vec<u8>,
    /// Or the file that holds it.
    aside: Option<Aside>,
    /// The lines of the present piece.
    lines: Vec<Line>,
    judge: Whole,
    /// Lines that were recorded.
    pub count: u64,
}

impl Frame {
    pub fn new(direction: Direction) -> Frame {
        Frame {
            direction,
            begun: Vec::new(),
            aside: None,
            lines: Vec::with_capacity(64),
            judge: Whole::default(),
            count: 0,
        }
    }

    /// Records every line that ends in `piece`, and keeps what is left.
    pub fn take(&mut self, piece: &[u8], recorder: &Recorder, traffic: &Traffic) {
        let mut at = 0;
        if self.aside.is_some() || !self.begun.is_empty() {
            let Some(end) = memchr(b'\n', piece) else {
                return self.keep(piece, recorder);
            };
            self.end_begun(&piece[..end], true, recorder, traffic);
            at = end + 1;
        }
        let mut seen = Seen::default();
        while let Some(step) = memchr(b'\n', &piece[at..]) {
            let line = self.line(piece, at, at + step, &mut seen);
            self.lines.push(line);
            at += step + 1;
        }
        if !self.lines.is_empty() {
            recorder.lines(self.direction, piece, &self.lines);
            self.count += self.lines.len() as u64;
            self.lines.clear();
            traffic.note(self.direction, seen);
        }
        if at < piece.len() {
            self.keep(&piece[at..], recorder);
        }
    }

    /// The stream is over: what is left of it is a line without an end.
    pub fn finish(&mut self, recorder: &Recorder, traffic: &Traffic) {
        if self.aside.is_some() || !self.begun.is_empty() {
            self.end_begun(b"", false, recorder, traffic);
        }
    }

    fn line(&mut self, text: &[u8], start: usize, end: usize, seen: &mut Seen) -> Line {
        let crlf = text[start..end].last() == Some(&b'\r');
        let range = start..end - usize::from(crlf);
        let judged = self.judge.judge(&text[range.clone()]);
        seen.add(judged.members);
        Line {
            range,
            shape: shape(judged, false),
            marks: Marks {
                crlf,
                ..Marks::default()
            },
        }
    }

    /// Keeps a part of a line that has not ended.
    fn keep(&mut self, part: &[u8], recorder: &Recorder) {
        if let Some(aside) = &mut self.aside {
            return aside.keep(part, &mut self.judge);
        }
        if self.begun.len() + part.len() <= LONG {
            return self.begun.extend_from_slice(part);
        }
        let mut aside = Aside::new(recorder);
        aside.keep(&self.begun, &mut self.judge);
        aside.keep(part, &mut self.judge);
        self.begun = Vec::new();
        self.aside = Some(aside);
    }

    /// Records the line that was begun, with its last part.
    fn end_begun(&mut self, rest: &[u8], ended: bool, recorder: &Recorder, traffic: &Traffic) {
        let mut seen = Seen::default();
        self.count += 1;
        if let Some(mut aside) = self.aside.take() {
            aside.keep(rest, &mut self.judge);
            let judged = self.judge.finish();
            seen.add(judged.members);
            aside.record(self.direction, shape(judged, false), ended, recorder);
        } else {
            self.begun.extend_from_slice(rest);
            let text = std::mem::take(&mut self.begun);
            let mut line = self.line(&text, 0, text.len(), &mut seen);
            if !ended {
                line.marks.unterminated = true;
                if std::mem::take(&mut line.marks.crlf) {
                    line.range.end += 1;
                }
            }
            recorder.lines(self.direction, &text, std::slice::from_ref(&line));
            self.begun = text;
            self.begun.clear();
        }
        traffic.note(self.direction, seen);
    }
}

/// What the messages of a piece were.
#[derive(Clone, Copy, Default)]
pub struct Seen {
    pub requests: i64,
    pub answers: i64,
}

impl Seen {
    pub fn add(&mut self, members: Members) {
        self.requests += i64::from(members.id && members.method);
        self.answers += i64::from(members.answer && !members.method);
    }
}

/// A long line, in a file without a name: it never sits in memory.
struct Aside {
    file: io::Result<File>,
    len: u64,
    last: u8,
}

impl Aside {
    fn new(recorder: &Recorder) -> Aside {
        // Beside the recording, where there is room for it if there is room for the recording.
        let file = match recorder.folder() {
            Some(folder) => tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile()),
            None => tempfile::tempfile(),
        };
        Aside {
            file,
            len: 0,
            last: 0,
        }
    }

    fn keep(&mut self, part: &[u8], judge: &mut Whole) {
        judge.feed(part);
        self.len += part.len() as u64;
        self.last = part.last().copied().unwrap_or(self.last);
        if let Ok(file) = &mut self.file
            && let Err(error) = file.write_all(part)
        {
            self.file = Err(error);
        }
    }

    fn record(self, direction: Direction, shape: Shape, ended: bool, recorder: &Recorder) {
        let file = match &self.file {
            Ok(file) => file,
            Err(error) => {
                return recorder.lose(&format!("a long message could not be put aside: {error}"));
            }
        };
        let crlf = ended && self.last == b'\r';
        let len = self.len - u64::from(crlf);
        let entry = Entry {
            direction,
            body: Body::File { file, len },
            http: None,
            marks: Marks {
                crlf,
                unterminated: !ended,
                ..Marks::default()
            },
        };
        recorder.spilled(&entry, file, len, shape);
    }
}
