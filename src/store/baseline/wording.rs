//! One wording of a definition, and what is known of it.

use super::{Covers, SIGHTINGS};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// The first 16 bytes of the BLAKE3 hash of a canonical form, as the session has it; 32 hexadecimal digits in the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Hash(pub [u8; 16]);

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Hash {
    fn parse(text: &str) -> Option<Hash> {
        if text.len() != 32 || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        let mut bytes = [0; 16];
        for (n, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(text.get(2 * n..2 * n + 2)?, 16).ok()?;
        }
        Some(Hash(bytes))
    }
}

impl Serialize for Hash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Hash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Hash, D::Error> {
        let text = String::deserialize(deserializer)?;
        Hash::parse(&text)
            .ok_or_else(|| serde::de::Error::custom("a hash has 32 hexadecimal digits"))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    Accepted,
    Rejected,
}

impl Verdict {
    pub fn name(self) -> &'static str {
        match self {
            Verdict::Accepted => "accepted",
            Verdict::Rejected => "rejected",
        }
    }
}

/// What a person decided, and when (RFC 3339, UTC). The later decision counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub verdict: Verdict,
    pub at: String,
    /// What it was decided by: the recording's name, or the file that it was imported from.
    pub source: String,
}

impl Decision {
    /// The day, for people.
    pub fn day(&self) -> &str {
        day(&self.at)
    }
}

/// The day of an RFC 3339 time.
pub(super) fn day(time: &str) -> &str {
    time.get(..10).unwrap_or(time)
}

/// That a wording stood in a recording.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sighting {
    /// When the message was recorded; where the recording does not say, when it was looked at.
    pub at: String,
    pub source: String,
}

impl Sighting {
    pub fn day(&self) -> &str {
        day(&self.at)
    }
}

/// One wording of one definition.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wording {
    pub hash: Hash,
    /// Its canonical form (RFC 8785); absent where it is no strict JSON, or too large to keep.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How much of the definition it holds.
    #[serde(default, skip_serializing_if = "Covers::is_all")]
    pub covers: Covers,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
    /// Oldest first.
    #[serde(default)]
    pub seen: Vec<Sighting>,
}

impl Wording {
    pub fn is(&self, verdict: Verdict) -> bool {
        self.decision
            .as_ref()
            .is_some_and(|decision| decision.verdict == verdict)
    }

    pub(super) fn see(&mut self, sighting: Sighting) {
        if self.seen.contains(&sighting) {
            return;
        }
        let place = self
            .seen
            .partition_point(|earlier| earlier.at <= sighting.at);
        self.seen.insert(place, sighting);
        if self.seen.len() > SIGHTINGS {
            self.seen.remove(1);
        }
    }

    /// The day on which it was first seen or decided, for people.
    pub fn day(&self) -> &str {
        day(self.since())
    }

    /// When it was first seen or decided.
    pub fn since(&self) -> &str {
        let seen = self.seen.first().map(|sighting| sighting.at.as_str());
        seen.or(self.decision.as_ref().map(|decision| decision.at.as_str()))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_written_as_digits_and_read_back() {
        let hash = Hash([0xab; 16]);
        assert_eq!(hash.to_string(), "ab".repeat(16));
        assert_eq!(Hash::parse(&hash.to_string()), Some(hash));
        for wrong in ["", "ab", &"zz".repeat(16), &"é".repeat(16)] {
            assert_eq!(Hash::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_first_sighting_stays_and_no_list_grows_without_end() {
        let mut wording = Wording {
            hash: Hash([0; 16]),
            text: None,
            covers: Covers::All,
            decision: None,
            seen: Vec::new(),
        };
        for n in (0..100).rev() {
            wording.see(Sighting {
                at: format!("2026-01-01T00:00:{n:02}Z"),
                source: "a".into(),
            });
        }
        assert_eq!(wording.seen.len(), SIGHTINGS);
        assert_eq!(wording.since(), "2026-01-01T00:00:00Z");
        assert!(wording.seen.is_sorted_by_key(|sighting| &sighting.at));
    }
}
