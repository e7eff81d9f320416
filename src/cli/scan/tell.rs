//! What is configured and what came of asking, for people.

use super::Candidate;
use crate::analysis::detect::launch::concerns;
use crate::capture::clients::{hidden_words, shown_address, without_secret};
use crate::capture::scan::Outcome;
use crate::cli::{Failure, out};
use crate::clients::{Launch, Server, Wrapped, wrapped};
use crate::text::{Breaks, Options, Raw, RawBuf, reveal, width};
use std::io::{self, Write};

/// A whole text on one line, however long it is: what is started is never shown in part.
pub fn whole(raw: Raw<'_>) -> String {
    let options = Options {
        breaks: Breaks::Chip,
        limit: usize::MAX,
        ..Options::default()
    };
    reveal(raw, &options).as_str().to_owned()
}

/// The words of the server's own command, without the tap.
pub fn argv(server: &Server) -> Vec<Raw<'_>> {
    let all = server.argv();
    match wrapped(server) {
        Some(Wrapped::Plainsight { command }) => all[command..].to_vec(),
        _ => all,
    }
}

/// Whether secrets among the words of a command are shown.
#[derive(Clone, Copy, PartialEq)]
pub enum Words {
    /// To whom decides: what hides a key could hide more.
    Exact,
    /// To whoever reads a log.
    WithoutSecrets,
}

/// A command as it would be typed, every word of it.
pub fn command(argv: &[Raw<'_>], words: Words) -> String {
    let word = |word: Raw<'_>| {
        let plain = |b: &u8| b.is_ascii_alphanumeric() || b"_-./:@=+,%~".contains(b);
        let shown = whole(word);
        match !word.is_empty() && word.bytes().iter().all(plain) {
            true => shown,
            false => format!("'{}'", shown.replace('\'', "'\\''")),
        }
    };
    let hidden = match words {
        Words::Exact => vec![Vec::new(); argv.len()],
        Words::WithoutSecrets => hidden_words(argv),
    };
    let all = argv.iter().zip(hidden);
    all.map(|(raw, hidden)| word(without_secret(*raw, &hidden).as_raw()))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Everything that is plain of a server before it is asked.
pub fn launch(candidate: &Candidate<'_>, words: Words, out: &mut dyn Write) -> io::Result<()> {
    let server = candidate.server;
    let off = if server.disabled {
        "  (off in its client)"
    } else {
        ""
    };
    writeln!(
        out,
        "{}{off}\n  from     {}, {} line {}",
        whole(server.name()),
        candidate.clients,
        candidate.file,
        server.line
    )?;
    for place in &candidate.also {
        writeln!(out, "  and      {place}")?;
    }
    match &server.launch {
        Launch::Stdio { .. } => {
            writeln!(out, "  starts   {}", command(&argv(server), words))?;
            if let Some(cwd) = &server.cwd {
                writeln!(out, "  in       {}", whole(cwd.as_raw()))?;
            }
            if !server.env.is_empty() {
                writeln!(out, "  with     {}", names(&server.env))?;
            }
        }
        Launch::Http {
            url,
            headers,
            from_env,
            ..
        } => {
            writeln!(
                out,
                "  asks     {}",
                whole(shown_address(url.as_raw()).as_raw())
            )?;
            if !headers.is_empty() {
                writeln!(out, "  with     {}", names(headers))?;
            }
            for one in from_env {
                let (header, variable) = (one.header.as_raw(), one.variable.as_raw());
                writeln!(
                    out,
                    "  with     {} from ${}",
                    whole(header),
                    whole(variable)
                )?;
            }
        }
    }
    for concern in concerns(server) {
        writeln!(out, "  mind     it {}", concern.says)?;
    }
    Ok(())
}

/// The names of variables or headers; never the values.
fn names<T>(pairs: &[(RawBuf, T)]) -> String {
    let names = pairs.iter().map(|(name, _)| whole(name.as_raw()));
    names.collect::<Vec<_>>().join(", ")
}

/// All that is configured, on standard output.
pub fn configured(candidates: &[Candidate<'_>]) -> Result<(), Failure> {
    out::results(|out| {
        candidates
            .iter()
            .try_for_each(|one| launch(one, Words::WithoutSecrets, out))
    })?;
    out::say(
        "Nothing was started. `plainsight scan` without --no-start asks these servers for their definitions.",
    );
    Ok(())
}

/// One line a server.
pub fn summary(outcomes: &[&Outcome], out: &mut dyn Write) -> io::Result<()> {
    let wide = outcomes.iter().map(|o| width(&o.label)).max().unwrap_or(0);
    for outcome in outcomes {
        let pad = " ".repeat(wide - width(&outcome.label));
        let took = outcome.took.as_secs_f64();
        let spoken = outcome.protocol.as_deref().unwrap_or("-");
        writeln!(
            out,
            "{}{pad}  {spoken:10}  {}  {took:.1} s",
            outcome.label,
            offered(outcome)
        )?;
        if let Some(trouble) = &outcome.trouble {
            writeln!(out, "{}  failed: {trouble}", " ".repeat(wide))?;
        }
    }
    Ok(())
}

fn offered(outcome: &Outcome) -> String {
    let counts = &outcome.counts;
    let kinds = [
        (counts.tools, "tool"),
        (counts.prompts, "prompt"),
        (counts.resources, "resource"),
        (counts.templates.filter(|count| *count > 0), "template"),
    ];
    let told = kinds.into_iter().filter_map(|(count, what)| {
        let count = count?;
        let s = if count == 1 { "" } else { "s" };
        Some(format!("{count} {what}{s}"))
    });
    let mut told = told.collect::<Vec<_>>().join(", ");
    if counts.cut {
        told += " (not all: it gives no end of pages)";
    }
    if told.is_empty() {
        told += "nothing";
    }
    told
}
