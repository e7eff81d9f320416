//! The seam for the gate: who may hold a line before it reaches the other side.

use super::flow::Traffic;
use crate::capture::recorder::Recorder;
use crate::wire::id::Direction;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

/// Decides line by line what goes on at once. With one, the tap forwards whole lines only; without, it forwards bytes.
pub trait Hold: Send + Sync {
    /// Called once, before anything is read.
    fn begin(&self, outlets: Outlets, recorder: &Recorder);

    /// What is to become of a line (without its end) of the client or of the server. It is not recorded yet.
    fn line(&self, direction: Direction, line: &[u8]) -> Step;

    /// A line for which [`Step::Hold`] was answered is recorded, under this sequence number. It is the holder's now: it
    /// sends `line`, which has its end, through the outlets when it is decided, or does not.
    fn held(&self, direction: Direction, seq: u64, line: &[u8]);

    /// A side will say no more. Called before the other side is told; may block until nothing that this side said is
    /// held any more.
    fn ended(&self, direction: Direction);
}

/// What becomes of a line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    Pass,
    Hold,
}

/// The ways to both sides.
#[derive(Clone)]
pub struct Outlets {
    pub to_server: Outlet,
    pub to_client: Outlet,
    /// Is told of requests that the server never sees.
    pub traffic: Arc<Traffic>,
}

/// The way to one side. Lines of several threads do not mix. Once closed, what is sent is refused.
#[derive(Clone)]
pub struct Outlet(Arc<Mutex<Option<Box<dyn Write + Send>>>>);

impl Outlet {
    pub fn new(to: impl Write + Send + 'static) -> Outlet {
        Outlet(Arc::new(Mutex::new(Some(Box::new(to)))))
    }

    /// Sends a line, which must have its end.
    ///
    /// # Errors
    /// Where the other side is gone.
    pub fn send(&self, line: &[u8]) -> io::Result<()> {
        let mut to = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let to = to.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        to.write_all(line)?;
        to.flush()
    }

    /// Tells the other side that no more will come.
    pub fn close(&self) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
