use ratatui::style::{Color, Modifier};
use unicode_width::UnicodeWidthStr;

use super::*;

fn all(look: Look) -> Vec<Theme> {
    let shelf = Shelf::builtin();
    Theme::names()
        .map(|id| shelf.theme(id, look).unwrap().0)
        .collect()
}

#[test]
fn every_file_parses_without_warnings() {
    let shelf = Shelf::builtin();
    assert_eq!(shelf.warnings, []);
    assert_eq!(
        shelf.names().collect::<Vec<_>>(),
        Theme::names().collect::<Vec<_>>()
    );
    for id in Theme::names() {
        assert_eq!(shelf.theme(id, Look::default()).unwrap().1, [], "{id}");
    }
}

#[test]
fn the_files_in_the_folder_are_the_built_in_ones() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            entry
                .unwrap()
                .path()
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    files.sort();
    let mut names: Vec<_> = Theme::names().collect();
    names.sort_unstable();
    assert_eq!(files, names);
}

#[test]
fn every_scope_and_glyph_is_given() {
    let (root, _) = parse::parse("terminal", shelf::BUILTIN[0].1).unwrap();
    for scope in Scope::ALL {
        assert!(
            left_parts(scope.name()).any(|name| root.styles.contains_key(name)),
            "{}",
            scope.name()
        );
    }
    for glyph in Glyph::ALL {
        assert!(root.glyphs.contains_key(glyph.name()), "{}", glyph.name());
    }
}

#[test]
fn glyphs_are_one_cell_wide_and_their_twins_ascii() {
    for ascii in [false, true] {
        for theme in all(Look {
            ascii,
            ..Look::default()
        }) {
            for &glyph in Glyph::ALL {
                let sign = theme.glyph(glyph);
                assert_eq!(sign.width(), 1, "{}", glyph.name());
                assert!(!ascii || sign.is_ascii(), "{}", glyph.name());
            }
        }
    }
}

/// Contrast as WCAG 2.2 defines it, 1 to 21.
fn contrast(a: (u8, u8, u8), b: (u8, u8, u8)) -> f64 {
    let channel = |value: u8| {
        let c = f64::from(value) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    let light = |(r, g, b)| 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
    let (a, b) = (light(a), light(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Scopes that only ever colour lines and bars.
const LINES: [Scope; 4] = [
    Scope::UiBorder,
    Scope::UiScroll,
    Scope::TimelineTraffic,
    Scope::FlowLane,
];

#[test]
fn text_has_a_contrast_of_at_least_four_and_a_half() {
    let rgb = |color: Option<Color>| match color {
        Some(Color::Rgb(r, g, b)) => Some((r, g, b)),
        _ => None,
    };
    for theme in all(Look::default())
        .into_iter()
        .filter(|theme| theme.page().paper.is_some())
    {
        let page = theme.page().paper.unwrap();
        let band = rgb(theme.style(Scope::UiSelect).bg).unwrap();
        for &scope in Scope::ALL {
            let style = theme.style(scope);
            let Some(fg) = rgb(style.fg) else { continue };
            let grounds = match rgb(style.bg) {
                Some(bg) => vec![bg],
                None => vec![page, band],
            };
            for ground in grounds {
                let least = if LINES.contains(&scope) { 1.5 } else { 4.5 };
                let got = contrast(fg, ground);
                assert!(
                    got >= least,
                    "{} {} on {ground:?}: {got:.2}",
                    theme.id,
                    scope.name()
                );
            }
        }
    }
}

#[test]
fn magenta_is_for_hidden_text_alone() {
    for theme in all(Look {
        depth: Depth::Ansi16,
        ascii: false,
    }) {
        for &scope in Scope::ALL {
            let magenta = [Color::Magenta, Color::LightMagenta]
                .map(Some)
                .contains(&theme.style(scope).fg);
            assert_eq!(
                magenta,
                scope == Scope::Hidden,
                "{} {}",
                theme.id,
                scope.name()
            );
        }
    }
}

#[test]
fn without_colour_the_modifiers_tell() {
    for theme in all(Look {
        depth: Depth::NoColor,
        ascii: false,
    }) {
        for &scope in Scope::ALL {
            let style = theme.style(scope);
            assert_eq!((style.fg, style.bg), (None, None), "{}", scope.name());
        }
        for scope in [
            Scope::UiSelect,
            Scope::UiMatch,
            Scope::Hidden,
            Scope::UiTabActive,
            Scope::TimelineCursor,
        ] {
            assert!(
                theme.style(scope).add_modifier.contains(Modifier::REVERSED),
                "{} {}",
                theme.id,
                scope.name()
            );
        }
    }
}

#[test]
fn a_band_that_sixteen_colours_cannot_show_is_reversed() {
    let theme = Theme::builtin(
        "ink-dark",
        Look {
            depth: Depth::Ansi16,
            ascii: false,
        },
    )
    .unwrap();
    assert!(
        theme
            .style(Scope::UiSelect)
            .add_modifier
            .contains(Modifier::REVERSED)
    );
    let exact = Theme::builtin("ink-dark", Look::default()).unwrap();
    assert!(
        !exact
            .style(Scope::UiSelect)
            .add_modifier
            .contains(Modifier::REVERSED)
    );
}

#[test]
fn a_child_is_laid_over_its_parent_and_falls_back_to_the_left() {
    let mut shelf = Shelf::builtin();
    let child = "inherits = \"ink-dark\"\n[palette]\naccent = \"#ffffff\"\n[style]\n\"diff\" = \"accent\"\n";
    shelf.add("mine", child).unwrap();
    let (mine, warnings) = shelf.theme("mine", Look::default()).unwrap();
    assert_eq!(warnings, []);
    // The parent's style with the child's colour.
    assert_eq!(mine.style(Scope::UiKey).fg, Some(Color::Rgb(255, 255, 255)));
    // The longer name wins, wherever it stands.
    assert_ne!(
        mine.style(Scope::DiffAdd).fg,
        Some(Color::Rgb(255, 255, 255))
    );
    assert_eq!(mine.mode, Mode::Any);
    assert_eq!(mine.page().paper, Some((0x14, 0x17, 0x1a)));
}

#[test]
fn a_theme_without_a_parent_still_has_every_style() {
    let mut shelf = Shelf::builtin();
    shelf
        .add("bare", "[style]\n\"ui.text\" = \"red\"\n")
        .unwrap();
    let (bare, _) = shelf.theme("bare", Look::default()).unwrap();
    assert_eq!(bare.style(Scope::UiText).fg, Some(Color::Red));
    assert_eq!(bare.style(Scope::Hidden).fg, Some(Color::Magenta));
    assert_eq!(bare.glyph(Glyph::RiskHigh), "▲");
}

#[test]
fn a_colour_that_is_in_no_palette_is_a_warning() {
    let mut shelf = Shelf::builtin();
    shelf
        .add(
            "mine",
            "inherits = \"terminal\"\n[style]\n\"ui.text\" = \"inkk\"\n",
        )
        .unwrap();
    let (_, warnings) = shelf.theme("mine", Look::default()).unwrap();
    let told: Vec<_> = warnings.iter().map(Warning::to_string).collect();
    assert_eq!(
        told,
        ["mine.toml, line 3: `ui.text` has a colour that is not in the palette: \"inkk\"."]
    );
}

#[test]
fn circles_and_missing_parents_are_errors() {
    let mut shelf = Shelf::builtin();
    shelf.add("a", "inherits = \"b\"").unwrap();
    shelf.add("b", "inherits = \"c\"").unwrap();
    shelf.add("c", "inherits = \"a\"").unwrap();
    shelf.add("lost", "inherits = \"nowhere\"").unwrap();
    let error = |id: &str| shelf.theme(id, Look::default()).unwrap_err();
    assert_eq!(error("a"), ThemeError::Cycle("a → b → c → a".to_owned()));
    assert_eq!(
        error("lost"),
        ThemeError::Parent("lost".to_owned(), "nowhere".to_owned())
    );
    assert!(
        error("none")
            .to_string()
            .starts_with("there is no theme \"none\"; there are: terminal, ink-dark")
    );
}

#[test]
fn files_of_a_folder_join_the_built_in_ones() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("mine.toml"),
        "name = \"Mine\"\ninherits = \"ink-light\"",
    )
    .unwrap();
    std::fs::write(folder.path().join("broken.toml"), "name = ").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "not a theme").unwrap();
    let (shelf, errors) = Shelf::load(folder.path());
    assert_eq!(shelf.theme("mine", Look::default()).unwrap().0.name, "Mine");
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0]
            .to_string()
            .starts_with("the theme file broken.toml cannot be read at line 1"),
        "{}",
        errors[0]
    );
    assert_eq!(shelf.names().count(), 4);
    let (nothing, errors) = Shelf::load(&folder.path().join("missing"));
    assert_eq!((nothing.names().count(), errors.len()), (3, 0));
}
