//! `plainsight live`: what is recorded at the moment, and what begins while one looks.

use super::judging::JudgingArgs;
use super::open::{self, Shown};
use super::{Failure, look, out};
use crate::capture::live::{self, Running};
use crate::formats::{Class, Format};
use crate::session::load;
use crate::session::{SourceArg, recognise};
use crate::store::sessions::{self, Found};
use crate::ui::{Bell, Gates};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    look: look::LookArgs,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    show(&args.judging, &args.look)
}

/// Shows everything that is recorded now.
pub fn show(judging: &JudgingArgs, look: &look::LookArgs) -> Result<ExitCode, Failure> {
    let folder = live::folder().ok_or_else(|| {
        anyhow::anyhow!(
            "there is no home folder, so no recorder can tell that it runs. Set HOME or XDG_STATE_HOME."
        )
    })?;
    let now = Now(Arc::new(move || live::running(&folder)));
    let tapped = !now.recordings().is_empty();
    let written = match tapped {
        true => None,
        false => written_now(),
    };
    if let Some((written, format)) = &written {
        out::say(&format!(
            "plainsight: nothing is tapped, so this follows what {} is writing: {} ({}). {} `plainsight wrap` records the rest.",
            written.keeper,
            written.id,
            format.title,
            format.class.meaning(),
        ));
    }
    let now = now.or_what_a_client_writes(written.map(|(found, _)| found));
    // One that has just ended, or whose recording was deleted, is no reason not to show the others.
    let there = now.recordings().into_iter().filter(|path| path.is_file());
    let sources: Vec<SourceArg> = there.map(SourceArg::Path).collect();
    let shown = Shown {
        sources: &sources,
        options: load::Options {
            follow: true,
            ..load::Options::default()
        },
        locked: None,
        running: Some(now),
        live: true,
        at_end: false,
        asked: None,
    };
    open::show(shown, judging, look)
}

/// The newest transcript or log that a client on this machine is writing, if one was written to in the last minutes.
fn written_now() -> Option<(Found, &'static Format)> {
    const LATELY: Duration = Duration::from_secs(10 * 60);
    /// Files that are looked at: the newest come first.
    const TRIED: usize = 20;
    let found = sessions::find(&sessions::Looking::default()).into_iter();
    let lately = found.filter(|one| {
        !["here", "plainsight", "mcpsnoop"].contains(&one.client)
            && one.modified.elapsed().is_ok_and(|age| age < LATELY)
    });
    lately.take(TRIED).find_map(|one| {
        let known = recognise(&one.path, 0).ok()?;
        let format = known.detected.format?;
        (format.class != Class::Configuration).then_some((one, format))
    })
}

/// Tells what is recorded at the moment, as far as it concerns what is open.
#[derive(Clone)]
pub struct Now(Arc<dyn Fn() -> Vec<Running> + Send + Sync>);

/// How often gates are looked for.
const EVERY: Duration = Duration::from_millis(300);

/// A recorder notes the time of every message: one of which nothing is heard for a day can be opened again when it goes on.
fn written_lately(path: &Path) -> bool {
    const LATELY: Duration = Duration::from_secs(86_400);
    let written = std::fs::metadata(path).and_then(|meta| meta.modified());
    let age = written.ok().and_then(|at| at.elapsed().ok());
    age.is_none_or(|age| age < LATELY)
}

impl Now {
    /// As far as it writes to one of these sources, by the path that was named; `None` where none of them can be one that
    /// is still written.
    pub fn among(sources: &[SourceArg]) -> Option<Now> {
        let folder = live::folder()?;
        let files: HashMap<PathBuf, PathBuf> = sources
            .iter()
            .filter_map(|source| match source {
                SourceArg::Path(path) if written_lately(path) => {
                    Some((path.canonicalize().ok()?, path.clone()))
                }
                _ => None,
            })
            .collect();
        if files.is_empty() {
            return None;
        }
        let named = move |one: Running| {
            let recording = files.get(&one.recording.canonicalize().ok()?)?.clone();
            Some(Running { recording, ..one })
        };
        Some(Now(Arc::new(move || {
            let running = live::running(&folder).into_iter();
            running.filter_map(&named).collect()
        })))
    }

    /// The same, and where nothing is tapped and nothing was, what a client begins to write.
    fn or_what_a_client_writes(self, first: Option<Found>) -> Now {
        /// How often clients' folders are looked through: there may be thousands of files in them.
        const AGAIN: Duration = Duration::from_secs(5);
        let as_running = |found: Found| Running {
            session: found.id,
            label: found.keeper.to_owned(),
            recording: found.path,
            pid: 0,
            started: String::new(),
            transport: String::new(),
            gate: None,
        };
        let last = Mutex::new((Instant::now(), first.map(as_running)));
        let tapped = AtomicBool::new(false);
        Now(Arc::new(move || {
            let mut running = (self.0)();
            tapped.fetch_or(!running.is_empty(), Ordering::Relaxed);
            let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
            let is_due = last.0.elapsed() >= AGAIN;
            if !tapped.load(Ordering::Relaxed) && last.1.is_none() && is_due {
                let written = written_now().map(|(found, _)| found);
                *last = (Instant::now(), written.map(as_running));
            }
            running.extend(last.1.clone());
            running
        }))
    }

    fn recordings(&self) -> Vec<PathBuf> {
        let running = (self.0)().into_iter();
        running.map(|one| one.recording).collect()
    }

    /// For reading the recordings.
    pub fn for_loading(&self) -> load::Running {
        let now = self.clone();
        Arc::new(move || now.recordings())
    }

    /// Connects to the gates of what runs until `stop`, on a thread of its own: a tap that hangs holds up nothing else.
    pub fn watch_gates(&self, gates: Gates, bell: Bell, stop: Arc<AtomicBool>) {
        let now = self.clone();
        std::thread::spawn(move || {
            let tell = move |news| bell.gate(news);
            while !stop.load(Ordering::Relaxed) {
                gates.attend(&(now.0)(), &tell);
                std::thread::sleep(EVERY);
            }
        });
    }
}
