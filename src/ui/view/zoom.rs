//! One value, all of it, over the whole screen.

use super::Scene;
use crate::session::size;
use crate::text::wrap;
use crate::ui::theme::Scope;
use crate::ui::widget::Canvas;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::{Lit, shown, styled};
use crate::ui::zoom::Zoom;
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, zoom: &Zoom) {
    let theme = scene.theme;
    let area = canvas.area();
    let body = Rect {
        height: area.height.saturating_sub(1),
        ..area
    };
    let cells = usize::from(area.width.saturating_sub(2)).max(1);
    let (text, evidence) = zoom.part(theme.masks);
    let style = theme.style(Scope::Evidence);
    let lit: Vec<Lit> = evidence
        .into_iter()
        .map(|span| Lit { span, style })
        .collect();
    let shown = shown(text, theme);
    let rows = wrap(&shown, cells);
    let seen = usize::from(body.height.saturating_sub(2));
    let scroll = zoom.scroll.min(rows.len().saturating_sub(seen));
    let note = match zoom.pages(theme.masks) {
        1 => String::new(),
        pages => format!("page {} of {pages}, n and p turn", zoom.page() + 1),
    };
    let pane = Pane {
        title: &zoom.value.title,
        note: &note,
        focused: true,
        scroll: Some((scroll, seen, rows.len())),
    };
    let inside = pane.draw(canvas, theme, body);
    let mut part = canvas.part(inside);
    for (y, row) in (0..part.height()).zip(rows.iter().skip(scroll)) {
        let base = theme.style(Scope::UiText);
        let line = styled(&shown, row.clone(), &lit, base, theme);
        part.line(0, y, &line);
    }
    let mut keys = "j k scroll   y copy   esc back".to_owned();
    if zoom.has_secrets() {
        keys.push_str(match theme.masks {
            true => "   a secret in it is masked, S spells it out",
            false => "   S masks secrets",
        });
    }
    if zoom.value.more > 0 {
        keys = format!(
            "{keys}   {} more are not shown here; the file holds them",
            size(zoom.value.more as u64)
        );
    }
    canvas.put(
        1,
        area.height.saturating_sub(1),
        &keys,
        theme.style(Scope::UiDim),
    );
}
