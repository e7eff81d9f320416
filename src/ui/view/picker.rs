//! Recordings to choose from, when none was named.

use super::Scene;
use super::terms::{self, risk_scope};
use crate::analysis::Severity;
use crate::text::width;
use crate::ui::overlay::{Picker, PickerEntry};
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
        note: "enter opens, esc quits",
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
    super::prompt::line(
        scene,
        &mut part,
        0,
        " ",
        &picker.line,
        theme.style(Scope::UiInput),
    );
    if picker.line.text().is_empty() {
        part.put(3, 0, "type to search", theme.style(Scope::UiDim));
    }
    let hits = picker.hits();
    let cells = Cells::of(part.width());
    head(scene, &mut part, &cells);
    let rows = part.height().saturating_sub(2);
    let hints = match u16::try_from(HINTS.len() + 2) {
        Ok(hints) if usize::from(rows.saturating_sub(hints)) >= hits.len().min(FEW) => hints,
        _ => 0,
    };
    let seen = usize::from(rows - hints);
    let first = scrolled_to(picker.selected, 0, seen, hits.len());
    if hits.is_empty() {
        part.put(2, 2, "Nothing fits.", theme.style(Scope::UiEmpty));
    }
    for (y, (number, hit)) in (2..part.height() - hints).zip(hits.iter().enumerate().skip(first)) {
        entry(scene, &mut part, y, &picker.entries[*hit], &cells);
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
    if hints > 0 {
        hint(scene, &mut part);
    }
    let last = area.height.saturating_sub(1);
    let dim = theme.style(Scope::UiDim);
    let keys = &*terms::own("↑ ↓ move   enter open   esc quit", scene.theme);
    canvas.put(1, last, keys, dim);
    let place = picker.chosen().and_then(|entry| entry.columns.as_ref());
    if let Some(columns) = place {
        let at = u16::try_from(width(keys)).unwrap_or(0) + 4;
        let room = canvas.width().saturating_sub(at + 1);
        // The end of a path says the most.
        let sign = scene.theme.glyph(Glyph::Ellipsis);
        let place = ending(&columns.place, usize::from(room), sign);
        canvas.put_right(at, last, room, &place, dim);
    }
}

/// How to come by a recording, where the list leaves room.
const HINTS: &[(&str, &str, &str)] = &[
    (
        "Record one server",
        "plainsight tap -- CMD",
        "in the place of CMD in a client's configuration",
    ),
    (
        "Record a client",
        "plainsight wrap",
        "puts the tap before each of its servers; unwrap takes it out",
    ),
    (
        "Record over HTTP",
        "plainsight proxy --upstream URL",
        "the client is pointed at the proxy",
    ),
    (
        "Open a file",
        "plainsight FILE...",
        "a recording, a log or a transcript of any client, several as one case",
    ),
];

/// A list with fewer entries than this does not need the room of the hints.
const FEW: usize = 12;

fn hint(scene: Scene, part: &mut Canvas) {
    let theme = scene.theme;
    let most = part.width();
    let first = part.height().saturating_sub(HINTS.len() as u16);
    for (y, (what, command, why)) in (first..).zip(HINTS) {
        part.put_within(4, y, 20, what, theme.style(Scope::UiText));
        part.put_within(24, y, 34, command, theme.style(Scope::TextCode));
        part.put_within(
            58,
            y,
            most.saturating_sub(58),
            why,
            theme.style(Scope::UiDim),
        );
    }
}

/// The end of a text, with a sign where its beginning is left out.
fn ending(text: &str, cells: usize, sign: &str) -> String {
    let mut left = cells;
    let mut from = text.len();
    for (at, letter) in text.char_indices().rev() {
        let cells = width(letter.encode_utf8(&mut [0; 4]));
        if cells > left {
            let cut: String = text[from..].chars().skip(1).collect();
            return format!("{sign}{cut}");
        }
        left -= cells;
        from = at;
    }
    text.to_owned()
}

/// Where the columns begin and how wide they are; a width of 0 is a column that there is no room for.
struct Cells {
    title: (u16, u16),
    client: (u16, u16),
    project: (u16, u16),
    age: (u16, u16),
    size: (u16, u16),
    calls: (u16, u16),
    worst: (u16, u16),
}

impl Cells {
    fn of(width: u16) -> Cells {
        let wide = width >= 100;
        let (client, age, calls, worst) = (15, 12, 6, 9);
        let size = if wide { 10 } else { 0 };
        let rest = width.saturating_sub(4 + client + age + size + calls + worst);
        let title = match wide {
            true => rest / 2,
            false => rest * 3 / 5,
        };
        let mut at = 4;
        let mut next = |cells: u16| {
            let start = at;
            at += cells;
            (start, cells)
        };
        Cells {
            title: next(title),
            client: next(client),
            project: next(rest - title),
            age: next(age),
            size: next(size),
            calls: next(calls),
            worst: next(worst),
        }
    }
}

fn head(scene: Scene, part: &mut Canvas, cells: &Cells) {
    let style = scene.theme.style(Scope::UiDim);
    for (name, (x, width)) in [
        ("id", cells.title),
        ("client", cells.client),
        ("project", cells.project),
        ("age", cells.age),
        ("size", cells.size),
        ("calls", cells.calls),
        ("worst", cells.worst),
    ] {
        part.put_within(x, 1, width.saturating_sub(1), name, style);
    }
}

fn entry(scene: Scene, part: &mut Canvas, y: u16, entry: &PickerEntry, cells: &Cells) {
    let theme = scene.theme;
    if entry.running {
        let style = theme.style(Scope::UiProgress);
        part.put(2, y, theme.glyph(Glyph::Following), style);
    }
    let (text, dim) = (theme.style(Scope::UiText), theme.style(Scope::UiDim));
    let mut put = |(x, width): (u16, u16), words: &str, style| {
        part.put_within(x, y, width.saturating_sub(1), words, style);
    };
    put(cells.title, &entry.title, text);
    let Some(columns) = &entry.columns else {
        let rest = part.width().saturating_sub(cells.client.0);
        part.put_within(cells.client.0, y, rest, &entry.note, dim);
        return;
    };
    put(cells.client, &columns.client, dim);
    // The end of a path says the most.
    let project = ending(
        &columns.project,
        usize::from(cells.project.1.saturating_sub(1)),
        scene.theme.glyph(Glyph::Ellipsis),
    );
    put(cells.project, &project, dim);
    put(cells.age, &columns.age, dim);
    put(cells.size, &columns.size, dim);
    put(cells.calls, &columns.calls, dim);
    let severity = Severity::named(&columns.worst);
    let style = severity.map_or(dim, |severity| theme.style(risk_scope(severity)));
    put(cells.worst, &columns.worst, style);
}
