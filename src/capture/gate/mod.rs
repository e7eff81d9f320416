//! The gate: a call is held before it reaches the server until a person, or a time limit, decides.
//!
//! ```text
//! line ─▶ recorded ─▶ judged by the recording so far ─▶ nothing to see: goes on
//!                                                     └ held ─▶ screens (socket) ─▶ a person decides
//!                                                               no screens, or no word in time: the default
//! ```
//!
//! Held are calls, and listings that change a definition which was seen before in the session or accepted into the
//! baseline. Everything else passes at once, in order. What becomes of what was held is in the recording as
//! `meta event:"gate"`, and an answer of the gate's own is marked `injected`.

#[cfg(unix)]
mod answer;
#[cfg(unix)]
mod beside;
#[cfg(unix)]
pub mod client;
#[cfg(unix)]
mod judge;
#[cfg(unix)]
mod message;
#[cfg(unix)]
mod parked;
pub mod protocol;
#[cfg(unix)]
mod shared;
#[cfg(unix)]
mod socket;
#[cfg(all(test, unix))]
mod tests;
#[cfg(unix)]
mod worker;

pub use protocol::{HeldKind, Then};
#[cfg(unix)]
use shared::Shared;

use crate::analysis::Settings;
#[cfg(unix)]
use crate::capture::live;
#[cfg(unix)]
use crate::capture::recorder::Recorder;
#[cfg(unix)]
use std::io;
#[cfg(unix)]
use std::path::Path;
use std::sync::Arc;
#[cfg(unix)]
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Which calls are held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Risk {
    /// Those of which the analysis says something at medium or above.
    Risky,
    All,
    /// Those that break the policy of the settings.
    Policy,
}

/// How the gate decides.
#[derive(Clone)]
pub struct Options {
    pub risk: Risk,
    /// What happens where nobody decides.
    pub then: Then,
    /// How long a person may take.
    pub wait: Duration,
    /// What the analysis goes by.
    pub settings: Arc<Settings>,
    /// Who decides here, as it is told to the client and in the recording.
    pub user: String,
}

/// A gate that is open for screens. Give it to the tap as its [`Hold`](crate::capture::stdio::Hold).
#[cfg(unix)]
pub struct Gate {
    shared: Arc<Shared>,
    socket: Mutex<Option<socket::Socket>>,
    address: live::Gate,
}

#[cfg(unix)]
impl Gate {
    /// Opens the control socket in a folder (that of the running recorders). Nothing is held before the session begins.
    ///
    /// # Errors
    /// Where there can be no socket, or no token that nobody can guess.
    pub fn open(folder: &Path, options: Options) -> io::Result<Gate> {
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|error| io::Error::other(error.to_string()))?;
        let token = blake3::Hash::from_bytes(random).to_hex().to_string();
        let shared = Shared::new(options, folder);
        let socket = socket::Socket::open(folder, &token, &shared)?;
        Ok(Gate {
            shared,
            address: live::Gate {
                socket: socket.path().to_path_buf(),
                token,
            },
            socket: Mutex::new(Some(socket)),
        })
    }

    /// Where it is spoken to, and with what.
    pub fn address(&self) -> live::Gate {
        self.address.clone()
    }

    /// Takes the socket away. Nothing is held any more.
    pub fn close(&self) {
        self.shared.close();
        let mut socket = self.socket.lock().unwrap_or_else(PoisonError::into_inner);
        drop(socket.take());
    }
}

#[cfg(unix)]
impl Drop for Gate {
    fn drop(&mut self) {
        self.close();
    }
}

#[cfg(unix)]
impl crate::capture::stdio::Hold for Gate {
    fn begin(&self, outlets: crate::capture::stdio::Outlets, recorder: &Recorder) {
        self.shared.begin(outlets, recorder);
    }

    fn line(
        &self,
        direction: crate::wire::id::Direction,
        line: &[u8],
    ) -> crate::capture::stdio::Step {
        self.shared.line(direction, line)
    }

    fn held(&self, direction: crate::wire::id::Direction, seq: u64, line: &[u8]) {
        self.shared.held(direction, seq, line);
    }

    fn ended(&self, direction: crate::wire::id::Direction) {
        self.shared.ended(direction);
    }
}
