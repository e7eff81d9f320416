//! The time of an entry, cheaply: the text of a second is made once a second.

use jiff::Timestamp;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Clocks of a recording.
pub struct Clock {
    started: Instant,
    /// The second that `text` tells, since the epoch.
    second: u64,
    /// `2026-11-22T06:31:36`
    text: String,
}

/// The moment of an entry.
#[derive(Clone, Copy)]
pub struct Moment {
    second: u64,
    micros: u32,
    /// Microseconds since the recording began, by a clock that nobody sets.
    pub mono: u64,
}

impl Clock {
    pub fn start() -> Clock {
        Clock {
            started: Instant::now(),
            second: 0,
            text: "1970-01-01T00:00:00".into(),
        }
    }

    pub fn now(&self) -> Moment {
        let since = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .unwrap_or_default();
        Moment {
            second: since.as_secs(),
            micros: since.subsec_micros(),
            mono: self.started.elapsed().as_micros() as u64,
        }
    }

    /// Appends the moment in RFC 3339, with microseconds.
    pub fn append(&mut self, moment: Moment, out: &mut Vec<u8>) {
        if moment.second != self.second
            && let Ok(stamp) = Timestamp::from_second(moment.second as i64)
        {
            self.text = stamp.to_string();
            self.text.truncate("1970-01-01T00:00:00".len());
            self.second = moment.second;
        }
        out.extend_from_slice(self.text.as_bytes());
        let mut fraction = *b".000000Z";
        let mut rest = moment.micros;
        for digit in fraction[1..7].iter_mut().rev() {
            *digit = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        out.extend_from_slice(&fraction);
    }
}

/// Appends a number.
pub fn number(mut value: u64, out: &mut Vec<u8>) {
    let mut digits = [0; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::parse_stamp;

    #[test]
    fn writes_what_the_reader_reads() {
        let mut clock = Clock::start();
        for (second, micros) in [(0, 0), (1_795_329_115, 42_184), (1_795_329_116, 999_999)] {
            let mut out = Vec::new();
            let moment = Moment {
                second,
                micros,
                mono: 0,
            };
            clock.append(moment, &mut out);
            assert_eq!(
                parse_stamp(&out),
                Some(second as i64 * 1_000_000 + i64::from(micros))
            );
            assert_eq!(out.len(), "1970-01-01T00:00:00.000000Z".len());
        }
    }

    #[test]
    fn writes_numbers() {
        for value in [0, 7, 10, 1_234_567, u64::MAX] {
            let mut out = Vec::new();
            number(value, &mut out);
            assert_eq!(out, value.to_string().as_bytes());
        }
    }
}
