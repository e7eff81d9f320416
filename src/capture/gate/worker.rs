//! The gate's own threads: one judges, one watches the clock.

use super::judge::{Judge, Verdict};
use super::shared::Shared;
use crate::analysis::signal;
use crate::capture::recorder::Recorder;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::thread;

/// Starts both. They end when the gate is closed.
///
/// # Errors
/// Where there can be no more threads.
pub fn start(shared: &Arc<Shared>, recorder: Recorder, jobs: Receiver<u64>) -> io::Result<()> {
    signal::warm();
    let judging = Arc::clone(shared);
    thread::Builder::new()
        .name("gate-judge".into())
        .spawn(move || judge(&judging, recorder, &jobs))?;
    let watching = Arc::clone(shared);
    thread::Builder::new()
        .name("gate-clock".into())
        .spawn(move || while watching.time_out() {})?;
    Ok(())
}

fn judge(shared: &Shared, recorder: Recorder, jobs: &Receiver<u64>) {
    let options = &shared.options;
    let fresh = || {
        Judge::new(
            recorder.clone(),
            Arc::clone(&options.settings),
            options.risk,
            &shared.live,
        )
    };
    let mut judge = fresh();
    // What is there already is read before anything waits for it.
    let _ = catch_unwind(AssertUnwindSafe(|| judge.catch_up()));
    for hold in jobs {
        let Some((seq, kind)) = shared.job(hold) else {
            continue;
        };
        judge.accept(shared.agreed());
        // A recording that the analysis cannot bear must not let anything through unseen, nor hold it for ever.
        let verdict =
            catch_unwind(AssertUnwindSafe(|| judge.look(seq, kind))).unwrap_or_else(|_| {
                judge = fresh();
                Verdict::unknown(
                    "It could not be judged: the analysis failed on it. Please report this.",
                )
            });
        shared.judged(hold, verdict);
    }
}
