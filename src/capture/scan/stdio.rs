//! A server that is started for the scan and spoken to over its standard streams, in a process group of its own that
//! does not outlive the scan.

mod end;
mod read;

use super::ask::Wire;
use super::message::{Heard, Said, hear};
use super::{Limits, Trouble};
use crate::capture::recorder::{Body, Entry, Marks, Recorder};
use crate::clients::Secret;
use crate::text::{Raw, RawBuf};
use crate::wire::id::Direction;
use read::Line;
use serde_json::{Map, Value};
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// How a server is started.
pub struct Launch<'a> {
    pub argv: &'a [RawBuf],
    pub env: &'a [(RawBuf, Secret)],
    pub cwd: Option<&'a RawBuf>,
}

/// How often it is looked whether everything is to end.
const LOOK: Duration = Duration::from_millis(50);
/// Most questions of a server that are answered.
const ANSWERS: usize = 100;

impl Launch<'_> {
    /// Starts the server, asks it, and sees to it that it ends. The recording is finished.
    pub fn run(
        &self,
        recorder: &Recorder,
        limits: Limits<'_>,
        ask: impl FnOnce(&mut dyn Wire) -> Result<(), Trouble>,
    ) -> Result<(), Trouble> {
        let mut child = match self.spawn() {
            Ok(child) => child,
            Err(error) => {
                let trouble = Trouble::Start(error.to_string());
                recorder.meta("failed", fact("why", trouble.to_string()));
                recorder.finish(Map::new());
                return Err(trouble);
            }
        };
        recorder.meta("spawned", fact("pid", child.id()));
        // A scan that is killed leaves nothing behind either.
        #[cfg(unix)]
        let guard = crate::capture::stdio::guard::Guard::start(child.id(), end::GRACE);
        let streams = read::start(&mut child, recorder);
        let mut process = Process {
            stdin: child.stdin.take(),
            lines: streams.lines,
            recorder,
            limits,
            answered: 0,
            changed: Vec::new(),
        };
        let asked = match unblocked(&process.stdin) {
            Ok(()) => ask(&mut process),
            Err(error) => Err(Trouble::Start(error.to_string())),
        };
        if let Err(trouble) = &asked {
            recorder.meta("failed", fact("why", trouble.to_string()));
        }
        // The end of its input is the sign to end; what it still says is of no use to anyone.
        drop(process.stdin);
        drop(process.lines);
        let facts = end::end(&mut child, &streams.done, limits);
        #[cfg(unix)]
        if let Ok(guard) = guard {
            guard.release();
        }
        recorder.finish(facts);
        asked
    }

    fn spawn(&self) -> io::Result<Child> {
        let (program, args) = self
            .argv
            .split_first()
            .ok_or_else(|| io::Error::other("there is no command"))?;
        let mut command = Command::new(os(program.as_raw())?);
        for arg in args {
            command.arg(os(arg.as_raw())?);
        }
        for (name, value) in self.env {
            let name = os(name.as_raw())?;
            if name.is_empty() || name.as_encoded_bytes().contains(&b'=') {
                return Err(io::Error::other(
                    "a variable of the environment has no proper name",
                ));
            }
            command.env(name, os(value.reveal())?);
        }
        if let Some(cwd) = self.cwd {
            command.current_dir(os(cwd.as_raw())?);
        }
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        {
            use std::os::unix::process::CommandExt;
            command.process_group(0);
        }
        command.spawn()
    }
}

fn fact(name: &str, value: impl Into<Value>) -> Map<String, Value> {
    Map::from_iter([(name.to_owned(), value.into())])
}

/// A text of a configuration as the system takes it.
pub fn os(raw: Raw<'_>) -> io::Result<OsString> {
    if raw.bytes().contains(&0) {
        return Err(io::Error::other("there is a NUL character in it"));
    }
    io::read_to_string(raw.bytes()).map(OsString::from)
}

/// A server that does not read its input must not hold us up.
#[cfg(unix)]
fn unblocked(stdin: &Option<ChildStdin>) -> io::Result<()> {
    use rustix::fs::{OFlags, fcntl_getfl, fcntl_setfl};
    if let Some(stdin) = stdin {
        fcntl_setfl(stdin, fcntl_getfl(stdin)? | OFlags::NONBLOCK)?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn unblocked(_: &Option<ChildStdin>) -> io::Result<()> {
    Ok(())
}

struct Process<'a> {
    stdin: Option<ChildStdin>,
    lines: Receiver<Line>,
    recorder: &'a Recorder,
    limits: Limits<'a>,
    answered: usize,
    changed: Vec<&'static str>,
}

impl Wire for Process<'_> {
    fn ask(&mut self, said: &Said, most: Option<Duration>) -> Result<Vec<u8>, Trouble> {
        let until = most.map_or(self.limits.deadline, |most| {
            self.limits.deadline.min(Instant::now() + most)
        });
        self.send(&said.body, until, said.method)?;
        loop {
            let left = until.saturating_duration_since(Instant::now());
            if self.limits.stopped() {
                return Err(Trouble::Stopped);
            }
            if left.is_zero() {
                return Err(Trouble::Late(said.method));
            }
            match self.lines.recv_timeout(left.min(LOOK)) {
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return Err(Trouble::Ended(said.method)),
                Ok(Line::TooMuch(what)) => return Err(Trouble::TooMuch(what)),
                Ok(Line::Message(message)) => match hear(&message) {
                    Heard::Answer(id) if Some(id) == said.id => return Ok(message),
                    Heard::Question(answer) if self.answered < ANSWERS => {
                        self.answered += 1;
                        self.send(&answer, until, said.method)?;
                    }
                    Heard::Changed(method) => self.changed.push(method),
                    _ => {}
                },
            }
        }
    }

    fn tell(&mut self, said: &Said) -> Result<(), Trouble> {
        self.send(&said.body, self.limits.deadline, said.method)
    }

    fn changes(&mut self) -> Vec<&'static str> {
        std::mem::take(&mut self.changed)
    }

    fn speaks(&mut self, _: &RawBuf) {}
}

impl Process<'_> {
    fn send(&mut self, body: &str, until: Instant, method: &'static str) -> Result<(), Trouble> {
        self.recorder.write(&Entry {
            direction: Direction::C2s,
            body: Body::Bytes(body.as_bytes()),
            http: None,
            marks: Marks::default(),
        });
        let line = format!("{body}\n");
        let mut rest = line.as_bytes();
        let Some(stdin) = &mut self.stdin else {
            return Err(Trouble::Ended(method));
        };
        while !rest.is_empty() {
            match stdin.write(rest) {
                Ok(0) => return Err(Trouble::Ended(method)),
                Ok(count) => rest = &rest[count..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if self.limits.stopped() {
                        return Err(Trouble::Stopped);
                    }
                    if Instant::now() >= until {
                        return Err(Trouble::Late(method));
                    }
                    std::thread::sleep(LOOK / 10);
                }
                // It closed its input; whether it still answers is seen when that is waited for.
                Err(_) => return Ok(()),
            }
        }
        Ok(())
    }
}
