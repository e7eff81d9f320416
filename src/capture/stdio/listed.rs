//! What is done beside the streams, so that it delays nothing: the entry among the running taps, and the hash of the
//! program.

use super::facts;
use crate::capture::live::{self, Entry, Gate, Running};
use crate::capture::recorder::Recorder;
use std::ffi::OsString;
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

/// The work that runs beside a session.
pub struct Beside {
    entry: Listed,
    done: Receiver<()>,
}

type Listed = Arc<Mutex<Option<(Entry, Running)>>>;

/// Begins it.
pub fn begin(label: &str, command: &[OsString], gate: Option<Gate>, recorder: &Recorder) -> Beside {
    let entry: Listed = Arc::default();
    let (tell, done) = channel();
    let running = Running {
        session: recorder.session().to_string(),
        label: label.to_string(),
        recording: recorder.path().unwrap_or_default(),
        pid: std::process::id(),
        started: jiff::Timestamp::now().to_string(),
        transport: "stdio".into(),
        gate,
    };
    let (command, recorder, listed) = (command.to_vec(), recorder.clone(), entry.clone());
    let work = move || {
        list(running, &recorder, &listed);
        recorder.meta("executable", facts::executable(&command));
        // Nobody waits any more where the session has ended.
        let _ = tell.send(());
    };
    // Without it, the session is recorded all the same.
    let _ = thread::Builder::new().name("beside".into()).spawn(work);
    Beside { entry, done }
}

fn list(running: Running, recorder: &Recorder, listed: &Listed) {
    let Some(folder) = live::folder() else { return };
    let mut slot = listed.lock().unwrap_or_else(PoisonError::into_inner);
    let Ok(entry) = Entry::create(&folder, &running) else {
        return;
    };
    *slot = Some((entry, running));
    drop(slot);
    let weak = Arc::downgrade(listed);
    recorder.on_new_part(move |path: &Path| {
        let Some(listed) = weak.upgrade() else { return };
        let mut slot = listed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((entry, running)) = slot.as_mut() {
            running.recording = path.to_path_buf();
            // Whoever follows finds the next part by the end of the last one, too.
            let _ = entry.write(running);
        }
    });
}

impl Beside {
    /// Waits a moment for the hash of a session that was short, and takes the entry away.
    pub fn end(self) {
        const MOMENT: Duration = Duration::from_millis(100);
        let _ = self.done.recv_timeout(MOMENT);
        *self.entry.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
