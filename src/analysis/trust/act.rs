//! What a person decides about a session's definitions, ready to be written into a baseline.

use super::{identity, shown};
use crate::session::{Item, Session};
use crate::store::baseline::{Baseline, Decision, Identity, Shown, Verdict};

/// Everything that a session shows of some servers, and what was decided of it. Gathering reads the recording; writing it
/// down is quick, so that nobody waits for the baseline meanwhile.
#[derive(Debug, Default)]
pub struct Act {
    entries: Vec<Entry>,
    /// Wordings that could not be read from the recording.
    pub unread: usize,
    /// Wordings of servers of which the recording says neither how they are reached nor what they are called.
    pub nameless: usize,
}

#[derive(Debug)]
struct Entry {
    identity: Identity,
    shown: Shown,
    verdict: Option<Verdict>,
}

/// What became of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Noted {
    pub accepted: usize,
    pub rejected: usize,
    /// Wordings on which nothing was decided.
    pub seen: usize,
    /// Wordings that are not kept, because there are too many or their names are too long.
    pub lost: usize,
}

impl Act {
    /// Takes the wordings of every item for which `about` holds, with what `decide` says of each. `now` is the time, in
    /// RFC 3339.
    pub fn gather(
        session: &Session,
        now: &str,
        about: impl Fn(&Item) -> bool,
        decide: impl Fn(&Item, usize) -> Option<Verdict>,
    ) -> Act {
        let mut act = Act::default();
        for item in session.items().iter().filter(|item| about(item)) {
            for (place, version) in item.versions.iter().enumerate() {
                let identity = identity(session, version.conn);
                if !identity.is_known() {
                    act.nameless += 1;
                    continue;
                }
                let connection = &session.connections()[version.conn.index()];
                let source = session.sources()[connection.source.index()].name();
                let json = session.version_json(item, place).ok();
                let shown = json.and_then(|json| shown(session, item, place, &json, &source, now));
                match shown {
                    Some(shown) => act.entries.push(Entry {
                        identity,
                        shown,
                        verdict: decide(item, place),
                    }),
                    None => act.unread += 1,
                }
            }
        }
        act
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Writes it down.
    pub fn note(self, baseline: &mut Baseline, now: &str) -> Noted {
        let mut noted = Noted::default();
        for entry in self.entries {
            let source = entry.shown.sighting.source.clone();
            let decision = entry.verdict.map(|verdict| Decision {
                verdict,
                at: now.to_owned(),
                source,
            });
            let known = baseline.entry(&entry.identity);
            let kept = known.is_some_and(|known| known.note(entry.shown, decision));
            *match entry.verdict {
                _ if !kept => &mut noted.lost,
                Some(Verdict::Accepted) => &mut noted.accepted,
                Some(Verdict::Rejected) => &mut noted.rejected,
                None => &mut noted.seen,
            } += 1;
        }
        noted
    }
}
