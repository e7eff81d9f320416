//! The person's word before anything is started.

use super::Candidate;
use super::tell::{self, Words};
use crate::cli::Failure;
use crate::clients::Launch;
use std::io::{self, BufRead, IsTerminal, Write};

/// Shows exactly what would be started, and asks for each. Without a terminal nobody can be asked, and nothing is started.
pub fn given<'c, 'a>(
    candidates: &'c [Candidate<'a>],
    yes: bool,
) -> Result<Vec<&'c Candidate<'a>>, Failure> {
    let mut err = io::stderr().lock();
    let can_ask = io::stdin().is_terminal() && io::stderr().is_terminal();
    if !yes && !can_ask {
        for candidate in candidates {
            tell::launch(candidate, Words::WithoutSecrets, &mut err)?;
        }
        drop(err);
        anyhow::bail!(
            "nothing was started, for there is no terminal on which to ask: look at what would be started, and say --yes"
        );
    }
    let mut chosen = Vec::new();
    let mut all = yes;
    for candidate in candidates {
        let words = if all {
            Words::WithoutSecrets
        } else {
            Words::Exact
        };
        tell::launch(candidate, words, &mut err)?;
        if !all {
            let verb = match candidate.server.launch {
                Launch::Stdio { .. } => "Start",
                Launch::Http { .. } => "Ask",
            };
            write!(err, "  {verb} it? [y]es, [N]o, [a]ll: ")?;
            err.flush()?;
            let mut line = String::new();
            io::stdin().lock().read_line(&mut line)?;
            match line.trim() {
                "y" | "Y" | "yes" => {}
                "a" | "A" | "all" => all = true,
                _ => continue,
            }
        }
        chosen.push(candidate);
    }
    Ok(chosen)
}
