//! One value, all of it, over the whole screen.

use super::Scene;
use crate::session::size;
use crate::text::wrap;
use crate::ui::theme::Scope;
use crate::ui::widget::Canvas;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::{Lit, shown, styled_code};
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
    let code = zoom.code(theme.masks).filter(|_| zoom.page() == 0);
    let tints = code.map_or_else(Vec::new, |part| scene.model.codes.tints(part, theme));
    let shown = shown(text, theme);
    let rows = wrap(&shown, cells);
    let seen = usize::from(body.height.saturating_sub(2));
    let scroll = zoom.scroll.min(rows.len().saturating_sub(seen));
    let lang = code.and_then(|part| scene.model.codes.lang(part));
    let note = match zoom.pages(theme.masks) {
        1 if lang.is_some() => lang.map_or("", |lang| lang.name()).to_owned(),
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
        let line = styled_code(&shown, row.clone(), &lit, &tints, base, theme);
        part.line(0, y, &line);
    }
    let form = match (zoom.value.at, zoom.value.dumped) {
        (Some(_), false) => "   x bytes",
        (Some(_), true) => "   x read",
        (None, _) => "",
    };
    let mut keys = format!("j k scroll   y copy   Y copy a part{form}   esc back");
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
