//! The index's first step: a stretch of a file to the outsides of its messages.
//!
//! A file is cut into chunks of fixed size; a line belongs to the chunk in which it begins. Chunks are independent, so
//! they are scanned by as many threads as there are, and folded in order ([`fold`](super::fold)).

use super::pair::id_key;
use super::symbols::Symbols;
use crate::formats::{Flags, Lines, Peek};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Nesting;
use memchr::{memchr, memchr_iter};
use std::fs::File;
use std::hash::RandomState;
use std::io;
use std::ops::Range;

/// Bytes of a chunk: large enough to amortise a read, small enough that the first is on the screen at once.
pub const CHUNK: u64 = 1 << 20;
/// The first chunk of a source, which is scanned before the first screen is drawn.
pub const FIRST: u64 = 128 << 10;
/// What is read first beyond a chunk for the end of its last line.
const BLOCK: u64 = 16 << 10;
/// Longest line that is held whole; of a longer one only the head and the tail are looked at.
const LONG: usize = 64 << 20;
const LONG_HEAD: usize = 64 << 10;

/// A byte order mark in UTF-8.
const BOM: &[u8] = b"\xef\xbb\xbf";

/// One message as a chunk gives it, with names by number in the batch.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    pub offset: u64,
    pub len: u32,
    /// Line within the chunk, from 0.
    pub line: u32,
    pub micros: i64,
    /// The id, as [`id_key`] gives it; 0 where there is none.
    pub id: u64,
    pub conn: u32,
    pub label: u32,
    pub method: u32,
    pub name: u32,
    pub part: u16,
    pub kind: MessageKind,
    pub dir: Option<Direction>,
    pub flags: Flags,
    /// By what it is known wherever it is copied to, as [`id_key`] gives it; 0 where it is not.
    pub once: u64,
    /// The line of the file that it comes from; 0 where that is the line itself.
    pub origin: u32,
    /// Its server is that of its request.
    pub late: bool,
}

/// What a chunk holds.
pub struct Batch {
    pub entries: Vec<Entry>,
    pub names: Symbols,
    /// Lines that begin in the chunk, blank ones included.
    pub lines: u32,
    pub blank: u32,
    /// Lines with nothing for a session in them.
    pub skipped: u32,
    /// Where the last line of the chunk ends, its newline included.
    pub end: u64,
    /// Where a last line that has no newline begins, and the bytes of a mark that it begins with.
    pub torn: Option<(u64, u32)>,
    /// That line is whole all the same, and one of the skipped ones.
    pub passed: bool,
    /// Bytes of byte order marks, at the start of the file or (where files were joined) of other lines.
    pub bom: u32,
    /// Where the first line inside the file is that begins with one.
    pub bom_at: Option<u64>,
    /// Holes: zeros that a file system leaves at the end of what it had not written when the machine stopped.
    pub holes: Vec<Range<u64>>,
}

/// Space to scan in, used again for chunk after chunk.
#[derive(Default)]
pub struct Scratch {
    chunk: Vec<u8>,
    /// The last line of a chunk, and what is read of it beyond.
    line: Vec<u8>,
    block: Vec<u8>,
}

/// Scans chunks of one file.
pub struct Chunks<'f> {
    pub file: &'f File,
    /// Bytes of the file that exist for this pass.
    pub len: u64,
    pub lines: Lines,
    /// Keys the hashes of long ids, the same for the whole session.
    pub keys: RandomState,
}

impl Chunks<'_> {
    /// Scans the lines that begin in `range`; `begins` says that one does at its start, whatever stands before it.
    pub fn scan(
        &self,
        range: Range<u64>,
        begins: bool,
        scratch: &mut Scratch,
    ) -> io::Result<Batch> {
        let mut batch = Batch {
            entries: Vec::with_capacity(512),
            names: Symbols::default(),
            lines: 0,
            blank: 0,
            skipped: 0,
            end: range.start,
            torn: None,
            passed: false,
            bom: 0,
            bom_at: None,
            holes: Vec::new(),
        };
        // One byte before the chunk tells whether a line begins at its start.
        let lead = u64::from(!begins && range.start > 0);
        let from = range.start - lead;
        let have = (range.end.min(self.len) - from) as usize;
        if scratch.chunk.len() < have {
            scratch.chunk.resize(have, 0);
        }
        let buffer = &mut scratch.chunk[..have];
        read_exact_at(self.file, buffer, from)?;
        let mut at = if lead == 0 {
            0
        } else {
            match memchr(b'\n', buffer) {
                Some(first) => first + 1,
                None => return Ok(batch),
            }
        };
        let mut cache = Cache::default();
        let mut starts = at;
        for newline in memchr_iter(b'\n', &buffer[at..]) {
            let end = at + newline;
            self.line(
                &mut batch,
                &mut cache,
                from + starts as u64,
                &buffer[starts..end],
            );
            starts = end + 1;
        }
        at = starts;
        batch.end = from + at as u64;
        if at < have {
            scratch.line.clear();
            scratch.line.extend_from_slice(&buffer[at..]);
            let (line, block) = (&mut scratch.line, &mut scratch.block);
            self.last(&mut batch, &mut cache, from + at as u64, line, block)?;
        }
        Ok(batch)
    }

    /// The line that begins in the chunk and ends beyond it, or at the end of the file.
    fn last(
        &self,
        batch: &mut Batch,
        cache: &mut Cache,
        offset: u64,
        buffer: &mut Vec<u8>,
        block: &mut Vec<u8>,
    ) -> io::Result<()> {
        let mut end = offset + buffer.len() as u64;
        let mut newline = false;
        let mut want = 0;
        // What is beyond the longest line is not kept: only its last bytes are.
        let mut dropped = 0u64;
        let mut nesting = None;
        while end < self.len && !newline {
            // Most lines end soon; for one that does not, ever larger blocks are read.
            want = (want * 2).clamp(BLOCK, CHUNK);
            let have = want.min(self.len - end) as usize;
            if block.len() < have {
                block.resize(have, 0);
            }
            let block = &mut block[..have];
            read_exact_at(self.file, block, end)?;
            let take = match memchr(b'\n', block) {
                Some(at) => {
                    newline = true;
                    at
                }
                None => have,
            };
            if buffer.len() + take > LONG {
                nesting.get_or_insert_with(|| Nesting::of(buffer));
                let keep = buffer.len().min(LONG_HEAD * 2);
                let cut = LONG_HEAD.min(keep)
                    ..buffer
                        .len()
                        .saturating_sub(LONG_HEAD)
                        .max(LONG_HEAD.min(keep));
                dropped += cut.len() as u64;
                buffer.drain(cut);
            }
            if let Some(nesting) = &mut nesting {
                nesting.feed(&block[..take]);
            }
            buffer.extend_from_slice(&block[..take]);
            end += take as u64;
        }
        let (marks, first, skipped) = (batch.bom, batch.entries.len(), batch.skipped);
        if dropped > 0 {
            self.huge(batch, cache, offset, buffer, end - offset);
        } else {
            self.line(batch, cache, offset, buffer);
        }
        if !newline {
            let is_closed = nesting.unwrap_or_else(|| Nesting::of(buffer)).is_closed();
            batch.passed = is_closed && batch.skipped > skipped;
            if !is_closed && batch.skipped > skipped {
                // What it will say once it is there is not known.
                batch.skipped = skipped;
                batch.lines -= 1;
                let lost = Peek::of(MessageKind::Unreadable);
                self.entry(batch, cache, offset, buffer, lost, 0);
                batch.lines += 1;
            } else if !is_closed {
                Self::cut_off(batch, first);
            }
        }
        batch.torn = (!newline).then_some((offset, batch.bom - marks));
        batch.end = end + u64::from(newline);
        Ok(())
    }

    /// Takes back that the last line is a message: without a newline it may be cut anywhere, between the braces at its
    /// end, too, where the quick look takes those of the payload for those of the message.
    fn cut_off(batch: &mut Batch, first: usize) {
        use MessageKind::{Other, Text, Unreadable};
        let message = |entry: &Entry| !matches!(entry.kind, Unreadable | Text | Other);
        let Some(at) = batch.entries[first..].iter().position(message) else {
            return;
        };
        batch.entries.truncate(first + at + 1);
        if let Some(entry) = batch.entries.last_mut() {
            *entry = Entry {
                id: 0,
                method: 0,
                name: 0,
                part: 0,
                kind: Unreadable,
                flags: entry.flags.without(Flags::BATCH).without(Flags::NULL_ID),
                once: 0,
                late: false,
                ..*entry
            };
        }
    }

    /// A line of which only head and tail are at hand: the quick look may still place it.
    fn huge(&self, batch: &mut Batch, cache: &mut Cache, offset: u64, joined: &[u8], len: u64) {
        let first = batch.entries.len();
        self.line(batch, cache, offset, joined);
        batch
            .entries
            .truncate(first + 1 + usize::from(joined.first() == Some(&0)));
        if let Some(entry) = batch
            .entries
            .last_mut()
            .filter(|entry| entry.offset >= offset)
        {
            entry.len = u32::try_from(offset + len - entry.offset).unwrap_or(u32::MAX);
            entry.flags.set(Flags::HUGE);
        }
    }

    fn line(&self, batch: &mut Batch, cache: &mut Cache, mut offset: u64, mut line: &[u8]) {
        if let Some(rest) = line.strip_prefix(BOM) {
            batch.bom += BOM.len() as u32;
            if offset > 0 {
                batch.bom_at.get_or_insert(offset);
            }
            offset += BOM.len() as u64;
            line = rest;
        }
        if let Some(0) = line.first() {
            let zeros = line.iter().take_while(|b| **b == 0).count();
            let rest = &line[zeros..];
            let hole = if rest.trim_ascii_start().is_empty() {
                line.len()
            } else {
                zeros
            };
            let lost = Peek::of(MessageKind::Unreadable);
            self.entry(batch, cache, offset, &line[..hole], lost, 0);
            batch.holes.push(offset..offset + zeros as u64);
            offset += hole as u64;
            line = &line[hole..];
        } else if line.trim_ascii_start().is_empty() {
            batch.blank += 1;
        }
        if !line.trim_ascii_start().is_empty() {
            let mut part = 0u16;
            (self.lines.peek)(line, &mut |peek| {
                self.entry(batch, cache, offset, line, peek, part);
                part = part.saturating_add(1);
            });
            batch.skipped += u32::from(part == 0);
        }
        batch.lines += 1;
    }

    fn entry(
        &self,
        batch: &mut Batch,
        cache: &mut Cache,
        offset: u64,
        line: &[u8],
        peek: Peek<'_>,
        part: u16,
    ) {
        let names = &mut batch.names;
        batch.entries.push(Entry {
            offset,
            len: u32::try_from(line.len()).unwrap_or(u32::MAX),
            line: batch.lines,
            micros: peek.micros,
            id: if peek.id.is_empty() {
                0
            } else {
                id_key(&self.keys, peek.id)
            },
            conn: cache.conn.intern(names, &peek.conn),
            label: cache.label.intern(names, &peek.label),
            method: cache.method.intern(names, &peek.method),
            name: cache.name.intern(names, &peek.name),
            part,
            kind: peek.kind,
            dir: peek.dir,
            flags: peek.flags,
            once: if peek.once.is_empty() {
                0
            } else {
                id_key(&self.keys, &peek.once)
            },
            origin: peek.line,
            late: peek.late,
        });
    }
}

/// The last few names of each kind: a recording says the same ones over and over, and comparing is cheaper than
/// hashing.
#[derive(Default)]
struct Cache {
    conn: Recent,
    label: Recent,
    method: Recent,
    name: Recent,
}

#[derive(Default)]
struct Recent {
    slots: [(Box<[u8]>, u32); 8],
    next: usize,
}

impl Recent {
    fn intern(&mut self, names: &mut Symbols, name: &[u8]) -> u32 {
        if name.is_empty() {
            return 0;
        }
        if let Some((_, symbol)) = self.slots.iter().find(|(known, _)| **known == *name) {
            return *symbol;
        }
        let symbol = names.intern(name).0;
        self.slots[self.next] = (name.into(), symbol);
        self.next = (self.next + 1) % self.slots.len();
        symbol
    }
}

/// Reads all of `buffer` from a place in the file, without moving a cursor that others share.
pub(super) fn read_exact_at(file: &File, buffer: &mut [u8], offset: u64) -> io::Result<()> {
    #[cfg(unix)]
    {
        std::os::unix::fs::FileExt::read_exact_at(file, buffer, offset)
    }
    #[cfg(windows)]
    {
        let mut done = 0;
        while done < buffer.len() {
            match std::os::windows::fs::FileExt::seek_read(
                file,
                &mut buffer[done..],
                offset + done as u64,
            )? {
                0 => return Err(io::ErrorKind::UnexpectedEof.into()),
                n => done += n,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::load::{self, lock_read};
    use super::super::source::SourceArg;
    use super::*;
    use std::io::Write;

    /// Lines of a transcript; the second has nothing for a session in it.
    const LINES: [&str; 3] = [
        r#"{"type":"assistant","sessionId":"s","message":{"role":"assistant","content":[{"type":"text","text":"hm"},{"type":"tool_use","id":"t1","name":"mcp__a__b","input":{}}]},"uuid":"u1","timestamp":"2026-01-01T00:00:00Z"}"#,
        r#"{"type":"summary","summary":"x","leafUuid":"u"}"#,
        r#"{"type":"user","sessionId":"s","message":{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"x"}]},"uuid":"u2","timestamp":"2026-01-01T00:00:01Z"}"#,
    ];

    #[test]
    fn a_transcript_that_is_cut_anywhere_is_read_once_it_is_whole() {
        let all = LINES.join("\n") + "\n";
        for cut in LINES[0].len()..all.len() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.jsonl");
            let mut file = File::create(&path).unwrap();
            file.write_all(&all.as_bytes()[..cut]).unwrap();
            let mut loading =
                load::open(&[SourceArg::Path(path)], load::Options::default()).unwrap();
            file.write_all(&all.as_bytes()[cut..]).unwrap();
            assert!(loading.catch_up());
            let session = loading.session();
            let session = lock_read(&session);
            let source = &session.sources()[0];
            let kinds: Vec<_> = session.rows().iter().map(|row| row.kind).collect();
            assert_eq!(
                kinds,
                [MessageKind::Meta, MessageKind::Request, MessageKind::Result],
                "{cut}"
            );
            assert_eq!(
                (source.lines, source.blank, source.skipped, source.repeated),
                (3, 0, 1, 0),
                "{cut}"
            );
            assert_eq!((source.messages, source.unreadable), (2, 0), "{cut}");
            assert!(source.notes.is_empty(), "{:?}", source.notes);
            let lines: Vec<_> = session.rows().iter().map(|row| row.line).collect();
            assert_eq!(lines, [1, 1, 3], "{cut}");
            assert_eq!(
                session.row(super::super::RowId(1)).conn,
                session.rows()[2].conn
            );
        }
    }
}
