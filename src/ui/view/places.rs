//! Bookmarks and the jump list, and the line in which a place is typed.
//!
//! ```text
//! ┌ Where you have been ───────────────────────────── enter goes, esc closes ┐
//! │   Tools     09:21:13  mailer   send_email         as of message 20       │
//! │ ▌ Calls     09:21:13  mailer   send_email         ▲ a private key leaves │
//! └──────────────────────────────────────────────────────────────────────────┘
//! ```

use super::rows::Cells;
use super::{Scene, prompt, terms, times};
use crate::analysis::Finding;
use crate::session::{RowId, Symbol};
use crate::text::width;
use crate::ui::jump::Place;
use crate::ui::model::View;
use crate::ui::places::{Places, Typed, Which};
use crate::ui::spot::HINT;
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::troubles;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, places: &Places) {
    let theme = scene.theme;
    let model = scene.model;
    let area = canvas.area();
    let all = crate::ui::update::places_count(model, places.of);
    let cells = area.width.min(100);
    let height = u16::try_from(all + 2)
        .unwrap_or(u16::MAX)
        .min(area.height.saturating_sub(4))
        .max(3)
        .min(area.height);
    let area = Rect {
        x: area.x + (area.width - cells) / 2,
        y: area.y + 2.min(area.height - height),
        width: cells,
        height,
    };
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let seen = usize::from(height.saturating_sub(2));
    let first = scrolled_to(places.selected, 0, seen, all);
    let (title, note) = match places.of {
        Which::Bookmarks => ("Bookmarks", "enter goes there, x takes it away, esc closes"),
        Which::Jumps => ("Where you have been", "enter goes there, esc closes"),
    };
    let pane = Pane {
        title,
        note,
        focused: true,
        scroll: Some((first, seen, all)),
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    let rows = listed(scene, places.of, first, seen);
    for (y, (entry, (place, row))) in (0..part.height()).zip(rows.into_iter().enumerate()) {
        let entry = first + entry;
        one(scene, &mut part, y, place, row);
        if entry == places.selected {
            part.style_row(y, theme.style(Scope::UiSelect));
            let cursor = theme.glyph(Glyph::Cursor);
            part.put(0, y, cursor, theme.style(Scope::UiCursor));
        }
    }
}

/// The places that are seen; of bookmarks there is only the message.
fn listed(scene: Scene<'_>, of: Which, first: usize, seen: usize) -> Vec<(Option<&Place>, RowId)> {
    let model = scene.model;
    match of {
        Which::Bookmarks => {
            let rows = model.bookmarks.iter().skip(first).take(seen);
            rows.map(|row| (None, *row)).collect()
        }
        Which::Jumps => {
            let all = model.jumps.future().rev().chain(model.jumps.past());
            let places = all.skip(first).take(seen);
            places.map(|place| (Some(place), place.cursor)).collect()
        }
    }
}

/// When, where, and what is there.
fn one(scene: Scene, canvas: &mut Canvas, y: u16, place: Option<&Place>, row: RowId) {
    let Scene { facts, theme, .. } = scene;
    let dim = theme.style(Scope::UiDim);
    let mut cells = Cells::new(canvas, y);
    if let Some(place) = place {
        let view = place.view.name();
        cells.cell(8, &Line::of(view, theme.style(Scope::UiText)));
    }
    let number = format!("message {}", terms::grouped(row.index() + 1));
    cells.cell(14, &Line::of(number, dim));
    if facts.row(row).is_none() {
        return;
    }
    let time = times::time_of(scene, row);
    let time_style = theme.style(Scope::TextTime);
    cells.cell(times::cells(scene), &Line::of(time, time_style));
    let server = terms::server(scene, facts.session.server_of(row), 10);
    cells.cell(10, &server);
    cells.cell(18, &about(scene, row, 18));
    let room = usize::from(cells.room());
    let selected = place.and_then(|place| selected(scene, place));
    let what = selected.unwrap_or_else(|| what(scene, row));
    let what = clip(what, room, false, theme);
    cells.cell(cells.room(), &what);
}

/// The tool, else the method, else the kind of a message.
fn about(scene: Scene, row: RowId, cells: usize) -> Line {
    let Scene { facts, theme, .. } = scene;
    let session = facts.session;
    let name = session.name(row);
    if !name.is_empty() {
        return terms::tool(scene, name, cells);
    }
    match session.method_symbol(row) {
        Symbol::NONE => Line::of(session.row(row).kind.name(), theme.style(Scope::UiDim)),
        method => inline(
            session.symbol(method),
            cells,
            theme.style(Scope::TextMethod),
            theme,
        ),
    }
}

/// What was selected where a view is not about messages: a finding, a definition.
fn selected(scene: Scene, place: &Place) -> Option<Line> {
    let Scene {
        model,
        facts,
        theme,
    } = scene;
    match place.view {
        View::Findings => {
            let trouble = troubles::trouble_at(model, place.panes.selected)?;
            let finding = troubles::finding_of(facts, trouble)?;
            Some(titled(finding, theme))
        }
        View::Tools => {
            let item = facts.session.items().get(place.item?.index())?;
            Some(terms::tool(scene, item.name.as_raw(), 40))
        }
        _ => None,
    }
}

fn titled(finding: &Finding, theme: &Theme) -> Line {
    let (text, style) = terms::short_risk(finding.severity, theme);
    let title = format!(" {}", finding.title);
    Line::of(text, style).with(title, theme.style(Scope::UiText))
}

/// The worst that was found in it, else what kind of message it is.
fn what(scene: Scene, row: RowId) -> Line {
    let Scene { facts, theme, .. } = scene;
    let list = facts.findings.list();
    let found = facts.findings.by_row(row).iter().copied();
    let worst = found.max_by_key(|number| (list[*number].severity, usize::MAX - number));
    match worst.map(|number| &list[number]) {
        Some(finding) => titled(finding, theme),
        None => Line::of(
            facts.session.row(row).kind.name(),
            theme.style(Scope::UiDim),
        ),
    }
}

/// The line in which a place is typed; why it is none stands under its fault.
pub fn typed(scene: Scene, canvas: &mut Canvas, typed: &Typed, keys: Rect) {
    let theme = scene.theme;
    let rows = if typed.wrong.is_some() { 3 } else { 1 };
    let area = Rect {
        y: (keys.y + 1).saturating_sub(rows),
        height: rows,
        ..keys
    };
    let mut part = canvas.part(area);
    let style = theme.style(Scope::UiInput);
    part.clear(style);
    let start = prompt::line(scene, &mut part, 0, "go to ", &typed.line, style);
    let Some((at, why)) = &typed.wrong else {
        if typed.line.text().is_empty() {
            let dim = theme.style(Scope::UiDim);
            part.put(start.saturating_add(2), 0, HINT, dim);
        }
        return;
    };
    let style = theme.style(Scope::UiInputError);
    let text = typed.line.text();
    let cells = |text: Option<&str>| u16::try_from(text.map_or(0, width)).unwrap_or(0);
    let x = start.saturating_add(cells(text.get(..at.start)));
    part.repeat(x, 1, cells(text.get(at.clone())).max(1), "^", style);
    part.put(1, 2, why, style);
}
