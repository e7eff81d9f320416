//! How a definition of a recording stands to what is trusted.

use super::wording::{Hash, Verdict, Wording};
use super::{Baseline, Identity, Kind, Known, KnownItem, Likeness, covers};

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing<'a> {
    /// Nothing of this server was ever accepted.
    Unknown,
    /// The server is trusted, and this was never seen on it.
    New(&'a Known),
    /// The server is trusted; this was seen on it, and nobody has decided on any wording of it.
    Undecided(&'a Wording),
    /// It was at hand, in the same recording, when another wording was accepted.
    AtHand,
    Accepted(&'a Wording),
    Rejected(&'a Wording),
    /// It was accepted in another wording.
    Changed {
        accepted: &'a Wording,
        /// It was accepted for a client that can do other things, which may well be offered something else.
        other_client: bool,
    },
}

impl Baseline {
    /// The records of this server, the one that fits best first.
    pub fn of<'a>(&'a self, identity: &Identity) -> Vec<(&'a Known, Likeness)> {
        let mut fits: Vec<(&Known, Likeness)> = self
            .servers()
            .iter()
            .filter_map(|known| Some((known, known.identity.likeness(identity)?)))
            .collect();
        fits.sort_by_key(|(_, likeness)| std::cmp::Reverse(*likeness));
        fits
    }

    /// The trusted server of the same name that is reached in another way, where this one is not known itself.
    pub fn moved<'a>(&'a self, identity: &Identity) -> Option<&'a Known> {
        if self
            .of(identity)
            .iter()
            .any(|(known, _)| known.is_trusted())
        {
            return None;
        }
        self.servers()
            .iter()
            .find(|known| known.is_trusted() && identity.moved_from(&known.identity))
    }

    /// How a definition stands; `json` is the definition whole, `at` the time of its message where that is known. A
    /// wording that was at hand, in the same recording, when another was accepted is no drift.
    pub fn standing(
        &self,
        identity: &Identity,
        (kind, name): (Kind, &str),
        hash: Hash,
        json: &[u8],
        at: Option<&str>,
    ) -> Standing<'_> {
        let fits = self.of(identity);
        let meant = std::cell::OnceCell::new();
        let is = |wording: &Wording| match wording.covers.is_all() {
            true if wording.hash == hash => true,
            // The hints of tools have values where they are not given.
            true if kind == Kind::Tool => {
                let meant = meant.get_or_init(|| covers::meant(json));
                let text = wording.text.as_ref().filter(|_| meant.is_some());
                text.is_some_and(|text| covers::meant(text.as_bytes()) == *meant)
            }
            true => false,
            false => wording
                .covers
                .of(json)
                .is_some_and(|(_, hash)| wording.hash == hash),
        };
        let items: Vec<(&KnownItem, Likeness)> = fits
            .iter()
            .filter_map(|(known, likeness)| Some((known.item(kind, name)?, *likeness)))
            .collect();
        let decided = items
            .iter()
            .flat_map(|(item, _)| &item.wordings)
            .filter(|wording| wording.decision.is_some() && is(wording))
            .max_by_key(|wording| wording.decision.as_ref().map(|decision| &decision.at));
        match decided {
            Some(wording) if wording.is(Verdict::Rejected) => return Standing::Rejected(wording),
            Some(wording) => return Standing::Accepted(wording),
            None => {}
        }
        let at_hand = items
            .iter()
            .flat_map(|(item, _)| &item.wordings)
            .filter(|wording| wording.covers.is_all() && wording.hash == hash)
            .any(|wording| wording.seen.iter().any(|one| Some(one.at.as_str()) == at));
        let accepted = items
            .iter()
            .find_map(|(item, likeness)| Some((item.accepted()?, *likeness)));
        if accepted.is_some() && at_hand {
            return Standing::AtHand;
        }
        if let Some((accepted, likeness)) = accepted {
            return Standing::Changed {
                accepted,
                other_client: likeness.other_client(),
            };
        }
        let trusted = fits
            .iter()
            .find(|(known, likeness)| known.is_trusted() && !likeness.other_client());
        let seen = items
            .iter()
            .find_map(|(item, _)| item.wordings.iter().min_by_key(|one| one.since()));
        match (trusted, seen) {
            (Some(_), Some(wording)) => Standing::Undecided(wording),
            (Some((known, _)), None) => Standing::New(known),
            (None, _) => Standing::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::known::tests::{decided, shown};
    use super::super::{Client, Covers};
    use super::*;

    fn identity(client: u8) -> Identity {
        Identity {
            address: Some("npx mailer".into()),
            label: Some("mail".into()),
            client: Client::Of(Hash([client; 16])),
        }
    }

    fn baseline() -> Baseline {
        let mut baseline = Baseline::default();
        let known = baseline.entry(&identity(1)).unwrap();
        known.note(shown("send", 1), decided(Verdict::Accepted, "2026-01-01"));
        known.note(shown("send", 2), decided(Verdict::Rejected, "2026-01-02"));
        known.note(shown("list", 3), None);
        baseline
    }

    fn standing<'a>(baseline: &'a Baseline, client: u8, name: &str, hash: u8) -> Standing<'a> {
        baseline.standing(
            &identity(client),
            (Kind::Tool, name),
            Hash([hash; 16]),
            b"{}",
            None,
        )
    }

    #[test]
    fn every_wording_has_its_standing() {
        let baseline = baseline();
        assert!(matches!(
            standing(&baseline, 1, "send", 1),
            Standing::Accepted(_)
        ));
        assert!(matches!(
            standing(&baseline, 1, "send", 2),
            Standing::Rejected(_)
        ));
        assert!(matches!(
            standing(&baseline, 1, "send", 9),
            Standing::Changed { accepted, other_client: false } if accepted.hash == Hash([1; 16])
        ));
        assert!(matches!(
            standing(&baseline, 1, "list", 4),
            Standing::Undecided(_)
        ));
        assert!(matches!(
            standing(&baseline, 1, "steal", 5),
            Standing::New(_)
        ));
        let nobody = Baseline::default();
        assert_eq!(standing(&nobody, 1, "send", 1), Standing::Unknown);
    }

    #[test]
    fn what_was_at_hand_when_another_was_accepted_is_left_alone() {
        let mut baseline = baseline();
        let known = baseline.entry(&identity(1)).unwrap();
        known.note(shown("send", 4), None);
        let at = |at| {
            let what = (Kind::Tool, "send");
            baseline.standing(&identity(1), what, Hash([4; 16]), b"{}", at)
        };
        assert_eq!(at(Some("2026-01-05T00:00:00Z")), Standing::AtHand);
        assert!(matches!(
            at(Some("2026-02-05T00:00:00Z")),
            Standing::Changed { .. }
        ));
        assert!(matches!(at(None), Standing::Changed { .. }));
    }

    #[test]
    fn another_client_is_told_and_may_have_other_tools() {
        let baseline = baseline();
        assert!(matches!(
            standing(&baseline, 2, "send", 9),
            Standing::Changed {
                other_client: true,
                ..
            }
        ));
        assert_eq!(standing(&baseline, 2, "steal", 5), Standing::Unknown);
        assert!(matches!(
            standing(&baseline, 2, "send", 1),
            Standing::Accepted(_)
        ));
    }

    #[test]
    fn a_record_of_less_is_compared_by_what_it_holds() {
        let json = br#"{"name":"send","description":"Sends.","_meta":{"x":1}}"#;
        let (text, hash) = Covers::Call.of(json).unwrap();
        let mut baseline = Baseline::default();
        let known = baseline.entry(&identity(1)).unwrap();
        let mut part = shown("send", 1);
        (part.hash, part.text, part.covers) = (hash, Some(text), Covers::Call);
        known.note(part, decided(Verdict::Accepted, "2026-01-01"));
        let stands = |json: &[u8]| {
            baseline.standing(
                &identity(1),
                (Kind::Tool, "send"),
                Hash([7; 16]),
                json,
                None,
            )
        };
        assert!(matches!(stands(json), Standing::Accepted(_)));
        assert!(matches!(
            stands(br#"{"name":"send","description":"Steals."}"#),
            Standing::Changed { .. }
        ));
    }

    #[test]
    fn a_hint_that_is_spelled_out_is_no_change() {
        let mut baseline = Baseline::default();
        let known = baseline.entry(&identity(1)).unwrap();
        let mut plain = shown("send", 1);
        plain.text = Some(r#"{"name":"send"}"#.into());
        known.note(plain, decided(Verdict::Accepted, "2026-01-01"));
        let stands = |json: &str| {
            let kind = (Kind::Tool, "send");
            baseline.standing(&identity(1), kind, Hash([7; 16]), json.as_bytes(), None)
        };
        let with = |hint: &str| format!(r#"{{"name":"send","annotations":{{{hint}}}}}"#);
        assert!(matches!(
            stands(&with(r#""readOnlyHint":false"#)),
            Standing::Accepted(_)
        ));
        assert!(matches!(
            stands(&with(r#""readOnlyHint":true"#)),
            Standing::Changed { .. }
        ));
    }

    #[test]
    fn a_server_that_moved_is_told() {
        let baseline = baseline();
        let mut moved = identity(1);
        moved.address = Some("npx stealer".into());
        assert!(baseline.moved(&moved).is_some());
        assert!(baseline.moved(&identity(2)).is_none());
    }
}
