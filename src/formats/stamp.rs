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
    let (&[b'Z'], body) = (t.get(t.len().checked_sub(1)?..)?, &t[..t.len() - 1]) else {
        return None;
    };
    if body.len() < 19
        || body[4] != b'-'
        || body[7] != b'-'
        || body[10] != b'T'
        || body[13] != b':'
        || body[16] != b':'
    {
        return None;
    }
    let two = |at: usize| Some(digit(body[at])? * 10 + digit(body[at + 1])?);
    let year = two(0)? * 100 + two(2)?;
    let (month, day) = (two(5)?, two(8)?);
    let (hour, minute, second) = (two(11)?, two(14)?, two(17)?);
    if !(1..=12).contains(&month)
        || !(1..=31).contains(&day)
        || hour > 23
        || minute > 59
        || second > 59
    {
        return None;
    }
    let micros = match body.get(19) {
        None => 0,
        Some(b'.') => {
            let mut micros = 0;
            let mut scale = 100_000;
            for &b in &body[20..] {
                micros += digit(b)? * scale;
                scale /= 10;
            }
            micros
        }
        Some(_) => return None,
    };
    Some((((days(year, month, day) * 24 + hour) * 60 + minute) * 60 + second) * 1_000_000 + micros)
}

fn digit(b: u8) -> Option<i64> {
    b.is_ascii_digit().then(|| i64::from(b - b'0'))
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

    proptest! {
        #[test]
        fn agrees_with_the_library(micros in 0i64..253_402_300_799_000_000) {
            let text = jiff::Timestamp::from_microsecond(micros).unwrap().to_string();
            prop_assert_eq!(fast(text.as_bytes()), Some(micros));
        }
    }
}
