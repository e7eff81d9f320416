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
        pub looks_at: &'static str,
        pub why: &'static str,
        pub advice: &'static str,
        pub owasp: &'static [&'static str],
        pub safe_mcp: &'static [&'static str],
        pub cwe: &'static [&'static str],
        pub impact: &'static [&'static str],
    }

    /// Every rule.
    pub fn all() -> impl Iterator<Item = &'static Rule> {
        std::iter::empty()
    }
}

/// Studies and judges what is indexed and not judged yet.
pub fn run(
    session: &crate::session::SharedSession,
    _findings: &SharedFindings,
    grew: &dyn Fn(),
    stop: &std::sync::atomic::AtomicBool,
) {
    while !stop.load(std::sync::atomic::Ordering::Relaxed)
        && crate::session::study::advance(session, &mut |_| {}) > 0
    {
        grew();
    }
}
