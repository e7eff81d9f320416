//! Why a source could not be opened.

use super::source::show;
use std::fs;
use std::io;
use std::path::Path;

/// Why a source could not be opened. Every message says what, where and what to do; the path in it is safe to print.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error(
        "{path}: there is no such file or folder. Check the name, or run `plainsight sessions` to see recordings on this machine."
    )]
    Missing { path: String },
    #[error("{path}: this is a link to {target}, which is not there. Check where it should lead.")]
    Dangling { path: String, target: String },
    #[error("{path}: this link leads back to itself. Name the file that is meant.")]
    Loop { path: String },
    #[error("{path}: permission denied. Ask its owner, or open a copy that you may read.")]
    Denied { path: String },
    #[error(
        "{path}: the folder holds no recordings. A recording is a file of JSON messages; name one, or another folder."
    )]
    NoRecordings { path: String },
    #[error(
        "{path}: this is {what}, not a recording. Name a file, a folder, or `-` for standard input."
    )]
    NotAFile { path: String, what: &'static str },
    #[error(
        "{path}: not a recording that plainsight knows ({looks}). Formats: {formats}. If you are sure of one, name it with --format (for check, --input-format)."
    )]
    Unknown {
        path: String,
        looks: String,
        formats: String,
    },
    #[error("{path}: cannot be read: {error}")]
    Io { path: String, error: io::Error },
    #[error("standard input is a terminal: pipe a recording into it, or name a file.")]
    Terminal,
    #[error("there is no format called `{0}`. Formats: {1}.")]
    NoFormat(String, String),
}

impl OpenError {
    pub(super) fn io(path: &Path, error: io::Error) -> Self {
        let shown = show(path);
        match error.kind() {
            io::ErrorKind::NotFound => match fs::read_link(path) {
                Ok(target) => OpenError::Dangling {
                    path: shown,
                    target: show(&target),
                },
                Err(_) => OpenError::Missing { path: shown },
            },
            io::ErrorKind::PermissionDenied => OpenError::Denied { path: shown },
            _ if is_loop(&error) => OpenError::Loop { path: shown },
            _ => OpenError::Io { path: shown, error },
        }
    }
}

/// Links that lead to each other (`ELOOP`, which has no stable name in the standard library).
fn is_loop(error: &io::Error) -> bool {
    let code = if cfg!(target_os = "linux") { 40 } else { 62 };
    cfg!(unix) && error.raw_os_error() == Some(code)
}
