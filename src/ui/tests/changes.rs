//! What changed, and what it means.

use super::incident;
use crate::ui::model::View;
use crate::ui::theme::Scope;

#[test]
fn the_list_says_what_changed_in_brief() {
    let mut stage = incident::stage(240, 40);
    let text = stage.keys("4").text();
    assert!(text.contains("description +11 −10"), "{text}");
    assert!(text.contains("readOnlyHint true → false"), "{text}");
    assert!(text.contains("+ parameter bcc"), "{text}");
    assert!(text.contains("▲ crit"), "{text}");
}

#[test]
fn the_page_begins_with_what_the_change_means() {
    let mut stage = incident::stage(160, 50);
    let text = stage.keys("4").text();
    assert!(
        text.contains("Δ changes a word of the description"),
        "{text}"
    );
    assert!(
        text.contains("called 2 times before, 3 times since"),
        "{text}"
    );
    let text = stage.keys("j").text();
    assert!(text.contains("▲ was read-only, now may destroy"), "{text}");
    assert!(
        text.contains("▲ stayed inside, now reaches the outside world"),
        "{text}"
    );
    let text = stage.keys("j").text();
    for clause in [
        "adds an instruction to the model",
        "adds a parameter `bcc` with a default",
        "adds a parameter `context` that must be filled",
    ] {
        assert!(text.contains(clause), "{clause} is missing:\n{text}");
    }
}

#[test]
fn words_are_lit_in_a_diff_on_one_column() {
    let mut stage = incident::stage(120, 40);
    let text = stage.keys("4").text();
    assert!(text.contains("  - Search recursivly"), "{text}");
    assert!(text.contains("  + Search recursively"), "{text}");
    assert!(stage.scopes_of("recursively").contains(&Scope::DiffAddWord));
    assert!(stage.scopes_of("recursivly").contains(&Scope::DiffDelWord));
}

#[test]
fn a_wide_page_has_both_wordings_side_by_side() {
    let mut stage = incident::stage(240, 40);
    let text = stage.keys("4").text();
    let row = text
        .lines()
        .find(|line| line.contains("Search recursivly"))
        .unwrap_or_default();
    assert!(row.contains("Search recursively"), "{text}");
}

#[test]
fn links_lead_to_the_definition_and_the_message() {
    let mut stage = incident::stage(120, 40);
    stage.keys("4<tab><enter>");
    assert_eq!(stage.model.view, View::Tools);
    let mut stage = incident::stage(120, 40);
    stage.keys("4<tab>j<enter>");
    assert_eq!(stage.model.view, View::Messages);
}
