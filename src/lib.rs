//! plainsight shows what MCP servers told an agent and what the agent then did.
//!
//! # The house
//!
//! Every folder is a room with one purpose; a room may use only the rooms below it, and of two on one floor the right
//! one may use the left one (`tests/architecture.rs` fails on a breach).
//!
//! ```text
//! floor 5   main.rs · cli        the command line: one file a verb, exit codes
//! floor 4   ui                   the screens            report      how findings leave: text, json, …
//! floor 3   capture              tap, proxy, gate, scan: how a session is recorded while it happens
//! floor 2   analysis             detectors → findings   store       what is kept on this machine
//! floor 1   session              the model: rows, calls, definitions, the world at a moment
//!           formats              one recording format a file, and how they are told apart
//!           clients              what MCP clients keep on a machine: their configurations
//! floor 0   wire                 JSON-RPC and MCP       text        untrusted text made visible
//! ```
//!
//! # How data flows
//!
//! ```text
//! bytes ── formats ──▶ rows ──▶ session (index, folded in order) ──▶ analysis ──▶ ui | report
//!            ▲
//!  capture ──┘  appends to a recording, and whoever attaches follows that file
//! ```
//!
//! * **Index, not values.** Memory holds one [`session::Row`] of fixed size a message; bodies stay on disk and are
//!   read when a row is shown or analysed.
//! * **One path.** A live session is a recording that still grows; nothing else reaches the screens.
//! * **Untrusted by type.** Text from a recording is [`text::Raw`], which cannot be printed. Only [`text::reveal`]
//!   makes text of it that may reach a terminal or a file. A plain `String` above floor 0 is therefore text of our own.
//! * **One cursor.** [`session::Session::world`] answers what a view needs to know as of a message.

pub mod analysis;
pub mod capture;
pub mod cli;
pub mod clients;
pub mod formats;
pub mod report;
pub mod session;
pub mod store;
pub mod text;
pub mod ui;
pub mod wire;
