//! How a file is recognised.

use crate::cli::{Failure, out};
use crate::formats::{Class, Format};
use crate::session::{Recognised, recognise};
use crate::text::Raw;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Scores that are nearer to each other leave a doubt.
const NEAR: u8 = 10;

pub fn all(files: &[PathBuf]) -> Result<ExitCode, Failure> {
    let mut failed = false;
    for path in files {
        match recognise(path, u64::MAX) {
            Ok(known) => out::results(|out| tell(path, &known, out))?,
            Err(why) => {
                failed = true;
                out::say(&why.to_string());
            }
        }
    }
    Ok(ExitCode::from(if failed { 2 } else { 0 }))
}

fn tell(path: &Path, known: &Recognised, out: &mut dyn Write) -> io::Result<()> {
    let shown = Raw::new(path.as_os_str().as_encoded_bytes()).label(300);
    writeln!(out, "{shown}")?;
    if !known.packings.is_empty() {
        writeln!(out, "  unpacked   {}", known.packings.join(", then "))?;
    }
    let scores: Vec<(&Format, u8)> = known.detected.scores.clone();
    let fitting: Vec<_> = scores.iter().filter(|(_, score)| *score > 0).collect();
    let Some((winner, score)) = fitting.first() else {
        let why = match known.head.trim_ascii().is_empty() {
            true => "it is empty",
            false => "none of the formats fits how it begins",
        };
        writeln!(out, "  read as    nothing: {why}")?;
        writeln!(
            out,
            "  override   plainsight --format ID FILE reads it as that format anyway"
        )?;
        return Ok(());
    };
    writeln!(out, "  read as    {}: {}", winner.id, winner.title)?;
    writeln!(out, "  holds      {}", meaning(winner.class))?;
    writeln!(out, "  by         {} ({score} of 100)", winner.signs)?;
    for (other, score) in &fitting[1..] {
        writeln!(
            out,
            "  or         {} ({score} of 100): {}",
            other.id, other.signs
        )?;
    }
    if let Some((second, other)) = fitting.get(1)
        && other + NEAR >= *score
    {
        let how = match other == score {
            true => "are equally sure, and the first in the order of formats is taken",
            false => "are nearly equally sure",
        };
        writeln!(out, "  doubt      {} and {} {how}", winner.id, second.id)?;
    } else if *score < 40 {
        writeln!(
            out,
            "  doubt      it is a guess: few signs of {} are there",
            winner.id
        )?;
    }
    let other = fitting.get(1).map_or("ID", |(second, _)| second.id);
    writeln!(
        out,
        "  override   plainsight --format {other} FILE, or check --input-format {other} FILE"
    )
}

fn meaning(class: Class) -> String {
    format!("{}. {}", class.name(), class.meaning())
}
