//! `plainsight live`: what is recorded at the moment, and what begins while one looks.

use super::judging::JudgingArgs;
use super::open::{self, Shown};
use super::{Failure, look};
use crate::capture::live;
use crate::session::SourceArg;
use crate::session::load::{Options, Running};
use std::collections::HashMap;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

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
    let running: Running = Arc::new(move || {
        let running = live::running(&folder).into_iter();
        running.map(|one| one.recording).collect()
    });
    // One that has just ended, or whose recording was deleted, is no reason not to show the others.
    let there = running().into_iter().filter(|path| path.is_file());
    let sources: Vec<SourceArg> = there.map(SourceArg::Path).collect();
    let shown = Shown {
        sources: &sources,
        options: Options {
            follow: true,
            running: Some(running),
            ..Options::default()
        },
        locked: None,
        live: true,
    };
    open::show(shown, judging, look)
}

/// Tells which of these sources are being written at the moment; `None` where none of them is a file of a recorder that
/// runs now.
pub fn running_among(sources: &[SourceArg]) -> Option<Running> {
    let folder = live::folder()?;
    let files: HashMap<PathBuf, PathBuf> = sources
        .iter()
        .filter_map(|source| match source {
            SourceArg::Path(path) => Some((path.canonicalize().ok()?, path.clone())),
            _ => None,
        })
        .collect();
    let running: Running = Arc::new(move || {
        live::running(&folder)
            .iter()
            .filter_map(|one| files.get(&one.recording.canonicalize().ok()?).cloned())
            .collect()
    });
    (!running().is_empty()).then_some(running)
}
