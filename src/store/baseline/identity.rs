//! Which server it is.

use super::wording::Hash;
use serde::{Deserialize, Serialize};

/// How a server is recognised. What it says of itself is no part of it: any server may call itself anything.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Identity {
    /// The command line that starts it or the URL that reaches it, secrets taken out; absent where nobody said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// What the client's configuration or the recorder calls it; absent where nobody said, and in imports that know it by
    /// its address alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// What its client can do: a server may offer other tools to another client.
    #[serde(default)]
    pub client: Client,
}

/// The capabilities that a client declared, hashed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Client {
    /// The recording does not say, or the import does not know.
    #[default]
    Unknown,
    Of(Hash),
}

/// How well two identities fit; more is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Likeness {
    client: u8,
    /// How many of address and label are known on both sides.
    known: u8,
}

impl Likeness {
    /// The two clients declared different capabilities.
    pub fn other_client(self) -> bool {
        self.client == 0
    }
}

impl Identity {
    /// Whether anything is known of it: a server of which nothing is could be any.
    pub fn is_known(&self) -> bool {
        self.address.is_some() || self.label.is_some()
    }

    /// Eight hexadecimal digits that stand for it on the command line.
    pub fn id(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        for part in [&self.address, &self.label] {
            let text = part.as_deref().unwrap_or("\u{0}");
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        if let Client::Of(hash) = self.client {
            hasher.update(&hash.0);
        }
        hasher.finalize().to_hex().as_str()[..8].to_owned()
    }

    /// How well the server of a recording fits this record. Where both sides know the address or the label, they must be
    /// the same, and one of the two must be known on both sides; other clients fit too, but least.
    pub fn likeness(&self, other: &Identity) -> Option<Likeness> {
        let mut known = 0;
        for (own, its) in [(&self.address, &other.address), (&self.label, &other.label)] {
            if let Some((own, its)) = own.as_ref().zip(its.as_ref()) {
                if own != its {
                    return None;
                }
                known += 1;
            }
        }
        let client = match (self.client, other.client) {
            (a, b) if a == b => 2,
            (Client::Unknown, _) | (_, Client::Unknown) => 1,
            _ => 0,
        };
        (known > 0).then_some(Likeness { client, known })
    }

    /// The same name, reached in another way.
    pub fn moved_from(&self, other: &Identity) -> bool {
        let differ = |a: &Option<String>, b: &Option<String>| a.is_some() && b.is_some() && a != b;
        self.label.is_some() && self.label == other.label && differ(&self.address, &other.address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(address: &str, label: &str, client: u8) -> Identity {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Identity {
            address: text(address),
            label: text(label),
            client: if client == 0 {
                Client::Unknown
            } else {
                Client::Of(Hash([client; 16]))
            },
        }
    }

    #[test]
    fn a_name_alone_is_not_the_server_where_the_address_is_known() {
        let known = identity("npx mailer", "mail", 1);
        assert!(known.likeness(&known).is_some());
        assert!(
            known
                .likeness(&identity("npx stealer", "mail", 1))
                .is_none()
        );
        assert!(known.likeness(&identity("npx mailer", "post", 1)).is_none());
        assert!(identity("npx stealer", "mail", 1).moved_from(&known));
        assert!(!identity("", "mail", 1).moved_from(&known));
    }

    #[test]
    fn what_is_not_known_is_no_difference_but_fits_less_well() {
        let session = identity("npx mailer", "mail", 1);
        let fit = |address, label, client| identity(address, label, client).likeness(&session);
        let exact = fit("npx mailer", "mail", 1).unwrap();
        let by_address = fit("npx mailer", "", 0).unwrap();
        let other = fit("npx mailer", "mail", 2).unwrap();
        assert!(exact > by_address && by_address > other);
        assert!(other.other_client() && !by_address.other_client());
        assert_eq!(
            identity("", "mail", 0).likeness(&identity("npx mailer", "", 0)),
            None
        );
    }

    #[test]
    fn ids_tell_servers_apart() {
        let ids = [
            identity("a", "b", 0),
            identity("", "b", 0),
            identity("a", "", 0),
            identity("a", "b", 1),
            identity("ab", "", 0),
        ]
        .map(|one| one.id());
        let apart: std::collections::BTreeSet<_> = ids.iter().collect();
        assert_eq!(apart.len(), ids.len());
    }
}
