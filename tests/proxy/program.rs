//! The proxy as a process.

use crate::client::Client;
use crate::until;
use plainsight::session::load::{self, lock_read};
use plainsight::session::{Session, SharedSession, SourceArg, study};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::RwLockReadGuard;
use tempfile::TempDir;

pub struct Proxy {
    child: Running,
    pub url: String,
    pub address: SocketAddr,
    home: TempDir,
}

/// A process that does not outlive its test, however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// The program with a state folder of its own.
pub fn command(home: &TempDir, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsight"));
    command
        .env("XDG_STATE_HOME", home.path())
        .env("HOME", home.path())
        .arg("proxy")
        .args(args);
    command
}

/// Runs a proxy that is not expected to start.
pub fn refused(args: &[&str]) -> Output {
    let home = tempfile::tempdir().unwrap();
    command(&home, args).output().unwrap()
}

impl Proxy {
    pub fn before(upstream: &str) -> Proxy {
        Proxy::with(upstream, &[])
    }

    pub fn with(upstream: &str, args: &[&str]) -> Proxy {
        Proxy::started(upstream, args, |_| {})
    }

    pub fn started(upstream: &str, args: &[&str], set: impl Fn(&mut Command)) -> Proxy {
        let home = tempfile::tempdir().unwrap();
        let own = ["--upstream", upstream, "--listen", "127.0.0.1:0"];
        let mut command = command(&home, &[&own[..], &["--name", "lab"], args].concat());
        set(&mut command);
        Proxy::spawn(command, home)
    }

    /// One that a shell started after this command.
    pub fn limited(limit: &str, upstream: &str) -> Proxy {
        let home = tempfile::tempdir().unwrap();
        let own = ["--upstream", upstream, "--listen", "127.0.0.1:0"];
        let program = command(&home, &own);
        let mut shell = Command::new("sh");
        shell
            .args(["-c", &format!("{limit}; exec \"$@\""), "sh"])
            .arg(program.get_program())
            .args(program.get_args());
        for (name, value) in program.get_envs() {
            shell.env(name, value.unwrap());
        }
        Proxy::spawn(shell, home)
    }

    fn spawn(mut command: Command, home: TempDir) -> Proxy {
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = Running(command.spawn().unwrap());
        let mut url = String::new();
        let out = child.0.stdout.as_mut().unwrap();
        BufReader::new(out).read_line(&mut url).unwrap();
        let authority = url.trim_start_matches("http://").split('/').next();
        Proxy {
            child,
            address: authority.unwrap().trim().parse().unwrap(),
            url: url.trim_end().to_string(),
            home,
        }
    }

    pub fn client(&self) -> Client {
        Client::connect(self.address)
    }

    pub fn recordings(&self) -> Vec<PathBuf> {
        let folder = self.home.path().join("plainsight/sessions");
        let Ok(entries) = std::fs::read_dir(folder) else {
            return Vec::new();
        };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    /// How many sessions are told to be recorded now.
    pub fn running(&self) -> usize {
        let folder = self.home.path().join("plainsight/live");
        std::fs::read_dir(folder).map_or(0, |entries| entries.count())
    }

    /// What was recorded so far, as text.
    pub fn recorded(&self) -> String {
        let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
        self.recordings().iter().map(read).collect()
    }

    /// The most memory that it ever had, in kilobytes. `None` where the system does not tell.
    pub fn peak_memory(&self) -> Option<u64> {
        let path = format!("/proc/{}/status", self.child.0.id());
        let status = std::fs::read_to_string(path).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))?;
        line.trim().trim_end_matches(" kB").parse().ok()
    }

    /// Waits until a text stands in the recordings.
    pub fn wait_for_record(&self, text: &str) {
        until(&format!("{text} was not recorded"), || {
            self.recorded().contains(text)
        });
    }

    pub fn stop(self) -> Stopped {
        self.stop_by(Signal::INT)
    }

    pub fn stop_by(mut self, signal: Signal) -> Stopped {
        kill_process(Pid::from_child(&self.child.0), signal).unwrap();
        let status = self.child.0.wait().unwrap();
        assert_eq!(status.code(), Some(0), "{status}");
        let mut stderr = String::new();
        let mut err = self.child.0.stderr.take().unwrap();
        err.read_to_string(&mut stderr).unwrap();
        assert_eq!(self.running(), 0, "no session is told to be recorded");
        Stopped {
            paths: self.recordings(),
            stderr,
            _home: self.home,
        }
    }
}

/// What is left of a proxy that ended.
pub struct Stopped {
    pub paths: Vec<PathBuf>,
    pub stderr: String,
    _home: TempDir,
}

impl Stopped {
    /// The lines of each recording, by the time of its first.
    pub fn lines(&self) -> Vec<Vec<Value>> {
        let mut all: Vec<Vec<Value>> = self
            .paths
            .iter()
            .map(|path| {
                let text = std::fs::read_to_string(path).unwrap();
                let line = |line| serde_json::from_str(line).expect("each line is JSON");
                text.lines().map(line).collect()
            })
            .collect();
        all.sort_by_key(|lines: &Vec<Value>| lines[0]["ts"].to_string());
        for lines in &all {
            assert_eq!(lines[0]["raw"]["event"], "start");
            let last = &lines[lines.len() - 1]["raw"];
            assert_eq!(
                (&last["event"], &last["dropped"]),
                (&"exit".into(), &0.into())
            );
            for (n, line) in lines.iter().enumerate() {
                assert_eq!(line["seq"], n as u64 + 1);
            }
        }
        all
    }

    /// The lines of the only recording.
    pub fn only(&self) -> Vec<Value> {
        let mut all = self.lines();
        assert_eq!(all.len(), 1, "{:?}", self.paths);
        all.remove(0)
    }

    pub fn text(&self) -> String {
        let read = |path: &PathBuf| std::fs::read_to_string(path).unwrap();
        self.paths.iter().map(read).collect()
    }

    /// All recordings as one session, read to the end.
    pub fn session(&self) -> Opened {
        let args: Vec<SourceArg> = self.paths.iter().cloned().map(SourceArg::Path).collect();
        let session = load::whole(&args, load::Options::default()).unwrap();
        while study::advance(&session, &mut study::Nobody) > 0 {}
        Opened(session)
    }
}

pub struct Opened(SharedSession);

impl Opened {
    pub fn get(&self) -> RwLockReadGuard<'_, Session> {
        lock_read(&self.0)
    }
}

/// Lines that went this way and have a body or a status.
pub fn went<'l>(lines: &'l [Value], direction: &str) -> Vec<&'l Value> {
    let so = |line: &&Value| line["direction"] == direction;
    lines.iter().filter(so).collect()
}
