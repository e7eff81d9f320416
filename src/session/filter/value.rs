//! Values of a filter: comparisons, times, durations, sizes.

use super::Compare;
use jiff::civil;

/// A place in time as a person writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// Microseconds since the epoch.
    Absolute(i64),
    /// Microseconds since midnight, UTC, of any day.
    OfDay(i64),
}

/// Splits `>=high` into the comparison and the rest; without a sign, `default`.
pub fn compare(value: &str, default: Compare) -> (Compare, &str) {
    let signs = [
        (">=", Compare::AtLeast),
        ("<=", Compare::AtMost),
        (">", Compare::More),
        ("<", Compare::Less),
        ("=", Compare::Equal),
    ];
    for (sign, compare) in signs {
        if let Some(rest) = value.strip_prefix(sign) {
            return (compare, rest);
        }
    }
    (default, value)
}

/// `2s`, `500ms`, `1.5m`, `10us`, `1h`; a bare number is seconds. In microseconds.
pub fn duration(text: &str) -> Option<i64> {
    let (number, unit) = split(text)?;
    let scale = match unit {
        "us" | "µs" => 1.0,
        "ms" => 1e3,
        "s" | "" => 1e6,
        "m" | "min" => 60e6,
        "h" => 3600e6,
        _ => return None,
    };
    Some((number * scale) as i64)
}

/// `512`, `10k`, `1.5M`, `2G`, with or without a `B`; powers of ten.
pub fn size(text: &str) -> Option<u64> {
    let (number, unit) = split(text)?;
    let unit = unit.strip_suffix(['b', 'B']).unwrap_or(unit);
    let scale = match unit {
        "" => 1.0,
        "k" | "K" => 1e3,
        "m" | "M" => 1e6,
        "g" | "G" => 1e9,
        _ => return None,
    };
    Some((number * scale) as u64)
}

fn split(text: &str) -> Option<(f64, &str)> {
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let number = text[..end].parse().ok()?;
    Some((number, &text[end..]))
}

/// `09:20`, `09:20:13.5`, `2026-11-22`, `2026-11-22T09:20`, with or without `Z`; all UTC.
pub fn moment(text: &str) -> Option<Moment> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    // A date and time reads as a time of day, too, so a dash decides.
    if !text.contains('-')
        && let Ok(time) = text.parse::<civil::Time>()
    {
        let since = time - civil::Time::midnight();
        return Some(Moment::OfDay(
            since.total(jiff::Unit::Microsecond).ok()? as i64
        ));
    }
    let date = text
        .parse::<civil::DateTime>()
        .or_else(|_| text.parse::<civil::Date>().map(civil::DateTime::from))
        .ok()?;
    Some(Moment::Absolute(
        date.to_zoned(jiff::tz::TimeZone::UTC)
            .ok()?
            .timestamp()
            .as_microsecond(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_units() {
        assert_eq!(duration("2s"), Some(2_000_000));
        assert_eq!(duration("1.5ms"), Some(1_500));
        assert_eq!(duration("3"), Some(3_000_000));
        assert_eq!(duration("2x"), None);
        assert_eq!(size("10k"), Some(10_000));
        assert_eq!(size("1.5MB"), Some(1_500_000));
    }

    #[test]
    fn reads_moments() {
        assert_eq!(moment("09:20"), Some(Moment::OfDay(33_600_000_000)));
        assert_eq!(moment("1970-01-02"), Some(Moment::Absolute(86_400_000_000)));
        assert_eq!(
            moment("1970-01-01T00:00:01Z"),
            Some(Moment::Absolute(1_000_000))
        );
        assert_eq!(moment("soon"), None);
    }
}
