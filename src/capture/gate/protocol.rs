//! What is said over the control socket: JSON objects, one a line. The client begins with [`Asked::Hello`]; a gate that
//! does not know the token says nothing and hangs up.

use serde::{Deserialize, Serialize};

/// Longest line that either side reads, in bytes.
pub const LONGEST: u64 = 256 << 10;

/// From the gate to a person's screens.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Told {
    /// The token is right. What is held already follows.
    Welcome {
        /// The id of the session in its recording.
        session: String,
    },
    Held(Held),
    /// It is held no longer.
    Released {
        hold: u64,
        /// How it ended, as a word: `allowed`, `denied`, `cancelled`, `timed-out-allowed`, `timed-out-denied`.
        how: String,
        /// Who decided: a person's name, or `the time limit`.
        by: String,
    },
    /// What was asked could not be done, in a sentence.
    Refused {
        hold: u64,
        why: String,
    },
}

/// Something that waits for a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Its number at this gate.
    pub hold: u64,
    /// Its entry in the recording.
    pub seq: u64,
    pub what: HeldKind,
    /// The tool that is called, or the one that changed. The server's words, not ours.
    pub name: String,
    /// Why it is held, as sentences of ours that are safe to print.
    pub why: Vec<String>,
    /// Milliseconds that are left when this is sent, and what happens then.
    pub left_ms: u64,
    pub then: Then,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HeldKind {
    /// A `tools/call` on its way to the server.
    Call,
    /// A listing with changed definitions on its way to the client.
    Listing,
}

/// What happens where nobody decides in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    Deny,
    Allow,
}

/// From a person's screens to the gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub enum Asked {
    Hello { token: String },
    Decide { hold: u64, decision: Decision },
}

/// What a person says of what is held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    Allow,
    /// This one, and the same tool with the same definition for as long as the tap runs.
    AllowFromNow,
    Deny {
        /// Told to the client; may be empty.
        reason: String,
    },
}
