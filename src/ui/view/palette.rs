//! Commands by name.

use super::Scene;
use crate::ui::overlay::Palette;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::update::palette_hits;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, palette: &Palette) {
    let theme = scene.theme;
    let hits = palette_hits(scene.model, palette.line.text());
    let area = canvas.area();
    let cells = area.width.min(78);
    let height = area.height.saturating_sub(4).min(18);
    let area = Rect {
        x: area.x + (area.width - cells) / 2,
        y: area.y + 2,
        width: cells,
        height,
    };
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let pane = Pane {
        title: "Commands",
        note: "enter runs, esc closes",
        focused: true,
        scroll: None,
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    super::prompt::line(
        scene,
        &mut part,
        0,
        ":",
        &palette.line,
        theme.style(Scope::UiInput),
    );
    let seen = usize::from(part.height().saturating_sub(1));
    let first = scrolled_to(palette.selected, 0, seen, hits.len());
    for (y, (number, command)) in (1..part.height()).zip(hits.iter().enumerate().skip(first)) {
        let reason = (command.disabled)(scene.model, scene.facts);
        let text = theme.style(if reason.is_some() {
            Scope::UiKeyDisabled
        } else {
            Scope::UiText
        });
        let mut line = Line::of(format!("  {:18}", command.name), text);
        line.push(reason.unwrap_or(command.title), theme.style(Scope::UiDim));
        part.line(0, y, &line);
        let keys = scene.model.keyboard.keymap.shown(command, scene.model.view);
        let width = part.width();
        part.put_right(
            width.saturating_sub(13),
            y,
            12,
            &keys,
            theme.style(Scope::UiKey),
        );
        if number == palette.selected {
            part.style_row(y, theme.style(Scope::UiSelect));
            part.put(
                0,
                y,
                theme.glyph(Glyph::Cursor),
                theme.style(Scope::UiCursor),
            );
        }
    }
    if hits.is_empty() {
        part.put(2, 1, "No command fits.", theme.style(Scope::UiEmpty));
    }
}
