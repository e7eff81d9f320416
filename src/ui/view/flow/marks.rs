//! Changes of definitions, as marks on the lane of their server.

use super::lanes::Lanes;
use crate::session::{RowId, ServerId};
use crate::ui::lists;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms, tools};
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line};

/// Changes between two calls that are looked at.
const MOST: usize = 10_000;

/// What changed on one server between two calls.
pub struct Mark {
    server: ServerId,
    text: String,
}

/// The changes from the call of an entry to that of the next one, a mark for each server.
pub fn after(scene: Scene, entry: usize) -> Vec<Mark> {
    let session = scene.facts.session;
    let request = |entry: usize| -> Option<RowId> {
        let number = lists::call_at(scene.model, scene.facts, entry)?;
        session.calls().get(number).copied()
    };
    let Some(from) = request(entry) else {
        return Vec::new();
    };
    let until = request(entry + 1);
    let changes = session.changes();
    let first = changes.partition_point(|change| change.at < from);
    let here = changes[first..]
        .iter()
        .take_while(|change| until.is_none_or(|until| change.at < until));
    let mut found: Vec<(ServerId, usize, String)> = Vec::new();
    for change in here.take(MOST) {
        let Some(item) = session.items().get(change.item.index()) else {
            continue;
        };
        match found.iter_mut().find(|(server, ..)| *server == item.server) {
            Some((_, count, _)) => *count += 1,
            None => {
                let name = tools::name(scene, item, 24);
                let name: String = name.runs().map(|run| run.text.as_str()).collect();
                found.push((item.server, 1, format!("{name} {}", change.kind.name())));
            }
        }
    }
    let mark = |(server, count, text): (ServerId, usize, String)| Mark {
        server,
        text: match count {
            1 => text,
            count => terms::counted(count, "change", "changes"),
        },
    };
    found.into_iter().map(mark).collect()
}

impl Mark {
    /// Draws the mark below the call; `to` is the lane of the call, which the words must not cover.
    pub fn draw(&self, scene: Scene, canvas: &mut Canvas, lanes: &Lanes, to: Option<u16>) {
        let Some(column) = lanes.column(self.server) else {
            return;
        };
        let style = scene.theme.style(Scope::TimelineChange);
        canvas.put(column, 1, scene.theme.glyph(Glyph::Changed), style);
        if to.is_some_and(|to| column < to) {
            return;
        }
        let next = lanes
            .columns()
            .find(|next| *next > column)
            .unwrap_or(lanes.width);
        let room = usize::from(next.saturating_sub(column + 3));
        let line = Line::of(self.text.clone(), style);
        canvas.line(column + 2, 1, &clip(line, room, false, scene.theme));
    }
}
