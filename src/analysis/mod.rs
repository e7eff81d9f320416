//! Floor 2: what a session means.

mod finding;
mod findings;
mod rank;
pub mod signal;

pub use finding::{Evidence, Finding, Place, Related};
pub use findings::{Findings, SharedFindings};
pub use rank::{Category, Confidence, PlaceKind, Severity};

pub mod rules {
    //! The shape of a rule; the table of all of them takes this module's place.

    use super::rank::{Category, Confidence, Severity};

    /// One rule of detection.
    #[derive(Debug)]
    pub struct Rule {
        /// `category/name`; stable over versions.
        pub id: &'static str,
        pub title: &'static str,
        pub severity: Severity,
        pub confidence: Confidence,
        pub category: Category,
        pub why: &'static str,
        pub advice: &'static str,
        pub owasp: &'static [&'static str],
        pub safe_mcp: &'static [&'static str],
        pub cwe: &'static [&'static str],
    }
}
