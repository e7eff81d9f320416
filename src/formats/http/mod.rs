//! Captures of HTTP: how their exchanges become messages is in one place ([`exchange`]), how each kind of capture keeps
//! them in another.

mod body;
mod exchange;
pub mod har;
mod losses;
pub mod mitmproxy;
mod pieces;
mod tnetstring;
mod url;
