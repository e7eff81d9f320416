//! After the client has said its last word: a server may take its time to answer what is open, and to end by itself.

use super::flow::{Flow, Traffic};
use super::group::Group;
use super::pump::{Stopped, is_refused};
use rustix::process::Signal;
use std::os::fd::{AsFd, OwnedFd};
use std::sync::atomic::{AtomicU8, Ordering};
use std::sync::{Arc, Weak};
use std::thread;
use std::time::{Duration, Instant};

/// What is watched while a server lingers.
pub struct Linger {
    pub group: Arc<Group>,
    pub traffic: Arc<Traffic>,
    pub answers: Arc<Flow>,
    pub stderr: Arc<Flow>,
    /// The way to the client, as long as it is open.
    pub client: Weak<OwnedFd>,
    pub grace: Duration,
    pub forced: Arc<Forced>,
}

/// What it took to end a server.
#[derive(Default)]
pub struct Forced(AtomicU8);

impl Forced {
    /// The signal that was sent, if any.
    pub fn name(&self) -> Option<&'static str> {
        match self.0.load(Ordering::Relaxed) {
            0 => None,
            1 => Some("SIGTERM"),
            _ => Some("SIGKILL"),
        }
    }
}

impl Linger {
    /// Waits as a bare pipe would as long as answers are open and the client is there to take them, or as something is
    /// said; then for the grace; then ends the server. Runs until the process ends.
    pub fn run(&self, stopped: Stopped) {
        const STEP: Duration = Duration::from_millis(50);
        let mut quiet = Instant::now();
        let mut gone: Option<Instant> = None;
        let mut reads = (0, 0);
        loop {
            thread::sleep(STEP);
            let now = (self.answers.reads(), self.stderr.reads());
            if now != reads || self.answers.is_busy() {
                reads = now;
                quiet = Instant::now();
            }
            match (self.client_is_gone(), gone) {
                (true, None) => gone = Some(Instant::now()),
                (false, Some(_)) => gone = None,
                _ => {}
            }
            let since = match gone {
                Some(since) => since,
                // A server that takes no input any more may well go on.
                None if stopped == Stopped::Refused || self.traffic.outstanding() => continue,
                None => quiet,
            };
            if since.elapsed() >= self.grace {
                break;
            }
        }
        self.end();
    }

    fn client_is_gone(&self) -> bool {
        match self.client.upgrade() {
            Some(client) => is_refused(client.as_fd()),
            None => self.answers.is_refused(),
        }
    }

    fn end(&self) {
        self.forced.0.store(1, Ordering::Relaxed);
        self.group.signal(Signal::TERM);
        self.group.signal(Signal::CONT);
        thread::sleep(self.grace);
        self.forced.0.store(2, Ordering::Relaxed);
        self.group.signal(Signal::KILL);
    }
}
