//! A person's own rules: packs in the configuration folder and packs that an argument names.

use super::Failure;
use super::judging::read;
use crate::analysis::rules::{self, Packs};
use crate::store::paths;
use std::path::{Path, PathBuf};

#[derive(clap::Args, Clone, Default)]
pub struct PackArgs {
    /// Use the rules in this file, too
    #[arg(long = "rules", value_name = "FILE")]
    files: Vec<PathBuf>,
}

impl PackArgs {
    /// The built-in rules and all packs of the person. A pack in the configuration folder that cannot be used is a
    /// note, one that an argument names a failure.
    pub fn packs(&self, notes: &mut Vec<String>) -> Result<Packs, Failure> {
        let mut packs = Packs::default();
        for file in configured() {
            if let Err(failure) = add(&mut packs, &file) {
                notes.push(format!("{failure}\nNone of its rules is in use."));
            }
        }
        self.files
            .iter()
            .try_for_each(|file| add(&mut packs, file))?;
        Ok(packs)
    }
}

/// Reads a pack and takes it in.
pub fn add(packs: &mut Packs, file: &Path) -> Result<(), Failure> {
    read(file, |name, text| packs.add(rules::pack(name, text)?))
}

/// The packs in the configuration folder, in the order of their names.
pub fn configured() -> Vec<PathBuf> {
    let folder = paths::config().map(|folder| folder.join("rules"));
    let entries = folder.and_then(|folder| std::fs::read_dir(folder).ok());
    let mut files: Vec<PathBuf> = entries
        .into_iter()
        .flatten()
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "toml") && path.is_file())
        .collect();
    files.sort();
    files
}
