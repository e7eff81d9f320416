//! What a person made of a case, as a report tells it.

use super::Marks;
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The reviewer's part of a report.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// What the case is called.
    pub name: String,
    pub marks: Marks,
    /// Who writes the report, and when, in RFC 3339.
    pub by: String,
    pub at: String,
    /// SHA-256 of each source, in the order of the session; `None` where there is no file.
    pub hashes: Vec<Option<String>>,
}

/// The SHA-256 of a file, in hexadecimal.
///
/// # Errors
/// When it cannot be read.
pub fn sha256(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => break,
            read => hasher.update(&buffer[..read]),
        }
    }
    let digest = hasher.finalize();
    Ok(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}
