//! The folder that cases are kept in: one file each, mode 0600 in a folder of mode 0700, replaced as a whole under a lock.
//! No link is followed. What cannot be read is told and left as it is.

use super::{Record, SCHEMA, Source};
use crate::session;
use crate::store::lock::{Lock, PATIENCE};
use crate::store::paths;
use crate::store::private::{close_to_others, make_folder, read, replace};
use crate::text::Raw;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The largest file that is read or written, in bytes.
const LARGEST: u64 = 64 << 20;
/// Cases that are looked at.
const MOST: usize = 2_000;

/// What tells a case from all others: the name of its file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

impl Id {
    /// One that nothing else has.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn new() -> io::Result<Id> {
        let mut bytes = [0u8; 8];
        getrandom::fill(&mut bytes).map_err(io::Error::other)?;
        Ok(Id(format!("{:016x}", u64::from_be_bytes(bytes))))
    }

    fn of_file(path: &Path) -> Option<Id> {
        let name = path.file_name()?.to_str()?.strip_suffix(".json")?;
        let is_ours = name.len() == 16 && name.bytes().all(|b| b.is_ascii_hexdigit());
        is_ours.then(|| Id(name.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Why a case could not be read or written. Paths in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the case {path} was written by a newer plainsight ({schema}); this one knows {SCHEMA}. It was left as it is: update plainsight."
    )]
    Newer { path: String, schema: String },
    #[error("the case {path} is damaged: {why}. It was left as it is.")]
    Damaged { path: String, why: String },
    #[error("the folder {path} is a link; it was not followed. Put a folder there.")]
    Link { path: String },
    #[error(
        "the case {path} would have more than {}. Take marks away, or begin another case.",
        session::size(LARGEST)
    )]
    TooLarge { path: String },
    #[error(
        "another plainsight has been writing the case {path} for too long. If it hangs, end it."
    )]
    Locked { path: String },
    #[error("the case {path} cannot be {done}: {error}")]
    Io {
        path: String,
        done: &'static str,
        error: io::Error,
    },
}

/// A case on the shelf.
#[derive(Debug)]
pub struct Listed {
    pub id: Id,
    pub record: Result<Record, Error>,
}

/// The folder of cases.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    folder: PathBuf,
    /// How long another program may be writing a case.
    patience: Duration,
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'a str,
    #[serde(flatten)]
    record: &'a Record,
}

impl Shelf {
    /// The user's own, in the state folder; `None` where there is no home.
    pub fn of_user() -> Option<Shelf> {
        Some(Shelf::at(paths::state()?.join("cases")))
    }

    pub fn at(folder: impl Into<PathBuf>) -> Shelf {
        Shelf {
            folder: folder.into(),
            patience: PATIENCE,
        }
    }

    /// The same, where another program may be writing a case for so long.
    pub fn waiting(self, patience: Duration) -> Shelf {
        Shelf { patience, ..self }
    }

    fn file(&self, id: &Id) -> PathBuf {
        self.folder.join(format!("{}.json", id.0))
    }

    /// The path of a case, safe to print.
    pub fn shown(&self, id: &Id) -> String {
        show(&self.file(id))
    }

    /// All of them, the one that was changed last first; those that cannot be read last.
    pub fn list(&self) -> Vec<Listed> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let ids = entries.filter_map(|entry| Id::of_file(&entry.path()));
        let mut listed: Vec<Listed> = ids
            .take(MOST)
            .filter_map(|id| {
                let record = self.load(&id).transpose()?;
                Some(Listed { id, record })
            })
            .collect();
        let changed = |one: &Listed| {
            one.record
                .as_ref()
                .ok()
                .map(|record| record.changed.clone())
        };
        listed.sort_by_cached_key(|one| (std::cmp::Reverse(changed(one)), one.id.clone()));
        listed
    }

    /// What a case holds; `None` where there is none of that id.
    ///
    /// # Errors
    /// When it cannot be read or understood.
    pub fn load(&self, id: &Id) -> Result<Option<Record>, Error> {
        let path = self.file(id);
        match read(&path, LARGEST) {
            Ok(bytes) => parse(&path, &bytes).map(Some),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(io_error(&path, "read")(error)),
        }
    }

    /// Changes what a case holds now, and gives what it holds then. One that is not there begins empty; what is damaged
    /// is put aside under another name, and `change` is told that it begins anew.
    ///
    /// # Errors
    /// When it cannot be read or written. It holds what it held before then.
    pub fn update<T>(
        &self,
        id: &Id,
        change: impl FnOnce(&mut Record, bool) -> T,
    ) -> Result<(T, Record), Error> {
        let path = self.file(id);
        let failed = io_error(&path, "written");
        self.make().map_err(|error| match error {
            Some(error) => failed(error),
            None => Error::Link {
                path: show(&self.folder),
            },
        })?;
        let _lock = self.lock(&path)?;
        let known = match self.load(id) {
            Err(Error::Damaged { .. }) => {
                fs::rename(&path, self.aside(id)).map_err(&failed)?;
                None
            }
            other => other?,
        };
        let is_new = known.is_none();
        let mut record = known.unwrap_or_default();
        let told = change(&mut record, is_new);
        let whole = Whole {
            schema: SCHEMA,
            record: &record,
        };
        let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        if bytes.len() as u64 > LARGEST {
            return Err(Error::TooLarge { path: show(&path) });
        }
        replace(&path, &self.folder, ".case-", &bytes).map_err(&failed)?;
        Ok((told, record))
    }

    fn lock(&self, path: &Path) -> Result<Lock, Error> {
        Lock::within(path, self.patience)
            .map_err(io_error(path, "locked"))?
            .ok_or_else(|| Error::Locked { path: show(path) })
    }

    /// Where a damaged case goes: a name that is free, while the case is locked.
    fn aside(&self, id: &Id) -> PathBuf {
        let first = self.folder.join(format!("{}.damaged", id.0));
        let more = (2..).map(|n| self.folder.join(format!("{}.damaged-{n}", id.0)));
        let mut names = std::iter::once(first.clone()).chain(more);
        let free = names.find(|path| fs::symlink_metadata(path).is_err());
        free.unwrap_or(first)
    }

    /// Takes a case away; `false` where there is none of that id. The recordings stay.
    ///
    /// # Errors
    /// When it cannot be taken away.
    pub fn forget(&self, id: &Id) -> Result<bool, Error> {
        let path = self.file(id);
        if fs::symlink_metadata(&path).is_err_and(|error| error.kind() == io::ErrorKind::NotFound) {
            return Ok(false);
        }
        // Who is writing it would put it back.
        let _lock = self.lock(&path)?;
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            Err(error) => Err(io_error(&path, "taken away")(error)),
        }
    }

    /// The case that a person means: by its id, or the last one of that name.
    pub fn named(&self, name: &str) -> Option<Listed> {
        let fits = |one: &Listed| {
            let of_name = one.record.as_ref().is_ok_and(|record| record.name == name);
            of_name || one.id.0 == name
        };
        self.list().into_iter().find(fits)
    }

    /// The case of exactly these files, in whatever order they are named: by their paths, or else by how they begin, where
    /// they were moved. The last one that was changed, if there are several.
    pub fn of_sources(&self, paths: &[PathBuf]) -> Option<Listed> {
        let real: BTreeSet<PathBuf> = paths
            .iter()
            .filter_map(|path| fs::canonicalize(path).ok())
            .collect();
        if real.is_empty() {
            return None;
        }
        let mut cases = self.list();
        cases.retain(|one| {
            (one.record.as_ref()).is_ok_and(|record| record.sources.len() == real.len())
        });
        let is_same = |record: &Record| {
            let own: BTreeSet<&PathBuf> = record.sources.iter().map(|one| &one.path).collect();
            own.len() == real.len() && own.into_iter().all(|path| real.contains(path))
        };
        let at = cases
            .iter()
            .position(|one| one.record.as_ref().is_ok_and(is_same));
        let at = at.or_else(|| {
            let now: Vec<Source> = real
                .iter()
                .filter_map(|path| Source::of(path).ok())
                .collect();
            cases.iter().position(|one| {
                let was = |source: &Source| {
                    real.contains(&source.path) || now.iter().any(|now| source.moved_to(now))
                };
                (one.record.as_ref()).is_ok_and(|record| record.sources.iter().all(was))
            })
        });
        at.map(|at| cases.swap_remove(at))
    }

    /// Makes the folder; `Err(None)` where it is a link.
    fn make(&self) -> Result<(), Option<io::Error>> {
        make_folder(&self.folder)?;
        if !fs::symlink_metadata(&self.folder)?.is_dir() {
            return Err(None);
        }
        Ok(close_to_others(&self.folder)?)
    }
}

fn parse(path: &Path, bytes: &[u8]) -> Result<Record, Error> {
    let damaged = |why: String| Error::Damaged {
        path: show(path),
        why,
    };
    if bytes.len() as u64 > LARGEST {
        return Err(damaged("it is larger than a case can be".to_owned()));
    }
    let wrong = |error: serde_json::Error| damaged(Raw::from(&*error.to_string()).label(200));
    let head: Head = serde_json::from_slice(bytes).map_err(wrong)?;
    let family = SCHEMA.trim_end_matches(|c: char| c.is_ascii_digit());
    if !head.schema.starts_with(family) {
        return Err(damaged("it is another kind of file".to_owned()));
    }
    if head.schema != SCHEMA {
        return Err(Error::Newer {
            path: show(path),
            schema: Raw::from(head.schema.as_str()).label(60),
        });
    }
    serde_json::from_slice(bytes).map_err(wrong)
}

fn show(path: &Path) -> String {
    Raw::new(path.as_os_str().as_encoded_bytes()).label(400)
}

fn io_error(path: &Path, done: &'static str) -> impl Fn(io::Error) -> Error + use<> {
    let path = show(path);
    move |error| Error::Io {
        path: path.clone(),
        done,
        error,
    }
}
