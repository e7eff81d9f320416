//! Who talked to whom.

use super::incident;
use crate::ui::testing::Stage;
use crate::ui::theme::{Look, Scope, Theme};

/// The stage at the call in which the key leaves.
fn at_the_leak(width: u16, height: u16) -> Stage {
    let mut stage = incident::stage(width, height);
    let sent = {
        let session = stage.model.case.session.read().expect("nobody panicked");
        let row = incident::request(&session, "send_email", "PRIVATE KEY");
        session.call_of(row).expect("it is a call")
    };
    stage.keys("6").keys(&"j".repeat(sent));
    stage
}

#[test]
fn calls_are_arrows_between_lanes() {
    let mut stage = incident::stage(120, 36);
    let text = stage.keys("6").text();
    assert!(text.contains("├─list_dir .───────────►│"), "{text}");
    assert!(text.contains("◄─344 B · 14 ms────────┤"), "{text}");
    let crossing = text
        .lines()
        .find(|line| line.contains("list_messages"))
        .unwrap_or_default();
    assert_eq!(
        crossing.matches('┼').count(),
        2,
        "over two lanes to the third:\n{text}"
    );
    assert!(
        stage.scopes_of("files  ").contains(&Scope::Server0),
        "{text}"
    );
}

#[test]
fn what_was_read_in_one_lane_leaves_by_another() {
    let stage = at_the_leak(120, 80);
    let text = stage.text();
    let leaves = text
        .lines()
        .find(|line| line.contains("send_email") && line.contains('╚'));
    assert!(
        leaves.is_some_and(|line| line.contains("►│") && line.contains("▲ crit")),
        "{text}"
    );
    let read = text
        .lines()
        .find(|line| line.contains('╗'))
        .unwrap_or_default();
    assert!(read.contains("┤═ a private key leaves"), "{text}");
    assert!(
        text.lines().filter(|line| line.contains('║')).count() > 20,
        "{text}"
    );
    assert!(stage.scopes_of("╚").contains(&Scope::FlowTaint));
    assert!(text.contains("Δ 2 changes"), "{text}");
}

#[test]
fn a_flow_that_began_above_the_screen_is_seen_all_the_same() {
    let text = at_the_leak(120, 24).text();
    assert!(
        text.contains('║') && text.contains('╚') && !text.contains('╗'),
        "{text}"
    );
}

#[test]
fn a_narrow_screen_keeps_the_lane_of_the_selected_call() {
    let text = at_the_leak(60, 24).text();
    assert!(text.contains("+1 │"), "not all lanes fit:\n{text}");
    let row = text
        .lines()
        .find(|line| line.starts_with("│▌"))
        .unwrap_or_default();
    assert!(row.contains("send_email") && row.contains('►'), "{text}");
}

#[test]
fn lanes_that_find_no_room_are_scrolled_to() {
    let mut stage = incident::stage(60, 24);
    let text = stage.keys("6").text();
    assert!(text.contains("files") && !text.contains("web  "), "{text}");
    assert!(text.contains("+1 ┃"), "one more to the right:\n{text}");
    let text = stage.keys("<alt-l>").text();
    assert!(text.contains("web") && text.contains("1+ ┃"), "{text}");
    let text = stage.keys("<alt-l>").text();
    assert!(
        text.contains("no lane of a server further to the right"),
        "{text}"
    );
    // A call whose lane is not seen brings it back.
    let text = stage.keys("j").text();
    assert!(text.contains("files") && text.contains("+1 ┃"), "{text}");
}

#[test]
fn lanes_keep_their_colour_where_lines_cross_them() {
    let stage = at_the_leak(120, 80);
    for sign in ["┼", "├"] {
        assert!(stage.scopes_of(sign).contains(&Scope::FlowLane), "{sign}");
    }
}

#[test]
fn ascii_is_enough_for_it() {
    let look = Look {
        ascii: true,
        ..Look::default()
    };
    let theme = Theme::builtin("terminal", look).expect("the terminal theme is built in");
    let stage = at_the_leak(120, 80).with_theme(theme);
    let text = stage.text();
    let lanes: Vec<&str> = text
        .lines()
        .filter(|line| line.contains("send_email"))
        .collect();
    assert!(!lanes.is_empty(), "{text}");
    let pane = text.lines().skip(2).take(70);
    // What the recording itself holds is shown as it is.
    let own = pane.filter(|line| !line.contains("read_f\u{456}le"));
    let strange = own.filter(|line| !line.is_ascii()).collect::<Vec<_>>();
    assert!(strange.is_empty(), "{strange:?}");
    assert!(text.contains("read_file"), "{text}");
}
