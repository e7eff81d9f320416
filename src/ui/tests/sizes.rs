//! Every view at every size, and at sizes that change under it.

use super::fixture::{case, case_of, stage};
use crate::ui::model::Case;
use crate::ui::model::View;
use crate::ui::testing::Stage;
use proptest::prelude::*;

/// What can be on the screen: the keys that bring it there.
pub(super) const STATES: &[&str] = &[
    "1",
    "1<tab>jjj",
    "2",
    "2G<enter>jjjj",
    "3jj",
    "3jjj<enter>",
    "3G<enter>x",
    "3a$$jjj",
    "5G5kw",
    "3ag<tab>jjjj",
    "3a$$$$G<tab>",
    "4",
    "4<enter>",
    "5G",
    "5jjjj<tab>jj",
    "5jjx",
    "5jjjjjz",
    "6G",
    "6j<enter>",
    "?",
    ":call",
    "f",
    "frisk:nonsense<enter>",
    "/key<enter>",
    "5/key<enter>&j",
    "5=~*",
    "ftool:",
    "fserver:files<enter>2",
    "2jbmaT}",
    "1mcMnote<enter>",
    "1m",
    "1jmr",
    "Qmcmfml",
    "2jjz",
    "2jx<tab>Z1",
    "2jxx",
    "3jjx",
    "5jj<tab>ZmjjY",
    "5jjj<tab>jjjzx",
    "space",
    "2]]])",
    "2jbB",
    "2jjd5oO",
    "@call x<enter>",
    "6<alt-l>",
    "5<ctrl-right>",
];

#[test]
fn every_view_fits_every_size() {
    let case = case();
    for keys in STATES {
        let mut stage = Stage::new(case.clone(), 120, 36);
        stage.keys(keys);
        for width in (0..=24).chain([30, 39, 40, 41, 59, 60, 79, 80, 99, 100, 139, 140, 200]) {
            for height in (0..=17).chain([24, 36, 60]) {
                stage.resize(width, height);
                let buffer = stage.buffer();
                assert_eq!((buffer.area.width, buffer.area.height), (width, height));
            }
        }
    }
}

#[test]
fn nothing_recorded_is_told_in_every_view() {
    let mut stage = Stage::new(Case::default(), 100, 24);
    for view in View::ALL {
        stage.keys(&format!("{}", view as usize + 1));
        stage.keys("jjkGg<enter>]}{)([ <tab>lhdoczxyaTbn%<esc>");
        let text = stage.text();
        assert!(
            text.contains("Reading the recording") || text.contains("holds no messages"),
            "{text}"
        );
    }
}

#[test]
fn a_recording_without_calls_says_so() {
    let line = br#"{"v":1,"session_id":"a","server_label":"a","seq":1,"ts":"2026-03-04T09:00:00Z","direction":"c2s","raw":{"jsonrpc":"2.0","id":1,"method":"ping"}}
"#;
    let mut stage = Stage::new(case_of(line), 80, 24);
    for (key, words) in [
        ("1", "Nothing was found in 1 message"),
        ("2", "No tool was called"),
        ("4", "No definition changed"),
        ("6", "No tool was called"),
    ] {
        assert!(
            stage.keys(key).text().contains(words),
            "{key}: {}",
            stage.text()
        );
    }
    assert!(stage.keys("5").text().contains("ping"));
}

#[test]
fn sixty_by_sixteen_still_works() {
    let mut stage = stage(60, 16);
    let list = stage.keys("2G").text();
    assert!(list.contains("send_email"), "{list}");
    let detail = stage.keys("<enter>").text();
    assert!(
        detail.contains("still waiting") && !detail.contains("server   "),
        "{detail}"
    );
    assert!(
        stage.keys("<esc>").text().contains("tool"),
        "{}",
        stage.text()
    );
}

#[test]
fn a_screen_too_small_says_what_it_needs() {
    assert!(
        stage(20, 8)
            .text()
            .replace('\n', " ")
            .contains("needs a terminal")
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn no_keys_at_any_size_bring_it_down(
        keys in proptest::collection::vec("[1-6jkGghldoczxyaTtbmMnN%{}()\\[\\]?:/f .,<>XF'r&*=~]|<enter>|<tab>|<esc>|<ctrl-d>|<ctrl-o>|<ctrl-i>|<pageup>", 1..60),
        sizes in proptest::collection::vec((0u16..150, 0u16..50), 1..6),
    ) {
        let mut stage = stage(90, 30);
        for (n, key) in keys.iter().enumerate() {
            let (width, height) = sizes[n % sizes.len()];
            stage.resize(width, height);
            stage.keys(key);
            stage.buffer();
        }
    }
}
