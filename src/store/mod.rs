//! Floor 2: what is kept on this machine.
//!
//! Folders of our own ([`paths`]), the recordings that can be found on it ([`sessions`]) and what was seen of them
//! ([`seen`]), the definitions that a person trusts ([`baseline`]), what a person made of sessions ([`cases`]),
//! searched for ([`history`]) and prefers ([`settings`]). Nothing here is read from beside a recording: a session's own folder is never trusted.

pub mod baseline;
pub mod cases;
pub mod history;
mod lock;
pub mod paths;
mod private;
pub mod seen;
pub mod sessions;
pub mod settings;
