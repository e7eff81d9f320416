//! Sources that go on: pipes, files that are still written, and recordings that begin while the session is open.

use super::fate::{self, Fate};
use super::load::{Loading, lock_read, lock_write};
use super::row::SourceId;
use super::source::Source;
use super::time::Time;
use crate::formats;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, SystemTime};

/// How often growing sources are looked at.
const EVERY: Duration = Duration::from_millis(100);
/// After how many of these looks it is asked which recordings are being written.
const ASK: u32 = 3;
/// Most recordings that one session takes in by itself: each keeps a file open.
const MOST: usize = 512;

impl Loading {
    /// Watches what may still grow: pipes until they end, with `follow` files that were written to lately, and with
    /// `running` what is recorded now, whenever it began.
    pub(super) fn follow(&mut self, stop: &AtomicBool, grew: &(dyn Fn() + Sync)) {
        let mut growing = self.may_grow();
        for id in &growing {
            lock_write(&self.session).sources[id.index()].followed = true;
        }
        let mut look = 0;
        while !stop.load(Ordering::Relaxed)
            && (!growing.is_empty() || self.options.running.is_some())
        {
            let asks = look % ASK == 0;
            let mut changed = asks && self.attend(&mut growing);
            changed |= asks && self.look_after(&mut growing);
            look = look.wrapping_add(1);
            // Asked before the last look, so that nothing is missed between the two.
            let ended: Vec<SourceId> = {
                let session = lock_read(&self.session);
                let pipe = |id: &SourceId| session.sources[id.index()].pipe.clone();
                let ended = growing.iter().copied();
                ended
                    .filter(|id| pipe(id).is_some_and(|pipe| pipe.ended()))
                    .collect()
            };
            changed |= self.grow_all(growing.iter().copied());
            for id in &ended {
                {
                    let source = &mut lock_write(&self.session).sources[id.index()];
                    let failure = source.pipe.take().and_then(|pipe| pipe.take_failure());
                    source.notes.extend(failure);
                }
                while self.grow_all([*id].into_iter()) {}
                self.settle(*id);
                lock_write(&self.session).sources[id.index()].done = true;
                changed = true;
            }
            growing.retain(|id| !ended.contains(id));
            if asks {
                for id in growing.clone() {
                    changed |= self.settle(id);
                }
            }
            if changed {
                lock_write(&self.session).heard = now();
                grew();
            }
            if !growing.is_empty() || self.options.running.is_some() {
                std::thread::sleep(EVERY);
            }
        }
    }

    /// The sources to which something may still be added.
    pub(super) fn may_grow(&self) -> Vec<SourceId> {
        let session = lock_read(&self.session);
        let may_grow = |source: &Source| match source.pipe {
            Some(_) => true,
            None => {
                self.options.follow
                    && !source.spooled
                    && (source.running || written_lately(&source.at))
            }
        };
        (0..session.sources.len())
            .filter(|n| may_grow(&session.sources[*n]))
            .map(|n| SourceId(n as u16))
            .collect()
    }

    /// Looks what became of the files that are followed. One whose name has another content by now is read to its end,
    /// and what is there instead becomes a source of its own. Gives whether there is anything new.
    pub(super) fn look_after(&mut self, growing: &mut Vec<SourceId>) -> bool {
        let mut changed = false;
        for id in growing.clone() {
            let (before, fate, path, format) = {
                let session = lock_read(&self.session);
                let source = &session.sources[id.index()];
                (source.fate, source.fate(), source.at.clone(), source.format)
            };
            if fate == before || before.is_new_content() || fate == Fate::Same {
                continue;
            }
            let instead = match fate.is_new_content() {
                true if !fate::has_content(&path) => continue,
                true => match Source::open(&path, Some(format), &formats::Known::default()) {
                    Ok(source) => Some(source),
                    Err(_) => continue,
                },
                false => None,
            };
            if fate == Fate::Replaced {
                while self.grow_all([id].into_iter()) {}
            }
            let mut session = lock_write(&self.session);
            let source = &mut session.sources[id.index()];
            source.fate = fate;
            source.notes.extend(fate.sentence().map(str::to_owned));
            if let Some(mut instead) = instead {
                (instead.bytes, instead.done, instead.running) = (0, true, source.running);
                source.running = false;
                growing.retain(|other| *other != id);
                growing.push(SourceId(session.sources.len() as u16));
                session.sources.push(instead);
                self.merge.add();
            }
            changed = true;
        }
        changed
    }

    /// Asks which recordings are being written, opens those that are new, and notes which of the others are not written
    /// any more. Gives whether anything is different.
    pub(super) fn attend(&mut self, growing: &mut Vec<SourceId>) -> bool {
        let Some(running) = &self.options.running else {
            return false;
        };
        let running = running();
        let (new, changed) = {
            let session = lock_read(&self.session);
            let known = |path: &PathBuf| session.sources.iter().any(|source| source.at == *path);
            let room = MOST.saturating_sub(session.sources.len());
            let new: Vec<PathBuf> = running
                .iter()
                .filter(|path| !known(path))
                .cloned()
                .collect();
            let is_news = |source: &Source| source.running != source.is_among(&running);
            let changed = session.sources.iter().any(is_news);
            (new.into_iter().take(room).collect::<Vec<_>>(), changed)
        };
        let mut came = false;
        for path in new {
            // What cannot be opened yet is tried again the next time.
            if let Ok(source) = Source::growing(&path) {
                let mut session = lock_write(&self.session);
                growing.push(SourceId(session.sources.len() as u16));
                session.sources.push(source);
                self.merge.add();
                came = true;
            }
        }
        if came || changed {
            let mut session = lock_write(&self.session);
            for (n, source) in session.sources.iter_mut().enumerate() {
                source.running = source.is_among(&running);
                let id = SourceId(n as u16);
                if source.running && !growing.contains(&id) {
                    growing.push(id);
                }
            }
        }
        came || changed
    }
}

impl Source {
    /// Whether it is one of the recordings that are being written; what was in a file before it was replaced is not.
    fn is_among(&self, running: &[PathBuf]) -> bool {
        !self.fate.is_new_content() && running.contains(&self.at)
    }

    /// Opens a recording that is being written, none of which is read yet.
    fn growing(path: &std::path::Path) -> io::Result<Source> {
        // One that has just begun has nothing in it to be recognised by.
        let format = match fate::has_content(path) {
            true => None,
            false => formats::by_id("native"),
        };
        let mut source = Source::open(path, format, &formats::Known::default())
            .map_err(|error| io::Error::other(error.to_string()))?;
        source.bytes = 0;
        source.done = true;
        source.running = true;
        Ok(source)
    }

    /// It is being written: what there is of it now ends with its last complete line.
    pub(super) fn begin_running(&mut self) {
        if !self.spooled {
            self.running = true;
            self.bytes = last_line_end(&self.file, 0..self.bytes).unwrap_or(0);
        }
    }

    /// Its size by now. Of a recording that is being written, up to the last line that is complete: a line that is
    /// only half there would stand before what comes from other sources, and could not be taken back.
    pub(super) fn grown_to(&self) -> Option<u64> {
        let len = self.file.metadata().ok()?.len();
        if !self.running || len <= self.bytes {
            return Some(len);
        }
        Some(last_line_end(&self.file, self.bytes..len).unwrap_or(self.bytes))
    }
}

/// Behind the last newline in a part of a file.
fn last_line_end(file: &File, part: std::ops::Range<u64>) -> Option<u64> {
    use std::io::Read;
    const STEP: u64 = 64 << 10;
    let mut piece = Vec::new();
    let mut end = part.end;
    while end > part.start {
        let offset = end.saturating_sub(STEP).max(part.start);
        piece.clear();
        super::read::At { file, offset }
            .take(end - offset)
            .read_to_end(&mut piece)
            .ok()?;
        if let Some(at) = memchr::memrchr(b'\n', &piece) {
            return Some(offset + at as u64 + 1);
        }
        end = offset;
    }
    None
}

fn now() -> Time {
    let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    let micros = now.map_or(0, |now| now.as_micros());
    Time::from_micros(i64::try_from(micros).unwrap_or(i64::MAX))
}

/// Written to within the last hour: it may still grow.
fn written_lately(path: &Path) -> bool {
    const LATELY: Duration = Duration::from_secs(3600);
    let written = std::fs::metadata(path).and_then(|m| m.modified());
    written.is_ok_and(|at| {
        SystemTime::now()
            .duration_since(at)
            .is_ok_and(|age| age < LATELY)
    })
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, Options};
    use super::super::source::SourceArg;
    use super::*;
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    /// A line of the native format: connection, second, id.
    fn line(conn: &str, second: u32, id: u32) -> String {
        format!(
            r#"{{"session_id":"{conn}-1","server_label":"{conn}","ts":"2026-01-01T00:00:{second:02}Z","direction":"c2s","transport":"stdio","raw":{{"jsonrpc":"2.0","id":{id},"method":"ping"}}}}"#
        )
    }

    fn append(path: &PathBuf, text: &str) {
        let mut options = File::options();
        let mut file = options.append(true).create(true).open(path).unwrap();
        file.write_all(text.as_bytes()).unwrap();
    }

    /// A session of the recordings that are said to run.
    struct Live {
        loading: Loading,
        growing: Vec<SourceId>,
        running: Arc<Mutex<Vec<PathBuf>>>,
    }

    impl Live {
        fn new(args: &[SourceArg]) -> Live {
            let running = Arc::new(Mutex::new(Vec::new()));
            let told = running.clone();
            let options = Options {
                running: Some(Arc::new(move || told.lock().unwrap().clone())),
                ..Options::default()
            };
            let mut loading = load::open(args, options).unwrap();
            loading.run(&AtomicBool::new(true), &|| {});
            Live {
                loading,
                growing: Vec::new(),
                running,
            }
        }

        fn look(&mut self) -> bool {
            let attended = self.loading.attend(&mut self.growing);
            self.loading.grow_all(self.growing.iter().copied()) || attended
        }

        /// The ids in the order of the session, by the seconds in which they were recorded.
        fn seconds(&self) -> Vec<i64> {
            let session = lock_read(&self.loading.session);
            let rows = session.rows().iter();
            rows.map(|row| row.time.micros().unwrap() / 1_000_000 % 60)
                .collect()
        }
    }

    #[test]
    fn a_recording_that_begins_later_comes_into_the_session() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        append(&path("a"), &(line("a", 1, 1) + "\n"));
        let mut live = Live::new(&[SourceArg::Path(path("a"))]);
        assert!(!live.look());
        append(&path("b"), &(line("b", 2, 1) + "\n"));
        live.running.lock().unwrap().push(path("b"));
        assert!(live.look());
        assert_eq!(live.seconds(), [1, 2]);
        assert!(!live.look(), "nothing is new");
        let session = live.loading.session();
        assert_eq!(lock_read(&session).servers().len(), 2);
        assert!(!lock_read(&session).sources[0].running);
        assert!(lock_read(&session).sources[1].running);
        live.running.lock().unwrap().clear();
        assert!(live.look(), "it ended");
        assert!(!lock_read(&session).sources[1].running);
    }

    #[test]
    fn catching_up_takes_in_what_began_meanwhile() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        append(&path("a"), &(line("a", 1, 1) + "\n"));
        let mut live = Live::new(&[SourceArg::Path(path("a"))]);
        append(&path("b"), &(line("b", 2, 1) + "\n"));
        live.running.lock().unwrap().push(path("b"));
        assert!(live.loading.catch_up());
        assert_eq!(live.seconds(), [1, 2]);
        append(&path("b"), &(line("b", 3, 2) + "\n"));
        assert!(live.loading.catch_up());
        assert_eq!(live.seconds(), [1, 2, 3]);
    }

    #[test]
    fn what_came_to_several_recordings_is_ordered_by_time() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        for name in ["a", "b", "c"] {
            append(&path(name), "");
        }
        let mut live = Live::new(&[]);
        *live.running.lock().unwrap() = ["a", "b", "c"].map(path).to_vec();
        live.look();
        append(
            &path("a"),
            &(line("a", 5, 1) + "\n" + &line("a", 9, 2) + "\n"),
        );
        append(
            &path("b"),
            &(line("b", 3, 1) + "\n" + &line("b", 7, 2) + "\n"),
        );
        append(&path("c"), &(line("c", 4, 1) + "\n"));
        live.look();
        assert_eq!(live.seconds(), [3, 4, 5, 7, 9]);
        append(&path("c"), &(line("c", 11, 2) + "\n"));
        append(&path("a"), &(line("a", 10, 3) + "\n"));
        live.look();
        assert_eq!(live.seconds(), [3, 4, 5, 7, 9, 10, 11]);
    }

    #[test]
    fn half_a_line_waits_for_its_end_while_its_recorder_runs() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let (whole, half) = (line("a", 1, 1) + "\n", &line("a", 2, 2)[..40]);
        append(&path, &(whole.clone() + half));
        let mut live = Live::new(&[]);
        live.running.lock().unwrap().push(path.clone());
        live.look();
        assert_eq!(live.seconds(), [1]);
        append(&path, &(line("a", 2, 2)[40..].to_owned() + "\n" + half));
        live.look();
        assert_eq!(live.seconds(), [1, 2]);
        // Nobody will write the rest of it: now it is shown as what it is.
        live.running.lock().unwrap().clear();
        live.look();
        let session = live.loading.session();
        let session = lock_read(&session);
        assert_eq!(session.len(), 3);
        assert_eq!(session.sources[0].unreadable, 1);
    }

    #[test]
    fn one_recording_alone_and_then_another_are_both_told_to_the_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        append(&path("a"), "");
        let mut live = Live::new(&[]);
        live.running.lock().unwrap().push(path("a"));
        live.look();
        append(&path("a"), &(line("a", 1, 1) + "\n"));
        live.look();
        append(&path("b"), &(line("b", 2, 1) + "\n"));
        live.running.lock().unwrap().push(path("b"));
        live.look();
        append(&path("a"), &(line("a", 3, 2) + "\n"));
        live.look();
        assert_eq!(live.seconds(), [1, 2, 3]);
    }
}
