//! The side of a person's screens: connects to a gate, hears what it holds, says what was decided.

use super::protocol::{Asked, Decision, LONGEST, Told};
use crate::capture::live;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::net::UnixStream;
use std::time::Duration;

/// What is heard of a gate. Reading it blocks.
pub struct Hearing {
    stream: BufReader<UnixStream>,
}

/// What can be said to a gate, from any thread.
pub struct Saying {
    stream: UnixStream,
}

/// Longest that a gate may leave what it is told unread.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connects to a gate and says the token.
///
/// # Errors
/// Where nobody listens any more, or the socket may not be used.
pub fn connect(gate: &live::Gate) -> io::Result<(Hearing, Saying)> {
    let stream = UnixStream::connect(&gate.socket)?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut saying = Saying {
        stream: stream.try_clone()?,
    };
    saying.say(&Asked::Hello {
        token: gate.token.clone(),
    })?;
    let hearing = Hearing {
        stream: BufReader::new(stream),
    };
    Ok((hearing, saying))
}

impl Hearing {
    /// The next thing that the gate tells; `None` when it is gone.
    ///
    /// # Errors
    /// Where the connection breaks, or what comes is not of a gate.
    pub fn hear(&mut self) -> io::Result<Option<Told>> {
        let mut line = Vec::new();
        let read = (&mut self.stream)
            .take(LONGEST)
            .read_until(b'\n', &mut line)?;
        if read == 0 {
            return Ok(None);
        }
        Ok(Some(serde_json::from_slice(&line)?))
    }
}

impl Saying {
    /// Says what a person decided. Whether it came in time is heard, not returned.
    ///
    /// # Errors
    /// Where the gate is gone.
    pub fn decide(&mut self, hold: u64, decision: Decision) -> io::Result<()> {
        self.say(&Asked::Decide { hold, decision })
    }

    fn say(&mut self, asked: &Asked) -> io::Result<()> {
        let mut line = serde_json::to_vec(asked)?;
        line.push(b'\n');
        self.stream.write_all(&line)
    }
}
