//! Which recording a request belongs to.
//!
//! A session that the server named (`Mcp-Session-Id`, or the address of the older transport's `endpoint` event) has one
//! recording, whatever connections it comes over. Without such a name, a connection is one client; further connections of
//! the same program join it where that is beyond doubt: one recording fits, and none of the request's ids was used there.
//! Where it is not, there are two recordings of one client rather than one recording of two.

use super::recording::{Client, Common, Recording};
use super::told::Said;
use super::upstream::Upstream;
use crate::capture::recorder::{HttpFacts, RecordError};
use crate::text::RawBuf;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Instant;

/// Most recordings that are open at once: each holds two files.
const MOST_OPEN: usize = 256;

/// What a request says of whose it is.
pub struct Ask<'a> {
    /// `Mcp-Session-Id`.
    pub session: Option<&'a [u8]>,
    /// Path and query.
    pub target: &'a str,
    pub said: &'a Said,
    /// It asks for a stream of events and nothing else.
    pub listens: bool,
}

/// A client's connection, as far as recordings go.
#[derive(Default)]
pub struct Seat {
    inner: Mutex<SeatInner>,
}

#[derive(Default)]
struct SeatInner {
    /// The recording of what this connection says without naming a session.
    current: Option<Arc<Recording>>,
    joined: Vec<Weak<Recording>>,
}

/// The recordings that are open.
pub struct Book {
    common: Common,
    upstream: Arc<Upstream>,
    inner: Mutex<Inner>,
    /// Told when there is no file for a recording.
    failed: Box<dyn Fn(&RecordError) + Send + Sync>,
}

#[derive(Default)]
struct Inner {
    /// By `Mcp-Session-Id`, and by the path and query that an `endpoint` event named.
    named: HashMap<Vec<u8>, Arc<Recording>>,
    open: Vec<Arc<Recording>>,
    /// Sessions of names whose recording has ended.
    ended: HashMap<Vec<u8>, String>,
    /// For what was refused.
    refusals: Option<Arc<Recording>>,
}

/// What a session goes by. A server chooses both, so that they must never be taken for each other.
#[derive(Clone, Copy)]
pub enum Name<'a> {
    /// `Mcp-Session-Id`.
    Session(&'a [u8]),
    /// The path and query that an `endpoint` event named.
    Endpoint(&'a [u8]),
}

impl Name<'_> {
    fn key(self) -> Vec<u8> {
        match self {
            Name::Session(name) => [b"s", name].concat(),
            Name::Endpoint(target) => [b"e", target].concat(),
        }
    }
}

impl Book {
    pub fn new(
        common: Common,
        upstream: Arc<Upstream>,
        failed: Box<dyn Fn(&RecordError) + Send + Sync>,
    ) -> Book {
        Book {
            common,
            upstream,
            inner: Mutex::default(),
            failed,
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn upstream(&self) -> &Upstream {
        &self.upstream
    }

    /// Takes secrets out of what headers said, where that is asked for.
    pub fn redact(&self, facts: &mut HttpFacts) {
        let Some(redactor) = &self.common.options.redactor else {
            return;
        };
        let params = facts.mcp_param_headers.iter_mut().map(|(_, value)| value);
        let said = [
            &mut facts.path,
            &mut facts.mcp_name,
            &mut facts.auth_challenge,
        ];
        for value in said.into_iter().flatten().chain(params) {
            if let Cow::Owned(clean) = redactor.redact(value.as_raw().bytes()) {
                *value = RawBuf::from(clean);
            }
        }
    }

    /// Whether a session of this name is being recorded.
    pub fn knows(&self, name: &[u8]) -> bool {
        self.inner().named.contains_key(&Name::Session(name).key())
    }

    /// The programs that have a recording.
    pub fn known_pids(&self) -> Vec<u32> {
        let inner = self.inner();
        let programs = inner
            .open
            .iter()
            .filter_map(|one| one.client.program.as_ref());
        programs.map(|program| program.pid).collect()
    }

    /// The recording of a request, with its number in it.
    pub fn place(&self, seat: &Seat, client: &Client, ask: &Ask<'_>) -> (Arc<Recording>, u64) {
        let mut inner = self.inner();
        loop {
            let recording = self.find(&mut inner, seat, client, ask);
            if ask.said.initialize {
                recording.set_begun(true);
            }
            recording.used_ids(&ask.said.ids);
            seat.join(&recording);
            if let Some(number) = recording.enter() {
                return (recording, number);
            }
            // It ended in this moment.
            inner.forget(&recording);
        }
    }

    fn find(
        &self,
        inner: &mut Inner,
        seat: &Seat,
        client: &Client,
        ask: &Ask<'_>,
    ) -> Arc<Recording> {
        if let Some(session) = ask.session {
            let name = Name::Session(session).key();
            let known = inner.named.get(&name).cloned();
            return known.unwrap_or_else(|| {
                let mut further = Map::new();
                if let Some(earlier) = inner.ended.remove(&name) {
                    further.insert("continues".into(), earlier.into());
                }
                let new = self.begin(inner, client, further);
                new.claim();
                inner.named.insert(name, new.clone());
                new
            });
        }
        if let Some(known) = inner
            .named
            .get(&Name::Endpoint(ask.target.as_bytes()).key())
        {
            return known.clone();
        }
        let fits = |recording: &Recording| {
            let greets_again = ask.said.initialize && recording.is_begun();
            let starts_over = (ask.said.discover || ask.listens) && recording.is_claimed();
            !(recording.is_finished() || greets_again || starts_over)
        };
        let current = seat.current().filter(|recording| fits(recording));
        let found = current.or_else(|| {
            let mut others = inner.open.iter().filter(|recording| {
                client.program.is_some()
                    && recording.client == *client
                    && fits(recording)
                    && !recording.is_claimed()
                    && !recording.knows_any(&ask.said.ids)
            });
            match (others.next(), others.next()) {
                (Some(only), None) => Some(only.clone()),
                _ => None,
            }
        });
        let found = found.unwrap_or_else(|| self.begin(inner, client, Map::new()));
        seat.set_current(&found);
        found
    }

    fn begin(
        &self,
        inner: &mut Inner,
        client: &Client,
        further: Map<String, Value>,
    ) -> Arc<Recording> {
        if inner.open.len() >= MOST_OPEN {
            inner.make_room();
        }
        let (recording, error) = Recording::begin(&self.common, client.clone(), further);
        if let Some(error) = error {
            (self.failed)(&error);
        }
        inner.open.push(recording.clone());
        recording
    }

    /// The server gave the session of this recording a name.
    pub fn name(&self, name: Name<'_>, recording: &Arc<Recording>) {
        /// Most names that are remembered; a server may make up a new one with each answer.
        const MOST: usize = 1 << 14;
        /// And the longest.
        const LONGEST: usize = 4096;
        recording.claim();
        let mut inner = self.inner();
        let key = name.key();
        if inner.named.len() < MOST && key.len() <= LONGEST {
            inner.named.insert(key, recording.clone());
        }
    }

    /// Ends a recording.
    pub fn end(&self, recording: &Arc<Recording>, reason: &'static str) {
        self.inner().forget(recording);
        recording.finish(reason);
    }

    /// Ends the recordings that nobody takes part in any more.
    pub fn sweep(&self, now: Instant) {
        let left: Vec<Arc<Recording>> = {
            let inner = self.inner();
            let left = inner.open.iter().filter(|r| r.is_left(now));
            left.cloned().collect()
        };
        for recording in left {
            self.end(&recording, "left");
        }
    }

    /// Ends all of them.
    pub fn close(&self, reason: &'static str) {
        let inner = std::mem::take(&mut *self.inner());
        for recording in inner.open.iter().chain(&inner.refusals) {
            recording.finish(reason);
        }
    }

    /// Notes that a request was refused, in a recording of its own: it is no client's.
    pub fn refused(&self, facts: Map<String, Value>) {
        /// Most that are noted; a page can ask as often as it likes.
        const MOST: u64 = 1000;
        let recording = {
            let mut inner = self.inner();
            let refusals = inner.refusals.get_or_insert_with(|| {
                Recording::begin(&self.common, Client::default(), Map::new()).0
            });
            refusals.clone()
        };
        if recording.enter().is_some_and(|n| n <= MOST) {
            recording.recorder.meta("refused", facts);
        }
        recording.leave();
    }
}

impl Inner {
    fn forget(&mut self, recording: &Arc<Recording>) {
        self.open.retain(|one| !Arc::ptr_eq(one, recording));
        /// Most names that are remembered.
        const MOST: usize = 1 << 10;
        let ended = &mut self.ended;
        self.named.retain(|name, one| {
            let stays = !Arc::ptr_eq(one, recording);
            if !stays && ended.len() < MOST {
                ended.insert(name.clone(), one.recorder.session().to_string());
            }
            stays
        });
    }

    /// Ends the recording that was used longest ago, where one is idle.
    fn make_room(&mut self) {
        let oldest = self
            .open
            .iter()
            .filter_map(|one| Some((one.idle_since()?, one)))
            .min_by_key(|(since, _)| *since)
            .map(|(_, one)| one.clone());
        if let Some(oldest) = oldest {
            self.forget(&oldest);
            oldest.finish("too many are open");
        }
    }
}

impl Seat {
    fn inner(&self) -> MutexGuard<'_, SeatInner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn current(&self) -> Option<Arc<Recording>> {
        self.inner().current.clone()
    }

    fn set_current(&self, recording: &Arc<Recording>) {
        self.inner().current = Some(recording.clone());
    }

    fn join(&self, recording: &Arc<Recording>) {
        let mut inner = self.inner();
        inner.joined.retain(|one| one.strong_count() > 0);
        let weak = Arc::downgrade(recording);
        if !inner.joined.iter().any(|one| one.ptr_eq(&weak)) {
            recording.connected();
            inner.joined.push(weak);
        }
    }

    /// The connection is closed.
    pub fn leave(&self) {
        let inner = std::mem::take(&mut *self.inner());
        for recording in inner.joined.iter().filter_map(Weak::upgrade) {
            recording.disconnected();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::recorder::Options;
    use std::time::Duration;

    fn book(folder: &tempfile::TempDir) -> Book {
        let common = Common {
            label: "lab".into(),
            options: Options {
                folder: Some(folder.path().to_path_buf()),
                ..Options::default()
            },
            live: None,
            meta: Map::new(),
        };
        let upstream = Upstream::parse("http://127.0.0.1:1/mcp").unwrap();
        let failed = |error: &RecordError| panic!("{error}");
        Book::new(common, Arc::new(upstream), Box::new(failed))
    }

    fn named(book: &Book, seat: &Seat, name: &str) -> Arc<Recording> {
        let ask = Ask {
            session: Some(name.as_bytes()),
            target: "/mcp",
            said: &Said::default(),
            listens: false,
        };
        book.place(seat, &Client::default(), &ask).0
    }

    fn text(recording: &Recording) -> String {
        std::fs::read_to_string(recording.recorder.path().unwrap()).unwrap()
    }

    #[test]
    fn a_session_that_comes_back_goes_on_in_another_recording() {
        let folder = tempfile::tempdir().unwrap();
        let (book, seat) = (book(&folder), Seat::default());
        let first = named(&book, &seat, "a");
        assert!(Arc::ptr_eq(&first, &named(&book, &seat, "a")));
        first.leave();
        first.leave();
        let later = Instant::now() + Duration::from_secs(7 * 3600);
        book.sweep(later);
        assert!(!first.is_finished(), "its connection is open");
        seat.leave();
        book.sweep(Instant::now());
        assert!(!first.is_finished(), "the client may come back");
        book.sweep(later);
        assert!(first.is_finished());
        assert!(text(&first).contains(r#""reason":"left""#));
        let second = named(&book, &seat, "a");
        let continues = format!(r#""continues":"{}""#, first.recorder.session());
        assert!(text(&second).contains(&continues), "{}", text(&second));
    }

    #[test]
    fn only_so_many_are_open() {
        let folder = tempfile::tempdir().unwrap();
        let (book, seat) = (book(&folder), Seat::default());
        let all: Vec<Arc<Recording>> = (0..MOST_OPEN + 3)
            .map(|n| {
                let recording = named(&book, &seat, &n.to_string());
                // The first is in use all the time.
                if n > 0 {
                    recording.leave();
                }
                recording
            })
            .collect();
        let finished = |n: usize| all[n].is_finished();
        assert!(!finished(0) && finished(1) && finished(2) && finished(3) && !finished(4));
        book.close("stopped");
        assert!((0..all.len()).all(finished));
    }
}
