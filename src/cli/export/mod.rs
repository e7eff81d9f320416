//! `plainsight export`: a session as a file that other programs, and this one, read.

mod line;

use super::redacting::{self, RedactArgs};
use super::{Failure, Sources, out};
use crate::analysis::signal::secret;
use crate::capture::redact::{Key, Redactor};
use crate::session::load::{self, Options};
use crate::session::{RowId, Session};
use crate::text::Raw;
use clap::ValueEnum;
use line::Lines;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, IsTerminal, Seek, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(clap::Args)]
pub struct Args {
    #[command(flatten)]
    sources: Sources,
    /// Read the sources as this recording format, whatever their content says
    #[arg(long, value_name = "FORMAT")]
    input_format: Option<String>,
    /// What it becomes
    #[arg(long, value_enum)]
    to: To,
    #[command(flatten)]
    redacting: RedactArgs,
    /// The key for the hashes of what was redacted
    #[arg(long, value_enum, value_name = "WHICH", default_value_t = Hashes::Machine, requires = "redact")]
    redact_key: Hashes,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace the file if it is there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum To {
    /// A recording as plainsight writes it: one JSON object a line around each message, which stays byte for byte
    Jsonl,
}

#[derive(Clone, Copy, ValueEnum)]
enum Hashes {
    /// This machine's own: the same secret has the same hash in everything that was redacted here
    Machine,
    /// A new one that is thrown away: nothing can be compared with other files
    Once,
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let To::Jsonl = args.to;
    let sources = args.sources.args();
    if sources.is_empty() {
        anyhow::bail!(
            "export needs a SOURCE: a recording, a folder of them, or `-` for standard input"
        );
    }
    let file = args
        .output
        .as_deref()
        .filter(|file| *file != Path::new("-"));
    if file.is_none() && io::stdout().is_terminal() {
        anyhow::bail!(
            "an export holds the bytes of the recording as they are, which could do things to a terminal. Name a file with -o, or pipe it on."
        );
    }
    let redactor = args.redacting.redactor(|| match args.redact_key {
        Hashes::Machine => Key::of_machine(),
        Hashes::Once => Key::random(),
    })?;
    if let Some((_, notes)) = &redactor {
        redacting::tell(notes);
    }
    let redactor = redactor.map(|(redactor, _)| redactor);
    let options = Options {
        format: super::format_named(args.input_format.as_deref())?,
        ..Options::default()
    };
    let session = load::whole(&sources, options)?;
    let session = load::lock_read(&session);
    match file {
        Some(file) => to_file(&session, redactor.as_ref(), file, args.force)?,
        None => {
            // Nothing is given out before it was looked at again.
            let mut draft = tempfile::tempfile()?;
            write(&session, redactor.as_ref(), &mut draft)?;
            draft.rewind()?;
            out::results(|out| io::copy(&mut draft, out).map(|_| ()))?;
        }
    }
    if let Some(redactor) = &redactor {
        tell(redactor);
    }
    Ok(ExitCode::SUCCESS)
}

/// Written beside its place and moved there when all is well, so that nobody finds half of an export.
fn to_file(
    session: &Session,
    redactor: Option<&Redactor>,
    file: &Path,
    force: bool,
) -> Result<(), Failure> {
    let shown = Raw::new(file.as_os_str().as_encoded_bytes()).label(300);
    let refused = |error: &io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            anyhow::anyhow!(
                "{shown} is there already; it was left as it is. Name another file, or say --force."
            )
        }
        _ => anyhow::anyhow!("{shown} could not be written: {error}."),
    };
    if !force && file.symlink_metadata().is_ok() {
        return Err(refused(&io::ErrorKind::AlreadyExists.into()));
    }
    let folder = file
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty());
    // Such files are made with mode 0600 and O_EXCL.
    let mut draft = tempfile::Builder::new()
        .prefix(".plainsight-export")
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(|error| refused(&error))?;
    write(session, redactor, draft.as_file_mut())?;
    draft
        .as_file()
        .sync_all()
        .map_err(|error| refused(&error))?;
    let moved = match force {
        true => draft.persist(file),
        false => draft.persist_noclobber(file),
    };
    moved.map_err(|error| refused(&error.error))?;
    Ok(())
}

/// Writes the lines, and looks through them again where they were redacted.
fn write(session: &Session, redactor: Option<&Redactor>, file: &mut File) -> Result<(), Failure> {
    let failed = |error: io::Error| anyhow::anyhow!("the export could not be written: {error}.");
    let mut lines = Lines::of(session);
    let mut to = BufWriter::with_capacity(1 << 16, &mut *file);
    to.write_all(&lines.header(redactor.is_some()))
        .map_err(failed)?;
    for n in 0..session.len() {
        let Some(line) = lines.line(RowId(n as u32)).map_err(failed)? else {
            continue;
        };
        match redactor {
            Some(redactor) => to.write_all(&redactor.entry(&line)),
            None => to.write_all(&line),
        }
        .and_then(|()| to.write_all(b"\n"))
        .map_err(failed)?;
    }
    to.flush().map_err(failed)?;
    drop(to);
    match redactor {
        Some(redactor) => look_again(redactor, file),
        None => Ok(()),
    }
}

/// Looks for secrets in what was written, by the rules that replaced them and by those of the detectors.
fn look_again(redactor: &Redactor, file: &mut File) -> Result<(), Failure> {
    file.rewind()?;
    let mut reader = BufReader::with_capacity(1 << 16, &mut *file);
    let mut line = Vec::new();
    for number in 1.. {
        line.clear();
        if reader.read_until(b'\n', &mut line)? == 0 {
            break;
        }
        let text = line.strip_suffix(b"\n").unwrap_or(&line);
        let left = redactor.left_in_entry(text);
        let sure = secret::find(text)
            .into_iter()
            .filter(|found| found.kind.sure);
        let mut kinds: Vec<String> = left
            .into_iter()
            .chain(sure.map(|found| found.kind.name.to_string()))
            .collect();
        if !kinds.is_empty() {
            kinds.dedup();
            anyhow::bail!(
                "line {number} of the export would still hold what looks like a secret ({}). Nothing was left behind. Please report this; until then, leave the recording out.",
                kinds.join(", ")
            );
        }
    }
    Ok(())
}

/// Says how much was replaced.
fn tell(redactor: &Redactor) {
    let counts = redactor.counts();
    let total: u64 = counts.values().sum();
    if total == 0 {
        out::say(
            "plainsight: nothing in it looked like a secret. What was written was looked through again.",
        );
        return;
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(rule, n)| format!("{n} {rule}"))
        .collect();
    out::say(&format!(
        "plainsight: {total} {} replaced: {}. What was written was looked through again and holds none that is known.",
        if total == 1 {
            "secret was"
        } else {
            "secrets were"
        },
        parts.join(", ")
    ));
}
