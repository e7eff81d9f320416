//! Work that takes time: reading large bodies, filtering, searching. Runs off the screen's thread; the same code serves
//! the tests in line.

mod decide;
mod find;
mod pick;

use super::body::Errand;
use super::hold::GateNews;
use super::message::{Effect, Message};
use super::model::Case;
use crate::session::{Reader, Row, RowId, Session, Window};
use std::ops::Range;
use std::sync::{PoisonError, RwLockReadGuard};

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
        } => Some(pick::rows(case, *generation, filter, *from)),
        Effect::Decide { wordings, verdict } => {
            Some(Message::Decided(decide::decide(case, wordings, *verdict)))
        }
        Effect::Search(search) => Some(Message::Found {
            generation: search.generation,
            row: find::next(case, search),
        }),
        Effect::Answer(key, decision) => {
            let refused = case.gates.decide(key, decision.clone()).err()?;
            Some(Message::Gate(GateNews::Refused {
                key: key.clone(),
                why: refused,
            }))
        }
        Effect::Quit
        | Effect::Suspend
        | Effect::Choose(_)
        | Effect::Copy(_)
        | Effect::Ring
        | Effect::Wake(..) => None,
    }
}

fn lock(case: &Case) -> RwLockReadGuard<'_, Session> {
    case.session.read().unwrap_or_else(PoisonError::into_inner)
}

/// A stretch of rows taken out of the session, so that their bodies can be read without holding it.
struct Stretch {
    rows: Vec<(RowId, Row)>,
    readers: Vec<Reader>,
}

impl Stretch {
    /// The rows of a range for which `keep` holds.
    fn of(session: &Session, range: Range<usize>, keep: impl Fn(RowId) -> bool) -> Stretch {
        let end = range.end.min(session.len());
        let rows = (range.start.min(end)..end)
            .filter_map(|row| Some((RowId(u32::try_from(row).ok()?), session.rows()[row])))
            .filter(|(id, _)| keep(*id))
            .collect();
        Stretch {
            rows,
            readers: session
                .sources()
                .iter()
                .map(|source| source.reader())
                .collect(),
        }
    }

    /// The rows whose bodies pass.
    fn passing(
        &self,
        mut passes: impl FnMut(&crate::session::Body) -> bool,
    ) -> impl Iterator<Item = RowId> {
        // One window a source: rows of several are mixed by time.
        let mut windows: Vec<Window> = self.readers.iter().map(|_| Window::default()).collect();
        self.rows.iter().filter_map(move |(id, row)| {
            let source = row.source.index();
            let body = self
                .readers
                .get(source)?
                .read_in(row, windows.get_mut(source)?);
            passes(&body).then_some(*id)
        })
    }
}
