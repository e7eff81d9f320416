//! The rows of the tree: servers with what they say of themselves, and under each what it offers.
//!
//! ```text
//! ▾ weather  Weather 1.2 · 2025-11-25 · stdio · since 09:14:02
//!  ├ get_forecast      Δ2  ◌ ▲   12
//!  └ read_fіle         NEW   ◆      ≈ read_file@files
//! ```

use super::badges::{Found, came_later, collision, standing};
use super::seen::Counts;
use crate::analysis::capability::Capability;
use crate::session::{Item, ItemKind, RowId, ServerId, Standing, World};
use crate::text::width;
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
    let counts = Counts::upto(scene.facts, at);
    let columns = Columns::of(scene, canvas.width());
    rows::each(scene, canvas, |entry, part| {
        match scene.model.lists.tools.get(entry) {
            Some(ToolRow::Server(server)) => server_row(scene, part, &world, *server),
            Some(ToolRow::Item {
                item,
                version,
                last,
            }) => {
                let Some(item) = scene.facts.session.items().get(item.index()) else {
                    return;
                };
                item_row(scene, part, &columns, &counts, item, *version, *last, at);
            }
            None => {}
        }
    });
}

fn server_row(scene: Scene, canvas: &mut Canvas, world: &World, id: ServerId) {
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

/// Widths of the columns of an item's row; the look-alike takes what is left.
struct Columns {
    name: u16,
    /// Cells for the letters of what a tool can do; nothing where there is no room.
    can: u16,
}

impl Columns {
    /// Version, hidden, risk and calls, each with its space.
    const BADGES: u16 = 4 + 2 + 2 + 6;
    /// As many things as one tool is seen to be able to.
    const CAN: u16 = 5;
    /// What is kept for the look-alike, where there is room.
    const COLLISION: u16 = 18;

    /// The name is as wide as the widest tool's that is seen, if there is room.
    fn of(scene: Scene, canvas: u16) -> Columns {
        let first = scene.model.panes().offset;
        let seen = layout::entries_seen(scene.model);
        let listed = scene.model.lists.tools.iter().skip(first).take(seen);
        let items = listed.filter_map(|row| match row {
            ToolRow::Item { item, .. } => scene.facts.session.items().get(item.index()),
            ToolRow::Server(_) => None,
        });
        let tools: Vec<&Item> = items.filter(|item| item.kind == ItemKind::Tool).collect();
        let widest = tools
            .iter()
            .map(|item| super::name(scene, item, 48).width());
        let widest = u16::try_from(widest.max().unwrap_or(0)).unwrap_or(48);
        let last = scene.facts.session.last().unwrap_or(RowId(0));
        let collides = |item: &&Item| Found::of(scene.facts, item, last).collides;
        let can = if canvas >= 58 { Columns::CAN } else { 0 };
        let room = canvas.saturating_sub(5 + Columns::BADGES + can + u16::from(can > 0));
        let kept = match tools.iter().any(collides) {
            true => room.saturating_sub(Columns::COLLISION).max(room.min(18)),
            false => room,
        };
        Columns {
            name: widest.clamp(18, 48).min(kept),
            can,
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
    counts: &Counts,
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
    let risk = findings.worst.map_or_else(Line::new, |severity| {
        Line::of(
            theme.glyph(terms::risk_glyph(severity)),
            theme.style(terms::risk_scope(severity)),
        )
    });
    cells.cell(1, &risk);
    let calls = match item.kind {
        ItemKind::Tool => counts.calls(scene.facts, item),
        _ => 0,
    };
    match (item.kind, calls) {
        (ItemKind::Tool, 0) => cells.right(5, "-", dim),
        (_, 0) => cells.right(5, "", dim),
        (_, calls) => cells.right(
            5,
            &terms::grouped(calls as usize),
            theme.style(Scope::TextSize),
        ),
    };
    if columns.can > 0 {
        let can = scene.facts.findings.capabilities(item.id);
        let letters: String = can.iter().map(Capability::letter).collect();
        cells.cell(columns.can, &Line::of(letters, dim));
    }
    let room = cells.room();
    if findings.collides && room > 4 {
        cells.cell(
            room,
            &clip(
                collision(scene, item, usize::from(room)),
                usize::from(room),
                false,
                theme,
            ),
        );
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
