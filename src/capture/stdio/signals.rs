//! Signals: what is sent to the tap is meant for the server.

use super::group::Group;
use crate::capture::recorder::limits::ignored;
use rustix::process::{Resource, Rlimit, Signal, getrlimit, setrlimit};
use signal_hook::consts::signal::{
    SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGWINCH,
};
use signal_hook::iterator::Signals;
use signal_hook::low_level::emulate_default_handler;
use std::io;
use std::sync::Arc;
use std::thread;

/// Signals that are passed on. Those that this process was told to ignore stay ignored, here and in the server.
const PASSED: &[i32] = &[
    SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2, SIGWINCH, SIGCONT, SIGTSTP,
];

/// Catches signals from here on; they wait until there is somebody to send them to.
pub fn catch() -> io::Result<Signals> {
    let ignored = ignored();
    Signals::new((PASSED.iter()).filter(|signal| ignored >> (**signal - 1) & 1 == 0))
}

/// Passes signals on to the server.
pub fn pass_on(mut signals: Signals, group: Arc<Group>) -> io::Result<()> {
    let work = move || {
        for number in signals.forever() {
            let Some(signal) = Signal::from_named_raw(number) else {
                continue;
            };
            group.signal(signal);
            if number == SIGTSTP {
                // Stops here, and goes on when it is told to, which the server is told too.
                let _ = emulate_default_handler(number);
            }
        }
    };
    let thread = thread::Builder::new().name("signals".into()).spawn(work);
    thread.map(drop)
}

/// Ends this process as the server ended. Returns where the signal does not do that; a shell's exit code is left then.
pub fn die_of(signal: i32) {
    // The server's core was written, if it was to be; ours would only hide it.
    let limit = getrlimit(Resource::Core);
    let none = Rlimit {
        current: Some(0),
        ..limit
    };
    let _ = setrlimit(Resource::Core, none);
    let _ = emulate_default_handler(signal);
}
