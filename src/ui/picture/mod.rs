//! A picture of a screen, drawn from the cells that a terminal would have been given.
//!
//! Every cell lies exactly where it belongs, whatever font the viewer has: each sign has its own place, lines and blocks
//! are shapes and no text. The same cells give the same bytes, so that a test can tell when a picture is out of date.

mod blocks;
mod cast;
mod lines;
#[cfg(feature = "png")]
mod png;
mod shape;
mod svg;

use ratatui::style::Color;

use crate::ui::theme::Theme;
use crate::ui::theme::color::{Rgb, SIXTEEN, ansi_number, rgb_of_index};

pub use cast::Cast;
#[cfg(feature = "png")]
pub use png::{PngError, png};
pub use svg::svg;

/// The colours that a theme leaves to the terminal.
#[derive(Clone, Copy, Debug)]
pub struct Terminal {
    pub ink: Rgb,
    pub paper: Rgb,
}

impl Terminal {
    /// A terminal as a theme wants it; a dark one where the theme does not say.
    pub fn of(theme: &Theme) -> Terminal {
        let page = theme.page();
        Terminal {
            ink: page.ink.unwrap_or((0xd0, 0xd3, 0xd6)),
            paper: page.paper.unwrap_or((0x12, 0x14, 0x17)),
        }
    }

    fn foreground(self, color: Color) -> Rgb {
        self.rgb(color).unwrap_or(self.ink)
    }

    fn background(self, color: Color) -> Rgb {
        self.rgb(color).unwrap_or(self.paper)
    }

    fn rgb(self, color: Color) -> Option<Rgb> {
        match color {
            Color::Reset => None,
            Color::Rgb(r, g, b) => Some((r, g, b)),
            Color::Indexed(index) => Some(rgb_of_index(index)),
            named => ansi_number(named).map(|number| SIXTEEN[number]),
        }
    }
}
