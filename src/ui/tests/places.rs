//! Bookmarks, the jump list, and going to a place that is typed.

use super::fixture::{case_of, stage};
use crate::session::RowId;
use crate::ui::model::View;
use crate::ui::testing::Stage;

#[test]
fn bookmarks_are_listed_gone_to_and_taken_away() {
    let mut stage = stage(120, 36);
    stage.keys("B");
    assert!(stage.text().contains("no bookmark yet"), "{}", stage.text());
    stage.keys("5gjjbGb2gjjb1B");
    let text = stage.text();
    for words in [
        "Bookmarks",
        "message 3",
        "message 20",
        "send_email",
        "▲ crit a private key leaves through mailer",
        "message 27",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    stage.keys("kx");
    assert_eq!(
        stage.model.bookmarks.iter().copied().collect::<Vec<_>>(),
        [RowId(19), RowId(26)]
    );
    stage.keys("j<enter>");
    assert_eq!(
        (stage.model.view, stage.model.cursor),
        (View::Messages, RowId(26))
    );
    stage.keys("<ctrl-o>");
    assert_eq!(stage.model.view, View::Findings);
    stage.keys("Bxx");
    assert!(stage.model.overlay.is_none(), "nothing is left to list");
}

#[test]
fn the_jump_list_is_seen_and_gone_through() {
    let mut stage = stage(120, 36);
    stage.keys("2jjd5o36<ctrl-o>O");
    let text = stage.text();
    assert!(text.contains("Where you have been"), "{text}");
    let rows: Vec<&str> = text
        .lines()
        .skip_while(|line| !line.contains("Where you have been"))
        .skip(1)
        .take(4)
        .map(|line| line.trim_start_matches(['│', ' ', '╭', '▌']))
        .collect();
    let views: Vec<bool> = ["Flow", "Messages", "Calls", "Findings"]
        .iter()
        .zip(&rows)
        .map(|(view, row)| row.contains(view))
        .collect();
    assert_eq!(views, [true; 4], "{text}");
    stage.keys("gjj<enter>");
    assert_eq!(
        (stage.model.view, stage.model.panes().selected),
        (View::Calls, 2)
    );
    stage.keys("Og<enter>");
    assert_eq!(
        stage.model.view,
        View::Flow,
        "what lies ahead is reached, too"
    );
    stage.keys("<alt-o>");
    assert!(stage.text().contains("no later place"), "{}", stage.text());
}

#[test]
fn a_place_is_typed() {
    let mut stage = stage(120, 36);
    stage.keys("5");
    for (typed, row) in [
        ("12", 11),
        ("call 3", 19),
        ("line 5", 4),
        ("start", 0),
        ("end", 26),
        ("50%", 13),
        ("09:15", 12),
        ("09:21:13", 19),
        ("2026-03-04 09:15:10", 14),
        ("+6m", 19),
        ("-10s", 18),
    ] {
        stage.keys(&format!("@{typed}<enter>"));
        assert_eq!(stage.model.cursor, RowId(row), "{typed}: {}", stage.text());
        assert!(stage.model.overlay.is_none(), "{typed}");
    }
    stage.keys("<ctrl-o>");
    assert_eq!(stage.model.cursor, RowId(19), "there is a way back");
    stage.keys("@10:00<enter>");
    assert!(
        stage
            .text()
            .contains("The recording ends earlier; this is its end."),
        "{}",
        stage.text()
    );
    stage.keys("@08:00<enter>");
    assert_eq!(stage.model.cursor, RowId(0));
    assert!(
        stage
            .text()
            .contains("The recording begins later; this is its start."),
        "{}",
        stage.text()
    );
}

#[test]
fn what_is_no_place_is_told_under_the_caret() {
    let mut stage = stage(120, 36);
    assert!(stage.keys("2@").text().contains("call 12   line 345"));
    let text = stage.keys("call 99<enter>").text();
    assert!(
        text.contains("There is no call 99: they go from 1 to 6.") && text.contains("^^^^^^^"),
        "{text}"
    );
    let text = stage.keys("<ctrl-u>call x<enter>").text();
    let lines: Vec<&str> = text.lines().collect();
    let caret = lines.iter().find_map(|line| line.find('^'));
    let typed = lines.iter().find_map(|line| line.find("call x"));
    assert_eq!(caret, typed.map(|at| at + "call ".len()), "{text}");
    let text = stage.keys("<backspace>3").text();
    assert!(
        !text.contains('^'),
        "what is typed on is not judged yet:\n{text}"
    );
    stage.keys("<enter>");
    assert_eq!(
        (stage.model.view, stage.model.panes().selected),
        (View::Calls, 2)
    );
}

#[test]
fn without_times_a_number_is_asked_for() {
    const UNTIMED: &[u8] = br#"{"jsonrpc":"2.0","id":1,"method":"ping"}
{"jsonrpc":"2.0","id":1,"result":{}}
"#;
    let mut stage = Stage::new(case_of(UNTIMED), 100, 24);
    let text = stage.keys("5@09:21<enter>").text();
    assert!(text.contains("This recording has no times"), "{text}");
    stage.keys("<esc>");
    let text = stage.text();
    assert!(
        !text.contains("--:--") || !text.contains("as of --"),
        "{text}"
    );
    assert!(text.contains("message 1/2"), "{text}");
}
