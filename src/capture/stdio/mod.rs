//! The tap: between a client and the standard streams of a server.
//!
//! Four blocking threads: one a stream, and one for signals. Each stream is read as its bytes come, what was read is
//! recorded, and then passed on as it is, whole lines or not. Neither side can tell that somebody listens: arguments,
//! environment, folder, limits, descriptors, signals, the ends of streams and the exit status are those of a bare pipe.
//! What differs is told here: the server runs in a process group of its own, and when its client is gone it is ended
//! after a grace, with all that it started in that group.

mod label;

#[cfg(unix)]
mod facts;
#[cfg(unix)]
mod flow;
#[cfg(unix)]
mod frame;
#[cfg(unix)]
mod gated;
#[cfg(unix)]
mod group;
#[cfg(unix)]
pub mod guard;
#[cfg(unix)]
mod hold;
#[cfg(unix)]
mod linger;
#[cfg(unix)]
mod listed;
#[cfg(unix)]
mod pump;
#[cfg(unix)]
mod run;
#[cfg(unix)]
mod signals;

#[cfg(unix)]
pub use flow::Traffic;
#[cfg(unix)]
pub use hold::{Hold, Outlet, Outlets, Step};
pub use label::label_of;
#[cfg(unix)]
pub use run::run;
#[cfg(unix)]
pub use signals::die_of;

#[cfg(unix)]
use super::live;
use super::recorder;
use std::ffi::OsString;
#[cfg(unix)]
use std::io;
#[cfg(unix)]
use std::sync::Arc;
use std::time::Duration;

/// What a tap is to do.
pub struct Tap {
    /// The program of the server, and its arguments.
    pub command: Vec<OsString>,
    pub label: String,
    pub options: recorder::Options,
    /// What of the rules for secrets is not in use, for the recording's first line.
    pub notes: Vec<String>,
    /// How long a server may go on after its client is gone, and after it was asked to end.
    pub grace: Duration,
    /// Who holds lines, and where a person speaks to it.
    #[cfg(unix)]
    pub hold: Option<(Arc<dyn Hold>, Option<live::Gate>)>,
}

/// How long a server may go on, unless somebody says otherwise.
pub const GRACE: Duration = Duration::from_secs(5);

/// How a server ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    Code(u8),
    Signal(i32),
}

/// Why there is nothing to listen to.
#[derive(Debug, thiserror::Error)]
pub enum TapError {
    #[error(transparent)]
    Record(#[from] recorder::RecordError),
    #[error("the server {program} could not be started: {why}")]
    Start {
        program: String,
        why: String,
        code: u8,
    },
    #[error("the tap runs on Unix systems only: wrap the server where one is")]
    Unsupported,
}

impl TapError {
    /// The exit code that a shell would give: 127 for a program that is not there, 126 for one that does not start.
    pub fn code(&self) -> Option<u8> {
        match self {
            TapError::Start { code, .. } => Some(*code),
            _ => None,
        }
    }

    #[cfg(unix)]
    fn start(program: &OsString, error: &io::Error) -> TapError {
        let (why, code) = match error.kind() {
            io::ErrorKind::NotFound => (
                "there is no such program; check its name, its path and PATH".to_string(),
                127,
            ),
            io::ErrorKind::PermissionDenied => (
                "it may not be executed; check its permissions".to_string(),
                126,
            ),
            _ => (error.to_string(), 126),
        };
        TapError::Start {
            program: crate::text::Raw::new(program.as_encoded_bytes()).label(200),
            why,
            code,
        }
    }
}

/// Starts the server and stands between it and the client until it ends.
///
/// # Errors
/// On systems that are not Unix.
#[cfg(not(unix))]
pub fn run(_: Tap) -> Result<Ended, TapError> {
    Err(TapError::Unsupported)
}
