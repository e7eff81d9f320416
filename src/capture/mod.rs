//! Floor 3: how a session is recorded while it happens.
//!
//! ```text
//! client ⇄ stdio | http ⇄ server
//!             │ every message, as it passes
//!             ▼
//!         recorder ──▶ one native recording a connection, in the state folder ──▶ whoever follows that file
//!             ▲
//!           redact    what must not be kept
//! ```
//!
//! * [`recorder`] writes recordings: append-only, one write a message, sequence and time under one lock.
//! * [`stdio`] is the tap between a client and a server's standard streams; [`http`] the proxy.
//! * [`gate`] holds a call until a person lets it go, over a small control socket of its own.
//! * [`live`] tells which of them run now. Following the recording of one *is* attaching to it.
//! * [`clients`] puts the tap into the configurations of MCP clients and takes it out again.
//! * [`scan`] asks the configured servers for their definitions.
//!
//! Nothing here prints, and nothing of the program's own ever reaches the streams that it stands between.

#[cfg(unix)]
pub mod account;
pub mod clients;
pub mod gate;
pub mod http;
pub mod live;
mod process;
pub mod recorder;
pub mod redact;
pub mod scan;
pub mod stdio;
