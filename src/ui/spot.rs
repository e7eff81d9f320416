//! A place in the recording, as a person types it: `120`, `call 12`, `line 345`, `09:21`, `+5m`, `50%`, `end`.

use crate::session::filter::{Moment, duration, moment};
use std::ops::Range;

/// What was typed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Spot {
    /// The message with this number, from 1.
    Message(u64),
    /// The call with this number, from 1.
    Call(u64),
    /// A line of the source that the cursor is in, from 1.
    Line(u64),
    Time(Moment),
    /// Microseconds from the cursor.
    Later(i64),
    /// A share of all messages, in percent.
    Percent(f64),
    Start,
    End,
}

/// What a person may type, in a line.
pub const HINT: &str = "message 120   call 12   line 345   09:21:13   2026-03-04 09:21   +5m   -30s   50%   start   end";

/// What was typed that is no place: where in it, and why.
pub type Wrong = (Range<usize>, String);

/// Reads a place.
///
/// # Errors
/// When it is none: the part that cannot be read, and a sentence.
pub fn parse(text: &str) -> Result<Spot, Wrong> {
    let start = text.len() - text.trim_start().len();
    let typed = text.trim();
    let all = start..start + typed.len();
    let wrong = |at: Range<usize>, why: &str| Err((at, why.to_owned()));
    if typed.is_empty() {
        return wrong(all, "Type where to go.");
    }
    let lower = typed.to_ascii_lowercase();
    match lower.as_str() {
        "start" | "first" => return Ok(Spot::Start),
        "end" | "last" => return Ok(Spot::End),
        _ => {}
    }
    type Make = fn(u64) -> Spot;
    const MADE: [(&str, Make); 3] = [
        ("message", Spot::Message),
        ("call", Spot::Call),
        ("line", Spot::Line),
    ];
    for (word, make) in MADE {
        let Some(rest) = lower.strip_prefix(word) else {
            continue;
        };
        let at = all.start + word.len() + (rest.len() - rest.trim_start().len())..all.end;
        return match number(rest.trim()) {
            Some(number) => Ok(make(number)),
            None if rest.trim().is_empty() => {
                wrong(all, &format!("Which {word}? Its number is missing."))
            }
            None => wrong(at, &format!("This is no number of a {word}.")),
        };
    }
    if let Some(percent) = lower.strip_suffix('%') {
        return match percent.trim().parse::<f64>() {
            Ok(percent) if (0.0..=100.0).contains(&percent) => Ok(Spot::Percent(percent)),
            _ => wrong(all, "A share goes from 0% to 100%."),
        };
    }
    if let Some(rest) = lower.strip_prefix(['+', '-']) {
        let at = all.start + 1..all.end;
        if number(rest).is_some() {
            return wrong(at, "The unit is missing: s, m or h, such as +30s.");
        }
        let sign = if lower.starts_with('-') { -1 } else { 1 };
        return match duration(rest) {
            Some(micros) => Ok(Spot::Later(sign * micros)),
            None => wrong(
                at,
                "This is no span of time; write it as 500ms, 30s, 5m or 1h.",
            ),
        };
    }
    if let Some(number) = number(&lower) {
        return Ok(Spot::Message(number));
    }
    // Between the date and the time a blank does.
    if let Some(moment) = moment(&typed.replacen(' ', "T", 1)) {
        return Ok(Spot::Time(moment));
    }
    if lower.starts_with(|letter: char| letter.is_ascii_digit()) {
        return wrong(
            all,
            "This is no number and no time; times are written 09:21, 09:21:13 or 2026-03-04 09:21, in UTC.",
        );
    }
    wrong(
        all,
        "This is no place. A message is its number, a call is `call 12`, a time is 09:21, a while from here is +5m.",
    )
}

/// A number, with or without commas between its thousands.
fn number(text: &str) -> Option<u64> {
    let digits: String = text.chars().filter(|letter| *letter != ',').collect();
    match digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        true => None,
        false => digits.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_read() {
        for (typed, spot) in [
            ("120", Spot::Message(120)),
            (" 1,200 ", Spot::Message(1200)),
            ("message 3", Spot::Message(3)),
            ("call 12", Spot::Call(12)),
            ("Call12", Spot::Call(12)),
            ("line 345", Spot::Line(345)),
            ("+5m", Spot::Later(300_000_000)),
            ("-30s", Spot::Later(-30_000_000)),
            ("50%", Spot::Percent(50.0)),
            ("end", Spot::End),
            ("09:21", Spot::Time(Moment::OfDay(33_660_000_000))),
            ("1970-01-01 00:01", Spot::Time(Moment::Absolute(60_000_000))),
            (
                "1970-01-01T00:01Z",
                Spot::Time(Moment::Absolute(60_000_000)),
            ),
        ] {
            assert_eq!(parse(typed), Ok(spot), "{typed}");
        }
    }

    #[test]
    fn what_is_no_place_is_told_where_it_goes_wrong() {
        for (typed, at, why) in [
            ("", 0..0, "Type where to go."),
            ("call", 0..4, "Which call?"),
            ("call x", 5..6, "no number of a call"),
            ("+5", 1..2, "The unit is missing"),
            ("+5x", 1..3, "no span of time"),
            ("120%", 0..4, "0% to 100%"),
            ("9:99", 0..4, "no number and no time"),
            ("soon", 0..4, "This is no place."),
        ] {
            let (place, sentence) = parse(typed).expect_err(typed);
            assert_eq!(place, at, "{typed}");
            assert!(sentence.contains(why), "{typed}: {sentence}");
        }
    }
}
