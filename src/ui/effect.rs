//! Work that takes time: reading large bodies, filtering, searching. Runs off the screen's thread; the same code serves
//! the tests in line.

mod decide;
mod filing;
mod find;
mod hands;
mod pick;
mod prefer;
mod report;
mod tour;

use super::body::Errand;
use super::clipboard::Copy;
use super::code;
use super::hold::GateNews;
use super::message::{Effect, Message};
use super::model::Case;
use super::taken::Taking;
use crate::session::filter::Part;
use crate::session::{Reader, Row, RowId, Session, Window};
use crate::store::history::{self, History};
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
            again,
        } => Some(pick::rows(case, *generation, filter, *from, again)),
        Effect::Compare(job) => Some(Message::Compared(job.clone(), job.run(case))),
        Effect::Decide { wordings, verdict } => {
            Some(Message::Decided(decide::decide(case, wordings, *verdict)))
        }
        Effect::Prefer { file, theme } => Some(Message::Preferred(prefer::theme(file, theme))),
        Effect::Paint(job) => {
            let spans = code::paint(job.lang, job.text.as_raw());
            Some(Message::Painted(job.part, spans))
        }
        Effect::Open(opening) => Some(Message::Opened(Box::new(opening.run(case)?))),
        Effect::Take(taking) => Some(Message::Taken(take(case, taking))),
        Effect::Recall => Some(Message::Recalled(History::read(case.history.as_deref()?))),
        Effect::Remember(kind, text) => {
            // What cannot be kept is forgotten: nothing depends on it.
            let _ = history::note(case.history.as_deref()?, *kind, text);
            None
        }
        Effect::File(errand) => Some(Message::Filed(filing::run(case, errand))),
        Effect::Search(search) => Some(Message::Found(find::search(case, search))),
        Effect::Quote {
            generation,
            needle,
            rows,
            spelled,
        } => Some(Message::Quoted {
            generation: *generation,
            quotes: find::quotes(case, needle, rows, *spelled),
            spelled: *spelled,
        }),
        Effect::Answer(key, decision) => {
            let refused = case.gates.decide(key, decision.clone()).err()?;
            Some(Message::Gate(GateNews::Refused {
                key: key.clone(),
                why: refused,
            }))
        }
        Effect::Clock(read) => Some(Message::Clock(read())),
        Effect::Toured(marker) => {
            tour::seen(marker);
            None
        }
        Effect::Quit
        | Effect::Reopen
        | Effect::Suspend
        | Effect::Choose(_)
        | Effect::Copy(_)
        | Effect::Ask(_)
        | Effect::Mouse(_)
        | Effect::Ring
        | Effect::Wake(..) => None,
    }
}

/// Makes a copy of a part of a message, which may have to be read first.
fn take(case: &Case, taking: &Taking) -> Result<Copy, String> {
    if let Some(json) = &taking.json {
        return taking.take(json);
    }
    let errand = taking.errand(&lock(case));
    match errand {
        Some(errand) => taking.take(&*errand.run()?),
        None => Err("This is not in the session any more.".to_owned()),
    }
}

fn lock(case: &Case) -> RwLockReadGuard<'_, Session> {
    case.session.read().unwrap_or_else(PoisonError::into_inner)
}

/// A stretch of rows taken out of the session, so that their bodies can be read without holding it.
struct Stretch {
    range: Range<usize>,
    rows: Vec<(RowId, Row)>,
    readers: Vec<Reader>,
}

/// Bytes of the bodies of a stretch, about: so much can be read before anything is shown, or stopped.
const BYTES: u64 = 32 << 20;
/// Rows whose bodies a thread reads one after the other.
const PIECE: usize = 2048;

impl Stretch {
    /// Where a stretch has to end so that no more than so many bytes are read for it.
    fn end(session: &Session, range: Range<usize>) -> usize {
        let end = range.end.min(session.len());
        let mut bytes = 0;
        for row in range.start..end {
            bytes += u64::from(session.rows()[row].len);
            if bytes > BYTES {
                return row + 1;
            }
        }
        end
    }

    /// The rows of a range for which `keep` holds.
    fn of(session: &Session, range: Range<usize>, keep: impl Fn(usize) -> bool) -> Stretch {
        let end = range.end.min(session.len());
        let range = range.start.min(end)..end;
        let rows = range
            .clone()
            .filter(|row| keep(*row))
            .filter_map(|row| Some((RowId(u32::try_from(row).ok()?), session.rows()[row])))
            .collect();
        Stretch {
            range,
            rows,
            readers: session
                .sources()
                .iter()
                .map(|source| source.reader())
                .collect(),
        }
    }

    /// The rows that pass, looked at by several threads, each with a window of its own.
    fn passing(&self, passes: impl Fn(&Reader, &Row, &mut Window) -> bool + Sync) -> Part {
        let pieces: Vec<&[(RowId, Row)]> = self.rows.chunks(PIECE).collect();
        let picked = hands::each(&pieces, |piece, windows: &mut Vec<Window>| {
            // One window a source: rows of several are mixed by time.
            windows.resize_with(self.readers.len(), Window::default);
            let mut picked = Vec::new();
            for (id, row) in *piece {
                let source = row.source.index();
                if let (Some(reader), Some(window)) =
                    (self.readers.get(source), windows.get_mut(source))
                    && passes(reader, row, window)
                {
                    picked.push(*id);
                }
            }
            picked
        });
        let mut part = Part::new(self.range.clone());
        for id in picked.into_iter().flatten() {
            part.set(id.index());
        }
        part
    }
}
