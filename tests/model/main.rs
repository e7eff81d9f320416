//! What the model makes of facts that real recordings hold.

#[path = "../common/mod.rs"]
mod common;

mod calls;
mod definitions;
mod pairs;
mod servers;
mod sources;
