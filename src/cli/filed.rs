//! The case that goes with what is opened: found by its sources, or named.

use super::Failure;
use crate::session::{Session, Source as Opened, SourceArg};
use crate::store::cases::{Id, Kept, Listed, Record, Shelf};
use crate::ui::{CaseFile, Reports};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A case that was asked for.
#[derive(Clone)]
pub struct Asked {
    id: Id,
    /// What is kept of it; empty where it is new.
    record: Record,
    exists: bool,
    /// Sentences for the person.
    told: Vec<String>,
}

const NO_HOME: &str = "there is no home folder, so no cases are kept. Set HOME or XDG_STATE_HOME.";

/// The case of that name or id; a new one where there is none.
///
/// # Errors
/// When it cannot be read, or there is nowhere to keep one.
pub fn named(word: &str) -> Result<Asked, Failure> {
    let shelf = Shelf::of_user().ok_or_else(|| anyhow::anyhow!(NO_HOME))?;
    match shelf.named(word) {
        Some(listed) => of(listed),
        None => Ok(Asked {
            id: Id::new()?,
            record: Record {
                name: word.to_owned(),
                ..Record::default()
            },
            exists: false,
            told: Vec::new(),
        }),
    }
}

/// A case on the shelf.
///
/// # Errors
/// When it cannot be read.
pub fn of(listed: Listed) -> Result<Asked, Failure> {
    Ok(Asked {
        id: listed.id,
        record: listed.record?,
        exists: true,
        told: Vec::new(),
    })
}

/// The case of that id, as it is now.
pub fn again(id: &Id) -> Option<Asked> {
    let shelf = Shelf::of_user()?;
    let record = Ok(shelf.load(id).ok()??);
    let id = id.clone();
    of(Listed { id, record }).ok()
}

impl Asked {
    /// Its recordings, as far as they are there, and those that were named besides.
    ///
    /// # Errors
    /// When none is left.
    pub fn sources(&mut self, besides: Vec<SourceArg>) -> Result<Vec<SourceArg>, Failure> {
        let mut sources = Vec::new();
        for source in &self.record.sources {
            match source.kept() {
                Kept::Missing => self.told.push(format!(
                    "{} cannot be found any more; its marks stay with the case.",
                    source.name()
                )),
                _ => sources.push(SourceArg::Path(source.path.clone())),
            }
        }
        let real = |path: &Path| std::fs::canonicalize(path).ok();
        for one in besides {
            let known = match &one {
                SourceArg::Path(path) => {
                    let path = real(path);
                    self.record
                        .sources
                        .iter()
                        .any(|own| Some(&own.path) == path.as_ref())
                }
                _ => false,
            };
            if !known {
                sources.push(one);
            }
        }
        if sources.is_empty() {
            let why = match self.exists {
                true => "none of its recordings can be found any more",
                false => {
                    "there is no case of that name: name recordings to begin one, or see `plainsight cases`"
                }
            };
            anyhow::bail!(
                "{}: {why}.",
                crate::text::Raw::from(self.record.name.as_str()).label(80)
            );
        }
        Ok(sources)
    }
}

/// Where what is made of a session is kept: the case that was asked for, the one of the same sources, or a new one.
/// `None` where nothing of it has a file.
pub fn file(session: &Session, asked: Option<Asked>, title: &str) -> Option<CaseFile> {
    let shelf = Shelf::of_user()?;
    let sources = session.sources().iter();
    let paths: Vec<PathBuf> = sources
        .filter_map(Opened::file_path)
        .map(Path::to_path_buf)
        .collect();
    if paths.is_empty() && !session.sources().is_empty() {
        return None;
    }
    let is_asked = asked.is_some();
    let asked = asked.or_else(|| of(shelf.of_sources(&paths)?).ok());
    let mut told = broken(&shelf);
    let (id, record, exists) = match asked {
        Some(asked) => {
            told.extend(asked.told);
            (asked.id, asked.record, asked.exists)
        }
        None => (Id::new().ok()?, Record::default(), false),
    };
    for source in &record.sources {
        told.extend(match source.kept() {
            Kept::Same | Kept::Missing => None,
            Kept::Shorter => Some(format!("{} is shorter than when it was marked.", source.name())),
            Kept::Replaced => Some(format!(
                "{} is another recording than the one that was marked; marks that still fit are shown.",
                source.name()
            )),
        });
    }
    let name = match record.name.is_empty() {
        true => title.to_owned(),
        false => record.name.clone(),
    };
    Some(CaseFile {
        shelf,
        id,
        name,
        record: Arc::new(record),
        exists,
        named: is_asked && !exists,
        told,
    })
}

/// Cases that cannot be read are told of, so that nobody misses marks without knowing why.
fn broken(shelf: &Shelf) -> Vec<String> {
    let listed = shelf.list().into_iter();
    let errors: Vec<String> = listed
        .filter_map(|one| one.record.err())
        .map(|error| error.to_string())
        .collect();
    match errors.as_slice() {
        [] => Vec::new(),
        [one] => vec![uppercase(one)],
        [one, rest @ ..] => vec![format!(
            "{} And {} more cannot be read.",
            uppercase(one),
            rest.len()
        )],
    }
}

fn uppercase(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string());
    first.unwrap_or_default() + letters.as_str()
}

/// How reports are written.
pub fn reports() -> Reports {
    use crate::report::{self, Report};
    Reports {
        today: jiff::Zoned::now().date().to_string(),
        whole: |session, findings, review, out| {
            report::markdown(&Report::new(session, findings), Some(review), out)
        },
        one: |session, findings, review, finding| {
            report::one_finding(&Report::new(session, findings), review, finding)
        },
    }
}
