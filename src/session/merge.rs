//! Several recordings, one order: by time, and within one recording as it was written.

use super::fold::Ready;
use super::time::Time;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};

/// A merge of queues that are still being filled. A row is given out only when no other source can have an earlier one.
pub struct Merge {
    queues: Vec<Queue>,
    /// Sources with something in their queue, earliest first.
    heads: BinaryHeap<Reverse<(Time, usize)>>,
    /// Sources that are empty but not finished: nothing can be given out while there are any.
    hungry: usize,
}

struct Queue {
    rows: VecDeque<Ready>,
    /// The latest time so far: a clock that steps back does not reorder a recording.
    clock: Time,
    finished: bool,
}

impl Merge {
    pub fn new(sources: usize) -> Merge {
        let queue = || Queue {
            rows: VecDeque::new(),
            clock: Time::NONE,
            finished: false,
        };
        Merge {
            queues: (0..sources).map(|_| queue()).collect(),
            heads: BinaryHeap::new(),
            hungry: sources,
        }
    }

    /// One more source, which comes while the others go on. Nobody has to wait for it.
    pub fn add(&mut self) {
        if let [only] = &self.queues[..]
            && !only.rows.is_empty()
        {
            self.announce(0);
        }
        self.queues.push(Queue {
            rows: VecDeque::new(),
            clock: Time::NONE,
            finished: true,
        });
        // One source alone is not counted as it comes and goes.
        let waits = |queue: &&Queue| queue.rows.is_empty() && !queue.finished;
        self.hungry = self.queues.iter().filter(waits).count();
    }

    pub fn extend(&mut self, source: usize, rows: Vec<Ready>) {
        let alone = self.queues.len() == 1;
        let queue = &mut self.queues[source];
        let was_empty = queue.rows.is_empty();
        queue.rows.extend(rows);
        if was_empty && !queue.rows.is_empty() && !alone {
            if !queue.finished {
                self.hungry -= 1;
            }
            self.announce(source);
        }
    }

    /// The source has no more for now: the others need not wait for it.
    pub fn finish(&mut self, source: usize) {
        let queue = &mut self.queues[source];
        if !std::mem::replace(&mut queue.finished, true) && queue.rows.is_empty() {
            self.hungry -= 1;
        }
    }

    pub fn next(&mut self) -> Option<Ready> {
        // One recording has its order.
        if let [only] = &mut self.queues[..] {
            return only.rows.pop_front();
        }
        if self.hungry > 0 {
            return None;
        }
        let Reverse((_, source)) = self.heads.pop()?;
        let queue = &mut self.queues[source];
        let ready = queue.rows.pop_front()?;
        queue.clock = queue.clock.max(ready.time());
        if queue.rows.is_empty() {
            if !queue.finished {
                self.hungry += 1;
            }
        } else {
            self.announce(source);
        }
        Some(ready)
    }

    fn announce(&mut self, source: usize) {
        let queue = &self.queues[source];
        if let Some(head) = queue.rows.front() {
            self.heads
                .push(Reverse((queue.clock.max(head.time()), source)));
        }
    }
}
