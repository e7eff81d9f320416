//! A file that may not grow further must not end the process that writes it.

/// Makes writing past a limit on the size of files an error instead of the end of the process (`SIGXFSZ`). A handler
/// that does nothing is better than ignoring the signal: programs that are started then do not inherit it.
#[cfg(unix)]
pub fn survive() {
    use std::sync::atomic::AtomicBool;
    use std::sync::{Arc, Once};
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let signal = signal_hook::consts::SIGXFSZ;
        if ignored() >> (signal - 1) & 1 == 0 {
            // Without it, only recordings that hit the limit suffer.
            let _ = signal_hook::flag::register(signal, Arc::new(AtomicBool::new(false)));
        }
    });
}

#[cfg(not(unix))]
pub fn survive() {}

/// The signals that this process ignores, as it may have inherited: bit 0 is signal 1. What is ignored must stay so for
/// the programs that are started, and a handler would undo it. 0 where the system does not tell.
#[cfg(unix)]
pub fn ignored() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok())
        .unwrap_or(0)
}
