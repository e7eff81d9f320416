//! `plainsight [SOURCE]…`: the screens.

use super::case::Feed;
use super::judging::JudgingArgs;
use super::live::Now;
use super::{Failure, Sources, choose, filed, live, look};
use crate::analysis::SharedFindings;
use crate::session::SourceArg;
use crate::session::load::{self, Options};
use crate::store::cases::Id;
use crate::store::history;
use crate::ui::{self, Case, Gates, Outcome, Trust};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError};

#[derive(clap::Args)]
pub struct OpenArgs {
    #[command(flatten)]
    sources: Sources,
    /// Read the sources as this recording format, whatever their content says
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    /// Open the case of this name with all of its recordings; with a SOURCE, take that into it
    #[arg(long, value_name = "NAME")]
    case: Option<String>,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    look: look::LookArgs,
}

/// What the screens show.
pub struct Shown<'a> {
    pub sources: &'a [SourceArg],
    pub options: Options,
    /// Why nothing of it can be accepted or rejected.
    pub locked: Option<&'static str>,
    /// What of it is recorded at the moment.
    pub running: Option<Now>,
    /// It is what is recorded at the moment, whatever that is.
    pub live: bool,
    /// What counts is how it ends.
    pub at_end: bool,
    /// The case that was asked for.
    pub asked: Option<filed::Asked>,
}

pub fn run(args: &OpenArgs) -> Result<ExitCode, Failure> {
    let format = super::format_named(args.format.as_deref())?;
    let mut sources = args.sources.args();
    let mut asked = args.case.as_deref().map(filed::named).transpose()?;
    if sources.is_empty() && asked.is_none() {
        match choose::source(&args.look)? {
            Some(choose::Choice::Live) => return live::show(&args.judging, &args.look),
            Some(choose::Choice::Source(source)) => sources.push(source),
            Some(choose::Choice::Case(id)) => asked = filed::again(&id),
            None => return Ok(ExitCode::SUCCESS),
        }
    }
    if let Some(asked) = &mut asked {
        sources = asked.sources(sources)?;
    }
    let shown = Shown {
        options: Options {
            format,
            follow: true,
            ..Options::default()
        },
        sources: &sources,
        locked: None,
        running: Now::among(&sources),
        live: false,
        at_end: false,
        asked,
    };
    show(shown, &args.judging, &args.look)
}

/// Why nothing can be decided without a baseline.
const NO_STORE: &str =
    "There is no baseline to write to: there is no home folder, or --no-baseline was given.";

/// Opens sources in the screens, and stays until the person leaves.
pub fn show(
    shown: Shown<'_>,
    judging: &JudgingArgs,
    look: &look::LookArgs,
) -> Result<ExitCode, Failure> {
    let mut next = once(&shown, shown.sources, shown.asked.clone(), judging, look)?;
    // The case has another recording: all of them are opened together.
    while let Some(id) = next {
        let Some(mut asked) = filed::again(&id) else {
            break;
        };
        let sources = asked.sources(Vec::new())?;
        next = once(&shown, &sources, Some(asked), judging, look)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The same once; gives the case that is to be opened anew, if one is.
fn once(
    shown: &Shown<'_>,
    sources: &[SourceArg],
    asked: Option<filed::Asked>,
    judging: &JudgingArgs,
    look: &look::LookArgs,
) -> Result<Option<Id>, Failure> {
    let settings = judging.settings()?;
    let store = judging.store();
    let trust = Trust {
        baseline: settings.baseline.now(),
        locked: shown.locked.or(store.is_none().then_some(NO_STORE)),
        store,
    };
    let options = Options {
        running: shown.running.as_ref().map(Now::for_loading),
        ..shown.options.clone()
    };
    let loading = load::open(sources, options)?;
    let session = loading.session();
    let findings = SharedFindings::default();
    let judged = (session.clone(), findings.clone());
    let title = match load::lock_read(&session).sources() {
        // Not what a tap records: it is said what it is.
        [one] if shown.live && one.format.id != "native" => format!("live · {}", one.name()),
        _ if shown.live => String::from("live"),
        [one] => one.name(),
        [first, rest @ ..] => format!("{} and {} more", first.name(), rest.len()),
        [] => String::from("nothing"),
    };
    let file = filed::file(&load::lock_read(&session), asked, &title);
    let id = file.as_ref().map(|file| file.id.clone());
    let case = Case {
        title,
        session,
        findings: findings.clone(),
        trust,
        live: shown.live,
        at_end: shown.at_end,
        gates: Gates::default(),
        history: history::file(),
        file,
        reports: Some(filed::reports()),
    };
    let gates = case.gates.clone();
    let stop = Arc::new(AtomicBool::new(false));
    let mut feed = None;
    let ended = ui::run(case, look.options()?, |bell| {
        if let Some(now) = &shown.running {
            now.watch_gates(gates, bell.clone(), stop.clone());
        }
        feed = Some(Feed::start(loading, findings, settings, move || {
            bell.ring()
        }));
    });
    stop.store(true, Ordering::Relaxed);
    if let Some(feed) = feed {
        feed.stop();
    }
    let findings = judged.1.read().unwrap_or_else(PoisonError::into_inner);
    super::judged::note(&load::lock_read(&judged.0), &findings);
    Ok(match ended? {
        Outcome::Reopen => id,
        Outcome::Quit | Outcome::Chosen(_) => None,
    })
}
