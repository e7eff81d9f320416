//! The whole session on one row.
//!
//! ```text
//!  ▁▁▂▂▁▃▅▂▁▁▂▃▂▁▁▂▇▂▁▁▁▂▃▁▁▁▂▁▂▃▂▁▁▲▂▁▁▃▂▁▁▂▂▁▁▁▂▃▂▁▁▁▂▂▁▁▃▂▁    Δ 2 changes  ⚑ 1  ● following
//! ```
//!
//! Each cell is an equal share of the time, or of the messages where times are unknown. Its height is how many messages
//! fell into it; a finding of medium severity or worse stands in it as the sign of its severity.

mod marks;

use super::{Scene, terms};
use crate::session::{RowId, duration};
use crate::text::width;
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::play::{LONG, LONGEST, State};
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::{Canvas, Line};
use marks::Sign;

/// How the columns of the timeline map to rows.
struct Scale {
    columns: usize,
    /// Microseconds of the first and the last row, where time can be used.
    span: Option<(i64, i64)>,
    rows: usize,
}

impl Scale {
    fn new(facts: Facts, columns: usize) -> Scale {
        let rows = facts.session.rows();
        let first = rows.first().and_then(|row| row.time.micros());
        let last = rows.last().and_then(|row| row.time.micros());
        let span = first.zip(last).filter(|(first, last)| last > first);
        Scale {
            columns,
            span,
            rows: rows.len(),
        }
    }

    fn column(&self, facts: Facts, row: RowId) -> usize {
        let last = self.columns.saturating_sub(1);
        match (self.span, facts.row(row).and_then(|row| row.time.micros())) {
            (Some((first, end)), Some(time)) => {
                let share = (i128::from(time) - i128::from(first)).max(0) * last as i128
                    / (i128::from(end) - i128::from(first));
                usize::try_from(share).unwrap_or(last).min(last)
            }
            _ => (row.index() * last)
                .checked_div(self.rows.saturating_sub(1))
                .unwrap_or(0)
                .min(last),
        }
    }

    /// The first row of each column, and the number of all rows behind the last.
    fn edges(&self, facts: Facts) -> Vec<usize> {
        let first = (0..self.columns).map(|column| self.first_row(facts, column));
        first.chain([self.rows]).collect()
    }

    /// The first row at or after the start of a column. Rows are in the order of their times, or nearly so.
    fn first_row(&self, facts: Facts, column: usize) -> usize {
        let last = self.columns.saturating_sub(1).max(1);
        match self.span {
            Some((first, end)) => {
                let at = i128::from(first)
                    + (i128::from(end) - i128::from(first)) * column as i128 / last as i128;
                facts
                    .session
                    .rows()
                    .partition_point(|row| {
                        row.time.micros().is_none_or(|time| i128::from(time) < at)
                    })
                    .min(self.rows)
            }
            None => (column * self.rows.saturating_sub(1)).div_ceil(last),
        }
    }
}

/// Columns for the bars, at a width of the screen.
fn columns(scene_width: u16, note: u16) -> usize {
    usize::from(scene_width.saturating_sub(note + 2))
}

pub fn draw(scene: Scene, canvas: &mut Canvas) {
    if canvas.height() == 0 || scene.facts.is_empty() {
        return;
    }
    let note = note(scene);
    let note_cells = u16::try_from(note.width()).unwrap_or(0);
    let columns = columns(canvas.width(), note_room(canvas.width()));
    let scale = Scale::new(scene.facts, columns);
    let edges = scale.edges(scene.facts);
    let signs = marks::of(scene, &edges);
    bars(scene, canvas, &edges, &signs);
    cursors(scene, canvas, &scale);
    pointed(scene, canvas, &scale);
    canvas.line(canvas.width().saturating_sub(note_cells + 1), 0, &note);
}

/// Cells that are kept for the note at the right end of a screen.
fn note_room(width: u16) -> u16 {
    match width {
        0..140 => 30,
        _ => 46,
    }
}

fn bars(scene: Scene, canvas: &mut Canvas, edges: &[usize], signs: &[Option<Sign>]) {
    let counts: Vec<usize> = edges
        .windows(2)
        .map(|edge| edge[1].saturating_sub(edge[0]))
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    // The square root keeps quiet stretches visible beside a burst.
    let height = |count: usize| ((count as f64).sqrt() * 100.0) as u64;
    for (column, count) in counts.iter().enumerate() {
        let Some(bar) = Glyph::bar(height(*count), height(most)) else {
            continue;
        };
        let (glyph, scope) = match signs.get(column).copied().flatten() {
            Some(sign) => (sign.glyph.unwrap_or(bar), sign.scope),
            None => (bar, Scope::TimelineTraffic),
        };
        let style = scene.theme.style(scope);
        canvas.put(column as u16 + 1, 0, scene.theme.glyph(glyph), style);
    }
}

/// Bookmarks and the cursor, over the bars.
fn cursors(scene: Scene, canvas: &mut Canvas, scale: &Scale) {
    let theme = scene.theme;
    let mut sign = |row: RowId, glyph: Glyph, scope: Scope| {
        let x = scale.column(scene.facts, row) as u16 + 1;
        canvas.put(x, 0, theme.glyph(glyph), theme.style(scope));
    };
    for row in scene.model.bookmarks.iter().take(BOOKMARKS) {
        sign(*row, Glyph::Bookmark, Scope::TimelineMark);
    }
    sign(scene.model.cursor, Glyph::CursorTime, Scope::TimelineCursor);
}

/// Bookmarks that are drawn at most.
const BOOKMARKS: usize = 1000;

/// The time beside the cursor, while it is being moved along the timeline.
fn pointed(scene: Scene, canvas: &mut Canvas, scale: &Scale) {
    let cursor = scene.model.cursor;
    if scene.model.walk.scrubbed != Some(cursor) {
        return;
    }
    let time = match scale.span {
        Some(_) => terms::time_of(scene, cursor),
        None => format!("message {}", terms::grouped(cursor.index() + 1)),
    };
    let label = format!(" {} ", time.trim());
    let cells = width(&label);
    let at = scale.column(scene.facts, cursor);
    let x = match at + 1 + cells <= scale.columns {
        true => at + 2,
        false => (at + 1).saturating_sub(cells),
    };
    let style = scene.theme.style(Scope::UiToast);
    canvas.put(u16::try_from(x).unwrap_or(0), 0, &label, style);
}

/// How playing goes, in as few words as there are.
fn playing(scene: Scene) -> Option<(Glyph, String)> {
    let playing = scene.model.walk.playing;
    let times = match scene.theme.look.ascii {
        true => "x",
        false => "×",
    };
    let speed = format!("{}{times}", playing.speed);
    match playing.state {
        State::Stopped => None,
        State::Paused => Some((Glyph::Paused, format!("paused {speed}"))),
        State::On { .. } if playing.shortened => Some((
            Glyph::Playing,
            format!("{speed} silence to {} s", LONGEST.as_secs()),
        )),
        State::On { wait, .. } if wait > LONG => {
            let micros = i64::try_from(wait.as_micros()).unwrap_or(i64::MAX);
            Some((
                Glyph::Playing,
                format!("{speed} next in {}", duration(micros)),
            ))
        }
        State::On { .. } => Some((Glyph::Playing, speed)),
    }
}

fn note(scene: Scene) -> Line {
    let Scene {
        model,
        facts,
        theme,
    } = scene;
    let room = usize::from(note_room(model.size.0));
    let mut line = Line::new();
    let mut push = |glyph: Glyph, text: String, scope: Scope| {
        let part = format!("{} {text}", theme.glyph(glyph));
        if line.width() + width(&part) + 2 < room {
            line.push(
                if line.is_empty() { "" } else { "  " },
                theme.style(Scope::UiDim),
            );
            line.push(part, theme.style(scope));
        }
    };
    if model.walk.seek.is_some() {
        push(Glyph::Pending, "searching".to_owned(), Scope::UiProgress);
    }
    if let Some((glyph, text)) = playing(scene) {
        push(glyph, text, Scope::UiProgress);
    }
    if model.following {
        push(Glyph::Following, "following".to_owned(), Scope::UiProgress);
    }
    let changes = facts.session.changes().len();
    if changes > 0 {
        push(
            Glyph::Changed,
            terms::counted(changes, "change", "changes"),
            Scope::TimelineChange,
        );
    }
    if !model.bookmarks.is_empty() {
        push(
            Glyph::Bookmark,
            model.bookmarks.len().to_string(),
            Scope::TimelineMark,
        );
    }
    if !model.marks.is_empty() {
        push(
            Glyph::Mark,
            model.marks.len().to_string(),
            Scope::TimelineMark,
        );
    }
    line
}

/// The message at a column of the screen; beyond the ends the first and the last.
pub fn row_at(model: &Model, facts: Facts, column: u16) -> Option<RowId> {
    let columns = columns(model.size.0, note_room(model.size.0));
    let last = facts.session.last()?;
    let column = usize::from(column.saturating_sub(1)).min(columns.saturating_sub(1));
    let row = Scale::new(facts, columns).first_row(facts, column);
    Some(RowId(u32::try_from(row).ok()?.min(last.0)))
}

/// Whether the bars stand under a column of the screen.
pub fn holds(model: &Model, column: u16) -> bool {
    let columns = columns(model.size.0, note_room(model.size.0));
    (1..=columns).contains(&usize::from(column))
}

/// The first message of the cell that many cells from that of the cursor in which there is one; `None` where the cursor
/// is at that end already.
pub fn row_beside(model: &Model, facts: Facts, cells: isize) -> Option<RowId> {
    let columns = columns(model.size.0, note_room(model.size.0)).max(1);
    let last = facts.session.last()?;
    let scale = Scale::new(facts, columns);
    let here = scale.column(facts, model.cursor);
    let first = |column: usize| scale.first_row(facts, column).min(last.index());
    let cursor = model.cursor.index();
    let row = if cells > 0 {
        let from = (here + cells.unsigned_abs()).min(columns);
        let later = (from..columns).map(first).find(|row| *row > cursor);
        later.unwrap_or(last.index())
    } else {
        // Within a cell, its start comes first.
        let back = cells.unsigned_abs() - usize::from(first(here) < cursor);
        let from = here.saturating_sub(back);
        let earlier = (0..=from).rev().map(first).find(|row| *row < cursor);
        earlier.unwrap_or(0)
    };
    (row != cursor).then(|| RowId(u32::try_from(row).unwrap_or(last.0)))
}
