//! The tap: between a client and the standard streams of a server.

mod hold;

pub use hold::{Hold, Outlet, Outlets, Step};
