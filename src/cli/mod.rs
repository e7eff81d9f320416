//! Floor 5: the command line. One verb a file; what is common to them is here and in [`out`].
//!
//! Results go to standard output, errors and progress to standard error. Exit codes: 0, for `check` 1 where there are
//! findings, and 2 where the input or the arguments could not be used.

mod baseline;
mod case;
mod cases;
mod check;
mod choose;
mod completions;
mod configs;
mod demo;
mod export;
mod filed;
mod gating;
mod judged;
mod judging;
mod keys;
mod live;
mod look;
mod man;
mod open;
mod out;
mod packs;
mod policy;
mod proxy;
mod redacting;
mod rules;
mod scan;
mod sessions;
mod size;
mod tap;
mod wrap;

pub use demo::source as demo_source;

use crate::formats::Format;
use crate::session::SourceArg;
use clap::{CommandFactory, Parser, Subcommand};
use std::ffi::OsString;
use std::process::ExitCode;

/// What your MCP servers tell your agent, and what the agent then did, in plain sight.
#[derive(Parser)]
#[command(name = "plainsight", version, args_conflicts_with_subcommands = true)]
#[command(
    after_help = "Without a SOURCE, pick among what is recorded now and the recordings on this machine. `plainsight demo` shows a bundled incident."
)]
struct Cli {
    #[command(subcommand)]
    verb: Option<Verb>,
    #[command(flatten)]
    open: open::OpenArgs,
}

#[derive(Subcommand)]
enum Verb {
    /// Open the bundled incident: one session with every kind of attack in it
    Demo(demo::Args),
    /// Watch what is recorded at the moment: every tap and proxy that runs, and those that start later
    Live(live::Args),
    /// The same analysis without the screens, for people, scripts and CI
    Check(check::Args),
    /// Stand between a client and a server on its standard streams, and record what they say
    Tap(tap::Args),
    /// Stand before a server that speaks HTTP, and record what passes
    Proxy(proxy::Args),
    /// Put the tap into the configurations of clients
    Wrap(wrap::Args),
    /// Take the tap out of the configurations of clients again
    Unwrap(wrap::UnwrapArgs),
    /// Ask the configured servers for their definitions, and check those
    Scan(scan::Args),
    /// List the recordings on this machine, newest first
    Sessions(sessions::Args),
    /// What you made of sessions: verdicts, notes, bookmarks
    Cases(cases::Args),
    /// Write a session to a file, with or without its secrets
    Export(export::Args),
    /// What is trusted of servers: accept, reject and look up definitions
    Baseline(baseline::Args),
    /// The detection rules
    Rules(rules::Args),
    /// What you permit: write a policy from a session, or look through one
    Policy(policy::Args),
    /// Print which keys run what, as the file that changes them, or check yours
    Keys(keys::Args),
    /// Print the completions of a shell
    Completions(completions::Args),
    /// Print the manual page
    Man,
}

/// Where a session comes from.
#[derive(clap::Args)]
struct Sources {
    /// A recording, a folder of them, `-` for standard input, or an id from `plainsight sessions`
    #[arg(value_name = "SOURCE")]
    sources: Vec<OsString>,
}

/// Why a verb could not do its work: exit code 2, and the sentence on standard error.
type Failure = anyhow::Error;

/// Runs the program.
pub fn main() -> ExitCode {
    if let Some(code) = tap::guard() {
        return code;
    }
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return out::usage(&error),
    };
    let ended = match cli.verb {
        None => open::run(&cli.open),
        Some(Verb::Demo(args)) => demo::run(&args),
        Some(Verb::Live(args)) => live::run(&args),
        Some(Verb::Check(args)) => check::run(&args),
        Some(Verb::Tap(args)) => tap::run(&args),
        Some(Verb::Proxy(args)) => proxy::run(&args),
        Some(Verb::Wrap(args)) => wrap::run(&args),
        Some(Verb::Unwrap(args)) => wrap::unwrap(&args),
        Some(Verb::Scan(args)) => scan::run(&args),
        Some(Verb::Sessions(args)) => sessions::run(&args),
        Some(Verb::Cases(args)) => cases::run(&args),
        Some(Verb::Export(args)) => export::run(&args),
        Some(Verb::Baseline(args)) => baseline::run(&args),
        Some(Verb::Rules(args)) => rules::run(&args),
        Some(Verb::Policy(args)) => policy::run(&args),
        Some(Verb::Keys(args)) => keys::run(&args),
        Some(Verb::Completions(args)) => completions::run(&args),
        Some(Verb::Man) => man::run(),
    };
    match ended {
        Ok(code) => code,
        Err(failure) => out::failure(&failure),
    }
}

/// The command line as clap knows it.
fn command() -> clap::Command {
    Cli::command()
}

impl Sources {
    /// The sources by what they are. A word that names no file may be the id of a recording on this machine.
    fn args(&self) -> Vec<SourceArg> {
        self.sources
            .iter()
            .map(|word| match SourceArg::from_word(word) {
                SourceArg::Path(path) if std::fs::symlink_metadata(&path).is_err() => {
                    let by_id = word.to_str().and_then(crate::store::sessions::by_id);
                    by_id.map_or(SourceArg::Path(path), |found| found.source())
                }
                other => other,
            })
            .collect()
    }
}

/// The recording format of that id, where one was named.
fn format_named(id: Option<&str>) -> Result<Option<&'static Format>, Failure> {
    let Some(id) = id else { return Ok(None) };
    match crate::formats::by_id(id) {
        Some(format) => Ok(Some(format)),
        None => Err(crate::session::OpenError::NoFormat(
            id.to_string(),
            crate::session::format_ids(),
        )
        .into()),
    }
}
