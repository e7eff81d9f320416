//! The parameters of a tool or prompt as a table.
//!
//! ```text
//!   name     type     need      description
//!   place    string   required  A town or a station.
//!   days     integer  optional  How many days.
//!                               default 3 · minimum 1 · maximum 7
//! ```

use super::evidence;
use crate::session::Item;
use crate::session::schema::{Parameter, Parameters};
use crate::text::{RawBuf, width};
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms};
use crate::ui::widget::text::{clip, inline, inline_lit, wrapped};
use crate::ui::widget::{Line, Page};

/// Parameters that are shown.
pub const MOST: usize = 60;
/// Rows that one description may take.
const ROWS: usize = 10;
/// Choices of one parameter that are shown.
const CHOICES: usize = 24;
/// The description stands beside the name only if it has this many cells.
const BESIDE: usize = 30;

struct Columns {
    name: usize,
    kind: usize,
    /// Cells before the description.
    indent: usize,
    beside: bool,
}

impl Columns {
    const NEED: usize = 8;

    fn of(page: &Page, list: &[Parameter]) -> Columns {
        let widest = |cells: &dyn Fn(&Parameter) -> usize, most: usize| {
            list.iter().map(cells).max().unwrap_or(0).clamp(4, most)
        };
        let name = widest(&|parameter| width(&parameter.path.as_raw().label(40)), 26);
        let kind = widest(&|parameter| width(&parameter.kind.as_raw().label(40)), 18);
        let indent = 2 + name + 2 + kind + 2 + Columns::NEED + 2;
        match page.width.saturating_sub(indent) >= BESIDE {
            true => Columns {
                name,
                kind,
                indent,
                beside: true,
            },
            false => Columns {
                name,
                kind,
                indent: 6,
                beside: false,
            },
        }
    }
}

pub fn table(scene: Scene, page: &mut Page, item: &Item, parameters: &Parameters) {
    if parameters.list.is_empty() {
        return;
    }
    let columns = Columns::of(page, &parameters.list);
    let head = page.style(Scope::UiColumn);
    let mut line = Line::of(format!("  {:w$}  ", "name", w = columns.name), head);
    line.push(format!("{:w$}  need", "type", w = columns.kind), head);
    if columns.beside {
        line.push("      description", head);
    }
    page.line(line);
    for parameter in &parameters.list {
        row(scene, page, item, &columns, parameter);
    }
    if parameters.cut {
        page.say_indented(
            "There are more, or they nest deeper; the JSON below has them.",
            Scope::UiDim,
            2,
        );
    }
}

fn row(scene: Scene, page: &mut Page, item: &Item, columns: &Columns, parameter: &Parameter) {
    let theme = scene.theme;
    let mut line = Line::of("  ", page.style(Scope::UiText));
    pad(
        &mut line,
        inline_lit(
            parameter.path.as_raw(),
            &evidence::lit(scene, item, &parameter.pointer, parameter.path.as_raw()),
            columns.name,
            page.style(Scope::JsonKey),
            theme,
        ),
        columns.name,
        page,
    );
    pad(
        &mut line,
        inline(
            parameter.kind.as_raw(),
            columns.kind,
            page.style(Scope::TextCode),
            theme,
        ),
        columns.kind,
        page,
    );
    let need = match parameter.required {
        true => Line::of("required", page.style(Scope::UiStrong)),
        false => Line::of("optional", page.style(Scope::UiDim)),
    };
    pad(&mut line, need, Columns::NEED, page);
    let cells = page.width.saturating_sub(columns.indent).max(8);
    let mut rows = Vec::new();
    if let Some(text) = parameter
        .description
        .as_ref()
        .filter(|text| !text.as_raw().is_empty())
    {
        let lit = evidence::lit(
            scene,
            item,
            &format!("{}/description", parameter.pointer),
            text.as_raw(),
        );
        rows = wrapped(
            text.as_raw(),
            &lit,
            page.style(Scope::UiText),
            theme,
            cells,
            ROWS,
        );
    }
    rows.extend(values(scene, page, item, parameter, cells));
    if !columns.beside {
        page.line(clip(line, page.width, false, theme));
        line = Line::new();
    }
    for row in rows {
        if line.is_empty() {
            line.push(" ".repeat(columns.indent), page.style(Scope::UiText));
        }
        line.append(row);
        page.line(std::mem::take(&mut line));
    }
    if !line.is_empty() {
        page.line(clip(line, page.width, false, theme));
    }
}

fn pad(line: &mut Line, cell: Line, cells: usize, page: &Page) {
    let used = cell.width();
    line.append(cell);
    line.push(
        " ".repeat(cells.saturating_sub(used) + 2),
        page.style(Scope::UiText),
    );
}

/// Default, choices and limits, in as many rows as they take.
fn values(
    scene: Scene,
    page: &Page,
    item: &Item,
    parameter: &Parameter,
    cells: usize,
) -> Vec<Line> {
    let (dim, text) = (page.style(Scope::UiDim), page.style(Scope::UiText));
    let separator = format!(" {} ", scene.theme.glyph(Glyph::Separator));
    let mut parts: Vec<Line> = Vec::new();
    let value = |word: &str, value: &RawBuf, pointer: &str| {
        let mut line = Line::of(format!("{word} "), dim);
        line.append(inline_lit(
            value.as_raw(),
            &evidence::lit(scene, item, pointer, value.as_raw()),
            cells.saturating_sub(word.len() + 1),
            text,
            scene.theme,
        ));
        line
    };
    if let Some(default) = &parameter.default {
        let pointer = format!("{}/default", parameter.pointer);
        parts.push(value("default", default, &pointer));
    }
    for (n, choice) in parameter.choices.iter().take(CHOICES).enumerate() {
        let pointer = format!("{}/enum/{n}", parameter.pointer);
        parts.push(value(
            if n == 0 { "one of" } else { "or" },
            choice,
            &pointer,
        ));
    }
    if parameter.choices.len() > CHOICES {
        let more = format!("{} more", terms::grouped(parameter.choices.len() - CHOICES));
        parts.push(Line::of(more, dim));
    }
    for (key, limit) in &parameter.limits {
        let mut line = inline(key.as_raw(), 24, dim, scene.theme);
        line.push(" ", dim);
        line.append(inline(
            limit.as_raw(),
            cells.saturating_sub(line.width()),
            text,
            scene.theme,
        ));
        parts.push(line);
    }
    let mut rows: Vec<Line> = Vec::new();
    for part in parts {
        match rows.last_mut() {
            Some(row) if row.width() + 3 + part.width() <= cells => {
                row.push(separator.clone(), dim);
                row.append(part);
            }
            _ => rows.push(clip(part, cells, false, scene.theme)),
        }
    }
    rows
}

/// Names and types in a few rows.
pub fn brief(page: &mut Page, parameters: &Parameters) {
    let (key, kind) = (page.style(Scope::JsonKey), page.style(Scope::TextCode));
    let text = page.style(Scope::UiText);
    let mut row = Line::of("  ", text);
    for field in parameters.list.iter().take(MOST) {
        let mut part = inline(field.path.as_raw(), 40, key, page.theme);
        part.push(" ", text);
        part.append(inline(field.kind.as_raw(), 24, kind, page.theme));
        if row.width() > 2 && row.width() + 3 + part.width() > page.width {
            page.line(std::mem::replace(&mut row, Line::of("  ", text)));
        }
        row.push(if row.width() > 2 { "   " } else { "" }, text);
        row.append(part);
    }
    match parameters.list.is_empty() {
        true => page.say_indented("A schema without named fields.", Scope::UiDim, 2),
        false => page.line(clip(row, page.width, false, page.theme)),
    }
}
