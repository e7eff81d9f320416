//! Who talked to whom: one lane for the client and one a server, two rows a call, in time. Data that came from one lane
//! and left by another is drawn in the colour of risk.
//!
//! ```text
//!   time      client          files            weather          mailer
//!   09:20:51     ├──list_dir────►│                │                │
//!                │◄──212 B───────┤                │                │
//!   09:21:02     ├──read_file───►│ ▲ high         │                │
//!                │◄──1.7 KB──────┤═ private key ════════════════╗  │
//!   09:21:13     ├──send_email───┼────────────────┼─────────────╚═►│ ▲ crit
//!                │◄──64 B────────┼────────────────┼────────────────┤ Δ
//! ```

mod exchange;
mod lanes;
mod marks;
mod taint;

use super::{Scene, layout, rows};
use crate::ui::facts::Facts;
use crate::ui::lists;
use crate::ui::model::Model;
use crate::ui::widget::Canvas;
use exchange::Exchange;
use lanes::Lanes;

/// The lanes of servers on the screen: the first one, how many are seen, how many there are.
pub fn lanes(model: &Model, facts: Facts) -> (usize, usize, usize) {
    Lanes::window(model, facts)
}

pub fn list(scene: Scene, canvas: &mut Canvas) {
    let lanes = Lanes::of(scene, canvas.width());
    lanes.head(scene, canvas);
    let flows = taint::seen(scene, &lanes);
    rows::each(scene, canvas, |entry, part| {
        let Some(number) = lists::call_at(scene.model, scene.facts, entry) else {
            return;
        };
        let call = scene.facts.session.call(number);
        let exchange = Exchange {
            call: &call,
            changes: marks::after(scene, entry),
            // What comes in from the right takes the first cells beside the lane.
            beside: flows
                .iter()
                .map(|flow| flow.beside(entry))
                .max()
                .unwrap_or(0),
        };
        exchange.draw(scene, part, &lanes);
    });
    let listed = lists::len(scene.model, scene.facts, scene.model.view);
    let left = listed.saturating_sub(scene.model.panes().offset);
    let drawn = left.min(layout::entries_seen(scene.model));
    let rows = usize::from(layout::entry_rows(scene.model.view)) * drawn;
    for y in (layout::head_rows(scene.model.view)..canvas.height()).skip(rows) {
        lanes.draw(scene, canvas, y);
    }
    for flow in &flows {
        flow.draw(scene, canvas);
    }
}
