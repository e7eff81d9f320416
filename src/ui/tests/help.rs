//! The help, the key line, the tour and the mouse.

use super::fixture::{case, stage};
use crate::ui::keyboard::Keyboard;
use crate::ui::message::{Effect, Message, Mouse, MouseKind};
use crate::ui::model::View;
use crate::ui::overlay::Overlay;
use crate::ui::testing::Stage;
use crate::ui::theme::{Look, Scope, Theme};
use std::sync::Arc;

#[test]
fn the_help_is_searched_by_typing() {
    let mut stage = stage(120, 36);
    let text = stage.keys("2?").text();
    assert!(
        text.contains("Keys in Calls") && text.contains("Stepping through time"),
        "{text}"
    );
    let text = stage.keys("next call").text();
    assert!(!text.contains("ctrl-z") && text.contains("]"), "{text}");
    let text = stage.keys("<ctrl-u>critical").text();
    assert!(
        stage.scopes_of("▲").contains(&Scope::RiskCritical),
        "{text}"
    );
    let text = stage.keys("<ctrl-u>xyzzy").text();
    assert!(
        text.contains("Nothing in the help holds these words."),
        "{text}"
    );
    // The first esc empties the line, the second closes.
    assert!(stage.keys("<esc>").text().contains("Stepping through time"));
    assert!(!stage.keys("<esc>").text().contains("Keys in Calls"));
}

#[test]
fn the_help_tells_signs_filters_windows_and_where_keys_are_changed() {
    let mut stage = stage(200, 60);
    stage.model.keyboard.file = Some("/home/me/.config/plainsight/keys.toml".into());
    stage.keys("?");
    let mut text = stage.text();
    for _ in 0..10 {
        text.push_str(&stage.keys("<pagedown>").text());
    }
    for words in [
        "server:mail*",
        "text that is hidden from a person",
        "a definition that changed",
        "In windows and lines",
        "Holding Shift",
        "keys.toml",
    ] {
        assert!(text.contains(words), "{words} is missing:\n{text}");
    }
}

#[test]
fn what_is_wrong_in_the_file_of_keys_is_said_at_once_and_in_the_help() {
    let mut stage = stage(120, 36);
    let faults = ["keys.toml, line 2: first.", "keys.toml, line 3: second."];
    stage.model.keyboard.faults = faults.map(str::to_owned).into();
    stage.model.say_faults();
    assert!(
        stage.text().contains("line 2: first. And 1 more"),
        "{}",
        stage.text()
    );
    // Any key takes it away, so that it lies over nothing.
    let text = stage.keys("?").text();
    assert!(stage.model.toast.is_none());
    assert!(
        text.contains("Your file of keys") && text.contains("line 3: second."),
        "{text}"
    );
}

#[test]
fn keys_of_ones_own_are_shown_wherever_keys_are() {
    let text = "[keys]\n\"call next\" = \"alt-n\"\n\"call previous\" = \"alt-p\"\nhelp = \"H h\"\n";
    let (keymap, faults) = crate::ui::command::read("keys.toml", text);
    assert_eq!(faults.len(), 1, "H is the prefix now: {faults:?}");
    let mut stage = stage(160, 60);
    stage.model.keyboard = Keyboard {
        keymap: Arc::new(keymap),
        ..Keyboard::default()
    };
    let bar = stage.text();
    let bar = bar.lines().last().unwrap_or_default();
    assert!(
        bar.contains("alt-n alt-p") && bar.contains("H h help"),
        "{bar}"
    );
    stage.keys("2]");
    assert_eq!(stage.model.panes().selected, 0);
    stage.keys("<alt-n><alt-n>");
    assert_eq!(stage.model.panes().selected, 1);
    let text = stage.keys("Hh").text();
    assert!(
        text.contains("Keys in Calls") && text.contains("alt-n"),
        "{text}"
    );
}

#[test]
fn the_key_line_tells_what_the_keys_do_at_the_moment() {
    let mut stage = stage(80, 24);
    let last = |stage: &Stage| stage.text().lines().last().unwrap_or_default().to_owned();
    for width in [80, 120, 200] {
        stage.resize(width, 24);
        let bar = last(&stage);
        assert!(
            bar.contains("? help") && bar.contains("q quit"),
            "{width}: {bar}"
        );
    }
    assert!(last(stage.keys("?")).contains("esc close"));
    assert!(last(stage.keys("<esc>:")).contains("tab complete"));
}

#[test]
fn the_tour_has_five_steps_and_comes_once() {
    let marker = std::path::PathBuf::from("/dev/null/never");
    let mut stage = Stage::new(case(), 100, 30);
    stage.model.tour = Some(marker.clone());
    stage.model.overlay = Some(Overlay::Tour(0));
    for step in 1..=5 {
        let text = stage.text();
        assert!(
            text.contains(&format!("{step}/5")) && text.contains("esc skip"),
            "{text}"
        );
        stage.keys("<enter>");
    }
    assert!(stage.model.overlay.is_none());
    let toured = |stage: &Stage| {
        let seen = stage.asked.iter();
        seen.filter(|effect| matches!(effect, Effect::Toured(file) if *file == marker))
            .count()
    };
    assert_eq!(toured(&stage), 1);
    // From the palette it can be seen again, and esc skips it.
    assert!(stage.keys(":tour<enter>").text().contains("1/5"));
    assert!(stage.keys("<enter><backspace>").text().contains("1/5"));
    assert!(!stage.keys("<esc>").text().contains("1/5"));
    assert_eq!(toured(&stage), 1);
}

#[test]
fn skipping_the_tour_is_seeing_it() {
    let mut stage = stage(80, 24);
    stage.model.tour = Some("/dev/null/never".into());
    stage.model.overlay = Some(Overlay::Tour(0));
    stage.keys("<esc>2");
    assert_eq!(stage.model.view, View::Calls);
    assert!(
        stage
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Toured(_)))
    );
}

#[test]
fn help_tour_and_commands_fit_every_size_in_ascii_too() {
    let look = Look {
        ascii: true,
        ..Look::default()
    };
    let theme = Theme::builtin("terminal", look).expect("it is built in");
    let mut stage = stage(80, 24).with_theme(theme);
    for keys in [
        "?",
        "?filter",
        ":",
        ":tour<enter>",
        ":tour<enter><enter>",
        ":tour<enter>    ",
    ] {
        stage.keys("<esc><esc>").keys(keys);
        for width in (0..50).chain([60, 79, 80, 99, 120, 160, 220]) {
            for height in [0, 1, 2, 3, 8, 9, 10, 16, 24, 60] {
                stage.resize(width, height);
                stage.buffer();
            }
        }
        stage.resize(120, 36);
        let text = stage.text();
        assert!(text.is_ascii(), "{text}");
    }
}

#[test]
fn the_mouse_can_be_left_to_the_terminal_and_taken_again() {
    let mut stage = stage(120, 36);
    stage.keys(":mouse<enter>");
    assert!(
        stage
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Mouse(false)))
    );
    assert!(
        stage.text().contains("left to the terminal"),
        "{}",
        stage.text()
    );
    stage.keys(":mouse<enter>");
    assert!(
        stage
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Mouse(true)))
    );
    stage.keys("?");
    stage.send(Message::Mouse(Mouse {
        kind: MouseKind::ScrollDown,
        column: 20,
        row: 10,
    }));
    let Some(Overlay::Help(help)) = &stage.model.overlay else {
        panic!("the help is closed");
    };
    assert_eq!(help.scroll, 3);
}
