//! The gate's own side of the control socket.

use super::Shared;
use super::protocol::{Asked, LONGEST, Told};
use crate::capture::live;
use std::fs::{self, Permissions};
use std::io::{self, BufRead, BufReader, Read, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tempfile::TempDir;

/// Longest path that every system takes for a socket.
const LONGEST_PATH: usize = 100;
/// Most screens at once, and how long one may take to say the token, or leave what it is told unread.
const MOST: usize = 16;
const PATIENCE: Duration = Duration::from_secs(5);
/// Most words that wait for a screen.
const BACKLOG: usize = 1024;

/// The socket, as long as it is open.
pub struct Socket {
    path: PathBuf,
    /// Where the state folder's own path is too long.
    _short: Option<TempDir>,
}

impl Socket {
    /// Opens a socket that only this user may use, in a folder that only this user may enter, and listens to it from a
    /// thread of its own until it is dropped.
    ///
    /// # Errors
    /// Where that cannot be done.
    pub fn open(folder: &Path, token: &str, shared: &Arc<Shared>) -> io::Result<Socket> {
        live::make_private(folder)?;
        sweep(folder);
        // The token is secret; what a hash says of it is not.
        let name = format!(
            "gate-{}.sock",
            &blake3::hash(token.as_bytes()).to_hex()[..16]
        );
        let (path, short) = match folder.join(name) {
            path if path.as_os_str().len() <= LONGEST_PATH => (path, None),
            // Such folders are made with mode 0700.
            _ => {
                let short = tempfile::Builder::new()
                    .prefix("plainsight-")
                    .permissions(Permissions::from_mode(0o700))
                    .tempdir()?;
                (short.path().join("gate.sock"), Some(short))
            }
        };
        let listener = UnixListener::bind(&path)?;
        fs::set_permissions(&path, Permissions::from_mode(0o600))?;
        let socket = Socket {
            path,
            _short: short,
        };
        let (shared, token) = (Arc::downgrade(shared), token.to_string());
        std::thread::Builder::new()
            .name("gate".into())
            .spawn(move || listen(&listener, &shared, &token))?;
        Ok(socket)
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        // Whoever waits for a screen wakes up, and finds that the gate is gone.
        let _ = UnixStream::connect(&self.path);
        let _ = fs::remove_file(&self.path);
    }
}

/// Takes away the sockets of taps that were killed.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for path in entries.flatten().take(256).map(|entry| entry.path()) {
        let is_socket = path.extension().is_some_and(|ending| ending == "sock");
        let dead = || matches!(UnixStream::connect(&path), Err(e) if e.kind() == io::ErrorKind::ConnectionRefused);
        if is_socket && dead() {
            let _ = fs::remove_file(&path);
        }
    }
}

fn listen(listener: &UnixListener, shared: &Weak<Shared>, token: &str) {
    let open = Arc::new(AtomicUsize::new(0));
    for stream in listener.incoming() {
        let Some(shared) = shared.upgrade().filter(|shared| !shared.is_closed()) else {
            return;
        };
        let Ok(stream) = stream else {
            // Out of descriptors, most likely: it passes.
            std::thread::sleep(Duration::from_millis(50));
            continue;
        };
        if open.fetch_add(1, Ordering::Relaxed) >= MOST {
            open.fetch_sub(1, Ordering::Relaxed);
            continue;
        }
        let (token, shared, done) = (
            token.to_string(),
            Arc::downgrade(&shared),
            Arc::clone(&open),
        );
        let spawned = std::thread::Builder::new()
            .name("gate".into())
            .spawn(move || {
                // Whatever goes wrong with one screen ends that one.
                let _ = serve(stream, &shared, &token);
                done.fetch_sub(1, Ordering::Relaxed);
            });
        if spawned.is_err() {
            open.fetch_sub(1, Ordering::Relaxed);
        }
    }
}

/// One screen, from its first word to its last.
fn serve(stream: UnixStream, shared: &Weak<Shared>, token: &str) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let mut reader = BufReader::new(stream.try_clone()?);
    let Some(Asked::Hello { token: said }) = next(&mut reader)? else {
        return Ok(());
    };
    // Hashes are compared in a time that says nothing of where they differ.
    if blake3::hash(said.as_bytes()) != blake3::hash(token.as_bytes()) {
        return Ok(());
    }
    stream.set_read_timeout(None)?;
    let (sender, told) = sync_channel(BACKLOG);
    let Some(screen) = shared.upgrade().map(|shared| shared.enter(sender)) else {
        return Ok(());
    };
    let writer = std::thread::Builder::new()
        .name("gate".into())
        .spawn(move || write(&stream, &told))?;
    while let Ok(Some(asked)) = next(&mut reader) {
        let Some(shared) = shared.upgrade() else {
            break;
        };
        if let Asked::Decide { hold, decision } = asked {
            shared.decide(screen, hold, decision);
        }
    }
    if let Some(shared) = shared.upgrade() {
        shared.leave(screen);
    }
    // The writer ends when nobody can tell it anything any more.
    let _ = writer.join();
    Ok(())
}

fn write(mut stream: &UnixStream, told: &Receiver<Told>) {
    for told in told {
        let Ok(mut line) = serde_json::to_vec(&told) else {
            continue;
        };
        line.push(b'\n');
        if stream.write_all(&line).is_err() {
            break;
        }
    }
    // The reading side wakes up.
    let _ = stream.shutdown(std::net::Shutdown::Both);
}

/// The next thing that is asked; `None` at the end.
fn next(reader: &mut impl BufRead) -> io::Result<Option<Asked>> {
    let mut line = Vec::new();
    if reader.take(LONGEST).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&line)?))
}
