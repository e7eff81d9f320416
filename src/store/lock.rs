//! The lock that a writer holds: a file beside the one that is written, which is there no longer than the lock is.
//!
//! Who has the lock takes the file away before letting go. Somebody who opened it meanwhile then gets a lock on a file
//! that is nowhere; so whoever gets a lock looks whether its file is still the one in the folder, and begins anew if not.

use super::private::{open, private};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long another program may hold the lock, where nothing else is said.
pub const PATIENCE: Duration = Duration::from_secs(10);

/// Held until it is dropped.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    /// Closing it ends the lock.
    _file: File,
}

impl Lock {
    /// Waits for the lock of a file; `None` where another holds it for too long.
    ///
    /// # Errors
    /// When the lock's file cannot be made, or is a link.
    pub fn of(target: &Path) -> io::Result<Option<Lock>> {
        Lock::within(target, PATIENCE)
    }

    /// The same, with another idea of too long.
    ///
    /// # Errors
    /// As for [`Lock::of`].
    pub fn within(target: &Path, patience: Duration) -> io::Result<Option<Lock>> {
        let path = Lock::beside(target);
        let start = Instant::now();
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            private(&mut options);
            let file = open(&mut options, &path, true)?;
            loop {
                match file.try_lock() {
                    Ok(()) => break,
                    Err(TryLockError::Error(error)) => return Err(error),
                    Err(TryLockError::WouldBlock) if start.elapsed() >= patience => {
                        return Ok(None);
                    }
                    Err(TryLockError::WouldBlock) => {
                        std::thread::sleep(Duration::from_millis(5));
                    }
                }
            }
            if is_at(&file, &path)? {
                return Ok(Some(Lock { path, _file: file }));
            }
        }
    }

    /// Where the lock's file is.
    pub fn beside(target: &Path) -> PathBuf {
        let mut name = std::ffi::OsString::from(".");
        name.push(target.file_name().unwrap_or_default());
        name.push(".lock");
        target.with_file_name(name)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // What cannot be told whose it is stays; so does what cannot be taken away: the next writer uses it.
        if cfg!(unix) {
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// Whether an open file is the one that stands at this path.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let own = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(there) => Ok((own.dev(), own.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> io::Result<bool> {
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn one_at_a_time_has_it_and_nothing_is_left() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("file");
        let (inside, done) = (AtomicU32::new(0), AtomicU32::new(0));
        std::thread::scope(|scope| {
            for _ in 0..6 {
                scope.spawn(|| {
                    for _ in 0..30 {
                        let lock = Lock::of(&target).unwrap().unwrap();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        std::thread::yield_now();
                        inside.fetch_sub(1, Ordering::SeqCst);
                        done.fetch_add(1, Ordering::SeqCst);
                        drop(lock);
                    }
                });
            }
        });
        assert_eq!(done.into_inner(), 180);
        if cfg!(unix) {
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_lock_on_a_file_that_is_gone_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("file");
        // What a program left that was ended is taken over.
        fs::write(Lock::beside(&target), "").unwrap();
        let first = Lock::of(&target).unwrap().unwrap();
        let waiting = File::open(Lock::beside(&target)).unwrap();
        assert!(waiting.try_lock().is_err());
        drop(first);
        waiting.try_lock().unwrap();
        assert!(!is_at(&waiting, &Lock::beside(&target)).unwrap());
        let second = Lock::of(&target).unwrap();
        assert!(second.is_some(), "the old file keeps nobody out");
    }
}
