//! What was on the wire: every message, notification, line of standard error and line that could not be read.
//!
//! ```text
//! ┌ Messages 143/1,204 ───────────────────────────────────────────────────────┐┌ tools/call · request ────────┐
//! │    no  time      Δt      server  method            id     size  summary   ││ ▾ { 4                        │
//! │┌   141 09:21:02  2.1 s  → files  tools/call         7    212 B  read_file ││     jsonrpc: "2.0"           │
//! │└   142 09:21:02   38 ms ← files  tools/call         7   1.7 KB  result    ││   ▾ params: { 2              │
//! └───────────────────────────────────────────────────────────────────────────┘└──────────────────────────────┘
//! ```
mod bytes;
mod detail;
mod spaced;
mod summary;

use super::rows::{self, Cells};
use super::{Scene, layout, terms, times};
use crate::session::{Row, RowId, Time, duration, size};
use crate::ui::body::{self, Key};
use crate::ui::facts::Facts;
use crate::ui::lists;
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::widget::text::inline;
use crate::ui::widget::{Canvas, Line};
use crate::wire::id::{Direction, MessageKind};

pub use detail::{page, title, zoomed};
pub use spaced::{SPACED, value as pretty};

pub fn list(scene: Scene, canvas: &mut Canvas) {
    let columns = Columns::of(canvas.width(), scene.facts.session.len());
    columns.head(scene, canvas);
    rows::each(scene, canvas, |entry, part| {
        let Some(id) = lists::row_at(scene.model, scene.facts, entry) else {
            return;
        };
        let Some(message) = scene.facts.row(id) else {
            return;
        };
        let before = entry
            .checked_sub(1)
            .and_then(|entry| lists::row_at(scene.model, scene.facts, entry));
        let before = before
            .and_then(|id| scene.facts.row(id))
            .map_or(Time::NONE, |row| row.time);
        row(scene, part, &columns, id, message, before);
    });
}

struct Columns {
    number: u16,
    delta: u16,
    server: u16,
    method: u16,
    id: u16,
    size: u16,
}

impl Columns {
    fn of(width: u16, messages: usize) -> Columns {
        let number = u16::try_from(terms::grouped(messages).len())
            .unwrap_or(9)
            .max(3);
        Columns {
            number,
            delta: if width >= 70 { 8 } else { 0 },
            server: if width >= 90 { 10 } else { 7 },
            method: if width >= 90 { 26 } else { 16 },
            id: if width >= 80 { 6 } else { 0 },
            size: if width >= 52 { 8 } else { 0 },
        }
    }

    fn head(&self, scene: Scene, canvas: &mut Canvas) {
        let style = scene.theme.style(Scope::UiColumn);
        let mut cells = Cells::new(canvas, 0);
        cells
            .cell(1, &Line::new())
            .right(self.number, "no", style)
            .cell(times::cells(scene), &Line::of("time", style));
        if self.delta > 0 {
            cells.right(self.delta, &terms::own("Δt", scene.theme), style);
        }
        cells
            .cell(1, &Line::new())
            .cell(self.server, &Line::of("server", style));
        cells.cell(self.method, &Line::of("method", style));
        if self.id > 0 {
            cells.cell(self.id, &Line::of("id", style));
        }
        if self.size > 0 {
            cells.right(self.size, "size", style);
        }
        let room = cells.room();
        cells.cell(room, &Line::of("summary", style));
    }
}

fn row(
    scene: Scene,
    canvas: &mut Canvas,
    columns: &Columns,
    id: RowId,
    message: &Row,
    before: Time,
) {
    let theme = scene.theme;
    let body = scene.model.bodies.row(id);
    let (glyph, direction) = direction(message, theme);
    let mut cells = Cells::new(canvas, 0);
    cells.cell(1, &bracket(scene, id, message));
    cells.right(
        columns.number,
        &terms::grouped(id.index() + 1),
        theme.style(Scope::TextId),
    );
    cells.cell(
        times::cells(scene),
        &Line::of(
            terms::time(scene, message.time),
            theme.style(Scope::TextTime),
        ),
    );
    if columns.delta > 0 {
        let delta = message
            .time
            .since(before)
            .map_or_else(String::new, duration);
        cells.right(columns.delta, &delta, theme.style(Scope::TextTime));
    }
    cells.cell(1, &Line::of(glyph, direction));
    let server = scene.facts.session.server_of(id);
    cells.cell(
        columns.server,
        &terms::server(scene, server, usize::from(columns.server)),
    );
    cells.cell(
        columns.method,
        &method(scene, id, message, usize::from(columns.method)),
    );
    if columns.id > 0 {
        let text = body
            .ready()
            .and_then(|json| json.root()?.get("id"))
            .map(|at| at.text(64));
        let style = theme.style(Scope::TextId);
        let line = text.map_or_else(Line::new, |id| {
            inline(id.as_raw(), usize::from(columns.id), style, theme)
        });
        cells.cell(columns.id, &line);
    }
    if columns.size > 0 {
        cells.right(
            columns.size,
            &size(u64::from(message.len)),
            theme.style(Scope::TextSize),
        );
    }
    let room = cells.room();
    let mut line = Line::new();
    if let Some(severity) = scene.facts.findings.worst(id) {
        let (text, style) = terms::short_risk(severity, theme);
        line.push(text, style);
        line.push(" ", theme.style(Scope::UiText));
    }
    if scene.model.bookmarks.contains(&id) {
        line.push(
            format!("{} ", theme.glyph(Glyph::Bookmark)),
            theme.style(Scope::MarkBookmark),
        );
    }
    line.append(summary::line(
        scene,
        id,
        message,
        body,
        usize::from(room).saturating_sub(line.width()),
    ));
    cells.cell(room, &line);
}

/// The bracket that joins a request and its response, where the pair of the cursor's message is seen.
fn bracket(scene: Scene, id: RowId, message: &Row) -> Line {
    let theme = scene.theme;
    let cursor = scene.model.cursor;
    let other = scene.facts.row(cursor).and_then(|row| row.pair());
    let glyph = match other {
        Some(other) if id == cursor.min(other) => Glyph::PairFirst,
        Some(other) if id == cursor.max(other) => Glyph::PairLast,
        Some(other) if id > cursor.min(other) && id < cursor.max(other) => Glyph::PairLine,
        _ if message.pair().is_none() && matches!(message.kind, MessageKind::Request) => {
            Glyph::PairNone
        }
        _ => return Line::new(),
    };
    Line::of(theme.glyph(glyph), theme.style(Scope::UiDim))
}

fn direction<'t>(message: &Row, theme: &'t Theme) -> (&'t str, ratatui::style::Style) {
    let (glyph, scope) = match (message.kind, message.dir) {
        (MessageKind::Unreadable, _) => (Glyph::DirUnreadable, Scope::DirUnreadable),
        (_, Direction::C2s) => (Glyph::DirC2s, Scope::DirC2s),
        (_, Direction::S2c) => (Glyph::DirS2c, Scope::DirS2c),
        (_, Direction::Stderr) => (Glyph::DirStderr, Scope::DirStderr),
        (_, Direction::Meta) => (Glyph::DirMeta, Scope::DirMeta),
    };
    (theme.glyph(glyph), theme.style(scope))
}

/// The method of a message (for a response, of its request), or what it is.
fn method(scene: Scene, id: RowId, message: &Row, cells: usize) -> Line {
    let method = scene.facts.session.method(id);
    if method.is_empty() {
        return Line::of(message.kind.name(), scene.theme.style(Scope::UiDim));
    }
    let scope = if message.kind.is_response() {
        Scope::UiDim
    } else {
        Scope::TextMethod
    };
    inline(method, cells, scene.theme.style(scope), scene.theme)
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    let mut wants = vec![Key::Row(model.cursor)];
    let first = model.panes().offset;
    let listed = (first..first + layout::entries_seen(model))
        .filter_map(|entry| lists::row_at(model, facts, entry));
    let small = |row: &RowId| facts.row(*row).is_some_and(|row| row.len <= body::AT_ONCE);
    wants.extend(listed.filter(small).map(Key::Row));
    wants.retain(|key| matches!(key, Key::Row(row) if facts.row(*row).is_some()));
    wants
}
