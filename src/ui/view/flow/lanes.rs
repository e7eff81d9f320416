//! Where the lanes stand. Those that find no room are left out; which are shown follows the selected call.

use crate::session::ServerId;
use crate::ui::facts::Facts;
use crate::ui::lists;
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, layout, terms};
use crate::ui::widget::Canvas;

/// The client's lane: behind the cursor, the time and a gap.
pub const CLIENT: u16 = 12;
/// The narrowest and the widest distance of two lanes.
const GAPS: (u16, u16) = (13, 44);
/// Cells that are kept behind the last lane, for risks.
const TAIL: u16 = 7;

pub struct Lanes {
    /// The distance of two lanes.
    pub gap: u16,
    /// The first server that has a lane, and how many have one.
    first: usize,
    count: usize,
    all: usize,
    /// Columns in all.
    pub width: u16,
}

impl Lanes {
    pub fn of(scene: Scene, width: u16) -> Lanes {
        Lanes::of_model(scene.model, scene.facts, width)
    }

    fn of_model(model: &Model, facts: Facts, width: u16) -> Lanes {
        let session = facts.session;
        let entry = model.panes().selected;
        let servers = session.servers().len();
        let selected = lists::call_at(model, facts, entry)
            .map(|number| session.server_of(session.calls()[number]));
        let selected = selected.map_or(0, ServerId::index);
        let mut lanes = Lanes::fit(servers, selected, width);
        if let Some((first, cursor)) = model.walk.lanes {
            let first = first.min(lanes.all - lanes.count);
            // Where a person put the lanes they stay, as long as they show the selected call or the call is the same.
            if cursor == model.cursor || (first..first + lanes.count).contains(&selected) {
                lanes.first = first;
            }
        }
        lanes
    }

    /// How the lanes stand on the screen now: the first one, how many are seen, how many there are.
    pub fn window(model: &Model, facts: Facts) -> (usize, usize, usize) {
        let width = layout::inside(layout::of(model).list).width;
        let lanes = Lanes::of_model(model, facts, width);
        (lanes.first, lanes.count, lanes.all)
    }

    fn fit(servers: usize, selected: usize, width: u16) -> Lanes {
        let all = servers.max(1);
        let room = width.saturating_sub(CLIENT + TAIL);
        let each = usize::from(room) / all;
        let gap = u16::try_from(each).unwrap_or(GAPS.1).clamp(GAPS.0, GAPS.1);
        let count = usize::from(room / gap).clamp(1, all);
        // Pages of lanes, so that they stand still while calls go to and fro between neighbours.
        let first = (selected / count * count).min(all - count);
        Lanes {
            gap,
            first,
            count,
            all,
            width,
        }
    }

    /// The column of a server's lane, if it has one.
    pub fn column(&self, server: ServerId) -> Option<u16> {
        let place = server.index().checked_sub(self.first)?;
        (place < self.count).then(|| self.at(place))
    }

    fn at(&self, place: usize) -> u16 {
        let place = u16::try_from(place + 1).unwrap_or(u16::MAX);
        CLIENT.saturating_add(self.gap.saturating_mul(place))
    }

    /// The columns of all lanes of servers.
    pub fn columns(&self) -> impl Iterator<Item = u16> {
        (0..self.count).map(|place| self.at(place))
    }

    pub fn draw(&self, scene: Scene, canvas: &mut Canvas, y: u16) {
        let style = scene.theme.style(Scope::FlowLane);
        let lane = scene.theme.glyph(Glyph::FlowLane);
        canvas.put(CLIENT, y, lane, style);
        for column in self.columns() {
            canvas.put(column, y, lane, style);
        }
    }

    /// The names over the lanes, and how many servers have none.
    pub fn head(&self, scene: Scene, canvas: &mut Canvas) {
        let style = scene.theme.style(Scope::UiColumn);
        canvas.put(1, 0, "time", style);
        canvas.put(CLIENT - 3, 0, "client", style);
        for place in 0..self.count {
            let Ok(server) = u16::try_from(self.first + place) else {
                continue;
            };
            let label = terms::server(scene, ServerId(server), usize::from(self.gap) - 2);
            let half = u16::try_from(label.width() / 2).unwrap_or(0);
            canvas.line(self.at(place).saturating_sub(half), 0, &label);
        }
        if self.count < self.all {
            let hidden = (self.first, self.all - self.count - self.first);
            let note = match hidden {
                (0, right) => format!("+{right}"),
                (left, 0) => format!("{left}+"),
                (left, right) => format!("{left}+{right}"),
            };
            canvas.put_right(0, 0, canvas.width().saturating_sub(1), &note, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_stand_inside_at_any_width() {
        for width in 0..220 {
            for servers in 0..30 {
                let lanes = Lanes::fit(servers, servers.saturating_sub(1), width);
                let columns: Vec<u16> = lanes.columns().collect();
                assert!(columns.is_sorted() && !columns.is_empty());
                if width >= 60 {
                    assert!(
                        columns.iter().all(|column| *column < width),
                        "{width} {servers}"
                    );
                    assert!(columns.len() >= servers.min(2), "{width} {servers}");
                }
            }
        }
    }

    #[test]
    fn the_lane_of_the_selected_call_is_always_there() {
        for selected in 0..12 {
            let lanes = Lanes::fit(12, selected, 90);
            assert!(
                lanes.column(ServerId(selected as u16)).is_some(),
                "{selected}"
            );
        }
        let lanes = Lanes::fit(4, 0, 118);
        assert_eq!(lanes.columns().count(), 4);
        assert_eq!(lanes.column(ServerId(4)), None);
    }
}
