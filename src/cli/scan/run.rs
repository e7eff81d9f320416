//! The scan itself: a few servers at once, one recording, and what the check says of it.

use super::{Args, Candidate, consent, tell, worlds};
use crate::capture::recorder::{Options, Redact};
use crate::capture::redact::Key;
use crate::capture::scan::{Outcome, Reach, Target, parts_folder, placeholder, scan};
use crate::cli::configs::shown;
use crate::cli::{Failure, case, open, out, redacting};
use crate::clients::{Launch, Secret};
use crate::report::{self, Look, Report};
use crate::session::SourceArg;
use crate::session::load;
use std::io::IsTerminal;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Servers that are asked at one time: each may be a runtime of its own.
const AT_ONCE: usize = 4;

fn ask_all(
    targets: &[Target],
    timeout: Duration,
    stop: &AtomicBool,
    options: &Options,
) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Outcome)>> = Mutex::default();
    std::thread::scope(|scope| {
        for _ in 0..AT_ONCE.min(targets.len()) {
            scope.spawn(|| {
                while !stop.load(Ordering::Relaxed) {
                    let n = next.fetch_add(1, Ordering::Relaxed);
                    let Some(target) = targets.get(n) else { break };
                    let outcome = scan(target, timeout, stop, options);
                    let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
                    done.push((n, outcome));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(n, _)| *n);
    done.into_iter().map(|(_, outcome)| outcome).collect()
}

pub fn scan_chosen(args: &Args, candidates: Vec<Candidate<'_>>) -> Result<ExitCode, Failure> {
    let settings = args.judging.settings()?;
    if let Some(file) = args.out.as_deref().filter(|file| file.exists()) {
        anyhow::bail!("{} is there already; name a file that is not", shown(file));
    }
    let redactor = args.redacting.redactor(Key::of_machine)?;
    let candidates = fit(candidates, !args.server.is_empty());
    let worlds = worlds::of(&candidates);
    if worlds.len() > 1 && (args.out.is_some() || args.open) {
        anyhow::bail!(
            "these servers belong to several clients, which never meet and are recorded apart; with --out and --open, name one with --client, or its configuration"
        );
    }
    let chosen = consent::given(&candidates, args.yes)?;
    if chosen.is_empty() {
        out::say("Nothing was started.");
        return Ok(ExitCode::SUCCESS);
    }
    let targets: Vec<Target> = chosen.iter().map(|candidate| target(candidate)).collect();
    let worlds = worlds::of(&chosen);
    let files = worlds::files(&worlds, args.out.as_deref())?;
    let parts = parts_folder(&files[0])
        .map_err(|error| anyhow::anyhow!("{} cannot be written: {error}", shown(&files[0])))?;
    let options = Options {
        folder: Some(parts.clone()),
        redactor: redactor.map(|(redactor, notes)| {
            redacting::tell(&notes);
            Arc::new(redactor) as Arc<dyn Redact>
        }),
        ..Options::default()
    };
    let stop = stop_on_signals()?;
    let outcomes = ask_all(&targets, Duration::from_secs(args.timeout), &stop, &options);
    worlds::write(&worlds, &chosen, &outcomes, &files, &parts)?;
    for file in files.iter().filter(|file| file.exists()) {
        out::say(&format!("Recorded in {}.", shown(file)));
    }
    if args.open && !stop.load(Ordering::Relaxed) {
        return show(args, SourceArg::Path(files[0].clone()));
    }
    for (world, file) in worlds.iter().zip(&files) {
        out::results(|out| {
            if worlds.len() > 1 {
                writeln!(out, "{world}")?;
            }
            tell::summary(&worlds::outcomes(world, &chosen, &outcomes), out)?;
            writeln!(out)
        })?;
        if !stop.load(Ordering::Relaxed) {
            check(file, settings.clone())?;
        }
    }
    if stop.load(Ordering::Relaxed) {
        anyhow::bail!("the scan was stopped before it was done");
    }
    let asked = outcomes.iter().any(|one| one.trouble.is_none());
    Ok(if asked {
        ExitCode::SUCCESS
    } else {
        ExitCode::from(2)
    })
}

/// Those that can be asked; of the others it is told why not.
fn fit(candidates: Vec<Candidate<'_>>, named: bool) -> Vec<Candidate<'_>> {
    let mut fit = Vec::new();
    for candidate in candidates {
        match why_not(&candidate, named) {
            None => fit.push(candidate),
            Some(why) => {
                let name = tell::whole(candidate.server.name());
                out::say(&format!(
                    "{name} in {} is not asked: {why}.",
                    candidate.file
                ));
            }
        }
    }
    fit
}

fn why_not(candidate: &Candidate<'_>, named: bool) -> Option<String> {
    let server = candidate.server;
    if server.disabled && !named {
        return Some("its client has it off; name it with --server to ask it all the same".into());
    }
    if let Some(what) = placeholder(server) {
        return Some(format!("only its client can fill in {what}"));
    }
    if let Launch::Http { sse: true, .. } = server.launch {
        return Some(
            "it speaks the older HTTP+SSE; record it with `plainsight proxy` instead".into(),
        );
    }
    None
}

fn target(candidate: &Candidate<'_>) -> Target {
    let server = candidate.server;
    let reach = match &server.launch {
        Launch::Stdio { .. } => Reach::Stdio {
            argv: tell::argv(server)
                .iter()
                .map(|word| word.to_buf())
                .collect(),
            env: server.env.clone(),
            cwd: server.cwd.clone(),
        },
        Launch::Http {
            url,
            headers,
            from_env,
            ..
        } => {
            let found = from_env.iter().filter_map(|one| {
                let name = std::io::read_to_string(one.variable.as_raw().bytes()).ok()?;
                let value = std::env::var(name).ok()?;
                Some((one.header.clone(), Secret::of_env(&value, one.bearer)))
            });
            Reach::Http {
                url: url.clone(),
                headers: headers.iter().cloned().chain(found).collect(),
            }
        }
    };
    Target {
        label: server.name().label(80),
        reach,
        config: candidate.file.clone(),
    }
}

/// A signal to end is a wish to clean up first.
fn stop_on_signals() -> Result<Arc<AtomicBool>, Failure> {
    let stop = Arc::new(AtomicBool::new(false));
    #[cfg(unix)]
    for signal in [
        signal_hook::consts::SIGINT,
        signal_hook::consts::SIGTERM,
        signal_hook::consts::SIGHUP,
    ] {
        signal_hook::flag::register(signal, stop.clone())?;
    }
    Ok(stop)
}

fn check(whole: &Path, settings: Arc<crate::analysis::Settings>) -> Result<(), Failure> {
    let source = SourceArg::Path(whole.to_owned());
    let (session, findings) = case::whole(&[source], load::Options::default(), settings)?;
    let session = load::lock_read(&session);
    let findings = findings.read().unwrap_or_else(PoisonError::into_inner);
    let report = Report::new(&session, &findings);
    let colour = std::io::stdout().is_terminal()
        && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    out::results(|out| {
        report::text(
            &report,
            Look {
                colour,
                ascii: false,
            },
            out,
        )
    })
}

fn show(args: &Args, source: SourceArg) -> Result<ExitCode, Failure> {
    let shown = open::Shown {
        sources: &[source],
        options: load::Options::default(),
        locked: None,
        running: None,
        live: false,
        at_end: true,
        asked: None,
    };
    open::show(shown, &args.judging, &args.look)
}
