//! What is known of one server.

use super::wording::{Decision, Hash, Sighting, Verdict, Wording};
use super::{Covers, ITEMS, Identity, NAME, TEXT, WORDINGS};
use crate::session::ItemKind;
use serde::{Deserialize, Serialize};

/// [`ItemKind`], as the file has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    ServerInfo,
    Instructions,
    Tool,
    Prompt,
    Resource,
    ResourceTemplate,
}

impl From<ItemKind> for Kind {
    fn from(kind: ItemKind) -> Kind {
        match kind {
            ItemKind::ServerInfo => Kind::ServerInfo,
            ItemKind::Instructions => Kind::Instructions,
            ItemKind::Tool => Kind::Tool,
            ItemKind::Prompt => Kind::Prompt,
            ItemKind::Resource => Kind::Resource,
            ItemKind::Template => Kind::ResourceTemplate,
        }
    }
}

impl From<Kind> for ItemKind {
    fn from(kind: Kind) -> ItemKind {
        match kind {
            Kind::ServerInfo => ItemKind::ServerInfo,
            Kind::Instructions => ItemKind::Instructions,
            Kind::Tool => ItemKind::Tool,
            Kind::Prompt => ItemKind::Prompt,
            Kind::Resource => ItemKind::Resource,
            Kind::ResourceTemplate => ItemKind::Template,
        }
    }
}

/// One server, and what it was seen to offer to one kind of client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    #[serde(flatten)]
    pub identity: Identity,
    /// In the order in which they came.
    #[serde(default)]
    items: Vec<KnownItem>,
}

/// One tool, prompt, resource, … and its wordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownItem {
    pub kind: Kind,
    /// Empty for instructions and server info.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Oldest first.
    pub wordings: Vec<Wording>,
}

/// A wording as a recording or an import shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub kind: Kind,
    pub name: String,
    pub hash: Hash,
    /// Its canonical form, where it has one.
    pub text: Option<String>,
    pub covers: Covers,
    pub sighting: Sighting,
}

impl Known {
    pub(super) fn new(identity: Identity) -> Known {
        Known {
            identity,
            items: Vec::new(),
        }
    }

    pub fn items(&self) -> &[KnownItem] {
        &self.items
    }

    pub fn item(&self, kind: Kind, name: &str) -> Option<&KnownItem> {
        self.items
            .iter()
            .find(|item| item.kind == kind && item.name == name)
    }

    /// Whether anything of it was accepted: before that, nothing of it is trusted.
    pub fn is_trusted(&self) -> bool {
        self.items.iter().any(|item| item.accepted().is_some())
    }

    /// What a person may call it: its label, its address, or the start of its id.
    pub(super) fn is_named(&self, word: &str) -> bool {
        let is = |part: &Option<String>| part.as_deref() == Some(word);
        is(&self.identity.label)
            || is(&self.identity.address)
            || word.len() >= 4 && self.identity.id().starts_with(word)
    }

    pub(super) fn forget(&mut self, name: &str) -> usize {
        let before = self.items.len();
        self.items.retain(|item| item.name != name);
        before - self.items.len()
    }

    /// Notes a wording, and what was decided of it. Whether it is kept: there may be too many of them.
    pub fn note(&mut self, shown: Shown, decision: Option<Decision>) -> bool {
        if shown.name.len() > NAME {
            return false;
        }
        let found = self
            .items
            .iter()
            .position(|item| item.kind == shown.kind && item.name == shown.name);
        let place = match found {
            Some(place) => place,
            None if self.items.len() >= ITEMS => return false,
            None => {
                self.items.push(KnownItem {
                    kind: shown.kind,
                    name: shown.name.clone(),
                    wordings: Vec::new(),
                });
                self.items.len() - 1
            }
        };
        self.items[place].note(shown, decision)
    }
}

impl KnownItem {
    /// The wording that was accepted last.
    pub fn accepted(&self) -> Option<&Wording> {
        let accepted = self.wordings.iter().filter(|one| one.is(Verdict::Accepted));
        accepted.max_by_key(|one| one.decision.as_ref().map(|decision| &decision.at))
    }

    fn note(&mut self, shown: Shown, decision: Option<Decision>) -> bool {
        let same = |one: &Wording| one.hash == shown.hash && one.covers == shown.covers;
        let place = match self.wordings.iter().position(same) {
            Some(place) => place,
            None => {
                if self.wordings.len() >= WORDINGS && !self.make_room() {
                    return false;
                }
                self.wordings.push(Wording {
                    hash: shown.hash,
                    text: shown.text.filter(|text| text.len() <= TEXT),
                    covers: shown.covers,
                    decision: None,
                    seen: Vec::new(),
                });
                self.wordings.len() - 1
            }
        };
        let wording = &mut self.wordings[place];
        wording.see(shown.sighting);
        if let Some(decision) = decision {
            let later = wording
                .decision
                .as_ref()
                .is_none_or(|old| old.at <= decision.at);
            if later {
                wording.decision = Some(decision);
            }
        }
        true
    }

    /// Lets go of the oldest wording on which nobody decided, or of the oldest that was accepted before the last.
    fn make_room(&mut self) -> bool {
        let undecided = self.wordings.iter().position(|one| one.decision.is_none());
        let last = self.accepted().map(|one| one.hash);
        let outdated = || {
            self.wordings
                .iter()
                .position(|one| one.is(Verdict::Accepted) && Some(one.hash) != last)
        };
        let place = undecided.or_else(outdated);
        place.map(|place| self.wordings.remove(place)).is_some()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::Client;
    use super::*;

    pub fn shown(name: &str, hash: u8) -> Shown {
        Shown {
            kind: Kind::Tool,
            name: name.to_owned(),
            hash: Hash([hash; 16]),
            text: Some(format!("{{\"name\":\"{name}\",\"v\":{hash}}}")),
            covers: Covers::All,
            sighting: Sighting {
                at: format!("2026-01-{:02}T00:00:00Z", hash % 28 + 1),
                source: "a.jsonl".into(),
            },
        }
    }

    pub fn decided(verdict: Verdict, at: &str) -> Option<Decision> {
        Some(Decision {
            verdict,
            at: at.to_owned(),
            source: "a.jsonl".into(),
        })
    }

    pub fn known(label: &str) -> Known {
        Known::new(Identity {
            address: None,
            label: Some(label.to_owned()),
            client: Client::Unknown,
        })
    }

    #[test]
    fn the_later_decision_counts_whatever_order_they_come_in() {
        let mut server = known("s");
        server.note(shown("a", 1), decided(Verdict::Rejected, "2026-03-01"));
        server.note(shown("a", 1), decided(Verdict::Accepted, "2026-02-01"));
        let item = server.item(Kind::Tool, "a").unwrap();
        assert!(item.wordings[0].is(Verdict::Rejected) && item.accepted().is_none());
        server.note(shown("a", 1), decided(Verdict::Accepted, "2026-04-01"));
        assert!(server.is_trusted());
    }

    #[test]
    fn wordings_without_end_do_not_push_out_what_was_decided() {
        let mut server = known("s");
        server.note(shown("a", 1), decided(Verdict::Accepted, "2026-01-01"));
        server.note(shown("a", 2), decided(Verdict::Rejected, "2026-01-02"));
        for hash in 3..200 {
            assert!(server.note(shown("a", hash), None));
        }
        let item = server.item(Kind::Tool, "a").unwrap();
        assert_eq!(item.wordings.len(), WORDINGS);
        assert_eq!(item.accepted().unwrap().hash, Hash([1; 16]));
        assert!(item.wordings[1].is(Verdict::Rejected));
    }

    #[test]
    fn long_names_are_not_kept_and_long_texts_by_their_hash() {
        let mut server = known("s");
        assert!(!server.note(shown(&"n".repeat(NAME + 1), 1), None));
        let mut large = shown("a", 1);
        large.text = Some("x".repeat(TEXT + 1));
        assert!(server.note(large, None));
        assert_eq!(server.items()[0].wordings[0].text, None);
    }
}
