//! `plainsight check`: the analysis without the screens.

use super::judging::JudgingArgs;
use super::{Failure, Sources, case, out};
use crate::analysis::Severity;
use crate::report::{self, Look, Report};
use crate::session::filter::Filter;
use crate::session::load::{self, Options};
use crate::session::{Session, Source};
use clap::ValueEnum;
use std::io::IsTerminal;
use std::process::ExitCode;
use std::sync::PoisonError;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Read the sources as this recording format, whatever their content says
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,
    /// How the findings are told
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// The severity from which on findings make the exit code 1
    #[arg(long, value_enum, default_value_t = Level::High)]
    fail_on: Level,
    /// Tell only findings on messages that pass this filter, as in `server:mail* after:09:20`
    #[arg(long, value_name = "FILTER")]
    filter: Option<String>,
    /// Use ASCII signs only
    #[arg(long)]
    ascii: bool,
    #[command(flatten)]
    judging: JudgingArgs,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// The stable contract, for programs
    Json,
    /// To be sent, filed and pasted
    Markdown,
}

#[derive(Clone, Copy, ValueEnum)]
enum Level {
    Info,
    Low,
    Medium,
    High,
    Critical,
}

impl Level {
    fn severity(self) -> Severity {
        Severity::ALL[self as usize]
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let sources = args.sources.args();
    if sources.is_empty() {
        anyhow::bail!(
            "check needs a SOURCE: a recording, a folder of them, or `-` for standard input"
        );
    }
    let filter = args.filter.as_deref().map(filter).transpose()?;
    let options = Options {
        format: super::format_named(args.input_format.as_deref())?,
        ..Options::default()
    };
    let (session, findings) = case::whole(&sources, options, args.judging.settings()?)?;
    let session = load::lock_read(&session);
    let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
    match &args.input_format {
        None => super::judged::note(&session, &findings),
        Some(named) => fits(&session, named)?,
    }
    let mut report = Report::new(&session, &findings);
    if let Some(filter) = &filter {
        let bound = filter.bind(&session);
        report.retain(|finding| bound.matches(&session, finding.row, &*findings));
    }
    out::results(|out| match args.format {
        Format::Json => report::json(&report, out),
        Format::Markdown => report::markdown(&report, None, out),
        Format::Text => {
            let colour = std::io::stdout().is_terminal()
                && std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
            report::text(
                &report,
                Look {
                    colour,
                    ascii: args.ascii,
                },
                out,
            )
        }
    })?;
    let failed = report
        .worst()
        .is_some_and(|worst| worst >= args.fail_on.severity());
    Ok(if failed {
        ExitCode::from(1)
    } else {
        ExitCode::SUCCESS
    })
}

/// Fails where the format that was named fits a source so badly that nothing of it was read.
fn fits(session: &Session, named: &str) -> Result<(), Failure> {
    let unfit = |source: &&Source| source.size > 0 && source.messages == 0 && source.events == 0;
    match session.sources().iter().find(unfit) {
        None => Ok(()),
        Some(source) => anyhow::bail!(
            "{}: read as {named}, nothing in it is a message or an event. {} Leave --input-format away, or see `plainsight sessions FILE --explain`.",
            source.name(),
            source.notes.first().map_or("", String::as_str)
        ),
    }
}

/// Understands a filter, or shows under it where it stops making sense.
fn filter(source: &str) -> Result<Filter, Failure> {
    Filter::parse(source).map_err(|error| {
        let before = source.get(..error.at.start).map_or(0, crate::text::width);
        let lit = source
            .get(error.at.clone())
            .map_or(0, crate::text::width)
            .max(1);
        anyhow::anyhow!(
            "the filter is not clear:\n  {source}\n  {}{}\n{error}",
            " ".repeat(before),
            "^".repeat(lit)
        )
    })
}
