//! Whether two tools whose names meet are alike by right: two servers for the same kind of thing, or one that took over
//! the other's tool.

use super::SetAt;
use crate::analysis::profile::{self, Profile};
use crate::analysis::rank::Severity;
use crate::session::Item;

/// How two tools stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verdict {
    /// One server, connected twice.
    Twins,
    /// Servers that offer mostly the same.
    Relatives,
    /// One definition was copied from the other.
    Copied,
    /// One of them is unlike everything else that its server offers.
    Misfit,
    /// Each belongs to its server.
    Apart,
}

impl Verdict {
    pub(super) fn why(self) -> &'static str {
        match self {
            Verdict::Twins => {
                "Both definitions are the same, and so are the names that the servers give themselves."
            }
            Verdict::Relatives => "The two servers offer mostly the same tools.",
            Verdict::Copied => {
                "The one says of itself word for word what the other does, on a server that offers other things."
            }
            Verdict::Misfit => {
                "It is about something that nothing else on its server is about, and its description does not say why."
            }
            Verdict::Apart => "Each is at home on its server, and the definitions differ.",
        }
    }

    /// For names that are the same to the eye.
    pub(super) fn severity(self) -> Severity {
        match self {
            Verdict::Twins => Severity::Info,
            Verdict::Relatives | Verdict::Apart => Severity::Low,
            Verdict::Copied | Verdict::Misfit => Severity::Medium,
        }
    }
}

/// Two tools and what is known of them.
pub(super) struct Kin<'a> {
    at: &'a SetAt<'a>,
    other: &'a Item,
}

impl<'a> Kin<'a> {
    pub(super) fn of(at: &'a SetAt<'a>, other: &'a Item) -> Kin<'a> {
        Kin { at, other }
    }

    pub(super) fn judge(&self) -> Verdict {
        let peers = &self.at.memory.names;
        let (mine, theirs) = (self.at.item, self.other);
        let (Some(a), Some(b)) = (peers.profile(mine.id), peers.profile(theirs.id)) else {
            return Verdict::Apart;
        };
        let name = |item: &Item| self.at.session.server(item.server).name.as_raw();
        let (same, copy) = (a.is_same(b), a.is_copy(b));
        if (same || copy) && name(mine) == name(theirs) && !name(mine).is_empty() {
            return Verdict::Twins;
        }
        let (shared, most) = peers.in_common(mine.server, theirs.server);
        if shared * 5 >= most * 3 && shared > 0 {
            return Verdict::Relatives;
        }
        let at_home = self.is_at_home(mine, a) && self.is_at_home(theirs, b);
        if same && (!at_home || shared < 3) {
            return Verdict::Copied;
        }
        if at_home && (shared >= 3 || !a.is_long_copy(b)) {
            return Verdict::Apart;
        }
        if copy {
            return Verdict::Copied;
        }
        let by_chance = a.is_bare_verb() && b.is_bare_verb();
        if at_home || by_chance || shared >= 3 {
            return Verdict::Apart;
        }
        Verdict::Misfit
    }

    /// The tool is about what the rest of its server is about, or says which server it belongs to.
    fn is_at_home(&self, item: &Item, profile: &Profile) -> bool {
        let server = self.at.session.server(item.server);
        let known_as = profile::known_as(server);
        if profile.mentions(&known_as) {
            return true;
        }
        let peers = &self.at.memory.names;
        profile
            .topics()
            .iter()
            .any(|word| peers.spread(item.server, *word) >= 2)
    }
}
