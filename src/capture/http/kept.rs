//! The copy of a body that is kept for the record while the body itself passes.

use crate::wire::sse::{self, Gather};
use std::fs::File;
use std::io::Write;

/// How much of a copy is held in memory; the rest goes to a file without a name.
const IN_MEMORY: usize = 1 << 20;

/// Bytes that are collected until their message is whole. Costs memory up to a mebibyte, then disk.
#[derive(Default)]
pub struct Kept {
    bytes: Vec<u8>,
    /// Holds everything once there is one; `bytes` is empty then.
    file: Option<File>,
    len: u64,
    /// Bytes that could not be put aside, because the disk is full, say.
    lost: u64,
}

/// A file without a name beside the recordings, where there is room for them; the system's folder for such files may be in
/// memory.
fn aside() -> std::io::Result<File> {
    match crate::store::paths::recordings().filter(|folder| folder.is_dir()) {
        Some(folder) => tempfile::tempfile_in(folder).or_else(|_| tempfile::tempfile()),
        None => tempfile::tempfile(),
    }
}

/// An event whose data is kept so.
pub type Event = sse::Event<Kept>;
/// The reader of a stream whose data is kept so.
pub type Events = sse::Events<Kept>;

impl Gather for Kept {
    fn push(&mut self, piece: &[u8]) {
        Kept::push(self, piece);
    }
}

impl Kept {
    pub fn push(&mut self, bytes: &[u8]) {
        if self.lost > 0 || self.put(bytes).is_err() {
            self.lost += bytes.len() as u64;
        }
    }

    fn put(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        if self.file.is_none() && self.bytes.len() + bytes.len() > IN_MEMORY {
            let mut file = aside()?;
            file.write_all(&self.bytes)?;
            self.file = Some(file);
            self.bytes = Vec::new();
        }
        match &mut self.file {
            // What was written of a piece that did not fit is not counted, so it is not read either.
            Some(file) => file.write_all(bytes)?,
            None => self.bytes.extend_from_slice(bytes),
        }
        self.len += bytes.len() as u64;
        Ok(())
    }

    /// Length of what is there to be read, in bytes.
    pub fn len(&self) -> u64 {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0 && self.lost == 0
    }

    /// Bytes that are missing at the end.
    pub fn lost(&self) -> u64 {
        self.lost
    }

    /// All of it, where it is in memory.
    pub fn bytes(&self) -> Option<&[u8]> {
        self.file.is_none().then_some(&self.bytes)
    }

    /// The file that holds all of it, where it is too long for memory.
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Read, Seek};

    #[test]
    fn short_ones_stay_in_memory() {
        let mut kept = Kept::default();
        kept.push(b"ab");
        kept.push(b"c");
        assert_eq!(kept.bytes(), Some(&b"abc"[..]));
        assert_eq!((kept.len(), kept.lost(), kept.is_empty()), (3, 0, false));
    }

    #[test]
    fn long_ones_go_to_a_file() {
        let mut kept = Kept::default();
        let piece = vec![b'x'; 300_000];
        for _ in 0..5 {
            kept.push(&piece);
        }
        assert_eq!(kept.bytes(), None);
        assert_eq!(kept.len(), 1_500_000);
        let mut file = kept.file().unwrap();
        file.rewind().unwrap();
        let mut back = Vec::new();
        file.read_to_end(&mut back).unwrap();
        assert!(back.len() == 1_500_000 && back.iter().all(|b| *b == b'x'));
    }

    #[test]
    fn long_data_is_put_aside() {
        let mut lens = Vec::new();
        let mut events = Events::default();
        let mut whole = |event: Event| lens.push((event.data.len(), event.data.file().is_some()));
        events.feed(b"data: ", &mut whole);
        for _ in 0..200 {
            events.feed(&[b'x'; 10_000], &mut whole);
        }
        events.feed(b"\n\n", &mut whole);
        assert_eq!(lens, [(2_000_000, true)]);
    }
}
