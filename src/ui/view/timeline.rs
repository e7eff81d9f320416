//! The whole session on one row.
//!
//! ```text
//!  ▁▁▂▂▁▃▅▂▁▁▂▃▂▁▁▂▇▂▁▁▁▂▃▁▁▁▂▁▂▃▂▁▁▲▂▁▁▃▂▁▁▂▂▁▁▁▂▃▂▁▁▁▂▂▁▁▃▂▁    Δ 2 changes  ⚑ 1  ● following
//! ```
//!
//! Each cell is an equal share of the time, or of the messages where times are unknown. Its height is how many messages
//! fell into it, its colour the worst risk among them.

use super::{Scene, terms};
use crate::analysis::Severity;
use crate::session::RowId;
use crate::text::width;
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::{Canvas, Line};

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
    let columns = columns(canvas.width(), NOTE);
    let scale = Scale::new(scene.facts, columns);
    let worst = worst(scene, &scale);
    bars(scene, canvas, &scale, &worst);
    signs(scene, canvas, &scale);
    canvas.line(canvas.width().saturating_sub(note_cells + 1), 0, &note);
}

/// Cells that are kept for the note at the right end.
const NOTE: u16 = 30;

fn bars(scene: Scene, canvas: &mut Canvas, scale: &Scale, worst: &[Option<Severity>]) {
    let facts = scene.facts;
    let edges: Vec<usize> = (0..scale.columns)
        .map(|column| scale.first_row(facts, column))
        .chain([scale.rows])
        .collect();
    let counts: Vec<usize> = edges
        .windows(2)
        .map(|edge| edge[1].saturating_sub(edge[0]))
        .collect();
    let most = counts.iter().copied().max().unwrap_or(0);
    // The square root keeps quiet stretches visible beside a burst.
    let height = |count: usize| ((count as f64).sqrt() * 100.0) as u64;
    for (column, count) in counts.iter().enumerate() {
        let Some(glyph) = Glyph::bar(height(*count), height(most)) else {
            continue;
        };
        let style = scene
            .theme
            .style(match worst.get(column).copied().flatten() {
                Some(severity) if severity >= Severity::Low => terms::risk_scope(severity),
                _ => Scope::TimelineTraffic,
            });
        canvas.put(column as u16 + 1, 0, scene.theme.glyph(glyph), style);
    }
}

/// The worst finding in each column.
fn worst(scene: Scene, scale: &Scale) -> Vec<Option<Severity>> {
    let mut worst = vec![None; scale.columns];
    for finding in scene.facts.findings.list() {
        if let Some(cell) = worst.get_mut(scale.column(scene.facts, finding.row)) {
            *cell = (*cell).max(Some(finding.severity));
        }
    }
    worst
}

/// Changes, bookmarks and the cursor, over the bars.
fn signs(scene: Scene, canvas: &mut Canvas, scale: &Scale) {
    let theme = scene.theme;
    let mut sign = |row: RowId, glyph: Glyph, scope: Scope| {
        let x = scale.column(scene.facts, row) as u16 + 1;
        canvas.put(x, 0, theme.glyph(glyph), theme.style(scope));
    };
    for change in scene.facts.session.changes().iter().take(10_000) {
        sign(change.at, Glyph::Changed, Scope::TimelineChange);
    }
    for row in &scene.model.bookmarks {
        sign(*row, Glyph::Bookmark, Scope::TimelineMark);
    }
    sign(scene.model.cursor, Glyph::CursorTime, Scope::TimelineCursor);
}

fn note(scene: Scene) -> Line {
    let Scene {
        model,
        facts,
        theme,
    } = scene;
    let mut line = Line::new();
    let mut push = |glyph: Glyph, text: String, scope: Scope| {
        let part = format!("{} {text}", theme.glyph(glyph));
        if line.width() + width(&part) + 2 < usize::from(NOTE) {
            line.push(
                if line.is_empty() { "" } else { "  " },
                theme.style(Scope::UiDim),
            );
            line.push(part, theme.style(scope));
        }
    };
    if model.play.is_some() {
        push(
            Glyph::Playing,
            format!("{}×", model.play_speed),
            Scope::UiProgress,
        );
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

/// The message at a column of the screen.
pub fn row_at(model: &Model, facts: Facts, column: u16) -> Option<RowId> {
    let columns = columns(model.size.0, NOTE);
    let column = usize::from(column.checked_sub(1)?);
    if column >= columns || facts.is_empty() {
        return None;
    }
    let row = Scale::new(facts, columns)
        .first_row(facts, column)
        .min(facts.session.len() - 1);
    u32::try_from(row).ok().map(RowId)
}
