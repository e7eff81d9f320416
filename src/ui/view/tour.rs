//! A step of the tour, beside what it points at.
//!
//! ```text
//! ╭ 1/5 · What is open ───────────────────────────╮
//! │ Here stand the recording, how much of the      │
//! │ talk it holds, and what was found in it.       │
//! │                                                │
//! │ enter next   ← back   esc skip                 │
//! ╰────────────────────────────────────────────────╯
//! ```

use super::{Scene, layout, terms};
use crate::ui::theme::Scope;
use crate::ui::tour::{STEPS, step};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Cells of a step.
const CELLS: u16 = 56;

pub fn draw(scene: Scene, canvas: &mut Canvas, number: usize) {
    let theme = scene.theme;
    let at = layout::of(scene.model);
    let step = step(scene.model, &at, number);
    // The part that is meant is lit: all of a line, the title of a pane.
    let mut meant = canvas.part(step.at);
    meant.style_row(0, theme.style(Scope::UiSelect));
    let screen = canvas.area();
    let cells = CELLS.min(screen.width);
    let rows = prose(&step.text, usize::from(cells.saturating_sub(4)).max(1));
    let height = u16::try_from(rows.len() + 4).unwrap_or(u16::MAX);
    let height = height.min(screen.height);
    let above = step.at.y >= screen.height / 2;
    let y = match above {
        true => step.at.y.saturating_sub(height),
        false => (step.at.y + 1).min(screen.height - height),
    };
    let x = (step.at.x + 2).min(screen.width - cells);
    let area = Rect {
        x,
        y,
        width: cells,
        height,
    };
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let title = format!("{}/{STEPS}{}{}", number + 1, terms::dot(theme), step.title);
    let pane = Pane {
        title: &title,
        note: "",
        focused: true,
        scroll: None,
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    for (y, row) in (0..part.height()).zip(&rows) {
        part.put(1, y, row, theme.style(Scope::UiText));
    }
    let last = number + 1 == STEPS;
    let keys = Line::of("enter", theme.style(Scope::UiKey))
        .with(
            if last { " ends   " } else { " next   " },
            theme.style(Scope::UiDim),
        )
        .with(
            if theme.look.ascii { "h" } else { "←" },
            theme.style(Scope::UiKey),
        )
        .with(" back   ", theme.style(Scope::UiDim))
        .with("esc", theme.style(Scope::UiKey))
        .with(" skip", theme.style(Scope::UiDim));
    if let Some(y) = part.height().checked_sub(1) {
        part.line(1, y, &keys);
    }
}
