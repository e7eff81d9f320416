//! Keeping a case on disk, and finding in a session what was kept of it.

use super::lock;
use crate::session::{RowId, SourceArg, load};
use crate::store::cases::{self, Change, Kept, Record, Source, Spot};
use crate::store::sessions;
use crate::ui::filing::{CaseFile, Errand, Keeping, News};
use crate::ui::model::Case;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Duration;

pub fn run(case: &Case, errand: &Errand) -> News {
    match errand {
        Errand::Keep(keeping) => News::Kept(keep(case, keeping)),
        Errand::Recall => {
            let record = case.file.as_ref().map(|file| file.record.clone());
            let record = record.unwrap_or_default();
            let cursor = record.left.cursor.into_iter();
            let spots: BTreeSet<Spot> = record.bookmarks.iter().copied().chain(cursor).collect();
            let rows = rows_of(case, &record, &spots);
            let is_bookmark = |spot: &Spot| record.bookmarks.contains(spot);
            let bookmarks = rows.iter().filter(|(spot, _)| is_bookmark(spot));
            News::Recalled {
                bookmarks: bookmarks.map(|(_, row)| *row).collect(),
                cursor: record.left.cursor.and_then(|spot| rows.get(&spot).copied()),
            }
        }
        Errand::Report {
            file,
            replace,
            review,
        } => News::Reported(super::report::write(case, file, *replace, review)),
        Errand::Add(word) => News::Added(add(case, word)),
    }
}

/// How long another program may be writing the case when the screens are left.
const PARTING: Duration = Duration::from_secs(1);

const NO_FILE: &str = "There is nowhere to keep the case: what is open has no file of its own.";

/// The files of a session, in its order.
fn paths(case: &Case) -> Vec<Option<PathBuf>> {
    let session = lock(case);
    let sources = session.sources().iter();
    sources
        .map(|source| source.file_path().map(Path::to_path_buf))
        .collect()
}

fn keep(case: &Case, keeping: &Keeping) -> Result<(Box<Record>, BTreeSet<RowId>), String> {
    let file = case.file.as_ref().ok_or(NO_FILE)?;
    let found: Vec<Option<Source>> = paths(case)
        .into_iter()
        .map(|path| Source::of(&path?).ok())
        .collect();
    let changed = |row: &RowId| !keeping.bookmarks_were.contains(row);
    let set = keeping.bookmarks.iter().filter(|row| changed(row));
    let gone = keeping.bookmarks_were.difference(&keeping.bookmarks);
    let wanted: BTreeSet<RowId> = keeping
        .bookmarks
        .iter()
        .copied()
        .chain([keeping.cursor])
        .chain(gone.copied())
        .collect();
    let spots = spots_of(case, &wanted);
    let (now, by) = (cases::now(), cases::user());
    let shelf = match keeping.parting {
        true => file.shelf.clone().waiting(PARTING),
        false => file.shelf.clone(),
    };
    let written = shelf.update(&file.id, |record, is_new| {
        let places = take_in(record, &found);
        let spot = |row: &RowId| {
            let (source, line, part) = *spots.get(row)?;
            let source = places.get(source).copied().flatten()?;
            Some(Spot { source, line, part })
        };
        // Where there is no file any more, everything is new.
        let (marks, bookmarks): (_, Vec<(Spot, bool)>) = match is_new {
            true => (
                Change::of_marks(&cases::Marks::new(), &keeping.marks),
                keeping
                    .bookmarks
                    .iter()
                    .filter_map(|row| Some((spot(row)?, true)))
                    .collect(),
            ),
            false => {
                let set = set.clone().filter_map(|row| Some((spot(row)?, true)));
                let gone = keeping.bookmarks_were.difference(&keeping.bookmarks);
                let gone = gone.filter_map(|row| Some((spot(row)?, false)));
                (
                    Change::of_marks(&keeping.was, &keeping.marks),
                    set.chain(gone).collect(),
                )
            }
        };
        if let Some(name) = &keeping.name {
            record.name.clone_from(name);
        } else if record.name.is_empty() {
            record.name.clone_from(&file.name);
        }
        let mut left = keeping.left.clone();
        left.cursor = spot(&keeping.cursor);
        let change = Change {
            marks,
            bookmarks,
            left,
        };
        change.apply(record, &now, &by);
        let known = keeping.bookmarks.iter().filter_map(spot);
        known.collect::<BTreeSet<Spot>>()
    });
    let (known, record) = written.map_err(|error| error.to_string())?;
    let others = match keeping.parting {
        true => BTreeSet::new(),
        false => record.bookmarks.difference(&known).copied().collect(),
    };
    let others = rows_of(case, &record, &others).into_values();
    let others = others.filter(|row| !keeping.bookmarks.contains(row));
    let others = others.collect();
    Ok((Box::new(record), others))
}

/// The sources of a session among those of the record, which takes in what it does not have.
fn take_in(record: &mut Record, found: &[Option<Source>]) -> Vec<Option<usize>> {
    let mut places = Vec::new();
    for source in found {
        let Some(source) = source else {
            places.push(None);
            continue;
        };
        let own = &record.sources;
        let place = own.iter().position(|one| one.path == source.path);
        let place = place.or_else(|| own.iter().position(|one| one.moved_to(source)));
        let place = match place {
            Some(place) => {
                let one = &mut record.sources[place];
                one.path.clone_from(&source.path);
                if one.kept() == Kept::Same && one.head.bytes > 0 {
                    one.size = source.size;
                    // The more of it is known, the less another is taken for it.
                    if source.head.bytes > one.head.bytes {
                        one.head = source.head.clone();
                    }
                } else {
                    *one = source.clone();
                }
                place
            }
            None => {
                record.sources.push(source.clone());
                record.sources.len() - 1
            }
        };
        places.push(Some(place));
    }
    places
}

/// Source, line and part of messages.
fn spots_of(case: &Case, rows: &BTreeSet<RowId>) -> BTreeMap<RowId, (usize, u32, u16)> {
    let session = lock(case);
    let all = session.rows();
    let known = rows
        .iter()
        .filter_map(|id| Some((*id, all.get(id.index())?)));
    known
        .map(|(id, row)| (id, (row.source.index(), row.line, row.part)))
        .collect()
}

/// The messages that a record tells of, as far as they are open.
fn rows_of(case: &Case, record: &Record, spots: &BTreeSet<Spot>) -> BTreeMap<Spot, RowId> {
    if spots.is_empty() {
        return BTreeMap::new();
    }
    let places: Vec<Option<usize>> = paths(case)
        .into_iter()
        .map(|path| {
            let path = std::fs::canonicalize(path?).ok()?;
            let now = Source::of(&path).ok();
            let own = record.sources.iter();
            own.clone().position(|one| one.path == path).or_else(|| {
                let now = now?;
                own.clone().position(|one| one.moved_to(&now))
            })
        })
        .collect();
    let wanted = spots.iter();
    let wanted = wanted
        .filter(|spot| places.contains(&Some(spot.source)))
        .count();
    if wanted == 0 {
        return BTreeMap::new();
    }
    let session = lock(case);
    let mut found = BTreeMap::new();
    for (id, row) in session.rows().iter().enumerate() {
        let Some(source) = places.get(row.source.index()).copied().flatten() else {
            continue;
        };
        let spot = Spot {
            source,
            line: row.line,
            part: row.part,
        };
        if spots.contains(&spot)
            && let Ok(id) = u32::try_from(id)
        {
            found.insert(spot, RowId(id));
            if found.len() == wanted {
                break;
            }
        }
    }
    found
}

/// Takes a recording into the case, so that it is there when the case is opened again. Gives its name.
fn add(case: &Case, word: &str) -> Result<String, String> {
    let file: &CaseFile = case.file.as_ref().ok_or(NO_FILE)?;
    let word = word.trim();
    let path = match super::report::home(word) {
        path if path.exists() => path,
        path => match sessions::by_id(word).map(|found| found.source()) {
            Some(SourceArg::Path(found)) => found,
            _ => path,
        },
    };
    load::probe(&path).map_err(|error| error.to_string())?;
    let mut sources: Vec<Option<Source>> = paths(case)
        .into_iter()
        .map(|path| Source::of(&path?).ok())
        .collect();
    let new = Source::of(&path).map_err(|error| format!("It cannot be read: {error}."))?;
    if sources.iter().flatten().any(|one| one.path == new.path) {
        return Err(format!("{} is open already.", new.name()));
    }
    let name = new.name();
    sources.push(Some(new));
    let written = file.shelf.update(&file.id, |record, _| {
        take_in(record, &sources);
        if record.name.is_empty() {
            record.name.clone_from(&file.name);
        }
        record.changed = cases::now();
    });
    written.map_err(|error| error.to_string())?;
    Ok(name)
}
