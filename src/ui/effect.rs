//! Work that takes time: reading large bodies, filtering, searching. Runs off the screen's thread; the same code serves
//! the tests in line.

use super::body::Errand;
use super::message::{Effect, Filtered, Message, Search};
use super::model::Case;
use crate::session::filter::Filter;
use crate::session::{Row, RowId, Session};
use memchr::memmem;
use std::sync::{Arc, PoisonError, RwLockReadGuard};

/// Rows that are looked at before the screen hears of it; the locks are held no longer than this takes.
const STRETCH: usize = 20_000;

/// Does the work of an effect; `None` for those that are not work.
pub fn run(case: &Case, effect: &Effect) -> Option<Message> {
    match effect {
        Effect::Read(key) => {
            let errand = Errand::new(&lock(case), *key);
            let loaded = match errand {
                Some(errand) => errand.run(),
                None => Err("This is not in the session any more.".to_owned()),
            };
            Some(Message::Loaded(*key, loaded))
        }
        Effect::Filter {
            generation,
            filter,
            from,
        } => Some(filter_rows(case, *generation, filter, *from)),
        Effect::Search(search) => Some(Message::Found {
            generation: search.generation,
            row: find(case, search),
        }),
        Effect::Quit | Effect::Suspend | Effect::Choose(_) | Effect::Copy(_) | Effect::Wake(..) => {
            None
        }
    }
}

fn lock(case: &Case) -> RwLockReadGuard<'_, Session> {
    case.session.read().unwrap_or_else(PoisonError::into_inner)
}

fn filter_rows(case: &Case, generation: u64, filter: &Arc<Filter>, from: usize) -> Message {
    super::facts::with(case, |facts| {
        let upto = (from + STRETCH).min(facts.session.len());
        let bound = filter.bind(facts.session);
        let rows = (from..upto)
            .filter_map(|row| u32::try_from(row).ok().map(RowId))
            .filter(|row| bound.matches(facts.session, *row, facts.findings))
            .collect();
        Message::Filtered(Filtered {
            generation,
            rows,
            upto,
        })
    })
}

/// The next message whose bytes hold the text, letters of either case.
fn find(case: &Case, search: &Search) -> Option<RowId> {
    let needle = search.needle.as_bytes();
    let mut at = search.from.index();
    loop {
        let session = lock(case);
        let rows = session.rows();
        at = if search.backward {
            at.checked_sub(1)?
        } else {
            at + 1
        };
        let row = *rows.get(at)?;
        let id = RowId(u32::try_from(at).ok()?);
        if search.calls_only && session.call_of(id).is_none() {
            continue;
        }
        let reader = session.sources().get(row.source.index())?.reader();
        drop(session);
        if holds(&reader, &row, needle) {
            return Some(id);
        }
    }
}

fn holds(reader: &crate::session::Reader, row: &Row, needle: &[u8]) -> bool {
    let Ok(body) = reader.read(row) else {
        return false;
    };
    let line = body.line();
    if memmem::find(line, needle).is_some() {
        return true;
    }
    match std::str::from_utf8(line) {
        Ok(text) => memmem::find(text.to_lowercase().as_bytes(), needle).is_some(),
        Err(_) => memmem::find(&line.to_ascii_lowercase(), needle).is_some(),
    }
}
