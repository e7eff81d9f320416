//! The pictures in the README are what the screens draw now.

#[path = "../screenshots/scenes.rs"]
mod scenes;
#[path = "../screenshots/walk.rs"]
mod walk;

use std::path::{Path, PathBuf};

const HOW: &str = "run `cargo run --example screenshots`, look at the pictures, and commit them";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots")
}

#[test]
fn no_picture_is_out_of_date() {
    let case = scenes::case();
    let mut stale: Vec<String> = Vec::new();
    let mut all = 0;
    for scene in scenes::scenes() {
        let name = scene.name() + ".svg";
        let now = scenes::draw(&case, &scene);
        let kept = std::fs::read_to_string(folder().join(&name)).unwrap_or_default();
        // Pages show them side by side: they must not be heavy.
        assert!(now.len() < 64 << 10, "{name} has {} bytes", now.len());
        all += now.len();
        if kept != now {
            stale.push(name);
        }
    }
    assert!(stale.is_empty(), "{HOW}: {stale:?}");
    assert!(all < 2 << 20, "all pictures have {all} bytes");
}

#[test]
fn there_is_no_picture_that_nobody_draws() {
    let names: Vec<String> = scenes::scenes()
        .iter()
        .map(|scene| scene.name() + ".svg")
        .collect();
    for entry in std::fs::read_dir(folder()).expect("the folder is there") {
        let name = entry.expect("it can be read").file_name();
        let name = name.to_str().expect("a plain name");
        assert!(
            !name.ends_with(".svg") || names.iter().any(|own| own == name),
            "{name}: {HOW}"
        );
    }
    let mut once = names.clone();
    once.sort();
    once.dedup();
    assert_eq!(once.len(), names.len());
}

/// The terminal that a film is played in, at its end.
fn played(film: &str) -> (vt100::Parser, f64) {
    let mut lines = film.lines();
    let header: serde_json::Value =
        serde_json::from_str(lines.next().expect("a header")).expect("JSON");
    assert_eq!(header["version"], 2);
    let size = |key: &str| {
        let size = header[key].as_u64().expect("a number");
        std::num::NonZero::new(size as u16).expect("a size")
    };
    let mut terminal = vt100::Parser::new(size("height"), size("width"), 0);
    let mut last = 0.0;
    for line in lines {
        let (time, kind, text): (f64, String, String) =
            serde_json::from_str(line).expect("an event");
        assert!(time >= last && kind == "o", "{line}");
        last = time;
        terminal.process(text.as_bytes());
    }
    (terminal, last)
}

#[test]
fn the_film_is_what_the_screens_show() {
    use ratatui::style::{Color, Modifier};
    let (film, last) = walk::film(&scenes::case());
    let kept = std::fs::read_to_string(folder().join("demo.cast")).unwrap_or_default();
    assert!(kept == film, "{HOW}: demo.cast");
    assert!(film.len() < 1 << 20, "it has {} bytes", film.len());
    let (terminal, seconds) = played(&film);
    assert!(
        (20.0..60.0).contains(&seconds),
        "it takes {seconds} seconds"
    );
    let screen = terminal.screen();
    let exact = |color: Color| match color {
        Color::Reset => vt100::Color::Default,
        Color::Rgb(r, g, b) => vt100::Color::Rgb(r, g, b),
        other => panic!("{other:?} is no exact colour"),
    };
    for y in 0..walk::SIZE.1 {
        for x in 0..walk::SIZE.0 {
            let (drawn, cell) = (screen.cell(y, x), last.cell((x, y)));
            let (drawn, cell) = (drawn.expect("inside"), cell.expect("inside"));
            if drawn.is_wide_continuation() {
                continue;
            }
            let text = match drawn.contents() {
                "" => " ",
                text => text,
            };
            let told = (text, drawn.fgcolor(), drawn.bgcolor(), drawn.bold());
            let meant = (
                cell.symbol(),
                exact(cell.fg),
                exact(cell.bg),
                cell.modifier.contains(Modifier::BOLD),
            );
            assert_eq!(told, meant, "at column {x}, row {y}");
        }
    }
}

#[test]
fn the_readme_shows_only_pictures_that_there_are() {
    let readme = include_str!("../README.md");
    let shown: Vec<&str> = readme
        .split("screenshots/")
        .skip(1)
        .filter_map(|rest| rest.split_once(".svg").map(|(name, _)| name))
        .filter(|name| !name.contains(['\n', ' ']))
        .collect();
    assert!(
        shown.len() >= 3,
        "the README shows {} pictures",
        shown.len()
    );
    for name in shown {
        assert!(
            scenes::scenes().iter().any(|scene| scene.name() == name),
            "there is no picture `{name}`"
        );
    }
}
