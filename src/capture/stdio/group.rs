//! The process group of a server.

use rustix::process::{
    Pid, Signal, WaitId, WaitIdOptions, kill_process_group, test_kill_process_group, waitid,
};
use std::io;
use std::process::{Child, ExitStatus};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// A server that was started as the leader of a group of its own.
pub struct Group {
    leader: Pid,
    /// The leader's number may belong to somebody else by now.
    reaped: Mutex<bool>,
}

impl Group {
    pub fn of(child: &Child) -> Group {
        Group {
            // A process that was started has a number that is not zero.
            leader: Pid::from_child(child),
            reaped: Mutex::new(false),
        }
    }

    /// Waits until the leader has ended, but leaves it to be asked how.
    pub fn wait(&self) {
        let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        while let Err(rustix::io::Errno::INTR) = waitid(WaitId::Pid(self.leader), options) {}
    }

    /// How the leader ended; from here on it is not there any more.
    pub fn reap(&self, child: &mut Child) -> io::Result<ExitStatus> {
        let mut reaped = self.reaped.lock().unwrap_or_else(PoisonError::into_inner);
        *reaped = true;
        child.wait()
    }

    /// Sends a signal to the whole group, as long as its leader is there.
    pub fn signal(&self, signal: Signal) {
        let reaped = self.reaped.lock().unwrap_or_else(PoisonError::into_inner);
        if !*reaped {
            // Whoever is gone needs no signal.
            let _ = kill_process_group(self.leader, signal);
        }
    }

    /// Ends what the leader left behind: asks first, and kills after `patience`.
    pub fn clear(&self, patience: Duration) {
        clear(self.leader, patience);
    }
}

/// Ends every process of a group.
pub fn clear(leader: Pid, patience: Duration) {
    if kill_process_group(leader, Signal::TERM).is_err() {
        return;
    }
    // A stopped process does not hear that it should end.
    let _ = kill_process_group(leader, Signal::CONT);
    if !wait_for(leader, patience) {
        let _ = kill_process_group(leader, Signal::KILL);
    }
}

/// Whether a group is gone before the time is over.
pub fn wait_for(leader: Pid, patience: Duration) -> bool {
    const STEP: Duration = Duration::from_millis(20);
    let started = Instant::now();
    loop {
        if test_kill_process_group(leader).is_err() {
            return true;
        }
        if started.elapsed() >= patience {
            return false;
        }
        thread::sleep(STEP);
    }
}
