//! What kind of recording a file is, and how sure that is.

use super::OpenError;
use super::source::head;
use super::unpack::Packing;
use crate::formats::{self, Detected};
use std::fs::File;
use std::path::Path;

/// What is known of a file by its first bytes.
pub struct Recognised {
    /// What was taken off, outermost first.
    pub packings: Vec<&'static str>,
    /// Every format with its score.
    pub detected: Detected,
    /// The first bytes without the packings.
    pub head: Vec<u8>,
}

/// Looks at a file. A packed one is unpacked for it, unless it is longer than `most_packed` bytes: then it is not known.
///
/// # Errors
/// Where it cannot be read.
pub fn recognise(path: &Path, most_packed: u64) -> Result<Recognised, OpenError> {
    let fail = |error| OpenError::io(path, error);
    let mut file = super::source::regular(path)?;
    let mut packings = Vec::new();
    let mut begin = head(&file).map_err(fail)?;
    for _ in 0..2 {
        let Some(packing) = Packing::of(&begin) else {
            break;
        };
        packings.push(packing.name());
        if size(&file) > most_packed {
            begin.clear();
            break;
        }
        file = packing.unpack(&file).map_err(fail)?.file;
        begin = head(&file).map_err(fail)?;
    }
    Ok(Recognised {
        packings,
        detected: formats::detect(&begin),
        head: begin,
    })
}

fn size(file: &File) -> u64 {
    file.metadata().map_or(0, |meta| meta.len())
}
