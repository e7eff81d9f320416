//! What is left behind when the tap itself is killed: a small process of its own that holds one end of a pipe. When the
//! other end, which only the tap has, closes without a word, it ends the server's group.

use super::group;
use rustix::process::Pid;
use std::ffi::OsString;
use std::io::{self, PipeWriter, Read, Write};
use std::os::unix::process::CommandExt;
use std::process::{Command, Stdio};
use std::time::Duration;

/// The verb of the command line that becomes a guard; its argument is the number of the group and the grace in
/// milliseconds.
pub const VERB: &str = "__guard";

/// A guard that was started. Must be released when the tap ends.
pub struct Guard {
    word: PipeWriter,
}

impl Guard {
    /// Starts the guard of a server.
    ///
    /// # Errors
    /// Where no process can be started. A server that hears the end of its input ends without a guard, too.
    pub fn start(server: u32, grace: Duration) -> io::Result<Guard> {
        let (theirs, word) = io::pipe()?;
        let mut command = Command::new(own_program()?);
        command
            .arg0("plainsight")
            .args([VERB, &server.to_string(), &grace.as_millis().to_string()])
            .stdin(Stdio::from(theirs))
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .current_dir("/")
            // Whoever ends the tap's group should not end its guard.
            .process_group(0);
        // It ends by itself, and nobody waits for it.
        let _child = command.spawn()?;
        Ok(Guard { word })
    }

    /// Nothing is left to guard.
    pub fn release(mut self) {
        // If it is gone already, so is the need for it.
        let _ = self.word.write_all(b".");
    }
}

/// The program that runs, even if another was installed in its place since.
fn own_program() -> io::Result<std::path::PathBuf> {
    #[cfg(target_os = "linux")]
    if std::fs::symlink_metadata("/proc/self/exe").is_ok() {
        return Ok("/proc/self/exe".into());
    }
    std::env::current_exe()
}

/// What the guard does: waits for a word, or for the end of the tap. `arguments` are those behind [`VERB`].
pub fn watch(arguments: &[OsString]) {
    let number = |n: usize| arguments.get(n)?.to_str()?.parse::<u32>().ok();
    let leader = number(0)
        .and_then(|n| i32::try_from(n).ok())
        .filter(|n| *n > 1)
        .and_then(Pid::from_raw);
    let (Some(leader), Some(grace)) = (leader, number(1)) else {
        return;
    };
    let grace = Duration::from_millis(grace.into());
    let mut word = [0];
    match io::stdin().read(&mut word) {
        Ok(0) => {}
        _ => return,
    }
    // The server has seen the end of its input, too.
    if !group::wait_for(leader, grace) {
        group::clear(leader, grace);
    }
}
