//! `plainsight demo`: the bundled incident.

use super::judging::JudgingArgs;
use super::open::{self, Shown};
use super::{Failure, look};
use crate::session::SourceArg;
use crate::session::load::Options;
use std::process::ExitCode;

/// A recording in the native format: four servers, a poisoned description, a look-alike, a tool that changes after ten
/// minutes, a key that is read and mailed away, an injected page; and ordinary work around them.
static INCIDENT: &[u8] = include_bytes!("incident.mcp.jsonl");

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    look: look::LookArgs,
}

/// The incident as a source.
pub fn source() -> SourceArg {
    SourceArg::Bundled {
        name: "incident.mcp.jsonl",
        bytes: INCIDENT,
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let shown = Shown {
        sources: &[source()],
        options: Options::default(),
        locked: Some(
            "The incident is made up: none of its servers can be accepted or rejected. Open a recording of your own.",
        ),
        running: None,
        live: false,
        at_end: false,
        asked: None,
    };
    open::show(shown, &args.judging, &args.look)
}
