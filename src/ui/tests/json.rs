//! JSON trees, what is copied of them, and code in them.

use super::fixture::case_of;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

const RECORDING: &str = r#"{"v":1,"session_id":"a","server_label":"box","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run","arguments":{"command":"if true; then # why\n  echo 'hi'\nfi","a b":[{"x":1},{"it's":"ab\u200bc"}],"deep":{"one":{"two":{"three":[1,2,3]}}}}}}}
{"v":1,"session_id":"a","server_label":"box","seq":2,"ts":"2026-01-01T00:00:01Z","direction":"s2c","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"ok\": true, \"n\": 12}"},{"type":"image","mimeType":"image/png","data":"iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAABJRU5ErkJggg=="}]}}}
"#;

fn stage() -> Stage {
    let case = case_of(Box::leak(
        RECORDING.to_owned().into_bytes().into_boxed_slice(),
    ));
    Stage::new(case, 160, 40)
}

fn told(stage: &Stage) -> &str {
    stage.model.toast.as_ref().map_or("", |toast| &toast.text)
}

#[test]
fn folds_say_what_is_inside_and_the_path_is_on_the_border() {
    let mut stage = stage();
    let text = stage.keys("5g<tab>Z1").text();
    assert!(text.contains("params: {2 keys: name, arguments}"), "{text}");
    let text = stage.keys("Z2").text();
    assert!(
        text.contains("arguments: {3 keys: command, a b, deep}"),
        "{text}"
    );
    let text = stage.keys("Zr").text();
    assert!(
        text.contains("three: [ 3 items") && text.contains("2: 3"),
        "{text}"
    );
    let text = stage.keys("Zmjjjjl").text();
    assert!(text.contains(" .params · object, "), "{text}");
    let text = stage.keys("jjljj").text();
    assert!(
        text.contains(r#".params.arguments["a b"] · array"#),
        "{text}"
    );
    let text = stage.keys("Zk").text();
    assert!(
        text.contains(".params.arguments.command · string"),
        "{text}"
    );
    assert!(
        stage
            .keys("Zh")
            .text()
            .contains(" .params.arguments · object")
    );
    stage.keys("gZh");
    assert!(told(&stage).contains("outermost"), "{}", told(&stage));
}

#[test]
fn a_call_and_a_definition_are_shown_as_json_too() {
    let mut stage = stage();
    let text = stage.keys("2x").text();
    assert!(text.contains("▾ arguments: { 3 keys"), "{text}");
    assert!(text.contains(" .params.arguments · object"), "{text}");
    let text = stage.keys("x").text();
    assert!(text.contains(" .result · object"), "{text}");
    assert!(stage.keys("x").text().contains("Arguments"));
    assert!(
        stage
            .keys("Zm")
            .text()
            .contains("No JSON tree is shown here")
    );
}

#[test]
fn each_part_of_a_message_can_be_copied() {
    let all = "j".repeat(12);
    let mut stage = stage();
    // .params.arguments["a b"][1]["it's"]
    stage.keys(&format!("5g<tab>g{all}"));
    for (keys, copied) in [
        ("Yj", r#".params.arguments["a b"][1]["it\u0027s"]"#),
        ("Yp", "/params/arguments/a b/1/it's"),
        ("Yk", "it's"),
        ("Yv", r#""ab\u200bc""#),
    ] {
        stage.keys(keys);
        assert_eq!(stage.copied(), Some(copied), "{keys}\n{}", stage.text());
        assert!(told(&stage).contains("OSC 52"), "{}", told(&stage));
    }
    assert!(told(&stage).contains("cannot be seen"), "{}", told(&stage));
    stage.keys("Ym");
    let copied = stage.copied().unwrap_or_default();
    assert!(copied.starts_with("{\n  \"jsonrpc\": \"2.0\""), "{copied}");
    stage.keys("Yl");
    let copied = stage.copied().unwrap_or_default();
    assert!(
        copied.starts_with(r#"{"v":1,"#) && copied.contains("seq"),
        "{copied}"
    );
    // Over a zoom, and from the page of a call.
    stage.keys("zYj");
    assert_eq!(
        stage.copied(),
        Some(r#".params.arguments["a b"][1]["it\u0027s"]"#)
    );
    stage.keys("<esc>2Yj");
    assert_eq!(stage.copied(), Some(".params.arguments.command"));
    stage.keys("Yv");
    assert_eq!(stage.copied(), Some("if true; then # why\n  echo 'hi'\nfi"));
}

#[test]
fn code_is_painted_and_its_language_said() {
    let mut stage = stage();
    let text = stage.keys("2").text();
    assert!(text.contains("if true; then # why   shell"), "{text}");
    assert!(text.contains("JSON"), "{text}");
    assert!(stage.scopes_of("12}").contains(&Scope::SyntaxNumber));
    let text = stage.keys("z").text();
    let has = |text: &str, scope| stage.scopes_of(text).contains(&scope);
    assert!(has("# why", Scope::SyntaxComment), "{text}");
    assert!(has("'hi'", Scope::SyntaxString), "{text}");
    assert!(text.contains("shell"), "{text}");
}

#[test]
fn what_is_hidden_in_code_keeps_its_own_look() {
    const CODE: &str = r#"{"v":1,"session_id":"a","server_label":"box","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run","arguments":{"command":"echo 'a\u200bb' # \u202ec \u001b[31m"}}}}
"#;
    let mut stage = Stage::new(case_of(CODE.as_bytes()), 120, 36);
    let text = stage.keys("2z").text();
    assert!(text.contains("⟨ZWSP⟩") && text.contains("ESC"), "{text}");
    assert!(stage.scopes_of("⟨ZWSP⟩").contains(&Scope::Hidden), "{text}");
    assert!(stage.scopes_of("⟨U+202E RLO⟩").contains(&Scope::Hidden) || !text.contains("RLO"));
    assert!(
        stage.scopes_of("'a").contains(&Scope::SyntaxString),
        "{text}"
    );
}

#[test]
fn a_tree_of_a_hundred_thousand_items_counts_them_all() {
    let items = "1,".repeat(100_000);
    let line = format!(
        r#"{{"v":1,"session_id":"a","server_label":"box","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{{"name":"run","arguments":{{"n":[{items}2]}}}}}}}}
"#
    );
    let case = case_of(Box::leak(line.into_bytes().into_boxed_slice()));
    let mut stage = Stage::new(case, 120, 36);
    let text = stage.keys("5").text();
    assert!(text.contains("[100,001 items]"), "{text}");
    let text = stage.keys("<tab>ZrG").text();
    assert!(text.contains("100000: 2"), "{text}");
    assert!(
        text.contains(".params.arguments.n[100000] · number"),
        "{text}"
    );
}

#[test]
fn bytes_are_described_and_dumped_when_asked_for() {
    let mut stage = stage();
    let text = stage.keys("2").text();
    assert!(text.contains("image/png, 3 by 2, "), "{text}");
    assert!(
        text.contains("BLAKE3 ") && !text.contains("iVBORw0KGgo"),
        "{text}"
    );
    // The tree of the answer, at the last value.
    let text = stage.keys("xx<tab>G").text();
    assert!(text.contains("data: image/png, 3 by 2, "), "{text}");
    let text = stage.keys("z").text();
    assert!(
        text.contains("SHA-256") && text.contains("89 50 4e 47"),
        "{text}"
    );
    let text = stage.keys("<esc>kkkkzx").text();
    assert!(
        text.contains("its bytes") && text.contains("00000000  7b 22 6f 6b"),
        "{text}"
    );
    let text = stage.keys("x").text();
    assert!(text.contains("{\"ok\": true"), "{text}");
}

#[test]
fn a_secret_stays_masked_in_what_is_decoded_and_dumped() {
    // `token ghp_16C7…` in base64, and as it is.
    const SECRET: &str = r#"{"v":1,"session_id":"a","server_label":"box","seq":1,"ts":"2026-01-01T00:00:00Z","direction":"c2s","transport":"stdio","raw":{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"run","arguments":{"mimeType":"text/plain","data":"dG9rZW4gZ2hwXzE2QzdlNDJGMjkyYzY5MTJFNzcxMGM4MzgzNDdBZTE3OEI0YQ==","plain":"token ghp_16C7e42F292c6912E7710c838347Ae178B4a"}}}}
"#;
    const PART: &str = "2F292c6912E";
    const HEX: &str = "32 46 32 39 32 63";
    let mut stage = Stage::new(case_of(SECRET.as_bytes()), 120, 40);
    for (place, keys) in [("Gk", "z"), ("Gk", "zx"), ("G", "z"), ("G", "zx")] {
        stage.keys("<esc><esc>5g<tab>").keys(place).keys(keys);
        let text = stage.text();
        assert!(
            !text.contains(PART) && !text.contains(HEX),
            "{place}{keys}\n{text}"
        );
        let text = stage.keys("S").text();
        assert!(
            text.contains(PART) || text.contains("32 46 32"),
            "{place}{keys}\n{text}"
        );
        stage.keys("S");
        let text = stage.text();
        assert!(
            !text.contains(PART) && !text.contains(HEX),
            "{place}{keys}\n{text}"
        );
        stage.keys("yYv");
        assert!(!stage.copied().unwrap_or_default().contains(PART));
    }
}
