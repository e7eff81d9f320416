//! Playing a session: the cursor walks from call to call in the rhythm of the recording.

use crate::session::Time;
use std::time::Duration;

/// A session being played.
#[derive(Clone, Copy, Debug)]
pub struct Play {
    /// Which alarm moves it on.
    pub generation: u64,
}

/// The speeds that there are.
pub const SPEEDS: [u32; 3] = [1, 4, 16];

/// Longest wait between two steps: nobody watches an hour of silence.
const LONGEST: Duration = Duration::from_secs(3);
/// Shortest wait, so that each step can be seen.
const SHORTEST: Duration = Duration::from_millis(60);

/// How long to wait between two calls at a speed.
pub fn pause(from: Time, to: Time, speed: u32) -> Duration {
    let recorded = to.since(from).map_or(LONGEST, |micros| {
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    });
    (recorded / speed.max(1)).clamp(SHORTEST, LONGEST)
}
