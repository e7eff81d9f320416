//! Secrets are masked in every view until they are asked for, and in what is copied.

use crate::analysis::{self, SharedFindings};
use crate::session::{SourceArg, load};
use crate::ui::model::Case;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;
use std::sync::atomic::AtomicBool;

const TOKEN: &str = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const NAMED: &str = "Zt7Lw2RbN8YcD4kQ9vXw7Rz2L";

/// A tool with a token in its words, a call that is given a key by name, and an answer with the token in it.
const RECORDING: &str = r#"{"v":1,"session_id":"a","server_label":"notes","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/list"}}
{"v":1,"session_id":"a","server_label":"notes","seq":2,"ts":"2026-01-01T00:00:01Z","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"fetch","description":"Fetches the settings with TOKEN.","inputSchema":{"type":"object","properties":{"api_key":{"type":"string","default":"TOKEN"}}}}]}}}
{"v":1,"session_id":"a","server_label":"notes","seq":3,"ts":"2026-01-01T00:00:02Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"fetch","arguments":{"api_key":"NAMED"}}}}
{"v":1,"session_id":"a","server_label":"notes","seq":4,"ts":"2026-01-01T00:00:03Z","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"host example\ntoken TOKEN\nregion north"}]}}}
{"v":1,"session_id":"a","server_label":"notes","seq":5,"ts":"2026-01-01T00:00:04Z","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}}
{"v":1,"session_id":"a","server_label":"notes","seq":6,"ts":"2026-01-01T00:00:05Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":3,"method":"tools/list"}}
{"v":1,"session_id":"a","server_label":"notes","seq":7,"ts":"2026-01-01T00:00:06Z","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","id":3,"result":{"tools":[{"name":"fetch","description":"Fetches the settings with OTHER.","inputSchema":{"type":"object","properties":{"api_key":{"type":"string","default":"TOKEN"}}}}]}}}
"#;

fn stage() -> Stage {
    let text = RECORDING
        .replace("TOKEN", TOKEN)
        .replace("OTHER", &TOKEN.replace("16C7", "27D8"))
        .replace("NAMED", NAMED);
    let args = [SourceArg::Bundled {
        name: "notes.mcp.jsonl",
        bytes: Box::leak(text.into_bytes().into_boxed_slice()),
    }];
    let session = load::whole(&args, load::Options::default()).expect("a recording");
    let findings = SharedFindings::default();
    analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
    let case = Case {
        title: "notes".to_owned(),
        session,
        findings,
        ..Case::default()
    };
    Stage::new(case, 200, 50)
}

fn copied(stage: &Stage) -> &str {
    stage.copied().expect("something was copied")
}

fn told(stage: &Stage) -> &str {
    stage.model.toast.as_ref().map_or("", |toast| &toast.text)
}

/// Everything that spells out one of the secrets, in part.
fn spells(text: &str) -> bool {
    text.contains(&TOKEN[8..20]) || text.contains(&NAMED[6..])
}

#[test]
fn no_view_spells_out_a_secret_before_it_is_asked_for() {
    for keys in [
        "1",
        "1z",
        "2",
        "2<tab>",
        "2z",
        "3a",
        "3aj",
        "3ajz",
        "3ajx",
        "4",
        "4z",
        "5jjj",
        "5jjjz",
        "5jjjx",
        "5jj",
        "5jjz",
        "5jjx",
        "5j<tab>jjjjjjjz",
        "6",
        "6z",
    ] {
        let mut stage = stage();
        let text = stage.keys(keys).text();
        assert!(!spells(&text), "{keys} spells a secret out:\n{text}");
    }
}

#[test]
fn every_view_spells_out_secrets_that_are_asked_for() {
    for keys in ["1", "2", "3aj", "4", "5jjj", "6", "5jjjx"] {
        let mut stage = stage();
        let text = stage.keys(keys).keys("S").text();
        assert!(
            spells(&text) || keys.ends_with('x'),
            "{keys} masks:\n{text}"
        );
        assert!(text.contains("Secrets are spelled out"), "{text}");
        assert!(!spells(&stage.keys("S").text()));
    }
}

#[test]
fn a_tree_says_what_is_masked() {
    let mut stage = stage();
    let text = stage.keys("5jj").text();
    assert!(text.contains("api_key: \"Zt7L••••••••\" masked"), "{text}");
    let text = stage.keys("j").text();
    assert!(text.contains("token ghp_••••••••"), "{text}");
}

#[test]
fn what_is_copied_is_what_is_shown_and_the_toast_says_so() {
    const MASKED: &str = "secrets masked as shown; S spells them out";
    let mut stage = stage();
    stage.keys("2y");
    assert!(!spells(copied(&stage)), "{}", copied(&stage));
    assert!(told(&stage).contains(MASKED), "{}", told(&stage));
    stage.keys("Sy");
    assert!(spells(copied(&stage)));
    assert!(!told(&stage).contains(MASKED), "{}", told(&stage));
    stage.keys("S5jzy");
    assert!(!spells(copied(&stage)), "{}", copied(&stage));
    assert!(told(&stage).contains(MASKED) && stage.text().contains("Copied"));
    stage.keys("Sy");
    assert!(spells(copied(&stage)), "{}", copied(&stage));
    stage.keys("<esc>S3agy");
    assert!(!told(&stage).contains(MASKED), "{}", told(&stage));
}

#[test]
fn a_change_of_a_secret_alone_is_told() {
    let mut stage = stage();
    let text = stage.keys("4").text();
    assert!(text.contains("Only a secret in it differs"), "{text}");
    let text = stage.keys("S").text();
    assert!(text.contains("ghp_27D8"), "{text}");
}

#[test]
fn a_zoom_lights_evidence_masked_or_not() {
    let mut stage = stage();
    let text = stage.keys("5jjjz").text();
    assert!(!spells(&text), "{text}");
    let mut stage = self::stage();
    stage.keys("2z");
    assert!(
        stage.scopes_of("ghp_••••••••").contains(&Scope::Evidence),
        "{}",
        stage.text()
    );
    assert!(stage.text().contains("S spells it out"), "{}", stage.text());
    stage.keys("S");
    assert!(
        stage.scopes_of(TOKEN).contains(&Scope::Evidence),
        "{}",
        stage.text()
    );
    assert!(!stage.scopes_of("region north").contains(&Scope::Evidence));
}
