//! What the person trusts, as far as the screens know it.

use crate::analysis::rules::{self, Rule};
use crate::analysis::trust;
use crate::session::{Item, Session};
use crate::store::baseline::{Baseline, Hash, Kind, KnownItem, Store, Wording};
use std::sync::Arc;

/// The baseline and where it is kept.
#[derive(Clone, Debug, Default)]
pub struct Trust {
    pub baseline: Arc<Baseline>,
    pub store: Option<Store>,
    /// Why nothing can be accepted or rejected here, in a sentence.
    pub locked: Option<&'static str>,
}

/// Rules whose findings are entries of Changes: a wording is not what was decided on.
static DRIFTS: [&Rule; 3] = [&rules::DRIFTED, &rules::REJECTED, &rules::NOT_ACCEPTED];

/// Whether a finding of this rule tells of a wording against the baseline.
pub fn is_drift(rule: &Rule) -> bool {
    DRIFTS.iter().any(|drift| drift.id == rule.id)
}

/// What a wording is by now: the person may have decided since it was found.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// Nobody decided on any wording of it; since when it was seen, if it was.
    New(Option<&'a Wording>),
    /// Decided on, as it is.
    Decided(&'a Wording),
    /// Another wording was accepted.
    Changed(&'a Wording),
}

impl Trust {
    /// What is known of an item under its identity in this session, the record that fits best first.
    pub fn known(&self, session: &Session, item: &Item, version: usize) -> Vec<&KnownItem> {
        let Some(version) = item.versions.get(version) else {
            return Vec::new();
        };
        if self.baseline.is_empty() {
            return Vec::new();
        }
        let identity = trust::identity(session, version.conn);
        let name = trust::text(item.name.as_raw());
        let records = self.baseline.of(&identity).into_iter();
        records
            .filter_map(|(known, _)| known.item(Kind::from(item.kind), &name))
            .collect()
    }

    pub fn standing(&self, session: &Session, item: &Item, version: usize) -> Standing<'_> {
        let known = self.known(session, item, version);
        let hash = item.versions.get(version).map(|version| Hash(version.hash));
        let same = known
            .iter()
            .flat_map(|known| &known.wordings)
            .filter(|wording| wording.decision.is_some() && Some(wording.hash) == hash)
            .max_by_key(|wording| wording.decision.as_ref().map(|decision| &decision.at));
        let accepted = || known.iter().find_map(|known| known.accepted());
        match (same, accepted()) {
            (Some(wording), _) => Standing::Decided(wording),
            (None, Some(accepted)) => Standing::Changed(accepted),
            (None, None) => {
                let wordings = known.iter().flat_map(|known| &known.wordings);
                Standing::New(wordings.min_by_key(|wording| wording.since()))
            }
        }
    }
}
