//! A session from its first byte to the exit status.

use super::flow::{Flow, Traffic};
use super::gated::GatedPump;
use super::group::Group;
use super::guard::Guard;
use super::hold::{Outlet, Outlets};
use super::linger::{Forced, Linger};
use super::listed;
use super::pump::{Pump, Stopped};
use super::{Ended, Tap, TapError, facts, signals};
use crate::capture::recorder::{Recorder, Start, Transport};
use crate::wire::id::Direction;
use serde_json::{Map, Value};
use std::fs::File;
use std::io;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

/// Starts the server and stands between it and the client until it ends.
///
/// # Errors
/// Where the recording that was asked for cannot be made, or the server cannot be started.
pub fn run(tap: Tap) -> Result<Ended, TapError> {
    tap.options.check()?;
    let Some((program, arguments)) = tap.command.split_first() else {
        return Err(TapError::start(&"".into(), &io::ErrorKind::NotFound.into()));
    };
    let caught = signals::catch();
    let started = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        // Of its own, so that all of it can be ended.
        .process_group(0)
        .spawn();
    let server = started.as_ref().map(Child::id).ok();
    let mut meta = facts::start(&tap.command, server, tap.options.redactor.as_deref());
    if !tap.notes.is_empty() {
        meta.insert("redaction_notes".into(), tap.notes.clone().into());
    }
    let (recorder, _) = Recorder::create(
        Start {
            label: &tap.label,
            transport: Transport::Stdio,
            session: None,
            meta,
        },
        tap.options.clone(),
    );
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            let error = TapError::start(program, &error);
            let mut told = Map::new();
            told.insert("error".into(), error.to_string().into());
            told.insert("code".into(), error.code().into());
            recorder.finish(told);
            return Err(error);
        }
    };
    let group = Arc::new(Group::of(&child));
    if let Ok(caught) = caught {
        // Without the thread, signals still reach whoever shares a group with the client.
        let _ = signals::pass_on(caught, group.clone());
    }
    let session = Session::begin(&tap, &mut child, group.clone(), &recorder);
    let guard = Guard::start(child.id(), tap.grace);
    let beside = listed::begin(
        &tap.label,
        &tap.command,
        tap.hold.as_ref().and_then(|(_, gate)| gate.clone()),
        &recorder,
    );
    group.wait();
    session.drain();
    let status = group.reap(&mut child);
    group.clear(LEFT_BEHIND);
    session.settle(&recorder);
    beside.end();
    let ended = ended(status.as_ref());
    recorder.finish(session.facts(ended));
    if let Ok(guard) = guard {
        guard.release();
    }
    Ok(ended)
}

/// How long those whom a server leaves behind may take to end.
const LEFT_BEHIND: Duration = Duration::from_millis(500);

fn ended(status: Result<&ExitStatus, &io::Error>) -> Ended {
    match status {
        Ok(status) => match (status.code(), status.signal()) {
            (_, Some(signal)) => Ended::Signal(signal),
            (Some(code), None) => Ended::Code(code as u8),
            (None, None) => Ended::Code(1),
        },
        // Somebody else took the status away; how it ended is not known.
        Err(_) => Ended::Code(1),
    }
}

/// The running streams.
struct Session {
    requests: Arc<Flow>,
    answers: Arc<Flow>,
    stderr: Arc<Flow>,
    traffic: Arc<Traffic>,
    forced: Arc<Forced>,
}

impl Session {
    fn begin(tap: &Tap, child: &mut Child, group: Arc<Group>, recorder: &Recorder) -> Session {
        let session = Session {
            requests: Arc::new(Flow::new(Direction::C2s)),
            answers: Arc::new(Flow::new(Direction::S2c)),
            stderr: Arc::new(Flow::new(Direction::Stderr)),
            traffic: Arc::default(),
            forced: Arc::default(),
        };
        let client = Client::take();
        let (stdin, stdout, stderr) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let to_client = client.stdout.map(Arc::new);
        let linger = Linger {
            group,
            traffic: session.traffic.clone(),
            answers: session.answers.clone(),
            stderr: session.stderr.clone(),
            client: to_client.as_ref().map(Arc::downgrade).unwrap_or_default(),
            grace: tap.grace,
            forced: session.forced.clone(),
        };
        let hold = tap.hold.as_ref().map(|(hold, _)| hold.clone());
        if let (Some(stderr), Some(to)) = (stderr, client.stderr) {
            session.pump("stderr", &session.stderr, recorder, stderr.into(), to);
        }
        let (Some(stdin), Some(stdout)) = (stdin, stdout) else {
            return session;
        };
        let (Some(from_client), Some(to_client)) = (client.stdin, to_client) else {
            return session;
        };
        match hold {
            None => {
                session.pump(
                    "answers",
                    &session.answers,
                    recorder,
                    stdout.into(),
                    to_client,
                );
                session.requests(recorder, from_client, stdin.into(), linger);
            }
            Some(hold) => {
                let outlets = Outlets {
                    to_server: Outlet::new(stdin),
                    to_client: Outlet::new(Shared(to_client)),
                    traffic: session.traffic.clone(),
                };
                hold.begin(outlets.clone(), recorder);
                let gated = |direction, from: OwnedFd, to, flow: &Arc<Flow>| GatedPump {
                    direction,
                    from,
                    to,
                    hold: hold.clone(),
                    flow: flow.clone(),
                    traffic: session.traffic.clone(),
                    recorder: recorder.clone(),
                };
                let answers = gated(
                    Direction::S2c,
                    stdout.into(),
                    outlets.to_client,
                    &session.answers,
                );
                let requests = gated(
                    Direction::C2s,
                    from_client,
                    outlets.to_server,
                    &session.requests,
                );
                let flow = session.answers.clone();
                spawn("answers", move || {
                    let stopped = answers.run();
                    drop(answers);
                    flow.end(stopped == Stopped::Refused);
                });
                let flow = session.requests.clone();
                spawn("requests", move || {
                    let stopped = requests.run();
                    drop(requests);
                    flow.end(stopped == Stopped::Refused);
                    linger.run(stopped);
                });
            }
        }
        session
    }

    /// Passes a stream of the server on, in a thread of its own.
    fn pump<To: AsFd + Send + 'static>(
        &self,
        name: &str,
        flow: &Arc<Flow>,
        recorder: &Recorder,
        from: OwnedFd,
        to: To,
    ) {
        let pump = Pump {
            from,
            to,
            flow: flow.clone(),
            traffic: self.traffic.clone(),
            recorder: recorder.clone(),
        };
        let flow = flow.clone();
        spawn(name, move || {
            let stopped = pump.run();
            // Both ends are closed, so that each side learns what became of the other.
            drop(pump);
            flow.end(stopped == Stopped::Refused);
        });
    }

    /// Passes the client's stream on, and waits for the server's end when it is over.
    fn requests(&self, recorder: &Recorder, from: OwnedFd, to: OwnedFd, linger: Linger) {
        let pump = Pump {
            from,
            to,
            flow: self.requests.clone(),
            traffic: self.traffic.clone(),
            recorder: recorder.clone(),
        };
        let flow = self.requests.clone();
        spawn("requests", move || {
            let stopped = pump.run();
            drop(pump);
            flow.end(stopped == Stopped::Refused);
            linger.run(stopped);
        });
    }

    /// After the server has ended: lets what it said arrive. Somebody whom it started may hold its streams open; they
    /// are not waited for when nothing comes any more.
    fn drain(&self) {
        const QUIET: Duration = Duration::from_millis(250);
        const STEP: Duration = Duration::from_millis(5);
        let flows = [&self.answers, &self.stderr];
        let mut quiet = Instant::now();
        let mut reads = [0, 0];
        // The streams of a server that ends are closed at about the same time.
        let mut step = Duration::from_micros(100);
        while !flows.iter().all(|flow| flow.is_done()) {
            let now = flows.map(|flow| flow.reads());
            if now != reads || flows.iter().any(|flow| flow.is_busy()) {
                reads = now;
                quiet = Instant::now();
            }
            if quiet.elapsed() >= QUIET {
                return;
            }
            thread::sleep(step);
            step = (step * 2).min(STEP);
        }
    }

    /// Records what is left of lines that did not end.
    fn settle(&self, recorder: &Recorder) {
        const MOMENT: Duration = Duration::from_millis(200);
        let started = Instant::now();
        while !(self.answers.is_done() && self.stderr.is_done()) && started.elapsed() < MOMENT {
            thread::sleep(Duration::from_millis(1));
        }
        for flow in [&self.requests, &self.answers, &self.stderr] {
            flow.flush(recorder, &self.traffic);
        }
    }

    /// For the last entry.
    fn facts(&self, ended: Ended) -> Map<String, Value> {
        let mut facts = Map::new();
        match ended {
            Ended::Code(code) => facts.insert("code".into(), code.into()),
            Ended::Signal(signal) => facts.insert(
                "signal".into(),
                signal_hook::low_level::signal_name(signal)
                    .map_or(Value::from(signal), Value::from),
            ),
        };
        if let Some(signal) = self.forced.name() {
            facts.insert("ended_by_tap".into(), signal.into());
        }
        for (name, flow) in [
            ("c2s", &self.requests),
            ("s2c", &self.answers),
            ("stderr", &self.stderr),
        ] {
            facts.insert(name.into(), flow.frame().count.into());
        }
        facts
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) {
    // Without its thread a stream does not flow, and its ends, which went with the work, are closed: both sides see a
    // connection that ended.
    let _ = thread::Builder::new().name(name.into()).spawn(work);
}

/// The client's ends. Nothing else in this process can write to them or keep them open.
struct Client {
    stdin: Option<OwnedFd>,
    stdout: Option<OwnedFd>,
    stderr: Option<OwnedFd>,
}

impl Client {
    fn take() -> Client {
        let client = Client {
            stdin: io::stdin().as_fd().try_clone_to_owned().ok(),
            stdout: io::stdout().as_fd().try_clone_to_owned().ok(),
            stderr: io::stderr().as_fd().try_clone_to_owned().ok(),
        };
        // Where there is no such device, the ends stay open until the process ends.
        if let Ok(null) = File::options().read(true).write(true).open("/dev/null") {
            let _ = rustix::stdio::dup2_stdin(&null);
            let _ = rustix::stdio::dup2_stdout(&null);
            let _ = rustix::stdio::dup2_stderr(&null);
        }
        client
    }
}

/// The way to the client, which is also watched.
struct Shared(Arc<OwnedFd>);

impl io::Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        super::pump::write_all(self.0.as_fd(), bytes)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
