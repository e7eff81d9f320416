//! The gate: a call is held before it reaches the server until a person, or a time limit, decides.

#[cfg(unix)]
pub mod client;
pub mod protocol;
