//! Floor 2: what is kept on this machine.
//!
//! Folders of our own ([`paths`]) and the recordings that can be found on it ([`sessions`]). Nothing here is read from
//! beside a recording: a session's own folder is never trusted.

pub mod paths;
pub mod sessions;
