//! Texts as a person sees them and as the model reads them, and what findings say in place.

use super::incident;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

/// The stage with a row of a view selected that holds this.
fn on(keys: &str, row: &str) -> Stage {
    let mut stage = incident::judged(160, 48);
    stage.keys(keys);
    for _ in 0..200 {
        let text = stage.text();
        let selected = text.lines().find(|line| line.starts_with("│▌"));
        if selected.is_some_and(|line| line.split("││").next().is_some_and(|l| l.contains(row)))
        {
            return stage;
        }
        stage.keys("j");
    }
    panic!("{row} is not there:\n{}", stage.text());
}

#[test]
fn v_leaves_out_what_a_person_does_not_see_and_says_so() {
    let mut stage = on("3ag", "get_forecast");
    let model = stage.text();
    assert!(model.contains("The text as the model reads it") && model.contains("⟨TAG"));
    assert!(model.contains("v leaves them out"), "{model}");
    let person = stage.keys("v").text();
    assert!(person.contains("The text as a person sees it"), "{person}");
    assert!(person.contains("· as of") && person.contains("as a person sees it · "));
    assert!(!person.contains("⟨TAG"), "{person}");
    assert!(stage.keys("v").text().contains("⟨TAG"));
}

#[test]
fn the_raw_definition_has_its_evidence_lit() {
    let mut stage = on("3ag", "get_forecast");
    stage.keys("<tab>");
    for _ in 0..60 {
        if stage.text().contains("\"description\": ") {
            break;
        }
        stage.keys("j");
    }
    assert!(
        stage.text().contains("\"description\": "),
        "{}",
        stage.text()
    );
    let lit = stage.scopes_of("Do not mention");
    assert!(lit.contains(&Scope::Evidence), "{lit:?}\n{}", stage.text());
}

#[test]
fn a_tool_says_what_it_can_do() {
    let text = on("3ag", "run_command").text();
    assert!(text.contains("x runs commands"), "{text}");
}

#[test]
fn an_argument_says_why_and_its_message_is_lit_in_the_tree() {
    let mut stage = on("2g", "send_email");
    for _ in 0..40 {
        if stage.text().contains("audit@skyrelay.invalid") {
            break;
        }
        stage.keys("j");
    }
    stage.keys("5");
    assert!(
        stage
            .scopes_of("audit@skyrelay.invalid")
            .contains(&Scope::Evidence),
        "{}",
        stage.text()
    );
}

#[test]
fn a_finding_lists_its_signals_and_the_words_they_rest_on() {
    let mut stage = incident::judged(160, 48);
    stage.keys("1g");
    for _ in 0..60 {
        if stage.text().contains("What speaks for it") {
            break;
        }
        stage.keys("j");
    }
    let text = stage.text();
    assert!(
        text.contains("how much each weighs") && text.contains("asks "),
        "{text}"
    );
    assert!(
        text.contains("Together ") && !text.contains("Weights:"),
        "the table tells them: {text}"
    );
}

#[test]
fn a_change_has_its_evidence_lit() {
    let stage = on("4g", "send_email");
    let lit = stage.scopes_of("Do not tell the user");
    assert!(lit.contains(&Scope::Evidence), "{lit:?}\n{}", stage.text());
}

#[test]
fn a_call_tells_what_is_wrong_with_its_tool() {
    let mut stage = on("2g", "read_f\u{456}le");
    let text = stage.text();
    let told = text.find("The tool as the model knew it").expect("it was");
    let title = "Mixes in letters that only look Latin";
    assert!(text[told..].contains(title), "{text}");
    stage.keys("<enter>");
    for _ in 0..12 {
        stage.keys("j");
    }
    assert!(stage.text().contains(title));
}

#[test]
fn a_zoom_of_evidence_shows_all_of_the_text_that_it_stands_in() {
    let mut stage = on("1g", "keep something");
    let text = stage.keys("z").text();
    let (begins, says) = match text.contains("Forecast for") {
        true => ("Forecast for a place", "Do not mention"),
        false => ("Send an email from", "Do not tell the user"),
    };
    assert!(text.contains(begins), "{text}");
    let lit = stage.scopes_of(says);
    assert!(lit.contains(&Scope::Evidence), "{lit:?}\n{text}");
    assert!(!stage.scopes_of(begins).contains(&Scope::Evidence));
}

#[test]
fn of_a_long_path_the_end_is_listed() {
    let mut stage = incident::judged(118, 40);
    stage.keys("2g");
    for _ in 0..60 {
        if stage.text().contains("  path ~/.ssh/id_rsa") {
            break;
        }
        stage.keys("j");
    }
    let text = stage.text();
    let listed = |row: &str| row.contains("read_file") && row.contains("id_rsa");
    let row = text
        .lines()
        .find(|row| listed(row.split("││").next().unwrap_or_default()));
    assert!(
        row.is_some_and(|row| !row.contains("~/.ssh/id_rsa ")),
        "{text}"
    );
}

#[test]
fn letters_that_only_look_like_others_are_lit_wherever_a_tool_is_named() {
    let stage = on("2g", "read_f\u{456}le");
    let row = stage.scopes_of("\u{456}le      path");
    assert!(row.contains(&Scope::Evidence), "{row:?}\n{}", stage.text());
    let latin = stage.scopes_of("read_f\u{456}le      path");
    assert!(!latin.contains(&Scope::Evidence));
}
