//! The configurations of MCP clients: where they are, what servers they name, and how one entry is changed without
//! touching the rest.
//!
//! ```text
//! places ── file ── json | toml | yaml ──▶ tree ── section, server ──▶ Config
//!                                                                        │ change, edit
//!                                                     file, backup ◀── the text with the tap in it, or out of it
//! ```
//!
//! What is in a configuration is as untrusted as a recording: names and commands are [`Raw`](crate::text::Raw), and
//! values of the environment and of headers are [`Secret`], which cannot be shown at all.

mod backup;
mod change;
mod config;
mod diff;
mod edit;
mod file;
mod hide;
mod json;
mod places;
mod refusal;
mod section;
mod server;
mod toml;
mod tree;
mod wrapped;
mod yaml;

#[cfg(test)]
mod tests;

pub use backup::Backups;
pub use change::Front;
pub use config::{Config, Syntax};
pub use diff::diff;
pub use file::{FileError, Opened};
pub use hide::{address as shown_address, hidden as hidden_words, without as without_secret};
pub use places::{Os, Place, Surroundings, ids, places};
pub use refusal::Refusal;
pub use section::{ALL as ALL_SECTIONS, Section};
pub use server::{FromEnv, Launch, Secret, Server};
pub use wrapped::{Wrapped, wrapped};
