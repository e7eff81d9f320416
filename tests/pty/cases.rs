//! A case is there again when its recording is opened again.

use super::terminal::Terminal;
use std::path::Path;

const RECORDING: &str = include_str!("../ui/small.mcp.jsonl");

#[test]
fn a_mark_is_there_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("small.mcp.jsonl");
    std::fs::write(&path, RECORDING).expect("a recording");
    let path = path.to_str().expect("a name").to_owned();
    let state: &[(&str, &Path)] = &[("XDG_STATE_HOME", folder.path()), ("HOME", folder.path())];
    let mut terminal = Terminal::start_with(&[&path], state, 120, 36);
    terminal.wait_for("1 Findings");
    terminal.wait_for("CRITICAL");
    terminal.keys("mc");
    terminal.wait_for("confirmed");
    // At once: what is not written yet is written on leaving.
    terminal.keys("q");
    assert_eq!(terminal.wait(), Some(0));
    terminal.assert_restored();
    let mut again = Terminal::start_with(&[&path], state, 120, 36);
    again.wait_for("1 Findings");
    again.wait_for("confirmed");
    again.keys("M");
    again.keys("by the book\r");
    again.wait_for("by the book");
    again.signal("TERM");
    assert!(again.wait().is_some());
    let mut named = Terminal::start_with(&["--case", "small.mcp.jsonl"], state, 120, 36);
    named.wait_for("by the book");
    named.keys("q");
    assert_eq!(named.wait(), Some(0));
}
