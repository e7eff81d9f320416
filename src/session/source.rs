//! Where rows come from: files, folders, standard input.

use super::fate::Fate;
use super::grow::Ending;
pub use super::open_error::OpenError;
use super::row::ConnId;
use super::spool;
use super::told::Telling;
use super::unpack;
use crate::formats::{self, Class, Format, Known, Lines, Reading};
use crate::text::{Raw, RawBuf};
use crate::wire::id::MessageKind;
use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// What a person names on the command line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SourceArg {
    /// A file, or a folder of recordings.
    Path(PathBuf),
    /// Standard input.
    Stdin,
    /// A recording inside the program, with the name that it goes by.
    Bundled {
        name: &'static str,
        bytes: &'static [u8],
    },
}

impl SourceArg {
    pub fn from_word(word: &std::ffi::OsStr) -> Self {
        if word == "-" || word == "/dev/stdin" {
            SourceArg::Stdin
        } else {
            SourceArg::Path(word.into())
        }
    }
}

/// One recording that is open.
pub struct Source {
    /// The path as it was given. A file's name is as untrusted as its content.
    pub path: RawBuf,
    pub format: &'static Format,
    pub class: Class,
    /// Size of the file so far.
    pub size: u64,
    /// Bytes to be indexed so far: of what is told in native lines, those of its spool.
    pub bytes: u64,
    /// Bytes that are in the index.
    pub indexed: u64,
    /// Lines so far, blank ones included.
    pub lines: u64,
    pub blank: u64,
    /// Rows that are messages or text, and rows that could not be read as what they should be.
    pub messages: u64,
    pub unreadable: u64,
    /// Rows that are no messages: connects, failures, what a person or the model said.
    pub events: u64,
    /// Of the messages, those that another place had already: they have no row of their own.
    pub repeated: u64,
    /// Lines or records with nothing for a session in them.
    pub skipped: u64,
    /// Bytes of byte order marks, at the start and where files were joined.
    pub bom: u32,
    /// What a person should know of the source, as sentences.
    pub notes: Vec<String>,
    /// How its last line ends so far.
    pub(super) ending: Ending,
    /// The connection of its last line that says one.
    pub(super) near: Option<ConnId>,
    /// Indexed to the end.
    pub done: bool,
    /// It is being written at the moment.
    pub running: bool,
    /// What became of its file since it was opened.
    pub fate: Fate,
    /// Its lines are read as they are because of its name alone: what is no message of the protocol is not read.
    pub(super) by_name: bool,
    /// It may still grow, and is looked after.
    pub followed: bool,
    /// The content was converted into a spool, or came through a pipe: offsets are those of the spool.
    pub spooled: bool,
    /// The reader that fills the spool.
    pub(super) told: Option<Arc<Mutex<Telling>>>,
    /// The pipe that the spool is still being filled from.
    pub(super) pipe: Option<Arc<spool::PipeState>>,
    pub(super) file: Arc<File>,
    pub(super) at: PathBuf,
    pub(super) reading: Lines,
}

impl Source {
    /// Whether answers may still come: it is being written, or comes through a pipe that has not ended.
    pub fn may_answer(&self) -> bool {
        self.running || self.pipe.is_some()
    }
}

/// A path made safe to print.
pub fn show(path: &Path) -> String {
    Raw::new(path.as_os_str().as_encoded_bytes()).label(400)
}

/// Said of a file in which nothing was recognised.
const BY_NAME: &str = "No format knows its content. Because of its name it is read line by line, and what is no message is shown as it is.";

fn is_lines_by_name(path: &Path) -> bool {
    let extension = path.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("jsonl" | "ndjson"))
}

/// Said of a file whose lines do not end in line feeds.
const CARRIAGE_RETURNS: &str = "Its lines end with carriage returns alone, so all of them count as one: convert them to line feeds (`tr '\\r' '\\n'`) and open it again.";

/// Bytes of a log that are told before the first screen is drawn.
const AT_ONCE: u64 = 4 << 20;

/// The first bytes of a file.
pub(super) fn head(file: &File) -> io::Result<Vec<u8>> {
    use io::Read;
    let mut head = Vec::new();
    // Not beyond its size: some files of the system say 0, and make a reader wait for ever.
    let most = file.metadata()?.len().min(formats::detect::HEAD as u64);
    super::read::At { file, offset: 0 }
        .take(most)
        .read_to_end(&mut head)?;
    Ok(head)
}

/// Opens what can be read to an end.
pub(super) fn regular(path: &Path) -> Result<File, OpenError> {
    let fail = |error| OpenError::io(path, error);
    let kind = fs::metadata(path).map_err(fail)?;
    match no_file(path, &kind) {
        Some(what) => Err(OpenError::NotAFile {
            path: show(path),
            what,
        }),
        None => File::open(path).map_err(fail),
    }
}

impl Source {
    /// Opens a file. `format` overrides what its content says.
    pub fn open(
        path: &Path,
        format: Option<&'static Format>,
        known: &Known,
    ) -> Result<Source, OpenError> {
        let file = regular(path)?;
        let name = RawBuf::from(path.as_os_str().as_encoded_bytes().to_vec());
        Self::of_file(name, path, file, format, known)
    }

    /// A recording that is held in memory.
    pub fn bundled(name: &str, bytes: &[u8]) -> Result<Source, OpenError> {
        let path = Path::new(name);
        let file = spool::of_bytes(bytes).map_err(|error| OpenError::io(path, error))?;
        let mut source = Self::of_file(RawBuf::from(name), path, file, None, &Known::default())?;
        source.spooled = true;
        Ok(source)
    }

    /// Standard input, copied into a spool while it comes. What has to be read whole is waited for.
    pub fn stdin(format: Option<&'static Format>) -> Result<Source, OpenError> {
        use io::IsTerminal;
        if io::stdin().is_terminal() {
            return Err(OpenError::Terminal);
        }
        Self::pipe(io::stdin(), format)
    }

    fn pipe(
        input: impl io::Read + Send + 'static,
        format: Option<&'static Format>,
    ) -> Result<Source, OpenError> {
        let path = Path::new("(standard input)");
        let fail = |error| OpenError::io(path, error);
        let pipe = spool::of_pipe(input).map_err(fail)?;
        let begin = head(&pipe.file).map_err(fail)?;
        let format = format.or_else(|| formats::detect(&begin).format);
        if !format.is_some_and(Format::is_lines) || unpack::Packing::of(&begin).is_some() {
            while !pipe.state.ended() {
                std::thread::sleep(std::time::Duration::from_millis(10));
            }
        }
        let mut source = Self::of_file(
            RawBuf::from("(standard input)"),
            path,
            pipe.file,
            format,
            &Known::default(),
        )?;
        source.spooled = true;
        source.pipe = Some(pipe.state);
        Ok(source)
    }

    #[cfg(test)]
    pub(super) fn pipe_of(input: impl io::Read + Send + 'static) -> Source {
        Self::pipe(input, None).expect("a pipe of the test")
    }

    fn of_file(
        name: RawBuf,
        path: &Path,
        file: File,
        format: Option<&'static Format>,
        known: &Known,
    ) -> Result<Source, OpenError> {
        let fail = |error| OpenError::io(path, error);
        let size = file.metadata().map_err(fail)?.len();
        let mut begin = head(&file).map_err(fail)?;
        let (mut file, mut notes, mut spooled) = (file, Vec::new(), false);
        // A packed file may be packed twice (`.jsonl.gz` of UTF-16), but not for ever.
        for _ in 0..2 {
            let Some(packing) = unpack::Packing::of(&begin) else {
                break;
            };
            let opened = packing.unpack(&file).map_err(fail)?;
            (file, spooled) = (opened.file, true);
            notes.extend(opened.notes);
            begin = head(&file).map_err(fail)?;
        }
        let mut by_name = false;
        let detected = formats::detect(&begin);
        if format.is_none()
            && let (Some(first), Some(second)) = (detected.format, detected.doubt())
        {
            notes.push(format!(
                "It is read as {}, but it could be {} as well: `--format {}` reads it so.",
                first.title, second.title, second.id
            ));
        }
        let format = match format.or(detected.format) {
            Some(format) => format,
            // An empty file is no mistake: there is nothing in it, and that is what will be said.
            None if begin.trim_ascii().is_empty() || begin == b"\xef\xbb\xbf" => {
                &formats::bare::FORMAT
            }
            // Where the content says nothing, the name may: broken lines are to be seen, too.
            None if is_lines_by_name(path) && !begin.contains(&0) => {
                notes.push(BY_NAME.to_string());
                by_name = true;
                &formats::bare::FORMAT
            }
            None => {
                return Err(OpenError::Unknown {
                    path: show(path),
                    looks: looks(&begin),
                    formats: ids(),
                });
            }
        };
        let mut file = Arc::new(file);
        let mut told = None;
        let lines = match &format.reading {
            Reading::Lines(lines) => *lines,
            _ => {
                // What was unpacked has no path, and a database is opened by its path.
                let at = spooled
                    .then(|| unpack::named(&file))
                    .transpose()
                    .map_err(fail)?;
                let at = at.as_ref().map_or(path, |copy| copy.path());
                let telling = Telling::of(file.clone(), at, format, known).map_err(fail)?;
                if let Some((mut telling, spool)) = telling {
                    let step = telling.go_on(AT_ONCE, false).map_err(fail)?;
                    notes.extend(step.notes);
                    told = Some((telling, step.skipped));
                    file = Arc::new(spool);
                }
                formats::native::LINES
            }
        };
        let bytes = match &told {
            Some((telling, _)) => telling.written(),
            None => file.metadata().map_err(fail)?.len(),
        };
        let skipped = told.as_ref().map_or(0, |(_, skipped)| *skipped);
        if begin.windows(2).any(|two| two == b"\r{") && !begin.contains(&b'\n') {
            notes.push(CARRIAGE_RETURNS.to_string());
        }
        Ok(Source {
            path: name,
            format,
            class: match format.id == formats::native::FORMAT.id {
                true => formats::native::exported(&begin).unwrap_or(format.class),
                false => format.class,
            },
            size,
            bytes,
            indexed: 0,
            lines: 0,
            blank: 0,
            messages: 0,
            unreadable: 0,
            events: 0,
            repeated: 0,
            skipped,
            bom: 0,
            notes,
            ending: Ending::default(),
            near: None,
            done: false,
            running: false,
            fate: Fate::Same,
            by_name,
            followed: false,
            spooled,
            told: told.map(|(telling, _)| Arc::new(Mutex::new(telling))),
            pipe: None,
            file,
            at: path.to_path_buf(),
            reading: lines,
        })
    }

    /// The last part of the path, made safe to print.
    pub fn name(&self) -> String {
        match self.at.file_name() {
            Some(name) => Raw::new(name.as_encoded_bytes()).label(80),
            None => self.path.as_raw().label(80),
        }
    }

    /// Whether a row of this kind counts as one that could not be read.
    pub(super) fn is_lost(&self, kind: MessageKind) -> bool {
        use MessageKind::{Other, Text, Unreadable};
        kind == Unreadable || self.by_name && matches!(kind, Other | Text)
    }

    /// Lines that could not be read, but for a last one whose end may still be written.
    pub fn lost(&self) -> u64 {
        let pending = self.followed && matches!(self.ending, Ending::Torn(..));
        self.unreadable.saturating_sub(u64::from(pending))
    }

    /// Whether its bodies are told in native words, because the format has others.
    pub fn is_told(&self) -> bool {
        self.told.is_some() || self.ids_are_global()
    }

    /// The file, if it is one that has a place of its own.
    pub fn file_path(&self) -> Option<&Path> {
        (self.pipe.is_none() && self.at.is_file()).then_some(&*self.at)
    }

    /// Whether an id means one and the same call on whatever connection: in transcripts.
    pub(super) fn ids_are_global(&self) -> bool {
        matches!(self.reading.message, formats::Message::Told(_))
    }

    /// The servers that its first stretch names.
    pub(super) fn labels(&self, known: &mut Known) {
        let chunks = super::Chunks {
            file: &self.file,
            len: self.bytes,
            lines: self.reading,
            keys: std::hash::RandomState::new(),
        };
        let first = 0..super::chunk::FIRST.min(self.bytes);
        if let Ok(batch) = chunks.scan(first, true, &mut super::Scratch::default()) {
            let names: Vec<_> = batch.names.iter().collect();
            for entry in &batch.entries {
                known.server(names[entry.label as usize].bytes());
            }
        }
    }

    /// The label of a server that has no other: what clients call the log of a server by it, or else the file's name
    /// without its extensions.
    pub(super) fn stem(&self) -> Box<[u8]> {
        if let Some(server) = server_of(&self.at) {
            return server.into();
        }
        let name = self
            .at
            .file_name()
            .map_or(&b"server"[..], |name| name.as_encoded_bytes());
        name.split(|b| *b == b'.')
            .next()
            .filter(|stem| !stem.is_empty())
            .unwrap_or(name)
            .into()
    }
}

/// The server that the path of a client's log names: `mcp-logs-NAME/…` (Claude Code), `MCP user-NAME.log` (Cursor).
fn server_of(path: &Path) -> Option<&[u8]> {
    let folder = path.parent().and_then(Path::file_name);
    let folder = folder.and_then(|name| name.as_encoded_bytes().strip_prefix(b"mcp-logs-"));
    let name = path.file_name()?.as_encoded_bytes().strip_suffix(b".log");
    let own = name.and_then(|name| name.strip_prefix(b"MCP user-"));
    folder.or(own).filter(|server| !server.is_empty())
}

/// What kind of recording a file is, by its first bytes; `None` where it is packed or not known.
pub(super) fn class_of(path: &Path) -> Option<Class> {
    let head = head(&File::open(path).ok()?).ok()?;
    Some(formats::detect(&head).format?.class)
}

/// The reader of a source; a thread that panicked with it has told so.
pub(super) fn lock(telling: &Mutex<Telling>) -> std::sync::MutexGuard<'_, Telling> {
    telling.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What a path is, if it is no file that can be read to an end.
fn no_file(path: &Path, kind: &Metadata) -> Option<&'static str> {
    if kind.is_dir() {
        return Some("a folder");
    }
    if path == Path::new("/dev/null") {
        return None;
    }
    #[cfg(target_os = "linux")]
    if kind.len() == 0 && is_of_the_system(path) {
        return Some("a file of the system, which has no size");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        let kind = kind.file_type();
        if kind.is_fifo() {
            return Some("a named pipe");
        } else if kind.is_char_device() {
            return Some("a device");
        } else if kind.is_block_device() {
            return Some("a block device");
        } else if kind.is_socket() {
            return Some("a socket");
        }
    }
    None
}

/// Whether a file is one of the kernel's, whose reading may never end.
#[cfg(target_os = "linux")]
fn is_of_the_system(path: &Path) -> bool {
    // From linux/magic.h.
    const PROC: u64 = 0x9fa0;
    const SYSFS: u64 = 0x6265_6572;
    // The width of the field differs from machine to machine.
    rustix::fs::statfs(path).is_ok_and(|fs| matches!(fs.f_type as u64, PROC | SYSFS))
}

/// What an unknown file looks like, for its error.
fn looks(head: &[u8]) -> String {
    let what = match head {
        [0x7f, b'E', b'L', b'F', ..] => "an executable",
        [b'P', b'K', 3, 4, ..] => "a zip archive",
        [0xd4, 0xc3, 0xb2, 0xa1, ..]
        | [0xa1, 0xb2, 0xc3, 0xd4, ..]
        | [0x0a, 0x0d, 0x0d, 0x0a, ..] => "a packet capture: export its HTTP traffic as HAR",
        head if head.starts_with(b"SQLite format 3\0") => {
            "an SQLite database without an agent's sessions in it"
        }
        head if head.starts_with(b"Content-Length:") => {
            "messages with Content-Length headers, as language servers use"
        }
        head if head.starts_with(b"event:") || head.starts_with(b"data:") => {
            "a stream of server-sent events"
        }
        head if head.contains(&0) => "binary data",
        head if head.trim_ascii_start().starts_with(b"{")
            || head.trim_ascii_start().starts_with(b"[") =>
        {
            "JSON, but no messages, calls or configuration that are known"
        }
        _ => "text, but no log that is known",
    };
    what.to_string()
}

/// The ids of all formats, for a sentence.
pub fn ids() -> String {
    formats::FORMATS
        .iter()
        .map(|format| format.id)
        .collect::<Vec<_>>()
        .join(", ")
}
