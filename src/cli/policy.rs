//! `plainsight policy`: what a person permits.

use super::judging::read;
use super::packs::PackArgs;
use super::{Failure, Sources, case, out};
use crate::analysis::{Settings, policy};
use crate::session::load::{self, Options};
use crate::text::Raw;
use clap::Subcommand;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::{Arc, PoisonError};

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// Write a policy that permits what a session that you reviewed used, and nothing else
    Init {
        #[command(flatten)]
        sources: Sources,
        /// Write it into this new file instead of standard output
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
    },
    /// Say whether a policy is understood
    Check {
        /// The policy
        #[arg(value_name = "FILE")]
        file: PathBuf,
        #[command(flatten)]
        packs: PackArgs,
    },
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::Init { sources, output } => init(sources, output.as_deref()),
        Verb::Check { file, packs } => check(file, packs),
    }
}

fn init(sources: &Sources, output: Option<&Path>) -> Result<ExitCode, Failure> {
    let sources = sources.args();
    if sources.is_empty() {
        anyhow::bail!("policy init needs a SOURCE: a recording of a session that you reviewed");
    }
    let settings = Arc::new(Settings::default());
    let (session, findings) = case::whole(&sources, Options::default(), settings)?;
    let session = load::lock_read(&session);
    let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
    let text = policy::init(&session, &findings);
    let Some(file) = output else {
        out::results(|out| out.write_all(text.as_bytes()))?;
        return Ok(ExitCode::SUCCESS);
    };
    let shown = Raw::new(file.as_os_str().as_encoded_bytes()).label(300);
    std::fs::File::create_new(file)
        .and_then(|mut file| file.write_all(text.as_bytes()))
        .map_err(|error| match error.kind() {
            std::io::ErrorKind::AlreadyExists => {
                anyhow::anyhow!(
                    "{shown} is there already: name another file, or take that one away first."
                )
            }
            _ => anyhow::anyhow!("{shown} could not be written: {error}."),
        })?;
    out::say(&format!(
        "plainsight: the policy is in {shown}. Read it through before you trust it."
    ));
    Ok(ExitCode::SUCCESS)
}

fn check(file: &Path, packs: &PackArgs) -> Result<ExitCode, Failure> {
    let ids = super::rules::told(packs)?.ids();
    let today = jiff::Zoned::now().date();
    let policy = read(file, |name, text| policy::read(name, text, &ids, today))?;
    out::results(|out| {
        let counts = [
            ("servers", policy.servers.len()),
            ("tools", policy.tools.len()),
            ("commands", policy.commands.len()),
            ("paths", policy.paths.len()),
            ("hosts", policy.hosts.len()),
            ("arguments", policy.arguments.len()),
            ("annotations", policy.annotations.len()),
        ];
        let told: Vec<String> = counts
            .iter()
            .filter(|(_, n)| *n > 0)
            .map(|(word, n)| format!("{word} {n}"))
            .collect();
        writeln!(
            out,
            "{} is understood. Sections: {}; severities set: {}; suppressions: {}.",
            policy.file,
            if told.is_empty() {
                "none".into()
            } else {
                told.join(", ")
            },
            policy.levels.len(),
            policy.suppressions.len()
        )?;
        for old in policy.suppressions.iter().filter(|s| s.expired) {
            writeln!(out, "The suppression at {} has expired.", old.at)?;
        }
        Ok(())
    })?;
    Ok(ExitCode::SUCCESS)
}
