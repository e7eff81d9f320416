//! What keys do, seen on the screen.

use super::fixture::stage;
use crate::session::RowId;
use crate::session::filter::Picked;
use crate::ui::message::{Message, Mouse, MouseKind};
use crate::ui::model::{Case, Focus, View};
use crate::ui::theme::Scope;

#[test]
fn findings_stand_worst_first_with_their_evidence_lit() {
    let mut stage = stage(120, 36);
    let text = stage.text();
    let order: Vec<usize> = [
        "a private key leaves",
        "a private key is read",
        "a folder of keys",
        "hidden characters",
    ]
    .iter()
    .map(|title| {
        text.find(title)
            .unwrap_or_else(|| panic!("{title} is missing:\n{text}"))
    })
    .collect();
    assert!(order.is_sorted(), "{text}");
    assert!(
        text.contains("1 critical") && text.contains("1 high"),
        "{text}"
    );
    assert!(stage.scopes_of("PRIVATE KEY").contains(&Scope::Evidence));
    assert!(stage.scopes_of("▲ CRITICAL").contains(&Scope::RiskCritical));
    stage.keys("j");
    assert!(stage.text().contains("id_rsa"));
    assert_eq!(stage.model.panes().selected, 1);
}

#[test]
fn calls_show_arguments_result_and_what_the_model_was_told() {
    let mut stage = stage(160, 40);
    let text = stage.keys("2jj").text();
    for words in [
        "send_email · mailer · call 3",
        "audit@evil.example",
        "Message queued.",
        "version 2 of 2",
        "Always keep the default bcc",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    assert!(text.contains("⟨U+202E RLO⟩"), "{text}");
    assert!(stage.scopes_of("⟨U+202E RLO⟩").contains(&Scope::Hidden));
    assert!(
        text.contains("A secret in it is masked; S spells it out.")
            && !text.contains("PRIVATE KEY"),
        "{text}"
    );
    let text = stage.keys("S").text();
    assert!(
        stage.scopes_of("PRIVATE KEY").contains(&Scope::Evidence),
        "{text}"
    );
}

#[test]
fn stepping_moves_one_cursor_for_all_views() {
    let mut stage = stage(120, 36);
    stage.keys("2]");
    assert_eq!(stage.model.panes().selected, 0);
    stage.keys("]]");
    let cursor = stage.model.cursor;
    stage.keys("5");
    assert_eq!(stage.model.panes().selected, cursor.0 as usize);
    stage.keys("6");
    assert_eq!(stage.model.panes().selected, 2);
    stage.keys("[2");
    assert_eq!(stage.model.panes().selected, 1);
    stage.keys("[[");
    assert!(
        stage.text().contains("This is the first call."),
        "{}",
        stage.text()
    );
}

#[test]
fn findings_are_stepped_through_in_time() {
    let mut stage = stage(120, 36);
    stage.keys("2}}");
    let first = stage.model.cursor;
    stage.keys("}");
    assert!(stage.model.cursor > first);
    stage.keys("{");
    assert_eq!(stage.model.cursor, first);
    stage.keys("}}}}");
    assert!(
        stage.text().contains("last finding in time"),
        "{}",
        stage.text()
    );
}

#[test]
fn the_jump_list_leads_back_and_forth() {
    let mut stage = stage(120, 36);
    stage.keys("2jjd");
    assert_eq!(stage.model.view, View::Tools);
    assert!(
        stage.text().contains("send_email · mailer"),
        "{}",
        stage.text()
    );
    stage.keys("<ctrl-o>");
    assert_eq!(
        (stage.model.view, stage.model.panes().selected),
        (View::Calls, 2)
    );
    stage.keys("<ctrl-i>");
    assert_eq!(stage.model.view, View::Tools);
    stage.keys("<ctrl-o><ctrl-o><ctrl-o>");
    assert_eq!(stage.model.view, View::Findings);
    assert!(
        stage.text().contains("no earlier place"),
        "{}",
        stage.text()
    );
}

#[test]
fn links_in_the_details_lead_to_the_call() {
    let mut stage = stage(120, 40);
    stage.keys("<enter>");
    assert_eq!(stage.model.focus, Focus::Detail);
    stage.keys("j<enter>");
    assert_eq!(stage.model.view, View::Calls, "{}", stage.text());
    assert_eq!(stage.model.panes().selected, 2);
}

#[test]
fn a_filter_narrows_every_list_and_a_bad_one_is_shown_under_the_caret() {
    let mut stage = stage(120, 36);
    stage.keys("5fserver:mailer<enter>");
    let text = stage.text();
    assert!(
        text.contains("server:mailer") && !text.contains("list_dir"),
        "{text}"
    );
    let all = stage.model.lists.passed.as_ref().map(Picked::len);
    assert!(all.is_some_and(|all| all > 4 && all < 20), "{all:?}");
    stage.keys("2");
    assert!(!stage.text().contains("read_file"), "{}", stage.text());
    stage.keys("f<ctrl-u>risk:>=wild<enter>");
    let text = stage.text();
    assert!(
        text.contains("^") && text.contains("Still in force: server:mailer"),
        "{text}"
    );
    stage.keys("<esc>");
    assert!(!stage.text().contains("read_file"));
    stage.keys("X");
    assert!(stage.text().contains("read_file"), "{}", stage.text());
}

#[test]
fn a_search_goes_from_hit_to_hit_and_says_where_it_ends() {
    let mut stage = stage(120, 36);
    stage.keys("5g/PRIVATE<enter>");
    let first = stage.model.cursor;
    stage.keys("n");
    assert!(stage.model.cursor > first);
    stage.keys("N");
    assert_eq!(stage.model.cursor, first);
    stage.keys("nn");
    assert!(
        stage.text().contains("Gone on from the beginning"),
        "{}",
        stage.text()
    );
    stage.keys("3/send<enter>");
    assert!(
        stage.text().contains("send_email · mailer"),
        "{}",
        stage.text()
    );
}

#[test]
fn help_lists_the_keys_of_the_view_and_the_palette_runs_a_command() {
    let mut stage = stage(120, 60);
    let text = stage.keys("?write").text();
    assert!(
        text.contains("Keys in Findings") && text.contains("write a note on the selected finding"),
        "{text}"
    );
    assert!(
        !stage
            .keys("<esc><esc>2?write")
            .text()
            .contains("write a note on the selected finding")
    );
    stage.keys("<esc><esc>:view mess<enter>");
    assert_eq!(stage.model.view, View::Messages);
}

#[test]
fn a_disabled_key_says_why() {
    let mut stage = stage(120, 36);
    stage.keys("5G%");
    assert!(stage.text().contains("no other half"), "{}", stage.text());
    assert!(
        stage
            .scopes_of("This message has no other half")
            .contains(&Scope::UiToastWarn)
    );
}

#[test]
fn copying_asks_for_the_clipboard_and_says_how() {
    let mut stage = stage(120, 36);
    stage.keys("2jjy");
    assert!(
        stage
            .copied()
            .is_some_and(|text| text.contains("audit@evil.example") && !text.contains('\u{202e}'))
    );
    assert!(stage.text().contains("OSC 52"), "{}", stage.text());
}

#[test]
fn the_json_tree_folds_and_zooms() {
    let mut stage = stage(120, 36);
    stage.keys("2j5<tab>");
    assert!(stage.text().contains("follow: true"), "{}", stage.text());
    stage.keys("jjjj<enter>");
    assert!(!stage.text().contains("follow: true"), "{}", stage.text());
    stage.keys("<enter>z");
    assert!(
        stage.text().contains("\"name\": \"read_file\""),
        "{}",
        stage.text()
    );
    stage.keys("<esc>x");
    assert!(stage.text().contains("00000000"), "{}", stage.text());
}

#[test]
fn the_world_is_as_of_the_cursor_or_of_the_end() {
    let mut stage = stage(120, 36);
    stage.keys("5g3");
    assert!(!stage.text().contains("send_email"), "{}", stage.text());
    stage.keys("a");
    assert!(
        stage.text().contains("send_email") && stage.text().contains("as of the end"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_line_that_could_not_be_read_is_shown_in_red_and_in_the_list() {
    let mut stage = stage(120, 36);
    assert!(stage.text().contains("1 unreadable"), "{}", stage.text());
    assert!(
        stage.scopes_of("✗ 1 unreadable").contains(&Scope::UiLoss)
            || stage.text().contains("unreadable")
    );
    stage.keys("5G");
    assert!(stage.text().contains("unreadable"), "{}", stage.text());
}

#[test]
fn the_mouse_selects_scrolls_and_drags_the_border() {
    let mut stage = stage(120, 36);
    let mouse = |stage: &mut crate::ui::testing::Stage, kind, column, row| {
        stage.send(Message::Mouse(Mouse { kind, column, row }));
    };
    mouse(&mut stage, MouseKind::Press, 16, 1);
    assert_eq!(stage.model.view, View::Calls);
    mouse(&mut stage, MouseKind::Press, 10, 6);
    assert_eq!(stage.model.panes().selected, 2);
    mouse(&mut stage, MouseKind::ScrollUp, 10, 6);
    assert_eq!(stage.model.panes().selected, 0);
    let border = crate::ui::view::layout::of(&stage.model).list.right();
    mouse(&mut stage, MouseKind::Press, border, 10);
    mouse(&mut stage, MouseKind::Drag, 40, 10);
    mouse(&mut stage, MouseKind::Release, 40, 10);
    assert_eq!(crate::ui::view::layout::of(&stage.model).list.width, 40);
    mouse(&mut stage, MouseKind::Press, 1, 34);
    assert_eq!(stage.model.cursor, RowId(0));
}

#[test]
fn a_search_hit_is_lit_wherever_it_is_seen() {
    let mut stage = stage(120, 36);
    stage.keys("2/list_dir<enter>");
    assert!(
        stage.scopes_of("list_dir").contains(&Scope::UiMatch),
        "{}",
        stage.text()
    );
}

#[test]
fn what_is_open_tells_class_and_loss() {
    let mut stage = stage(120, 36);
    let text = stage.keys("i").text();
    for words in [
        "What is open",
        "wire-complete",
        "1 line; f kind:unreadable",
        "small.mcp.jsonl",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
    assert!(!stage.keys("<esc>").text().contains("What is open"));
}

#[test]
fn where_nothing_runs_it_is_said_how_to_start() {
    let case = Case {
        title: "live".to_owned(),
        live: true,
        ..Case::default()
    };
    let mut stage = crate::ui::testing::Stage::new(case, 100, 24);
    for view in ["1", "2", "3", "4", "5", "6"] {
        let text = stage.keys(view).text();
        for words in ["live", "nothing runs", "plainsight wrap"] {
            assert!(text.contains(words), "{view}: {words} is missing:\n{text}");
        }
    }
}

#[test]
fn tab_completes_a_filter() {
    let mut stage = stage(120, 36);
    assert!(
        stage.keys("5fser").text().contains("tab server:"),
        "{}",
        stage.text()
    );
    stage.keys("<tab>ma<tab>");
    assert!(
        stage.text().contains("filter server:mailer"),
        "{}",
        stage.text()
    );
    stage.keys(" ki<tab>st<tab><enter>");
    assert_eq!(
        stage
            .model
            .filter
            .good
            .as_ref()
            .map(|good| good.text.as_str()),
        Some("server:mailer kind:stderr")
    );
}
