//! Recordings as they are written.
//!
//! A recording is a file to which whole lines are appended, one write for what was read at one go: what was written
//! survives the death of the recorder. Sequence and time are taken and the line is written under one lock, so the order
//! of the file is the order of the sequence. Nothing that happens to the file ever reaches the session that is recorded:
//! what cannot be written is counted, and told as soon as writing works again.

mod body;
mod clock;
mod entry;
mod keeper;
pub mod limits;
mod long;
mod output;
mod writer;

#[cfg(test)]
mod tests;

pub use body::{Body, Shape};
pub use entry::{Entry, HttpFacts, Marks, Sse};

use crate::wire::id::Direction;
use crate::wire::json::{Judged, Whole};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::ffi::OsString;
use std::io;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use writer::Writer;

/// What is recorded.
#[derive(Clone)]
pub struct Start<'a> {
    /// The server's label, of any characters.
    pub label: &'a str,
    pub transport: Transport,
    /// The session's id; made of the label, the process and a nonce where it is `None`.
    pub session: Option<String>,
    /// Facts for the first line: command, cwd, env_names, pid, client, user, upstream, …
    pub meta: Map<String, Value>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Transport {
    Stdio,
    Http,
}

impl Transport {
    /// The word in the native format.
    pub fn name(self) -> &'static str {
        match self {
            Transport::Stdio => "stdio",
            Transport::Http => "http",
        }
    }
}

/// Takes out of a message what must not be kept.
pub trait Redact: Send + Sync {
    /// The bytes of one message (JSON or text), without secrets. Valid JSON stays valid.
    fn redact<'a>(&self, line: &'a [u8]) -> Cow<'a, [u8]>;

    /// The words of a command line, as they may be kept.
    fn argv(&self, words: &[OsString]) -> Vec<String> {
        words
            .iter()
            .map(|word| {
                let kept = self.redact(word.as_encoded_bytes());
                lossy_text(&kept)
            })
            .collect()
    }
}

/// Text for the facts of a recording; what is not UTF-8 in it is replaced.
pub fn lossy_text(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push('\u{FFFD}');
        }
    }
    text
}

/// How it is recorded.
#[derive(Clone, Default)]
pub struct Options {
    /// The folder; `None` for that of the recordings of this machine.
    pub folder: Option<PathBuf>,
    /// The file instead, which must not exist yet.
    pub file: Option<PathBuf>,
    /// Bytes from which on a new part is begun.
    pub rotate: Option<u64>,
    pub redactor: Option<Arc<dyn Redact>>,
}

impl Options {
    /// Whether a file that somebody asked for can be made. A recorder never stops a session; who names a file should be
    /// told before one begins.
    ///
    /// # Errors
    /// Where it is there already, or its folder is not there or cannot be written.
    pub fn check(&self) -> Result<(), RecordError> {
        let Some(file) = &self.file else {
            return Ok(());
        };
        let fails = |error: io::Error| RecordError::Create {
            path: file.clone(),
            error,
        };
        if file.file_name().is_none() {
            return Err(RecordError::NoName);
        }
        if file.symlink_metadata().is_ok() {
            return Err(fails(io::Error::other(
                "it exists already; name another file",
            )));
        }
        let folder = match file.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder,
            _ => Path::new("."),
        };
        if !folder.metadata().map_err(fails)?.is_dir() {
            return Err(fails(io::Error::other(
                "what it is to stand in is no folder",
            )));
        }
        #[cfg(unix)]
        rustix::fs::access(folder, rustix::fs::Access::WRITE_OK)
            .map_err(|error| fails(error.into()))?;
        Ok(())
    }
}

/// Why there is no file. The recorder counts what it cannot write, and tries again.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error("there is no folder for recordings, because the home folder is not known: name a file")]
    NoFolder,
    #[error("the recording needs the name of a file, not of a folder")]
    NoName,
    #[error("the folder {} cannot be created: {error}", show(.folder))]
    Folder { folder: PathBuf, error: io::Error },
    #[error("the recording {} cannot be created: {error}", show(.path))]
    Create { path: PathBuf, error: io::Error },
    #[error("the recording {} cannot be written: {error}", show(.path))]
    Write { path: PathBuf, error: io::Error },
}

fn show(path: &Path) -> String {
    crate::text::Raw::new(path.as_os_str().as_encoded_bytes()).label(200)
}

/// A line inside a buffer of several that are written at one go.
#[derive(Clone, Debug)]
pub struct Line {
    /// Without the end of the line.
    pub range: Range<usize>,
    pub shape: Shape,
    pub marks: Marks,
}

/// Writes one session. Clones write the same.
#[derive(Clone)]
pub struct Recorder(Arc<Shared>);

struct Shared {
    session: String,
    redactor: Option<Arc<dyn Redact>>,
    writer: Mutex<Writer>,
    moved: Mutex<Vec<Moved>>,
}

type Moved = Box<dyn Fn(&Path) + Send>;

impl Recorder {
    /// Begins a recording. It is returned in any case; with the reason, where no file could be made for it yet.
    pub fn create(start: Start<'_>, options: Options) -> (Recorder, Option<RecordError>) {
        limits::survive();
        let session = start.session.unwrap_or_else(|| session_id(start.label));
        let redactor = options.redactor.clone();
        let (writer, error) =
            Writer::create(&session, start.label, start.transport, start.meta, &options);
        let shared = Arc::new(Shared {
            session,
            redactor,
            writer: Mutex::new(writer),
            moved: Mutex::default(),
        });
        keeper::keep(&shared);
        (Recorder(shared), error)
    }

    /// The id of the session.
    pub fn session(&self) -> &str {
        &self.0.session
    }

    /// The newest part; `None` as long as no file could be made.
    pub fn path(&self) -> Option<PathBuf> {
        self.0.lock().path()
    }

    /// The folder of its parts.
    pub fn folder(&self) -> Option<PathBuf> {
        self.0.lock().folder()
    }

    /// Entries that could not be written so far.
    pub fn dropped(&self) -> u64 {
        self.0.lock().dropped()
    }

    /// Whether messages are redacted before they are written.
    pub fn redacts(&self) -> bool {
        self.0.redactor.is_some()
    }

    /// Asks to be told of new parts. The call comes from another thread, within a second or so.
    pub fn on_new_part(&self, tell: impl Fn(&Path) + Send + 'static) {
        self.0
            .moved
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(Box::new(tell));
    }

    /// Writes one entry, and gives its sequence number.
    pub fn write(&self, entry: &Entry<'_>) -> u64 {
        match entry.body {
            Body::File { file, len } => self.write_file(entry, file, len),
            Body::Bytes(bytes) => {
                let kept = self.redact(bytes);
                let redacted = kept.as_ref() != bytes;
                let shape = shape_of(&kept);
                let mut writer = self.0.lock();
                writer.begin();
                let seq = writer.entry(entry, Some((&kept, shape)), redacted);
                writer.end();
                seq
            }
            Body::None => {
                let mut writer = self.0.lock();
                writer.begin();
                let seq = writer.entry(entry, None, false);
                writer.end();
                seq
            }
        }
    }

    /// Writes lines that were read at one go, with one write. Their shapes must be those of [`shape_of`].
    pub fn lines(&self, direction: Direction, buffer: &[u8], lines: &[Line]) -> u64 {
        if self.redacts() {
            return self.redacted_lines(direction, buffer, lines);
        }
        let mut writer = self.0.lock();
        writer.begin();
        let seq = writer.lines(direction, buffer, lines);
        writer.end();
        seq
    }

    fn redacted_lines(&self, direction: Direction, buffer: &[u8], lines: &[Line]) -> u64 {
        let mut seq = 0;
        for line in lines {
            seq = self.write(&Entry {
                direction,
                body: Body::Bytes(&buffer[line.range.clone()]),
                http: None,
                marks: line.marks,
            });
        }
        seq
    }

    /// A word of the recorder itself, in one write.
    pub fn meta(&self, event: &str, facts: Map<String, Value>) -> u64 {
        let mut writer = self.0.lock();
        writer.begin();
        let seq = writer.meta(event, facts);
        writer.end();
        seq
    }

    /// The last entry, with what was dropped. The file is on the disk when this returns, unless that would take long.
    pub fn finish(&self, mut facts: Map<String, Value>) {
        let files = {
            let mut writer = self.0.lock();
            writer.retry();
            writer.begin();
            facts.insert("dropped".into(), writer.dropped().into());
            writer.meta("exit", facts);
            writer.end();
            writer.take_unsynced(true)
        };
        for file in files {
            // There is nobody left to tell that the disk is slow or gone.
            let _ = file.sync_data();
        }
    }

    /// What may be kept of a message.
    fn redact<'a>(&self, bytes: &'a [u8]) -> Cow<'a, [u8]> {
        match &self.0.redactor {
            Some(redactor) => redactor.redact(bytes),
            None => Cow::Borrowed(bytes),
        }
    }

    fn write_file(&self, entry: &Entry<'_>, file: &std::fs::File, len: u64) -> u64 {
        /// Longest message that is read into memory to be redacted.
        const LONGEST: u64 = 16 << 20;
        if self.redacts() {
            let mut text = Vec::new();
            if len <= LONGEST {
                let read = body::pieces(file, len, &mut |piece| {
                    text.extend_from_slice(piece);
                    Ok(())
                });
                if read.is_ok() {
                    let body = Body::Bytes(&text);
                    return self.write(&Entry { body, ..*entry });
                }
            }
            // Too long to look through, and so too long to keep.
            let marks = Marks {
                truncated: true,
                ..entry.marks
            };
            let note = format!("«a message of {len} bytes was too long to be redacted»");
            let mut writer = self.0.lock();
            writer.begin();
            let entry = Entry { marks, ..*entry };
            let seq = writer.entry(&entry, Some((note.as_bytes(), Shape::Text)), true);
            writer.end();
            return seq;
        }
        let mut judge = Whole::default();
        let mut lines = false;
        let read = body::pieces(file, len, &mut |piece| {
            lines |= memchr::memchr(b'\n', piece).is_some();
            judge.feed(piece);
            Ok(())
        });
        let shape = shape(judge.finish(), lines);
        self.0.lock().file(entry, file, len, shape, read.err())
    }

    /// Writes a long entry whose shape is known.
    pub fn spilled(&self, entry: &Entry<'_>, file: &std::fs::File, len: u64, shape: Shape) -> u64 {
        if self.redacts() {
            return self.write_file(entry, file, len);
        }
        self.0.lock().file(entry, file, len, shape, None)
    }

    /// Counts an entry that could not be kept until it was whole.
    pub fn lose(&self, reason: &str) {
        self.0.lock().lose(1, reason.into());
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Writer> {
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How a body that is held in memory is written.
pub fn shape_of(text: &[u8]) -> Shape {
    let mut judge = Whole::default();
    shape(judge.judge(text), memchr::memchr(b'\n', text).is_some())
}

/// The shape of what was judged; `lines` says that there are ends of lines in it.
pub fn shape(judged: Judged, lines: bool) -> Shape {
    match judged {
        Judged { json: true, .. } if lines => Shape::JsonLines,
        Judged { json: true, .. } => Shape::Json,
        Judged { utf8: true, .. } => Shape::Text,
        _ => Shape::Bytes,
    }
}

/// `<label>-<pid>-<nonce>`, safe as the name of a file.
pub fn session_id(label: &str) -> String {
    let nonce = getrandom::u32().unwrap_or_else(|_| {
        // No randomness is left: the time will do, it only keeps names apart.
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.unwrap_or_default().subsec_nanos()
    });
    format!("{}-{}-{nonce:08x}", file_name(label), std::process::id())
}

/// A label as a part of a file's name: letters, digits, `.`, `_` and `-`, and no more than 64 of them.
fn file_name(label: &str) -> String {
    let name: String = label
        .chars()
        .map(|c| match c {
            'a'..='z' | 'A'..='Z' | '0'..='9' | '_' | '-' => c,
            _ => '_',
        })
        .take(64)
        .collect();
    if name.is_empty() {
        "server".into()
    } else {
        name
    }
}
