//! Floor 0: what a message says.
//!
//! JSON as it is on the wire, read without copying and without trusting it ([`json`]), and the words of JSON-RPC and
//! MCP ([`method`], [`id`]), and the streams of events that carry them over HTTP ([`sse`]). Strict parsers are blind where clients see: a message with a lone surrogate, a duplicate
//! key or a number out of range is still a message, so nothing here refuses it; the oddity is reported beside it.

pub mod base64;
pub mod capability;
pub mod id;
pub mod json;
pub mod method;
pub mod sse;
