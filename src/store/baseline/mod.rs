//! What a person trusts of a server: the definitions that were accepted, those that were rejected, and every wording
//! that was seen, with its date and source.
//!
//! **Trust is a person's act.** Opening or checking a recording writes nothing here, for a recording may come from
//! anybody. What is known of a server comes from four acts alone: accepting and rejecting (on the command line or in the
//! Changes view), `baseline see`, which adds to the history without a verdict, and importing. Each of the first three
//! also notes every other wording of the same server that the recording holds, as seen and undecided.
//!
//! **Whose trust it is** says [`Identity`]: how the server is reached, what the person calls it, and what its client can
//! do. **What is trusted** is a [`Wording`]: the canonical form (RFC 8785) of one definition. [`Baseline::standing`]
//! says how a definition stands to it. [`Store`] keeps it all in one file.
//!
//! Everything in here came from servers. Names that are no text, definitions that are no JSON and what is too large are
//! known by their hashes alone.

mod covers;
mod disk;
mod identity;
mod import;
mod known;
mod standing;
mod wording;

pub use covers::Covers;
pub use disk::{Error, Store};
pub use identity::{Client, Identity, Likeness};
pub use import::{Imported, LARGEST_IMPORT, Origin, import};
pub use known::{Kind, Known, KnownItem, Shown};
pub use standing::Standing;
pub use wording::{Decision, Hash, Sighting, Verdict, Wording};

use serde::{Deserialize, Serialize};

/// The version of the file's format. A reader refuses what it does not know.
pub const SCHEMA: &str = "plainsight.baseline/1";

/// Servers that are kept.
const SERVERS: usize = 4_000;
/// Definitions of one server that are kept.
const ITEMS: usize = 10_000;
/// Wordings of one definition that are kept; undecided ones go first.
const WORDINGS: usize = 64;
/// Bytes of a definition up to which its text is kept, and not its hash alone.
const TEXT: usize = 256 * 1024;
/// Sightings of one wording that are kept: the first, and the latest.
const SIGHTINGS: usize = 24;
/// Characters of a name or a source.
const NAME: usize = 1_024;

/// All that is known of all servers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    servers: Vec<Known>,
}

impl Baseline {
    pub fn servers(&self) -> &[Known] {
        &self.servers
    }

    pub fn is_empty(&self) -> bool {
        self.servers.is_empty()
    }

    /// The record of exactly this server, made if there is none; `None` where there are too many.
    pub fn entry(&mut self, identity: &Identity) -> Option<&mut Known> {
        let place = match self
            .servers
            .iter()
            .position(|known| known.identity == *identity)
        {
            Some(place) => place,
            None if self.servers.len() >= SERVERS => return None,
            None => {
                self.servers.push(Known::new(identity.clone()));
                self.servers.len() - 1
            }
        };
        self.servers.get_mut(place)
    }

    /// Forgets the servers for which `gone` holds; gives how many they were.
    pub fn forget(&mut self, gone: impl Fn(&Known) -> bool) -> usize {
        let before = self.servers.len();
        self.servers.retain(|known| !gone(known));
        before - self.servers.len()
    }

    /// Forgets a definition of the servers that a word means; gives how many records of it there were.
    pub fn forget_item(&mut self, server: &str, name: &str) -> usize {
        let meant = self
            .servers
            .iter_mut()
            .filter(|known| known.is_named(server));
        meant.map(|known| known.forget(name)).sum()
    }

    /// The servers that may be meant by a word of a person: a label, an address, or the start of an id.
    pub fn named<'a>(&'a self, word: &'a str) -> impl Iterator<Item = &'a Known> {
        self.servers
            .iter()
            .filter(move |known| known.is_named(word))
    }
}
