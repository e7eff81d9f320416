//! A bordered pane: `┌ title ───── note ┐`, with a scroll bar in its right border.

use super::canvas::Canvas;
use crate::text::width;
use crate::ui::theme::{Glyph, Scope, Theme};
use ratatui::layout::Rect;

/// What stands around a pane.
pub struct Pane<'a> {
    pub title: &'a str,
    /// At the right end of the upper border: the filter, a state.
    pub note: &'a str,
    pub focused: bool,
    /// First entry that is seen, entries that fit, entries in all.
    pub scroll: Option<(usize, usize, usize)>,
}

impl Pane<'_> {
    /// Draws the border into `area` and returns what is left inside.
    pub fn draw(&self, canvas: &mut Canvas, theme: &Theme, area: Rect) -> Rect {
        let mut part = canvas.part(area);
        let (w, h) = (part.width(), part.height());
        if w < 2 || h < 2 {
            return Rect {
                width: 0,
                height: 0,
                ..area
            };
        }
        let border = theme.style(if self.focused {
            Scope::UiBorderFocus
        } else {
            Scope::UiBorder
        });
        let horizontal = theme.glyph(Glyph::BorderHorizontal);
        for y in [0, h - 1] {
            part.repeat(1, y, w - 2, horizontal, border);
        }
        for y in 1..h - 1 {
            part.put(0, y, theme.glyph(Glyph::BorderVertical), border);
            part.put(w - 1, y, theme.glyph(Glyph::BorderVertical), border);
        }
        for (x, y, corner) in [
            (0, 0, Glyph::BorderTopLeft),
            (w - 1, 0, Glyph::BorderTopRight),
            (0, h - 1, Glyph::BorderBottomLeft),
            (w - 1, h - 1, Glyph::BorderBottomRight),
        ] {
            part.put(x, y, theme.glyph(corner), border);
        }
        let title = theme.style(if self.focused {
            Scope::UiTitleFocus
        } else {
            Scope::UiTitle
        });
        let room = w.saturating_sub(4);
        let note_cells = u16::try_from(width(self.note) + 2).unwrap_or(u16::MAX);
        let note_fits = !self.note.is_empty() && note_cells + 12 <= room;
        let title_room = if note_fits { room - note_cells } else { room };
        if !self.title.is_empty() && title_room > 2 {
            part.put_within(1, 0, title_room, &format!(" {} ", self.title), title);
        }
        if note_fits {
            part.put(
                w - 2 - note_cells,
                0,
                &format!(" {} ", self.note),
                theme.style(Scope::UiDim),
            );
        }
        if let Some((first, seen, all)) = self.scroll {
            self.scroll_bar(&mut part, theme, first, seen, all);
        }
        Rect {
            x: area.x + 1,
            y: area.y + 1,
            width: w - 2,
            height: h - 2,
        }
    }

    fn scroll_bar(&self, part: &mut Canvas, theme: &Theme, first: usize, seen: usize, all: usize) {
        let track = usize::from(part.height().saturating_sub(2));
        if all <= seen || track == 0 {
            return;
        }
        let length = (track * seen / all).clamp(1, track);
        let top = (first * (track - length))
            .div_ceil((all - seen).max(1))
            .min(track - length);
        for y in top..top + length {
            let y = u16::try_from(y + 1).unwrap_or(u16::MAX);
            part.put(
                part.width() - 1,
                y,
                theme.glyph(Glyph::ScrollThumb),
                theme.style(Scope::UiScrollThumb),
            );
        }
    }
}
