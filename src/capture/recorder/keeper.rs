//! One thread for all recordings of the process: brings them to the disk every second, sees whether their files are
//! still there, and tells of new parts. None of this may ever wait in the way of a message.

use super::Shared;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread;
use std::time::Duration;

const EVERY: Duration = Duration::from_secs(1);

/// A recording, and where it was when it was last looked at.
struct Kept {
    shared: Weak<Shared>,
    path: Option<PathBuf>,
}

/// The recordings, and whether the thread runs.
static KEPT: Mutex<(Vec<Kept>, bool)> = Mutex::new((Vec::new(), false));

/// Looks after a recording as long as it lives.
pub fn keep(shared: &Arc<Shared>) {
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    kept.0.push(Kept {
        shared: Arc::downgrade(shared),
        path: shared.lock().path(),
    });
    if !kept.1 {
        // Without a thread, the recording is as safe as the system's cache is.
        kept.1 = thread::Builder::new()
            .name("recordings".into())
            .spawn(run)
            .is_ok();
    }
}

fn run() {
    loop {
        thread::sleep(EVERY);
        let mut kept = {
            let mut all = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
            all.0.retain(|kept| kept.shared.strong_count() > 0);
            if all.0.is_empty() {
                all.1 = false;
                return;
            }
            std::mem::take(&mut all.0)
        };
        for kept in &mut kept {
            if let Some(shared) = kept.shared.upgrade() {
                look(&shared, &mut kept.path);
            }
        }
        KEPT.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .0
            .append(&mut kept);
    }
}

fn look(shared: &Shared, before: &mut Option<PathBuf>) {
    let (files, path) = {
        let mut writer = shared.lock();
        writer.retry();
        (writer.take_unsynced(false), writer.path())
    };
    for file in files {
        // The next write tells whether the disk is still good.
        let _ = file.sync_data();
    }
    if path != *before {
        if let Some(path) = &path {
            let moved = shared.moved.lock().unwrap_or_else(PoisonError::into_inner);
            for tell in moved.iter() {
                tell(path);
            }
        }
        *before = path;
    }
}
