//! Drawing the rows of a list: only those that are seen.

use super::{Scene, layout};
use crate::ui::lists;
use crate::ui::model::Focus;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Calls `draw` for each entry that is seen, with the part of the screen that is its own; marks the selected one.
pub fn each(scene: Scene, canvas: &mut Canvas, mut draw: impl FnMut(usize, &mut Canvas)) {
    let view = scene.model.view;
    let (head, height) = (layout::head_rows(view), layout::entry_rows(view));
    let area = canvas.area();
    let all = lists::len(scene.model, scene.facts, view);
    let panes = scene.model.panes();
    let mut entry = panes.offset;
    let mut y = area.y + head;
    while y + height <= area.bottom() && entry < all {
        let mut part = canvas.part(Rect { y, height, ..area });
        draw(entry, &mut part);
        if entry == panes.selected {
            let focused = scene.model.focus == Focus::List;
            let style = scene.theme.style(if focused {
                Scope::UiSelect
            } else {
                Scope::UiSelectBlur
            });
            part.style(style);
            for line in 0..height {
                part.put(
                    0,
                    line,
                    scene.theme.glyph(Glyph::Cursor),
                    style.patch(scene.theme.style(Scope::UiCursor)),
                );
            }
        }
        entry += 1;
        y += height;
    }
}

/// Why there is nothing, in the middle of the pane.
pub fn empty(scene: Scene, canvas: &mut Canvas, sentence: &str) {
    let cells = usize::from(canvas.width().saturating_sub(4).max(1)).min(60);
    let rows = prose(sentence, cells);
    let top = canvas
        .height()
        .saturating_sub(u16::try_from(rows.len()).unwrap_or(1))
        / 3;
    for (y, row) in (top..canvas.height()).zip(rows) {
        canvas.put(2, y, &row, scene.theme.style(Scope::UiEmpty));
    }
}

/// A row of cells, from left to right.
pub struct Cells<'c, 'b> {
    canvas: &'c mut Canvas<'b>,
    y: u16,
    x: u16,
}

impl<'c, 'b> Cells<'c, 'b> {
    pub fn new(canvas: &'c mut Canvas<'b>, y: u16) -> Cells<'c, 'b> {
        Cells { canvas, y, x: 1 }
    }

    /// A cell of a fixed width, and a space.
    pub fn cell(&mut self, cells: u16, line: &Line) -> &mut Self {
        let area = self.canvas.area();
        let part = Rect {
            x: area.x.saturating_add(self.x),
            y: area.y,
            width: cells,
            height: area.height,
        };
        self.canvas.part(part).line(0, self.y, line);
        self.x = self.x.saturating_add(cells + 1);
        self
    }

    /// The same, at the right side of its cell.
    pub fn right(&mut self, cells: u16, text: &str, style: ratatui::style::Style) -> &mut Self {
        self.canvas.put_right(self.x, self.y, cells, text, style);
        self.x = self.x.saturating_add(cells + 1);
        self
    }

    /// Columns that are left.
    pub fn room(&self) -> u16 {
        self.canvas.width().saturating_sub(self.x)
    }
}
