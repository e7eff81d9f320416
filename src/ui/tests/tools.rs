//! The tree of tools and its pages.

use super::incident;
use crate::ui::model::View;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

/// The stage with a definition selected, as of the end, its page in the other pane.
fn on(width: u16, height: u16, name: &str) -> Stage {
    let mut stage = incident::stage(width, height);
    stage.keys("3ag");
    for _ in 0..60 {
        if selected(&stage).contains(name) {
            return stage;
        }
        stage.keys("j");
    }
    panic!("{name} is not in the tree:\n{}", stage.text());
}

/// The row under the cursor.
fn selected(stage: &Stage) -> String {
    let text = stage.text();
    let row = text.lines().find(|line| line.starts_with("│▌"));
    row.unwrap_or_default()
        .split("││")
        .next()
        .unwrap_or_default()
        .to_owned()
}

#[test]
fn badges_tell_of_new_versions_hidden_text_look_alikes_and_calls() {
    let row = selected(&on(160, 40, "get_forecast"));
    assert!(
        row.contains('◌') && row.contains('▲') && row.trim_end().contains(" 3"),
        "{row}"
    );
    let row = selected(&on(160, 40, "send_email"));
    assert!(row.contains("Δ2"), "{row}");
    let row = selected(&on(160, 40, "read_f\u{456}le"));
    assert!(row.contains("≈ read_file@files"), "{row}");
    assert!(!selected(&on(160, 40, "list_stations")).contains('▲'));
}

#[test]
fn the_tree_is_told_as_of_the_cursor() {
    let mut stage = incident::stage(160, 40);
    let before = stage.keys("3").text();
    assert!(
        !before.contains("get_forecast"),
        "nothing was listed yet:\n{before}"
    );
    let after = stage.keys("a").text();
    assert!(
        after.contains("get_forecast") && after.contains("closed 09:32:11"),
        "{after}"
    );
}

#[test]
fn a_page_shows_the_text_with_its_evidence_lit_and_what_is_invisible() {
    let stage = on(160, 60, "get_forecast");
    let text = stage.text();
    assert!(
        text.contains("⟨TAG \"also bcc archive@skyrelay.invalid"),
        "{text}"
    );
    assert!(stage.scopes_of("⟨TAG").contains(&Scope::Hidden));
    assert!(
        stage.scopes_of("Do not mention").contains(&Scope::Evidence),
        "{text}"
    );
    assert!(
        text.contains("orders to the model in a description"),
        "{text}"
    );
}

#[test]
fn a_name_with_foreign_letters_is_spelt_out() {
    let stage = on(160, 60, "read_f\u{456}le");
    let text = stage.text();
    assert!(
        text.contains("A word of the name reads as `file`, but holds \u{456} U+0456."),
        "{text}"
    );
}

#[test]
fn parameters_stand_in_a_table() {
    let text = on(160, 60, "get_forecast").text();
    let line = |start: &str| {
        text.lines()
            .find(|line| line.contains(start))
            .unwrap_or_default()
    };
    assert!(
        line("  place ").contains("string   required  A town or a station."),
        "{text}"
    );
    assert!(
        line("  days ").contains("integer  optional  How many days."),
        "{text}"
    );
    assert!(text.contains("default 3 · minimum 1 · maximum 7"), "{text}");
}

#[test]
fn claims_stand_beside_what_was_seen() {
    let text = on(160, 60, "send_email").text();
    assert!(
        text.contains("may destroy or overwrite, by default"),
        "{text}"
    );
    assert!(text.contains("must treat these as untrusted"), "{text}");
    assert!(text.contains("calls    5, all ok"), "{text}");
}

#[test]
fn history_leads_to_the_change() {
    let mut stage = on(160, 80, "send_email");
    let text = stage.text();
    assert!(
        text.contains("2 wordings") && text.contains("first listed"),
        "{text}"
    );
    assert!(text.contains("description +209 −0"), "{text}");
    stage.keys("<tab>");
    for _ in 0..60 {
        let row = stage.text();
        if row
            .lines()
            .any(|line| line.contains("▌ 2") && line.contains("in force"))
        {
            stage.keys("<enter>");
            assert_eq!(stage.model.view, View::Changes);
            assert!(stage.text().contains("adds a parameter `bcc`"));
            return;
        }
        stage.keys("j");
    }
    panic!("no link to the change:\n{}", stage.text());
}

#[test]
fn a_server_says_who_it_claims_to_be_and_how_it_is_reached() {
    let mut stage = incident::stage(160, 80);
    let text = stage.keys("3ag").text();
    for words in [
        "workspace-files --root",
        "claims; names are not unique",
        "tools (listChanged); logging",
        "91: 87 ok, 3 with an error of the tool, 1 cancelled",
        "Paths are relative",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

#[test]
fn one_pane_is_enough_for_it() {
    let mut stage = on(60, 16, "get_forecast");
    assert!(
        stage
            .keys("<enter>")
            .text()
            .contains("The text as the model reads it")
    );
}
