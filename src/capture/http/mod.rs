//! The proxy for Streamable HTTP and the older HTTP+SSE.
//!
//! ```text
//! client ── connection ──▶ guard ──▶ exchange ──▶ link ── connection ──▶ upstream
//!                                       │
//!                     body (frames as they come: decode, sse, kept)
//!                                       │
//!                                     book ──▶ one recording a session
//! ```
//!
//! * [`guard`] lets programs of this machine in, and no page of a browser.
//! * [`headers`] and [`endpoint`] change the little that must be changed; [`upstream`] knows the server's own addresses.
//! * [`link`] is the upstream's half: one connection for each of a client, closed with it.
//! * [`body`] passes frames on and reads them before; [`decode`], [`kept`] and [`crate::wire::sse`] make messages of them.
//! * [`serve`] listens and ends ([`stop`]); [`answer`] takes one request through all of this.
//! * [`book`] finds the recording that an exchange belongs to, [`recording`] writes it, [`exchange`] says what is written;
//!   [`peer`] knows which program asks.
//!
//! The paths of the upstream are the proxy's paths: only the origin differs, so relative addresses lead where they should.

mod answer;
mod body;
mod book;
mod copy;
mod decode;
mod endpoint;
mod exchange;
mod guard;
mod headers;
mod kept;
mod link;
mod peer;
mod recording;
mod serve;
mod stop;
mod told;
mod upstream;

// A scan speaks to servers over HTTP too.
pub(super) use kept::{Event, Events};
pub(super) use told::path as told_path;
pub(super) use upstream::Connector;

pub use guard::is_loopback;
pub use serve::{Proxy, ProxyError, Settings};
pub use upstream::{AddressError, Upstream};
