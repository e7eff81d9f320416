//! How moments are written. Where a recording goes over several days, a time of day alone says the wrong thing.

use super::{Scene, terms};
use crate::session::{RowId, Session, Time};

/// Messages at both ends of a recording among which one with a time is looked for.
const AROUND: usize = 64;

/// The first and the last moment that a recording tells.
pub fn span(session: &Session) -> Option<(Time, Time)> {
    let timed = |time: &Time| time.known();
    let rows = session.rows();
    let first = rows.iter().take(AROUND).map(|row| row.time).find(timed)?;
    let last = rows.iter().rev().take(AROUND).map(|row| row.time);
    Some((first, last.into_iter().find(timed)?))
}

/// Whether a time of day says which moment is meant.
fn is_one_day(session: &Session) -> bool {
    span(session).is_none_or(|(first, last)| first.date() == last.date())
}

/// Cells that [`time`] takes at most.
pub fn cells(scene: Scene) -> u16 {
    match scene.model.relative_time || is_one_day(scene.facts.session) {
        true => 8,
        false => 14,
    }
}

/// The time of a message: of the clock, with the day where there are several; or since the start.
pub fn time(scene: Scene, time: Time) -> String {
    let session = scene.facts.session;
    if !scene.model.relative_time {
        return match is_one_day(session) {
            true => time.clock(),
            false => dated(time),
        };
    }
    let start = span(session).map_or(Time::NONE, |(first, _)| first);
    match time.since(start) {
        Some(micros) => since(micros),
        None => time.clock(),
    }
}

/// `11-22 09:14:05`
fn dated(time: Time) -> String {
    match time.date() {
        Some(date) => format!("{} {}", date.get(5..).unwrap_or(&date), time.clock()),
        None => time.clock(),
    }
}

/// `+3.250`, `+4:02.1`, `+11:04:02`
fn since(micros: i64) -> String {
    let seconds = micros / 1_000_000;
    let sign = if micros < 0 { '-' } else { '+' };
    match seconds.unsigned_abs() {
        0..60 => format!("{:+8.3}", micros as f64 / 1e6),
        60..3600 => format!(
            "{sign}{}:{:02}.{}",
            seconds.abs() / 60,
            seconds.abs() % 60,
            micros.abs() / 100_000 % 10
        ),
        _ => format!(
            "{sign}{}:{:02}:{:02}",
            seconds.abs() / 3600,
            seconds.abs() / 60 % 60,
            seconds.abs() % 60
        ),
    }
}

/// The time of the message with this number.
pub fn time_of(scene: Scene, row: RowId) -> String {
    let row = scene.facts.row(row);
    row.map_or_else(|| Time::NONE.clock(), |row| time(scene, row.time))
}

/// The same in eight cells, without the day: for where a lane has no room.
pub fn brief(scene: Scene, row: RowId) -> String {
    match scene.model.relative_time {
        true => time_of(scene, row),
        false => {
            let row = scene.facts.row(row);
            row.map_or_else(|| Time::NONE.clock(), |row| row.time.clock())
        }
    }
}

/// From when to when the recording goes: `09:14:02–09:31:47`, with the dates where it goes over several days.
pub fn whole(scene: Scene) -> Option<String> {
    let (first, last) = span(scene.facts.session)?;
    let dash = terms::dash(scene.theme);
    if is_one_day(scene.facts.session) {
        return Some(format!("{}{dash}{}", first.clock(), last.clock()));
    }
    let written = |time: Time| {
        let clock = time.clock();
        let minutes = clock.get(..5).unwrap_or(&clock).to_owned();
        time.date().map(|date| format!("{date} {minutes}"))
    };
    Some(format!("{} {dash} {}", written(first)?, written(last)?))
}
