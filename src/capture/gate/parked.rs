//! What is held, and what becomes of it.

use super::answer::{Refusal, without};
use super::judge::{Offer, Wording};
use super::message::{Id, Member, What, members};
use super::protocol::{Decision, Held, HeldKind, Then};
use crate::text::Raw;
use crate::wire::id::Direction;
use serde_json::{Map, Value, json};
use std::collections::HashMap;
use std::time::Instant;

/// A line that is held.
pub struct Parked {
    pub hold: u64,
    pub seq: u64,
    pub direction: Direction,
    /// With its end.
    pub line: Vec<u8>,
    pub members: Vec<Member>,
    pub batch: bool,
    /// Of a listing: the ids of the requests that it answers.
    pub listings: Vec<Id>,
    pub since: Instant,
    pub why: Vec<String>,
    pub wordings: HashMap<Box<[u8]>, Wording>,
    pub changed: Vec<(Offer, Wording)>,
    /// From when on the default applies; `None` while it is judged.
    pub deadline: Option<Instant>,
}

/// How something stopped being held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The word for it in the recording and on the socket.
    pub how: &'static str,
    pub lets: bool,
    pub by: String,
    pub reason: String,
}

impl Ending {
    /// What a person said.
    pub fn of(decision: &Decision, user: &str) -> Ending {
        let (how, lets, reason) = match decision {
            Decision::Allow => ("allowed", true, ""),
            Decision::AllowFromNow => ("allowed-from-now", true, ""),
            Decision::Deny { reason } => ("denied", false, reason.as_str()),
        };
        Ending {
            how,
            lets,
            by: user.to_string(),
            reason: Raw::from(reason).label(400),
        }
    }

    /// A person allowed the same before.
    pub fn earlier(user: &str) -> Ending {
        Ending {
            how: "allowed-earlier",
            lets: true,
            by: user.to_string(),
            reason: "allowed from then on".to_string(),
        }
    }

    pub fn by_default(then: Then, cause: Cause) -> Ending {
        let lets = then == Then::Allow;
        let (how, by, reason) = match (cause, lets) {
            (Cause::Time, true) => (
                "timed-out-allowed",
                "the time limit",
                "nobody decided in time",
            ),
            (Cause::Time, false) => (
                "timed-out-denied",
                "the time limit",
                "nobody decided in time",
            ),
            (Cause::Nobody, true) => (
                "unattended-allowed",
                "the default",
                "nobody is there to decide",
            ),
            (Cause::Nobody, false) => (
                "unattended-denied",
                "the default",
                "nobody is there to decide",
            ),
            (Cause::Crowd, true) => ("crowded-allowed", "the default", "too much is held already"),
            (Cause::Crowd, false) => ("crowded-denied", "the default", "too much is held already"),
            (Cause::End, true) => (
                "ended-allowed",
                "the default",
                "the session ended before anybody decided",
            ),
            (Cause::End, false) => (
                "ended-denied",
                "the default",
                "the session ended before anybody decided",
            ),
        };
        Ending {
            how,
            lets,
            by: by.to_string(),
            reason: reason.to_string(),
        }
    }

    /// The client took it back.
    pub fn cancelled() -> Ending {
        Ending {
            how: "cancelled",
            lets: false,
            by: "the client".to_string(),
            reason: String::new(),
        }
    }
}

/// Why no person decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cause {
    Time,
    Nobody,
    Crowd,
    End,
}

/// What is to be sent where something is held no longer.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sending {
    pub to_server: Vec<Vec<u8>>,
    pub to_client: Vec<Vec<u8>>,
    /// Answers of our own, to the client.
    pub injected: Vec<Vec<u8>>,
    /// Requests that the server never sees.
    pub withheld: usize,
}

impl Parked {
    pub fn kind(&self) -> HeldKind {
        match self.direction {
            Direction::S2c => HeldKind::Listing,
            _ => HeldKind::Call,
        }
    }

    /// The tools that are called.
    pub fn tools(&self) -> impl Iterator<Item = &[u8]> {
        self.members.iter().filter_map(|member| match &member.what {
            What::Call { tool, .. } => Some(&**tool),
            _ => None,
        })
    }

    /// Whether it holds a call under this id.
    pub fn calls_under(&self, wanted: &Id) -> bool {
        (self.members.iter())
            .any(|member| matches!(&member.what, What::Call { id: Some(id), .. } if id == wanted))
    }

    /// Takes one of several calls out of a batch. Gives whether another call is left to be held.
    pub fn drop_call(&mut self, wanted: &Id) -> bool {
        let gone = |what: &What| matches!(what, What::Call { id: Some(id), .. } if id == wanted);
        let others = self
            .members
            .iter()
            .any(|member| matches!(member.what, What::Call { .. }) && !gone(&member.what));
        if !others {
            return false;
        }
        if let Some(rest) = without(&self.line, &self.members, gone) {
            self.members = members(&rest).0;
            self.line = rest;
        }
        true
    }

    /// What it is about: the tool that is called, or the ones that changed.
    fn name(&self) -> String {
        let shown = |name: &[u8]| Raw::new(name).label(200);
        let mut names: Vec<String> = match self.kind() {
            HeldKind::Call => self.tools().map(shown).collect(),
            HeldKind::Listing => self
                .changed
                .iter()
                .map(|((_, name), _)| shown(name))
                .collect(),
        };
        names.dedup();
        match names.len() {
            0..=3 => names.join(", "),
            more => format!("{} and {} more", names[..3].join(", "), more - 3),
        }
    }

    pub fn told(&self, then: Then, now: Instant) -> Held {
        let left = self
            .deadline
            .map_or_else(Default::default, |end| end.saturating_duration_since(now));
        Held {
            hold: self.hold,
            seq: self.seq,
            what: self.kind(),
            name: self.name(),
            why: self.why.clone(),
            left_ms: left.as_millis() as u64,
            then,
        }
    }

    /// What goes on, and what the client is told instead of what does not.
    pub fn sending(&self, ending: &Ending) -> Sending {
        let mut sending = Sending::default();
        let onward = match self.kind() {
            HeldKind::Call => &mut sending.to_server,
            HeldKind::Listing => &mut sending.to_client,
        };
        if ending.lets {
            onward.push(self.line.clone());
            return sending;
        }
        let held = |what: &What| match what {
            What::Call { .. } => true,
            What::Answer { id, .. } => self.listings.contains(id),
            _ => false,
        };
        if self.batch {
            onward.extend(without(&self.line, &self.members, held));
        }
        let withheld = |member: &&Member| matches!(member.what, What::Call { id: Some(_), .. });
        sending.withheld = self.members.iter().filter(withheld).count();
        if ending.how == "cancelled" {
            return sending;
        }
        let refusal = Refusal {
            how: ending.how,
            by: &ending.by,
            reason: &ending.reason,
            seq: self.seq,
        };
        for member in &self.members {
            match &member.what {
                What::Call { id: Some(id), tool } => {
                    sending.injected.push(refusal.of_call(id, tool))
                }
                What::Answer { id, .. } if self.listings.contains(id) => {
                    sending.injected.push(refusal.of_listing(id))
                }
                _ => {}
            }
        }
        sending
    }

    /// What the recording says of the decision.
    pub fn facts(&self, ending: &Ending, now: Instant) -> Map<String, Value> {
        let id = |id: &Id| match id.strip_prefix(b"\"") {
            Some(text) => Value::from(Raw::new(text).label(200)),
            None => serde_json::from_slice(id).unwrap_or(Value::Null),
        };
        let ids: Vec<Value> = (self.members.iter())
            .filter_map(|member| match &member.what {
                What::Call { id: Some(one), .. } => Some(id(one)),
                What::Answer { id: one, .. } if self.listings.contains(one) => Some(id(one)),
                _ => None,
            })
            .collect();
        let facts = json!({
            "seq": self.seq,
            "id": if ids.len() == 1 { ids[0].clone() } else { Value::from(ids) },
            "what": self.kind(),
            "name": self.name(),
            "decision": ending.how,
            "by": ending.by,
            "reason": ending.reason,
            "waited_ms": now.saturating_duration_since(self.since).as_millis() as u64,
            "why": self.why,
        });
        match facts {
            Value::Object(facts) => facts,
            _ => Map::new(),
        }
    }
}
