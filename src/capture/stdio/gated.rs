//! A pump that asks before it passes a line on.

use super::flow::{Flow, Traffic};
use super::frame::Seen;
use super::hold::{Hold, Outlet, Step};
use super::pump::{Stopped, read};
use crate::capture::recorder::{Line, Marks, Recorder, shape};
use crate::wire::id::Direction;
use crate::wire::json::Whole;
use std::os::fd::AsFd;
use std::sync::Arc;

/// Most bytes of one read.
const PIECE: usize = 64 << 10;

/// Longest line that is kept in memory until it is whole.
const LONGEST: usize = 256 << 20;

/// What a pump with a gate works with.
pub struct GatedPump<From> {
    pub direction: Direction,
    pub from: From,
    pub to: Outlet,
    pub hold: Arc<dyn Hold>,
    pub flow: Arc<Flow>,
    pub traffic: Arc<Traffic>,
    pub recorder: Recorder,
}

impl<From: AsFd> GatedPump<From> {
    /// Runs until one of the sides ends. Lines are kept in memory until they are whole: who holds them must see them.
    pub fn run(&self) -> Stopped {
        let mut buffer = vec![0; PIECE];
        let mut begun = Vec::new();
        let mut judge = Whole::default();
        let stopped = 'streams: loop {
            let piece = match read(self.from.as_fd(), &mut buffer) {
                Ok(0) | Err(_) => break Stopped::Ended,
                Ok(n) => &buffer[..n],
            };
            self.flow.arrived();
            for part in piece.split_inclusive(|byte| *byte == b'\n') {
                if begun.len() + part.len() > LONGEST {
                    // What cannot be looked at whole does not pass a gate.
                    self.recorder.lose("a line was too long to be held");
                    begun = Vec::new();
                    break 'streams Stopped::Refused;
                }
                begun.extend_from_slice(part);
                if part.ends_with(b"\n") {
                    let passed = self.line(&begun, &mut judge);
                    begun.clear();
                    if passed == Stopped::Refused {
                        break 'streams Stopped::Refused;
                    }
                }
            }
            self.flow.passed();
        };
        if !begun.is_empty() && stopped == Stopped::Ended {
            self.line(&begun, &mut judge);
        }
        self.hold.ended(self.direction);
        self.to.close();
        stopped
    }

    /// One line with its end, if it has one.
    fn line(&self, whole: &[u8], judge: &mut Whole) -> Stopped {
        let (line, ended) = match whole.strip_suffix(b"\n") {
            Some(line) => (line, true),
            None => (whole, false),
        };
        let (line, crlf) = match line.strip_suffix(b"\r") {
            Some(line) if ended => (line, true),
            _ => (line, false),
        };
        let judged = judge.judge(line);
        let step = self.hold.line(self.direction, line);
        let recorded = Line {
            range: 0..line.len(),
            shape: shape(judged, false),
            marks: Marks {
                crlf,
                unterminated: !ended,
                held: step == Step::Hold,
                ..Marks::default()
            },
        };
        let seq = self.recorder.lines(self.direction, line, &[recorded]);
        self.flow.frame().count += 1;
        let mut seen = Seen::default();
        seen.add(judged.members);
        self.traffic.note(self.direction, seen);
        match step {
            Step::Hold => self.hold.held(self.direction, seq, whole),
            Step::Pass if self.to.send(whole).is_err() => return Stopped::Refused,
            Step::Pass => {}
        }
        Stopped::Ended
    }
}
