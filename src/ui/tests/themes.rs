//! Choosing a theme: what is on while one looks, what is kept, what is told.

use super::fixture::case;
use crate::store::settings;
use crate::ui::message::Effect;
use crate::ui::model::Model;
use crate::ui::overlay::Overlay;
use crate::ui::testing::Stage;
use crate::ui::theme::{Look, Theme};
use crate::ui::themes::{Listed, Themes};
use std::path::PathBuf;

fn stage(width: u16, height: u16, settings: Option<PathBuf>) -> Stage {
    let built_in = Theme::names().filter_map(|id| Theme::builtin(id, Look::default()));
    let mut all: Vec<Listed> = built_in.map(|theme| Listed::of(&theme)).collect();
    all.push(Listed {
        id: "mine".to_owned(),
        own: true,
        notes: vec!["mine.toml, line 2: `speed` is not known in a theme.".to_owned()],
        ..all[1].clone()
    });
    let themes = Themes {
        all,
        unread: Vec::new(),
        settings,
    };
    Stage::of(Model::new(case(), themes, 1), width, height)
}

#[test]
fn the_list_shows_each_theme_as_it_passes_and_esc_takes_it_back() {
    let mut stage = stage(100, 30, None);
    let text = stage.keys("t").text();
    assert!(
        text.contains("Themes 2/15") && text.contains("Ink dark") && text.contains("built in"),
        "{text}"
    );
    assert_eq!(stage.keys("jj").model.theme, 3);
    assert!(stage.text().contains("Themes 4/15"));
    assert_eq!(stage.keys("<esc>").model.theme, 1);
    assert!(stage.model.overlay.is_none());
    assert_eq!(stage.keys("tGq").model.theme, 1);
    // Round and round.
    assert_eq!(stage.keys("tGt").model.theme, 0);
}

#[test]
fn a_file_of_ones_own_is_told_what_is_wrong_with_it() {
    let mut stage = stage(100, 30, None);
    let text = stage.keys("tG").text();
    assert!(text.contains("your own") && text.contains("! 1"), "{text}");
    assert!(text.contains("`speed` is not known"), "{text}");
    // At a small size as well.
    let text = stage.resize(80, 14).text();
    assert!(
        text.contains("Themes 15/15") && text.contains("`speed` is not known"),
        "{text}"
    );
}

#[test]
fn enter_keeps_it_in_the_settings() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("settings.toml");
    let mut stage = stage(100, 30, Some(file.clone()));
    stage.keys("tj<enter>");
    assert_eq!(stage.model.theme, 2);
    assert!(
        stage.text().contains("\"ink-light\" is kept"),
        "{}",
        stage.text()
    );
    let kept = settings::read(&file).expect("it was written");
    assert_eq!(settings::theme(&kept), Some("ink-light"));
    // What a person wrote there by hand and got wrong is not written over.
    std::fs::write(&file, "theme = ").expect("it can be written");
    stage.keys("tj<enter>");
    assert!(stage.text().contains("not kept"), "{}", stage.text());
    assert_eq!(
        std::fs::read_to_string(&file).expect("it is there"),
        "theme = "
    );
}

#[test]
fn without_a_folder_it_lasts_until_the_end() {
    let mut stage = stage(100, 30, None);
    stage.keys("tj<enter>");
    assert_eq!(stage.model.theme, 2);
    assert!(stage.text().contains("until you leave"), "{}", stage.text());
    assert!(
        !stage
            .asked
            .iter()
            .any(|effect| matches!(effect, Effect::Prefer { .. }))
    );
}

#[test]
fn ctrl_t_goes_to_the_next() {
    let mut stage = stage(100, 30, None);
    stage.keys("<ctrl-t>");
    assert_eq!(stage.model.theme, 2);
    assert!(
        stage.text().contains("Theme: Ink light."),
        "{}",
        stage.text()
    );
    assert!(!matches!(stage.model.overlay, Some(Overlay::Themes(_))));
}

#[test]
fn the_list_fits_every_size() {
    let mut stage = stage(100, 30, None);
    stage.keys("tG");
    for width in (0..=90).step_by(3).chain([500]) {
        for height in (0..=30).chain([200]) {
            stage.resize(width, height);
            assert_eq!(stage.buffer().area.height, height);
        }
    }
}
