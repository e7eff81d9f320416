//! Data that one call read and a later one carried away, drawn from lane to lane.
//!
//! ```text
//!   ┤═ a private key ══╗  │        │  │═══╗
//!   │                  ║  │        │  │   ║
//!   ┼──────────────────╚═►│        ►│◄════╝
//! ```

use super::lanes::Lanes;
use crate::analysis::{Finding, Related};
use crate::session::RowId;
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, layout};
use crate::ui::widget::Canvas;

/// Flows that are drawn at once; more could not be told apart.
const MOST: usize = 6;
/// Findings that are looked at.
const FINDINGS: usize = 2000;
/// Rows of an entry: the request's, then the answer's.
const ANSWER: u16 = 1;

/// One way that data took.
pub struct Flow {
    /// Entries of the list.
    read: usize,
    left: usize,
    /// Columns of their lanes.
    from: u16,
    to: u16,
    /// The column in which it goes down.
    down: u16,
    label: String,
}

/// The entry that shows the call of a message.
fn entry_of(model: &Model, facts: Facts, row: RowId) -> Option<(usize, usize)> {
    facts.row(row)?;
    let number = facts.session.call_of(row)?;
    let entry = match &model.lists.calls {
        None => number,
        Some(passing) => passing.contains(number).then(|| passing.rank(number))?,
    };
    Some((entry, number))
}

/// The messages at both ends: where it was read, where it left.
fn ends(finding: &Finding) -> impl Iterator<Item = (RowId, RowId)> + '_ {
    let with = |role: &'static str| {
        let related = finding
            .related
            .iter()
            .filter(move |related: &&Related| related.role == role);
        related.map(|related| related.row)
    };
    let left = with("left").next().unwrap_or(finding.row);
    with("read").map(move |read| (read, left))
}

/// The flows of which a part is on the screen.
pub fn seen(scene: Scene, lanes: &Lanes) -> Vec<Flow> {
    let Scene { model, facts, .. } = scene;
    let first = model.panes().offset;
    let last = first + layout::entries_seen(model);
    let mut flows: Vec<Flow> = Vec::new();
    for finding in facts
        .findings
        .list()
        .iter()
        .filter(|f| !f.related.is_empty())
        .take(FINDINGS)
    {
        for (read, left) in ends(finding) {
            let ends = entry_of(model, facts, read).zip(entry_of(model, facts, left));
            let Some(((read, reader), (left, sender))) = ends else {
                continue;
            };
            if read >= left || left < first || read >= last || flows.len() >= MOST {
                continue;
            }
            if flows
                .iter()
                .any(|flow| (flow.read, flow.left) == (read, left))
            {
                continue;
            }
            let server = |number: usize| facts.session.server_of(facts.session.calls()[number]);
            let columns = lanes
                .column(server(reader))
                .zip(lanes.column(server(sender)));
            let Some((from, to)) = columns else { continue };
            let beside = flows
                .iter()
                .filter(|flow| flow.read <= left && read <= flow.left)
                .count();
            let down = channel(from, to, u16::try_from(beside).unwrap_or(0), lanes.width);
            let label = finding.title.clone();
            flows.push(Flow {
                read,
                left,
                from,
                to,
                down,
                label,
            });
        }
    }
    flows
}

/// The column in which a flow goes down: before the lane where it leaves, or beside the lane where it was read if that
/// stands further to the right.
fn channel(from: u16, to: u16, beside: u16, width: u16) -> u16 {
    let shift = beside.saturating_mul(2);
    if to > from {
        to.saturating_sub(3 + shift).max(from + 2)
    } else {
        (from + 4 + shift)
            .min(width.saturating_sub(2))
            .max(from + 2)
    }
}

impl Flow {
    /// Cells to the right of the lane that the end of the flow takes in an entry.
    pub fn beside(&self, entry: usize) -> u16 {
        if entry == self.left && self.to <= self.from {
            (self.down - self.to).max(1)
        } else {
            0
        }
    }

    pub fn draw(&self, scene: Scene, canvas: &mut Canvas) {
        let view = scene.model.view;
        let rows = layout::entry_rows(view);
        let first = scene.model.panes().offset;
        let end = first + layout::entries_seen(scene.model);
        let y = |entry: usize| {
            let above = u16::try_from(entry - first).unwrap_or(u16::MAX);
            layout::head_rows(view).saturating_add(above.saturating_mul(rows))
        };
        let top = match self.read >= first {
            true => y(self.read) + ANSWER,
            false => layout::head_rows(view),
        };
        let bottom = match self.left < end {
            true => y(self.left),
            false => y(end),
        };
        let style = scene.theme.style(Scope::FlowTaint);
        let glyph = |glyph: Glyph| scene.theme.glyph(glyph);
        if self.read >= first {
            let cells = self.down - self.from - 1;
            canvas.repeat(self.from + 1, top, cells, glyph(Glyph::TaintLine), style);
            canvas.put(self.down, top, glyph(Glyph::TaintDown), style);
            if cells >= 10 {
                let at = canvas.put(self.from + 2, top, " ", style);
                let at = canvas.put_within(at, top, cells - 4, &self.label, style);
                canvas.put(at, top, " ", style);
            }
        }
        let start = if self.read >= first { top + 1 } else { top };
        for row in start..bottom {
            canvas.put(self.down, row, glyph(Glyph::TaintSide), style);
        }
        if self.left >= end {
            return;
        }
        if self.to > self.from {
            canvas.put(self.down, bottom, glyph(Glyph::TaintOut), style);
            let cells = self.to.saturating_sub(self.down + 2);
            canvas.repeat(self.down + 1, bottom, cells, glyph(Glyph::TaintLine), style);
            canvas.put(self.to - 1, bottom, glyph(Glyph::FlowRight), style);
        } else {
            canvas.put(self.down, bottom, glyph(Glyph::TaintBack), style);
            let cells = self.down.saturating_sub(self.to + 2);
            canvas.repeat(self.to + 2, bottom, cells, glyph(Glyph::TaintLine), style);
            canvas.put(self.to + 1, bottom, glyph(Glyph::FlowLeft), style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flows_go_down_beside_each_other() {
        assert_eq!(channel(28, 60, 0, 118), 57);
        assert_eq!(channel(28, 60, 1, 118), 55);
        assert_eq!(
            channel(28, 28, 0, 118),
            32,
            "to the same server: out and back"
        );
        assert_eq!(channel(60, 28, 0, 118), 64, "to a server on the left");
        assert_eq!(
            channel(28, 60, 90, 118),
            30,
            "never left of where it starts"
        );
    }
}
