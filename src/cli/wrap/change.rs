//! The change itself, file by file.

use super::list::label;
use super::pick::Choice;
use crate::capture::clients::{Backups, Front, Opened, diff};
use crate::cli::configs::{Found, shown};
use crate::cli::{Failure, out};
use crate::clients::{Config, Launch, Server, Wrapped, wrapped};
use std::process::ExitCode;

pub enum What {
    Wrap(Front),
    Unwrap,
}

/// What became of the whole.
#[derive(Default)]
struct Tally {
    changed: usize,
    refused: usize,
    /// Servers that were named and are there, whatever became of them.
    met: Vec<Vec<u8>>,
    claude_project: bool,
    http: bool,
}

/// Changes every file that is meant. A file or an entry that cannot be changed is told, and the others are not kept from it.
pub fn all(files: &[Found], choice: &Choice, what: &What) -> Result<ExitCode, Failure> {
    let backups = Backups::of_user().ok_or_else(|| {
        anyhow::anyhow!("there is no home folder to keep a copy of the configuration in")
    })?;
    let _lock = match choice.dry_run {
        true => None,
        false => Some(backups.lock()?),
    };
    let mut tally = Tally::default();
    for file in files {
        match &file.read {
            Ok((opened, config)) => one(file, opened, config, choice, what, &backups, &mut tally)?,
            Err(why) => {
                tally.refused += 1;
                let mut told = format!("{} was left as it is: {why}.", shown(&file.path));
                let real = std::fs::canonicalize(&file.path).unwrap_or_default();
                let copy = backups.path(&real);
                if copy.exists() {
                    told += &format!(" As it was before it was wrapped: {}.", shown(&copy));
                }
                out::say(&told);
            }
        }
    }
    for name in choice.names() {
        if !tally.met.iter().any(|met| met == name.as_bytes()) {
            tally.refused += 1;
            out::say(&format!(
                "No server is called `{name}`; `plainsight wrap` lists those that are configured."
            ));
        }
    }
    advise(&tally, choice, what);
    Ok(match tally.refused {
        0 => ExitCode::SUCCESS,
        _ => ExitCode::from(2),
    })
}

fn one(
    file: &Found,
    opened: &Opened,
    config: &Config,
    choice: &Choice,
    what: &What,
    backups: &Backups,
    tally: &mut Tally,
) -> Result<(), Failure> {
    let mut chosen = Vec::new();
    for server in config.servers.iter().filter(|server| choice.takes(server)) {
        tally.met.push(server.name().bytes().to_vec());
        match fit(server, what, !choice.names().is_empty()) {
            Fit::Yes => chosen.push(server),
            Fit::No(None) => {}
            Fit::No(Some(why)) => {
                tally.http |= matches!(server.launch, Launch::Http { .. });
                out::say(&format!(
                    "{} in {}: {why}.",
                    label(server),
                    shown(&file.path)
                ));
            }
            Fit::Refused(why) => {
                tally.refused += 1;
                out::say(&format!(
                    "{} in {} was left as it is: {why}.",
                    label(server),
                    shown(&file.path)
                ));
            }
        }
    }
    if chosen.is_empty() {
        return Ok(());
    }
    let before = match what {
        What::Wrap(_) => None,
        What::Unwrap => backups.read(&opened.real),
    };
    let before = before.and_then(|bytes| Config::read(&bytes, config.syntax, &file.sections).ok());
    let changed = match what {
        What::Wrap(front) => config.wrap(&chosen, front, &file.sections),
        What::Unwrap => config.unwrap(&chosen, before.as_ref(), &file.sections),
    };
    let new = match changed {
        Ok(text) => config.bytes_with(&text),
        Err(why) => {
            tally.refused += 1;
            out::say(&format!("{} was left as it is: {why}.", shown(&file.path)));
            return Ok(());
        }
    };
    let new_config = Config::read(&new, config.syntax, &file.sections)?;
    if choice.dry_run {
        tally.changed += chosen.len();
        return show(file, config, &new_config);
    }
    let copy = match what {
        What::Wrap(_) => {
            let none = !config.servers.iter().any(is_ours);
            let kept = backups.keep(&opened.real, &opened.bytes, none);
            Some(kept.map_err(|error| {
                anyhow::anyhow!(
                    "no copy of {} could be kept, so it was not changed: {error}",
                    shown(&file.path)
                )
            })?)
        }
        What::Unwrap => None,
    };
    if let Err(why) = opened.replace(&new) {
        tally.refused += 1;
        out::say(&format!("{} was left as it is: {why}.", shown(&file.path)));
        return Ok(());
    }
    if matches!(what, What::Unwrap) && !new_config.servers.iter().any(is_ours) {
        backups.forget(&opened.real)?;
    }
    tally.changed += chosen.len();
    tally.claude_project |= file.of_project && file.id == "claude-code";
    tell(file, opened, &chosen, what, copy.as_deref());
    Ok(())
}

fn tell(
    file: &Found,
    opened: &Opened,
    chosen: &[&Server],
    what: &What,
    copy: Option<&std::path::Path>,
) {
    let names: Vec<String> = chosen.iter().map(|server| label(server)).collect();
    let verb = match what {
        What::Wrap(_) => "Wrapped",
        What::Unwrap => "Unwrapped",
    };
    let mut told = format!("{verb} {} in {}.", names.join(", "), shown(&file.path));
    if opened.is_link() {
        told += &format!(" It is a link: {} was changed.", shown(&opened.real));
    }
    if let Some(copy) = copy {
        told += &format!(" As it was before: {}.", shown(copy));
    }
    out::say(&told);
}

enum Fit {
    Yes,
    /// Nothing is to be done, for this reason where it is worth telling.
    No(Option<String>),
    Refused(String),
}

fn is_ours(server: &Server) -> bool {
    matches!(wrapped(server), Some(Wrapped::Plainsight { .. }))
}

/// Whether a server is one to be changed. `named` where it was asked for by its name.
fn fit(server: &Server, what: &What, named: bool) -> Fit {
    let state = wrapped(server);
    match (what, state) {
        (What::Unwrap, Some(Wrapped::Plainsight { .. })) => {}
        (What::Unwrap, Some(Wrapped::Other("plainsight"))) => {
            return Fit::No(Some(
                "has a tap that was written by hand, without the `--` before the server's command, and it is left alone".into(),
            ));
        }
        (What::Unwrap, _) => {
            return Fit::No(named.then(|| "is not wrapped".to_owned()));
        }
        (What::Wrap(front), Some(Wrapped::Plainsight { .. })) => {
            let same = server
                .argv()
                .first()
                .is_some_and(|program| *program == *front.program.as_str());
            let other = if same {
                ""
            } else {
                ", by a plainsight that lies elsewhere; unwrap it and wrap it again to have this one"
            };
            return Fit::No(Some(format!("is wrapped already{other}")));
        }
        (What::Wrap(_), Some(Wrapped::Other(name))) => {
            return Fit::No(Some(format!(
                "{name} stands in front of it, and it is left alone"
            )));
        }
        (What::Wrap(_), None) => {}
    }
    if matches!(server.launch, Launch::Http { .. }) {
        return Fit::No(Some(
            "is reached over HTTP and has no command to wrap".into(),
        ));
    }
    if Config::is_command_line(server) {
        return Fit::Refused(
            "its command is one text with arguments in it, which only some clients take apart; write the program as command and the rest as args".into(),
        );
    }
    if let What::Wrap(front) = what {
        let name = std::io::read_to_string(server.name().bytes()).unwrap_or_default();
        if let Some(why) = super::misunderstood(&name, &front.options) {
            return Fit::Refused(format!("the tap would not take its name: {why}"));
        }
    }
    match &server.site {
        Ok(_) => Fit::Yes,
        Err(why) => Fit::Refused(why.to_string()),
    }
}

fn show(file: &Found, old: &Config, new: &Config) -> Result<(), Failure> {
    out::results(|out| {
        let path = shown(&file.path);
        writeln!(out, "--- {path}\n+++ {path}")?;
        for line in diff(old, new) {
            let text = crate::text::reveal(line.text.as_raw(), &crate::text::Options::default());
            match line.sign {
                '@' => writeln!(out, "@@ {text} @@")?,
                sign => writeln!(out, "{sign}{text}")?,
            }
        }
        Ok(())
    })
}

/// What the person does next.
fn advise(tally: &Tally, choice: &Choice, what: &What) {
    if tally.http {
        out::say(
            "A server over HTTP is recorded by `plainsight proxy --upstream URL`, whose address then stands in the configuration instead. Where it asks for a login (OAuth), configure it as the command `npx -y mcp-remote URL` and wrap that.",
        );
    }
    if tally.changed == 0 {
        if tally.refused == 0 {
            out::say("Nothing was to be changed.");
        }
        return;
    }
    if choice.dry_run {
        out::say("Nothing was changed: this is what would be.");
        return;
    }
    out::say("Restart the client, or reload its servers, for this to take effect.");
    if tally.claude_project {
        out::say(
            "Claude Code asks again whether to trust the servers of .mcp.json, for the file has changed.",
        );
    }
    if matches!(what, What::Wrap(_)) {
        out::say(
            "`plainsight live` then shows what runs, and `plainsight sessions` what was recorded. `plainsight unwrap --all` takes the tap out again.",
        );
    }
}
