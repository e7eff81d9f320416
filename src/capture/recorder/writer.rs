//! What happens under the recorder's lock.

use super::body::{Reflow, Shape};
use super::clock::{Clock, Moment};
use super::entry::{self, Entry, Envelope};
use super::long::long;
use super::output::{Output, Place};
use super::{Line, Options, RecordError, Transport};
use crate::wire::id::Direction;
use memchr::{memchr_iter, memrchr};
use serde_json::{Map, Value};
use std::fs::File;
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

/// Room that is kept for the next lines; more is given back.
const KEEP: usize = 1 << 20;

/// The state of a recording.
pub struct Writer {
    envelope: Envelope,
    place: Option<Place>,
    /// Whether the folder is ours to make.
    ours: bool,
    rotate: Option<u64>,
    /// The facts of the first line, which every part repeats.
    start: Map<String, Value>,
    output: Option<Output>,
    /// The part that `output` is, or was.
    part: u32,
    clock: Clock,
    seq: u64,
    /// The lines of the present write, and how many entries they are.
    lines: Vec<u8>,
    entries: u64,
    /// What their envelopes have in common.
    passage: Vec<u8>,
    moment: Moment,
    /// What could not be written and is not told of yet.
    lost: u64,
    reason: String,
    /// The present lines tell of it.
    telling: bool,
    /// All that was ever lost.
    dropped: u64,
    /// After a part could not be followed by another: the size at which to try again.
    turn_at: u64,
    /// Earlier parts that were not synced.
    unsynced: Vec<Arc<File>>,
}

impl Writer {
    pub fn create(
        session: &str,
        label: &str,
        transport: Transport,
        facts: Map<String, Value>,
        options: &Options,
    ) -> (Writer, Option<RecordError>) {
        let redaction = match options.redactor {
            Some(_) => "secrets",
            None => "none",
        };
        let mut start = facts;
        start.insert(
            "recorder".into(),
            concat!("plainsight ", env!("CARGO_PKG_VERSION")).into(),
        );
        start.insert("redaction".into(), redaction.into());
        start.insert(
            "notice".into(),
            "Recordings may hold secrets: keep this file to yourself.".into(),
        );
        let place = Place::of(options, session);
        let clock = Clock::start();
        let mut writer = Writer {
            envelope: Envelope::new(session, label, transport.name()),
            moment: clock.now(),
            clock,
            place: None,
            ours: options.file.is_none(),
            rotate: options.rotate,
            start,
            output: None,
            part: 1,
            seq: 0,
            lines: Vec::with_capacity(256 << 10),
            passage: Vec::with_capacity(128),
            entries: 0,
            lost: 0,
            reason: String::new(),
            telling: false,
            dropped: 0,
            turn_at: 0,
            unsynced: Vec::new(),
        };
        let error = match place {
            Ok(place) => {
                writer.place = Some(place);
                writer.open().err()
            }
            Err(error) => Some(error),
        };
        if let Some(error) = &error {
            writer.reason = error.to_string();
        }
        (writer, error)
    }

    pub fn path(&self) -> Option<PathBuf> {
        self.output.as_ref().map(|output| output.path.clone())
    }

    pub fn folder(&self) -> Option<PathBuf> {
        let place = self.place.as_ref()?;
        Some(place.folder().to_path_buf())
    }

    pub fn dropped(&self) -> u64 {
        self.dropped
    }

    /// Creates the present part and writes its first line.
    fn open(&mut self) -> Result<(), RecordError> {
        let place = self.place.as_ref().ok_or(RecordError::NoFolder)?;
        let mut output = place.create(&mut self.part, self.ours)?;
        let mut facts = self.start.clone();
        if self.part > 1 {
            facts.insert("part".into(), self.part.into());
        }
        let mut line = Vec::new();
        let seq = self.next();
        let moment = self.clock.now();
        self.envelope
            .open(seq, moment, Direction::Meta, &mut self.clock, &mut line);
        entry::event(&mut line, "start", facts);
        line.extend_from_slice(b"}\n");
        let written = output.begin().and_then(|()| output.append(&line));
        if let Err(error) = written {
            let path = output.path;
            // An empty file would be taken for a recording of nothing.
            let _ = std::fs::remove_file(&path);
            return Err(RecordError::Write { path, error });
        }
        self.output = Some(output);
        Ok(())
    }

    fn next(&mut self) -> u64 {
        self.seq += 1;
        self.seq
    }

    /// Takes the time for the lines that follow.
    #[inline]
    pub fn begin(&mut self) {
        self.moment = self.clock.now();
        self.lines.clear();
        self.entries = 0;
        if self.lost > 0 && self.output.is_some() {
            let mut facts = Map::new();
            facts.insert("count".into(), self.lost.into());
            facts.insert("reason".into(), self.reason.clone().into());
            self.meta("dropped", facts);
            self.entries = 0;
            self.telling = true;
        }
    }

    #[inline]
    fn head(&mut self, direction: Direction) -> u64 {
        let seq = self.next();
        self.entries += 1;
        self.envelope.open(
            seq,
            self.moment,
            direction,
            &mut self.clock,
            &mut self.lines,
        );
        seq
    }

    /// Lines of standard streams that were read at one go. Gives the number of the last.
    pub fn lines(&mut self, direction: Direction, buffer: &[u8], lines: &[Line]) -> u64 {
        self.passage.clear();
        self.envelope
            .passage(self.moment, direction, &mut self.clock, &mut self.passage);
        self.entries += lines.len() as u64;
        for line in lines {
            self.seq += 1;
            self.envelope.seq(self.seq, &mut self.lines);
            self.lines.extend_from_slice(&self.passage);
            line.marks.append(&mut self.lines);
            entry::body(&buffer[line.range.clone()], line.shape, &mut self.lines);
            self.lines.extend_from_slice(b"}\n");
        }
        self.seq
    }

    /// Any entry whose body is in memory.
    pub fn entry(
        &mut self,
        entry: &Entry<'_>,
        body: Option<(&[u8], Shape)>,
        redacted: bool,
    ) -> u64 {
        let seq = self.head(entry.direction);
        self.surround(entry, redacted);
        if let Some((text, shape)) = body {
            if shape == Shape::JsonLines {
                entry::flag("reflowed", &mut self.lines);
                self.lines.extend_from_slice(b",\"raw\":");
                Reflow::default().piece(text, &mut self.lines);
            } else {
                entry::body(text, shape, &mut self.lines);
            }
        }
        self.lines.extend_from_slice(b"}\n");
        seq
    }

    fn surround(&mut self, entry: &Entry<'_>, redacted: bool) {
        if let Some(http) = entry.http {
            http.append(&mut self.lines);
        }
        entry.marks.append(&mut self.lines);
        if redacted {
            entry::flag("redacted", &mut self.lines);
        }
    }

    pub fn meta(&mut self, name: &str, facts: Map<String, Value>) -> u64 {
        let seq = self.head(Direction::Meta);
        entry::event(&mut self.lines, name, facts);
        self.lines.extend_from_slice(b"}\n");
        seq
    }

    /// Writes the lines since [`begin`](Self::begin) with one write.
    #[inline]
    pub fn end(&mut self) {
        let lines = std::mem::take(&mut self.lines);
        let (mut kept, mut result) = self.put_lines(&lines);
        // A file that may not grow further is no reason to lose anything: another one may.
        while result.as_ref().is_err_and(is_full) && self.turn().is_ok() {
            let (more, again) = self.put_lines(&lines[kept..]);
            (kept, result) = (kept + more, again);
            if more == 0 {
                break;
            }
        }
        if result.is_err() && kept > 0 {
            self.settle_part(&lines[..kept]);
        }
        self.settle(result);
        self.lines = lines;
        if self.lines.capacity() > KEEP {
            self.lines = Vec::with_capacity(KEEP);
        }
        self.turn_if_long();
    }

    /// Appends lines. Gives how many bytes of them were kept: whole lines only.
    fn put_lines(&mut self, lines: &[u8]) -> (usize, io::Result<()>) {
        let Some(output) = &mut self.output else {
            return (0, Err(io::Error::other(self.reason.clone())));
        };
        let result = output.begin().and_then(|()| output.append(lines));
        if result.is_ok() {
            return (lines.len(), result);
        }
        let whole = memrchr(b'\n', &lines[..output.begun()]).map_or(0, |at| at + 1);
        output.take_back(whole);
        (whole, result)
    }

    /// Counts the lines that were kept of a write that failed.
    fn settle_part(&mut self, lines: &[u8]) {
        let mut entries = memchr_iter(b'\n', lines).count() as u64;
        if std::mem::take(&mut self.telling) {
            // The first of them told of what was lost.
            self.lost = 0;
            entries -= 1;
        }
        self.entries -= entries.min(self.entries);
        if let Some(output) = &mut self.output {
            output.entries += entries;
        }
    }

    /// Writes an entry whose body was put aside in a file. `unreadable` says that it cannot be had back.
    pub fn file(
        &mut self,
        entry: &Entry<'_>,
        file: &File,
        len: u64,
        shape: Shape,
        unreadable: Option<io::Error>,
    ) -> u64 {
        self.begin();
        let seq = self.head(entry.direction);
        self.surround(entry, false);
        if shape == Shape::JsonLines {
            entry::flag("reflowed", &mut self.lines);
        }
        let head = std::mem::take(&mut self.lines);
        match unreadable {
            None => self.commit(&|output| long(output, head.clone(), file, len, shape)),
            Some(error) => self.settle(Err(error)),
        }
        self.lines = head;
        seq
    }

    fn commit(&mut self, write: &dyn Fn(&mut Output) -> io::Result<()>) {
        let mut result = self.put(write);
        if result.as_ref().is_err_and(is_full)
            && self
                .output
                .as_ref()
                .is_some_and(|output| output.entries > 0)
            && self.turn().is_ok()
        {
            result = self.put(write);
        }
        self.settle(result);
        self.turn_if_long();
    }

    /// Begins a new part when this one has the size for it.
    #[inline]
    fn turn_if_long(&mut self) {
        if let (Some(limit), Some(output)) = (self.rotate, &self.output)
            && output.size >= limit.max(self.turn_at)
        {
            // Where no other file can be made, this one goes on.
            let size = output.size;
            self.turn_at = match self.turn() {
                Ok(()) => 0,
                Err(_) => size + limit,
            };
        }
    }

    fn put(&mut self, write: &dyn Fn(&mut Output) -> io::Result<()>) -> io::Result<()> {
        let Some(output) = &mut self.output else {
            return Err(io::Error::other(self.reason.clone()));
        };
        let result = output.begin().and_then(|()| write(output));
        if result.is_err() {
            output.take_back(0);
        }
        result
    }

    /// Counts what was written, or what was not.
    fn settle(&mut self, result: io::Result<()>) {
        let entries = std::mem::take(&mut self.entries);
        match (result, &mut self.output) {
            (Ok(()), Some(output)) => {
                output.entries += entries;
                if std::mem::take(&mut self.telling) {
                    self.lost = 0;
                }
            }
            (Ok(()), None) => {}
            (Err(error), _) => {
                self.telling = false;
                self.lose(entries, error.to_string());
            }
        }
    }

    /// Counts entries that are not written.
    pub fn lose(&mut self, entries: u64, reason: String) {
        self.lost += entries;
        self.dropped += entries;
        self.reason = reason;
    }

    /// Goes on in the next part, and says so at the end of this one.
    fn turn(&mut self) -> Result<(), RecordError> {
        let seq = self.next();
        let moment = self.clock.now();
        let before = self.output.take();
        self.part += 1;
        let opened = self.open();
        let Some(mut old) = before else { return opened };
        let next = self.output.as_ref().and_then(|next| next.path.file_name());
        let Some(next) = next else {
            self.part -= 1;
            self.output = Some(old);
            return opened;
        };
        let mut facts = Map::new();
        facts.insert("next".into(), next.to_string_lossy().into());
        let mut line = Vec::new();
        self.envelope
            .open(seq, moment, Direction::Meta, &mut self.clock, &mut line);
        entry::event(&mut line, "rotate", facts);
        line.extend_from_slice(b"}\n");
        // Without it, the next part still says which session it belongs to.
        if old.begin().and_then(|()| old.append(&line)).is_err() {
            old.take_back(0);
        }
        self.unsynced.push(old.file);
        Ok(())
    }

    /// Looks whether the file is still there and can be written; called every second or so.
    pub fn retry(&mut self) {
        let gone = (self.output.as_ref()).and_then(|output| Some((output.lost()?, output.entries)));
        if let Some((reason, entries)) = gone {
            self.lose(entries, reason.into());
            self.output = None;
            self.part += 1;
        }
        if self.output.is_none()
            && let Err(error) = self.open()
        {
            self.reason = error.to_string();
        }
        if self.lost > 0 && self.output.is_some() {
            self.begin();
            self.end();
        }
    }

    /// Files that are to be brought to the disk now. Bringing much there takes long, and a process cannot end while it
    /// does; so at the end of a session, and while much is written, that is left to the system.
    pub fn take_unsynced(&mut self, last: bool) -> Vec<Arc<File>> {
        const WHILE_BUSY: u64 = 64 << 20;
        const AT_THE_END: u64 = 16 << 20;
        let mut files = std::mem::take(&mut self.unsynced);
        if last {
            files.clear();
        }
        if let Some(output) = &mut self.output {
            let calm = output.size == output.seen;
            let new = output.size.saturating_sub(output.synced);
            output.seen = output.size;
            let most = match last {
                true => AT_THE_END,
                false if calm => u64::MAX,
                false => WHILE_BUSY,
            };
            if (1..=most).contains(&new) {
                output.synced = output.size;
                files.push(output.file.clone());
            }
        }
        files
    }
}

/// A limit on the size of files.
fn is_full(error: &io::Error) -> bool {
    error.kind() == io::ErrorKind::FileTooLarge
}
