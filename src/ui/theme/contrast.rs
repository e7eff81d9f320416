//! Whether text can be read: contrast as WCAG 2.2 measures it.

use ratatui::style::{Color, Modifier};

use super::{Rgb, Scope, Theme};

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3).
pub const LEAST: f64 = 4.5;

/// Scopes that only ever colour lines and bars.
pub const LINES: [Scope; 4] = [
    Scope::UiBorder,
    Scope::UiScroll,
    Scope::TimelineTraffic,
    Scope::FlowLane,
];

/// Scopes whose ground lies under text of other scopes: the page, the row under the cursor, what lies on top.
const GROUNDS: [Scope; 4] = [
    Scope::UiBackground,
    Scope::UiSelect,
    Scope::UiSelectBlur,
    Scope::UiPopup,
];

/// Contrast of two colours, 1 to 21.
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// Relative luminance, 0 to 1.
fn luminance((r, g, b): Rgb) -> f64 {
    let channel = |value: u8| {
        let c = f64::from(value) / 255.0;
        if c <= 0.04045 {
            c / 12.92
        } else {
            ((c + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b)
}

impl Theme {
    /// The least contrast that a scope's text has on any ground on which it is drawn; `None` where the theme leaves one
    /// of the two colours to the terminal. Text that is drawn dim counts as half way to its ground, as terminals draw it.
    pub fn contrast(&self, scope: Scope) -> Option<f64> {
        let style = self.style(scope);
        let ink = match style.fg {
            None => self.page().ink?,
            given => exact(given)?,
        };
        let grounds: Vec<Rgb> = match exact(style.bg) {
            Some(ground) => vec![ground],
            None => GROUNDS
                .iter()
                .filter_map(|scope| exact(self.style(*scope).bg))
                .collect(),
        };
        let on = |ground: Rgb| {
            let half = |a: u8, b: u8| ((u16::from(a) + u16::from(b)) / 2) as u8;
            let ink = match style.add_modifier.contains(Modifier::DIM) {
                true => (
                    half(ink.0, ground.0),
                    half(ink.1, ground.1),
                    half(ink.2, ground.2),
                ),
                false => ink,
            };
            contrast(ink, ground)
        };
        grounds.into_iter().map(on).min_by(f64::total_cmp)
    }

    /// What is hard to read, in a sentence; `None` where all text has enough contrast.
    pub fn faint(&self) -> Option<String> {
        let mut faint: Vec<(f64, Scope)> = Scope::ALL
            .iter()
            .filter(|scope| !LINES.contains(scope))
            .filter_map(|scope| Some((self.contrast(*scope)?, *scope)))
            .filter(|(contrast, _)| *contrast < LEAST)
            .collect();
        faint.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (least, worst) = faint.first()?;
        let others = match faint.len() - 1 {
            0 => String::new(),
            n => format!(" and {n} more"),
        };
        Some(format!(
            "Hard to read: `{}`{others}, with a contrast of {least:.1} to 1 where text needs {LEAST} to 1.",
            worst.name()
        ))
    }
}

fn exact(color: Option<Color>) -> Option<Rgb> {
    match color? {
        Color::Rgb(r, g, b) => Some((r, g, b)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_scale() {
        assert!((contrast((0, 0, 0), (255, 255, 255)) - 21.0).abs() < 1e-9);
        assert!((contrast((7, 7, 7), (7, 7, 7)) - 1.0).abs() < 1e-9);
        // The grey that WCAG gives as the lightest that white still bears.
        assert!(contrast((0x76, 0x76, 0x76), (255, 255, 255)) >= LEAST);
        assert!(contrast((0x77, 0x77, 0x77), (255, 255, 255)) < LEAST);
    }
}
