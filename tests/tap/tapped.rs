//! Starting servers, with and without a tap.

use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// How long anything may take before a test gives up.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// A state folder of the test's own.
pub struct State(tempfile::TempDir);

impl State {
    pub fn new() -> State {
        State(tempfile::tempdir().expect("a folder"))
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// `plainsight tap OPTIONS -- CMD`
    pub fn tap(&self, options: &[&str], server: &[&str]) -> Command {
        let mut command = self.program(&["tap"]);
        command.args(options).arg("--").args(server);
        command
    }

    pub fn program(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
        command
            .args(arguments)
            .env("XDG_STATE_HOME", self.path())
            .env("HOME", self.path());
        command
    }

    /// The recordings, in the order of their names.
    pub fn recordings(&self) -> Vec<PathBuf> {
        let Ok(entries) = std::fs::read_dir(self.path().join("plainsight/sessions")) else {
            return Vec::new();
        };
        let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
        found.sort();
        found
    }

    /// The only recording.
    pub fn recording(&self) -> PathBuf {
        let mut found = self.recordings();
        assert_eq!(found.len(), 1, "{found:?}");
        found.remove(0)
    }
}

/// How a command went.
#[derive(Debug, PartialEq)]
pub struct Outcome {
    pub stdout: Vec<u8>,
    pub stderr: Vec<u8>,
    pub status: ExitStatus,
}

/// Starts a command with pipes at its streams.
pub fn start(command: &mut Command) -> Child {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts")
}

/// Reads a stream to its end, elsewhere.
pub fn drain(mut from: impl Read + Send + 'static) -> JoinHandle<Vec<u8>> {
    thread::spawn(move || {
        let mut all = Vec::new();
        from.read_to_end(&mut all).expect("it can be read");
        all
    })
}

/// Waits for the end of a process; ends it and fails when it takes too long.
pub fn wait(child: &mut Child) -> ExitStatus {
    let started = Instant::now();
    loop {
        if let Some(status) = child.try_wait().expect("it is ours") {
            return status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("it is ours");
            panic!("it does not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
}

/// Polls until something is so.
pub fn until(what: &str, mut so: impl FnMut() -> bool) {
    let started = Instant::now();
    while !so() {
        assert!(started.elapsed() < PATIENCE, "never: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}

/// Runs a command on an input to its end.
pub fn outcome(command: &mut Command, input: &[u8]) -> Outcome {
    let mut child = start(command);
    let mut stdin = child.stdin.take().expect("piped");
    let stdout = drain(child.stdout.take().expect("piped"));
    let stderr = drain(child.stderr.take().expect("piped"));
    let input = input.to_vec();
    let feed = thread::spawn(move || {
        // A server may well end before it has read everything.
        let _ = stdin.write_all(&input);
    });
    let status = wait(&mut child);
    feed.join().expect("fed");
    Outcome {
        stdout: stdout.join().expect("read"),
        stderr: stderr.join().expect("read"),
        status,
    }
}

/// Whether a process is there and no zombie.
pub fn is_there(pid: u32) -> bool {
    match std::fs::read_to_string(format!("/proc/{pid}/stat")) {
        Ok(stat) => {
            let state = stat.rsplit(')').next().unwrap_or_default();
            !state.trim_start().starts_with(['Z', 'X'])
        }
        Err(_) if Path::new("/proc/self").exists() => false,
        Err(_) => Command::new("kill")
            .args(["-0", &pid.to_string()])
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success()),
    }
}

pub fn signal(pid: u32, name: &str) {
    let sent = Command::new("kill")
        .args(["-s", name, &pid.to_string()])
        .status();
    assert!(sent.expect("kill starts").success());
}
