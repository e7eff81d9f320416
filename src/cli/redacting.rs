//! What every verb that writes recordings takes: whether secrets are replaced, and by which rules they are found.

use super::{Failure, out};
use crate::capture::redact::{Key, Redactor, gitleaks};
use crate::text::Raw;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Clone)]
pub struct RedactArgs {
    /// Replace secrets before anything is written: each becomes `«redacted:rule:hash:length»`
    #[arg(long)]
    redact: bool,
    /// With --redact, find secrets by the rules of this file too (TOML, in the format of gitleaks)
    #[arg(long, value_name = "FILE", requires = "redact")]
    redact_rules: Vec<PathBuf>,
}

/// Longest file of rules that is read.
const LONGEST: u64 = 16 << 20;

impl RedactArgs {
    /// What replaces secrets, if that is wanted, and what of the rules is not in use, in sentences that are safe to print.
    pub fn redactor(
        &self,
        key: impl FnOnce() -> Key,
    ) -> Result<Option<(Redactor, Vec<String>)>, Failure> {
        if !self.redact {
            return Ok(None);
        }
        let (mut rules, mut notes) = (Vec::new(), Vec::new());
        for file in &self.redact_rules {
            let shown = Raw::new(file.as_os_str().as_encoded_bytes()).label(300);
            let text = read(file)
                .map_err(|error| anyhow::anyhow!("{shown} could not be read: {error}."))?;
            let read = gitleaks::read(&text)
                .map_err(|why| anyhow::anyhow!("{shown} is not understood: {why}"))?;
            rules.extend(read.rules);
            notes.extend(read.notes.iter().map(|note| format!("{shown}: {note}")));
        }
        Ok(Some((Redactor::new(key(), rules), notes)))
    }
}

fn read(file: &Path) -> std::io::Result<String> {
    match std::fs::metadata(file)?.len() {
        0..=LONGEST => std::fs::read_to_string(file),
        _ => Err(std::io::Error::other("it is longer than 16 MiB")),
    }
}

/// Says what of the rules is not in use.
pub fn tell(notes: &[String]) {
    for note in notes {
        out::say(&format!("plainsight: {note}"));
    }
}
