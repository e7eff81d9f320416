//! From one end to the other: read, record, pass on.

use super::flow::{Flow, Traffic};
use crate::capture::recorder::Recorder;
use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use std::os::fd::{AsFd, BorrowedFd};
use std::sync::Arc;

/// Most bytes of one read: what a pipe holds.
const PIECE: usize = 64 << 10;

/// What a pump works with.
pub struct Pump<From, To> {
    pub from: From,
    pub to: To,
    pub flow: Arc<Flow>,
    pub traffic: Arc<Traffic>,
    pub recorder: Recorder,
}

/// Why a pump stopped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stopped {
    /// The stream ended.
    Ended,
    /// Nobody reads it on the other side any more.
    Refused,
}

impl<From: AsFd, To: AsFd> Pump<From, To> {
    /// Runs until one of the sides ends. What was read is recorded first: what a side got is in the recording.
    pub fn run(&self) -> Stopped {
        let mut buffer = vec![0; PIECE];
        let stopped = loop {
            let piece = match read(self.from.as_fd(), &mut buffer) {
                // A stream that fails has ended.
                Ok(0) | Err(_) => break Stopped::Ended,
                Ok(n) => &buffer[..n],
            };
            self.flow.arrived();
            self.flow.frame().take(piece, &self.recorder, &self.traffic);
            if write_all(self.to.as_fd(), piece).is_err() {
                break Stopped::Refused;
            }
            self.flow.passed();
        };
        self.flow.flush(&self.recorder, &self.traffic);
        stopped
    }
}

/// Reads what there is; waits where there is nothing yet.
pub fn read(from: BorrowedFd<'_>, buffer: &mut [u8]) -> Result<usize, Errno> {
    loop {
        match rustix::io::read(from, &mut *buffer) {
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => wait(from, PollFlags::IN)?,
            done => return done,
        }
    }
}

/// Writes everything; waits where there is no room.
pub fn write_all(to: BorrowedFd<'_>, mut bytes: &[u8]) -> Result<(), Errno> {
    while !bytes.is_empty() {
        match rustix::io::write(to, bytes) {
            Ok(0) => return Err(Errno::IO),
            Ok(n) => bytes = &bytes[n..],
            Err(Errno::INTR) => {}
            Err(Errno::AGAIN) => wait(to, PollFlags::OUT)?,
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// For descriptors that somebody made non-blocking.
fn wait(fd: BorrowedFd<'_>, what: PollFlags) -> Result<(), Errno> {
    match poll(&mut [PollFd::new(&fd, what)], None) {
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error),
    }
}

/// Whether nobody reads what is written there any more.
pub fn is_refused(to: BorrowedFd<'_>) -> bool {
    let mut fds = [PollFd::new(&to, PollFlags::empty())];
    let now = rustix::event::Timespec {
        tv_sec: 0,
        tv_nsec: 0,
    };
    poll(&mut fds, Some(&now)).is_ok_and(|n| n > 0)
        && (fds[0].revents()).intersects(PollFlags::ERR | PollFlags::HUP | PollFlags::NVAL)
}
