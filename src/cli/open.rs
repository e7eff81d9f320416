//! `plainsight [SOURCE]…`: the screens.

use super::case::Feed;
use super::judging::JudgingArgs;
use super::{Failure, Sources, look, out};
use crate::analysis::Findings;
use crate::session::SourceArg;
use crate::session::load::{self, Options};
use crate::store::sessions;
use crate::ui::overlay::PickerEntry;
use crate::ui::{self, Case, Trust};
use std::process::ExitCode;
use std::sync::{Arc, RwLock};
use std::time::SystemTime;

#[derive(clap::Args)]
pub struct OpenArgs {
    #[command(flatten)]
    sources: Sources,
    /// Read the sources as this recording format, whatever their content says
    #[arg(long, value_name = "FORMAT")]
    format: Option<String>,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    look: look::LookArgs,
}

pub fn run(args: &OpenArgs) -> Result<ExitCode, Failure> {
    let format = super::format_named(args.format.as_deref())?;
    let mut sources = args.sources.args();
    if sources.is_empty() {
        match pick(&args.look)? {
            Some(source) => sources.push(source),
            None => return Ok(ExitCode::SUCCESS),
        }
    }
    show(
        &sources,
        Options {
            format,
            follow: true,
            ..Options::default()
        },
        &args.judging,
        None,
        &args.look,
    )
}

/// Why nothing can be decided without a baseline.
const NO_STORE: &str =
    "There is no baseline to write to: there is no home folder, or --no-baseline was given.";

/// Opens sources in the screens, and stays until the person leaves. `locked` says why nothing of them can be accepted or
/// rejected.
pub fn show(
    sources: &[SourceArg],
    options: Options,
    judging: &JudgingArgs,
    locked: Option<&'static str>,
    look: &look::LookArgs,
) -> Result<ExitCode, Failure> {
    let settings = judging.settings()?;
    let store = judging.store();
    let trust = Trust {
        baseline: settings.baseline.now(),
        locked: locked.or(store.is_none().then_some(NO_STORE)),
        store,
    };
    let loading = load::open(sources, options)?;
    let session = loading.session();
    let findings = Arc::new(RwLock::new(Findings::default()));
    let title = {
        let session = load::lock_read(&session);
        match session.sources() {
            [one] => one.name(),
            [first, rest @ ..] => format!("{} and {} more", first.name(), rest.len()),
            [] => String::from("nothing"),
        }
    };
    let case = Case {
        title,
        session,
        findings: findings.clone(),
        trust,
    };
    let mut feed = None;
    let ended = ui::run(case, look.options()?, |bell| {
        feed = Some(Feed::start(loading, findings, settings, move || {
            bell.ring()
        }));
    });
    if let Some(feed) = feed {
        feed.stop();
    }
    ended?;
    Ok(ExitCode::SUCCESS)
}

/// Lets the person choose among the recordings on this machine and the demo.
fn pick(look: &look::LookArgs) -> Result<Option<SourceArg>, Failure> {
    let found = sessions::find();
    let mut entries = vec![PickerEntry {
        title: "demo".into(),
        note: "a bundled incident: four servers, two attacks, an ordinary morning around them"
            .into(),
    }];
    let now = SystemTime::now();
    entries.extend(found.iter().map(|found| PickerEntry {
        title: found.name(),
        note: format!(
            "{} · {} · {} · {}",
            found.keeper,
            super::sessions::age(now, found.modified),
            crate::session::size(found.bytes),
            found.class.name()
        ),
    }));
    let chosen = match ui::pick(entries, look.options()?) {
        Ok(chosen) => chosen,
        Err(error) => {
            out::say(
                "plainsight: no SOURCE was named. Name a recording, or try `plainsight demo`.",
            );
            return Err(error.into());
        }
    };
    Ok(chosen.map(|n| match n.checked_sub(1) {
        None => super::demo::source(),
        Some(n) => found[n].source(),
    }))
}
