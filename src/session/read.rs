//! Bodies, read from their sources when they are wanted.

use super::chunk::read_exact_at;
use super::model::Session;
use super::row::{Row, RowId};
use super::source::{self, Source};
use crate::formats::{Lines, Message, native};
use crate::text::RawBuf;
use crate::wire::id::MessageKind;
use crate::wire::json::Doc;
use std::fs::File;
use std::io;
use std::ops::Range;
use std::sync::Arc;

/// Most of a line that is read into memory. What is beyond is told by [`Body::missing`].
pub const MOST: u32 = 256 << 20;

/// The bytes of one message.
#[derive(Clone, Debug, Default)]
pub struct Body {
    /// What is in the file, where `line` says the same in native words.
    recorded: Option<Vec<u8>>,
    line: Vec<u8>,
    message: Range<usize>,
    missing: u64,
}

impl Body {
    /// The whole line, without its newline: as recorded, or told in native words where the format is another.
    pub fn line(&self) -> &[u8] {
        &self.line
    }

    /// The bytes of the entry as they stand in its file, where it was read alone.
    pub fn recorded(&self) -> &[u8] {
        self.recorded.as_deref().unwrap_or(&self.line)
    }

    /// The JSON-RPC message; for a row without one (standard error, text), an empty slice or the line itself.
    pub fn message(&self) -> &[u8] {
        &self.line[self.message.clone()]
    }

    /// Where the message stands in the line.
    pub fn message_range(&self) -> Range<usize> {
        self.message.clone()
    }

    /// Bytes of the line that are not here because it is too long.
    pub fn missing(&self) -> u64 {
        self.missing
    }

    /// A member of the recorder's envelope around the message (`seq`, `text`, `status`, …) as JSON text.
    pub fn envelope(&self, key: &str) -> Option<RawBuf> {
        let outside = self.outside();
        let doc = Doc::parse(&outside);
        let value = doc.root()?.get(key)?;
        Some(match value.text() {
            Some(text) => text.into_buf(),
            None => value.raw().to_buf(),
        })
    }

    /// The number that the recording itself gives the message.
    pub fn seq(&self) -> Option<u64> {
        std::str::from_utf8(self.envelope("seq")?.as_raw().bytes())
            .ok()?
            .parse()
            .ok()
    }

    /// The text of a line that carries no message: standard error, a banner.
    pub fn text(&self) -> Option<RawBuf> {
        if self.message.is_empty() {
            self.envelope("text")
        } else {
            None
        }
    }

    /// The envelope without the message, which may be large.
    fn outside(&self) -> Vec<u8> {
        if self.message.is_empty() || self.message.len() == self.line.len() {
            return self.line.clone();
        }
        [
            &self.line[..self.message.start],
            b"null",
            &self.line[self.message.end..],
        ]
        .concat()
    }
}

/// What reading a source's lines takes, apart from the session.
#[derive(Clone)]
pub struct Reader {
    pub(super) file: Arc<File>,
    pub(super) lines: Lines,
    /// The file that a spool was told from.
    pub(super) original: Option<Arc<File>>,
}

/// A stretch of a file that was read ahead.
pub struct Window {
    bytes: Vec<u8>,
    start: u64,
    file: Option<Arc<File>>,
    ahead: usize,
}

/// The most that is read ahead for rows that follow each other.
pub const AHEAD: usize = 1 << 20;

impl Reader {
    pub fn read(&self, row: &Row) -> io::Result<Body> {
        let have = row.len.min(MOST);
        let mut line = vec![0; have as usize];
        read_exact_at(&self.file, &mut line, row.offset)?;
        let mut body = self.body(row, line);
        if let Some(original) = &self.original {
            body.recorded = origin(&body).and_then(|(offset, len)| {
                let mut bytes = vec![0; len.min(MOST) as usize];
                read_exact_at(original, &mut bytes, offset).ok()?;
                Some(bytes)
            });
        }
        Ok(body)
    }

    /// Reads through a window that is filled ahead. A line that cannot be read any more is empty.
    pub fn read_in(&self, row: &Row, window: &mut Window) -> Body {
        let len = row.len as usize;
        if len > AHEAD {
            return self.read(row).unwrap_or_default();
        }
        match window.stretch(&self.file, row.offset, len) {
            Some(line) => self.body(row, line.to_vec()),
            None => Body::default(),
        }
    }

    /// The line of a row through a window that is filled ahead, where lines are read as they stand; else `None`, as for
    /// what is longer than a window.
    pub fn line_in<'w>(&self, row: &Row, window: &'w mut Window) -> Option<&'w [u8]> {
        if matches!(self.lines.message, Message::Told(_)) {
            return None;
        }
        window.stretch(&self.file, row.offset, row.len as usize)
    }

    /// Whether what is searched in its file is what its messages say.
    pub fn stands(&self) -> bool {
        matches!(self.lines.message, Message::Stands(_))
    }

    /// A stretch of the file; `None` where it is longer than a window or cannot be read any more.
    pub fn block_in<'w>(
        &self,
        offset: u64,
        len: usize,
        window: &'w mut Window,
    ) -> Option<&'w [u8]> {
        window.stretch(&self.file, offset, len)
    }

    fn body(&self, row: &Row, line: Vec<u8>) -> Body {
        let missing = u64::from(row.len) - line.len() as u64;
        let (line, recorded) = match self.lines.message {
            Message::Stands(_) => (line, None),
            Message::Told(tell) => (tell(&line, row.part), Some(line)),
        };
        let mut message = match (row.kind, self.lines.message) {
            (MessageKind::Stderr, _) => 0..0,
            (_, Message::Stands(stands)) => stands(&line),
            (_, Message::Told(_)) => native::message(&line),
        };
        if row.flags.has(crate::formats::Flags::BATCH) {
            message = part(&line, message, row.part);
        }
        Body {
            recorded,
            line,
            message,
            missing,
        }
    }
}

/// Where an entry that was told stands in its file: offset and length. `None` where it is no stretch of bytes.
fn origin(body: &Body) -> Option<(u64, u32)> {
    let origin = body.envelope("origin")?;
    let doc = Doc::parse(origin.as_raw().bytes());
    let numbers: Vec<i64> = doc.root()?.items().filter_map(|n| n.as_i64()).collect();
    let [_, offset, len] = numbers[..] else {
        return None;
    };
    let (offset, len) = (u64::try_from(offset).ok()?, u32::try_from(len).ok()?);
    (len > 0).then_some((offset, len))
}

/// The message of a batch that a row stands for.
fn part(line: &[u8], batch: Range<usize>, part: u16) -> Range<usize> {
    let doc = Doc::parse(&line[batch.clone()]);
    let item = doc
        .root()
        .and_then(|root| root.items().nth(usize::from(part)))
        .map(|v| v.range());
    item.map_or(batch.clone(), |r| {
        batch.start + r.start..batch.start + r.end
    })
}

impl Default for Window {
    fn default() -> Window {
        Window {
            bytes: Vec::new(),
            start: 0,
            file: None,
            ahead: AHEAD,
        }
    }
}

impl Window {
    /// A window that reads what is asked for and no further.
    pub fn exact() -> Window {
        Window {
            ahead: 0,
            ..Window::default()
        }
    }

    /// A window for rows that will be read in order: it reads no further ahead than they reach.
    pub fn over<'r>(rows: impl Iterator<Item = &'r Row>) -> Window {
        let (mut from, mut to) = (u64::MAX, 0);
        for row in rows {
            from = from.min(row.offset);
            to = to.max(row.offset + u64::from(row.len));
        }
        Window {
            ahead: to.saturating_sub(from).min(AHEAD as u64) as usize,
            ..Window::default()
        }
    }

    /// A stretch of a file, read ahead where it is not here already; `None` where it is longer than that or not there.
    fn stretch(&mut self, file: &Arc<File>, offset: u64, len: usize) -> Option<&[u8]> {
        if len > AHEAD {
            return None;
        }
        let same = self.file.as_ref();
        let same = same.is_some_and(|own| Arc::ptr_eq(own, file));
        let end = self.start + self.bytes.len() as u64;
        let inside = same && offset >= self.start && offset + len as u64 <= end;
        if !inside && !self.fill(file, offset, len) {
            return None;
        }
        let at = (offset - self.start) as usize;
        self.bytes.get(at..at + len)
    }

    fn fill(&mut self, file: &Arc<File>, offset: u64, len: usize) -> bool {
        use std::io::Read;
        self.file = Some(file.clone());
        self.start = offset;
        self.bytes.resize(self.ahead.max(len), 0);
        let mut at = At { file, offset };
        let mut have = 0;
        while have < self.bytes.len() {
            match at.read(&mut self.bytes[have..]) {
                Ok(0) => break,
                Ok(n) => have += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(_) => break,
            }
        }
        self.bytes.truncate(have);
        have >= len
    }
}

/// A file read from a place of our own.
pub(super) struct At<'f> {
    pub file: &'f File,
    pub offset: u64,
}

impl io::Read for At<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        #[cfg(unix)]
        let n = std::os::unix::fs::FileExt::read_at(self.file, buffer, self.offset)?;
        #[cfg(windows)]
        let n = std::os::windows::fs::FileExt::seek_read(self.file, buffer, self.offset)?;
        self.offset += n as u64;
        Ok(n)
    }
}

impl Source {
    /// What it takes to read bodies without holding the session.
    pub fn reader(&self) -> Reader {
        Reader {
            file: self.file.clone(),
            lines: self.reading,
            original: self
                .told
                .as_ref()
                .map(|telling| source::lock(telling).original().clone()),
        }
    }
}

impl Session {
    /// The bytes of a message, from its source.
    pub fn read(&self, id: RowId) -> io::Result<Body> {
        let row = self.row(id);
        self.sources[row.source.index()].reader().read(row)
    }

    /// A version of a definition as it was on the wire. `item` and `version` must be of this session.
    pub fn version_json(&self, item: &super::Item, version: usize) -> io::Result<Vec<u8>> {
        let version = &item.versions[version];
        let body = self.read(version.from)?;
        let range = version.body.start as usize..version.body.end as usize;
        body.message()
            .get(range)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| {
                io::Error::new(
                    io::ErrorKind::InvalidData,
                    "the recording changed since it was read: open it again",
                )
            })
    }
}
