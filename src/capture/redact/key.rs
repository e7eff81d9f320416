//! The key under which replaced secrets are hashed, so that the same secret can be told again without being known.

use crate::capture::live::{make_private, private};
use crate::store::paths;
use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::path::Path;

/// The file in the state folder.
const FILE: &str = "redaction.key";
const BYTES: usize = 32;

/// A key for hashes of secrets. Never written anywhere but into its own file in the state folder.
#[derive(Clone)]
pub struct Key([u8; BYTES]);

impl Key {
    /// The key of this machine, made when it is first needed. Where it can be neither read nor kept, one that is
    /// forgotten when the program ends: hashes can then be compared only within what this process writes.
    pub fn of_machine() -> Key {
        paths::state()
            .and_then(|folder| Key::kept_in(&folder))
            .unwrap_or_else(Key::random)
    }

    /// A key that nobody will ever have again.
    pub fn random() -> Key {
        let mut key = [0; BYTES];
        if getrandom::fill(&mut key).is_err() {
            // No source of randomness: what is left is at least not the same twice.
            let seed = format!("{:?} {}", std::time::SystemTime::now(), std::process::id());
            key = *blake3::hash(seed.as_bytes()).as_bytes();
        }
        Key(key)
    }

    /// Reads the key that is kept in a folder, or makes it. `None` where that cannot be done, or the file there is none of ours.
    fn kept_in(folder: &Path) -> Option<Key> {
        let path = folder.join(FILE);
        if let Some(key) = read(&path) {
            return Some(key);
        }
        make_private(folder).ok()?;
        let key = Key::random();
        // Written beside it and linked into place, so that nobody ever reads half of a key, and of two programs that
        // make one at the same time both end with the same.
        let draft = folder.join(format!("{FILE}.{}", std::process::id()));
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        private(&mut options);
        let written = options
            .open(&draft)
            .and_then(|mut file| file.write_all(&key.0).and_then(|()| file.sync_all()))
            .and_then(|()| fs::hard_link(&draft, &path));
        let _ = fs::remove_file(&draft);
        match written {
            Ok(()) => Some(key),
            Err(_) => read(&path),
        }
    }

    /// The first 32 bits of the keyed hash, in hexadecimal.
    pub fn hash8(&self, value: &[u8]) -> String {
        blake3::keyed_hash(&self.0, value).to_hex()[..8].to_string()
    }
}

fn read(path: &Path) -> Option<Key> {
    let mut options = OpenOptions::new();
    options.read(true);
    private(&mut options);
    let file = options.open(path).ok()?;
    if !file.metadata().ok()?.is_file() {
        return None;
    }
    let mut bytes = Vec::new();
    file.take(BYTES as u64 + 1).read_to_end(&mut bytes).ok()?;
    Some(Key(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_kept_from_others() {
        let folder = tempfile::tempdir().unwrap();
        let state = folder.path().join("state");
        let first = Key::kept_in(&state).unwrap();
        let second = Key::kept_in(&state).unwrap();
        assert_eq!(first.hash8(b"x"), second.hash8(b"x"));
        assert_ne!(first.hash8(b"x"), first.hash8(b"y"));
        assert_ne!(first.hash8(b"x"), Key::random().hash8(b"x"));
        let left: Vec<_> = fs::read_dir(&state).unwrap().collect();
        assert_eq!(left.len(), 1, "{left:?}");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
            assert_eq!((mode(&state), mode(&state.join(FILE))), (0o700, 0o600));
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_key_of_ours_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(FILE);
        fs::write(&path, "short").unwrap();
        assert!(Key::kept_in(folder.path()).is_none());
        assert_eq!(fs::read(&path).unwrap(), b"short");
        fs::remove_file(&path).unwrap();
        fs::write(folder.path().join("other"), [7; BYTES]).unwrap();
        std::os::unix::fs::symlink(folder.path().join("other"), &path).unwrap();
        assert!(Key::kept_in(folder.path()).is_none());
    }
}
