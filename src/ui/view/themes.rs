//! The list of themes, at the right side, so that the screen behind it shows what each is like.
//!
//! ```text
//! ┌ Themes 2/14 ─────── enter keeps, esc leaves ┐
//! │  Terminal              any    built in      │
//! │▌ Ink dark              dark   built in      │
//! │  Mine                  dark   your own  ! 2 │
//! │                                             │
//! │ mine.toml, line 2: `speed` is not known …   │
//! └─────────────────────────────────────────────┘
//! ```

use super::Scene;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::themes::Listed;
use crate::ui::widget::Canvas;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::text::prose;
use ratatui::layout::Rect;

/// Cells of the list at its widest.
const CELLS: u16 = 50;
/// Cells of a name.
const NAME: u16 = 23;

pub fn draw(scene: Scene, canvas: &mut Canvas) {
    let (model, theme) = (scene.model, scene.theme);
    let themes = &model.themes.all;
    let whole = canvas.area();
    let width = whole.width.min(CELLS);
    let notes = notes(scene, usize::from(width.saturating_sub(4)));
    let most = whole.height.saturating_sub(4).max(3);
    // The list gives way to what is wrong with one of it, but never altogether.
    let told = u16::try_from(notes.len()).unwrap_or(u16::MAX).min(most / 3);
    let rows = u16::try_from(themes.len()).unwrap_or(u16::MAX);
    let height = (rows.saturating_add(told) + 2).min(most);
    let area = Rect {
        x: whole.right() - width,
        y: whole.y + 2.min(whole.height - height.min(whole.height)),
        width,
        height,
    };
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let listed = usize::from(height.saturating_sub(2 + told));
    let first = scrolled_to(model.theme, 0, listed, themes.len());
    let title = format!("Themes {}/{}", model.theme + 1, themes.len());
    let pane = Pane {
        title: &title,
        note: "enter keeps, esc leaves",
        focused: true,
        scroll: Some((first, listed, themes.len())),
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    for (y, (number, one)) in
        (0..part.height().saturating_sub(told)).zip(themes.iter().enumerate().skip(first))
    {
        row(scene, &mut part, y, one);
        if number == model.theme {
            part.style_row(y, theme.style(Scope::UiSelect));
            part.put(
                0,
                y,
                theme.glyph(Glyph::Cursor),
                theme.style(Scope::UiCursor),
            );
        }
    }
    let below = part.height().saturating_sub(told);
    for (y, note) in (below..part.height()).zip(&notes) {
        part.put(1, y, note, theme.style(Scope::UiToastWarn));
    }
}

fn row(scene: Scene, part: &mut Canvas, y: u16, one: &Listed) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    part.put_within(2, y, NAME - 1, &one.name, theme.style(Scope::UiText));
    let x = 2 + NAME;
    part.put(x, y, one.mode.name(), dim);
    let x = part.put(x + 6, y, one.origin(), dim);
    if !one.notes.is_empty() {
        let count = format!("! {}", one.notes.len());
        part.put(x + 1, y, &count, theme.style(Scope::UiToastWarn));
    }
}

/// What is wrong with the theme that is on, and with files that are in no list.
fn notes(scene: Scene, cells: usize) -> Vec<String> {
    let themes = &scene.model.themes;
    let own = themes.all.get(scene.model.theme);
    own.into_iter()
        .flat_map(|one| &one.notes)
        .chain(&themes.unread)
        .flat_map(|note| prose(note, cells.max(1)))
        .collect()
}
