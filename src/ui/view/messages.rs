//! What was on the wire: every message, notification, line of standard error and line that could not be read.
//!
//! ```text
//! ┌ Messages 143/1,204 ───────────────────────────────────────────────────────┐┌ tools/call · request ────────┐
//! │    no  time      Δt      server  method            id     size  summary   ││ ▾ { 4                        │
//! │┌   141 09:21:02  2.1 s  → files  tools/call         7    212 B  read_file ││     jsonrpc: "2.0"           │
//! │└   142 09:21:02   38 ms ← files  tools/call         7   1.7 KB  result    ││   ▾ params: { 2              │
//! └───────────────────────────────────────────────────────────────────────────┘└──────────────────────────────┘
//! ```

use super::rows::{self, Cells};
use super::{Scene, layout, terms};
use crate::session::{Row, RowId, Time, duration, size};
use crate::text::{Raw, RawBuf};
use crate::ui::body::{self, Key, Slot};
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::lists;
use crate::ui::model::{Focus, Form, Model};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::widget::text::inline;
use crate::ui::widget::{Canvas, Line, Page, json};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Kind;

/// Bytes of a message that the page of bytes shows.
const DUMPED: usize = 16 * 1024;

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
            .cell(8, &Line::of("time", style));
        if self.delta > 0 {
            cells.right(self.delta, "Δt", style);
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
        8,
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
    line.append(summary(
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

/// What a message says, in what is left of its row.
fn summary(scene: Scene, id: RowId, message: &Row, body: Slot, cells: usize) -> Line {
    let theme = scene.theme;
    let name = scene.facts.session.name(id);
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::new();
    match message.kind {
        MessageKind::Error => line.push("error ", theme.style(Scope::OutcomeError)),
        MessageKind::Result => line.push("result ", dim),
        _ => {}
    }
    if !name.is_empty() && !message.kind.is_response() {
        line.append(inline(name, cells, theme.style(Scope::TextTool), theme));
        line.push("  ", dim);
    }
    let room = cells.saturating_sub(line.width());
    match body {
        Slot::Ready(json) => match text_of(json) {
            Some(text) => line.append(inline(
                text.as_raw(),
                room,
                theme.style(Scope::UiText),
                theme,
            )),
            None => line.append(inline(
                Raw::new(&json.bytes()[..json.bytes().len().min(1024)]),
                room,
                dim,
                theme,
            )),
        },
        Slot::Reading => line.push("reading", dim),
        Slot::Failed(_) => line.push("cannot be read", theme.style(Scope::UiLoss)),
        Slot::Unknown => {}
    }
    line
}

/// The most telling text of a message.
fn text_of(json: &Json) -> Option<RawBuf> {
    if let Some(text) = &json.text {
        return Some(text.clone());
    }
    let root = json.root()?;
    if !root.is_container() {
        return None;
    }
    let telling: [&[&str]; 6] = [
        &["error", "message"],
        &["params", "arguments"],
        &["params", "data"],
        &["params", "message"],
        &["result"],
        &["params"],
    ];
    let at = telling.iter().find_map(|path| root.path(path))?;
    if let Some(content) = at.get("content")
        && let Some(text) = content
            .items()
            .find_map(|item| item.get("text"))
            .and_then(At::string)
    {
        return Some(text);
    }
    Some(at.text(1024))
}

pub fn title(scene: Scene) -> (String, String) {
    let Some(message) = scene.facts.row(scene.model.cursor) else {
        return (String::new(), String::new());
    };
    let method = scene.facts.session.method(scene.model.cursor);
    let source = scene.facts.session.sources().get(message.source.index());
    let file = source.map_or_else(String::new, |source| source.path.as_raw().label(200));
    let file = file.rsplit('/').next().unwrap_or_default().to_owned();
    let what = if method.is_empty() {
        message.kind.name().to_owned()
    } else {
        format!("{} · {}", method.label(40), message.kind.name())
    };
    (
        what,
        format!("{file}:{}", terms::grouped(message.line as usize)),
    )
}

/// The JSON tree of the message under the cursor.
pub fn tree(scene: Scene, canvas: &mut Canvas) {
    let Some(tree) = &scene.model.tree else {
        return;
    };
    let Some(json) = scene.model.bodies.get(tree.of).ready() else {
        return;
    };
    if tree.seen().is_empty() {
        let page = page(scene, canvas.width());
        return page.draw(canvas, 0, None);
    }
    let cells = usize::from(canvas.width());
    for (y, (number, id)) in
        (0..canvas.height()).zip(tree.seen().iter().enumerate().skip(tree.offset))
    {
        canvas.line(0, y, &json::row(json, tree, *id, cells, scene.theme));
        if number == tree.selected {
            let focused = scene.model.focus == Focus::Detail;
            canvas.style_row(
                y,
                scene.theme.style(if focused {
                    Scope::UiSelect
                } else {
                    Scope::UiSelectBlur
                }),
            );
        }
    }
}

/// The bytes of the message, or why there is no tree of it.
pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    match scene.model.bodies.row(scene.model.cursor) {
        Slot::Ready(json) if scene.model.form == Form::Bytes => dump(&mut page, json),
        Slot::Ready(json) => {
            let text = json
                .text
                .clone()
                .unwrap_or_else(|| Raw::new(json.bytes()).slice(0..DUMPED).to_buf());
            page.quote(text.as_raw(), &[], Scope::UiText, 1, 400);
        }
        Slot::Failed(why) => page.say_indented(why, Scope::UiLoss, 1),
        Slot::Reading | Slot::Unknown => page.say_indented("Reading.", Scope::UiProgress, 1),
    }
    page
}

/// Offsets, bytes and letters, as a hex editor shows them.
fn dump(page: &mut Page, json: &Json) {
    let line = json.line();
    let fitting = (page.width.saturating_sub(11) / 4).clamp(4, 16) / 4 * 4;
    for (n, bytes) in line[..line.len().min(DUMPED)]
        .chunks(fitting.max(4))
        .enumerate()
    {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let letters: String = bytes
            .iter()
            .map(|b| {
                if b.is_ascii_graphic() || *b == b' ' {
                    char::from(*b)
                } else {
                    '.'
                }
            })
            .collect();
        let row = Line::of(format!("{:08x} ", n * fitting), page.style(Scope::TextId))
            .with(
                format!("{:<1$} ", hex.join(" "), fitting * 3),
                page.style(Scope::UiText),
            )
            .with(letters, page.style(Scope::TextCode));
        page.line(row);
    }
    if line.len() > DUMPED {
        page.say(
            &format!(
                "{} more; the file holds them.",
                size((line.len() - DUMPED) as u64)
            ),
            Scope::UiDim,
        );
    }
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

/// The value that is selected in the tree.
pub fn zoomed(model: &Model, _: Facts) -> Option<(String, RawBuf, usize)> {
    let tree = model.tree.as_ref()?;
    let json = model.bodies.get(tree.of).ready()?;
    let Some(at) = tree.selected_node().and_then(|id| json.at(id)) else {
        return json
            .text
            .clone()
            .map(|text| ("The line".to_owned(), text, 0));
    };
    let pointer = at.pointer(0);
    let title = if pointer.is_empty() {
        "The message".to_owned()
    } else {
        pointer
    };
    let more = at.size().saturating_sub(super::zoom::MOST);
    let text = match at.kind() {
        Kind::String => at.text(super::zoom::MOST),
        _ => pretty(at),
    };
    Some((title, text, more))
}

/// A value with its parts on lines of their own.
fn pretty(at: At) -> RawBuf {
    let text = at.text(super::zoom::MOST);
    match serde_json::from_slice::<&serde_json::value::RawValue>(text.as_raw().bytes()) {
        Ok(_) if text.as_raw().len() < 256 * 1024 => spaced(text.as_raw().bytes()).into(),
        _ => text,
    }
}

/// JSON with line breaks and indents, every token as it was written.
fn spaced(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(bytes.len() * 2);
    let (mut depth, mut at) = (0usize, 0);
    let line = |out: &mut Vec<u8>, depth: usize| {
        out.push(b'\n');
        out.resize(out.len() + depth.min(40) * 2, b' ');
    };
    while at < bytes.len() {
        let byte = bytes[at];
        match byte {
            b'"' => {
                let end = crate::wire::json::skip_string(bytes, at)
                    .map_or(bytes.len(), |(end, _)| end)
                    .clamp(at + 1, bytes.len());
                out.extend_from_slice(&bytes[at..end]);
                at = end;
                continue;
            }
            b'{' | b'[' => {
                out.push(byte);
                let close = crate::wire::json::skip_space(bytes, at + 1);
                if matches!(bytes.get(close), Some(b'}' | b']')) {
                    out.push(bytes[close]);
                    at = close;
                } else {
                    depth += 1;
                    line(&mut out, depth);
                }
            }
            b'}' | b']' => {
                depth = depth.saturating_sub(1);
                line(&mut out, depth);
                out.push(byte);
            }
            b',' => {
                out.push(byte);
                line(&mut out, depth);
            }
            b':' => out.extend_from_slice(b": "),
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => out.push(byte),
        }
        at += 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_keeps_every_token() {
        let spaced = spaced(br#"{"a":[1,2],"b":{},"c":"x, {y}"}"#);
        assert_eq!(
            String::from_utf8_lossy(&spaced),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": \"x, {y}\"\n}"
        );
    }
}
