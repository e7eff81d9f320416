//! What every verb that judges a session takes: the person's own rules, policy and baseline.

use super::packs::PackArgs;
use super::{Failure, out};
use crate::analysis::{Fault, Settings, policy, suppress};
use crate::store::baseline::Store;
use crate::store::paths;
use crate::text::Raw;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(clap::Args, Clone, Default)]
pub struct JudgingArgs {
    #[command(flatten)]
    packs: PackArgs,
    /// Hold every call against the policy in this file instead of your own
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    /// Leave out the findings that this file suppresses, and say so
    #[arg(long, value_name = "FILE")]
    suppress: Vec<PathBuf>,
    /// Compare definitions with the trusted ones in this file instead of your own
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Compare definitions with no trusted ones
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,
}

impl JudgingArgs {
    /// Reads what the arguments and the user's configuration name. What an argument names must be right; what the
    /// configuration holds beyond understanding is told, here and in the report, and does not stop anybody.
    pub fn settings(&self) -> Result<Arc<Settings>, Failure> {
        let settings = self.settings_in_silence()?;
        for note in &settings.notes {
            out::say(&format!("plainsight: {note}"));
        }
        Ok(settings)
    }

    /// What the user's configuration says, and a policy instead of the one in it.
    #[cfg(unix)]
    pub fn of_user(policy: Option<PathBuf>) -> JudgingArgs {
        JudgingArgs {
            policy,
            ..JudgingArgs::default()
        }
    }

    /// The same where nobody may be told: the notes are in the settings.
    pub fn settings_in_silence(&self) -> Result<Arc<Settings>, Failure> {
        let mut settings = Settings::default();
        settings.packs = self.packs.packs(&mut settings.notes)?;
        let today = jiff::Zoned::now().date();
        if let Some(file) = self.policy_file() {
            let mut policy = read(&file, |name, text| {
                policy::read(name, text, &settings.packs.ids(), today)
            })?;
            settings.levels = std::mem::take(&mut policy.levels);
            settings.suppressions = std::mem::take(&mut policy.suppressions);
            settings.policy = Some(policy);
        }
        if let Some(file) = configured("suppressions.toml") {
            match read(&file, |name, text| suppress::parse(name, text, today)) {
                Ok(list) => settings.suppressions.extend(list),
                Err(failure) => settings
                    .notes
                    .push(format!("{failure}\nNothing of this file is in use.")),
            }
        }
        for file in &self.suppress {
            let list = read(file, |name, text| suppress::parse(name, text, today))?;
            settings.suppressions.extend(list);
        }
        if let Some(store) = self.store() {
            settings.baseline = store.load()?.into();
        }
        Ok(Arc::new(settings))
    }

    /// The policy that an argument names, or the one in the configuration folder. One that cannot be read is never
    /// passed over: what it forbids would look permitted.
    fn policy_file(&self) -> Option<PathBuf> {
        let own = || configured("policy.toml").or_else(|| configured("plainsight.toml"));
        self.policy.clone().or_else(own)
    }

    /// Where the trusted definitions are kept; `None` where there is no home, or they are not wanted.
    pub fn store(&self) -> Option<Store> {
        match &self.baseline {
            Some(file) => Some(Store::at(file)),
            None if self.no_baseline => None,
            None => Store::of_user(),
        }
    }
}

/// A file in the user's configuration folder, if it is there.
fn configured(name: &str) -> Option<PathBuf> {
    let file = paths::config()?.join(name);
    file.is_file().then_some(file)
}

/// The longest file of settings that is read: more than anybody writes.
const LONGEST: u64 = 4 << 20;

/// Reads and understands a file; everything that is wrong in it is in the failure.
pub fn read<T>(
    file: &Path,
    parse: impl FnOnce(&str, &str) -> Result<T, Vec<Fault>>,
) -> Result<T, Failure> {
    let name = file.file_name().unwrap_or(file.as_os_str());
    let name = Raw::new(name.as_encoded_bytes()).label(80);
    let shown = Raw::new(file.as_os_str().as_encoded_bytes()).label(300);
    let text = std::fs::metadata(file)
        .and_then(|meta| match meta.len() {
            0..=LONGEST => std::fs::read_to_string(file),
            _ => Err(std::io::Error::other("it is longer than 4 MiB")),
        })
        .map_err(|error| anyhow::anyhow!("{shown} could not be read: {error}."))?;
    parse(&name, &text).map_err(|faults| {
        let told: Vec<String> = faults.iter().map(Fault::to_string).collect();
        anyhow::anyhow!("{shown} is not understood.\n{}", told.join("\n"))
    })
}
