//! Time stamps, quickly.

/// RFC 3339 to microseconds since the epoch. The shape that every recorder writes (`2026-11-22T06:31:55.042184Z`) is
/// read by hand, because the index does this for every line; anything else goes through the library.
#[inline]
pub fn parse_stamp(text: &[u8]) -> Option<i64> {
    fast(text).or_else(|| {
        let stamp: jiff::Timestamp = std::str::from_utf8(text).ok()?.trim().parse().ok()?;
        Some(stamp.as_microsecond())
    })
}

fn fast(t: &[u8]) -> Option<i64> {
    let body = t.strip_suffix(b"Z")?;
    let (whole, fraction) = body.split_first_chunk::<19>()?;
    let signs = [whole[4], whole[7], whole[10], whole[13], whole[16]];
    if signs != *b"--T::" {
        return None;
    }
    // Whether all are digits is asked once, at the end.
    let mut bad = false;
    let mut digit = |b: u8| {
        let n = b.wrapping_sub(b'0');
        bad |= n > 9;
        i64::from(n)
    };
    let mut two = |at: usize| digit(whole[at]) * 10 + digit(whole[at + 1]);
    let year = two(0) * 100 + two(2);
    let (month, day) = (two(5), two(8));
    let (hour, minute, second) = (two(11), two(14), two(17));
    let mut micros = 0;
    if let Some((point, digits)) = fraction.split_first() {
        bad |= *point != b'.' || digits.is_empty();
        let mut scale = 100_000;
        for &b in digits {
            let n = b.wrapping_sub(b'0');
            bad |= n > 9;
            micros += i64::from(n) * scale;
            scale /= 10;
        }
    }
    if bad
        || !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    Some((((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

/// Days since 1970-01-01 of a day in the Gregorian calendar (years shifted to start in March, so that the leap day is
/// the last of its year).
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year - era * 400;
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Appends `,"ts":"…"` with that time, or nothing where there is no such time.
pub(super) fn write(micros: i64, out: &mut String) {
    use std::fmt::Write;
    if let Ok(stamp) = jiff::Timestamp::from_microsecond(micros) {
        let _ = write!(out, ",\"ts\":\"{stamp}\"");
    }
}

/// `2026-07-24 02:03:14.089` (or with a `T`), which is some machine's local time, as if it were UTC.
pub fn parse_local(text: &[u8]) -> Option<i64> {
    let local: jiff::civil::DateTime = std::str::from_utf8(text).ok()?.trim().parse().ok()?;
    let zoned = local.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(zoned.timestamp().as_microsecond())
}

/// A number of seconds, milliseconds, microseconds or nanoseconds since the epoch, told apart by its size, in
/// microseconds. Right for times between 1973 and 5138.
pub fn of_number(n: i64) -> i64 {
    match n.unsigned_abs() {
        0..100_000_000_000 => n.saturating_mul(1_000_000),
        100_000_000_000..100_000_000_000_000 => n.saturating_mul(1_000),
        100_000_000_000_000..100_000_000_000_000_000 => n,
        _ => n / 1_000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_usual_shapes() {
        assert_eq!(parse_stamp(b"1970-01-01T00:00:00Z"), Some(0));
        assert_eq!(
            parse_stamp(b"2026-11-22T06:31:55.042184Z"),
            Some(1_795_329_115_042_184)
        );
        assert_eq!(
            parse_stamp(b"2026-11-22T07:31:55.042184+01:00"),
            Some(1_795_329_115_042_184)
        );
        assert_eq!(parse_stamp(b"garbage"), None);
        assert_eq!(parse_stamp(b""), None);
        assert_eq!(parse_stamp(b"2026-13-22T06:31:55Z"), None);
    }

    #[test]
    fn reads_other_clocks() {
        assert_eq!(parse_local(b"1970-01-01 00:00:01.5"), Some(1_500_000));
        assert_eq!(parse_local(b"soon"), None);
        let second = 1_795_329_115;
        for scale in [1, 1_000, 1_000_000, 1_000_000_000] {
            assert_eq!(of_number(second * scale), second * 1_000_000);
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_library(micros in 0i64..253_402_300_799_000_000) {
            let text = jiff::Timestamp::from_microsecond(micros).unwrap().to_string();
            prop_assert_eq!(fast(text.as_bytes()), Some(micros));
        }
    }
}
