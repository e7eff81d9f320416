//! The tour at the first run.

use super::terminal::Terminal;
use std::path::Path;

#[test]
fn it_is_offered_once() {
    let state = tempfile::tempdir().expect("a folder");
    let more: &[(&str, &Path)] = &[
        ("XDG_STATE_HOME", state.path()),
        // Empty is unset.
        ("PLAINSIGHT_NO_TOUR", Path::new("")),
        ("CI", Path::new("")),
    ];
    let mut first = Terminal::start_with(&["demo"], more, 100, 30);
    first.wait_for("1/5");
    first.keys("\r");
    first.wait_for("2/5");
    first.keys("q");
    first.wait_for("? help");
    let marker = state.path().join("plainsight").join("tour-seen");
    for _ in 0..500 {
        if marker.exists() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(marker.exists(), "that it was seen is not remembered");
    first.keys("q");
    assert_eq!(first.wait(), Some(0));
    first.assert_restored();

    let mut again = Terminal::start_with(&["demo"], more, 100, 30);
    again.wait_for("? help");
    assert!(!again.text().contains("1/5"), "{}", again.text());
    again.keys("q");
    assert_eq!(again.wait(), Some(0));
}
