//! The recordings in a folder.

use super::open_error::OpenError;
use super::source::{head, show};
use super::unpack;
use crate::formats;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

/// Files that a folder is searched for, and how deep.
const DEEPEST: usize = 12;
const MOST_FILES: usize = 10_000;

/// The recordings below a folder, by name: every file whose content is recognised; and whether there is more below it
/// than was looked at. Links are not followed.
pub fn recordings_in(folder: &Path) -> Result<(Vec<PathBuf>, bool), OpenError> {
    let mut found = Vec::new();
    let mut queue = vec![(folder.to_path_buf(), 0)];
    let (mut seen, mut is_cut) = (0, false);
    while let Some((folder, depth)) = queue.pop() {
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if depth == 0 => return Err(OpenError::io(&folder, error)),
            Err(_) => continue,
        };
        for entry in entries.flatten() {
            seen += 1;
            let Ok(kind) = entry.file_type() else {
                continue;
            };
            if seen > MOST_FILES {
                is_cut = true;
                break;
            } else if kind.is_dir() {
                is_cut |= depth == DEEPEST;
                if depth < DEEPEST {
                    queue.push((entry.path(), depth + 1));
                }
            } else if kind.is_file() && recognised(&entry.path()) {
                found.push(entry.path());
            }
        }
    }
    found.sort();
    Ok((found, is_cut))
}

fn recognised(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    head(&file).is_ok_and(|head| {
        unpack::Packing::of(&head).is_some() || formats::detect(&head).format.is_some()
    })
}

/// Said where a folder was not searched to its end.
pub(super) fn cut_search(folder: &Path) -> String {
    format!(
        "{} holds more than was searched ({MOST_FILES} files and folders, {DEEPEST} levels deep): name the folders that are meant.",
        show(folder)
    )
}
