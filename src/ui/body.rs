//! Bodies of messages and definitions that the screens show, read once and kept for a while.
//!
//! Small ones are read where they are needed, in `update`: a `pread` of a few kilobytes takes microseconds. Large ones
//! are read and parsed in the background, and the screen says so meanwhile.

use super::json::Json;
use crate::session::{ItemId, Reader, Row, RowId, Session};
use std::collections::{HashMap, VecDeque};
use std::ops::Range;
use std::sync::Arc;

/// Whose body.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Row(RowId),
    /// A version of a definition.
    Version(ItemId, usize),
}

/// A body that was read, or the sentence that says why it could not be.
pub type Loaded = Result<Arc<Json>, String>;

/// What the screens know of a body.
#[derive(Clone, Copy)]
pub enum Slot<'a> {
    Ready(&'a Json),
    Reading,
    Failed(&'a str),
    /// Nobody has asked for it.
    Unknown,
}

impl<'a> Slot<'a> {
    pub fn ready(self) -> Option<&'a Json> {
        match self {
            Slot::Ready(json) => Some(json),
            _ => None,
        }
    }
}

/// Lines up to this long are read at once.
pub const AT_ONCE: u32 = 256 * 1024;
/// Bytes that are kept, roughly: what is asked for last stays.
const KEPT: usize = 48 * 1024 * 1024;
/// Bodies that are kept at most, however small.
const KEPT_BODIES: usize = 512;

#[derive(Default)]
pub struct Bodies {
    slots: HashMap<Key, Option<Loaded>>,
    order: VecDeque<(Key, usize)>,
    bytes: usize,
}

impl Bodies {
    pub fn get(&self, key: Key) -> Slot<'_> {
        match self.slots.get(&key) {
            None => Slot::Unknown,
            Some(None) => Slot::Reading,
            Some(Some(Ok(json))) => Slot::Ready(json),
            Some(Some(Err(why))) => Slot::Failed(why),
        }
    }

    /// The body itself, for work that is done elsewhere.
    pub fn shared(&self, key: Key) -> Option<Arc<Json>> {
        self.slots.get(&key)?.as_ref()?.as_ref().ok().cloned()
    }

    pub fn row(&self, row: RowId) -> Slot<'_> {
        self.get(Key::Row(row))
    }

    /// Makes sure that a body is here or on its way; `true` if it has to be read in the background.
    pub fn want(&mut self, session: &Session, key: Key) -> bool {
        if self.slots.contains_key(&key) {
            return false;
        }
        if size(session, key).is_some_and(|size| size > AT_ONCE) {
            self.slots.insert(key, None);
            return true;
        }
        self.put(key, read(session, key));
        false
    }

    /// Keeps a body that was read.
    pub fn put(&mut self, key: Key, loaded: Loaded) {
        let bytes = loaded.as_ref().map_or(0, |json| {
            json.line().len() + std::mem::size_of_val(json.nodes())
        });
        self.slots.insert(key, Some(loaded));
        self.order.push_back((key, bytes));
        self.bytes += bytes;
    }

    /// Lets go of what was read longest ago, but never of what is wanted now: that would have to be read again at once.
    pub fn trim(&mut self, wanted: &[Key]) {
        let mut left = self.order.len();
        while left > 0 && (self.bytes > KEPT || self.order.len() > KEPT_BODIES) {
            left -= 1;
            let Some((key, bytes)) = self.order.pop_front() else {
                break;
            };
            if wanted.contains(&key) {
                self.order.push_back((key, bytes));
            } else {
                self.bytes -= bytes;
                self.slots.remove(&key);
            }
        }
    }
}

/// How long the line is that holds a body.
fn size(session: &Session, key: Key) -> Option<u32> {
    session
        .rows()
        .get(holder(session, key)?.index())
        .map(|row| row.len)
}

/// The message that holds a body.
fn holder(session: &Session, key: Key) -> Option<RowId> {
    match key {
        Key::Row(row) => Some(row),
        Key::Version(item, version) => Some(
            session
                .items()
                .get(item.index())?
                .versions
                .get(version)?
                .from,
        ),
    }
}

/// What it takes to read a body without holding the session: a large one would keep the index waiting.
pub struct Errand {
    row: Row,
    reader: Reader,
    /// The part of the message that is wanted, for a definition.
    part: Option<Range<u32>>,
}

impl Errand {
    /// `None` if the session holds no such body.
    pub fn new(session: &Session, key: Key) -> Option<Errand> {
        let row = *session.rows().get(holder(session, key)?.index())?;
        let reader = session.sources().get(row.source.index())?.reader();
        let part = match key {
            Key::Row(_) => None,
            Key::Version(item, version) => {
                Some(session.item_at(item).versions[version].body.clone())
            }
        };
        Some(Errand { row, reader, part })
    }

    /// Whether it is a part of a message: a definition.
    pub fn is_part(&self) -> bool {
        self.part.is_some()
    }

    /// Reads and parses. Takes as long as the body is large.
    pub fn run(&self) -> Loaded {
        let body = self.reader.read(&self.row).map_err(|error| {
            format!("It could not be read from the recording: {}.", error.kind())
        })?;
        let Some(part) = &self.part else {
            let mut json = Json::new(body.line().to_vec(), body.message_range());
            json.text = body.text();
            if body.recorded() != body.line() {
                json.recorded = Some(body.recorded().to_vec());
            }
            return Ok(Arc::new(json));
        };
        match body.message().get(part.start as usize..part.end as usize) {
            Some(bytes) => Ok(Arc::new(Json::new(bytes.to_vec(), 0..bytes.len()))),
            None => Err("The recording changed since it was read; open it again.".to_owned()),
        }
    }
}

/// Reads and parses a body now.
pub fn read(session: &Session, key: Key) -> Loaded {
    match Errand::new(session, key) {
        Some(errand) => errand.run(),
        None => Err("This is not in the session any more.".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(bytes: usize) -> Loaded {
        Ok(Arc::new(Json::new(vec![b' '; bytes], 0..bytes)))
    }

    #[test]
    fn what_is_wanted_is_kept_however_large() {
        let mut bodies = Bodies::default();
        let keys: Vec<Key> = (0..4).map(|row| Key::Row(RowId(row))).collect();
        bodies.put(keys[0], body(KEPT + 1));
        for key in &keys[1..] {
            bodies.put(*key, body(1000));
        }
        bodies.trim(&[keys[0], keys[3]]);
        assert!(bodies.get(keys[0]).ready().is_some() && bodies.get(keys[3]).ready().is_some());
        assert!(bodies.get(keys[1]).ready().is_none());
        bodies.trim(&[keys[3]]);
        assert!(bodies.get(keys[0]).ready().is_none() && bodies.get(keys[3]).ready().is_some());
        assert_eq!(bodies.bytes, 1000);
    }
}
