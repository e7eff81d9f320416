//! The file that the baseline is kept in.
//!
//! One file of JSON, mode 0600 in a folder of mode 0700. It is replaced as a whole: written beside it, flushed, renamed.
//! Who changes it holds a lock, reads what is there now, changes that and writes, so that two programs at work lose
//! nothing of each other; nothing of the lock is left behind. No link is followed in our own folder.

use super::{Baseline, SCHEMA};
use crate::session;
use crate::store::lock::Lock;
use crate::store::paths;
use crate::store::private::{close_to_others, make_folder, open, replace};
use crate::text::Raw;
use serde::{Deserialize, Serialize};
use std::fs::{self, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// The largest file that is read, in bytes.
const LARGEST: u64 = 64 << 20;

/// Where a baseline is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Store {
    path: PathBuf,
    /// It lies in our own folder, where there are no links.
    own: bool,
}

/// Why a baseline could not be read or written. Paths in it are safe to print.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(
        "the baseline {path} was written by a newer plainsight ({schema}); this one knows {SCHEMA}. Update plainsight, or name another file with --baseline."
    )]
    Newer { path: String, schema: String },
    #[error(
        "the baseline {path} is damaged: {why}. It was left as it is; move it away to begin anew, or work without it by --no-baseline."
    )]
    Damaged { path: String, why: String },
    #[error(
        "the baseline {path} is a link; it was not followed. Put the file itself there, or name it with --baseline."
    )]
    Link { path: String },
    #[error("the baseline {path} is no file. Name a file.")]
    NotAFile { path: String },
    #[error(
        "the baseline {path} does not exist. `plainsight baseline accept --baseline FILE SOURCE` makes one."
    )]
    Missing { path: String },
    #[error(
        "the baseline {path} has {bytes}, more than {} can be. Forget servers with `plainsight baseline reset`.",
        session::size(LARGEST)
    )]
    TooLarge { path: String, bytes: String },
    #[error(
        "another plainsight has been writing the baseline {path} for too long. Try again; if it hangs, end it."
    )]
    Locked { path: String },
    #[error("the baseline {path} cannot be {done}: {error}")]
    Io {
        path: String,
        done: &'static str,
        error: io::Error,
    },
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Serialize)]
struct Whole<'a> {
    schema: &'a str,
    #[serde(flatten)]
    baseline: &'a Baseline,
}

impl Store {
    /// The user's own, in the state folder; `None` where there is no home.
    pub fn of_user() -> Option<Store> {
        Some(Store {
            path: paths::state()?.join("baseline").join("baseline.json"),
            own: true,
        })
    }

    #[cfg(test)]
    fn of_folder(folder: &Path) -> Store {
        Store {
            path: folder.join("baseline").join("baseline.json"),
            own: true,
        }
    }

    /// A file that a person named.
    pub fn at(path: impl Into<PathBuf>) -> Store {
        Store {
            path: path.into(),
            own: false,
        }
    }

    /// Its path, safe to print.
    pub fn shown(&self) -> String {
        Raw::new(self.path.as_os_str().as_encoded_bytes()).label(400)
    }

    pub fn exists(&self) -> bool {
        fs::symlink_metadata(&self.path).is_ok()
    }

    /// What it holds; an empty baseline where the user has none yet.
    ///
    /// # Errors
    /// When it cannot be read or understood, or a person named a file that is not there.
    pub fn load(&self) -> Result<Baseline, Error> {
        match self.read()? {
            Some(bytes) => self.parse(&bytes),
            None if self.own => Ok(Baseline::default()),
            None => Err(Error::Missing { path: self.shown() }),
        }
    }

    /// Changes what it holds now, and gives what it holds then.
    ///
    /// # Errors
    /// When it cannot be read, understood or written. It holds what it held before then.
    pub fn update<T>(
        &self,
        change: impl FnOnce(&mut Baseline) -> T,
    ) -> Result<(T, Baseline), Error> {
        let folder = self.folder()?;
        let target = self.target();
        // Who reaches the file over a link waits for the same lock.
        let _lock = Lock::of(&target)
            .map_err(self.io("locked"))?
            .ok_or_else(|| Error::Locked { path: self.shown() })?;
        let mut baseline = match self.read()? {
            Some(bytes) => self.parse(&bytes)?,
            None => Baseline::default(),
        };
        let told = change(&mut baseline);
        self.write(&folder, &target, &baseline)?;
        Ok((told, baseline))
    }

    fn parse(&self, bytes: &[u8]) -> Result<Baseline, Error> {
        let damaged = |error: serde_json::Error| Error::Damaged {
            path: self.shown(),
            why: error.to_string(),
        };
        let head: Head = serde_json::from_slice(bytes).map_err(damaged)?;
        let family = SCHEMA.trim_end_matches(|c: char| c.is_ascii_digit());
        if !head.schema.starts_with(family) {
            return Err(Error::Damaged {
                path: self.shown(),
                why: "it is another kind of file".to_owned(),
            });
        }
        if head.schema != SCHEMA {
            return Err(Error::Newer {
                path: self.shown(),
                schema: Raw::from(head.schema.as_str()).label(60),
            });
        }
        serde_json::from_slice(bytes).map_err(damaged)
    }

    fn io(&self, done: &'static str) -> impl Fn(io::Error) -> Error + use<> {
        let path = self.shown();
        move |error| Error::Io {
            path: path.clone(),
            done,
            error,
        }
    }

    fn read(&self) -> Result<Option<Vec<u8>>, Error> {
        let meta = match fs::symlink_metadata(&self.path) {
            Ok(meta) if self.own && meta.is_symlink() => {
                return Err(Error::Link { path: self.shown() });
            }
            Ok(_) => fs::metadata(&self.path).map_err(self.io("read"))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(self.io("read")(error)),
        };
        if !meta.is_file() {
            return Err(Error::NotAFile { path: self.shown() });
        }
        let file =
            open(OpenOptions::new().read(true), &self.path, self.own).map_err(self.io("read"))?;
        // It may have been exchanged meanwhile, so what was opened is looked at again.
        let meta = file.metadata().map_err(self.io("read"))?;
        if !meta.is_file() {
            return Err(Error::NotAFile { path: self.shown() });
        }
        let mut bytes = Vec::new();
        file.take(LARGEST + 1)
            .read_to_end(&mut bytes)
            .map_err(self.io("read"))?;
        if bytes.len() as u64 > LARGEST {
            return Err(Error::TooLarge {
                path: self.shown(),
                bytes: session::size(meta.len()),
            });
        }
        Ok(Some(bytes))
    }

    /// The folder it lies in; our own is made, and is no link.
    fn folder(&self) -> Result<PathBuf, Error> {
        let parent = self
            .path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = parent.unwrap_or(Path::new(".")).to_path_buf();
        if self.own {
            let failed = self.io("written");
            make_folder(&folder).map_err(&failed)?;
            if !fs::symlink_metadata(&folder).map_err(&failed)?.is_dir() {
                return Err(Error::Link {
                    path: Raw::new(folder.as_os_str().as_encoded_bytes()).label(400),
                });
            }
            close_to_others(&folder).map_err(&failed)?;
        }
        Ok(folder)
    }

    /// The file that is written: a link that a person named leads to it.
    fn target(&self) -> PathBuf {
        match self.own {
            true => self.path.clone(),
            false => fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone()),
        }
    }

    fn write(&self, folder: &Path, target: &Path, baseline: &Baseline) -> Result<(), Error> {
        let failed = self.io("written");
        let whole = Whole {
            schema: SCHEMA,
            baseline,
        };
        let mut bytes = serde_json::to_vec_pretty(&whole).map_err(|error| failed(error.into()))?;
        bytes.push(b'\n');
        if bytes.len() as u64 > LARGEST {
            return Err(Error::TooLarge {
                path: self.shown(),
                bytes: session::size(bytes.len() as u64),
            });
        }
        let beside = target.parent().filter(|_| !self.own).unwrap_or(folder);
        let beside = if beside.as_os_str().is_empty() {
            Path::new(".")
        } else {
            beside
        };
        replace(target, beside, ".baseline-", &bytes).map_err(&failed)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
