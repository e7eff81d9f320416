//! Commands found by what is typed.

use super::fixture::stage;
use crate::ui::message::{Message, Mouse, MouseKind};
use crate::ui::model::View;
use crate::ui::overlay::Overlay;
use crate::ui::testing::Stage;
use crate::ui::theme::{Look, Scope, Theme};
use crate::ui::themes::Listed;

fn row_of(stage: &Stage, words: &str) -> u16 {
    let text = stage.text();
    let row = text.lines().position(|line| line.contains(words));
    u16::try_from(row.unwrap_or_else(|| panic!("{words} is missing:\n{text}"))).unwrap()
}

#[test]
fn letters_in_their_order_find_a_command_and_are_lit() {
    let mut stage = stage(120, 36);
    let text = stage.keys(":vwmess").text();
    assert!(
        text.contains("view messages") && text.contains("1 of "),
        "{text}"
    );
    assert!(
        stage.scopes_of("view messages").contains(&Scope::UiMatch),
        "{text}"
    );
    stage.keys("<enter>");
    assert_eq!(stage.model.view, View::Messages);
    // Words of the help find it as well.
    let text = stage.keys(":who talked").text();
    assert!(text.contains("view flow"), "{text}");
    let none = stage.keys("<ctrl-u>zzzz").text();
    assert!(none.contains("No command fits."), "{none}");
}

#[test]
fn what_was_run_last_stands_on_top() {
    let mut stage = stage(120, 36);
    let text = stage.keys(":").text();
    assert!(
        !text.contains("Run last") && text.contains("Stepping through time"),
        "{text}"
    );
    stage.keys("view calls<enter>:view tools<enter>:view calls<enter>:");
    let (last, calls, tools, groups) = (
        row_of(&stage, "Run last"),
        row_of(&stage, "view calls"),
        row_of(&stage, "view tools"),
        row_of(&stage, "Stepping through time"),
    );
    assert!(
        last < calls && calls < tools && tools < groups,
        "{}",
        stage.text()
    );
    stage.keys("<enter>");
    assert_eq!(stage.model.view, View::Calls);
}

#[test]
fn what_cannot_be_done_says_why_and_leaves_the_palette_open() {
    let mut stage = stage(120, 36);
    let text = stage.keys("5G:pair").text();
    assert!(text.contains("This message has no other half"), "{text}");
    assert!(
        stage
            .scopes_of("go from a request")
            .contains(&Scope::UiKeyDisabled),
        "{text}"
    );
    stage.keys("<enter>");
    assert!(matches!(stage.model.overlay, Some(Overlay::Palette(_))));
    // What belongs to another view is found too, and it is said where.
    let text = stage.keys("<ctrl-u>note on the selected").text();
    assert!(text.contains("This is for Findings."), "{text}");
}

#[test]
fn tab_completes_and_some_commands_take_more() {
    let mut stage = stage(120, 36);
    let listed = |id: &str| Theme::builtin(id, Look::default()).map(|theme| Listed::of(&theme));
    let all = ["terminal", "ink-dark", "ink-light"]
        .into_iter()
        .filter_map(listed);
    stage.model.themes.all = all.collect();
    let text = stage.keys(":fil<tab>").text();
    assert!(text.contains(":filter "), "{text}");
    stage.keys("server:mailer<enter>");
    let good = stage.model.filter.good.as_ref();
    assert_eq!(good.map(|good| good.text.as_str()), Some("server:mailer"));
    let text = stage.keys(":theme ink").text();
    assert!(
        text.contains("theme ink-light") && !text.contains("theme terminal"),
        "{text}"
    );
    stage.keys("li<enter>");
    assert_eq!(stage.model.theme, 2);
    stage.keys(":filter risk:>=wild<enter>");
    assert!(stage.model.toast.as_ref().is_some_and(|toast| toast.bad));
}

#[test]
fn a_key_finds_its_command() {
    let mut stage = stage(120, 36);
    let text = stage.keys(":}").text();
    let first = text.lines().nth(4).unwrap_or_default();
    assert!(first.contains("finding next"), "{text}");
}

#[test]
fn a_click_runs_and_the_wheel_moves() {
    let mut stage = stage(120, 36);
    stage.keys(":view");
    let row = row_of(&stage, "view flow");
    let mouse = |kind, row| {
        Message::Mouse(Mouse {
            kind,
            column: 40,
            row,
        })
    };
    stage.send(mouse(MouseKind::ScrollDown, row));
    let open = |stage: &Stage| match &stage.model.overlay {
        Some(Overlay::Palette(palette)) => palette.selected,
        _ => panic!("the palette is closed"),
    };
    assert_eq!(open(&stage), 3);
    stage.send(mouse(MouseKind::Press, row_of(&stage, "view flow")));
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.model.view, View::Flow);
}

#[test]
fn all_commands_can_be_scrolled_through_at_any_size() {
    for (width, height) in [(40, 9), (60, 16), (80, 24), (200, 60), (10, 3)] {
        let mut stage = stage(width, height);
        stage.keys(":");
        for _ in 0..120 {
            stage.keys("<down>");
            stage.buffer();
        }
        if width >= 60 {
            assert!(stage.text().contains("quit"), "{}", stage.text());
        }
        stage.keys("<pageup>xyz<backspace><esc>");
        assert!(stage.model.overlay.is_none());
    }
}
