//! The table of all rules.
//!
//! A rule says what is looked at, why it matters and what to do; detectors find, rules explain. Every list that a
//! person or a program sees (`plainsight rules`, help, reports) prints from [`all`]. Each rule carries the examples
//! that are its tests.

mod agreement;
mod calls;
mod conduct;
mod drift;
mod example;
mod hidden;
mod launch;
mod names;
mod pack;
mod poisoning;
mod policy;
mod protocol;
mod results;
#[cfg(test)]
mod tests;

pub use agreement::*;
pub use calls::*;
pub use conduct::*;
pub use drift::*;
pub use example::{Failed, failures};
pub use hidden::*;
pub use launch::*;
pub use names::*;
pub use pack::{Hit, Pack, PackRule, Packs, read as pack};
pub use poisoning::*;
pub use policy::*;
pub use protocol::*;
pub use results::*;

use super::rank::{Category, Confidence, Severity};

/// One rule of detection.
#[derive(Debug)]
pub struct Rule {
    /// `category/name`; stable over versions.
    pub id: &'static str,
    /// One line.
    pub title: &'static str,
    /// The default; a finding may stand higher or lower, by its own evidence.
    pub severity: Severity,
    pub confidence: Confidence,
    pub category: Category,
    /// What text or behaviour it looks at.
    pub looks_at: &'static str,
    /// Why it matters, in two sentences.
    pub why: &'static str,
    /// What to do.
    pub advice: &'static str,
    /// OWASP MCP Top 10 (`MCP03`).
    pub owasp: &'static [&'static str],
    /// SAFE-MCP techniques (`SAFE-T1001`).
    pub safe_mcp: &'static [&'static str],
    /// Common Weakness Enumeration (`CWE-78`).
    pub cwe: &'static [&'static str],
    /// What an attack of this kind leads to (`secret-access`, `code-execution`, …).
    pub impact: &'static [&'static str],
    /// What the rule must find.
    pub finds: &'static [Example],
    /// What it must leave alone.
    pub leaves: &'static [Example],
}

/// What a rule has where its table entry says nothing.
const BLANK: Rule = Rule {
    id: "",
    title: "",
    severity: Severity::Info,
    confidence: Confidence::Low,
    category: Category::Protocol,
    looks_at: "",
    why: "",
    advice: "",
    owasp: &[],
    safe_mcp: &[],
    cwe: &[],
    impact: &[],
    finds: &[],
    leaves: &[],
};

/// A small case that a rule is tested with.
#[derive(Debug)]
pub enum Example {
    /// The description of a tool.
    Description(&'static str),
    /// The name of a tool.
    Name(&'static str),
    /// The JSON of a whole tool definition.
    Definition(&'static str),
    /// The text of a tool's result.
    Result(&'static str),
    /// A call: the tool's name and the JSON of its arguments.
    Call(&'static str, &'static str),
    /// Two versions of a definition, as JSON.
    Change(&'static str, &'static str),
    /// A definition as it was decided on, and as it is listed now.
    Trusted(Trusted, &'static str, &'static str),
    /// Tools of two servers: `(name, description)` each.
    Servers(
        &'static [(&'static str, &'static str)],
        &'static [(&'static str, &'static str)],
    ),
    /// The messages of a session, one JSON a line, each with its direction in front: `> ` from the client, `< ` from
    /// the server; a word before it (`mail> `) names another server.
    Session(&'static str),
    /// The JSON of a server's entry in a client's configuration.
    Configured(&'static str),
    /// A line of a recording in the native format, as it is.
    Line(&'static str),
}

/// What was decided on a definition before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trusted {
    Accepted,
    Rejected,
    /// Accepted, of a server of the same name that was reached in another way.
    Elsewhere,
}

/// Every built-in rule, in the order in which they are told. A person's own are in [`Packs::own`].
pub fn all() -> impl Iterator<Item = &'static Rule> {
    [
        poisoning::RULES,
        hidden::RULES,
        names::RULES,
        drift::RULES,
        calls::RULES,
        results::RULES,
        protocol::RULES,
        policy::RULES,
        agreement::RULES,
        conduct::RULES,
        launch::RULES,
    ]
    .into_iter()
    .flatten()
    .copied()
    .chain(pack::builtin())
}

/// The rule of that id.
pub fn named(id: &str) -> Option<&'static Rule> {
    all().find(|rule| rule.id == id)
}

/// A fingerprint of all rules that are in use: their version in a report.
pub fn version(packs: &Packs) -> String {
    let mut hasher = blake3::Hasher::new();
    for rule in all() {
        hasher
            .update(rule.id.as_bytes())
            .update(&[0, rule.severity as u8]);
        hasher.update(rule.looks_at.as_bytes());
    }
    packs.hashes().for_each(|hash| {
        hasher.update(hash);
    });
    hasher.finalize().to_hex()[..12].to_string()
}
