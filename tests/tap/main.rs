#![cfg(unix)]
//! `plainsight tap` as a client and a server see it, and what is in the recording afterwards.
//!
//! `TAP_MESSAGES` and `TAP_TRIALS` make the runs longer.

mod bytes;
mod disk;
mod ends;
mod kills;
mod parts;
mod recording;
mod seen;
mod servers;
mod tapped;

/// A number from the environment, for longer runs.
fn number(name: &str, usual: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(usual)
}
