//! The end of a server: it is asked, then told, then made to, and with it everything that it started.

use super::{Limits, Map, Value};
use std::process::Child;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

/// How long a server may take to end by itself, and how long after it was told to.
pub const GRACE: Duration = Duration::from_secs(2);
/// How often it is looked.
const LOOK: Duration = Duration::from_millis(10);

/// Waits for the end, and gives the facts of it for the recording. The streams are read to their end, as long as nobody
/// who left the group keeps them open.
pub fn end(
    child: &mut Child,
    readers: &[JoinHandle<()>],
    limits: Limits<'_>,
) -> Map<String, Value> {
    // Who wants everything to end does not want to wait.
    let grace = if limits.stopped() { GRACE / 4 } else { GRACE };
    let mut facts = Map::new();
    if !wait(grace, || group::has_ended(child)) {
        facts.insert("ended_by".into(), "TERM".into());
        group::terminate(child);
        if !wait(grace, || group::has_ended(child)) {
            facts.insert("ended_by".into(), "KILL".into());
        }
    }
    // Whatever it started goes with it, also where it ended by itself.
    group::sweep(child, readers);
    if let Ok(status) = child.wait() {
        if let Some(code) = status.code() {
            facts.insert("code".into(), code.into());
        }
        #[cfg(unix)]
        if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status) {
            facts.insert("signal".into(), signal.into());
        }
    }
    wait(GRACE / 4, || readers.iter().all(JoinHandle::is_finished));
    facts
}

fn wait(most: Duration, mut is_done: impl FnMut() -> bool) -> bool {
    let until = Instant::now() + most;
    loop {
        if is_done() {
            return true;
        }
        if Instant::now() >= until {
            return false;
        }
        std::thread::sleep(LOOK);
    }
}

#[cfg(unix)]
mod group {
    use super::{Child, Duration, JoinHandle, wait};
    use rustix::process::{
        Pid, Signal, WaitId, WaitIdOptions, kill_process_group, test_kill_process_group, waitid,
    };

    fn id(child: &Child) -> Option<Pid> {
        i32::try_from(child.id()).ok().and_then(Pid::from_raw)
    }

    /// Whether the server itself has ended. It is left unreaped, so that its number, which is that of the group, belongs
    /// to nobody else.
    pub fn has_ended(child: &mut Child) -> bool {
        let Some(id) = id(child) else { return true };
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
        !matches!(waitid(WaitId::Pid(id), options), Ok(None))
    }

    pub fn terminate(child: &Child) {
        signal(child, Signal::TERM);
    }

    /// Ends what is left of the group: politely where the streams show that somebody is left.
    pub fn sweep(child: &Child, readers: &[JoinHandle<()>]) {
        let is_quiet = || readers.iter().all(JoinHandle::is_finished);
        if !wait(Duration::from_millis(100), is_quiet) {
            signal(child, Signal::TERM);
            wait(Duration::from_millis(500), is_quiet);
        }
        if id(child).is_some_and(|id| test_kill_process_group(id).is_ok()) {
            signal(child, Signal::KILL);
        }
    }

    fn signal(child: &Child, signal: Signal) {
        if let Some(id) = id(child) {
            // There is nobody left in the group.
            let _ = kill_process_group(id, signal);
        }
    }
}

#[cfg(not(unix))]
mod group {
    use super::{Child, JoinHandle};

    pub fn has_ended(child: &mut Child) -> bool {
        !matches!(child.try_wait(), Ok(None))
    }

    pub fn terminate(_: &Child) {}

    pub fn sweep(child: &mut Child, _: &[JoinHandle<()>]) {
        // It may have ended by itself.
        let _ = child.kill();
    }
}
