//! What a person set for the analysis, beside the built-in rules.
//!
//! Nothing of it is ever read from beside a recording: it is named on the command line or stands in the user's own
//! configuration.

use super::finding::Finding;
use super::levels::Level;
use super::policy::Policy;
use super::rules::Packs;
use super::suppress::Suppression;
use crate::session::Session;
use crate::store::baseline::Baseline;
use std::sync::{Arc, PoisonError, RwLock};

/// Read once at the start, the same for a whole analysis but for the baseline, which the person may add to.
#[derive(Debug, Default)]
pub struct Settings {
    /// Rules that are data: the built-in ones and the person's own.
    pub packs: Packs,
    /// What every call is held against.
    pub policy: Option<Policy>,
    pub suppressions: Vec<Suppression>,
    /// Severities that were set for rules; of several for one rule the last counts.
    pub levels: Vec<Level>,
    /// The definitions that the person trusts; empty where nothing was accepted yet.
    pub baseline: Trusted,
    /// Sentences about what the configuration holds and could not be used; every report tells them.
    pub notes: Vec<String>,
}

/// The baseline as it is by now.
#[derive(Debug, Default)]
pub struct Trusted(RwLock<Arc<Baseline>>);

impl Trusted {
    pub fn now(&self) -> Arc<Baseline> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What is judged from now on is held against this one.
    pub(super) fn set(&self, baseline: Arc<Baseline>) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = baseline;
    }
}

impl From<Baseline> for Trusted {
    fn from(baseline: Baseline) -> Trusted {
        Trusted(RwLock::new(Arc::new(baseline)))
    }
}

/// Who decided that a finding is not told.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Silencer {
    /// Place in [`Settings::suppressions`].
    Suppression(usize),
    /// Place in [`Settings::levels`], of one that switches a rule off.
    Level(usize),
}

/// What the settings make of a finding.
pub(super) enum Decision {
    Told,
    /// Told with another severity than its evidence gave it: the place in [`Settings::levels`].
    Leveled(usize),
    Silenced(Silencer),
}

impl Settings {
    /// Decides about a finding and gives it the severity that was set for its rule.
    pub(super) fn decide(&self, session: &Session, finding: &mut Finding) -> Decision {
        if let Some(n) = self
            .suppressions
            .iter()
            .position(|s| s.covers(session, finding))
        {
            return Decision::Silenced(Silencer::Suppression(n));
        }
        let Some(n) = self.levels.iter().rposition(|level| level.covers(finding)) else {
            return Decision::Told;
        };
        let level = &self.levels[n];
        match level.to {
            None => Decision::Silenced(Silencer::Level(n)),
            Some(severity) if severity == finding.severity => Decision::Told,
            Some(severity) => {
                finding.explanation.push_str(&format!(
                    " ({} sets this rule to {}; by its evidence it is {}.)",
                    level.at,
                    severity.name(),
                    finding.severity.name()
                ));
                finding.severity = severity;
                Decision::Leveled(n)
            }
        }
    }

    /// Why a finding is not told: the reason, and file and line of who said so.
    pub fn silenced_by(&self, by: Silencer) -> (&str, &str) {
        match by {
            Silencer::Suppression(n) => {
                let suppression = &self.suppressions[n];
                (&suppression.reason, &suppression.at)
            }
            Silencer::Level(n) => ("the rule is switched off", &self.levels[n].at),
        }
    }
}
