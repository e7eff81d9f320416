//! Everything is reached from everything by one key, or it is said why not; and one comes back.

use super::fixture::{case_of, stage};
use super::incident;
use crate::ui::message::Effect;
use crate::ui::model::{Focus, View};
use crate::ui::testing::Stage;
use crate::ui::update::place;

/// The keys that go somewhere.
const KEYS: &[&str] = &[
    "1", "2", "3", "4", "5", "6", "c", "o", "d", "!", "C", "%", "<enter>",
];

/// What is selected when they are pressed.
const SCRIPTS: &[&str] = &[
    "1",
    "1j",
    "1jjj",
    "1G",
    "2",
    "2jj",
    "2G",
    "3j",
    "3jj",
    "3jjjj",
    "3G",
    "4",
    "4j",
    "4G",
    "5",
    "5jjj",
    "5jjjjjjj<tab>jj",
    "5G",
    "5jjjjjj",
    "6",
    "6jjj",
    "6G",
    "2jj<tab>jj",
    "3jj<tab>j",
    "1<tab>j",
    "4<tab>j",
];

fn every_key_goes_or_says_why(open: fn() -> Stage, scripts: &[&str]) {
    for script in scripts {
        for key in KEYS {
            let mut stage = open();
            stage.keys("<esc>5gjjjjjjjjjjjj").keys(script);
            stage.model.toast = None;
            let before = place(&stage.model);
            let text = stage.text();
            stage.keys(key);
            let after = place(&stage.model);
            let said = stage.model.toast.as_ref().map(|toast| toast.text.clone());
            if (before.view, before.focus) != (after.view, after.focus)
                || (before.cursor, before.item) != (after.cursor, after.item)
                || before.panes.selected != after.panes.selected
            {
                // Into the details and out of them is no journey.
                if before.view == after.view && before.cursor == after.cursor && *key == "<enter>" {
                    continue;
                }
                stage.model.toast = None;
                stage.keys("<ctrl-o>");
                assert_eq!(
                    place(&stage.model),
                    before,
                    "{key} after {script}: ctrl-o does not lead back"
                );
                stage.model.toast = None;
                assert_eq!(stage.text(), text, "{key} after {script}");
            } else {
                // A server of the tree of tools folds, a value of a message does.
                let folds = *key == "<enter>"
                    && (stage.model.view == View::Tools || stage.model.focus == Focus::Detail);
                let here = key
                    .parse::<usize>()
                    .is_ok_and(|n| n == after.view as usize + 1);
                assert!(
                    folds || here || said.is_some_and(|said| said.ends_with('.')),
                    "{key} after {script} does nothing, and does not say why"
                );
            }
            assert!(
                !stage
                    .asked
                    .iter()
                    .any(|effect| matches!(effect, Effect::Quit))
            );
        }
    }
}

#[test]
fn in_a_small_session_every_key_goes_or_says_why() {
    every_key_goes_or_says_why(|| stage(120, 36), SCRIPTS);
}

#[test]
fn in_a_narrow_terminal_too() {
    every_key_goes_or_says_why(|| stage(80, 24), &SCRIPTS[SCRIPTS.len() - 5..]);
}

#[test]
fn in_the_incident_every_key_goes_or_says_why() {
    every_key_goes_or_says_why(
        || incident::judged(120, 36),
        &["1", "2jj", "3jj", "4", "5jj", "6jjj"],
    );
}

#[test]
fn from_a_tool_to_its_calls_its_message_its_finding() {
    let mut stage = stage(120, 36);
    stage.keys("2jjd");
    assert_eq!(stage.model.view, View::Tools);
    let text = stage.text();
    assert!(text.contains("send_email · mailer"), "{text}");
    stage.keys("c");
    assert_eq!(
        (stage.model.view, stage.model.panes().selected),
        (View::Calls, 5)
    );
    stage.keys("<ctrl-o>o");
    assert_eq!(stage.model.view, View::Messages);
    assert_eq!(
        stage.model.cursor.0, 18,
        "the message that brought this version"
    );
    stage.keys("<ctrl-o>C");
    assert_eq!(stage.model.view, View::Changes);
    assert!(stage.text().contains("send_email"), "{}", stage.text());
    stage.keys("c");
    assert_eq!(
        (stage.model.view, stage.model.panes().selected),
        (View::Calls, 2),
        "the first call after the change"
    );
    stage.keys("!");
    assert_eq!(stage.model.view, View::Findings);
    assert!(
        stage.text().contains("a private key leaves through mailer"),
        "{}",
        stage.text()
    );
    stage.keys("!");
    assert!(
        stage
            .text()
            .contains("This is the worst finding about it already."),
        "{}",
        stage.text()
    );
}

#[test]
fn a_tool_that_was_never_called_says_so() {
    const LISTED: &[u8] = br#"{"v":1,"session_id":"a","server_label":"notes","seq":1,"ts":"2026-03-04T09:00:00Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":1,"method":"tools/list"}}
{"v":1,"session_id":"a","server_label":"notes","seq":2,"ts":"2026-03-04T09:00:01Z","direction":"s2c","raw":{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"add","description":"Adds a note.","inputSchema":{"type":"object"}}]}}}
"#;
    let mut stage = Stage::new(case_of(LISTED), 120, 36);
    stage.keys("5G3j");
    for key in ["c", "J"] {
        let text = stage.keys(key).text();
        assert!(
            text.contains("This was never called as a tool in this recording."),
            "{key}: {text}"
        );
    }
    let text = stage.keys("C").text();
    assert!(text.contains("did not change in this recording"), "{text}");
    let text = stage.keys("!").text();
    assert!(text.contains("Nothing was found about this."), "{text}");
    stage.keys("5d");
    assert_eq!(stage.model.view, View::Tools, "what the listing brought");
    assert!(stage.text().contains("Adds a note."), "{}", stage.text());
}
