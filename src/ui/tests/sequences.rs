//! Keys that come in turn.

use super::fixture::stage;
use crate::ui::command::Keymap;
use crate::ui::model::View;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;
use std::sync::Arc;

/// A stage with a prefix: `W c` goes to Calls, `W x w` to Changes, `W p` to the other half.
fn with_prefix(width: u16, height: u16) -> Stage {
    let mut stage = stage(width, height);
    stage.model.keyboard.keymap = Arc::new(Keymap::with(&[
        ("view calls", "W c"),
        ("view changes", "W x w"),
        ("pair", "W p"),
    ]));
    stage
}

#[test]
fn a_prefix_tells_what_can_come_after_it() {
    let mut stage = with_prefix(120, 36);
    let text = stage.keys("5GW").text();
    for words in [
        "c    what the agent did",
        "x w  which definitions",
        "esc drops it",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    assert!(stage.model.toast.is_none());
    // What cannot be done stands there with its reason.
    let reason = stage.scopes_of("This message has no other half");
    assert!(reason.contains(&Scope::UiKeyDisabled), "{text}");
    let text = stage.keys("c").text();
    assert_eq!(stage.model.view, View::Calls);
    assert!(!text.contains("esc drops it"), "{text}");
}

#[test]
fn a_prefix_can_go_on_and_be_dropped() {
    let mut stage = with_prefix(80, 24);
    stage.keys("Wxw");
    assert_eq!(stage.model.view, View::Changes);
    stage.keys("1Wx<esc>");
    assert_eq!(stage.model.view, View::Findings);
    assert!(stage.model.keyboard.pending.is_empty() && stage.model.toast.is_none());
    // The key after one that fits nowhere is on its own again.
    stage.keys("W2");
    assert!(
        stage.text().contains("W 2 runs nothing here."),
        "{}",
        stage.text()
    );
    assert_eq!(stage.model.view, View::Findings);
    stage.keys("2");
    assert_eq!(stage.model.view, View::Calls);
}

#[test]
fn a_prefix_does_not_keep_anybody_from_leaving() {
    let mut stage = with_prefix(80, 24);
    stage.keys("W<ctrl-c>");
    assert!(matches!(
        stage.asked.last(),
        Some(crate::ui::message::Effect::Quit)
    ));
}

#[test]
fn what_can_come_after_a_prefix_fits_every_size() {
    let mut stage = with_prefix(80, 24);
    stage.keys("W");
    for width in 0..130 {
        for height in [0, 1, 5, 9, 10, 12, 14, 24] {
            stage.resize(width, height);
            stage.buffer();
        }
    }
    assert!(!stage.model.keyboard.pending.is_empty());
}

#[test]
fn help_and_palette_show_keys_that_come_in_turn() {
    let mut stage = with_prefix(120, 200);
    assert!(
        stage.keys("?").text().contains("2, W c"),
        "{}",
        stage.text()
    );
    let text = stage.keys("<esc>:view calls").text();
    assert!(text.contains("2, W c"), "{text}");
}

#[test]
fn a_key_that_does_nothing_here_says_where_it_does() {
    let mut stage = stage(120, 36);
    let text = stage.keys("5M").text();
    assert!(text.contains("M is for Findings"), "{text}");
    // A filter that nothing passes leaves nothing to show beside it.
    let text = stage.keys("<esc>fserver:nobody<enter>").text();
    assert!(text.contains("Nothing here passes the filter"), "{text}");
    assert!(!text.contains("jsonrpc"), "{text}");
}
