//! Recordings of other taps and inspectors.

pub mod cassette;
pub mod enveloped;
pub mod inspector;
pub mod mcp_debug;
pub mod mcp_trace;
pub mod mcpspy;
mod parts;
pub mod reticle;
