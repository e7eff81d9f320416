//! Who talked to whom: one lane for the client and one a server, a line a call.
//!
//! ```text
//!   time       client          files            weather          mailer
//!   09:20:51     ├──list_dir────▶│                │                │
//!   09:21:02     ├──read_file───▶│ ▲              │                │
//! ```

use super::{Scene, layout, rows, terms};
use crate::session::Call;
use crate::text::width;
use crate::ui::lists;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::{Canvas, Line};

/// Columns of the time, before the client's lane.
const TIME: u16 = 11;
/// The client's lane.
const CLIENT: u16 = TIME + 3;

/// Where the lanes stand.
struct Lanes {
    width: u16,
    /// Servers that have a lane.
    count: usize,
}

impl Lanes {
    fn of(scene: Scene, width: u16) -> Lanes {
        let servers = scene.facts.session.servers().len().max(1);
        let room = width.saturating_sub(CLIENT + 4);
        let each = (room / u16::try_from(servers).unwrap_or(u16::MAX)).clamp(14, 26);
        Lanes {
            width: each,
            count: servers.min(usize::from(room / each).max(1)),
        }
    }

    /// The column of a server's lane; the last one stands for those that find no room.
    fn column(&self, server: usize) -> u16 {
        CLIENT + self.width * (u16::try_from(server.min(self.count - 1)).unwrap_or(0) + 1)
    }
}

pub fn list(scene: Scene, canvas: &mut Canvas) {
    let lanes = Lanes::of(scene, canvas.width());
    head(scene, canvas, &lanes);
    rows::each(scene, canvas, |entry, part| {
        if let Some(number) = lists::call_at(scene.model, scene.facts, entry) {
            row(scene, part, &lanes, &scene.facts.session.call(number));
        }
    });
    let listed =
        lists::len(scene.model, scene.facts, scene.model.view) - scene.model.panes().offset;
    for y in (layout::head_rows(scene.model.view)..canvas.height()).skip(listed) {
        draw_lanes(scene, canvas, &lanes, y);
    }
}

fn head(scene: Scene, canvas: &mut Canvas, lanes: &Lanes) {
    let style = scene.theme.style(Scope::UiColumn);
    canvas.put(1, 0, "time", style);
    canvas.put(CLIENT - 3, 0, "client", style);
    for server in 0..lanes.count {
        let label = terms::server(
            scene,
            crate::session::ServerId(server as u16),
            usize::from(lanes.width) - 2,
        );
        let half = u16::try_from(label.width() / 2).unwrap_or(0);
        canvas.line(lanes.column(server).saturating_sub(half), 0, &label);
    }
}

fn draw_lanes(scene: Scene, canvas: &mut Canvas, lanes: &Lanes, y: u16) {
    let style = scene.theme.style(Scope::FlowLane);
    let lane = scene.theme.glyph(Glyph::FlowLane);
    canvas.put(CLIENT, y, lane, style);
    for server in 0..lanes.count {
        canvas.put(lanes.column(server), y, lane, style);
    }
}

fn row(scene: Scene, canvas: &mut Canvas, lanes: &Lanes, call: &Call) {
    let theme = scene.theme;
    canvas.put(
        1,
        0,
        &terms::time_of(scene, call.request),
        theme.style(Scope::TextTime),
    );
    draw_lanes(scene, canvas, lanes, 0);
    let to = lanes.column(call.server.index());
    let style = theme.style(Scope::FlowRequest);
    canvas.put(CLIENT, 0, theme.glyph(Glyph::FlowStart), style);
    canvas.repeat(
        CLIENT + 1,
        0,
        to.saturating_sub(CLIENT + 2),
        theme.glyph(Glyph::FlowLine),
        style,
    );
    canvas.put(
        to.saturating_sub(1),
        0,
        theme.glyph(Glyph::FlowRight),
        style,
    );
    let name = scene
        .facts
        .session
        .symbol(call.tool)
        .label(usize::from(lanes.width.saturating_sub(5)));
    let start = to.saturating_sub(lanes.width)
        + (lanes
            .width
            .saturating_sub(u16::try_from(width(&name)).unwrap_or(0)))
            / 2;
    canvas.put(
        start.max(CLIENT + 2),
        0,
        &name,
        theme.style(Scope::TextTool),
    );
    let (glyph, outcome) = terms::outcome(call.outcome, theme);
    let mut note = Line::of(glyph, outcome);
    if let Some(severity) = super::calls::worst(scene.facts, call) {
        let (text, style) = terms::short_risk(severity, theme);
        note.push(" ", style);
        note.push(text, style);
    }
    canvas.line(to + 2, 0, &note);
}
