//! `plainsight wrap` and `plainsight unwrap`: the tap put into the configurations of clients, and taken out again.

mod change;
mod list;
mod pick;

use super::Failure;
use pick::Choice;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    choice: Choice,
    /// Replace secrets before anything is recorded
    #[arg(long)]
    redact: bool,
    /// Hold calls until a person lets them go: `risky`, `all`, or a file of a policy
    #[arg(long, value_name = "POLICY")]
    gate: Option<String>,
    /// A further option of the tap, as in `--tap-arg=--rotate=100M`
    #[arg(long, value_name = "OPTION", allow_hyphen_values = true)]
    tap_arg: Vec<String>,
}

#[derive(clap::Args)]
pub struct UnwrapArgs {
    #[command(flatten)]
    choice: Choice,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let mut options = Vec::new();
    options.extend(args.redact.then(|| "--redact".to_owned()));
    if let Some(policy) = &args.gate {
        options.extend(["--gate".to_owned(), policy_word(policy)?]);
    }
    options.extend(args.tap_arg.iter().cloned());
    let files = args.choice.files(false)?;
    if !args.choice.chooses() {
        return list::list(&files, list::For::Wrap);
    }
    let front = crate::capture::clients::Front {
        program: program()?,
        options,
    };
    change::all(&files, &args.choice, &change::What::Wrap(front))
}

pub fn unwrap(args: &UnwrapArgs) -> Result<ExitCode, Failure> {
    let files = args.choice.files(true)?;
    if !args.choice.chooses() {
        return list::list(&files, list::For::Unwrap);
    }
    change::all(&files, &args.choice, &change::What::Unwrap)
}

/// The client starts the tap in a folder of its own: a file of a policy must be named from the root.
fn policy_word(policy: &str) -> Result<String, Failure> {
    if matches!(policy, "risky" | "all") {
        return Ok(policy.to_owned());
    }
    let path = std::path::absolute(policy)?;
    if !path.is_file() {
        anyhow::bail!("the policy {policy} is no file; `risky` and `all` need none");
    }
    spelled(path)
}

/// Where this program lies.
fn program() -> Result<String, Failure> {
    let path = std::env::current_exe().map_err(|error| {
        anyhow::anyhow!(
            "this program cannot tell where it lies, so no client could start it: {error}"
        )
    })?;
    spelled(path)
}

fn spelled(path: PathBuf) -> Result<String, Failure> {
    path.into_os_string().into_string().map_err(|path| {
        let shown = crate::text::Raw::new(path.as_encoded_bytes()).label(300);
        anyhow::anyhow!(
            "the path {shown} is not text in UTF-8 and cannot be written into a configuration"
        )
    })
}
