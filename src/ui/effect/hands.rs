//! Work divided among threads of its own. They may run while the session is held, so they are none that could be given
//! other work meanwhile that waits for it.

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Most threads: reading is what bounds it beyond.
const MOST: usize = 8;

/// Does the work for each of the items; the answers come in their order. Every thread begins with a state of its own.
pub fn each<T: Sync, S: Default, R: Send>(
    items: &[T],
    work: impl Fn(&T, &mut S) -> R + Sync,
) -> Vec<R> {
    let threads = thread::available_parallelism().map_or(1, NonZero::get);
    let threads = threads.min(MOST).min(items.len());
    if threads < 2 {
        let mut state = S::default();
        return items.iter().map(|item| work(item, &mut state)).collect();
    }
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        let mut state = S::default();
        loop {
            let n = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(n) else { return };
            let answer = work(item, &mut state);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            done.push((n, answer));
        }
    };
    thread::scope(|scope| {
        for _ in 1..threads {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn answers_come_in_the_order_of_the_items() {
        let items: Vec<usize> = (0..500).collect();
        let answers = super::each(&items, |item, count: &mut usize| {
            *count += 1;
            item * 2
        });
        assert_eq!(
            answers,
            items.iter().map(|item| item * 2).collect::<Vec<_>>()
        );
    }
}
