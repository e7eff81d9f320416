//! The pictures in the README are what the screens draw now.

#[path = "../screenshots/scenes.rs"]
mod scenes;

use std::path::Path;

#[test]
fn no_picture_is_out_of_date() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    let case = scenes::case();
    let stale: Vec<&str> = scenes::SCENES
        .iter()
        .filter(|scene| {
            let kept = std::fs::read_to_string(folder.join(scene.name).with_extension("svg"))
                .unwrap_or_default();
            kept != scenes::draw(&case, scene)
        })
        .map(|scene| scene.name)
        .collect();
    assert!(
        stale.is_empty(),
        "run `cargo run --example screenshots`, look at the pictures, and commit them: {stale:?}"
    );
}

#[test]
fn the_readme_shows_only_pictures_that_there_are() {
    let readme = include_str!("../README.md");
    let shown: Vec<&str> = readme
        .split("(screenshots/")
        .skip(1)
        .filter_map(|rest| rest.split(".svg)").next())
        .collect();
    assert!(
        shown.len() >= 3,
        "the README shows {} pictures",
        shown.len()
    );
    for name in shown {
        assert!(
            scenes::SCENES.iter().any(|scene| scene.name == name),
            "there is no picture `{name}`"
        );
    }
}
