//! Where the clients and servers are, and how they are run.

use plainsight::session::{RowId, load, study};
use plainsight::session::{SourceArg, SourceId};
use plainsight::wire::id::MessageKind;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, Once};
use std::time::{Duration, Instant};
use tempfile::TempDir;

#[derive(Clone, Copy)]
pub enum Transport {
    Stdio,
    /// The path of its endpoint.
    Http(&'static str),
    Sse(&'static str),
}

/// One comparison: its own home, and a folder for the servers to work on.
pub struct Bench {
    name: String,
    tools: PathBuf,
    home: TempDir,
    folder: TempDir,
}

/// Longest that anything here may take.
const PATIENCE: Duration = Duration::from_secs(120);

impl Bench {
    /// `None`, saying so, where the clients and servers are not installed.
    pub fn new(name: &str) -> Option<Bench> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let tools = root.join("target/e2e");
        if !tools.join("venv/bin/mcp-server-git").exists()
            || !tools.join("node_modules/.bin").exists()
        {
            eprintln!(
                "skipped: the real clients and servers are not installed; tests/e2e/setup.sh does it"
            );
            return None;
        }
        // The module's own folder is where node looks for what it needs.
        static CLIENT: Once = Once::new();
        CLIENT.call_once(|| {
            std::fs::copy(root.join("tests/e2e/client.mjs"), tools.join("client.mjs"))
                .expect("the client is copied");
        });
        let folder = TempDir::new().expect("a folder");
        let git = |args: &[&str]| {
            let mut git = Command::new("git");
            git.args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
                .args(args)
                .current_dir(folder.path());
            assert!(
                git.output().expect("git runs").status.success(),
                "git {args:?}"
            );
        };
        git(&["init", "--quiet", "--initial-branch", "main"]);
        git(&[
            "commit",
            "--quiet",
            "--allow-empty",
            "--message",
            "first",
            "--date",
            "2026-01-01T00:00:00Z",
        ]);
        Some(Bench {
            name: name.to_owned(),
            tools,
            home: TempDir::new().expect("a home"),
            folder,
        })
    }

    /// A word of a command line, as it is here.
    fn word(&self, word: &str, port: u16) -> String {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let path = match word {
            "python" | "mcp-server-git" | "mcp-server-time" => {
                self.tools.join("venv/bin").join(word)
            }
            "mcp-server-everything" | "mcp-server-filesystem" => {
                self.tools.join("node_modules/.bin").join(word)
            }
            "client.mjs" => self.tools.join(word),
            "client.py" | "server.py" => root.join("tests/e2e").join(word),
            "{folder}" => self.folder.path().to_path_buf(),
            "{port}" => return port.to_string(),
            other => return other.to_owned(),
        };
        path.to_str().expect("a path of UTF-8").to_owned()
    }

    fn command(&self, words: &[&str], port: u16) -> Command {
        let words: Vec<String> = words.iter().map(|word| self.word(word, port)).collect();
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .env("XDG_STATE_HOME", self.home.path())
            .env("E2E_FOLDER", self.folder.path())
            .env("PORT", port.to_string())
            .stdin(Stdio::null());
        command
    }

    /// What the client prints.
    pub fn client(&self, client: &[&str], kind: &[&str], server: &[&str]) -> Vec<String> {
        let words: Vec<&str> = [client, kind, server].concat();
        let mut child = self
            .command(&words, 0)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the client starts");
        let out = child.stdout.take().expect("it is a pipe");
        let reader =
            std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).collect());
        wait(&mut child);
        reader.join().expect("the output is read")
    }

    /// The same server behind the tap.
    pub fn tapped<'a>(&'a self, server: &[&'a str]) -> Vec<&'a str> {
        let mut words = vec![
            env!("CARGO_BIN_EXE_plainsight"),
            "tap",
            "--name",
            &self.name,
            "--",
        ];
        words.extend(server);
        words
    }

    /// Starts a server that listens on a port.
    pub fn serve(&self, server: &[&str], path: &str) -> Running {
        let port = free_port();
        let child = self
            .command(server, port)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts");
        let running = Running {
            child,
            url: format!("http://127.0.0.1:{port}{path}"),
        };
        let until = Instant::now() + PATIENCE;
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(Instant::now() < until, "the server does not listen");
            std::thread::sleep(Duration::from_millis(20));
        }
        running
    }

    /// Starts the proxy before a server.
    pub fn proxy(&self, upstream: &str) -> Running {
        let words = [
            env!("CARGO_BIN_EXE_plainsight"),
            "proxy",
            "--upstream",
            upstream,
            "--listen",
            "127.0.0.1:0",
            "--name",
            &self.name,
        ];
        let mut child = self
            .command(&words, 0)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the proxy starts");
        let mut url = String::new();
        let mut out = BufReader::new(child.stdout.take().expect("it is a pipe"));
        out.read_line(&mut url).expect("the proxy says its address");
        Running {
            child,
            url: url.trim().to_owned(),
        }
    }

    /// Every line could be read, nothing was dropped, every request has its answer (but for those that the client
    /// cancelled), and there are as many messages as there must be.
    pub fn recording_is_complete(&self, least: u64) {
        let folder = self.home.path().join("plainsight/sessions");
        let session = load::whole(&[SourceArg::Path(folder)], load::Options::default())
            .expect("the recording opens");
        while study::advance(&session, &mut study::Nobody) > 0 {}
        let session = load::lock_read(&session);
        let sources = session.sources();
        let messages: u64 = sources.iter().map(|source| source.messages).sum();
        assert!(messages >= least, "{}: only {messages} messages", self.name);
        assert_eq!(session.dropped(), 0);
        for (n, source) in sources.iter().enumerate() {
            assert_eq!(
                (source.unreadable, &source.notes),
                (0, &Vec::new()),
                "{}",
                source.name()
            );
            assert_eq!(
                session.cut_short(SourceId(n as u16)),
                0,
                "{} has no end",
                source.name()
            );
        }
        let cancelled = |id: RowId| session.method(id).bytes() == b"notifications/cancelled";
        let all = || (0..session.len() as u32).map(RowId);
        let unanswered = all().filter(|id| {
            let row = session.row(*id);
            row.kind == MessageKind::Request && row.pair().is_none()
        });
        let listening = unanswered
            .clone()
            .filter(|id| session.method(*id).bytes() == b"subscriptions/listen");
        let cancels = all().filter(|id| cancelled(*id)).count() + listening.count();
        assert!(
            unanswered.count() <= cancels,
            "{}: a request has no answer",
            self.name
        );
    }
}

/// A port that nobody listens on; never the same twice, because tests run side by side.
fn free_port() -> u16 {
    static GIVEN: Mutex<BTreeSet<u16>> = Mutex::new(BTreeSet::new());
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        if GIVEN.lock().expect("nobody panicked").insert(port) {
            return port;
        }
    }
}

/// A process that ends with its test.
pub struct Running {
    child: Child,
    pub url: String,
}

impl Running {
    /// Asks it to end, and waits until it has.
    pub fn end(mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").args(["-TERM", &pid]).status();
        assert!(asked.is_ok_and(|status| status.success()));
        wait(&mut self.child);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn wait(child: &mut Child) {
    let until = Instant::now() + PATIENCE;
    while child.try_wait().expect("it is our child").is_none() {
        if Instant::now() > until {
            let _ = child.kill();
            panic!("it does not end");
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}
