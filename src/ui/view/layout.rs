//! Where things stand on the screen. A pure function of the model, so that the mouse and the lists know it too.
//!
//! ```text
//! header          title · class · counts                      ▲ 2 critical
//! tabs            1 Findings 2 Calls …                 as of 09:21:13 · call 143/212
//! ┌ list ──────────┐┌ detail ───────────┐     one of the two below 100 columns
//! └────────────────┘└───────────────────┘
//! timeline        ▁▂▅▁ ▲
//! keys            ] [ call   ? help
//! ```

use crate::ui::model::{Focus, Model, View};
use crate::ui::overlay::Overlay;
use ratatui::layout::Rect;

/// From this width on, both panes are seen.
pub const SIDE_BY_SIDE: u16 = 100;
/// The smallest screen that the views are drawn on.
pub const SMALLEST: (u16, u16) = (40, 9);
/// A pane gets no narrower than this by dragging.
const NARROWEST: u16 = 28;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    pub header: Rect,
    pub tabs: Rect,
    /// Empty where it is folded away.
    pub list: Rect,
    /// Empty where it is folded away.
    pub detail: Rect,
    pub timeline: Rect,
    pub keys: Rect,
    /// Only one of the panes is seen.
    pub folded: bool,
}

/// Whether the screen is too small for anything but a sentence.
pub fn too_small(size: (u16, u16)) -> bool {
    size.0 < SMALLEST.0 || size.1 < SMALLEST.1
}

pub fn of(model: &Model) -> Layout {
    let (width, height) = model.size;
    let row = |y: u16, rows: u16| {
        Rect {
            x: 0,
            y,
            width,
            height: rows,
        }
        .intersection(Rect::new(0, 0, width, height))
    };
    let timeline_rows = u16::from(height >= 14);
    // What is asked about something that is held takes the place of the keys, and more of it.
    let key_rows = match &model.overlay {
        Some(Overlay::Held(key)) => super::gate::rows(model, key).min(height / 2).max(1),
        _ => 1,
    };
    let body = height.saturating_sub(2 + key_rows + timeline_rows);
    let (list, detail, folded) = panes(model, row(2, body));
    Layout {
        header: row(0, 1),
        tabs: row(1, 1),
        list,
        detail,
        timeline: row(2 + body, timeline_rows),
        keys: row(2 + body + timeline_rows, key_rows),
        folded,
    }
}

fn panes(model: &Model, body: Rect) -> (Rect, Rect, bool) {
    let nothing = Rect { width: 0, ..body };
    let needed = if model.view == View::Flow {
        SIDE_BY_SIDE + 40
    } else {
        SIDE_BY_SIDE
    };
    if body.width < needed {
        return match model.focus {
            Focus::List => (body, nothing, true),
            Focus::Detail => (nothing, body, true),
        };
    }
    let share =
        u32::from(body.width) * u32::from(model.split[model.view as usize].min(1000)) / 1000;
    let left = u16::try_from(share)
        .unwrap_or(body.width)
        .clamp(NARROWEST, body.width - NARROWEST);
    (
        Rect {
            width: left,
            ..body
        },
        Rect {
            x: body.x + left,
            width: body.width - left,
            ..body
        },
        false,
    )
}

/// The inside of a bordered pane.
pub fn inside(pane: Rect) -> Rect {
    if pane.width < 2 || pane.height < 2 {
        return Rect {
            width: 0,
            height: 0,
            ..pane
        };
    }
    Rect {
        x: pane.x + 1,
        y: pane.y + 1,
        width: pane.width - 2,
        height: pane.height - 2,
    }
}

/// Rows of the screen that an entry of a view's list takes.
pub fn entry_rows(view: View) -> u16 {
    match view {
        View::Findings | View::Changes | View::Flow => 2,
        _ => 1,
    }
}

/// Rows of column titles on top of a view's list.
pub fn head_rows(view: View) -> u16 {
    match view {
        View::Calls | View::Tools | View::Messages | View::Flow => 1,
        View::Findings | View::Changes => 0,
    }
}

/// How many entries of the list are seen.
pub fn entries_seen(model: &Model) -> usize {
    let list = inside(of(model).list);
    usize::from(list.height.saturating_sub(head_rows(model.view)) / entry_rows(model.view))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;

    #[test]
    fn every_part_lies_on_the_screen_at_any_size() {
        let mut model = testing::empty_model();
        for width in 0..220 {
            for height in 0..70 {
                model.size = (width, height);
                let screen = Rect::new(0, 0, width, height);
                for view in View::ALL {
                    model.view = view;
                    let layout = of(&model);
                    for part in [
                        layout.header,
                        layout.tabs,
                        layout.list,
                        layout.detail,
                        layout.timeline,
                        layout.keys,
                    ] {
                        assert_eq!(
                            part.intersection(screen).area(),
                            part.area(),
                            "{view:?} {width}x{height} {part:?}"
                        );
                    }
                }
            }
        }
    }

    #[test]
    fn panes_fold_below_a_hundred_columns() {
        let mut model = testing::empty_model();
        model.size = (120, 36);
        assert!(!of(&model).folded);
        model.size = (80, 24);
        assert!(of(&model).folded && of(&model).detail.area() == 0);
        model.focus = Focus::Detail;
        assert!(of(&model).list.area() == 0);
    }
}
