//! The configurations of MCP clients, changed: how the tap is put into one entry and taken out again without touching
//! the rest. What is in a configuration [`crate::clients`] reads.
//!
//! ```text
//! file ──▶ Config ── change, edit ──▶ the text with the tap in it, or out of it ──▶ diff, backup, file
//! ```

mod backup;
mod change;
mod diff;
mod edit;
mod file;
mod hide;
mod same;

#[cfg(test)]
mod tests;

pub use backup::Backups;
pub use change::Front;
pub use diff::diff;
pub use file::{FileError, Opened};
pub use hide::{address as shown_address, hidden as hidden_words, without as without_secret};
