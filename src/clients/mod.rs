//! Floor 1: what MCP clients keep on a machine: where their recordings and configurations are, and what servers the
//! latter name.
//!
//! ```text
//! places ──▶ file ── json | toml | yaml ──▶ tree ── section, server ──▶ Config
//! ```
//!
//! What is in a configuration is as untrusted as a recording: names and commands are [`Raw`](crate::text::Raw), and
//! values of the environment and of headers are [`Secret`], which cannot be shown at all. Every part is known with its
//! place in the text, so that it can be changed without touching the rest; nothing here changes or starts anything.

mod broken;
mod config;
mod json;
mod places;
mod recordings;
mod refusal;
mod section;
mod server;
mod toml;
mod tree;
mod wrapped;
mod yaml;

#[cfg(test)]
mod tests;

pub use config::{Config, LONGEST, Syntax};
pub use json::without_comments;
pub use places::{Os, Place, Surroundings, ids, places};
pub use recordings::{Kept, kept, recording_ids};
pub use refusal::Refusal;
pub use section::{ALL as ALL_SECTIONS, Section};
pub use server::{FromEnv, Launch, List, Secret, Server, Site};
pub use tree::{Layout, Member, Node, Value};
pub use wrapped::{Wrapped, wrapped};
