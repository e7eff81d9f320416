//! Recordings to choose from, when none was named.

use super::Scene;
use crate::ui::overlay::Picker;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::Canvas;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::text::prose;
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, picker: &Picker) {
    let theme = scene.theme;
    let area = canvas.area();
    canvas.put(1, 0, "plainsight", theme.style(Scope::UiHeaderName));
    canvas.put(
        13,
        0,
        "what your MCP servers told your agent, and what it did",
        theme.style(Scope::UiDim),
    );
    let body = Rect {
        y: area.y + 1,
        height: area.height.saturating_sub(2),
        ..area
    };
    let pane = Pane {
        title: "Recordings on this machine",
        note: "enter opens, q quits",
        focused: true,
        scroll: None,
    };
    let inside = pane.draw(canvas, theme, body);
    let mut part = canvas.part(inside);
    if picker.entries.is_empty() {
        let sentence = "No recordings were found. Name one: `plainsight FILE`, or open the bundled incident: `plainsight demo`.";
        for (y, row) in (1..part.height()).zip(prose(
            sentence,
            usize::from(part.width().saturating_sub(4).max(1)),
        )) {
            part.put(2, y, &row, theme.style(Scope::UiEmpty));
        }
        return;
    }
    let seen = usize::from(part.height());
    let first = scrolled_to(picker.selected, 0, seen, picker.entries.len());
    for (y, (number, entry)) in
        (0..part.height()).zip(picker.entries.iter().enumerate().skip(first))
    {
        let half = part.width() / 2;
        if entry.running {
            let style = theme.style(Scope::UiProgress);
            part.put(2, y, theme.glyph(Glyph::Following), style);
        }
        part.put_within(
            4,
            y,
            half.saturating_sub(5),
            &entry.title,
            theme.style(Scope::UiText),
        );
        part.put(half, y, &entry.note, theme.style(Scope::UiDim));
        if number == picker.selected {
            part.style_row(y, theme.style(Scope::UiSelect));
            part.put(
                0,
                y,
                theme.glyph(Glyph::Cursor),
                theme.style(Scope::UiCursor),
            );
        }
    }
    let last = area.height.saturating_sub(1);
    canvas.put(
        1,
        last,
        "j k move   enter open   q quit",
        theme.style(Scope::UiDim),
    );
}
