//! Which recordings a judge reads: its own, and those that are written beside it, because what was read through one server
//! may leave through another.

use crate::capture::live;
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// Largest recording of somebody else that is read from its start, in bytes: a call waits while that is done.
const LARGEST: u64 = 64 << 20;
/// Most recordings of others.
const MOST: usize = 64;

/// What is known of them. Clones know the same.
#[derive(Clone)]
pub struct Beside(Arc<Known>);

struct Known {
    /// The folder in which running recorders tell of themselves.
    live: PathBuf,
    /// The parts of our own, oldest first.
    own: Mutex<Vec<PathBuf>>,
    /// Those of others, and whether they are read.
    others: Mutex<HashMap<PathBuf, bool>>,
}

impl Beside {
    pub fn of(live: &Path) -> Beside {
        Beside(Arc::new(Known {
            live: live.to_path_buf(),
            own: Mutex::default(),
            others: Mutex::default(),
        }))
    }

    /// The part of our own that is written now.
    pub fn write_to(&self, part: PathBuf) {
        let mut own = self.0.own.lock().unwrap_or_else(PoisonError::into_inner);
        if own.last() != Some(&part) {
            own.push(part);
        }
    }

    /// What is to be read. Of others, what is too large when it is first seen is left out.
    pub fn recordings(&self) -> Vec<PathBuf> {
        let mut paths = self
            .0
            .own
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let mut others = self.0.others.lock().unwrap_or_else(PoisonError::into_inner);
        for running in live::running(&self.0.live) {
            let path = running.recording;
            if paths.contains(&path) {
                continue;
            }
            let room = others.len() < MOST;
            let is_read = *others.entry(path.clone()).or_insert_with(|| {
                room && std::fs::metadata(&path)
                    .is_ok_and(|file| file.is_file() && file.len() <= LARGEST)
            });
            if is_read {
                paths.push(path);
            }
        }
        paths
    }
}
