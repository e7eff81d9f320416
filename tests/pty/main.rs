#![cfg(unix)]
//! The program in a terminal: started in a pty, driven by keys, judged by what a terminal makes of its bytes.

mod cases;
mod complaints;
mod hostile;
mod live;
mod signals;
mod terminal;
mod tour;

use std::time::Duration;
use terminal::Terminal;

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn opens_steps_and_leaves_everything_as_it_was() {
    let mut terminal = Terminal::start(&["demo"], 120, 36);
    terminal.wait_for("1 Findings");
    assert!(
        terminal.alternate_screen(),
        "the screens are drawn beside the scrollback"
    );
    terminal.keys("2");
    terminal.wait_for("list_dir");
    terminal.keys("]");
    terminal.keys("3");
    terminal.wait_for("weather");
    terminal.keys("?");
    terminal.wait_for("Keys in Tools");
    terminal.keys("\x1b");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
}

#[test]
fn a_screen_of_any_size_is_drawn() {
    let mut terminal = Terminal::start(&["demo"], 120, 36);
    terminal.wait_for("1 Findings");
    for (columns, rows) in [(20, 5), (1, 1), (60, 16), (200, 60)] {
        terminal.resize(columns, rows);
        terminal.settle();
    }
    terminal.wait_for("1 Findings");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
}

#[test]
fn without_a_terminal_it_says_what_to_do() {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_plainsight"))
        .arg("demo")
        .stdin(std::process::Stdio::null())
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(said.contains("terminal"), "{said}");
    assert!(
        said.contains("check"),
        "it names the verb that needs no terminal: {said}"
    );
    assert!(output.stdout.is_empty());
}
