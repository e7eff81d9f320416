//! What the parts of a tap know of each other.

use super::frame::{Frame, Seen};
use crate::capture::recorder::Recorder;
use crate::wire::id::Direction;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Requests of the client that are not answered yet.
#[derive(Default)]
pub struct Traffic(AtomicI64);

impl Traffic {
    pub fn note(&self, direction: Direction, seen: Seen) {
        let change = match direction {
            Direction::C2s => seen.requests,
            Direction::S2c => -seen.answers,
            _ => 0,
        };
        if change != 0 {
            self.0.fetch_add(change, Ordering::Relaxed);
        }
    }

    /// So many requests will never be answered by the server: it does not get them.
    pub fn withheld(&self, requests: usize) {
        self.0.fetch_sub(requests as i64, Ordering::Relaxed);
    }

    /// Whether an answer is still to come.
    pub fn outstanding(&self) -> bool {
        self.0.load(Ordering::Relaxed) > 0
    }
}

/// One direction, as those see it who wait for it.
pub struct Flow {
    frame: Mutex<Frame>,
    /// Counts what was read.
    reads: AtomicU64,
    /// Something was read and is not passed on yet.
    busy: AtomicBool,
    done: AtomicBool,
    /// The stream went on, but nobody takes it any more.
    refused: AtomicBool,
}

impl Flow {
    pub fn new(direction: Direction) -> Flow {
        Flow {
            frame: Mutex::new(Frame::new(direction)),
            reads: AtomicU64::new(0),
            busy: AtomicBool::new(false),
            done: AtomicBool::new(false),
            refused: AtomicBool::new(false),
        }
    }

    pub fn frame(&self) -> MutexGuard<'_, Frame> {
        self.frame.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something was read.
    pub fn arrived(&self) {
        self.busy.store(true, Ordering::Relaxed);
        // Only the pump of this direction counts.
        let reads = self.reads.load(Ordering::Relaxed);
        self.reads.store(reads + 1, Ordering::Release);
    }

    /// It was passed on.
    pub fn passed(&self) {
        self.busy.store(false, Ordering::Release);
    }

    pub fn end(&self, refused: bool) {
        self.refused.store(refused, Ordering::Relaxed);
        self.busy.store(false, Ordering::Relaxed);
        self.done.store(true, Ordering::Release);
    }

    pub fn reads(&self) -> u64 {
        self.reads.load(Ordering::Acquire)
    }

    pub fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Acquire)
    }

    pub fn is_done(&self) -> bool {
        self.done.load(Ordering::Acquire)
    }

    pub fn is_refused(&self) -> bool {
        self.is_done() && self.refused.load(Ordering::Relaxed)
    }

    /// Records what is left of the last line.
    pub fn flush(&self, recorder: &Recorder, traffic: &Traffic) {
        self.frame().finish(recorder, traffic);
    }
}
