//! Captures of HTTP: how their exchanges become messages is in one place ([`exchange`]), how each kind of capture keeps
//! them in another.

mod body;
pub(super) mod exchange;
pub mod har;
mod losses;
pub mod mitmproxy;
pub(super) mod pieces;
mod tnetstring;
pub(super) mod url;
