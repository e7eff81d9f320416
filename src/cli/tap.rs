//! `plainsight tap`: stands between a client and a server, and records what they say.

use super::Failure;
use super::gating::GateArgs;
use super::redacting::RedactArgs;
use crate::capture::recorder::Options;
use crate::capture::redact::Key;
use crate::capture::stdio::{self, Ended, Tap};
use anyhow::anyhow;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

#[derive(clap::Args)]
#[command(after_help = "\
Write it in front of the command in your client's configuration. Neither the client nor the server can tell that it is \
there; the exit status is the server's, and 127 or 126 where it could not be started. Recordings may hold secrets: they \
are kept in your state folder, for you alone.")]
pub struct Args {
    /// The server's name in the recording; made of its command where it is not given
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    name: Option<String>,
    /// Record to this file, which must not exist yet, instead of the folder of recordings
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// Record to this folder instead of the folder of recordings
    #[arg(long, value_name = "FOLDER", conflicts_with = "record")]
    record_dir: Option<PathBuf>,
    /// Begin a new file when the recording has this size: 500M, 2G
    #[arg(long, value_name = "SIZE", value_parser = super::size::of_part)]
    rotate: Option<u64>,
    #[command(flatten)]
    redacting: RedactArgs,
    #[command(flatten)]
    gating: GateArgs,
    /// How long the server may go on when its client is gone, and after it was asked to end
    #[arg(long, value_name = "SECONDS", default_value_t = stdio::GRACE.as_secs(), value_parser = clap::value_parser!(u64).range(..86_400))]
    grace: u64,
    /// The server's program and its arguments
    #[arg(
        value_name = "CMD",
        required = true,
        trailing_var_arg = true,
        allow_hyphen_values = true
    )]
    command: Vec<OsString>,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let label = match &args.name {
        Some(name) => name.clone(),
        None => stdio::label_of(&args.command),
    };
    let redactor = args.redacting.redactor(Key::of_machine)?;
    let (redactor, notes) = redactor.unzip();
    #[cfg(unix)]
    let gate = args.gating.open()?;
    #[cfg(not(unix))]
    args.gating.refuse()?;
    let ended = stdio::run(Tap {
        command: args.command.clone(),
        label,
        options: Options {
            file: args.record.clone(),
            folder: args.record_dir.clone(),
            rotate: args.rotate,
            redactor: redactor.map(|redactor| Arc::new(redactor) as _),
        },
        notes: notes.unwrap_or_default(),
        grace: Duration::from_secs(args.grace),
        #[cfg(unix)]
        hold: gate.as_ref().map(GateArgs::hold),
    });
    #[cfg(unix)]
    if let Some(gate) = gate {
        gate.close();
    }
    match ended {
        Ok(ended) => Ok(mirrored(ended)),
        Err(error) => match error.code() {
            Some(code) => {
                super::out::failure(&anyhow!(error));
                Ok(ExitCode::from(code))
            }
            None => Err(error.into()),
        },
    }
}

/// The server's end is ours.
fn mirrored(ended: Ended) -> ExitCode {
    match ended {
        Ended::Code(code) => ExitCode::from(code),
        Ended::Signal(signal) => {
            #[cfg(unix)]
            stdio::die_of(signal);
            ExitCode::from(128 + (signal & 0x7f) as u8)
        }
    }
}

/// `plainsight __guard`: what a tap leaves behind to end its server if it is killed itself. No verb for people, and so
/// none that the parser of the command line knows; it starts beside every server and should cost nothing.
pub fn guard() -> Option<ExitCode> {
    #[cfg(unix)]
    {
        let mut words = std::env::args_os().skip(1);
        if words.next()? == stdio::guard::VERB {
            stdio::guard::watch(&words.collect::<Vec<_>>());
            return Some(ExitCode::SUCCESS);
        }
    }
    None
}
