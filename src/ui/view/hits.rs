//! The list of hits, over the whole screen: when, which server, about what, how it was found, and the line around it.
//!
//! ```text
//! ┌ Hits 2/57 ─────────────────────────────────── /id_rsa · 40 % looked through ┐
//! │  09:21:02  files    read_file                     "path":"~/.ssh/id_rsa"    │
//! │▌ 09:21:02  files    read_file   in base64         "blob":"fi8uc3NoL2lkX3Jz… │
//! └─────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::rows::Cells;
use super::{Scene, terms, times};
use crate::session::RowId;
use crate::text::Raw;
use crate::ui::hits::Hits;
use crate::ui::search::Quote;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::{Lit, inline, inline_lit};
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, list: Hits) {
    let theme = scene.theme;
    let whole = canvas.area();
    let area = Rect {
        y: whole.y + 1.min(whole.height),
        height: whole.height.saturating_sub(2),
        ..whole
    };
    let hits = &scene.model.search.seen;
    let mut part = canvas.part(area);
    part.clear(theme.style(Scope::UiPopup));
    let selected = match hits.len() {
        0 => 0,
        _ => list.selected + 1,
    };
    let title = format!(
        "Hits {}/{}",
        terms::grouped(selected),
        terms::grouped(hits.len())
    );
    let note = terms::search_note(
        scene,
        usize::from(area.width).saturating_sub(title.len() + 8),
    );
    let pane = Pane {
        title: &title,
        note: &note,
        focused: true,
        scroll: Some((list.offset, list.seen, hits.len())),
    };
    let inside = pane.draw(canvas, theme, area);
    let keys = Rect {
        y: whole.bottom().saturating_sub(1),
        height: whole.height.min(1),
        ..whole
    };
    let mut part = canvas.part(keys);
    part.clear(theme.style(Scope::UiText));
    let help = "enter go there   j k move   S spell out secrets   esc close";
    part.put(1, 0, help, theme.style(Scope::UiDim));
    if hits.is_empty() {
        let sentence = match scene.model.search.running {
            true => "Looking.",
            false => "Nothing holds this text, as it stands, encoded or hidden.",
        };
        super::rows::empty(scene, &mut canvas.part(inside), sentence);
        return;
    }
    for (n, row) in list.rows(hits).enumerate() {
        let Ok(y) = u16::try_from(n) else { return };
        if y >= inside.height {
            return;
        }
        let mut part = canvas.part(Rect {
            y: inside.y + y,
            height: 1,
            ..inside
        });
        entry(scene, &mut part, row);
        if list.offset + n == list.selected {
            let style = theme.style(Scope::UiSelect);
            part.style(style);
            let cursor = style.patch(theme.style(Scope::UiCursor));
            part.put(0, 0, theme.glyph(Glyph::Cursor), cursor);
        }
    }
}

fn entry(scene: Scene, canvas: &mut Canvas, row: RowId) {
    let (theme, session) = (scene.theme, scene.facts.session);
    if scene.facts.row(row).is_none() {
        return;
    }
    let (text, dim) = (theme.style(Scope::UiText), theme.style(Scope::UiDim));
    let width = canvas.width();
    let quote = scene.model.search.quotes.get(&row).and_then(Option::as_ref);
    let ways = quote.map_or("", |quote| quote.ways.as_str());
    let name = session.name(row);
    let about = match name.bytes() {
        b"" => session.method(row),
        _ => name,
    };
    let mut cells = Cells::new(canvas, 0);
    cells.cell(
        times::cells(scene),
        &Line::of(times::time_of(scene, row), dim),
    );
    if width >= 60 {
        let server = terms::server(scene, session.server_of(row), 10);
        cells.cell(10, &server);
    }
    if width >= 44 {
        cells.cell(16, &inline(about, 16, text, theme));
    }
    if width >= 90 {
        let found = theme.style(Scope::UiStrong);
        cells.cell(24, &inline(Raw::from(ways), 24, found, theme));
    }
    let room = cells.room();
    let line = match quote {
        Some(quote) => quoted(scene, quote, usize::from(room)),
        None => Line::of("", dim),
    };
    cells.cell(room, &line);
}

/// The line around a hit, so that the hit is seen.
fn quoted(scene: Scene, quote: &Quote, cells: usize) -> Line {
    let theme = scene.theme;
    let raw = quote.text.as_raw();
    let mut start = quote.lit.start.saturating_sub(cells / 3);
    while start > 0 && raw.bytes().get(start).is_some_and(|b| b & 0xc0 == 0x80) {
        start -= 1;
    }
    let lit = [Lit {
        span: quote.lit.start - start..quote.lit.end - start,
        style: theme.style(Scope::UiMatch),
    }];
    let text = theme.style(Scope::UiText);
    let mut line = Line::new();
    if start > 0 || quote.is_cut {
        line.push(theme.glyph(Glyph::Ellipsis), theme.style(Scope::UiDim));
    }
    let left = cells.saturating_sub(line.width());
    line.append(inline_lit(
        raw.slice(start..raw.len()),
        &lit,
        left,
        text,
        theme,
    ));
    line
}
