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

#[test]
fn text_has_a_contrast_of_at_least_four_and_a_half() {
    for theme in all(Look::default()) {
        if theme.page().paper.is_none() {
            // On the terminal's own ground there is nothing to measure.
            assert!(["terminal", "mono"].contains(&theme.id.as_str()));
            continue;
        }
        let least = match theme.id.starts_with("high-contrast") {
            true => 7.0,
            false => contrast::LEAST,
        };
        for &scope in Scope::ALL {
            let got = theme.contrast(scope).unwrap_or_else(|| {
                panic!("{} {}: not an exact colour", theme.id, scope.name());
            });
            let least = if contrast::LINES.contains(&scope) {
                1.4
            } else {
                least
            };
            assert!(got >= least, "{} {}: {got:.2}", theme.id, scope.name());
        }
        assert_eq!(theme.faint(), None);
    }
}

#[test]
fn magenta_is_for_hidden_text_alone() {
    for theme in all(Look {
        depth: Depth::Ansi16,
        ascii: false,
    }) {
        for &scope in Scope::ALL {
            let style = theme.style(scope);
            let magenta = [style.fg, style.bg]
                .iter()
                .any(|color| matches!(color, Some(Color::Magenta | Color::LightMagenta)));
            assert_eq!(
                magenta,
                scope == Scope::Hidden && theme.id != "mono",
                "{} {}",
                theme.id,
                scope.name()
            );
        }
    }
}

/// The hue of a colour in degrees; `None` where it is nearly grey.
fn hue((r, g, b): Rgb) -> Option<f64> {
    let most = r.max(g).max(b);
    let range = f64::from(most - r.min(g).min(b));
    if range < 40.0 {
        return None;
    }
    let [r, g, b] = [r, g, b].map(f64::from);
    let most = f64::from(most);
    let sixths = if most == r {
        (g - b) / range
    } else if most == g {
        2.0 + (b - r) / range
    } else {
        4.0 + (r - g) / range
    };
    Some((sixths * 60.0).rem_euclid(360.0))
}

#[test]
fn the_hue_of_hidden_text_is_pink_and_nothing_else_has_it() {
    for theme in all(Look::default()) {
        let Some(Color::Rgb(r, g, b)) = theme.style(Scope::Hidden).fg else {
            continue;
        };
        let hidden = hue((r, g, b)).unwrap();
        assert!((295.0..350.0).contains(&hidden), "{}: {hidden}", theme.id);
        for &scope in Scope::ALL.iter().filter(|scope| **scope != Scope::Hidden) {
            let style = theme.style(scope);
            for color in [style.fg, style.bg].into_iter().flatten() {
                let Color::Rgb(r, g, b) = color else { continue };
                let Some(other) = hue((r, g, b)) else {
                    continue;
                };
                let apart = (hidden - other).abs();
                assert!(
                    apart.min(360.0 - apart) >= 20.0,
                    "{} {}: {other:.0} beside {hidden:.0}",
                    theme.id,
                    scope.name()
                );
            }
        }
    }
}

const RISKS: [(Scope, Glyph); 5] = [
    (Scope::RiskCritical, Glyph::RiskCritical),
    (Scope::RiskHigh, Glyph::RiskHigh),
    (Scope::RiskMedium, Glyph::RiskMedium),
    (Scope::RiskLow, Glyph::RiskLow),
    (Scope::RiskInfo, Glyph::RiskInfo),
];

#[test]
fn risks_are_told_apart_without_colour() {
    for ascii in [false, true] {
        for theme in all(Look {
            depth: Depth::NoColor,
            ascii,
        }) {
            let seen = RISKS.map(|(scope, glyph)| {
                (
                    theme.glyph(glyph).to_owned(),
                    theme.style(scope).add_modifier,
                )
            });
            for (n, one) in seen.iter().enumerate() {
                assert!(!seen[..n].contains(one), "{}: {one:?}", theme.id);
                // The sign alone is enough in ASCII, and in the themes for those who see few hues.
                let bare = ascii
                    || ["mono", "colorblind", "high-contrast"]
                        .iter()
                        .any(|name| theme.id.starts_with(name));
                let same = seen[..n].iter().any(|other| other.0 == one.0);
                assert!(!(bare && same), "{}: {one:?}", theme.id);
            }
        }
    }
}

/// What an eye without the green receptor makes of a colour, as steps of OKLab: the matrix of Machado, Oliveira and
/// Fernandes (2009) at full severity, on linear light; OKLab by Björn Ottosson (2020).
fn deuteranope((r, g, b): Rgb) -> [f64; 3] {
    let [r, g, b] = [r, g, b].map(|value| {
        let c = f64::from(value) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    });
    let times =
        |m: [[f64; 3]; 3], [x, y, z]: [f64; 3]| m.map(|row| row[0] * x + row[1] * y + row[2] * z);
    let seen = times(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ],
        [r, g, b],
    )
    .map(|value| value.clamp(0.0, 1.0));
    let cones = times(
        [
            [0.4122214708, 0.5363325363, 0.0514459929],
            [0.2119034982, 0.6806995451, 0.1073969566],
            [0.0883024619, 0.2817188376, 0.6299787005],
        ],
        seen,
    )
    .map(f64::cbrt);
    times(
        [
            [0.2104542553, 0.7936177850, -0.0040720468],
            [1.9779984951, -2.4285922050, 0.4505937099],
            [0.0259040371, 0.7827717662, -0.8086757660],
        ],
        cones,
    )
}

#[test]
fn blue_and_orange_are_told_apart_without_green_receptors() {
    for id in ["colorblind-dark", "colorblind-light"] {
        let theme = Theme::builtin(id, Look::default()).unwrap();
        let seen = |scope: Scope| match theme.style(scope).fg {
            Some(Color::Rgb(r, g, b)) => deuteranope((r, g, b)),
            other => panic!("{other:?}"),
        };
        let far = |a: Scope, b: Scope| {
            let (a, b) = (seen(a), seen(b));
            (0..3).map(|n| (a[n] - b[n]).powi(2)).sum::<f64>().sqrt()
        };
        for (n, (one, _)) in RISKS.iter().enumerate() {
            for (other, _) in &RISKS[..n] {
                let apart = far(*one, *other);
                assert!(
                    apart >= 0.06,
                    "{id} {} {}: {apart:.3}",
                    one.name(),
                    other.name()
                );
            }
        }
        for (good, bad) in [
            (Scope::DiffAdd, Scope::DiffDel),
            (Scope::OutcomeOk, Scope::OutcomeError),
        ] {
            assert!(far(good, bad) >= 0.2, "{id} {}", good.name());
        }
    }
}

#[test]
fn a_persons_own_theme_is_told_what_is_wrong_with_it() {
    let mut shelf = Shelf::builtin();
    let mine = "inherits = \"ink-dark\"\nspeed = 1\n[palette]\nsoft = \"#444444\"\n[style]\n\"ui.link\" = \"nothing\"\n";
    shelf.add("mine", mine, true).unwrap();
    let (mine, _) = shelf.theme("mine", Look::default()).unwrap();
    assert!(mine.own);
    assert_eq!(mine.notes.len(), 3, "{:?}", mine.notes);
    assert_eq!(
        mine.notes[0],
        "mine.toml, line 2: `speed` is not known in a theme."
    );
    assert!(mine.notes[1].starts_with("mine.toml, line 6: `ui.link`"));
    assert!(
        mine.notes[2].starts_with("Hard to read: `") && mine.notes[2].contains("4.5 to 1"),
        "{:?}",
        mine.notes
    );
    let (built_in, _) = shelf.theme("ink-dark", Look::default()).unwrap();
    assert!(!built_in.own && built_in.notes.is_empty());
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
    shelf.add("mine", child, true).unwrap();
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
        .add("bare", "[style]\n\"ui.text\" = \"red\"\n", true)
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
            true,
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
    shelf.add("a", "inherits = \"b\"", true).unwrap();
    shelf.add("b", "inherits = \"c\"", true).unwrap();
    shelf.add("c", "inherits = \"a\"", true).unwrap();
    shelf.add("lost", "inherits = \"nowhere\"", true).unwrap();
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
    assert_eq!(shelf.names().count(), Theme::names().count() + 1);
    let (nothing, errors) = Shelf::load(&folder.path().join("missing"));
    assert_eq!(
        (nothing.names().count(), errors.len()),
        (Theme::names().count(), 0)
    );
}
