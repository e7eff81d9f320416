//! What the screens look like: styles by meaning and signs by name, from `themes/*.toml` and from the person's own files
//! of the same form.
//!
//! ```text
//! file ── parse ──▶ Sheet ─┐ (child over parent, over its parent …)
//! file ── parse ──▶ Sheet ─┴─ resolve at a depth ──▶ Theme: Scope → Style, Glyph → &str
//! ```

mod background;
pub mod color;
mod contrast;
mod glyph;
mod parse;
mod scope;
mod shelf;

use ratatui::style::{Color, Modifier, Style};

pub use background::background;
pub use color::{Depth, Rgb};
pub use contrast::contrast;
pub use glyph::Glyph;
pub use parse::Warning;
pub use scope::Scope;
pub use shelf::Shelf;

use color::Paint;
use parse::{Sheet, Spec};

/// Which background a theme is made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Dark,
    Light,
    Any,
}

impl Mode {
    fn parse(text: &str) -> Option<Mode> {
        match text {
            "dark" => Some(Mode::Dark),
            "light" => Some(Mode::Light),
            "any" => Some(Mode::Any),
            _ => None,
        }
    }

    /// As theme files have it.
    pub fn name(self) -> &'static str {
        match self {
            Mode::Dark => "dark",
            Mode::Light => "light",
            Mode::Any => "any",
        }
    }

    /// The built-in theme for a background, as [`background`] tells it.
    pub fn theme(of_terminal: Option<Mode>) -> &'static str {
        match of_terminal {
            Some(Mode::Dark) => "ink-dark",
            Some(Mode::Light) => "ink-light",
            Some(Mode::Any) | None => "terminal",
        }
    }
}

/// What the terminal can show of a theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub depth: Depth,
    /// Only ASCII signs, as `--ascii` asks.
    pub ascii: bool,
}

impl Default for Look {
    fn default() -> Self {
        Look {
            depth: Depth::TrueColor,
            ascii: false,
        }
    }
}

/// Why a theme cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ThemeError {
    #[error("the theme file {file} cannot be read at line {line}: {what}")]
    Syntax {
        file: String,
        line: usize,
        what: String,
    },
    #[error("there is no theme {0:?}; there are: {1}")]
    Unknown(String, String),
    #[error(
        "the theme {0:?} inherits from {1:?}, which does not exist; name another in its `inherits`"
    )]
    Parent(String, String),
    #[error(
        "these themes inherit from each other in a circle: {0}; take `inherits` out of one of them"
    )]
    Cycle(String),
    #[error("the theme file {0} cannot be opened: {1}")]
    File(String, String),
}

/// The exact colours of text and background, where the theme states them: what a picture of the screen needs to know.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Page {
    pub ink: Option<Rgb>,
    pub paper: Option<Rgb>,
}

/// A theme at one depth of colour, ready to be asked.
#[derive(Clone, Debug)]
pub struct Theme {
    /// What a person types to choose it: the file's name without `.toml`.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    pub mode: Mode,
    pub look: Look,
    /// Texts of the recording are drawn as a person sees them elsewhere, without what is hidden in them.
    pub seen_only: bool,
    /// Secrets in texts of the recording are masked.
    pub masks: bool,
    /// It is from a file of the person's own.
    pub own: bool,
    /// What is to be told of a file of the person's own, in sentences: what could not be used, what is hard to read.
    pub notes: Vec<String>,
    styles: Vec<Style>,
    glyphs: Vec<String>,
    page: Page,
}

impl Theme {
    /// A theme of `themes/`; `None` when there is none of that name.
    pub fn builtin(id: &str, look: Look) -> Option<Theme> {
        Shelf::builtin()
            .theme(id, look)
            .ok()
            .map(|(theme, _)| theme)
    }

    /// The names of the built-in themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        shelf::BUILTIN.iter().map(|(id, _)| *id)
    }

    pub fn style(&self, scope: Scope) -> Style {
        self.styles[scope as usize]
    }

    /// One sign, one cell wide.
    pub fn glyph(&self, glyph: Glyph) -> &str {
        &self.glyphs[glyph as usize]
    }

    pub fn page(&self) -> Page {
        self.page
    }

    /// `chain` is the theme's own sheet, its parent's, and so on.
    fn resolve(chain: &[&Sheet], look: Look) -> (Theme, Vec<Warning>) {
        let mut warnings = Vec::new();
        let paint = |name: &str| {
            chain
                .iter()
                .find_map(|sheet| sheet.palette.get(name).copied())
                .or_else(|| Paint::parse(name))
        };
        for sheet in chain {
            for (scope, spec) in &sheet.styles {
                for name in [&spec.fg, &spec.bg]
                    .into_iter()
                    .flatten()
                    .filter(|name| paint(name).is_none())
                {
                    warnings.push(Warning {
                        file: format!("{}.toml", sheet.id),
                        line: spec.line,
                        key: scope.clone(),
                        what: format!("has a colour that is not in the palette: {name:?}"),
                    });
                }
            }
        }
        let spec = |scope: Scope| {
            left_parts(scope.name())
                .find_map(|name| chain.iter().find_map(|sheet| sheet.styles.get(name)))
        };
        let of_page = |color: fn(&Spec) -> Option<&str>| {
            let name = spec(Scope::UiBackground).and_then(color)?;
            paint(name).map(|paint| paint.at(look.depth))
        };
        let page = (
            of_page(|spec| spec.fg.as_deref()),
            of_page(|spec| spec.bg.as_deref()),
        );
        let styles = Scope::ALL.iter().map(|&scope| {
            spec(scope).map_or_else(Style::new, |spec| style(spec, &paint, look.depth, page))
        });
        let glyphs = Glyph::ALL.iter().map(|glyph| {
            let pair = chain
                .iter()
                .find_map(|sheet| sheet.glyphs.get(glyph.name()));
            pair.map_or("?", |(sign, twin)| if look.ascii { twin } else { sign })
                .to_owned()
        });
        let rgb =
            |name: &Option<String>| name.as_deref().and_then(&paint).and_then(|paint| paint.rgb);
        let exact = spec(Scope::UiBackground).map_or_else(Page::default, |spec| Page {
            ink: rgb(&spec.fg),
            paper: rgb(&spec.bg),
        });
        let theme = Theme {
            id: chain[0].id.clone(),
            name: chain[0].name.clone(),
            mode: chain[0].mode,
            look,
            seen_only: false,
            masks: true,
            own: chain[0].own,
            notes: Vec::new(),
            styles: styles.collect(),
            glyphs: glyphs.collect(),
            page: exact,
        };
        (theme, warnings)
    }
}

impl Theme {
    /// The same theme, drawing the texts of the recording in another way.
    pub fn for_eyes(&self, seen_only: bool, masks: bool) -> Theme {
        Theme {
            seen_only,
            masks,
            id: self.id.clone(),
            name: self.name.clone(),
            notes: Vec::new(),
            styles: self.styles.clone(),
            glyphs: self.glyphs.clone(),
            ..*self
        }
    }
}

/// `a.b.c`, `a.b`, `a`.
fn left_parts(name: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(name), |name| {
        name.rsplit_once('.').map(|(left, _)| left)
    })
}

/// `page` is the ink and the paper of the page.
fn style(
    spec: &Spec,
    paint: &impl Fn(&str) -> Option<Paint>,
    depth: Depth,
    page: (Option<Color>, Option<Color>),
) -> Style {
    if depth == Depth::NoColor {
        return Style::new().add_modifier(spec.modifiers | spec.nocolor);
    }
    let color =
        |name: &Option<String>| name.as_deref().and_then(paint).map(|paint| paint.at(depth));
    let (modifiers, ink) = match (depth, color(&spec.bg)) {
        // A band that this terminal cannot show must still be seen, and be of one colour.
        (Depth::Ansi16, Some(band))
            if spec.nocolor.contains(Modifier::REVERSED)
                && (band == Color::Reset || Some(band) == page.1) =>
        {
            (spec.modifiers | Modifier::REVERSED, page.0)
        }
        _ => (spec.modifiers, None),
    };
    Style {
        fg: color(&spec.fg).or(ink),
        bg: color(&spec.bg),
        ..Style::new()
    }
    .add_modifier(modifiers)
}

#[cfg(test)]
mod tests;
