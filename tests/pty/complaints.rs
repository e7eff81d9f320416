//! What such programs are complained about most, each in a terminal. What needs no terminal is in the tests of the
//! screens (`src/ui/tests/complaints.rs`), which names the test of every complaint.

use super::terminal::Terminal;
use std::path::Path;

fn count(bytes: &[u8], part: &[u8]) -> usize {
    bytes.windows(part.len()).filter(|w| *w == part).count()
}

/// flicker in tmux: every frame is one synchronized update, and nothing is drawn outside of one.
#[test]
fn every_frame_is_a_synchronized_update() {
    let mut terminal = Terminal::start(&["demo"], 100, 30);
    terminal.wait_for("1 Findings");
    for keys in ["2", "]", "]", "6", "?"] {
        terminal.keys(keys);
    }
    terminal.keys("\x1b");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    let bytes = terminal.bytes();
    let text = String::from_utf8(bytes).expect("it writes UTF-8");
    let frames: Vec<&str> = text.split("\x1b[?2026h").collect();
    assert!(frames.len() > 5, "{} frames", frames.len() - 1);
    for frame in &frames[1..] {
        let (_, after) = frame
            .split_once("\x1b[?2026l")
            .expect("an update that begins also ends");
        assert!(
            !after.contains("Findings") && !after.contains("list_dir"),
            "drawn outside of an update: {after:?}"
        );
    }
    assert!(!frames[0].contains("Findings"));
}

/// background query that leaks into input: an answer that comes late, or twice, types nothing.
#[test]
fn a_late_answer_about_the_background_types_nothing() {
    for answer in [
        "\x1b]11;rgb:0000/0000/0000\x1b\\",
        "\x1b]11;rgb:ffff/ffff/ffff\x07",
        "\x1b]11;rgb:1e1e/1e1e/2e2e\x1b\\\x1b[?62;22c",
    ] {
        let mut terminal = Terminal::start(&["demo"], 100, 30);
        terminal.wait_for("1 Findings");
        terminal.wait_for("5 critical");
        terminal.keys("2");
        terminal.wait_for("list_dir");
        let before = terminal.text();
        terminal.keys(answer);
        assert_eq!(terminal.text(), before, "{answer:?}");
        terminal.keys("5");
        terminal.wait_for("tools/list");
        terminal.keys("q");
        assert_eq!(terminal.wait(), Some(0));
        terminal.assert_restored();
    }
}

/// mouse capture that kills selection: it can be left to the terminal altogether.
#[test]
fn the_mouse_is_left_to_the_terminal_where_that_is_asked_for() {
    let asks = |bytes: &[u8]| {
        ["1000", "1002", "1003"]
            .iter()
            .any(|mode| count(bytes, format!("\x1b[?{mode}h").as_bytes()) > 0)
    };
    let mut terminal = Terminal::start(&["--no-mouse", "demo"], 100, 30);
    terminal.wait_for("1 Findings");
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    assert!(!asks(&terminal.bytes()));
}

/// copying over SSH: through the terminal, which is the one that the person sits at.
#[test]
fn copying_over_ssh_goes_through_the_terminal() {
    let ssh = ("SSH_CONNECTION", Path::new("10.0.0.1 50000 10.0.0.2 22"));
    let tty = ("SSH_TTY", Path::new("/dev/pts/9"));
    let mut terminal = Terminal::start_with(&["demo"], &[ssh, tty], 100, 30);
    terminal.wait_for("5 critical");
    terminal.keys("2");
    terminal.wait_for("list_dir");
    terminal.keys("y");
    terminal.wait_for("Copied");
    assert!(
        terminal.with_asked(|asked| !asked.clipboard.is_empty()),
        "{}",
        terminal.text()
    );
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
}

/// terminal not restored after panic: the terminal is given back before the message is written.
#[test]
fn a_panic_gives_the_terminal_back_and_is_told() {
    let own = std::env::current_exe().expect("this test runs");
    let args = [
        "--exact",
        "complaints::panics_while_the_screens_are_on",
        "--ignored",
        "--nocapture",
    ];
    let mut terminal = Terminal::start_program(&own, &args, &[], 100, 30);
    terminal.wait_for("plainsight failed");
    assert_eq!(terminal.wait(), Some(101));
    terminal.assert_restored();
    let text = terminal.text();
    assert!(text.contains("Please report this."), "{text}");
    assert!(text.contains("a fault of our own"), "{text}");
    let bytes = terminal.bytes();
    assert_eq!(count(&bytes, b"\x1b[?1049h"), 1, "the screens were on");
}

#[test]
#[ignore = "another test runs this in a terminal of its own"]
fn panics_while_the_screens_are_on() {
    let options = plainsight::ui::Options {
        themes: plainsight::ui::theme::Theme::builtin("terminal", Default::default())
            .into_iter()
            .collect(),
        theme: 0,
        unread: Vec::new(),
        settings: None,
        keyboard: plainsight::ui::Keyboard::default(),
        tour: None,
        mouse: true,
    };
    let _ = plainsight::ui::run(plainsight::ui::Case::default(), options, |_| {
        std::thread::spawn(|| panic!("a fault of our own"));
    });
}
