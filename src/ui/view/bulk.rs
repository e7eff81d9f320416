//! The question whether several findings are to be marked at once, above the row of keys.
//!
//! ```text
//! ┌ Mark 38 findings? ─────────────────────────────────────────────── esc leaves them ┐
//! │ 38 open findings of the rule `secrets/in-result`; 2 that were decided on stay.      │
//! │ c confirmed   f false positive   l needs a look                                     │
//! └─────────────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::{Scene, terms};
use crate::ui::overlay::Bulk;
use crate::ui::theme::Scope;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas, bulk: &Bulk, keys: Rect) {
    let theme = scene.theme;
    let count = terms::counted(bulk.keys.len(), "open finding", "open findings");
    let stay = match bulk.decided {
        0 => String::new(),
        1 => "; 1 that was decided on stays".to_owned(),
        n => format!("; {n} that were decided on stay"),
    };
    let sentence = format!("{count} {}{stay}.", bulk.what);
    let rows = prose(&sentence, usize::from(keys.width.saturating_sub(4)).max(1));
    let height = u16::try_from(rows.len() + 3)
        .unwrap_or(u16::MAX)
        .min(keys.y);
    let area = Rect {
        y: keys.y - height,
        height,
        ..keys
    };
    canvas.part(area).clear(theme.style(Scope::UiPopup));
    let title = match bulk.verdict {
        Some(verdict) => format!("Mark all of them: {}?", verdict.name()),
        None => "Mark all of them?".to_owned(),
    };
    let pane = Pane {
        title: &title,
        note: "esc leaves them",
        focused: true,
        scroll: None,
    };
    let inside = pane.draw(canvas, theme, area);
    let mut part = canvas.part(inside);
    for (y, row) in (0..).zip(&rows) {
        part.put(1, y, row, theme.style(Scope::UiText));
    }
    let choices: &[(&str, &str)] = match bulk.verdict {
        Some(_) => &[("y", "yes"), ("n", "no")],
        None => &[
            ("c", "confirmed"),
            ("f", "false positive"),
            ("l", "needs a look"),
        ],
    };
    let mut line = Line::new();
    for (key, what) in choices {
        line.push(*key, theme.style(Scope::UiKey));
        line.push(format!(" {what}   "), theme.style(Scope::UiText));
    }
    part.line(1, inside.height.saturating_sub(1), &line);
}
