//! Playing a session: the cursor walks from call to call in the rhythm of the recording.

use crate::session::Time;
use std::time::Duration;

/// How playing goes, and whether it does.
#[derive(Clone, Copy, Debug)]
pub struct Playing {
    pub state: State,
    /// How many times faster than it was recorded.
    pub speed: u32,
    /// Long silences are shortened.
    pub shortened: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Stopped,
    Paused,
    /// The alarm with this generation moves it on, after so long.
    On {
        generation: u64,
        wait: Duration,
    },
}

impl Default for Playing {
    fn default() -> Playing {
        Playing {
            state: State::Stopped,
            speed: 1,
            shortened: true,
        }
    }
}

impl Playing {
    pub fn is_on(&self) -> bool {
        matches!(self.state, State::On { .. })
    }
}

/// The speeds that there are.
pub const SPEEDS: [u32; 4] = [1, 4, 16, 64];

/// The speed beside another one; `None` at the ends.
pub fn beside(speed: u32, faster: bool) -> Option<u32> {
    match faster {
        true => SPEEDS.iter().copied().find(|other| *other > speed),
        false => SPEEDS.iter().rev().copied().find(|other| *other < speed),
    }
}

/// Longest wait between two steps while silences are shortened: nobody watches an hour of nothing.
pub const LONGEST: Duration = Duration::from_secs(2);
/// Shortest wait, so that each step can be seen.
const SHORTEST: Duration = Duration::from_millis(60);
/// The wait where the recording has no times.
const UNKNOWN: Duration = Duration::from_secs(1);
/// A silence of which it is told how long it takes.
pub const LONG: Duration = Duration::from_secs(5);

/// How long to wait between two calls.
pub fn pause(from: Time, to: Time, speed: u32, shortened: bool) -> Duration {
    let recorded = to.since(from).map_or(UNKNOWN, |micros| {
        Duration::from_micros(u64::try_from(micros).unwrap_or(0))
    });
    let longest = match shortened {
        true => LONGEST,
        false => Duration::MAX,
    };
    (recorded / speed.max(1)).clamp(SHORTEST, longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silences_are_shortened_when_asked_for() {
        let at = |seconds: i64| Time::from_micros(seconds * 1_000_000);
        let second = Duration::from_secs(1);
        assert_eq!(pause(at(0), at(1), 1, true), second);
        assert_eq!(pause(at(0), at(3600), 1, true), LONGEST);
        assert_eq!(pause(at(0), at(3600), 4, false), 900 * second);
        assert_eq!(pause(at(5), at(0), 1, true), SHORTEST);
        assert_eq!(pause(Time::NONE, at(0), 1, false), UNKNOWN);
    }

    #[test]
    fn speeds_have_ends() {
        assert_eq!(beside(1, true), Some(4));
        assert_eq!(beside(64, true), None);
        assert_eq!(beside(64, false), Some(16));
        assert_eq!(beside(1, false), None);
    }
}
