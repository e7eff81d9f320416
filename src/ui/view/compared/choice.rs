//! A few things to choose from, to compare one of them with another.

use super::side;
use crate::session::compare::Comparison;
use crate::ui::compared::{Choice, Pair, Side};
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::Scene;
use crate::ui::view::changes::brief;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Rows of an entry: what it is, and what changed.
const ROWS: u16 = 2;
/// Entries that are seen at most.
const MOST: u16 = 12;

/// Where the list stands on a screen of this size, with its border.
fn area(size: (u16, u16), entries: usize) -> Rect {
    let entries = u16::try_from(entries).unwrap_or(MOST).min(MOST);
    let width = size.0.min(110);
    let height = (entries * ROWS + 3).min(size.1.saturating_sub(2));
    Rect {
        x: (size.0 - width) / 2,
        y: 1.max(size.1.saturating_sub(height) / 3).min(size.1),
        width,
        height,
    }
    .intersection(Rect::new(0, 0, size.0, size.1))
}

fn seen(size: (u16, u16), entries: usize) -> usize {
    usize::from(area(size, entries).height.saturating_sub(3) / ROWS)
}

/// Entries that are on the screen.
fn shown(model: &Model, choice: &Choice) -> std::ops::Range<usize> {
    let seen = seen(model.size, choice.entries.len());
    let first = scrolled_to(choice.selected, 0, seen.max(1), choice.entries.len());
    first..(first + seen).min(choice.entries.len())
}

/// Versions next to each other, whose differences the list tells.
pub fn pairs(model: &Model, choice: &Choice) -> Vec<Pair> {
    let entries = &choice.entries[shown(model, choice)];
    entries
        .iter()
        .filter_map(|entry| told(choice, *entry))
        .collect()
}

/// What an entry is told by: a version by what it changed, anything else by what tells it from the base.
fn told(choice: &Choice, entry: Side) -> Option<Pair> {
    match (entry, choice.base) {
        (entry, base) if !choice.free => Some(Pair {
            old: base,
            new: entry,
        }),
        (Side::Version(item, version), _) => Some(Pair {
            old: Side::Version(item, version.checked_sub(1)?),
            new: entry,
        }),
        _ => None,
    }
}

pub fn draw(scene: Scene, canvas: &mut Canvas, choice: &Choice) {
    let theme = scene.theme;
    let area = area(scene.model.size, choice.entries.len());
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let range = shown(scene.model, choice);
    let pane = Pane {
        title: choice.title,
        note: "",
        focused: true,
        scroll: Some((range.start, range.len(), choice.entries.len())),
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    let keys = match choice.free {
        true => "enter compares with the one marked =   space marks another   esc closes",
        false => "enter compares   esc closes",
    };
    let (width, height) = (part.width(), part.height());
    part.put(1, height.saturating_sub(1), keys, theme.style(Scope::UiDim));
    let cells = usize::from(width.saturating_sub(2));
    for (row, number) in range.enumerate() {
        let Ok(y) = u16::try_from(row * usize::from(ROWS)) else {
            return;
        };
        let entry = choice.entries[number];
        let sign = if choice.free && entry == choice.base {
            "= "
        } else {
            "  "
        };
        let mut line = Line::of(sign, theme.style(Scope::UiStrong));
        line.append(side::label(scene, entry));
        part.line(1, y, &clip(line, cells, false, theme));
        let mut line = Line::of("    ", theme.style(Scope::UiDim));
        if let Some((hash, size)) = side::figures(scene, entry) {
            line.push(format!("{size:>7}  {hash}  "), theme.style(Scope::UiDim));
        }
        line.append(what(scene, choice, entry));
        part.line(1, y + 1, &clip(line, cells, false, theme));
        if number == choice.selected {
            for y in y..y + ROWS {
                part.style_row(y, theme.style(Scope::UiSelect));
                part.put(
                    0,
                    y,
                    theme.glyph(Glyph::Cursor),
                    theme.style(Scope::UiCursor),
                );
            }
        }
    }
}

/// What changed with an entry.
fn what(scene: Scene, choice: &Choice, entry: Side) -> Line {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let Some(pair) = told(choice, entry) else {
        return Line::of("the first wording", dim);
    };
    let comparison = |comparison: &Comparison| match comparison.differences.is_empty() {
        true => Line::of("word for word the same", dim),
        false => brief::line(comparison, theme),
    };
    match super::outcome(scene.model, pair) {
        Some(Ok(made)) => comparison(&made.comparison),
        Some(Err(why)) => Line::of(why.as_str(), dim),
        None => Line::of("comparing", theme.style(Scope::UiProgress)),
    }
}
