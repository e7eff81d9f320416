//! Tools that come and go during a session.

use super::fixture::case_of;
use crate::ui::testing::Stage;
use crate::ui::theme::Scope;

const OFFERS: &[u8] = include_bytes!("../../../tests/ui/offers.mcp.jsonl");

fn stage(width: u16, height: u16) -> Stage {
    Stage::new(case_of(OFFERS), width, height)
}

#[test]
fn a_tool_that_came_later_is_new() {
    let mut stage = stage(120, 30);
    let text = stage.keys("3a").text();
    let row = |name: &str| {
        let row = text.lines().find(|line| line.contains(name));
        row.unwrap_or_default().to_owned()
    };
    assert!(!row("order").contains("NEW"), "{text}");
    assert!(
        row("refund").contains("Δ2"),
        "it came, went and came again:\n{text}"
    );
    // Message 10 is the answer in which it came.
    let text = stage.keys("a5ggjjjjjjjjj3").text();
    assert!(text.contains("NEW"), "{text}");
    assert!(stage.scopes_of("NEW").contains(&Scope::UiBadgeNew));
}

#[test]
fn a_server_whose_tools_changed_unheard_is_stale() {
    let mut stage = stage(120, 40);
    let text = stage.keys("5ggjjjjj3").text();
    assert!(text.contains("Δ stale"), "{text}");
    assert!(
        text.contains("the model works on old definitions"),
        "{text}"
    );
}

#[test]
fn coming_and_going_are_changes_shown_whole() {
    let mut stage = stage(160, 40);
    let text = stage.keys("4").text();
    for words in ["tool added", "tool removed", "tool returned"] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    assert!(
        text.contains("a tool that was not offered before"),
        "{text}"
    );
    assert!(text.contains("Gives money⟨ZWSP⟩ back."), "{text}");
    let text = stage.keys("j").text();
    assert!(text.contains("the tool is not offered any more"), "{text}");
    assert!(text.contains("As it was before it went"), "{text}");
    let text = stage.keys("j").text();
    assert!(text.contains("with the words that it had"), "{text}");
}

#[test]
fn a_call_without_an_answer_has_no_arrow_back() {
    let mut stage = stage(120, 30);
    let text = stage.keys("6").text();
    assert!(
        text.contains("no answer") && text.contains("cancelled"),
        "{text}"
    );
    assert!(!text.contains('◄'), "{text}");
    assert!(text.contains("Δ 3 changes"), "{text}");
}
