//! The clients whose servers are asked. Servers of two clients never meet, so each client has a recording of its own:
//! together they would seem to shadow each other.

use super::Candidate;
use crate::capture::scan::{Outcome, join, remove_parts, usual_place};
use crate::cli::Failure;
use crate::cli::configs::shown;
use std::borrow::Borrow;
use std::path::{Path, PathBuf};

/// The clients of these servers, in order.
pub fn of<'a>(candidates: &[impl Borrow<Candidate<'a>>]) -> Vec<String> {
    let mut worlds: Vec<String> = Vec::new();
    for world in candidates.iter().flat_map(|one| &one.borrow().worlds) {
        if !worlds.contains(world) {
            worlds.push(world.clone());
        }
    }
    worlds
}

/// A file for each.
pub fn files(worlds: &[String], named: Option<&Path>) -> Result<Vec<PathBuf>, Failure> {
    if let Some(file) = named {
        return Ok(vec![file.to_owned()]);
    }
    let Some(place) = usual_place() else {
        anyhow::bail!("there is no home folder to keep the recording in: name a file with --out");
    };
    let file = |n: usize| {
        let mut name = place.file_name().unwrap_or_default().to_owned();
        if worlds.len() > 1 {
            name.push(format!("-{}", n + 1));
        }
        name.push(".mcp.jsonl");
        place.with_file_name(name)
    };
    Ok((0..worlds.len()).map(file).collect())
}

/// What came of the servers of one client.
pub fn outcomes<'o>(
    world: &str,
    candidates: &[&Candidate<'_>],
    outcomes: &'o [Outcome],
) -> Vec<&'o Outcome> {
    let all = candidates.iter().zip(outcomes);
    all.filter(|(candidate, _)| candidate.worlds.iter().any(|w| w == world))
        .map(|(_, outcome)| outcome)
        .collect()
}

/// Makes a recording of each client's parts, and takes the parts away.
pub fn write(
    worlds: &[String],
    candidates: &[&Candidate<'_>],
    outcomes: &[Outcome],
    files: &[PathBuf],
    folder: &Path,
) -> Result<(), Failure> {
    let failed = |file: &Path, error: std::io::Error| {
        anyhow::anyhow!(
            "the recording {} could not be written: {error}; its parts are in {}",
            shown(file),
            shown(folder)
        )
    };
    for (world, file) in worlds.iter().zip(files) {
        let mine = self::outcomes(world, candidates, outcomes);
        let parts: Vec<PathBuf> = mine.iter().flat_map(|one| one.parts.clone()).collect();
        // Of a scan that was stopped some were not asked at all.
        if parts.is_empty() {
            continue;
        }
        join(&parts, file).map_err(|error| failed(file, error))?;
    }
    let all: Vec<PathBuf> = outcomes.iter().flat_map(|one| one.parts.clone()).collect();
    remove_parts(&all, folder)
        .map_err(|error| anyhow::anyhow!("{} could not be removed: {error}", shown(folder)))
}
