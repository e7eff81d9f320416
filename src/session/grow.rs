//! What is appended to a source while it is open, and last lines without an end.

use super::chunk::{Batch, Scratch};
use super::fold::zeros_at;
use super::load::{Loading, Scan, chunks, drain, lock_read, lock_write, put};
use super::model::Session;
use super::row::SourceId;
use super::source::{self, OpenError, Source};
use super::told::{Step, Telling};
use crate::formats::{self, Flags, Reading};
use crate::wire::id::MessageKind;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How the last line of a source ends, as far as it is there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Ending {
    /// With a newline.
    #[default]
    Whole,
    /// It begins here, with a byte order mark of so many bytes, and has no newline. It is read again when the source
    /// goes on.
    Torn(u64, u32),
    /// It has no newline, but it is a message, and stays one.
    Message,
}

impl Loading {
    /// Reads what was appended to the sources since they were last looked at, and with `running` what else is recorded
    /// by now. Gives whether there was anything.
    pub fn catch_up(&mut self) -> bool {
        self.attend(&mut Vec::new());
        let sources = lock_read(&self.session).sources.len();
        let mut all = (0..sources).map(|n| SourceId(n as u16)).collect();
        let replaced = self.look_after(&mut all);
        self.grow_all(all.into_iter()) || replaced
    }

    /// Reads what was appended to these sources; what came to several of them in the meantime is ordered by time. Gives
    /// whether there was anything.
    pub(super) fn grow_all(&mut self, ids: impl Iterator<Item = SourceId>) -> bool {
        let grown = ids.filter(|id| self.grow(*id)).count();
        if grown > 0 {
            drain(&mut lock_write(&self.session), &mut self.merge);
        }
        grown > 0
    }

    /// Reads what was appended to a source; its rows wait for those of the others. Gives whether there was anything.
    fn grow(&mut self, id: SourceId) -> bool {
        let news = self.tell(id, false);
        let len = {
            // A writer that waits holds up all readers behind it, so none is made where there is nothing to write.
            let session = lock_read(&self.session);
            let source = &session.sources[id.index()];
            match source.grown_to() {
                Some(len) if len > source.bytes => len,
                _ => return news,
            }
        };
        let mut session = lock_write(&self.session);
        let source = &mut session.sources[id.index()];
        if self.options.format.is_none() {
            source.look_again();
        }
        let Some(from) = session.resume(id, len) else {
            return false;
        };
        let source = &mut session.sources[id.index()];
        source.bytes = len;
        if source.told.is_none() && (source.pipe.is_some() || !source.spooled) {
            source.size = len;
        }
        let scan = Scan::of(&session, id);
        drop(session);
        let mut scratch = Scratch::default();
        for range in chunks(from, len) {
            let batch = scan.run(range.clone(), range.start == from, &mut scratch);
            let mut session = lock_write(&self.session);
            let failed = batch.is_err();
            put(&mut session, &mut self.merge, id, batch, range.end >= len);
            if failed {
                break;
            }
        }
        true
    }
}

/// Bytes of a log that are told at one go: little enough that the screens follow.
const STEP: u64 = 8 << 20;
/// A log that was not written to for so long does not stop in the middle of a line.
const SETTLED: Duration = Duration::from_secs(3);

impl Loading {
    /// Tells what is left of logs that are told in native lines, until the end or until `stop`.
    pub(super) fn tell_rest(&mut self, stop: &AtomicBool, grew: &(dyn Fn() + Sync)) {
        let count = lock_read(&self.session).sources.len();
        for id in (0..count).map(|n| SourceId(n as u16)) {
            let Some(telling) = lock_read(&self.session).sources[id.index()].told.clone() else {
                continue;
            };
            while source::lock(&telling).untold() > 0 && !stop.load(Ordering::Relaxed) {
                if !self.grow_all([id].into_iter()) {
                    break;
                }
                grew();
            }
            if self.settle(id) {
                grew();
            }
        }
    }

    /// Tells what waits for the end of its line, if that will not come. Gives whether there was anything.
    pub(super) fn settle(&mut self, id: SourceId) -> bool {
        let waits = {
            let session = lock_read(&self.session);
            let source = &session.sources[id.index()];
            let settled = |telling: &Telling| {
                let age = telling
                    .original()
                    .metadata()
                    .and_then(|meta| meta.modified());
                age.is_ok_and(|at| at.elapsed().is_ok_and(|age| age >= SETTLED))
            };
            source.told.as_ref().is_some_and(|telling| {
                let telling = source::lock(telling);
                telling.is_pending()
                    && source.pipe.is_none()
                    && (source.spooled || settled(&telling))
            })
        };
        waits && self.tell(id, true) && self.grow_all([id].into_iter())
    }

    /// Lets the reader of a source go on, if it has one and there is something new. Gives whether there was.
    fn tell(&mut self, id: SourceId, settle: bool) -> bool {
        let Some(telling) = lock_read(&self.session).sources[id.index()].told.clone() else {
            return false;
        };
        let mut telling = source::lock(&telling);
        if telling.untold() == 0 && !settle {
            return false;
        }
        let step = telling.go_on(STEP, settle);
        let mut session = lock_write(&self.session);
        session.sources[id.index()].told_on(&telling, step);
        true
    }
}

impl Source {
    /// Tells all of it, before anything is indexed.
    pub(super) fn tell_all(&mut self, settle: bool) -> Result<(), OpenError> {
        let Some(telling) = self.told.clone() else {
            return Ok(());
        };
        let mut telling = source::lock(&telling);
        while telling.untold() > 0 || settle && telling.is_pending() {
            let before = telling.untold();
            let step = telling.go_on(STEP, settle);
            self.told_on(&telling, step);
            if telling.untold() >= before {
                break;
            }
        }
        self.bytes = telling.written();
        Ok(())
    }

    /// Books what a reader came to.
    fn told_on(&mut self, telling: &Telling, step: std::io::Result<Step>) {
        self.size = telling.size();
        match step {
            Ok(step) => {
                self.skipped += step.skipped;
                for note in step.notes {
                    if !self.notes.contains(&note) {
                        self.notes.push(note);
                    }
                }
            }
            Err(error) => {
                let note = format!("Reading stopped: {error}.");
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
            }
        }
    }

    /// A file that was empty when it was opened has its format now.
    fn look_again(&mut self) {
        if self.spooled || self.told.is_some() || self.lines > self.blank {
            return;
        }
        let found = source::head(&self.file).map(|head| formats::detect(&head).format);
        if let Ok(Some(format)) = found
            && let Reading::Lines(lines) = &format.reading
        {
            (self.format, self.class, self.reading) = (format, format.class, *lines);
        }
    }
}

/// How the note of a torn last line begins.
const TORN: &str = "The last line, at byte";

impl Session {
    /// Books how the last line of the source ends. Without a newline it may still be a message; else it is shown, and
    /// told.
    pub(super) fn note_ending(&mut self, id: SourceId, batch: &mut Batch) {
        let source = &mut self.sources[id.index()];
        let Some((start, mark)) = batch.torn else {
            // A chunk that lies inside a long line says nothing of its end.
            if batch.lines > 0 {
                source.ending = Ending::Whole;
            }
            return;
        };
        let last = batch
            .entries
            .iter_mut()
            .rev()
            .take_while(|entry| entry.offset >= start);
        let mut message = batch.passed;
        for entry in last {
            use MessageKind::{Other, Text, Unreadable};
            message |= !matches!(entry.kind, Unreadable | Text | Other);
            if !message {
                entry.flags.set(Flags::TORN);
            }
            let hole = batch.holes.iter().any(|hole| hole.start == entry.offset);
            if entry.kind == Unreadable && !hole {
                source.notes.push(format!(
                    "{TORN} {start}, is not complete ({} bytes): the recording was cut off there, or is still being written.",
                    entry.len
                ));
            }
        }
        source.ending = if message {
            Ending::Message
        } else {
            Ending::Torn(start, mark)
        };
    }

    /// Where to go on reading a source that grew to `len` bytes; takes back a last line that is not complete. `None`
    /// while it cannot be told.
    fn resume(&mut self, id: SourceId, len: u64) -> Option<u64> {
        let source = &mut self.sources[id.index()];
        match source.ending {
            Ending::Whole => Some(source.indexed),
            Ending::Message => source.after_message(len),
            Ending::Torn(start, mark) => {
                let zeros = [start, start + 3].map(zeros_at);
                source.notes.retain(|note| {
                    !note.starts_with(TORN) && !zeros.iter().any(|zeros| note.starts_with(zeros))
                });
                source.lines -= 1;
                source.indexed = start;
                source.bom -= mark;
                self.retract(id, start);
                Some(start)
            }
        }
    }

    /// Takes back the rows of a line, unless others came after them: then they stay as they are.
    fn retract(&mut self, id: SourceId, line: u64) {
        let torn =
            |row: &super::Row| row.source == id && row.offset >= line && row.flags.has(Flags::TORN);
        let mut any = false;
        while let Some(row) = self.rows.pop_if(|row| torn(row)) {
            any = true;
            let source = &mut self.sources[id.index()];
            match row.kind {
                kind if source.is_lost(kind) => source.unreadable -= 1,
                _ => source.messages -= 1,
            }
        }
        self.studied = self.studied.min(self.rows.len() as u32);
        self.ledger.go_back(self.studied);
        let blank = !any && !self.rows.iter().rev().any(torn);
        if blank {
            self.sources[id.index()].blank -= 1;
        }
    }
}

impl Source {
    /// The place after a last line that is a message: behind its newline, or where something else goes on.
    fn after_message(&mut self, len: u64) -> Option<u64> {
        use std::io::Read;
        let mut rest = Vec::new();
        let file = &self.file;
        super::read::At {
            file,
            offset: self.indexed,
        }
        .take((len - self.indexed).min(4096))
        .read_to_end(&mut rest)
        .ok()?;
        let space = rest
            .iter()
            .take_while(|b| **b != b'\n' && b.is_ascii_whitespace())
            .count();
        match rest.get(space) {
            Some(b'\n') => Some(self.indexed + space as u64 + 1),
            Some(_) => {
                // What goes on is on the same line, which was counted.
                self.lines -= 1;
                Some(self.indexed)
            }
            None => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::load;
    use super::super::source::SourceArg;
    use super::*;
    use std::fs::File;
    use std::io::Write;
    use std::sync::atomic::AtomicBool;

    #[test]
    fn what_is_appended_takes_back_a_torn_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut file = File::create(&path).unwrap();
        file.write_all(
            b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n{\"jsonrpc\":\"2.0\",",
        )
        .unwrap();
        let mut loading = load::open(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        {
            let session = lock_read(&loading.session);
            assert_eq!(session.len(), 2);
            assert!(
                session.sources[0].notes[0].contains("is not complete"),
                "{:?}",
                session.sources[0].notes
            );
        }
        file.write_all(b"\"id\":1,\"result\":{}}\n").unwrap();
        assert!(loading.catch_up());
        assert!(!loading.catch_up());
        let session = lock_read(&loading.session);
        assert_eq!(session.len(), 2);
        assert_eq!(
            (session.sources[0].unreadable, session.sources[0].lines),
            (0, 2)
        );
        assert!(session.sources[0].notes.is_empty());
        assert_eq!(session.rows()[1].line, 2);
    }

    #[test]
    fn a_line_that_is_cut_anywhere_is_read_once_it_is_whole() {
        const LINES: [&str; 3] = [
            r#"{"session_id":"a-1","server_label":"a","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"error":{"code":-1,"message":"}}","data":{"deep":{"id":1}}}}}"#,
            r#"{"session_id":"a-1","server_label":"a","direction":"c2s","transport":"stdio","raw":[{"jsonrpc":"2.0","method":"x","params":{"a":[[{}]]}}]}"#,
            r#"{"raw":{"jsonrpc":"2.0","id":2,"method":"tools/list"},"session_id":"a-1","direction":"c2s","transport":"http"}"#,
        ];
        for line in LINES {
            for cut in 1..line.len() {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("a.jsonl");
                let mut file = File::create(&path).unwrap();
                write!(file, "{}\n{}", LINES[2], &line[..cut]).unwrap();
                let mut loading =
                    load::open(&[SourceArg::Path(path)], load::Options::default()).unwrap();
                let before = lock_read(&loading.session).rows()[1].kind;
                assert_eq!(before, MessageKind::Unreadable, "{}", &line[..cut]);
                writeln!(file, "{}", &line[cut..]).unwrap();
                assert!(loading.catch_up());
                let session = lock_read(&loading.session);
                let source = &session.sources[0];
                assert_eq!(
                    (
                        session.len(),
                        source.lines,
                        source.unreadable,
                        source.messages
                    ),
                    (2, 2, 0, 2),
                    "{}",
                    &line[..cut]
                );
                assert_ne!(session.rows()[1].kind, MessageKind::Unreadable);
            }
        }
    }

    /// Of a line this long only head and tail are held.
    #[test]
    fn a_huge_line_that_is_cut_between_braces_is_no_message_yet() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut file = File::create(&path).unwrap();
        let filler = "x".repeat(66 << 20);
        write!(
            file,
            r#"{{"session_id":"a-1","server_label":"a","direction":"s2c","transport":"stdio","raw":{{"jsonrpc":"2.0","id":1,"result":{{"content":[],"a":{{"b":{{"c":"{filler}"}}}}}}"#
        )
        .unwrap();
        let options = load::Options {
            format: crate::formats::by_id("native"),
            ..load::Options::default()
        };
        let mut loading = load::open(&[SourceArg::Path(path)], options).unwrap();
        loading.run(&AtomicBool::new(false), &|| {});
        let kind = |loading: &Loading| lock_read(&loading.session).rows()[0].kind;
        assert_eq!(kind(&loading), MessageKind::Unreadable);
        writeln!(file, "}}}}").unwrap();
        assert!(loading.catch_up());
        assert_eq!(kind(&loading), MessageKind::Result);
        assert_eq!(lock_read(&loading.session).len(), 1);
    }

    #[test]
    fn what_comes_behind_a_message_on_its_line_is_on_that_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut file = File::create(&path).unwrap();
        write!(file, r#"{{"jsonrpc":"2.0","id":1,"method":"ping"}}"#).unwrap();
        let mut loading = load::open(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        file.write_all(b"}\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}\n")
            .unwrap();
        loading.catch_up();
        let session = lock_read(&loading.session);
        let lines: Vec<_> = session.rows().iter().map(|row| row.line).collect();
        assert_eq!(lines, [1, 1, 2]);
        assert_eq!(session.sources[0].lines, 2);
    }

    #[test]
    fn an_empty_file_gets_its_format_with_its_first_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut file = File::create(&path).unwrap();
        let mut loading = load::open(&[SourceArg::Path(path)], load::Options::default()).unwrap();
        file.write_all(b"{\"session_id\":\"a-1\",\"server_label\":\"a\",\"direction\":\"c2s\",\"transport\":\"stdio\",\"raw\":{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}}\n")
            .unwrap();
        loading.catch_up();
        let session = lock_read(&loading.session);
        assert_eq!(session.sources[0].format.id, "native");
        assert_eq!(session.rows()[0].kind, MessageKind::Request);
        assert_eq!(session.servers()[0].label.as_raw(), "a");
    }

    #[test]
    fn a_message_whose_newline_comes_later_is_one_message() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        let mut file = File::create(&path).unwrap();
        let mut loading = None;
        for piece in [
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
            " ",
            "\n",
            " ",
            "\n",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        ] {
            file.write_all(piece.as_bytes()).unwrap();
            let loading = loading.get_or_insert_with(|| {
                load::open(&[SourceArg::Path(path.clone())], load::Options::default()).unwrap()
            });
            loading.catch_up();
        }
        let session = loading.unwrap().session();
        let session = lock_read(&session);
        let source = &session.sources[0];
        assert_eq!((session.len(), source.lines, source.blank), (2, 3, 1));
        assert_eq!(source.indexed, source.bytes);
        assert_eq!(session.rows()[1].line, 3);
    }
}
