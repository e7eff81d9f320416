#![cfg(unix)]
// A test that is skipped says so.
#![allow(clippy::print_stderr)]
//! `plainsight proxy` between a fake upstream and clients that speak HTTP by hand, byte for byte.

mod breaking;
mod client;
mod guarded;
mod passing;
mod program;
mod recorded;
mod secure;
mod sessions;
mod upstream;

use std::time::Duration;

/// Nothing here takes that long; a test that hangs fails then.
const PATIENCE: Duration = Duration::from_secs(30);

/// Looks again until something is so.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begun = std::time::Instant::now();
    while !is_so() {
        assert!(begun.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}
