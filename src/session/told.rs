//! Sources that are told in native lines: a reader goes through the file, and what it tells is appended to a spool,
//! which is indexed as any recording is.

use super::read::At;
use crate::formats::{Format, Known, Line, Log, Origin, Out, Reading};
use std::collections::HashMap;
use std::fs::File;
use std::hash::{BuildHasher, RandomState};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::SystemTime;

/// Longest line of a log that is held: beyond, it is cut and told so.
const LONG: usize = 256 << 20;
/// Most of a document that is read, since it has to be held whole.
const DOCUMENT: u64 = 1 << 30;
/// Bytes of a log that are read at one go.
const BLOCK: usize = 1 << 20;

/// What a step of telling came to.
#[derive(Default, Debug)]
pub struct Step {
    pub notes: Vec<String>,
    pub skipped: u64,
}

/// A file that is being told.
pub struct Telling {
    original: Arc<File>,
    /// Where it lies, to see whether a document was written anew.
    path: PathBuf,
    spool: File,
    /// Bytes of the spool.
    written: u64,
    teller: Teller,
}

enum Teller {
    Lines(Lines),
    Whole(Whole),
}

/// A log, told line by line.
struct Lines {
    log: Box<dyn Log>,
    /// Where the next line begins, and its number.
    at: u64,
    number: u32,
    /// The beginning of a line whose end is not there yet.
    pending: Vec<u8>,
    /// What was told last had no newline: one that comes now is its.
    open_end: bool,
    /// Lines came since the log was last told that there are no more.
    unrested: bool,
    /// Bytes of a line that is too long to be held.
    dropped: u64,
}

/// A document or a database, told whole; again when it has changed, without what was told already.
struct Whole {
    format: &'static Format,
    known: Known,
    /// How often each entry was told.
    told: HashMap<u64, u32>,
    keys: RandomState,
    /// What the file was like when it was told last.
    state: Option<State>,
}

/// Size and time of the last change of a file, and of the log that a database writes ahead of it.
type State = [Option<(u64, SystemTime)>; 2];

impl Telling {
    /// `None` for a format whose lines are read in place.
    pub fn of(
        original: Arc<File>,
        path: &Path,
        format: &'static Format,
        known: &Known,
    ) -> io::Result<Option<(Telling, File)>> {
        let teller = match &format.reading {
            Reading::Lines(_) => return Ok(None),
            Reading::Log(log) => Teller::Lines(Lines {
                log: log(known),
                at: 0,
                number: 1,
                pending: Vec::new(),
                open_end: false,
                unrested: false,
                dropped: 0,
            }),
            Reading::Document(_) | Reading::Database(_) => Teller::Whole(Whole {
                format,
                known: known.clone(),
                told: HashMap::new(),
                keys: RandomState::new(),
                state: None,
            }),
        };
        let spool = tempfile::tempfile()?;
        let read = spool.try_clone()?;
        let telling = Telling {
            original,
            path: path.to_owned(),
            spool,
            written: 0,
            teller,
        };
        Ok(Some((telling, read)))
    }

    /// Bytes of the spool so far.
    pub fn written(&self) -> u64 {
        self.written
    }

    pub fn original(&self) -> &Arc<File> {
        &self.original
    }

    /// Bytes of the original that were not looked at yet; of a document that was written anew, all.
    pub fn untold(&self) -> u64 {
        let len = self.size();
        match &self.teller {
            Teller::Lines(lines) => len.saturating_sub(lines.read_to()),
            Teller::Whole(whole) if whole.state == Some(self.state()) => 0,
            Teller::Whole(_) => len.max(1),
        }
    }

    /// How far the original was read; `None` for a document, which is told whole.
    pub fn read_to(&self) -> Option<u64> {
        match &self.teller {
            Teller::Lines(lines) => Some(lines.read_to()),
            Teller::Whole(_) => None,
        }
    }

    /// Size of the original by now.
    pub fn size(&self) -> u64 {
        match self.teller {
            Teller::Lines(_) => self.original.metadata().map_or(0, |meta| meta.len()),
            Teller::Whole(_) => self.state()[0].map_or(0, |(len, _)| len),
        }
    }

    fn state(&self) -> State {
        let mut ahead = self.path.clone().into_os_string();
        ahead.push("-wal");
        [self.path.as_os_str(), &ahead].map(|path| {
            let meta = std::fs::metadata(path).ok()?;
            Some((meta.len(), meta.modified().ok()?))
        })
    }

    /// Whether something waits for what comes next: the beginning of a line for its end, or an entry for its last line.
    pub fn is_pending(&self) -> bool {
        match &self.teller {
            Teller::Lines(lines) => lines.unrested || !lines.pending.is_empty(),
            Teller::Whole(_) => false,
        }
    }

    /// Tells what is there by now, up to about `most` bytes of the original. With `settle`, nothing more is expected:
    /// what waits for its end is told as it is.
    ///
    /// # Errors
    /// Where the original cannot be read, or the spool cannot be written.
    pub fn go_on(&mut self, most: u64, settle: bool) -> io::Result<Step> {
        let state = self.state();
        let mut lines = Vec::new();
        let mut sink = Appended {
            file: &self.spool,
            written: &mut self.written,
            buffer: &mut lines,
        };
        let mut step = Step::default();
        match &mut self.teller {
            Teller::Lines(lines) => {
                let mut out = Out::new(&mut sink);
                let read = lines.go_on(&self.original, most, settle, &mut out);
                (step.notes, step.skipped) = out.finish()?;
                read?;
            }
            Teller::Whole(whole) => {
                // A client writes a document anew in the place of the old one.
                if whole.state.is_some()
                    && let Ok(file) = File::open(&self.path)
                {
                    self.original = Arc::new(file);
                }
                whole.state = Some(state);
                step = whole.tell(&self.original, &self.path, &mut sink)?;
            }
        }
        sink.flush()?;
        Ok(step)
    }
}

impl Lines {
    /// Behind the last byte that was read.
    fn read_to(&self) -> u64 {
        self.at + self.pending.len() as u64 + self.dropped
    }

    fn go_on(&mut self, file: &File, most: u64, settle: bool, out: &mut Out<'_>) -> io::Result<()> {
        let mut block = vec![0; BLOCK];
        let mut from = self.read_to();
        let mut read = 0;
        let mut ended = false;
        while read < most {
            let n = match (At { file, offset: from }).read(&mut block) {
                Ok(n) => n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            if n == 0 {
                ended = true;
                break;
            }
            (from, read) = (from + n as u64, read + n as u64);
            self.feed(&block[..n], out);
        }
        if settle && ended {
            if !self.pending.is_empty() {
                let pending = std::mem::take(&mut self.pending);
                self.line(&pending, 0, out);
                self.open_end = true;
            }
            self.log.rest(out);
            self.unrested = false;
        }
        Ok(())
    }

    fn feed(&mut self, mut block: &[u8], out: &mut Out<'_>) {
        if std::mem::take(&mut self.open_end) {
            // The end of a line that was told without it.
            let end = block.iter().take_while(|b| **b == b'\r').count();
            if block.get(end) == Some(&b'\n') {
                self.at += end as u64 + 1;
                block = &block[end + 1..];
            }
        }
        while let Some(newline) = memchr::memchr(b'\n', block) {
            if self.pending.is_empty() {
                self.line(&block[..newline], 1, out);
            } else {
                self.hold(&block[..newline]);
                let pending = std::mem::take(&mut self.pending);
                self.line(&pending, 1, out);
            }
            block = &block[newline + 1..];
        }
        self.hold(block);
    }

    fn hold(&mut self, piece: &[u8]) {
        let keep = piece.len().min(LONG - self.pending.len().min(LONG));
        self.pending.extend_from_slice(&piece[..keep]);
        self.dropped += (piece.len() - keep) as u64;
    }

    /// Tells one line; `end` is the length of its newline.
    fn line(&mut self, line: &[u8], end: u64, out: &mut Out<'_>) {
        let whole = line.len() as u64 + self.dropped;
        if self.dropped > 0 {
            out.note(format!(
                "Line {} is {whole} bytes long; only its first {LONG} bytes were read.",
                self.number
            ));
            self.dropped = 0;
        }
        let origin = Origin {
            line: self.number,
            offset: self.at,
            len: u32::try_from(whole).unwrap_or(u32::MAX),
        };
        let mut text = line.strip_suffix(b"\r").unwrap_or(line);
        if self.number == 1 {
            text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        }
        self.log.line(Line { text, origin }, out);
        self.unrested = true;
        self.at += whole + end;
        self.number = self.number.saturating_add(1);
    }
}

impl Whole {
    fn tell(&mut self, file: &File, path: &Path, sink: &mut Appended<'_>) -> io::Result<Step> {
        let mut fresh = Fresh {
            told: &mut self.told,
            seen: HashMap::new(),
            keys: &self.keys,
            line: Vec::new(),
            sink,
        };
        let mut out = Out::new(&mut fresh);
        match &self.format.reading {
            Reading::Document(tell) => {
                let mut text = Vec::new();
                At { file, offset: 0 }
                    .take(DOCUMENT)
                    .read_to_end(&mut text)?;
                if text.len() as u64 == DOCUMENT {
                    out.note("The document is larger than 1 GiB; only its first 1 GiB was read.");
                }
                tell(&text, &self.known, &mut out);
            }
            Reading::Database(tell) => tell(path, &self.known, &mut out),
            Reading::Lines(_) | Reading::Log(_) => {}
        }
        let (notes, skipped) = out.finish()?;
        Ok(Step { notes, skipped })
    }
}

/// Appends to the spool in pieces of some size.
struct Appended<'s> {
    file: &'s File,
    written: &'s mut u64,
    buffer: &'s mut Vec<u8>,
}

impl Write for Appended<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend_from_slice(bytes);
        if self.buffer.len() >= BLOCK {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        (&mut &*self.file).write_all(self.buffer)?;
        *self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Ok(())
    }
}

/// Passes on the lines that were not told before.
struct Fresh<'s, 'a> {
    told: &'s mut HashMap<u64, u32>,
    /// How often each came this time.
    seen: HashMap<u64, u32>,
    keys: &'s RandomState,
    line: Vec<u8>,
    sink: &'s mut Appended<'a>,
}

impl Write for Fresh<'_, '_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.line.extend_from_slice(bytes);
        // One entry is one write, and ends with its newline.
        if self.line.last() == Some(&b'\n') {
            let entry = self.keys.hash_one(without_origin(&self.line));
            let seen = self.seen.entry(entry).or_default();
            *seen += 1;
            let told = self.told.entry(entry).or_default();
            if *seen > *told {
                *told = *seen;
                self.sink.write_all(&self.line)?;
            }
            self.line.clear();
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.sink.flush()
    }
}

/// An entry apart from its place in the file, which moves when something is written before it.
fn without_origin(line: &[u8]) -> (&[u8], &[u8]) {
    let Some(at) = memchr::memmem::find(line, b",\"origin\":[") else {
        return (line, b"");
    };
    let end = memchr::memchr(b']', &line[at..]).map_or(line.len(), |end| at + end);
    (&line[..at], &line[end..])
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, Options, lock_read};
    use super::super::source::SourceArg;
    use super::*;
    use crate::formats::{Class, Entry};
    use std::sync::atomic::AtomicBool;

    /// A log of words, one a line; a line that begins with `+` goes on with the one before.
    struct Words {
        word: Vec<u8>,
        at: Origin,
    }

    impl Log for Words {
        fn line(&mut self, line: Line<'_>, out: &mut Out<'_>) {
            if let Some(more) = line.text.strip_prefix(b"+") {
                self.word.extend_from_slice(more);
                self.at = self.at.to(line.origin);
                return;
            }
            self.rest(out);
            self.word = line.text.to_vec();
            self.at = line.origin;
        }

        fn rest(&mut self, out: &mut Out<'_>) {
            if !self.word.is_empty() {
                out.stderr(&Entry::at(self.at), &std::mem::take(&mut self.word));
            }
        }
    }

    static WORDS: Format = Format {
        id: "words",
        title: "words",
        class: Class::ConnectionsOnly,
        signs: "words",
        score: |_| 0,
        reading: Reading::Log(|_| {
            Box::new(Words {
                word: Vec::new(),
                at: Origin::default(),
            })
        }),
    };

    fn told(session: &super::super::SharedSession) -> Vec<(u32, String)> {
        let session = lock_read(session);
        let rows = (0..session.len()).map(|n| super::super::RowId(n as u32));
        rows.map(|id| {
            let text = session.read(id).unwrap().text().unwrap();
            let text = String::from_utf8(text.as_raw().bytes().to_vec()).unwrap();
            (session.row(id).line, text)
        })
        .collect()
    }

    #[test]
    fn a_log_is_told_with_its_own_lines_and_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.log");
        std::fs::write(&path, "one\r\ntwo\n+three\nfo").unwrap();
        let options = Options {
            format: Some(&WORDS),
            follow: true,
            ..Options::default()
        };
        let mut loading = load::open(&[SourceArg::Path(path.clone())], options.clone()).unwrap();
        loading.run(&AtomicBool::new(true), &|| {});
        let say = |told: &[(u32, &str)]| -> Vec<(u32, String)> {
            told.iter().map(|(n, s)| (*n, (*s).to_owned())).collect()
        };
        assert_eq!(told(&loading.session()), say(&[(1, "one")]));
        let mut file = File::options().append(true).open(&path).unwrap();
        file.write_all(b"ur\nfive\n").unwrap();
        loading.catch_up();
        let all = [(1, "one"), (2, "twothree"), (4, "four")];
        assert_eq!(told(&loading.session()), say(&all));
        let whole = load::whole(&[SourceArg::Path(path)], options).unwrap();
        assert_eq!(told(&whole), say(&[&all[..], &[(5, "five")]].concat()));
    }
}
