//! Bookmarks and the jump list as lists, and going to a place that is typed.

use super::super::command::{Command, Group, Where};
use super::super::facts::Facts;
use super::super::key::{Code, Key};
use super::super::lists;
use super::super::message::Effect;
use super::super::model::{Model, View};
use super::super::overlay::Overlay;
use super::super::places::{Places, Typed, Which};
use super::super::spot::{self, Spot, Wrong};
use super::super::target::Target;
use super::go::{go_to, place, restore};
use super::step::partition;
use super::{keep, set_cursor, toast, triage};
use crate::session::filter::Moment;
use crate::session::{RowId, Session};

/// Microseconds of a day.
const DAY: i64 = 86_400_000_000;

pub static COMMANDS: &[Command] = &[
    Command {
        name: "go to",
        title: "go to a message by its number, a call, a line, a time: `120`, `call 12`, `09:21`, `+5m`, `50%`",
        short: "",
        keys: &["@"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, _| {
            model.overlay = Some(Overlay::GoTo(Typed::default()));
            Vec::new()
        },
        disabled: |_, facts| facts.is_empty().then_some("Nothing is recorded yet."),
    },
    Command {
        name: "bookmarks",
        title: "the bookmarks: enter goes there, x takes one away",
        short: "",
        keys: &["B"],
        group: Group::Keep,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let before = model.bookmarks.range(..=model.cursor).count();
            model.overlay = Some(Overlay::Places(Places {
                of: Which::Bookmarks,
                selected: before.saturating_sub(1),
            }));
            Vec::new()
        },
        disabled: keep::no_bookmarks,
    },
    Command {
        name: "jumps",
        title: "where you have been: enter goes there",
        short: "",
        keys: &["O"],
        group: Group::Go,
        place: Where::EVERYWHERE,
        run: |model, _| {
            let ahead = model.jumps.future().len();
            let last = (ahead + model.jumps.past().len()).saturating_sub(1);
            model.overlay = Some(Overlay::Places(Places {
                of: Which::Jumps,
                selected: ahead.min(last),
            }));
            Vec::new()
        },
        disabled: |model, _| {
            (!model.jumps.has_past() && !model.jumps.has_future())
                .then_some("You have been nowhere else yet.")
        },
    },
];

/// How many places a list holds.
pub fn count(model: &Model, of: Which) -> usize {
    match of {
        Which::Bookmarks => model.bookmarks.len(),
        Which::Jumps => model.jumps.future().len() + model.jumps.past().len(),
    }
}

/// A key while a list of places is open.
pub fn key(model: &mut Model, facts: Facts, key: Key, mut places: Places) -> Vec<Effect> {
    let page = usize::from(model.size.1.saturating_sub(8)).max(1);
    let at = places.selected;
    places.selected = match (key.code, key.ctrl) {
        (Code::Enter, _) => return go(model, facts, places),
        (Code::Char('q' | 'B' | 'O'), false) => return Vec::new(),
        (Code::Char('j'), false) | (Code::Down | Code::Tab, _) | (Code::Char('n'), true) => at + 1,
        (Code::Char('k'), false) | (Code::Up | Code::BackTab, _) | (Code::Char('p'), true) => {
            at.saturating_sub(1)
        }
        (Code::PageDown, _) | (Code::Char('d'), true) => at + page,
        (Code::PageUp, _) | (Code::Char('u'), true) => at.saturating_sub(page),
        (Code::Char('g'), false) | (Code::Home, _) => 0,
        (Code::Char('G'), false) | (Code::End, _) => usize::MAX,
        (Code::Char('x' | 'd') | Code::Delete, false) if places.of == Which::Bookmarks => {
            let row = model.bookmarks.iter().nth(at).copied();
            if let Some(row) = row {
                triage::bookmark(model, row, false);
            }
            at
        }
        _ => at,
    };
    scroll(model, places, 0);
    Vec::new()
}

/// Moves the selection; a list without places closes.
pub fn scroll(model: &mut Model, mut places: Places, by: isize) {
    let Some(last) = count(model, places.of).checked_sub(1) else {
        model.overlay = None;
        return;
    };
    places.selected = places.selected.saturating_add_signed(by).min(last);
    model.overlay = Some(Overlay::Places(places));
}

fn go(model: &mut Model, facts: Facts, places: Places) -> Vec<Effect> {
    match places.of {
        Which::Bookmarks => match model.bookmarks.iter().nth(places.selected).copied() {
            Some(row) => show(model, facts, row),
            None => Vec::new(),
        },
        Which::Jumps => {
            let ahead = model.jumps.future().len();
            let from = place(model);
            let to = match places.selected < ahead {
                true => model.jumps.travel(from, ahead - places.selected, true),
                false => model.jumps.travel(from, places.selected - ahead + 1, false),
            };
            to.map_or_else(Vec::new, |to| restore(model, facts, to))
        }
    }
}

/// Shows a message in the present view, if that shows it at all; else among the messages.
fn show(model: &mut Model, facts: Facts, row: RowId) -> Vec<Effect> {
    let here = match model.view {
        View::Messages => true,
        View::Calls | View::Flow => facts.session.call_of(row).is_some(),
        View::Findings | View::Tools | View::Changes => false,
    };
    if !here {
        return go_to(model, facts, Target::Row(row));
    }
    let from = place(model);
    model.jumps.leave(from);
    set_cursor(model, facts, row);
    match lists::passes(model, row) {
        true => Vec::new(),
        false => toast(model, "The filter hides it; X shows all again."),
    }
}

/// A key while a place is being typed.
pub fn typed(model: &mut Model, facts: Facts, key: Key, mut typed: Typed) -> Vec<Effect> {
    if key.code == Code::Enter {
        let found = spot::parse(typed.line.text())
            .and_then(|spot| resolve(model, facts, spot).map_err(|why| whole(&typed, why)));
        return match found {
            Ok((row, note)) => {
                let mut effects = show(model, facts, row);
                if let Some(note) = note {
                    effects.extend(toast(model, note));
                }
                effects
            }
            Err(wrong) => {
                typed.wrong = Some(wrong);
                model.overlay = Some(Overlay::GoTo(typed));
                Vec::new()
            }
        };
    }
    if key.code == Code::Backspace && typed.line.text().is_empty() {
        return Vec::new();
    }
    if typed.line.edit(key) {
        typed.wrong = None;
    }
    model.overlay = Some(Overlay::GoTo(typed));
    Vec::new()
}

fn whole(typed: &Typed, why: String) -> Wrong {
    (0..typed.line.text().len(), why)
}

/// The message that a place is, and what a person should know of it; else why there is none.
fn resolve(
    model: &Model,
    facts: Facts,
    spot: Spot,
) -> Result<(RowId, Option<&'static str>), String> {
    let session = facts.session;
    let last = session
        .last()
        .ok_or_else(|| "Nothing is recorded yet.".to_owned())?;
    let number = |number: u64, all: usize, what: &str| match usize::try_from(number) {
        Ok(n @ 1..) if n <= all => Ok(n - 1),
        _ if all == 0 => Err(format!("There is no {what} in this recording.")),
        _ => Err(format!(
            "There is no {what} {number}: they go from 1 to {all}."
        )),
    };
    let row = |index: usize| RowId(u32::try_from(index).unwrap_or(last.0).min(last.0));
    match spot {
        Spot::Message(n) => Ok((row(number(n, session.len(), "message")?), None)),
        Spot::Call(n) => {
            let calls = session.calls();
            Ok((calls[number(n, calls.len(), "call")?], None))
        }
        Spot::Line(n) => line(session, model.cursor, n),
        Spot::Percent(share) => Ok((
            row((share / 100.0 * f64::from(last.0)).round() as usize),
            None,
        )),
        Spot::Start => Ok((row(0), None)),
        Spot::End => Ok((last, None)),
        Spot::Time(Moment::Absolute(micros)) => at_time(session, micros),
        Spot::Time(Moment::OfDay(of_day)) => {
            let first = first_time(session).ok_or_else(no_times)?;
            // On the day of the cursor; before the recording begins, on the day after.
            let here = session.row(model.cursor).time.micros().unwrap_or(first);
            let midnight = here.div_euclid(DAY) * DAY;
            let micros = midnight + of_day;
            match micros < first - first.rem_euclid(1_000_000)
                && midnight + DAY + of_day <= last_time(session)
            {
                true => at_time(session, micros + DAY),
                false => at_time(session, micros),
            }
        }
        Spot::Later(micros) => {
            let here = session.row(model.cursor).time.micros();
            let here = here.ok_or_else(|| {
                "The message under the cursor has no time to count from.".to_owned()
            })?;
            let there = here.saturating_add(micros);
            match at_time(session, there)? {
                // Back from here is never here again.
                (row, note) if micros < 0 && session.row(row).time.micros() > Some(there) => {
                    Ok((RowId(row.0.saturating_sub(1)), note))
                }
                found => Ok(found),
            }
        }
    }
}

fn no_times() -> String {
    "This recording has no times; type the number of a message.".to_owned()
}

/// Messages at either end among which one with a time is looked for.
const AROUND: usize = 100_000;

fn first_time(session: &Session) -> Option<i64> {
    let mut rows = session.rows().iter().take(AROUND);
    rows.find_map(|row| row.time.micros())
}

fn last_time(session: &Session) -> i64 {
    let mut rows = session.rows().iter().rev().take(AROUND);
    rows.find_map(|row| row.time.micros()).unwrap_or(i64::MIN)
}

/// The first message at or after a moment; at the ends it is said that there is nothing beyond.
fn at_time(session: &Session, micros: i64) -> Result<(RowId, Option<&'static str>), String> {
    let rows = session.rows();
    let before = |row: &crate::session::Row| row.time.micros().is_none_or(|time| time < micros);
    let first = first_time(session).ok_or_else(no_times)?;
    let at = rows.partition_point(before);
    let note = match at {
        _ if micros < first.saturating_sub(1_000_000) => {
            Some("The recording begins later; this is its start.")
        }
        at if at == rows.len() => Some("The recording ends earlier; this is its end."),
        _ => None,
    };
    let row = at.min(rows.len().saturating_sub(1));
    Ok((RowId(u32::try_from(row).unwrap_or(0)), note))
}

/// The message of a line, or the first one after it, in the source that the cursor is in.
fn line(
    session: &Session,
    cursor: RowId,
    number: u64,
) -> Result<(RowId, Option<&'static str>), String> {
    let source = session.row(cursor).source;
    let lines = session.sources()[source.index()].lines;
    if number == 0 || number > lines {
        return Err(format!(
            "There is no line {number}: this source has {lines}."
        ));
    }
    let rows = session.rows();
    if session.sources().len() == 1 {
        let at = partition(rows.len(), |at| u64::from(rows[at].line) < number);
        if rows
            .get(at)
            .is_some_and(|row| u64::from(row.line) >= number)
        {
            return Ok((RowId(u32::try_from(at).unwrap_or(0)), None));
        }
    }
    // Several sources are mixed by time.
    let own = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.source == source);
    let later = own.filter(|(_, row)| u64::from(row.line) >= number);
    match later.min_by_key(|(_, row)| row.line) {
        Some((at, row)) => Ok((
            RowId(u32::try_from(at).unwrap_or(0)),
            (u64::from(row.line) != number)
                .then_some("This line holds no message; this is the next one that does."),
        )),
        None => Err("No line from there on holds a message.".to_owned()),
    }
}
