//! `plainsight baseline`: what is trusted of servers, and who said so when.

mod decide;
mod import;
mod print;

use super::{Failure, out};
use crate::store::baseline::{Baseline, Known, Store};
use clap::Subcommand;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand)]
enum Verb {
    /// One trusted server a line
    List {
        #[command(flatten)]
        place: Place,
        /// Print JSON lines instead of a table
        #[arg(long)]
        json: bool,
    },
    /// What is known of a server: each definition, its wordings, when and where they were seen
    Show {
        /// The server's id, label or address, as `list` has it
        server: String,
        /// Only this tool, prompt or resource, and the texts of its wordings
        #[arg(long, value_name = "NAME")]
        tool: Option<String>,
        #[command(flatten)]
        place: Place,
    },
    /// Trust the definitions that a recording ends with
    Accept(decide::Args),
    /// Decide against the definitions that a recording ends with
    Reject(decide::Args),
    /// Add a recording to the history of its servers, without deciding anything
    See(decide::Args),
    /// Forget a server, or what was decided of one of its definitions
    Reset {
        /// The server's id, label or address, as `list` has it
        #[arg(required_unless_present = "all")]
        server: Option<String>,
        /// Forget only this tool, prompt or resource
        #[arg(long, value_name = "NAME", conflicts_with = "all")]
        tool: Option<String>,
        /// Forget everything
        #[arg(long, conflicts_with = "server")]
        all: bool,
        #[command(flatten)]
        place: Place,
    },
    /// Take over what mcp-context-protector or mcpsnoop was told to trust
    Import(import::Args),
}

/// Where the baseline is kept.
#[derive(clap::Args)]
struct Place {
    /// This file instead of your own
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

impl Place {
    fn store(&self) -> Result<Store, Failure> {
        let store = match &self.baseline {
            Some(file) => Some(Store::at(file)),
            None => Store::of_user(),
        };
        store.ok_or_else(|| {
            anyhow::anyhow!(
                "there is no folder to keep a baseline in, for there is no home: name a file with --baseline"
            )
        })
    }
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    match &args.verb {
        Verb::List { place, json } => print::list(&place.store()?, *json)?,
        Verb::Show {
            server,
            tool,
            place,
        } => print::show(&place.store()?, server, tool.as_deref())?,
        Verb::Accept(args) => decide::run(args, decide::Kind::Accept)?,
        Verb::Reject(args) => decide::run(args, decide::Kind::Reject)?,
        Verb::See(args) => decide::run(args, decide::Kind::See)?,
        Verb::Reset {
            server,
            tool,
            all,
            place,
        } => reset(
            &place.store()?,
            server.as_deref().filter(|_| !all),
            tool.as_deref(),
        )?,
        Verb::Import(args) => import::run(args)?,
    }
    Ok(ExitCode::SUCCESS)
}

/// The servers that a person's word means.
fn named<'a>(
    baseline: &'a Baseline,
    word: &'a str,
    store: &Store,
) -> Result<Vec<&'a Known>, Failure> {
    let found: Vec<&Known> = baseline.named(word).collect();
    if found.is_empty() {
        anyhow::bail!(
            "the baseline {} knows no server `{word}`; `plainsight baseline list` shows which it knows",
            store.shown()
        );
    }
    Ok(found)
}

fn reset(store: &Store, server: Option<&str>, tool: Option<&str>) -> Result<(), Failure> {
    if !store.exists() {
        anyhow::bail!(
            "the baseline {} does not exist: there is nothing to forget",
            store.shown()
        );
    }
    if let Some(server) = server {
        named(&store.load()?, server, store)?;
    }
    let (gone, _) = store.update(|baseline| match (server, tool) {
        (None, _) => baseline.forget(|_| true),
        (Some(server), None) => {
            let ids: Vec<String> = baseline
                .named(server)
                .map(|known| known.identity.id())
                .collect();
            baseline.forget(|known| ids.contains(&known.identity.id()))
        }
        (Some(server), Some(tool)) => baseline.forget_item(server, tool),
    })?;
    let what = match tool {
        Some(_) => "definition",
        None => "server",
    };
    if gone == 0 {
        anyhow::bail!(
            "the baseline {} holds no such {what}; nothing was forgotten",
            store.shown()
        );
    }
    out::say(&format!("Forgot {}.", counted(gone, what)));
    Ok(())
}

/// `1 server`, `2 servers`.
fn counted(count: usize, what: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {what}{s}")
}

/// The time, in RFC 3339, in seconds.
pub fn now() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second())
        .unwrap_or(now)
        .to_string()
}
