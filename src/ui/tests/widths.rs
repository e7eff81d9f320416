//! Letters that take two cells, none, or as many as the terminal likes; and terminals that show ASCII alone.

use super::fixture::{case, case_of};
use super::hostile::{PAYLOADS, TOUR, assert_clean, recording};
use super::sizes::STATES;
use crate::text::width;
use crate::ui::testing::Stage;
use crate::ui::theme::{Depth, Look, Theme};

/// Names and texts of many scripts.
const SCRIPTS: &[&str] = &[
    "日本語サーバー",
    "서버 이름",
    "ｆｕｌｌｗｉｄｔｈ",
    "👩\u{200d}👩\u{200d}👧🇯🇵❤\u{fe0f}",
    "e\u{301}\u{302}o\u{308} Việt",
    "עברית العربية",
    "हिन्दी தமிழ்",
    "①②③ §¶ ±×÷ αβγ ─│┼ ▲◆●",
];

/// A wide letter has both of its cells, and nothing stands in the second.
fn assert_whole(stage: &Stage, keys: &str) {
    let buffer = stage.buffer();
    for y in 0..buffer.area.height {
        for x in 0..buffer.area.width {
            let symbol = buffer.cell((x, y)).map_or("", |cell| cell.symbol());
            // A cluster of an Indic script may take three cells.
            let cells = u16::try_from(width(symbol)).unwrap_or(u16::MAX);
            for half in x + 1..x.saturating_add(cells) {
                let next = buffer.cell((half, y)).map(|cell| cell.symbol());
                assert!(
                    matches!(next, Some(" " | "")),
                    "{next:?} stands in a part of {symbol:?} at {x},{y} after {keys:?}:\n{}",
                    stage.text()
                );
            }
        }
    }
}

#[test]
fn wide_letters_are_never_cut_in_half() {
    for script in SCRIPTS {
        for (columns, rows) in [(80, 24), (121, 34)] {
            let mut stage = Stage::new(case_of(recording(script)), columns, rows);
            for keys in TOUR
                .iter()
                .chain(&["<esc>1t", "<esc>?", "<esc>i", "<esc>:", "<esc>2z"])
            {
                stage.keys(keys);
                assert_whole(&stage, keys);
                assert_clean(&stage, keys);
            }
        }
    }
}

#[test]
fn the_borders_stand_in_one_column_beside_wide_names() {
    for script in SCRIPTS {
        let mut stage = Stage::new(case_of(recording(script)), 80, 24);
        for view in ["1", "2", "3", "4", "5", "6"] {
            stage.keys(view);
            let buffer = stage.buffer();
            for y in 3..21 {
                for x in [0, 79] {
                    let symbol = buffer.cell((x, y)).map_or("", |cell| cell.symbol());
                    assert!(
                        ["│", "┃"].contains(&symbol),
                        "{symbol:?} at {x},{y} in view {view}:\n{}",
                        stage.text()
                    );
                }
            }
        }
    }
}

#[test]
fn no_theme_lets_through_what_hides_or_commands() {
    let payload = PAYLOADS.concat();
    for id in Theme::names() {
        for ascii in [false, true] {
            let look = Look {
                depth: Depth::Ansi16,
                ascii,
            };
            let theme = Theme::builtin(id, look).expect("a built-in theme");
            let mut stage = Stage::new(case_of(recording(&payload)), 110, 30).with_theme(theme);
            for keys in [
                "1", "2", "3jj", "4", "5jjjj", "5jjz", "<esc>6", "?", "<esc>i",
            ] {
                stage.keys(keys);
                assert_clean(&stage, keys);
            }
        }
    }
}

#[test]
fn ascii_is_enough_for_every_screen() {
    let look = Look {
        depth: Depth::NoColor,
        ascii: true,
    };
    let theme = Theme::builtin("terminal", look).expect("a built-in theme");
    for keys in STATES {
        for (columns, rows) in [(80, 24), (150, 40)] {
            let mut stage = Stage::new(case(), columns, rows).with_theme(theme.clone());
            stage.keys(keys);
            for (n, row) in stage.text().lines().enumerate() {
                // Letters of the recording are what they are.
                let signs = row.chars().any(|c| !c.is_ascii() && !c.is_alphabetic());
                assert!(!signs, "row {n} after {keys:?}: {row}\n{}", stage.text());
            }
        }
    }
}
