//! `plainsight wrap` and `plainsight unwrap`: the tap put into the configurations of clients, and taken out again.

mod change;
mod list;
mod pick;

use super::Failure;
use pick::Choice;
use std::ffi::OsString;
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
    options.extend(tap_words(&args.tap_arg)?);
    if let Some(why) = misunderstood("name", &options) {
        anyhow::bail!("the tap would not start with these options: {why}");
    }
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

/// Further options of the tap as they can stand in a configuration: read at every start, and in any folder.
fn tap_words(words: &[String]) -> Result<Vec<String>, Failure> {
    let mut out = Vec::with_capacity(words.len());
    let mut option = "";
    for word in words {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value)),
            _ => (word.as_str(), None),
        };
        if name == "--record" {
            anyhow::bail!(
                "the tap would start once and never again with --record, for its file must not exist yet; --record-dir=FOLDER records into a folder"
            );
        }
        // The value of the option before, or of this one.
        out.push(match value {
            Some(value) => format!("{name}={}", rooted(name, value)?),
            None => rooted(option, word)?,
        });
        option = if value.is_none() { name } else { "" };
    }
    Ok(out)
}

/// The value of an option of the tap, named from the root where it is a path.
fn rooted(option: &str, value: &str) -> Result<String, Failure> {
    match option {
        "--gate" => policy_word(value),
        "--redact-rules" | "--record-dir" => {
            let path = std::path::absolute(value)?;
            if option == "--redact-rules" && !path.is_file() {
                anyhow::bail!("the rules {value} are no file");
            }
            spelled(path)
        }
        _ => Ok(value.to_owned()),
    }
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

/// A tap that does not understand its options would keep the server from its client. Says why it would not start.
fn misunderstood(name: &str, options: &[String]) -> Option<String> {
    let words = ["plainsight", "tap", "--name", name]
        .into_iter()
        .map(str::to_owned);
    let end = ["--", "server"].into_iter().map(str::to_owned);
    let line = words.chain(options.iter().cloned()).chain(end);
    match super::command().try_get_matches_from(line) {
        Err(error) => {
            let told = error.render().to_string();
            let first = told.lines().next().unwrap_or_default();
            Some(first.trim_start_matches("error: ").to_owned())
        }
        // What it does not know, it takes for the server's program.
        Ok(matches) => {
            let tap = matches.subcommand().map(|(_, tap)| tap);
            let program = tap.and_then(|tap| tap.get_many::<OsString>("command"));
            match program.and_then(|mut words| words.next()) {
                Some(word) if word != "server" => {
                    Some(format!("it knows no `{}`", word.to_string_lossy()))
                }
                _ => None,
            }
        }
    }
}

/// Where this program lies: the place on the search path where that leads to it, for such a link stays when the program
/// is replaced by a newer one.
fn program() -> Result<String, Failure> {
    let path = std::env::current_exe().map_err(|error| {
        anyhow::anyhow!(
            "this program cannot tell where it lies, so no client could start it: {error}"
        )
    })?;
    if !path.exists() {
        anyhow::bail!("this program was replaced or removed while it ran; run it again");
    }
    let real = std::fs::canonicalize(&path).unwrap_or_else(|_| path.clone());
    let search = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&search)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(path.file_name().unwrap_or_default()))
        .find(|found| std::fs::canonicalize(found).is_ok_and(|found| found == real));
    spelled(found.unwrap_or(path))
}

fn spelled(path: PathBuf) -> Result<String, Failure> {
    path.into_os_string().into_string().map_err(|path| {
        let shown = crate::text::Raw::new(path.as_encoded_bytes()).label(300);
        anyhow::anyhow!(
            "the path {shown} is not text in UTF-8 and cannot be written into a configuration"
        )
    })
}
