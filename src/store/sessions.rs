//! The recordings on this machine, newest first: those of our own recorder, and what clients keep.

mod details;
mod project;
mod walk;

pub use details::{Details, Looked, calls_of, details};
pub use walk::{Looking, by_id, clients, find};

use crate::session::SourceArg;
use crate::text::Raw;
use std::path::PathBuf;
use std::time::SystemTime;

/// A file that lies where recordings lie and is named as they are.
#[derive(Clone, Debug)]
pub struct Found {
    pub path: PathBuf,
    /// Who keeps recordings there: `plainsight`, `mcpsnoop`, `this folder`, or a client by its name.
    pub keeper: &'static str,
    /// The same as in `--client`.
    pub client: &'static str,
    /// What `plainsight ID` opens; no two have the same.
    pub id: String,
    pub bytes: u64,
    pub modified: SystemTime,
}

impl Found {
    /// The file's name, safe to print.
    pub fn name(&self) -> String {
        Raw::new(self.path.file_name().unwrap_or_default().as_encoded_bytes()).label(80)
    }

    pub fn source(&self) -> SourceArg {
        SourceArg::Path(self.path.clone())
    }
}
