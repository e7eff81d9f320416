//! Floor 2: what a session means.
pub mod signal;
