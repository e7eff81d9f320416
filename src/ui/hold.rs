//! What gates hold, as far as the screens know it.

use crate::capture::gate::protocol::{Held, Then};

/// One thing that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// The id of the session in its recording: which gate holds it.
    pub session: String,
    pub held: Held,
    /// It was decided on here; the gate has not said yet that it is done.
    pub decided: bool,
}

/// Tells a hold from all others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoldKey {
    pub session: String,
    pub hold: u64,
}

/// What is heard of the gates of running taps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum GateNews {
    Held {
        session: String,
        held: Held,
    },
    Released {
        key: HoldKey,
        how: String,
        by: String,
    },
    Refused {
        key: HoldKey,
        why: String,
    },
    /// The tap is gone, and what it held with it.
    Gone {
        session: String,
    },
}

/// Everything that is held, the longest waiting first.
#[derive(Clone, Debug, Default)]
pub struct Holds {
    pub list: Vec<Hold>,
    /// The one that is asked about and that is not among the messages that are open; looked for as they come.
    pub sought: Option<HoldKey>,
    /// Tells the clock that counts from one that was stopped.
    pub clock: u64,
}

impl Hold {
    pub fn key(&self) -> HoldKey {
        HoldKey {
            session: self.session.clone(),
            hold: self.held.hold,
        }
    }

    /// `52 s left, then it is denied`
    pub fn left(&self) -> String {
        let then = match self.held.then {
            Then::Deny => "denied",
            Then::Allow => "allowed",
        };
        match self.held.left_ms.div_ceil(1000) {
            0 => format!("no time left: it is {then}"),
            seconds => format!("{seconds} s left, then it is {then}"),
        }
    }
}

impl Holds {
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn get(&self, key: &HoldKey) -> Option<&Hold> {
        self.place(key).map(|place| &self.list[place])
    }

    pub fn get_mut(&mut self, key: &HoldKey) -> Option<&mut Hold> {
        self.place(key).map(|place| &mut self.list[place])
    }

    pub fn place(&self, key: &HoldKey) -> Option<usize> {
        self.list
            .iter()
            .position(|hold| hold.session == key.session && hold.held.hold == key.hold)
    }

    /// Takes one in; one that is known already (after a gate was connected to again) is brought up to date.
    pub fn add(&mut self, session: String, held: Held) {
        let hold = Hold {
            session,
            held,
            decided: false,
        };
        match self.place(&hold.key()) {
            Some(place) => self.list[place] = hold,
            None => self.list.push(hold),
        }
    }

    pub fn remove(&mut self, key: &HoldKey) -> Option<Hold> {
        self.place(key).map(|place| self.list.remove(place))
    }

    /// Time goes by.
    pub fn pass(&mut self, millis: u64) {
        for hold in &mut self.list {
            hold.held.left_ms = hold.held.left_ms.saturating_sub(millis);
        }
    }
}
