//! Taking over what other programs were told to trust.

use super::{Place, counted, now};
use crate::analysis::trust;
use crate::cli::{Failure, out};
use crate::store::baseline::{LARGEST_IMPORT, Origin, import};
use crate::store::paths;
use crate::text::Raw;
use std::io::Read;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub struct Args {
    /// Approvals of mcp-context-protector, a baseline of mcpsnoop, or a folder of them; by default those in their usual places
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    place: Place,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let store = args.place.store()?;
    let usual = || [paths::context_protector(), paths::mcpsnoop_baselines()];
    let places: Vec<PathBuf> = match args.files.is_empty() {
        true => usual()
            .into_iter()
            .flatten()
            .filter(|path| path.exists())
            .collect(),
        false => args.files.clone(),
    };
    let mut files = Vec::new();
    for place in &places {
        files.extend(in_place(place)?);
    }
    if files.is_empty() {
        anyhow::bail!(
            "nothing to import was found, neither of mcp-context-protector nor of mcpsnoop: name a file or a folder"
        );
    }
    let mut all = Vec::new();
    for file in &files {
        let source = name(file);
        let (bytes, written) = read(file)?;
        let origin = Origin {
            written: &written,
            source: &source,
            address: &|address| trust::address(Raw::from(address)),
        };
        let imported = import(&bytes, &origin)
            .map_err(|why| anyhow::anyhow!("{} was not imported: {why}", shown(file)))?;
        all.push((source, imported));
    }
    for (source, imported) in &all {
        for sentence in &imported.left {
            out::say(&format!("{source}: {sentence}"));
        }
    }
    let now = now();
    let (kept, _) = store.update(|baseline| {
        all.into_iter()
            .map(|(source, imported)| {
                let source = format!("{} ({source})", imported.program);
                imported.accept(baseline, &now, &source)
            })
            .sum::<usize>()
    })?;
    out::say(&format!(
        "Accepted {} from {} into {}.",
        counted(kept, "definition"),
        counted(files.len(), "file"),
        store.shown()
    ));
    Ok(())
}

/// The file itself, or the JSON files of a folder.
fn in_place(place: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed =
        |error: std::io::Error| anyhow::anyhow!("{} cannot be read: {error}", shown(place));
    if !std::fs::metadata(place).map_err(failed)?.is_dir() {
        return Ok(vec![place.to_path_buf()]);
    }
    let mut files: Vec<PathBuf> = std::fs::read_dir(place)
        .map_err(failed)?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    Ok(files)
}

/// The content, and when it was last written.
fn read(file: &Path) -> Result<(Vec<u8>, String), Failure> {
    let failed = |error: std::io::Error| anyhow::anyhow!("{} cannot be read: {error}", shown(file));
    let meta = std::fs::metadata(file).map_err(failed)?;
    if !meta.is_file() || meta.len() > LARGEST_IMPORT {
        anyhow::bail!("{} is no file, or too large to be an approval", shown(file));
    }
    let mut bytes = Vec::new();
    let open = std::fs::File::open(file).map_err(failed)?;
    open.take(LARGEST_IMPORT)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    let written = meta.modified().ok().and_then(|time| {
        let seconds = jiff::Timestamp::try_from(time).ok()?.as_second();
        Some(jiff::Timestamp::from_second(seconds).ok()?.to_string())
    });
    Ok((bytes, written.unwrap_or_else(now)))
}

fn name(file: &Path) -> String {
    Raw::new(
        file.file_name()
            .unwrap_or(file.as_os_str())
            .as_encoded_bytes(),
    )
    .label(80)
}

fn shown(file: &Path) -> String {
    Raw::new(file.as_os_str().as_encoded_bytes()).label(300)
}
