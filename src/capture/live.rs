//! Which taps and proxies run now: a small file for each in the state folder, locked as long as it runs.
//!
//! The lock is the truth, not the file: a recorder that was killed leaves its file behind, and the next look removes it.

use crate::store::paths;
use crate::text::RawBuf;
use serde::{Deserialize, Serialize};
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// What a running tap tells of itself. Its own words only: nothing of a server is in it but the label a person gave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The id of the session in its recording.
    pub session: String,
    /// The server's label in the recording.
    pub label: String,
    /// The recording that is being written; after a rotation, the newest part.
    pub recording: PathBuf,
    /// The recorder's own process.
    pub pid: u32,
    /// RFC 3339.
    pub started: String,
    /// `stdio` or `http`.
    pub transport: String,
    /// Where the gate is spoken to, where there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gate: Option<Gate>,
}

/// The control socket of a gate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Gate {
    pub socket: PathBuf,
    /// What a client of the socket must say first.
    pub token: String,
}

/// Longest file that is read as one of ours.
const LONGEST: u64 = 64 << 10;
/// Most files that are looked at.
const MOST: usize = 4096;

/// The folder, made with mode 0700 if it is not there. `None` where there is no home.
pub fn folder() -> Option<PathBuf> {
    paths::live()
}

/// The entry of a running tap. Dropping it takes the file away.
pub struct Entry {
    path: PathBuf,
    /// Holds the lock.
    file: File,
}

impl Entry {
    /// Tells that a recorder runs.
    ///
    /// # Errors
    /// Where the folder or the file cannot be written. A tap goes on without: it can still be recorded and opened.
    pub fn create(folder: &Path, running: &Running) -> io::Result<Entry> {
        make_private(folder)?;
        // Under another name until it is locked, so that nobody takes it for one that was left behind.
        let path = folder.join(format!("{}.new", running.session));
        let mut options = OpenOptions::new();
        options.read(true).write(true).create_new(true);
        private(&mut options);
        let file = options.open(&path)?;
        let mut entry = Entry { path, file };
        lock(&entry.file)?;
        entry.write(running)?;
        let told = folder.join(format!("{}.json", running.session));
        fs::rename(&entry.path, &told)?;
        entry.path = told;
        Ok(entry)
    }

    /// Tells of a change: a new part of the recording, a gate that was opened.
    ///
    /// # Errors
    /// Where the file cannot be written.
    pub fn write(&mut self, running: &Running) -> io::Result<()> {
        use std::io::Seek;
        let text = serde_json::to_vec(running)?;
        self.file.rewind()?;
        self.file.write_all(&text)?;
        self.file.set_len(text.len() as u64)
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.path);
    }
}

/// The recorders that run now, oldest first; files of those that were killed are removed.
pub fn running(folder: &Path) -> Vec<Running> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut found: Vec<Running> = entries
        .flatten()
        .take(MOST)
        .map(|entry| entry.path())
        .filter(|path| path.extension().is_some_and(|e| e == "json"))
        .filter_map(|path| look(&path))
        .collect();
    found.sort_by(|a, b| {
        a.started
            .cmp(&b.started)
            .then_with(|| a.session.cmp(&b.session))
    });
    found
}

fn look(path: &Path) -> Option<Running> {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    no_links(&mut options);
    let file = options.open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    if lock(&file).is_ok() {
        // Nobody holds it: its recorder is gone.
        let _ = fs::remove_file(path);
        return None;
    }
    let mut text = Vec::new();
    (&file).take(LONGEST).read_to_end(&mut text).ok()?;
    serde_json::from_slice(&text).ok()
}

impl Running {
    /// The label, as text that is not ours.
    pub fn label(&self) -> RawBuf {
        RawBuf::from(self.label.as_str())
    }
}

/// Makes a folder, and those above it, that only this user may enter.
///
/// # Errors
/// As of creating folders.
pub fn make_private(folder: &Path) -> io::Result<()> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}

/// Creates files that only this user may read, and follows no link to them.
pub fn private(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    no_links(options);
}

#[cfg(unix)]
fn no_links(options: &mut OpenOptions) {
    use std::os::unix::fs::OpenOptionsExt;
    options.custom_flags(rustix::fs::OFlags::NOFOLLOW.bits() as i32);
}

#[cfg(not(unix))]
fn no_links(_: &mut OpenOptions) {}

/// Takes the lock, or fails at once.
fn lock(file: &File) -> io::Result<()> {
    match file.try_lock() {
        Ok(()) => Ok(()),
        Err(fs::TryLockError::WouldBlock) => Err(io::ErrorKind::WouldBlock.into()),
        Err(fs::TryLockError::Error(error)) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(session: &str) -> Running {
        Running {
            session: session.into(),
            label: "notes".into(),
            recording: "/tmp/notes.mcp.jsonl".into(),
            pid: 7,
            started: "2026-01-01T00:00:00Z".into(),
            transport: "stdio".into(),
            gate: None,
        }
    }

    #[test]
    fn an_entry_is_there_as_long_as_its_recorder_runs() {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("live");
        assert_eq!(running(&folder), []);
        let mut entry = Entry::create(&folder, &example("a")).unwrap();
        assert_eq!(running(&folder), [example("a")]);
        let changed = Running {
            gate: Some(Gate {
                socket: "/tmp/a.sock".into(),
                token: "t".into(),
            }),
            ..example("a")
        };
        entry.write(&changed).unwrap();
        assert_eq!(running(&folder), [changed]);
        drop(entry);
        assert_eq!(running(&folder), []);
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 0);
    }

    #[test]
    fn what_a_killed_recorder_left_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let left = folder.path().join("b.json");
        fs::write(&left, serde_json::to_vec(&example("b")).unwrap()).unwrap();
        assert_eq!(running(folder.path()), []);
        assert!(!left.exists());
    }

    #[cfg(unix)]
    #[test]
    fn only_its_user_can_read_it() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path().join("live");
        let _entry = Entry::create(&folder, &example("c")).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode(&folder), 0o700);
        assert_eq!(mode(&folder.join("c.json")), 0o600);
    }
}
