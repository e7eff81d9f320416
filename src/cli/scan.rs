//! `plainsight scan`: asks the configured servers for their definitions, and checks those.

mod consent;
mod run;
mod tell;
mod worlds;

use super::configs::{self, Looking};
use super::judging::JudgingArgs;
use super::redacting::RedactArgs;
use super::{Failure, look, out};
use crate::clients::Server;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    /// A client's configuration; by default those of all clients on this machine
    #[arg(value_name = "CONFIG")]
    configs: Vec<PathBuf>,
    /// Only the configurations of this client, as in `cursor`
    #[arg(long, value_name = "CLIENT", conflicts_with = "configs")]
    client: Option<String>,
    /// The configurations of the present folder too
    #[arg(long)]
    project: bool,
    /// Only this server; can be given several times
    #[arg(long, value_name = "NAME", allow_hyphen_values = true)]
    server: Vec<String>,
    /// Read the configurations only: start nothing, and ask nobody
    #[arg(long, conflicts_with_all = ["yes", "out", "open"])]
    no_start: bool,
    /// Start and ask every server without a question
    #[arg(long)]
    yes: bool,
    /// The most seconds for one server
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,
    /// Write the recording to this file, which must not exist yet; for the servers of one client
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Open the recording in the screens instead of printing the report; for the servers of one client
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    redacting: RedactArgs,
    #[command(flatten)]
    judging: JudgingArgs,
    #[command(flatten)]
    look: look::LookArgs,
}

/// A server of a configuration.
struct Candidate<'a> {
    /// The clients, and the file, made visible.
    clients: &'a str,
    file: String,
    server: &'a Server,
    /// The clients that have it, each a world of its own: servers of two clients never meet.
    worlds: Vec<String>,
    /// Where the very same server stands besides.
    also: Vec<String>,
}

/// Servers that stand in several places are asked once.
fn once(all: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    let mut once: Vec<Candidate<'_>> = Vec::new();
    for candidate in all {
        let same = |other: &&mut Candidate<'_>| {
            let (a, b) = (other.server, candidate.server);
            a.name() == b.name() && a.starts_as(b) && a.disabled == b.disabled
        };
        match once.iter_mut().find(same) {
            None => once.push(candidate),
            Some(first) => {
                let place = format!(
                    "{}, {} line {}",
                    candidate.clients, candidate.file, candidate.server.line
                );
                first.also.push(place);
                for world in candidate.worlds {
                    if !first.worlds.contains(&world) {
                        first.worlds.push(world);
                    }
                }
            }
        }
    }
    once
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let files = configs::files(&Looking {
        named: &args.configs,
        client: args.client.as_deref(),
        project: args.project,
        kept: false,
    })?;
    let mut unusable = false;
    for file in &files {
        if let Err(why) = &file.read {
            unusable = true;
            out::say(&format!(
                "{} cannot be used: {why}.",
                configs::shown(&file.path)
            ));
        }
    }
    let all = files.iter().filter_map(|file| {
        let (_, config) = file.read.as_ref().ok()?;
        Some(config.servers.iter().map(|server| Candidate {
            clients: &file.clients,
            file: configs::shown(&file.path),
            server,
            worlds: vec![match file.id {
                "" => configs::shown(&file.path),
                _ => file.clients.clone(),
            }],
            also: Vec::new(),
        }))
    });
    let mut candidates = once(all.flatten().collect());
    if !args.server.is_empty() {
        for name in &args.server {
            if !candidates.iter().any(|c| c.server.name() == *name.as_str()) {
                anyhow::bail!(
                    "no server is called `{name}`; `plainsight scan --no-start` lists those that are configured"
                );
            }
        }
        candidates.retain(|c| {
            args.server
                .iter()
                .any(|name| c.server.name() == *name.as_str())
        });
    }
    if candidates.is_empty() {
        if unusable {
            return Ok(ExitCode::from(2));
        }
        out::say(
            "No configured server was found. Name a configuration, as in `plainsight scan FILE`; --project looks in the present folder too.",
        );
        return Ok(ExitCode::SUCCESS);
    }
    if args.no_start {
        tell::configured(&candidates)?;
        return Ok(if unusable {
            ExitCode::from(2)
        } else {
            ExitCode::SUCCESS
        });
    }
    run::scan_chosen(args, candidates)
}
