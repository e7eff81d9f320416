//! One client's session as it is recorded: the file, the word that it is being written, and who takes part.

use super::peer::Program;
use crate::capture::live::{self, Running};
use crate::capture::process;
use crate::capture::recorder::{self, RecordError, Recorder, Start, Transport};
use serde_json::{Map, Value};
use std::collections::HashSet;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// Who asks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Client {
    pub program: Option<Program>,
    /// A hash of what it says of itself: `User-Agent` and `Authorization`.
    pub agent: u64,
}

/// What all recordings of a proxy have in common.
#[derive(Clone)]
pub struct Common {
    pub label: String,
    pub options: recorder::Options,
    /// Where it is told which recordings are being written.
    pub live: Option<std::path::PathBuf>,
    /// Facts for the first line: upstream, listen, …
    pub meta: Map<String, Value>,
}

/// How long a recording stays open after its last connection closed and its client ended.
const GRACE: Duration = Duration::from_secs(10);
/// The same where the client is not known, or where another may come back to the session by its name. Clients close their
/// connections after seconds, and agents think for minutes.
const LONG_GRACE: Duration = Duration::from_secs(900);
/// The same while the client runs: it may have begun anew and forgotten this one.
const LONGEST_GRACE: Duration = Duration::from_secs(6 * 3600);
/// Most ids of requests that are remembered to tell clients apart.
const MOST_IDS: usize = 1 << 16;

/// A recording that is being written.
pub struct Recording {
    pub recorder: Recorder,
    pub client: Client,
    live: Mutex<Option<live::Entry>>,
    state: Mutex<State>,
}

struct State {
    exchanges: u64,
    /// Exchanges that are not over.
    in_flight: usize,
    /// Connections that took part and are open.
    connections: usize,
    /// The client has greeted the server, so a second greeting is another client's.
    begun: bool,
    /// The server gave it a session id, or an address to post to: what has neither belongs to others.
    claimed: bool,
    /// Ids of requests without a session, hashed.
    ids: HashSet<u64>,
    /// Why it is to end when its exchanges are over.
    ending: Option<&'static str>,
    finished: bool,
    used: Instant,
}

impl Recording {
    /// Begins one. With the reason, where there is no file for it.
    pub fn begin(
        common: &Common,
        client: Client,
        further: Map<String, Value>,
    ) -> (Arc<Recording>, Option<RecordError>) {
        let mut meta = common.meta.clone();
        if let Some(program) = &client.program {
            meta.insert("client".into(), process::facts(program.pid));
        }
        meta.extend(further);
        let start = Start {
            label: &common.label,
            transport: Transport::Http,
            session: None,
            meta,
        };
        let (recorder, error) = Recorder::create(start, common.options.clone());
        let recording = Arc::new(Recording {
            client,
            live: Mutex::new(None),
            state: Mutex::new(State {
                exchanges: 0,
                in_flight: 0,
                connections: 0,
                begun: false,
                claimed: false,
                ids: HashSet::new(),
                ending: None,
                finished: false,
                used: Instant::now(),
            }),
            recorder,
        });
        recording.tell(common);
        (recording, error)
    }

    /// Tells that it is being written, and goes on to tell where.
    fn tell(self: &Arc<Self>, common: &Common) {
        let Some(folder) = &common.live else { return };
        let running = Running {
            session: self.recorder.session().to_string(),
            label: common.label.clone(),
            recording: self.recorder.path().unwrap_or_default(),
            pid: std::process::id(),
            started: jiff::Timestamp::now().to_string(),
            transport: Transport::Http.name().into(),
            gate: None,
        };
        // Without it nobody is shown that this runs; the recording itself does not suffer.
        *guard(&self.live) = live::Entry::create(folder, &running).ok();
        let me = Arc::downgrade(self);
        self.recorder.on_new_part(move |path: &Path| {
            if let Some(me) = me.upgrade()
                && let Some(entry) = guard(&me.live).as_mut()
            {
                let moved = Running {
                    recording: path.to_path_buf(),
                    ..running.clone()
                };
                let _ = entry.write(&moved);
            }
        });
    }

    fn state(&self) -> MutexGuard<'_, State> {
        guard(&self.state)
    }

    /// Takes part with one more exchange. Gives its number; `None` where the recording has ended.
    pub fn enter(&self) -> Option<u64> {
        let mut state = self.state();
        if state.finished {
            return None;
        }
        state.exchanges += 1;
        state.in_flight += 1;
        state.used = Instant::now();
        Some(state.exchanges)
    }

    /// An exchange is over. Gives whether the recording is to end now.
    pub fn leave(&self) -> bool {
        let mut state = self.state();
        state.in_flight = state.in_flight.saturating_sub(1);
        state.used = Instant::now();
        state.in_flight == 0 && state.ending.is_some()
    }

    pub fn connected(&self) {
        self.state().connections += 1;
    }

    pub fn disconnected(&self) {
        let mut state = self.state();
        state.connections = state.connections.saturating_sub(1);
        state.used = Instant::now();
    }

    /// Remembers the ids of requests.
    pub fn used_ids(&self, ids: &[u64]) {
        let mut state = self.state();
        if state.ids.len() < MOST_IDS {
            state.ids.extend(ids);
        }
    }

    /// Whether a request with one of these ids was there before.
    pub fn knows_any(&self, ids: &[u64]) -> bool {
        let state = self.state();
        ids.iter().any(|id| state.ids.contains(id))
    }

    pub fn set_begun(&self, begun: bool) {
        self.state().begun = begun;
    }

    pub fn is_begun(&self) -> bool {
        let state = self.state();
        state.begun || state.claimed
    }

    pub fn claim(&self) {
        self.state().claimed = true;
    }

    pub fn is_claimed(&self) -> bool {
        self.state().claimed
    }

    pub fn is_finished(&self) -> bool {
        self.state().finished
    }

    /// The client ended the session: the recording ends with the last exchange.
    pub fn end_soon(&self, reason: &'static str) {
        self.state().ending = Some(reason);
    }

    /// Whether nobody takes part any more, and for so long that nobody will.
    pub fn is_left(&self, now: Instant) -> bool {
        let state = self.state();
        let idle = now.saturating_duration_since(state.used);
        if state.in_flight > 0 || state.connections > 0 || idle < GRACE {
            return false;
        }
        let grace = match &self.client.program {
            Some(program) if program.is_running() => LONGEST_GRACE,
            Some(_) if !state.claimed => GRACE,
            _ => LONG_GRACE,
        };
        idle >= grace
    }

    /// When it was used last; `None` while an exchange is on.
    pub fn idle_since(&self) -> Option<Instant> {
        let state = self.state();
        (state.in_flight == 0).then_some(state.used)
    }

    /// Writes the last entry, once.
    pub fn finish(&self, reason: &'static str) {
        let (reason, exchanges) = {
            let mut state = self.state();
            if std::mem::replace(&mut state.finished, true) {
                return;
            }
            (state.ending.unwrap_or(reason), state.exchanges)
        };
        let mut facts = Map::new();
        facts.insert("reason".into(), reason.into());
        facts.insert("exchanges".into(), exchanges.into());
        self.recorder.finish(facts);
        *guard(&self.live) = None;
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
