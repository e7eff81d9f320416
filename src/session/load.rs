//! Opening sources and filling the index.
//!
//! [`open`] indexes the first stretch of every source, so that the first screen can be drawn at once;
//! [`Loading::run`] does the rest with several threads, and goes on following files that still grow.

use super::chunk::{Batch, CHUNK, Chunks, FIRST, Scratch};
use super::fold::Ready;
use super::folder;
use super::merge::Merge;
use super::model::{Session, SharedSession};
use super::row::SourceId;
use super::source::{self, OpenError, Source, SourceArg};
use crate::formats::{Class, Format, Known};
use std::collections::BTreeMap;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// How sources are opened.
#[derive(Clone, Default)]
pub struct Options {
    /// Overrides what the content says.
    pub format: Option<&'static Format>,
    /// Threads that scan; 0 for one a core.
    pub threads: usize,
    /// Go on reading files that were written to lately.
    pub follow: bool,
    /// Asked now and then which recordings are being written at the moment. They belong to the session, whether they
    /// were named or not.
    pub running: Option<Running>,
}

/// Tells which recordings are being written at the moment.
pub type Running = Arc<dyn Fn() -> Vec<PathBuf> + Send + Sync>;

/// A session whose sources are open and whose first rows are there.
pub struct Loading {
    pub(super) session: SharedSession,
    pub(super) options: Options,
    pub(super) merge: Merge,
    /// Chunks that are still to be scanned.
    plan: Vec<(SourceId, Range<u64>)>,
}

/// A poisoned lock still guards good data: a thread that panicked is reported by its own panic.
pub fn lock_read(session: &SharedSession) -> RwLockReadGuard<'_, Session> {
    session
        .read()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

pub(super) fn lock_write(session: &SharedSession) -> RwLockWriteGuard<'_, Session> {
    session
        .write()
        .unwrap_or_else(|poisoned| poisoned.into_inner())
}

/// Opens everything that `args` names; several recordings are one case. Fails if any of them cannot be used.
pub fn open(args: &[SourceArg], options: Options) -> Result<Loading, OpenError> {
    let mut session = Session {
        sources: open_all(args, &options)?,
        ..Session::default()
    };
    if let Some(running) = &options.running {
        let running = running();
        let sources = session.sources.iter_mut();
        sources
            .filter(|source| running.contains(&source.at))
            .for_each(Source::begin_running);
    }
    let mut loading = Loading {
        merge: Merge::new(session.sources.len()),
        plan: plan(&session.sources),
        session: Arc::new(RwLock::new(session)),
        options,
    };
    loading.first();
    Ok(loading)
}

/// Opens every source, in the order in which they were named. Transcripts come last, because the names in them are taken
/// apart by what is known of the servers.
fn open_all(args: &[SourceArg], options: &Options) -> Result<Vec<Source>, OpenError> {
    let (mut files, mut cut) = (Vec::new(), Vec::new());
    for arg in args {
        match arg {
            SourceArg::Path(path) if path.is_dir() => {
                let (found, is_cut) = folder::recordings_in(path)?;
                cut.extend(is_cut.then(|| folder::cut_search(path)));
                if found.is_empty() {
                    return Err(OpenError::NoRecordings {
                        path: source::show(path),
                    });
                }
                files.extend(found.into_iter().map(SourceArg::Path));
            }
            other => files.push(other.clone()),
        }
    }
    let mut known = Known::default();
    let mut open: Vec<Option<Source>> = files.iter().map(|_| None).collect();
    for transcripts in [false, true] {
        for (place, file) in open.iter_mut().zip(&files) {
            let one = match file {
                _ if place.is_some() => continue,
                SourceArg::Path(path) => {
                    let is_transcript =
                        files.len() > 1 && source::class_of(path) == Some(Class::CallsOnly);
                    if is_transcript != transcripts {
                        continue;
                    }
                    Source::open(path, options.format, &known)?
                }
                SourceArg::Stdin => Source::stdin(options.format)?,
                SourceArg::Bundled { name, bytes } => Source::bundled(name, bytes)?,
            };
            if files.len() > 1 && !transcripts {
                one.labels(&mut known);
            }
            *place = Some(one);
        }
    }
    let mut sources: Vec<Source> = open.into_iter().flatten().collect();
    if let Some(first) = sources.first_mut() {
        first.notes.extend(cut);
    }
    // What is ordered by time with others, or waited for as a whole, is told to its end first.
    if sources.len() > 1 || !options.follow {
        for source in &mut sources {
            source.tell_all(!options.follow)?;
        }
    }
    Ok(sources)
}

/// Opens and indexes everything before it returns.
pub fn whole(args: &[SourceArg], options: Options) -> Result<SharedSession, OpenError> {
    let options = Options {
        follow: false,
        ..options
    };
    let mut loading = open(args, options)?;
    loading.run(&AtomicBool::new(false), &|| {});
    Ok(loading.session)
}

/// The first stretch of every source, then the rest, a chunk of each in turn.
fn plan(sources: &[Source]) -> Vec<(SourceId, Range<u64>)> {
    let mut first = Vec::new();
    let mut rest = Vec::new();
    for (n, source) in sources.iter().enumerate() {
        let id = SourceId(n as u16);
        first.push((id, 0..FIRST.min(source.bytes)));
        rest.extend(chunks(FIRST, source.bytes).map(|range| (id, range)));
    }
    rest.sort_by_key(|(_, range): &(SourceId, Range<u64>)| range.start);
    first.extend(rest);
    first
}

pub(super) fn chunks(from: u64, end: u64) -> impl Iterator<Item = Range<u64>> {
    (from..end)
        .step_by(CHUNK as usize)
        .map(move |at| at..(at + CHUNK).min(end))
}

/// What a scan of one source needs, apart from the session.
pub(super) struct Scan {
    file: Arc<File>,
    len: u64,
    lines: crate::formats::Lines,
    keys: std::hash::RandomState,
}

impl Scan {
    pub(super) fn of(session: &Session, id: SourceId) -> Scan {
        let source = &session.sources[id.index()];
        Scan {
            file: source.file.clone(),
            len: source.bytes,
            lines: source.reading,
            keys: session.keys.clone(),
        }
    }

    /// `begins` says that a line begins at the start of the range, whatever stands before it.
    pub(super) fn run(
        &self,
        range: Range<u64>,
        begins: bool,
        scratch: &mut Scratch,
    ) -> std::io::Result<Batch> {
        let chunks = Chunks {
            file: &self.file,
            len: self.len,
            lines: self.lines,
            keys: self.keys.clone(),
        };
        chunks.scan(range, begins, scratch)
    }
}

impl Loading {
    pub fn session(&self) -> SharedSession {
        self.session.clone()
    }

    /// Scans the first stretches, on this thread.
    fn first(&mut self) {
        let count = lock_read(&self.session).sources.len();
        let mut scratch = Scratch::default();
        for (id, range) in self.plan.drain(..count) {
            let scan = Scan::of(&lock_read(&self.session), id);
            let batch = scan.run(range.clone(), true, &mut scratch);
            let mut session = lock_write(&self.session);
            if let Ok(batch) = &batch
                && batch.end > range.start
            {
                // Room for as many rows as the rest will have, if it is like the start.
                let (rows, bytes) = (batch.entries.len() as u64, batch.end - range.start);
                session.expect(
                    (scan.len.saturating_mul(rows) / bytes.max(1)).min(1 << 28) as usize * 21 / 20,
                );
            }
            take(
                &mut session,
                &mut self.merge,
                id,
                batch,
                range.end >= scan.len,
            );
        }
    }

    /// Indexes what is left, until the end or until `stop`; `grew` is called whenever there are new rows. With
    /// `follow`, goes on watching files that were written to lately.
    pub fn run(&mut self, stop: &AtomicBool, grew: &(dyn Fn() + Sync)) {
        let plan = std::mem::take(&mut self.plan);
        if !plan.is_empty() {
            self.scan(&plan, stop, grew);
        }
        grew();
        self.tell_rest(stop, grew);
        self.follow(stop, grew);
    }

    /// Scans the planned chunks with as many threads as there are, this one among them, which also folds.
    fn scan(
        &mut self,
        plan: &[(SourceId, Range<u64>)],
        stop: &AtomicBool,
        grew: &(dyn Fn() + Sync),
    ) {
        let threads = match self.options.threads {
            0 => std::thread::available_parallelism().map_or(1, |n| n.get()),
            n => n,
        };
        let scans: Vec<Scan> = {
            let session = lock_read(&self.session);
            (0..session.sources.len())
                .map(|n| Scan::of(&session, SourceId(n as u16)))
                .collect()
        };
        let next = AtomicUsize::new(0);
        // The next chunk that nobody has taken, scanned.
        let work = |scratch: &mut Scratch| {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let (id, range) = plan.get(n).filter(|_| !stop.load(Ordering::Relaxed))?;
            Some((n, scans[id.index()].run(range.clone(), false, scratch)))
        };
        let (sender, receiver) = sync_channel(threads * 4);
        std::thread::scope(|scope| {
            for _ in 1..threads.min(plan.len()) {
                let (sender, work) = (sender.clone(), &work);
                scope.spawn(move || {
                    let mut scratch = Scratch::default();
                    while let Some(scanned) = work(&mut scratch) {
                        if sender.send(scanned).is_err() {
                            break;
                        }
                    }
                });
            }
            drop(sender);
            // Chunks are done in any order and are taken in theirs.
            let mut waiting = BTreeMap::new();
            let mut turn = 0;
            let mut scratch = Scratch::default();
            while let Some((n, batch)) = work(&mut scratch).or_else(|| receiver.recv().ok()) {
                waiting.insert(n, batch);
                waiting.extend(receiver.try_iter());
                let before = turn;
                while let Some(batch) = waiting.remove(&turn) {
                    let (id, range) = &plan[turn];
                    let last = range.end >= scans[id.index()].len;
                    let mut session = lock_write(&self.session);
                    take(&mut session, &mut self.merge, *id, batch, last);
                    turn += 1;
                }
                if turn > before {
                    grew();
                }
            }
        });
    }
}

/// Folds a chunk into the session, and [`drain`]s what can be told by it.
pub(super) fn take(
    session: &mut Session,
    merge: &mut Merge,
    id: SourceId,
    batch: std::io::Result<Batch>,
    last: bool,
) {
    put(session, merge, id, batch, last);
    drain(session, merge);
}

/// Folds a chunk into the session; its rows wait for those of other sources.
pub(super) fn put(
    session: &mut Session,
    merge: &mut Merge,
    id: SourceId,
    batch: std::io::Result<Batch>,
    last: bool,
) {
    match batch {
        Ok(mut batch) => {
            session.note_ending(id, &mut batch);
            let ready = session.admit(id, &batch);
            merge.put(id, ready);
        }
        Err(error) => {
            let source = &mut session.sources[id.index()];
            source.notes.push(format!(
                "Reading stopped at byte {}: {error}.",
                source.indexed
            ));
            merge.close(id);
            source.done = true;
        }
    }
    if last {
        let source = &mut session.sources[id.index()];
        source.done = source.pipe.is_none();
        merge.close(id);
    }
}

/// Appends the rows that no other source can have an earlier one for.
pub(super) fn drain(session: &mut Session, merge: &mut Merge) {
    while let Some(ready) = merge.next() {
        session.push(ready);
    }
}

/// Whether a path can be opened as a recording, and what it would be.
pub fn probe(path: &Path) -> Result<&'static Format, OpenError> {
    Source::open(path, None, &Known::default()).map(|source| source.format)
}

impl Merge {
    fn put(&mut self, id: SourceId, ready: Vec<Ready>) {
        self.extend(id.index(), ready);
    }

    fn close(&mut self, id: SourceId) {
        self.finish(id.index());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{self, Read};
    use std::time::Duration;

    /// Gives its pieces one a read, as a slow pipe does.
    struct Pieces(Vec<&'static [u8]>);

    impl Read for Pieces {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            std::thread::sleep(Duration::from_millis(5));
            if self.0.is_empty() {
                return Ok(0);
            }
            let piece = self.0.remove(0);
            buffer[..piece.len()].copy_from_slice(piece);
            Ok(piece.len())
        }
    }

    fn loading(source: Source, options: Options) -> Loading {
        let mut session = Session::default();
        session.sources.push(source);
        let mut loading = Loading {
            merge: Merge::new(1),
            plan: plan(&session.sources),
            session: Arc::new(RwLock::new(session)),
            options,
        };
        loading.first();
        loading
    }

    #[test]
    fn a_pipe_is_read_to_its_end_in_whatever_pieces_it_comes() {
        let pieces = vec![
            &b"{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n{\"jsonrpc\":"[..],
            b"\"2.0\",\"id\":1,",
            b"\"result\":{}}\n{\"jsonrpc\":\"2.0\",\"method\":\"x\"}",
            b"\n",
        ];
        let mut loading = loading(Source::pipe_of(Pieces(pieces)), Options::default());
        loading.run(&AtomicBool::new(false), &|| {});
        let session = lock_read(&loading.session);
        assert_eq!(session.len(), 3);
        assert_eq!(session.rows()[1].pair(), Some(super::super::RowId(0)));
        assert_eq!(session.sources[0].notes, Vec::<String>::new());
        assert!(session.progress().done);
    }
}
