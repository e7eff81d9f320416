//! The recordings on this machine, newest first.

use super::paths;
use crate::formats::{self, Class};
use crate::session::SourceArg;
use crate::text::Raw;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// One recording that was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: PathBuf,
    /// Who keeps recordings there: `plainsight`, `mcpsnoop`, `this folder`.
    pub keeper: &'static str,
    /// What `plainsight ID` opens: the file's name without its extensions.
    pub id: String,
    pub format: &'static str,
    pub class: Class,
    pub bytes: u64,
    pub modified: SystemTime,
}

impl Found {
    /// The file's name, safe to print.
    pub fn name(&self) -> String {
        Raw::new(self.path.file_name().unwrap_or_default().as_encoded_bytes()).label(80)
    }

    pub fn source(&self) -> SourceArg {
        SourceArg::Path(self.path.clone())
    }
}

/// Most files that are looked at in one folder.
const MOST: usize = 5_000;

/// What is in the known folders and in the present one, newest first. Folders that cannot be read are passed over:
/// this is a list to choose from, not a search that has to be complete.
pub fn find() -> Vec<Found> {
    let mut found = Vec::new();
    let places = [
        (paths::recordings(), "plainsight"),
        (paths::mcpsnoop(), "mcpsnoop"),
        (std::env::current_dir().ok(), "this folder"),
    ];
    for (folder, keeper) in places {
        if let Some(folder) = folder {
            look_in(&folder, keeper, &mut found);
        }
    }
    found.sort_by(|a, b| {
        b.modified
            .cmp(&a.modified)
            .then_with(|| a.path.cmp(&b.path))
    });
    found
}

/// The recording that an id of [`find`] means.
pub fn by_id(id: &str) -> Option<Found> {
    find().into_iter().find(|found| found.id == id)
}

fn look_in(folder: &Path, keeper: &'static str, found: &mut Vec<Found>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten().take(MOST) {
        let path = entry.path();
        let Ok(meta) = fs::symlink_metadata(&path) else {
            continue;
        };
        if !meta.is_file() || !may_be_recording(&path) {
            continue;
        }
        let Some(format) = format_of(&path) else {
            continue;
        };
        found.push(Found {
            keeper,
            id: id_of(&path),
            format: format.id,
            class: format.class,
            bytes: meta.len(),
            modified: meta.modified().unwrap_or(SystemTime::UNIX_EPOCH),
            path,
        });
    }
}

/// By its name, so that looking around does not read every file of a folder.
fn may_be_recording(path: &Path) -> bool {
    let extension = path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    matches!(extension, "jsonl" | "ndjson" | "json" | "log" | "gz")
}

fn format_of(path: &Path) -> Option<&'static formats::Format> {
    let mut head = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(formats::detect::HEAD as u64)
        .read_to_end(&mut head)
        .ok()?;
    formats::detect(&head).format
}

fn id_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().as_encoded_bytes();
    let stem = name.split(|b| *b == b'.').next().unwrap_or(name);
    Raw::new(stem).label(80)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_recordings_and_passes_over_the_rest() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write(
            "a.mcp.jsonl",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n",
        );
        write("b.json", "{\"dependencies\":{}}");
        write(
            "c.txt",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}\n",
        );
        let mut found = Vec::new();
        look_in(folder.path(), "this folder", &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].id.as_str(), found[0].format), ("a", "json-rpc"));
    }
}
