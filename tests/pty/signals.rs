//! However it ends, the terminal is as it was before.

use super::terminal::Terminal;
use std::time::Duration;

fn ends_by(signal: &str) {
    let mut terminal = Terminal::start(&["demo"], 100, 30);
    terminal.wait_for("1 Findings");
    terminal.signal(signal);
    assert_eq!(terminal.wait(), Some(0), "{signal} ends it");
    terminal.assert_restored();
}

#[test]
fn sigterm() {
    ends_by("TERM");
}

#[test]
fn sighup() {
    ends_by("HUP");
}

/// The state letter of a process: `T` is stopped.
#[cfg(target_os = "linux")]
fn state(pid: u32) -> char {
    let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).expect("the process is there");
    let after_name = stat.rsplit(')').next().expect("a name in parentheses");
    after_name.trim_start().chars().next().expect("a state")
}

#[test]
#[cfg(target_os = "linux")]
fn suspends_and_resumes() {
    let mut terminal = Terminal::start(&["demo"], 100, 30);
    terminal.wait_for("1 Findings");
    terminal.keys("\x1a");
    let mut tries = 0;
    while state(terminal.pid()) != 'T' {
        tries += 1;
        assert!(tries < 200, "ctrl-z does not stop the program");
        std::thread::sleep(Duration::from_millis(20));
    }
    terminal.settle();
    terminal.assert_restored();
    terminal.signal("CONT");
    terminal.settle();
    assert!(terminal.alternate_screen(), "the screens are back");
    terminal.wait_for("1 Findings");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
}

/// An idle program uses no processor: its clock ticks stand still.
#[test]
#[cfg(target_os = "linux")]
fn idle_uses_no_processor() {
    let terminal = Terminal::start(&["demo"], 100, 30);
    terminal.wait_for("1 Findings");
    std::thread::sleep(Duration::from_secs(2));
    let ticks = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", terminal.pid()))
            .expect("the process is there");
        let fields: Vec<u64> = stat
            .rsplit(')')
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|n| n.parse().ok())
            .collect();
        fields.iter().sum::<u64>()
    };
    let before = ticks();
    std::thread::sleep(Duration::from_secs(2));
    // A tick is 10 ms: one in two seconds is half a percent.
    assert!(
        ticks() - before <= 1,
        "{} ticks in two idle seconds",
        ticks() - before
    );
}
