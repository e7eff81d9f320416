//! Commands by name.
//!
//! ```text
//! ╭ Commands ─────────────────────────────────────────── 3 of 74 ╮
//! │ :chan                                                         │
//! │ ▌ change next     the next change of a definition           ) │
//! │   view changes    which definitions changed, and how        4 │
//! │   accept          accept this change into the baseline      A │
//! │     There is no baseline to write to.                         │
//! ╰───────────────────────────────────────────────────────────────╯
//! ```

use super::{Scene, terms};
use crate::text::width;
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::palette::{Hit, Palette, What, count, hits};
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

/// Cells for the names.
const NAMES: usize = 20;
/// Cells for the keys, at the right.
const KEYS: u16 = 14;

/// A row of the list.
enum Row {
    Heading(&'static str),
    /// A hit by its number.
    Hit(usize),
    /// Why the selected hit cannot be done now.
    Reason(usize),
}

fn rows(found: &[Hit], selected: usize, headings: bool) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut group = "";
    for (n, hit) in found.iter().enumerate() {
        if headings && hit.group != group {
            group = hit.group;
            rows.push(Row::Heading(group));
        }
        rows.push(Row::Hit(n));
        if n == selected && hit.reason.is_some() {
            rows.push(Row::Reason(n));
        }
    }
    rows
}

/// First row that is seen.
fn first(rows: &[Row], selected: usize, seen: usize) -> usize {
    let at = rows
        .iter()
        .position(|row| matches!(row, Row::Hit(n) if *n == selected));
    let at = at.unwrap_or(0);
    // The reason under it and the heading over it are to be seen too.
    let below = usize::from(matches!(rows.get(at + 1), Some(Row::Reason(_))));
    match at {
        1 => 0,
        _ => scrolled_to(at + below, 0, seen, rows.len()).min(at),
    }
}

fn area(size: (u16, u16)) -> Rect {
    let (width, height) = size;
    let cells = width.min(if width >= 110 { 100 } else { 78 });
    let rows = height.saturating_sub(4).min(24);
    Rect {
        x: (width - cells) / 2,
        y: height.min(2),
        width: cells,
        height: rows,
    }
}

/// Where the list stands: under the line that is typed.
fn list(size: (u16, u16)) -> Rect {
    let inside = super::layout::inside(area(size));
    Rect {
        y: inside.y + 1,
        height: inside.height.saturating_sub(1),
        ..inside
    }
}

/// The hit in a cell of the screen.
pub fn hit_at(model: &Model, facts: Facts, palette: &Palette, at: Position) -> Option<usize> {
    let list = list(model.size);
    if !list.contains(at) {
        return None;
    }
    let found = hits(model, facts, palette.line.text());
    let selected = palette.selected.min(found.len().saturating_sub(1));
    let rows = rows(&found, selected, is_unasked(palette));
    let first = first(&rows, selected, usize::from(list.height));
    match rows.get(first + usize::from(at.y - list.y))? {
        Row::Hit(n) | Row::Reason(n) => Some(*n),
        Row::Heading(_) => None,
    }
}

fn is_unasked(palette: &Palette) -> bool {
    palette.line.text().trim().is_empty()
}

pub fn draw(scene: Scene, canvas: &mut Canvas, palette: &Palette) {
    let theme = scene.theme;
    let found = hits(scene.model, scene.facts, palette.line.text());
    let area = area((canvas.width(), canvas.height()));
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let note = match is_unasked(palette) {
        true => format!("{} here, {} in all", found.len(), count()),
        false => format!("{} of {}", found.len(), count()),
    };
    let list = list((canvas.width(), canvas.height()));
    let selected = palette.selected.min(found.len().saturating_sub(1));
    let rows = rows(&found, selected, is_unasked(palette));
    let seen = usize::from(list.height);
    let first = first(&rows, selected, seen);
    let pane = Pane {
        title: "Commands",
        note: &note,
        focused: true,
        scroll: Some((first, seen, rows.len())),
    };
    let inside = pane.draw(canvas, theme, area);
    super::prompt::line(
        scene,
        &mut canvas.part(inside),
        0,
        ":",
        &palette.line,
        theme.style(Scope::UiInput),
    );
    let mut part = canvas.part(list);
    for (y, row) in (0..part.height()).zip(rows.iter().skip(first)) {
        match row {
            Row::Heading(name) => {
                part.put(1, y, name, theme.style(Scope::TextHeading));
            }
            Row::Hit(n) => hit(scene, &mut part, y, &found[*n], *n == selected),
            Row::Reason(n) => {
                let reason = found[*n].reason.as_deref().unwrap_or_default();
                part.put(4, y, reason, theme.style(Scope::UiDim));
            }
        }
    }
    if found.is_empty() {
        let nothing = "No command fits. Names and words of the help are looked through.";
        part.put(2, 0, nothing, theme.style(Scope::UiEmpty));
    }
}

fn hit(scene: Scene, part: &mut Canvas, y: u16, hit: &Hit, selected: bool) {
    let theme = scene.theme;
    let (name, title, key) = match hit.reason {
        Some(_) => (
            Scope::UiKeyDisabled,
            Scope::UiKeyDisabled,
            Scope::UiKeyDisabled,
        ),
        None => (Scope::UiText, Scope::UiDim, Scope::UiKey),
    };
    let meant = theme.style(Scope::UiMatch);
    let keys = match hit.what {
        What::Command(command) => {
            let keymap = &scene.model.keyboard.keymap;
            // One that is for other views is told with the keys that it has there.
            let here = scene.model.view;
            let own = command.place.views.filter(|views| !views.contains(&here));
            let view = own.and_then(<[_]>::first).unwrap_or(&here);
            terms::own(&keymap.shown(command, *view), theme).into_owned()
        }
        What::Argument(..) => String::new(),
    };
    let width_of_keys = u16::try_from(width(&keys)).unwrap_or(KEYS).min(KEYS);
    let cells = part.width();
    let room = cells.saturating_sub(width_of_keys + 2);
    let mut line = lit(&hit.name, &hit.lit.name, theme.style(name), meant);
    let pad = NAMES.saturating_sub(line.width()).max(1);
    line.push(" ".repeat(pad), theme.style(name));
    line.append(lit(
        &terms::own(hit.title, theme),
        &hit.lit.title,
        theme.style(title),
        meant,
    ));
    if selected {
        part.style_row(y, theme.style(Scope::UiSelect));
        part.put(
            0,
            y,
            theme.glyph(Glyph::Cursor),
            theme.style(Scope::UiCursor),
        );
    }
    let left = Rect {
        x: part.area().x,
        y: part.area().y + y,
        width: room,
        height: 1,
    };
    part.part(left).line(2, 0, &line);
    part.put_right(
        cells.saturating_sub(width_of_keys + 1),
        y,
        width_of_keys,
        &keys,
        theme.style(key),
    );
}

/// Text with some of its letters in another style.
fn lit(text: &str, at: &[u32], plain: Style, meant: Style) -> Line {
    let mut line = Line::new();
    for (n, letter) in (0u32..).zip(text.chars()) {
        let style = if at.binary_search(&n).is_ok() {
            plain.patch(meant)
        } else {
            plain
        };
        line.push(letter, style);
    }
    line
}
