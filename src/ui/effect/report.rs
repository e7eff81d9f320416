//! Writing a report into a file that is nobody else's.

use super::lock;
use crate::store::cases::{Review, now, sha256, user};
use crate::text::Raw;
use crate::ui::filing::Refused;
use crate::ui::model::Case;
use std::fs;
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
    let paths: Vec<Option<PathBuf>> = {
        let session = lock(case);
        let sources = session.sources().iter();
        sources
            .map(|source| Some(source.file_path()?.to_path_buf()))
            .collect()
    };
    let kept = case.file.iter().flat_map(|file| &file.record.sources);
    let kept = kept.map(|source| &source.path);
    if there.is_some() && is_one_of(&path, paths.iter().flatten().chain(kept)) {
        let why = format!(
            "{shown} is a recording of this case, which no report replaces: type another name."
        );
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

/// Only its owner may read it: it tells of an incident. It is there as a whole or not at all.
fn save(path: &Path, replace: bool, bytes: &[u8]) -> io::Result<()> {
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    // Made with mode 0600.
    let mut file = tempfile::Builder::new()
        .prefix(".plainsight-")
        .tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    let done = match replace {
        true => file.persist(path),
        false => file.persist_noclobber(path),
    };
    done.map(drop).map_err(|error| error.error)
}

/// Whether a file is one of these, by whatever name.
fn is_one_of<'a>(path: &Path, files: impl IntoIterator<Item = &'a PathBuf>) -> bool {
    let own = same(path);
    own.is_some() && files.into_iter().any(|file| same(file) == own)
}

/// What two names of one file have in common.
#[cfg(unix)]
fn same(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    let meta = fs::metadata(path).ok()?;
    Some((meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn same(path: &Path) -> Option<PathBuf> {
    fs::canonicalize(path).ok()
}
