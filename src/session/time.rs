//! Moments of a recording.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Microseconds since the epoch, or unknown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Time(i64);

impl Time {
    pub const NONE: Time = Time(i64::MIN);

    /// What the machine's clock says.
    pub fn now() -> Time {
        Time(Timestamp::now().as_microsecond())
    }

    pub const fn from_micros(micros: i64) -> Self {
        Time(micros)
    }

    pub const fn micros(self) -> Option<i64> {
        if self.known() { Some(self.0) } else { None }
    }

    pub const fn known(self) -> bool {
        self.0 != i64::MIN
    }

    /// Microseconds from `earlier` to this; `None` where either is unknown. Negative where a clock went back.
    pub fn since(self, earlier: Time) -> Option<i64> {
        self.micros()?.checked_sub(earlier.micros()?)
    }

    fn stamp(self) -> Option<Timestamp> {
        Timestamp::from_microsecond(self.micros()?).ok()
    }

    /// `09:21:13` in UTC, dashes where unknown.
    pub fn clock(self) -> String {
        self.format("%H:%M:%S").unwrap_or_else(|| "--:--:--".into())
    }

    /// `09:21:13.042` in UTC.
    pub fn clock_millis(self) -> String {
        self.format("%H:%M:%S%.3f")
            .unwrap_or_else(|| "--:--:--.---".into())
    }

    /// `2026-11-22` in UTC.
    pub fn date(self) -> Option<String> {
        self.format("%Y-%m-%d")
    }

    /// RFC 3339 in UTC, with microseconds where there are any.
    pub fn rfc3339(self) -> Option<String> {
        self.stamp().map(|stamp| stamp.to_string())
    }

    fn format(self, pattern: &str) -> Option<String> {
        Some(
            self.stamp()?
                .to_zoned(TimeZone::UTC)
                .strftime(pattern)
                .to_string(),
        )
    }
}

/// A duration for people: `38 ms`, `2.4 s`, `3 min 05 s`.
pub fn duration(micros: i64) -> String {
    let (sign, n) = if micros < 0 {
        ("-", micros.unsigned_abs())
    } else {
        ("", micros.unsigned_abs())
    };
    let text = match n {
        0..1_000 => format!("{n} µs"),
        1_000..10_000 => format!("{:.1} ms", n as f64 / 1e3),
        10_000..1_000_000 => format!("{} ms", n / 1_000),
        1_000_000..60_000_000 => format!("{:.1} s", n as f64 / 1e6),
        60_000_000..3_600_000_000 => format!("{} min {:02} s", n / 60_000_000, n / 1_000_000 % 60),
        _ => format!("{} h {:02} min", n / 3_600_000_000, n / 60_000_000 % 60),
    };
    format!("{sign}{text}")
}

/// A size for people: `64 B`, `1.7 KB`, `12.0 MB` (powers of ten).
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{:.1} KB", bytes as f64 / 1e3),
        1_000_000..1_000_000_000 => format!("{:.1} MB", bytes as f64 / 1e6),
        _ => format!("{:.2} GB", bytes as f64 / 1e9),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_moments_and_spans() {
        let time = Time::from_micros(1_795_329_115_042_184);
        assert_eq!(time.clock(), "06:31:55");
        assert_eq!(time.clock_millis(), "06:31:55.042");
        assert_eq!(
            time.rfc3339().as_deref(),
            Some("2026-11-22T06:31:55.042184Z")
        );
        assert_eq!(Time::NONE.clock(), "--:--:--");
        assert_eq!(time.since(Time::NONE), None);
        assert_eq!(duration(-1_500), "-1.5 ms");
        assert_eq!(duration(185_000_000), "3 min 05 s");
        assert_eq!(size(1_679), "1.7 KB");
    }

    #[test]
    fn absurd_times_are_unknown_not_fatal() {
        assert_eq!(Time::from_micros(i64::MAX).clock(), "--:--:--");
        assert_eq!(
            Time::from_micros(i64::MAX).since(Time::from_micros(-5)),
            None
        );
    }
}
