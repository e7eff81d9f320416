//! The rows of the tree: servers with what they say of themselves, and under each what it offers.
//!
//! ```text
//!   tool              ver     calls  err     p95 ~tokens can
//! ▾ weather  Weather 1.2 · 2025-11-25 · stdio · since 09:14:02
//!  ├ get_forecast      Δ2  ◌ ▲   12    1  354 ms     214 n
//!  └ read_fіle         NEW   ◆    -                  180 r    ≈ read_file@files
//! ```

use super::badges::{Found, came_later, collision, standing};
use crate::analysis::capability::Capability;
use crate::session::{Cost, Item, ItemKind, RowId, ServerId, Standing, Symbol, Tally, World};
use crate::text::width;
use crate::ui::figures;
use crate::ui::lists::{self, ToolRow};
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::rows::{self, Cells};
use crate::ui::view::{Scene, layout, terms};
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line};

pub fn list(scene: Scene, canvas: &mut Canvas) {
    if scene.facts.is_empty() {
        return;
    }
    let at = lists::at(scene.model, scene.facts);
    let world = scene.facts.session.world(at);
    let columns = Columns::of(scene, canvas.width());
    columns.head(scene, canvas);
    rows::each(scene, canvas, |entry, part| {
        match scene.model.lists.tools.get(entry) {
            Some(ToolRow::Server(server)) => server_row(scene, part, &world, *server, at),
            Some(ToolRow::Item {
                item,
                version,
                last,
            }) => {
                let Some(item) = scene.facts.session.items().get(item.index()) else {
                    return;
                };
                item_row(scene, part, &columns, item, *version, *last, at);
            }
            Some(ToolRow::Called { server, name, last }) => {
                called_row(scene, part, &columns, *server, *name, *last);
            }
            None => {}
        }
    });
}

fn server_row(scene: Scene, canvas: &mut Canvas, world: &World, id: ServerId, at: RowId) {
    let theme = scene.theme;
    let Some(server) = scene.facts.session.servers().get(id.index()) else {
        return;
    };
    let dim = theme.style(Scope::UiDim);
    let room = usize::from(canvas.width().saturating_sub(2));
    let fold = if scene.model.folded.contains(&id.0) {
        Glyph::TreeClosed
    } else {
        Glyph::TreeOpen
    };
    let mut line = Line::of(format!("{} ", theme.glyph(fold)), dim);
    line.append(terms::server(scene, id, room.saturating_sub(2).min(24)));
    // What finds no room is on the server's page.
    let mut add = |between: &str, part: Line| {
        let fits = line.width() + width(between) + part.width() <= room;
        if fits && !part.is_empty() {
            line.push(between, dim);
            line.append(part);
        }
        fits
    };
    if let Some(severity) = scene.model.told.worst_of(id, at) {
        let glyph = theme.glyph(terms::risk_glyph(severity));
        add(
            " ",
            Line::of(glyph, theme.style(terms::risk_scope(severity))),
        );
    }
    let state = world.servers.iter().find(|state| state.id == id);
    if state.is_some_and(|state| state.stale_tools) {
        let text = format!("{} stale", theme.glyph(Glyph::Changed));
        add("  ", Line::of(text, theme.style(Scope::UiBadgeChanged)));
    }
    let dot = format!(" {} ", theme.glyph(Glyph::Separator));
    let name = inline(server.name.as_raw(), 20, dim, theme);
    let mut claim = name.clone();
    if !server.version.as_raw().is_empty() {
        claim.push(" ", dim);
        claim.append(inline(server.version.as_raw(), 12, dim, theme));
    }
    if !add("  ", claim) {
        add("  ", name);
    }
    let word = match state.map(|state| state.standing) {
        Some(Standing::Closed) => "closed",
        _ => "since",
    };
    // A source without times has no since.
    let timed = |row: &RowId| scene.facts.session.row(*row).time.known();
    let since = state.and_then(|state| state.since).filter(timed);
    let added = since.is_some_and(|row| {
        let text = format!("{word} {}", terms::time_of(scene, row));
        add(&dot, Line::of(text, dim))
    });
    if !added && word == "closed" {
        add(&dot, Line::of(word, dim));
    }
    let protocol = inline(server.protocol.as_raw(), 12, dim, theme);
    let mut both = protocol.clone();
    if !both.is_empty() && !server.transport.is_empty() {
        both.push(&dot, dim);
    }
    both.push(server.transport, dim);
    if !add(&dot, both) {
        add(&dot, protocol);
    }
    canvas.line(1, 0, &clip(line, room, false, theme));
}

/// Widths of the columns of an item's row; those that find no room are nothing. The look-alike takes what is left.
struct Columns {
    name: u16,
    errors: u16,
    took: u16,
    cost: u16,
    /// Cells for the letters of what a tool can do.
    can: u16,
    /// One cell for the sign of a look-alike, where its name finds no room.
    alike: u16,
}

impl Columns {
    /// Cursor, branch, version, hidden, risk and calls, each with its space.
    const BADGES: u16 = 1 + 3 + 4 + 2 + 2 + 6;
    const ERRORS: u16 = 4;
    const TOOK: u16 = 7;
    const COST: u16 = 7;
    /// As many things as one tool is seen to be able to.
    const CAN: u16 = 5;
    /// What is kept for the look-alike, where there is room.
    const COLLISION: u16 = 18;
    /// The shortest name, and the longest.
    const NAME: (u16, u16) = (16, 48);

    /// The name is as wide as the widest tool's that is seen, if there is room.
    fn of(scene: Scene, canvas: u16) -> Columns {
        let first = scene.model.panes().offset;
        let seen = layout::entries_seen(scene.model);
        let listed = scene.model.lists.tools.iter().skip(first).take(seen);
        let items = listed.filter_map(|row| match row {
            ToolRow::Item { item, .. } => scene.facts.session.items().get(item.index()),
            ToolRow::Server(_) | ToolRow::Called { .. } => None,
        });
        let tools: Vec<&Item> = items.filter(|item| item.kind == ItemKind::Tool).collect();
        let widest = tools
            .iter()
            .map(|item| super::name(scene, item, 48).width());
        let widest = u16::try_from(widest.max().unwrap_or(0)).unwrap_or(48);
        let last = scene.facts.session.last().unwrap_or(RowId(0));
        let collides = |item: &&Item| Found::of(scene.facts, item, last).collides;
        let collides = tools.iter().any(collides);
        let (least, most) = Columns::NAME;
        let mut left = canvas.saturating_sub(Columns::BADGES + least + 1);
        // Columns with their space, in the order in which they matter.
        let mut column = |cells: u16| match left.checked_sub(cells + 1) {
            Some(rest) => {
                left = rest;
                cells
            }
            None => 0,
        };
        let (errors, took, cost) = (
            column(Columns::ERRORS),
            column(Columns::TOOK),
            column(Columns::COST),
        );
        let can = column(Columns::CAN);
        // A row with a look-alike says so in the place of what the tool can do, too.
        let words = Columns::COLLISION.saturating_sub(if can > 0 { can + 1 } else { 0 });
        let alike = u16::from(collides && left < words);
        let left = match (collides, alike) {
            (false, _) => left,
            (true, 0) => left - words,
            (true, _) => left.saturating_sub(2),
        };
        Columns {
            name: widest.clamp(least, most).min(least + left),
            errors,
            took,
            cost,
            can,
            alike,
        }
    }

    fn head(&self, scene: Scene, canvas: &mut Canvas) {
        let style = scene.theme.style(Scope::UiColumn);
        let mut cells = Cells::new(canvas, 0);
        cells
            .cell(2, &Line::new())
            .cell(self.name, &Line::of("tool", style))
            .cell(3, &Line::of("ver", style))
            .cell(1, &Line::new());
        if self.alike > 0 {
            cells.cell(1, &Line::new());
        }
        cells.cell(1, &Line::new()).right(5, "calls", style);
        for (cells_of, title) in [
            (self.errors, "err"),
            (self.took, "p95"),
            (self.cost, "~tokens"),
        ] {
            if cells_of > 0 {
                cells.right(cells_of, title, style);
            }
        }
        if self.can > 0 {
            cells.cell(self.can, &Line::of("can", style));
        }
    }

    /// The figures of what is no tool: what it costs, where it does.
    fn text_cost(&self, scene: Scene, cells: &mut Cells, cost: Option<Cost>) {
        let dim = scene.theme.style(Scope::UiDim);
        cells.right(5, "", dim);
        for width in [self.errors, self.took] {
            if width > 0 {
                cells.right(width, "", dim);
            }
        }
        if self.cost > 0 {
            let text = cost.map_or_else(String::new, |cost| terms::short_count(cost.tokens.into()));
            cells.right(self.cost, &text, dim);
        }
    }

    /// Calls, errors, how long they take, and what the definition costs.
    fn figures(&self, scene: Scene, cells: &mut Cells, tally: Option<&Tally>, cost: Option<Cost>) {
        let theme = scene.theme;
        let dim = theme.style(Scope::UiDim);
        let calls = tally.map_or(0, |tally| tally.calls);
        match calls {
            0 => cells.right(5, "-", dim),
            _ => cells.right(
                5,
                &terms::short_count(calls.into()),
                theme.style(Scope::TextSize),
            ),
        };
        if self.errors > 0 {
            let errors = tally.map_or(0, Tally::failed);
            let text = match errors {
                0 => String::new(),
                _ => terms::short_count(errors.into()),
            };
            cells.right(self.errors, &text, theme.style(Scope::OutcomeError));
        }
        if self.took > 0 {
            let p95 = tally.and_then(|tally| tally.durations.percentile(95));
            let text = p95.map_or_else(String::new, terms::took);
            cells.right(self.took, &text, theme.style(Scope::TextTime));
        }
        if self.cost > 0 {
            let text = cost.map_or_else(String::new, |cost| terms::short_count(cost.tokens.into()));
            cells.right(self.cost, &text, dim);
        }
    }
}

/// What stands behind the name of what is no tool.
fn kind(item: &Item) -> Option<&'static str> {
    match item.kind {
        ItemKind::Prompt => Some("prompt"),
        ItemKind::Resource => Some("resource"),
        ItemKind::Template => Some("template"),
        ItemKind::Tool | ItemKind::Instructions | ItemKind::ServerInfo => None,
    }
}

#[allow(clippy::too_many_arguments)]
fn item_row(
    scene: Scene,
    canvas: &mut Canvas,
    columns: &Columns,
    item: &Item,
    version: usize,
    last: bool,
    at: RowId,
) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    if kind(item).is_some() && version == 0 && scene.facts.findings.for_item(item.id).is_empty() {
        return plain_row(scene, canvas, item, last);
    }
    let tree = theme.glyph(if last {
        Glyph::TreeLast
    } else {
        Glyph::TreeBranch
    });
    let room = usize::from(columns.name);
    let mut name = match kind(item) {
        Some(kind) => super::name(scene, item, room.saturating_sub(kind.len() + 1)),
        None => super::name(scene, item, room),
    };
    if let Some(kind) = kind(item) {
        name.push(format!(" {kind}"), dim);
    }
    let mut cells = Cells::new(canvas, 0);
    cells
        .cell(2, &Line::of(format!(" {tree}"), dim))
        .cell(columns.name, &clip(name, room, false, theme));
    cells.cell(3, &standing(scene, item, version));
    let findings = Found::of(scene.facts, item, at);
    let hidden = if findings.hidden {
        theme.glyph(Glyph::Hidden)
    } else {
        " "
    };
    cells.cell(1, &Line::of(hidden, theme.style(Scope::Hidden)));
    if columns.alike > 0 {
        let sign = if findings.collides {
            theme.glyph(Glyph::Collides)
        } else {
            " "
        };
        cells.cell(1, &Line::of(sign, theme.style(Scope::UiBadgeCollides)));
    }
    let risk = findings.worst.map_or_else(Line::new, |severity| {
        Line::of(
            theme.glyph(terms::risk_glyph(severity)),
            theme.style(terms::risk_scope(severity)),
        )
    });
    cells.cell(1, &risk);
    let cost = item.versions.get(version).map(|version| version.cost);
    match item.kind {
        ItemKind::Tool => {
            let tally = figures::of(&scene.model.told, scene.facts, item);
            columns.figures(scene, &mut cells, tally, cost);
        }
        ItemKind::Instructions => columns.text_cost(scene, &mut cells, cost),
        _ => columns.text_cost(scene, &mut cells, None),
    }
    let room = cells.room();
    if findings.collides && columns.alike == 0 && room > 4 {
        let (cells_left, room) = (room, usize::from(room));
        let other = collision(scene, item, room);
        cells.cell(cells_left, &clip(other, room, false, theme));
    } else if columns.can > 0 {
        let can = scene.facts.findings.capabilities(item.id);
        let letters: String = can.iter().map(Capability::letter).collect();
        cells.cell(columns.can, &Line::of(letters, dim));
    }
}

/// A prompt or resource about which there is nothing to say: its name may be as long as the row.
fn plain_row(scene: Scene, canvas: &mut Canvas, item: &Item, last: bool) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let tree = theme.glyph(if last {
        Glyph::TreeLast
    } else {
        Glyph::TreeBranch
    });
    let mut line = Line::of(format!(" {tree} "), dim);
    let room = usize::from(canvas.width().saturating_sub(2));
    let word = kind(item).unwrap_or_default();
    line.append(super::name(
        scene,
        item,
        room.saturating_sub(line.width() + word.len() + 1),
    ));
    line.push(format!(" {word}"), dim);
    if came_later(scene.facts, item) {
        line.push(" NEW", theme.style(Scope::UiBadgeNew));
    }
    canvas.line(1, 0, &clip(line, room, false, theme));
}

/// A tool that was called and is not defined in the recording.
fn called_row(
    scene: Scene,
    canvas: &mut Canvas,
    columns: &Columns,
    server: ServerId,
    name: Symbol,
    last: bool,
) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let tree = theme.glyph(if last {
        Glyph::TreeLast
    } else {
        Glyph::TreeBranch
    });
    let room = usize::from(columns.name);
    let label = terms::tool(scene, scene.facts.session.symbol(name), room);
    let mut cells = Cells::new(canvas, 0);
    cells
        .cell(2, &Line::of(format!(" {tree}"), dim))
        .cell(columns.name, &clip(label, room, false, theme))
        .cell(3, &Line::of("?", dim))
        .cell(1, &Line::new());
    if columns.alike > 0 {
        cells.cell(1, &Line::new());
    }
    cells.cell(1, &Line::new());
    let tally = scene.model.told.shown.tool(server, name);
    columns.figures(scene, &mut cells, tally, None);
    // In the place of what the tool can do, and of its look-alike.
    let room = usize::from(cells.room());
    if room > 6 {
        let text = match room {
            0..23 => "not listed",
            _ => "definition not recorded",
        };
        cells.cell(cells.room(), &clip(Line::of(text, dim), room, false, theme));
    }
}
