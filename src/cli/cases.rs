//! `plainsight cases`: what a person made of sessions.

use super::{Failure, out};
use crate::store::cases::{Kept, Listed, Record, Shelf, Verdict, is_story_key};
use crate::text::{Raw, elide, width};
use clap::Subcommand;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::SystemTime;

#[derive(clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Subcommand)]
enum What {
    /// The cases on this machine, the one that was worked on last first
    List,
    /// What is in a case: recordings, verdicts and notes
    Show {
        /// Its name, or its id
        name: String,
    },
    /// Take a case away; its recordings stay
    Forget {
        /// Its name, or its id
        name: String,
    },
}

pub fn run(args: &Args) -> Result<ExitCode, Failure> {
    let shelf = Shelf::of_user().ok_or_else(|| {
        anyhow::anyhow!(
            "there is no home folder, so no cases are kept. Set HOME or XDG_STATE_HOME."
        )
    })?;
    match args.what.as_ref().unwrap_or(&What::List) {
        What::List => list(&shelf)?,
        What::Show { name } => {
            let one = named(&shelf, name)?;
            let record = one.record?;
            out::results(|out| show(one.id.as_str(), &record, out))?;
        }
        What::Forget { name } => {
            let one = named(&shelf, name)?;
            shelf.forget(&one.id)?;
            out::say("The case is forgotten. Its recordings are where they were.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn named(shelf: &Shelf, name: &str) -> Result<Listed, Failure> {
    shelf.named(name).ok_or_else(|| {
        let name = Raw::from(name).label(80);
        anyhow::anyhow!("there is no case called {name}. `plainsight cases` lists them.")
    })
}

fn list(shelf: &Shelf) -> Result<(), Failure> {
    let listed = shelf.list();
    let now = SystemTime::now();
    let rows: Vec<[String; 6]> = listed
        .iter()
        .filter_map(|one| {
            let record = one.record.as_ref().ok()?;
            Some([
                elide(&Raw::from(record.name.as_str()).label(60), 40),
                one.id.as_str().to_owned(),
                record.sources.len().to_string(),
                record.left.open.to_string(),
                record.count(Verdict::Confirmed).to_string(),
                age(now, record),
            ])
        })
        .collect();
    out::results(|out| table(&rows, out))?;
    for error in listed.iter().filter_map(|one| one.record.as_ref().err()) {
        out::say(&format!("plainsight: {error}"));
    }
    if listed.is_empty() {
        out::say(
            "No cases yet. One is made when you mark a finding or set a bookmark in a recording.",
        );
    }
    Ok(())
}

fn table(rows: &[[String; 6]], out: &mut dyn Write) -> io::Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let head = ["name", "id", "sessions", "open", "confirmed", "worked on"].map(str::to_owned);
    let all: Vec<&[String; 6]> = std::iter::once(&head).chain(rows).collect();
    let wide: [usize; 6] =
        std::array::from_fn(|n| all.iter().map(|row| width(&row[n])).max().unwrap_or(0));
    for row in all {
        let mut line = String::new();
        for (n, cell) in row.iter().enumerate() {
            let pad = " ".repeat(wide[n].saturating_sub(width(cell)));
            match matches!(n, 2..=4) {
                true => line.extend([&pad, cell, "  "]),
                false => line.extend([cell, pad.as_str(), "  "]),
            }
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// When it was worked on last, as a person says it.
pub fn age(now: SystemTime, record: &Record) -> String {
    match record.changed.parse::<jiff::Timestamp>() {
        Ok(at) => super::sessions::age(now, at.into()),
        Err(_) => "an unknown time".to_owned(),
    }
}

fn show(id: &str, record: &Record, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}  ({id})", Raw::from(record.name.as_str()).label(80))?;
    for source in &record.sources {
        let what = match source.kept() {
            Kept::Same => "",
            Kept::Shorter => "  (shorter than it was)",
            Kept::Replaced => "  (another recording by now)",
            Kept::Missing => "  (not there any more)",
        };
        let path = Raw::new(source.path.as_os_str().as_encoded_bytes()).label(300);
        writeln!(out, "  {path}{what}")?;
    }
    let bookmarks = record.bookmarks.len();
    writeln!(
        out,
        "  {} confirmed, {} false positives, {} need a look, {bookmarks} bookmarks",
        record.count(Verdict::Confirmed),
        record.count(Verdict::FalsePositive),
        record.count(Verdict::NeedsALook)
    )?;
    for (key, mark) in &record.marks {
        let what = match is_story_key(key) {
            true => "story",
            false => "finding",
        };
        let label = |text: &str| Raw::from(text).label(200);
        let key = label(key.rsplit('/').next().unwrap_or(key));
        write!(out, "  {what} {key}  {}", mark.verdict.name())?;
        if !mark.by.is_empty() {
            write!(out, ", {}", label(&mark.by))?;
        }
        match mark.note.is_empty() {
            true => writeln!(out)?,
            false => writeln!(out, ": {}", label(&mark.note))?,
        }
    }
    Ok(())
}
