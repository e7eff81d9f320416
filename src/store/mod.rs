//! Floor 2: what is kept on this machine.
//!
//! Folders of our own ([`paths`]), the recordings that can be found on it ([`sessions`]) and what was seen of them
//! ([`seen`]), and the definitions that a person trusts ([`baseline`]). Nothing here is read from beside a recording: a session's own folder is never trusted.

pub mod baseline;
pub mod paths;
pub mod seen;
pub mod sessions;
