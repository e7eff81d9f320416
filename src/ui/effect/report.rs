//! Writing a report into a file that is nobody else's.

use super::lock;
use crate::store::cases::{Review, now, sha256, user};
use crate::text::Raw;
use crate::ui::filing::Refused;
use crate::ui::model::Case;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::PoisonError;

/// What a person typed as a path: `~/` is the home folder.
pub fn home(word: &str) -> PathBuf {
    match (word.strip_prefix("~/"), std::env::var_os("HOME")) {
        (Some(rest), Some(home)) => Path::new(&home).join(rest),
        _ => PathBuf::from(word),
    }
}

/// Writes the report of a case. What is there is replaced only where that was said.
pub fn write(
    case: &Case,
    typed: &str,
    replace: bool,
    review: &Review,
) -> Result<(PathBuf, u64), Refused> {
    let refused = |exists: bool, why: String| Refused {
        file: typed.to_owned(),
        exists,
        why,
    };
    let Some(reports) = &case.reports else {
        return Err(refused(false, "No report can be written here.".to_owned()));
    };
    let path = home(typed.trim());
    let shown = Raw::new(path.as_os_str().as_encoded_bytes()).label(200);
    let there = fs::symlink_metadata(&path).ok();
    if there.as_ref().is_some_and(|meta| !meta.is_file()) {
        let why = format!("{shown} is no file: name another.");
        return Err(refused(false, why));
    }
    if there.is_some() && !replace {
        let why = format!("{shown} is there already: enter replaces it, or type another name.");
        return Err(refused(true, why));
    }
    let mut review = Review {
        by: user(),
        at: now(),
        ..review.clone()
    };
    let paths: Vec<Option<PathBuf>> = {
        let session = lock(case);
        let sources = session.sources().iter();
        sources
            .map(|source| Some(source.file_path()?.to_path_buf()))
            .collect()
    };
    // Long work, so nothing is locked meanwhile.
    review.hashes = paths.into_iter().map(|path| sha256(&path?).ok()).collect();
    let mut bytes = Vec::new();
    let written = {
        let session = lock(case);
        let findings = case.findings.read().unwrap_or_else(PoisonError::into_inner);
        (reports.whole)(&session, &findings, &review, &mut bytes)
    };
    let done = written.and_then(|()| save(&path, replace, &bytes));
    match done {
        Ok(()) => Ok((path, bytes.len() as u64)),
        Err(error) => {
            let exists = error.kind() == io::ErrorKind::AlreadyExists;
            Err(refused(
                exists,
                format!("{shown} could not be written: {error}."),
            ))
        }
    }
}

/// Only its owner may read it: it tells of an incident.
fn save(path: &Path, replace: bool, bytes: &[u8]) -> io::Result<()> {
    if replace {
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        let mut file = tempfile::Builder::new()
            .prefix(".plainsight-")
            .tempfile_in(folder)?;
        file.write_all(bytes)?;
        file.persist(path).map_err(|error| error.error)?;
        return Ok(());
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}
