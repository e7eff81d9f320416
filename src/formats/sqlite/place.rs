//! Where a database is opened: in its place where nothing would be written beside it, else as a private copy.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Most of a database and the log ahead of it that is copied.
const COPIED: u64 = 4 << 30;

pub(super) struct Place {
    /// For SQLite, with every sign that means something to it escaped.
    pub uri: String,
    /// Bytes of what is opened: no reading gives more than that.
    pub size: u64,
    /// A private folder, gone with this.
    pub copy: Option<TempDir>,
    /// The newest entries stand in a log that is not read.
    pub behind: bool,
}

/// # Errors
/// Where the file cannot be found, or a copy cannot be made.
pub(super) fn of(path: &Path) -> io::Result<Place> {
    of_up_to(path, COPIED)
}

fn of_up_to(path: &Path, most: u64) -> io::Result<Place> {
    let path = fs::canonicalize(path)?;
    let mut ahead = path.clone().into_os_string();
    ahead.push("-wal");
    let ahead = PathBuf::from(ahead);
    let size = fs::metadata(&path)?.len();
    let waiting = fs::metadata(&ahead).ok().filter(Metadata::is_file);
    let waiting = waiting.map_or(0, |meta| meta.len());
    if waiting == 0 || size.saturating_add(waiting) > most {
        return Ok(Place {
            uri: uri(&path, true)?,
            size,
            copy: None,
            behind: waiting > 0,
        });
    }
    let folder = private_folder()?;
    let copy = folder.path().join("copy");
    let copied_ahead = folder.path().join("copy-wal");
    // What belongs together is copied together: once more where something was written meanwhile.
    const TRIES: usize = 3;
    for _ in 0..TRIES {
        let before = [state(&path), state(&ahead)];
        fs::copy(&path, &copy)?;
        fs::copy(&ahead, &copied_ahead)?;
        if before == [state(&path), state(&ahead)] {
            break;
        }
    }
    Ok(Place {
        uri: uri(&copy, false)?,
        size: size + waiting,
        copy: Some(folder),
        behind: false,
    })
}

fn state(path: &Path) -> Option<(u64, std::time::SystemTime)> {
    let meta = fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()?))
}

fn private_folder() -> io::Result<TempDir> {
    let mut folder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        folder.permissions(fs::Permissions::from_mode(0o700));
    }
    folder.tempdir()
}

/// A path as SQLite's URI.
fn uri(path: &Path, immutable: bool) -> io::Result<String> {
    use std::fmt::Write;
    #[cfg(unix)]
    let bytes = std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str()).to_vec();
    #[cfg(not(unix))]
    let bytes = {
        let path = path
            .to_str()
            .ok_or_else(|| io::Error::other("the path is not Unicode"))?;
        let path = path.strip_prefix(r"\\?\").unwrap_or(path);
        format!("/{}", path.replace('\\', "/")).into_bytes()
    };
    let mut uri = String::from("file:");
    for byte in bytes {
        if byte.is_ascii_alphanumeric() || b"/-._~:".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri.push_str(if immutable {
        "?immutable=1"
    } else {
        "?mode=ro"
    });
    Ok(uri)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn signs_of_a_path_are_escaped() {
        let uri = uri(Path::new("/a b/c?d#e%f"), true).unwrap();
        assert_eq!(uri, "file:/a%20b/c%3Fd%23e%25f?immutable=1");
    }

    #[test]
    fn what_is_too_large_to_copy_is_read_in_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.db");
        fs::write(&path, [0; 100]).unwrap();
        assert!(!of_up_to(&path, 200).unwrap().behind);
        fs::write(folder.path().join("a.db-wal"), []).unwrap();
        assert!(of_up_to(&path, 200).unwrap().copy.is_none());
        fs::write(folder.path().join("a.db-wal"), [0; 101]).unwrap();
        let place = of_up_to(&path, 200).unwrap();
        assert!(place.behind && place.copy.is_none());
        assert!(of_up_to(&path, 201).unwrap().copy.is_some());
    }
}
