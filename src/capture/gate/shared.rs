//! The gate as all its threads see it: what is held, who watches, what was allowed.

use super::Options;
use super::judge::{Offer, Verdict, Wording};
use super::message::{Id, Member, What, lenient, members};
use super::parked::{Cause, Ending, Parked, Sending};
use super::protocol::{Decision, HeldKind, Then, Told};
use super::worker;
use crate::capture::recorder::{Body, Entry, Marks, Recorder};
use crate::capture::stdio::{Outlets, Step};
use crate::wire::id::Direction;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Sender, SyncSender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Instant;

/// Most that waits for a person, in number and in bytes; beyond, the default applies at once.
const MOST: usize = 256;
const MOST_BYTES: usize = 64 << 20;
/// Most requests for listings that are remembered.
const MOST_LISTS: usize = 4096;

/// The gate.
pub struct Shared {
    pub options: Options,
    pub live: PathBuf,
    recorder: OnceLock<Recorder>,
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    outlets: Option<Outlets>,
    /// Requests for listings that are not answered yet.
    lists: HashSet<Id>,
    parked: BTreeMap<u64, Parked>,
    holds: u64,
    /// What is to be judged, by its number.
    jobs: Option<Sender<u64>>,
    screens: BTreeMap<u64, SyncSender<Told>>,
    entered: u64,
    /// Tools that a person allowed from then on, with the definition that they had.
    granted: HashSet<(Box<[u8]>, Option<Wording>)>,
    /// Changed definitions that were let through, until the judge hears of it.
    agreed: Vec<(Offer, Wording)>,
    /// Lines that are being sent on, by direction; and which sides have ended.
    sending: [usize; 2],
    ended: [bool; 2],
    closed: bool,
}

impl State {
    /// Whether a listing is expected under this id. An error is none, and nothing more is expected after it.
    fn expects(&mut self, id: &Id, result: bool) -> bool {
        if result {
            self.lists.contains(id)
        } else {
            self.lists.remove(id);
            false
        }
    }
}

fn side(direction: Direction) -> usize {
    usize::from(direction == Direction::S2c)
}

impl Shared {
    /// `live` is the folder in which running recorders tell of themselves.
    pub fn new(options: Options, live: &Path) -> Arc<Shared> {
        Arc::new(Shared {
            options,
            live: live.to_path_buf(),
            recorder: OnceLock::new(),
            state: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// The session begins: from here on lines are held, and judged by what is recorded.
    pub fn begin(self: &Arc<Shared>, outlets: Outlets, recorder: &Recorder) {
        if self.recorder.set(recorder.clone()).is_err() {
            return;
        }
        let (sender, jobs) = channel();
        // Without threads nothing can be judged, and so by default alone.
        let judges = worker::start(self, recorder.clone(), jobs).is_ok();
        let mut state = self.lock();
        state.outlets = Some(outlets);
        state.jobs = judges.then_some(sender);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn is_closed(&self) -> bool {
        self.lock().closed
    }

    /// Nothing is held any more; all threads end.
    pub fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.jobs = None;
        state.screens.clear();
        self.changed.notify_all();
    }

    /// What is to become of a line.
    pub fn line(&self, direction: Direction, line: &[u8]) -> Step {
        let (members, _) = members(line);
        let mut state = self.lock();
        if state.closed || state.outlets.is_none() {
            return Step::Pass;
        }
        let mut step = Step::Pass;
        for member in members {
            let holds = match (direction, member.what) {
                (Direction::C2s, What::Call { .. }) => true,
                (Direction::C2s, What::List { id }) => {
                    if state.lists.len() < MOST_LISTS {
                        state.lists.insert(lenient(&id));
                    }
                    false
                }
                (Direction::C2s, What::Cancel { id }) => {
                    state.parked.values().any(|parked| parked.calls_under(&id))
                }
                (Direction::S2c, What::Answer { id, result }) => {
                    state.expects(&lenient(&id), result)
                }
                _ => false,
            };
            if holds {
                step = Step::Hold;
            }
        }
        step
    }

    /// A line that is to be held is recorded.
    pub fn held(&self, direction: Direction, seq: u64, line: &[u8]) {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let (members, batch) = members(text);
        let cancels = !batch
            && matches!(
                members.first(),
                Some(Member {
                    what: What::Cancel { .. },
                    ..
                })
            );
        if cancels && direction == Direction::C2s {
            return self.cancel(&members, line);
        }
        let mut state = self.lock();
        let mut listings = Vec::new();
        for member in &members {
            if let What::Answer { id, .. } = &member.what
                && direction == Direction::S2c
                && state.lists.remove(&lenient(id))
            {
                listings.push(id.clone());
            }
        }
        state.holds += 1;
        let hold = state.holds;
        let parked = Parked {
            hold,
            seq,
            direction,
            line: line.to_vec(),
            members,
            batch,
            listings,
            since: Instant::now(),
            why: Vec::new(),
            wordings: Default::default(),
            changed: Vec::new(),
            deadline: None,
        };
        state.parked.insert(hold, parked);
        self.changed.notify_all();
        let asked = state
            .jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(hold).is_ok());
        if !asked {
            // Nobody judges any more: the session is at its end.
            let ending = Ending::by_default(self.options.then, Cause::End);
            self.settle(state, hold, &ending);
        }
    }

    /// The client takes a request back that the server never saw: so the server need not hear of that either.
    fn cancel(&self, members: &[Member], line: &[u8]) {
        let mut state = self.lock();
        let Some(What::Cancel { id }) = members.first().map(|member| &member.what) else {
            return;
        };
        let found = state
            .parked
            .values_mut()
            .find(|parked| parked.calls_under(id));
        match found {
            Some(parked) => {
                let hold = parked.hold;
                if !(parked.batch && parked.drop_call(id)) {
                    self.settle(state, hold, &Ending::cancelled());
                } else if let Some(outlets) = &state.outlets {
                    outlets.traffic.withheld(1);
                }
            }
            // It was let through in the meantime.
            None => {
                let outlets = state.outlets.clone();
                drop(state);
                let _ = outlets.map(|outlets| outlets.to_server.send(line));
            }
        }
    }

    /// A side will say no more: what it said is decided by default, and when this returns, all of it was sent on or refused.
    pub fn ended(&self, direction: Direction) {
        self.lock().ended[side(direction)] = true;
        loop {
            let state = self.lock();
            let of_side = |parked: &&Parked| parked.direction == direction;
            // Where the server is gone, nobody can answer what waits on its way there.
            let over = |parked: &&Parked| of_side(parked) || direction == Direction::S2c;
            let mut waiting = state.parked.values().filter(over);
            let waits = waiting.find(|parked| parked.deadline.is_some());
            if let Some((hold, kind)) = waits.map(|parked| (parked.hold, parked.kind())) {
                let ending = Ending::by_default(self.at_end(&state, kind), Cause::End);
                self.settle(state, hold, &ending);
                continue;
            }
            let judged = state.parked.values().filter(of_side).count();
            if state.closed || judged == 0 && state.sending[side(direction)] == 0 {
                return;
            }
            drop(
                self.changed
                    .wait(state)
                    .unwrap_or_else(PoisonError::into_inner),
            );
        }
    }

    /// What happens at the end of the session: to a server that is gone, nothing can be sent.
    fn at_end(&self, state: &State, kind: HeldKind) -> Then {
        match kind {
            HeldKind::Call if state.ended[side(Direction::S2c)] => Then::Deny,
            _ => self.options.then,
        }
    }

    /// What is to be judged: the entry and what it is. `None` where it is gone already.
    pub fn job(&self, hold: u64) -> Option<(u64, HeldKind)> {
        let state = self.lock();
        let parked = state.parked.get(&hold)?;
        Some((parked.seq, parked.kind()))
    }

    /// Definitions that were agreed to since this was last asked.
    pub fn agreed(&self) -> Vec<(Offer, Wording)> {
        std::mem::take(&mut self.lock().agreed)
    }

    /// What was found of something that is held. It goes on, or waits for a person, or for nobody.
    pub fn judged(&self, hold: u64, verdict: Verdict) {
        let mut state = self.lock();
        let (count, bytes) = (state.parked.values())
            .filter(|parked| parked.deadline.is_some())
            .fold((0, 0), |(count, bytes), parked| {
                (count + 1, bytes + parked.line.len())
            });
        let Some(parked) = state.parked.get_mut(&hold) else {
            return;
        };
        parked.why = verdict.why;
        parked.wordings = verdict.wordings;
        parked.changed = verdict.changed;
        if !verdict.hold {
            return self.pass(state, hold);
        }
        let (kind, direction) = (parked.kind(), parked.direction);
        let grants: Vec<_> = grants(parked);
        let then = self.options.then;
        let ending = if kind == HeldKind::Call
            && !grants.is_empty()
            && grants.iter().all(|grant| state.granted.contains(grant))
        {
            Ending::earlier(&self.options.user)
        } else if state.ended[side(direction)] || state.ended[side(Direction::S2c)] {
            Ending::by_default(self.at_end(&state, kind), Cause::End)
        } else if state.screens.is_empty() {
            Ending::by_default(then, Cause::Nobody)
        } else if count >= MOST || bytes >= MOST_BYTES {
            Ending::by_default(then, Cause::Crowd)
        } else {
            let now = Instant::now();
            if let Some(parked) = state.parked.get_mut(&hold) {
                parked.deadline = Some(now + self.options.wait);
                let told = Told::Held(parked.told(then, now));
                tell(&mut state, &told);
            }
            self.changed.notify_all();
            return;
        };
        self.settle(state, hold, &ending);
    }

    /// A screen that said the token: what is held already follows the welcome. Gives its number.
    pub fn enter(&self, screen: SyncSender<Told>) -> u64 {
        let mut state = self.lock();
        let now = Instant::now();
        let session = self
            .recorder
            .get()
            .map_or_else(String::new, |recorder| recorder.session().to_string());
        let _ = screen.try_send(Told::Welcome { session });
        for parked in state
            .parked
            .values()
            .filter(|parked| parked.deadline.is_some())
        {
            let _ = screen.try_send(Told::Held(parked.told(self.options.then, now)));
        }
        state.entered += 1;
        let number = state.entered;
        if !state.closed {
            state.screens.insert(number, screen);
        }
        number
    }

    /// A screen is gone. What is held goes on waiting: another may come.
    pub fn leave(&self, screen: u64) {
        self.lock().screens.remove(&screen);
    }

    /// What a person decided at a screen.
    pub fn decide(&self, screen: u64, hold: u64, decision: Decision) {
        let mut state = self.lock();
        let Some(parked) = state
            .parked
            .get(&hold)
            .filter(|parked| parked.deadline.is_some())
        else {
            let why =
                "It is not held any more: somebody else, the time limit or the client was faster.";
            let refused = Told::Refused {
                hold,
                why: why.to_string(),
            };
            if state
                .screens
                .get(&screen)
                .is_some_and(|to| to.try_send(refused).is_err())
            {
                state.screens.remove(&screen);
            }
            return;
        };
        if decision == Decision::AllowFromNow && parked.kind() == HeldKind::Call {
            let grants = grants(parked);
            state.granted.extend(grants);
        }
        let ending = Ending::of(&decision, &self.options.user);
        self.settle(state, hold, &ending);
    }

    /// Waits for the next time limit and applies the default where it has passed. Gives false when the gate is closed.
    pub fn time_out(&self) -> bool {
        let state = self.lock();
        if state.closed {
            return false;
        }
        let now = Instant::now();
        // What is judged for so long waits for nobody either.
        let limit = |parked: &Parked| parked.deadline.unwrap_or(parked.since + self.options.wait);
        let first = (state.parked.values())
            .map(|parked| (limit(parked), parked.hold))
            .min();
        match first {
            Some((deadline, hold)) if deadline <= now => {
                let ending = Ending::by_default(self.options.then, Cause::Time);
                self.settle(state, hold, &ending);
            }
            Some((deadline, _)) => drop(self.changed.wait_timeout(state, deadline - now)),
            None => drop(self.changed.wait(state)),
        }
        true
    }

    /// Nothing speaks against it.
    fn pass(&self, mut state: MutexGuard<'_, State>, hold: u64) {
        let Some(parked) = state.parked.remove(&hold) else {
            return;
        };
        let ending = Ending::of(&Decision::Allow, "");
        self.send(state, parked.direction, parked.sending(&ending));
    }

    /// Ends a hold: it is recorded, told to the screens, and what follows of it is sent.
    fn settle(&self, mut state: MutexGuard<'_, State>, hold: u64, ending: &Ending) {
        let Some(parked) = state.parked.remove(&hold) else {
            return;
        };
        if ending.lets {
            state.agreed.extend(parked.changed.iter().cloned());
        }
        if let Some(recorder) = self.recorder.get() {
            recorder.meta("gate", parked.facts(ending, Instant::now()));
        }
        if parked.deadline.is_some() {
            let released = Told::Released {
                hold,
                how: ending.how.to_string(),
                by: ending.by.clone(),
            };
            tell(&mut state, &released);
        }
        self.send(state, parked.direction, parked.sending(ending));
    }

    /// Sends without holding the state: a side that does not read holds up nobody else.
    fn send(&self, mut state: MutexGuard<'_, State>, direction: Direction, sending: Sending) {
        let outlets = state.outlets.clone();
        state.sending[side(direction)] += 1;
        drop(state);
        for answer in &sending.injected {
            let Some(recorder) = self.recorder.get() else {
                break;
            };
            recorder.write(&Entry {
                direction: Direction::S2c,
                body: Body::Bytes(answer.strip_suffix(b"\n").unwrap_or(answer)),
                http: None,
                marks: Marks {
                    injected: true,
                    ..Marks::default()
                },
            });
        }
        if let Some(outlets) = outlets {
            outlets.traffic.withheld(sending.withheld);
            // A side that is gone needs nothing any more.
            for line in &sending.to_server {
                let _ = outlets.to_server.send(line);
            }
            for line in sending.to_client.iter().chain(&sending.injected) {
                let _ = outlets.to_client.send(line);
            }
        }
        self.lock().sending[side(direction)] -= 1;
        self.changed.notify_all();
    }
}

/// Under what a person's word for what is held is remembered.
fn grants(parked: &Parked) -> Vec<(Box<[u8]>, Option<Wording>)> {
    let grant = |tool: &[u8]| (Box::from(tool), parked.wordings.get(tool).copied());
    parked.tools().map(grant).collect()
}

/// Tells all screens. One that does not read what it is told is let go.
fn tell(state: &mut State, told: &Told) {
    state
        .screens
        .retain(|_, screen| screen.try_send(told.clone()).is_ok());
}
