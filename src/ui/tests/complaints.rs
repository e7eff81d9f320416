//! What programs of this kind are complained about most, and the test that stands for each.

use super::fixture::{case_of, stage};
use crate::ui::command::Keymap;
use crate::ui::model::View;
use crate::ui::testing::Stage;
use crate::ui::view::layout;
use std::path::Path;
use std::sync::Arc;

/// The complaint, the file, the test in it.
const TESTS: &[(&str, &str, &str)] = &[
    (
        "unreadable on light backgrounds",
        "src/ui/theme/tests.rs",
        "text_has_a_contrast_of_at_least_four_and_a_half",
    ),
    (
        "copying over SSH",
        "tests/pty/complaints.rs",
        "copying_over_ssh_goes_through_the_terminal",
    ),
    (
        "copying in tmux",
        "src/ui/clipboard.rs",
        "it_is_told_which_way_was_taken_and_why",
    ),
    (
        "mouse capture that kills selection",
        "tests/pty/complaints.rs",
        "the_mouse_is_left_to_the_terminal_where_that_is_asked_for",
    ),
    (
        "mouse capture that kills selection",
        "src/ui/runtime.rs",
        "with_shift_the_mouse_is_the_terminals",
    ),
    (
        "CPU while idle",
        "tests/pty/signals.rs",
        "idle_uses_no_processor",
    ),
    (
        "CPU while idle",
        "src/ui/tests/walking.rs",
        "playing_asks_for_one_delay_at_a_time",
    ),
    (
        "terminal not restored after a panic",
        "tests/pty/complaints.rs",
        "a_panic_gives_the_terminal_back_and_is_told",
    ),
    (
        "terminal not restored after SIGTERM",
        "tests/pty/signals.rs",
        "sigterm",
    ),
    (
        "terminal not restored after SIGHUP",
        "tests/pty/signals.rs",
        "sighup",
    ),
    (
        "ctrl-z and fg",
        "tests/pty/signals.rs",
        "suspends_and_resumes",
    ),
    (
        "crash at tiny sizes",
        "src/ui/tests/sizes.rs",
        "every_view_fits_every_size",
    ),
    (
        "crash at tiny sizes",
        "tests/pty/main.rs",
        "a_screen_of_any_size_is_drawn",
    ),
    (
        "wide and combining characters",
        "src/ui/tests/complaints.rs",
        "wide_and_combining_letters_move_no_border",
    ),
    (
        "flicker in tmux",
        "tests/pty/complaints.rs",
        "every_frame_is_a_synchronized_update",
    ),
    (
        "background query that leaks into input",
        "tests/pty/complaints.rs",
        "a_late_answer_about_the_background_types_nothing",
    ),
    (
        "big logs",
        "src/ui/tests/complaints.rs",
        "a_frame_reads_no_more_of_a_long_recording_than_of_a_short_one",
    ),
    (
        "eager lists and paragraphs",
        "src/ui/tests/complaints.rs",
        "no_widget_that_lays_out_everything_is_used",
    ),
    (
        "no key remap",
        "src/ui/tests/complaints.rs",
        "a_command_can_have_another_key",
    ),
    (
        "key releases on Windows",
        "src/ui/key.rs",
        "a_release_is_no_press",
    ),
    (
        "two crossterm versions in one binary",
        "src/ui/tests/complaints.rs",
        "there_is_one_crossterm",
    ),
];

fn read(path: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(root.join(path)).expect(path)
}

#[test]
fn every_complaint_has_a_test() {
    for (complaint, file, test) in TESTS {
        let wanted = format!("#[test]\nfn {test}()");
        let text: String = read(file)
            .lines()
            .map(str::trim)
            .filter(|line| !line.starts_with("#[cfg"))
            .flat_map(|line| [line, "\n"])
            .collect();
        assert!(text.contains(&wanted), "{complaint}: {file} has no {test}");
    }
}

#[test]
fn there_is_one_crossterm() {
    let lock = read("Cargo.lock");
    assert_eq!(lock.matches("name = \"crossterm\"\n").count(), 1);
}

#[test]
fn no_widget_that_lays_out_everything_is_used() {
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ui")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if !path.ends_with("tests/complaints.rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                assert!(
                    !text.contains("ratatui::widgets"),
                    "{} draws with widgets that are laid out as a whole",
                    path.display()
                );
            }
        }
    }
}

/// A recording of `calls` calls whose tools and arguments are hard to measure.
fn recording(calls: usize) -> &'static [u8] {
    const NAMES: &[&str] = &[
        "read_日本語",
        "cafe\u{301}_menu",
        "👩‍👩‍👧_list",
        "ｆｕｌｌ",
        "a\u{300}\u{301}\u{302}b",
    ];
    let mut text = String::new();
    for call in 0..calls {
        let name = NAMES[call % NAMES.len()];
        let second = call % 60;
        text.push_str(&format!(
            r#"{{"v":1,"session_id":"a","server_label":"東京","seq":{call},"ts":"2026-03-04T09:14:{second:02}Z","direction":"c2s","raw":{{"jsonrpc":"2.0","id":{call},"method":"tools/call","params":{{"name":"{name}","arguments":{{"城":"日本 é 🇯🇵 👨‍👩‍👧 {call}"}}}}}}}}"#
        ));
        text.push('\n');
    }
    Box::leak(text.into_bytes().into_boxed_slice())
}

#[test]
fn wide_and_combining_letters_move_no_border() {
    let mut stage = Stage::new(case_of(recording(60)), 140, 30);
    for view in View::ALL {
        stage.keys(&format!("{}jjj", view as usize + 1));
        for width in [140, 121, 101, 100, 80, 61, 45] {
            stage.resize(width, 30);
            let at = layout::of(&stage.model);
            let buffer = stage.buffer();
            for pane in [at.list, at.detail] {
                for y in pane.y..pane.bottom() {
                    for x in [pane.x, pane.right().saturating_sub(1)] {
                        if pane.area() == 0 {
                            continue;
                        }
                        let symbol = buffer.cell((x, y)).map_or("", |cell| cell.symbol());
                        assert!(
                            "│┃╭╮╰╯─".contains(symbol) && !symbol.is_empty(),
                            "{} at {width}: {symbol:?} at {x},{y}\n{}",
                            view.name(),
                            stage.text()
                        );
                    }
                }
            }
            // A letter of two cells has both of them: the second one stays empty.
            for row in stage.text().lines() {
                assert!(crate::text::width(row) <= usize::from(width), "{row}");
            }
        }
    }
}

#[test]
fn a_frame_reads_no_more_of_a_long_recording_than_of_a_short_one() {
    let mut wanted = Vec::new();
    for calls in [100, 20_000] {
        let mut stage = Stage::new(case_of(recording(calls)), 120, 36);
        let mut seen = Vec::new();
        for key in ["2", "5", "6", "G", "2"] {
            stage.keys(key);
            let case = stage.model.case.clone();
            let bodies = crate::ui::facts::with(&case, |facts| {
                crate::ui::view::wants(&stage.model, facts).len()
            });
            seen.push(bodies);
        }
        wanted.push(seen);
    }
    assert_eq!(wanted[0], wanted[1], "bodies that are wanted for a frame");
    assert!(wanted[1].iter().all(|bodies| *bodies <= 80), "{wanted:?}");
}

#[test]
fn a_command_can_have_another_key() {
    let mut stage = stage(120, 36);
    stage.model.keyboard.keymap = Arc::new(Keymap::with(&[("view calls", "W c")]));
    stage.keys("Wc");
    assert_eq!(stage.model.view, View::Calls);
}
