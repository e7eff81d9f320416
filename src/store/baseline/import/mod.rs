//! What other programs were told to trust: approvals of mcp-context-protector and baselines of mcpsnoop.
//!
//! Both keep less than whole definitions, which [`Covers`](super::Covers) says of each wording that comes from them, and
//! know their servers by less: mcpsnoop by the recorder's label, mcp-context-protector by command or address.

mod mcpsnoop;
mod protector;

use super::{Baseline, Decision, Identity, Shown, Verdict};
use crate::session::ItemKind;
use serde_json::Value;

/// The largest file that is read, in bytes.
pub const LARGEST_IMPORT: u64 = 32 << 20;

/// What a file of another program holds.
#[derive(Debug, Default)]
pub struct Imported {
    /// Whose file it is.
    pub program: &'static str,
    servers: Vec<(Identity, Vec<Shown>)>,
    /// What was left out and why, as sentences.
    pub left: Vec<String>,
}

/// When and from where it was taken over.
pub struct Origin<'a> {
    /// When the file was last written (RFC 3339).
    pub written: &'a str,
    /// What it is called; safe to print.
    pub source: &'a str,
    /// Makes an address comparable: what [`Identity::address`] leaves out is for the analysis to know.
    pub address: &'a dyn Fn(&str) -> String,
}

/// Understands a file by its content.
///
/// # Errors
/// A sentence, when it is neither program's file.
pub fn import(bytes: &[u8], origin: &Origin<'_>) -> Result<Imported, String> {
    let root: Value = serde_json::from_slice(bytes)
        .map_err(|error| format!("it is no JSON that can be read: {error}"))?;
    if root.get("servers").is_some_and(Value::is_array) {
        Ok(protector::read(&root, origin))
    } else if root.get("server").is_some() && root.get("tools").is_some() {
        mcpsnoop::read(&root, origin)
    } else {
        Err(
            "it is neither a baseline of mcpsnoop nor the approvals of mcp-context-protector"
                .to_owned(),
        )
    }
}

impl Imported {
    /// Definitions that were trusted there.
    pub fn len(&self) -> usize {
        self.servers.iter().map(|(_, shown)| shown.len()).sum()
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Accepts what it holds; gives how many definitions could be kept.
    pub fn accept(self, baseline: &mut Baseline, now: &str, source: &str) -> usize {
        let mut kept = 0;
        for (identity, shown) in self.servers {
            let Some(known) = baseline.entry(&identity) else {
                continue;
            };
            for one in shown {
                let decision = Decision {
                    verdict: Verdict::Accepted,
                    at: now.to_owned(),
                    source: source.to_owned(),
                };
                kept += usize::from(known.note(one, Some(decision)));
            }
        }
        kept
    }
}

fn shown(
    kind: ItemKind,
    name: &str,
    json: &str,
    covers: super::Covers,
    origin: &Origin<'_>,
) -> Option<Shown> {
    let (text, hash) = covers.of(json.as_bytes())?;
    Some(Shown {
        kind: kind.into(),
        name: name.to_owned(),
        hash,
        text: Some(text),
        covers,
        sighting: super::Sighting {
            at: origin.written.to_owned(),
            source: origin.source.to_owned(),
        },
    })
}

#[cfg(test)]
mod tests;
