//! One value, all of it, over the whole screen.

use super::Scene;
use crate::session::size;
use crate::text::wrap;
use crate::ui::theme::Scope;
use crate::ui::widget::Canvas;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::styled;
use crate::ui::zoom::Zoom;
use ratatui::layout::Rect;

/// Bytes of a value that are decoded for it.
pub const MOST: usize = 8 * 1024 * 1024;

pub fn draw(scene: Scene, canvas: &mut Canvas, zoom: &Zoom) {
    let area = canvas.area();
    let body = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let cells = usize::from(area.width.saturating_sub(2)).max(1);
    let rows = wrap(&zoom.shown, cells);
    let seen = usize::from(body.height.saturating_sub(2));
    let scroll = zoom.scroll.min(rows.len().saturating_sub(seen));
    let note = match zoom.pages() {
        1 => String::new(),
        pages => format!("page {} of {pages}, n and p turn", zoom.page() + 1),
    };
    let pane = Pane {
        title: &zoom.title,
        note: &note,
        focused: true,
        scroll: Some((scroll, seen, rows.len())),
    };
    let inside = pane.draw(canvas, scene.theme, body);
    let mut part = canvas.part(inside);
    for (y, row) in (0..part.height()).zip(rows.iter().skip(scroll)) {
        let line = styled(
            &zoom.shown,
            row.clone(),
            &[],
            scene.theme.style(Scope::UiText),
            scene.theme,
        );
        part.line(0, y, &line);
    }
    let mut keys = "j k scroll   esc back".to_owned();
    if zoom.more > 0 {
        keys = format!(
            "{keys}   {} more are not shown here; y in Messages copies, the file holds them",
            size(zoom.more as u64)
        );
    }
    canvas.put(
        1,
        area.height.saturating_sub(1),
        &keys,
        scene.theme.style(Scope::UiDim),
    );
}
