//! A case being read and judged: the threads behind the screens, and the same work without them.

use super::Failure;
use crate::analysis::{Analysis, Findings, Settings, SharedFindings, signal};
use crate::session::load::{self, Loading, Options};
use crate::session::{SharedSession, SourceArg};
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::sync::{Arc, RwLock};
use std::thread::JoinHandle;

/// Opens the sources and goes on reading them in the background.
pub struct Feed {
    stop: Arc<AtomicBool>,
    threads: Vec<JoinHandle<()>>,
}

impl Feed {
    /// Starts one thread that fills the index and one that studies and judges what is in it. `grew` is called from both.
    pub fn start(
        mut loading: Loading,
        findings: SharedFindings,
        settings: Arc<Settings>,
        grew: impl Fn() + Clone + Send + Sync + 'static,
    ) -> Feed {
        let stop = Arc::new(AtomicBool::new(false));
        signal::warm();
        let session = loading.session();
        let (more, work) = sync_channel(1);
        let judge = {
            let (stop, grew) = (stop.clone(), grew.clone());
            std::thread::spawn(move || {
                // Ends when the reader is gone and all of its work is done.
                let mut analysis = Analysis::with(settings);
                while work.recv().is_ok() {
                    analysis.advance(&session, &findings, &grew, &stop);
                }
            })
        };
        let read = {
            let stop = stop.clone();
            std::thread::spawn(move || {
                tell(&more);
                loading.run(&stop, &|| {
                    tell(&more);
                    grew();
                });
            })
        };
        Feed {
            stop,
            threads: vec![judge, read],
        }
    }

    /// Asks both to stop, and waits for them.
    pub fn stop(self) {
        self.stop.store(true, std::sync::atomic::Ordering::Relaxed);
        for thread in self.threads {
            // A thread that panicked has told so already.
            let _ = thread.join();
        }
    }
}

/// There is more to judge; telling twice is telling once.
fn tell(more: &SyncSender<()>) {
    let _ = more.try_send(());
}

/// Reads and judges everything before it returns.
pub fn whole(
    args: &[SourceArg],
    options: Options,
    settings: Arc<Settings>,
) -> Result<(SharedSession, SharedFindings), Failure> {
    signal::warm();
    let session = load::whole(args, options)?;
    let findings: SharedFindings = Arc::new(RwLock::new(Findings::default()));
    Analysis::with(settings).advance(&session, &findings, &|| {}, &AtomicBool::new(false));
    Ok((session, findings))
}
