//! `plainsight sessions`: the recordings on this machine.

mod explain;
mod table;

pub use table::{age, calls, folder, worst};

use super::{Failure, out};
use crate::analysis::rules;
use crate::capture::live;
use crate::store::seen::Seen;
use crate::store::sessions::{self, Details, Found, Looked, Looking};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

#[derive(clap::Args)]
pub struct Args {
    /// Files of which --explain tells how they are recognised
    #[arg(value_name = "FILE", requires = "explain")]
    files: Vec<PathBuf>,
    /// Tell how each FILE is recognised: what is taken off, every format that fits and by what signs, and the doubt
    #[arg(long, requires = "files")]
    explain: bool,
    /// Print JSON lines instead of a table
    #[arg(long)]
    json: bool,
    /// Only recordings of this client: claude-code, codex, vscode, …
    #[arg(long, value_name = "CLIENT")]
    client: Option<String>,
    /// Only recordings about a folder with this word in its path
    #[arg(long, value_name = "WORD")]
    project: Option<String>,
    /// All of them, not only the newest
    #[arg(long)]
    all: bool,
    /// The clients' configurations too, which can be opened as well
    #[arg(long)]
    configs: bool,
}

/// Recordings that are told where nobody asks for all.
const NEWEST: usize = 50;
/// How long calls are counted.
const COUNTING: Duration = Duration::from_secs(3);

/// A recording with what is in it.
pub struct Listed {
    pub found: Found,
    pub details: Details,
    pub running: bool,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    if args.explain {
        return explain::all(&args.files);
    }
    if let Some(client) = &args.client
        && !sessions::clients().contains(&client.as_str())
    {
        anyhow::bail!(
            "no client is called `{client}`; known are {}",
            sessions::clients().join(", ")
        );
    }
    let looking = Looking {
        client: args.client.as_deref(),
        configs: args.configs,
    };
    let found = sessions::find(&looking);
    let most = if args.all { usize::MAX } else { NEWEST };
    let (listed, left) = list(found, args.project.as_deref(), most);
    out::results(|out| match args.json {
        true => listed.iter().try_for_each(|one| table::json(one, out)),
        false => table::rows(&listed, SystemTime::now(), out),
    })?;
    if left > 0 {
        out::say(&format!(
            "{left} more files lie where recordings do: --all tells of them, --client and --project choose."
        ));
    }
    if listed.is_empty() {
        out::say(match args.client.is_some() || args.project.is_some() {
            true => "No recordings were found that fit. `plainsight sessions --all` tells of all.",
            false => {
                "No recordings were found: not in plainsight's own folder, not in this one, and no client keeps any where they are known to. `plainsight demo` opens a bundled one."
            }
        });
    }
    Ok(ExitCode::SUCCESS)
}

/// The newest that are recordings and about this project, and how many files were not looked at.
fn list(found: Vec<Found>, project: Option<&str>, most: usize) -> (Vec<Listed>, usize) {
    /// Files that are looked at in one go.
    const STRETCH: usize = 256;
    let seen = Seen::of_user();
    let rules = rules_version();
    let running = live::folder().map_or_else(Vec::new, |folder| live::running(&folder));
    let project = project.map(str::to_lowercase);
    let mut listed: Vec<Listed> = Vec::new();
    let mut found = found.into_iter();
    while listed.len() < most {
        let stretch: Vec<Found> = found
            .by_ref()
            .take(STRETCH.min(most - listed.len()))
            .collect();
        if stretch.is_empty() {
            break;
        }
        let looked = Looked {
            seen: &seen,
            rules: &rules,
            until: None,
        };
        let known = sessions::details(&stretch, &looked);
        for (found, details) in stretch.into_iter().zip(known) {
            let Some(details) = details else { continue };
            let about = format!("{} {}", folder(&details).unwrap_or_default(), found.id);
            if project
                .as_ref()
                .is_none_or(|word| about.to_lowercase().contains(word))
            {
                listed.push(Listed {
                    running: running.iter().any(|one| one.recording == found.path),
                    found,
                    details,
                });
            }
        }
    }
    count(&mut listed);
    (listed, found.len())
}

/// Counts the calls of those that nobody has counted, as far as there is time.
fn count(listed: &mut [Listed]) {
    let uncounted = |one: &&mut Listed| one.details.calls.is_none();
    let waiting: Vec<&mut Listed> = listed.iter_mut().filter(uncounted).collect();
    let found: Vec<&Found> = waiting.iter().map(|one| &one.found).collect();
    let counted = sessions::calls_of(&found, Instant::now() + COUNTING);
    for (one, calls) in waiting.into_iter().zip(counted) {
        one.details.calls = calls;
    }
}

/// The version of the built-in rules, by which what was seen earlier is told as still so.
pub fn rules_version() -> String {
    rules::version(&rules::Packs::default())
}
