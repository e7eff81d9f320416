//! What can come after the keys that were pressed so far.
//!
//! ```text
//! ┌ Y · Copy ──────────────────────────────────────────────────── esc drops it ┐
//! │ v  the value under the cursor            m  the message                     │
//! │ p  its JSON pointer                      l  the line as recorded            │
//! └─────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::{Scene, terms};
use crate::text::width;
use crate::ui::command::{Command, prefix_title, shown_keys};
use crate::ui::key::Key;
use crate::ui::theme::Scope;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Cells of a column, at least: a key and a sentence.
const COLUMN: usize = 56;

/// Draws above the row of keys.
pub fn draw(scene: Scene, canvas: &mut Canvas, keys: Rect) {
    let model = scene.model;
    let pressed = &model.keyboard.pending;
    if pressed.is_empty() {
        return;
    }
    let rest = model
        .keyboard
        .keymap
        .after(pressed, model.view, model.focus);
    let named = |keys: &[Key]| terms::own(&shown_keys(keys), scene.theme).into_owned();
    let entries: Vec<(String, &Command)> = rest
        .into_iter()
        .map(|(rest, command)| (named(rest), command))
        .collect();
    let room = usize::from(keys.width.saturating_sub(2));
    let columns = (room / COLUMN).clamp(1, entries.len().clamp(1, 4));
    let rows = entries.len().div_ceil(columns);
    let height = u16::try_from(rows + 2).unwrap_or(u16::MAX).min(keys.y);
    let area = Rect {
        y: keys.y - height,
        height,
        ..keys
    };
    canvas.part(area).clear(scene.theme.style(Scope::UiPopup));
    let title = match prefix_title(pressed) {
        Some(title) => format!("{}{}{title}", named(pressed), terms::dot(scene.theme)),
        None => named(pressed),
    };
    let pane = Pane {
        title: &title,
        note: "esc drops it",
        focused: true,
        scroll: None,
    };
    let inside = pane.draw(canvas, scene.theme, area);
    let widest = entries.iter().map(|(keys, _)| width(keys)).max();
    let cells = inside.width / u16::try_from(columns).unwrap_or(1);
    for (n, (keys, command)) in entries.iter().enumerate() {
        let (Ok(column), Ok(y)) = (u16::try_from(n / rows), u16::try_from(n % rows)) else {
            return;
        };
        let mut part = canvas.part(Rect {
            x: inside.x + column * cells,
            width: cells,
            ..inside
        });
        part.line(1, y, &entry(scene, keys, command, widest.unwrap_or(0)));
    }
}

/// A key and what it would do, or why it cannot.
fn entry(scene: Scene, keys: &str, command: &Command, widest: usize) -> Line {
    let theme = scene.theme;
    let reason = (command.disabled)(scene.model, scene.facts);
    let (key, text) = match reason {
        Some(_) => (Scope::UiKeyDisabled, Scope::UiKeyDisabled),
        None => (Scope::UiKey, Scope::UiText),
    };
    let pad = " ".repeat(widest.saturating_sub(width(keys)) + 2);
    Line::of(keys, theme.style(key))
        .with(pad, theme.style(text))
        .with(reason.unwrap_or(command.title), theme.style(text))
}
