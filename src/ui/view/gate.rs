//! What a gate holds, and what can be decided, above the row of keys. The call itself is seen in the view behind.
//!
//! ```text
//!  HELD 1 of 2  files · read_file          52 s left, then it is denied
//!  The call reads a private key.
//!  a allow   n allow from now on   d deny   tab next   j k scroll   esc later
//! ```

use super::{Scene, terms};
use crate::text::Raw;
use crate::ui::hold::{Hold, HoldKey};
use crate::ui::model::Model;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Rows for the reasons why it is held.
const REASONS: usize = 3;

/// Rows that it takes.
pub fn rows(model: &Model, key: &HoldKey) -> u16 {
    let reasons = model
        .holds
        .get(key)
        .map_or(0, |hold| why(model, hold, cells(model.size.0)).len());
    u16::try_from(reasons + 2).unwrap_or(2)
}

/// Cells of a line.
fn cells(width: u16) -> usize {
    usize::from(width.saturating_sub(2)).max(1)
}

/// Said where there is nothing behind that shows it.
const NOT_OPEN: &str =
    "It is not among the messages that are open here: only what the tap says of it can be shown.";

/// The reasons, in lines.
fn why(model: &Model, hold: &Hold, cells: usize) -> Vec<String> {
    let reasons = hold.held.why.iter();
    let mut lines: Vec<String> = reasons
        .flat_map(|why| prose(&Raw::new(why.as_bytes()).label(400), cells))
        .collect();
    if model.holds.sought.as_ref() == Some(&hold.key()) {
        lines.splice(0..0, prose(NOT_OPEN, cells));
    }
    if lines.len() > REASONS {
        lines.truncate(REASONS);
        lines[REASONS - 1] = "And more: all that is wrong stands beside the call.".to_owned();
    }
    lines
}

pub fn draw(scene: Scene, canvas: &mut Canvas, key: &HoldKey) {
    let theme = scene.theme;
    let holds = &scene.model.holds;
    let Some((place, hold)) = holds.place(key).map(|place| (place, &holds.list[place])) else {
        return;
    };
    let warn = theme.style(Scope::UiToastWarn);
    canvas.clear(warn);
    let count = match holds.list.len() {
        1 => "HELD".to_owned(),
        all => format!("HELD {} of {all}", place + 1),
    };
    let left = match hold.decided {
        true => "telling the tap".to_owned(),
        false => hold.left(),
    };
    let label = Raw::new(server(&hold.session).as_bytes()).label(30);
    let name = Raw::new(hold.held.name.as_bytes()).label(60);
    let dot = terms::dot(theme);
    let width = canvas.width();
    canvas.put(1, 0, &format!("{count}  {label}{dot}{name}  "), warn);
    canvas.put_right(0, 0, width.saturating_sub(1), &format!("  {left}"), warn);
    for (y, row) in (1..).zip(&why(scene.model, hold, cells(width))) {
        canvas.put(1, y, row, warn);
    }
    // What can be done is seen even where there is no room for all reasons.
    let last = canvas.height().saturating_sub(1);
    canvas
        .part(Rect {
            y: canvas.area().y + last,
            height: 1,
            ..canvas.area()
        })
        .clear(warn);
    canvas.line(0, last, &offers(scene, holds.list.len()));
}

/// The label in the id of a session: `files` of `files-4711-9f2c`.
fn server(session: &str) -> &str {
    session.rsplitn(3, '-').last().unwrap_or(session)
}

fn offers(scene: Scene, held: usize) -> Line {
    let mut line = Line::new();
    let all = [
        ("a", "allow"),
        ("n", "allow from now on"),
        ("d", "deny"),
        ("tab", "next"),
        ("j k", "scroll"),
        ("esc", "later"),
    ];
    for (key, what) in all {
        if key == "tab" && held < 2 {
            continue;
        }
        line.push(format!(" {key} "), scene.theme.style(Scope::UiKey));
        line.push(format!("{what}  "), scene.theme.style(Scope::UiText));
    }
    line
}

/// `1 held, H decides: 52 s left`, for the header.
pub fn waits(scene: Scene) -> Option<Line> {
    let holds = &scene.model.holds.list;
    let first: &Hold = holds.iter().min_by_key(|hold| hold.held.left_ms)?;
    let glyph = scene.theme.glyph(Glyph::DirUnreadable);
    let seconds = first.held.left_ms.div_ceil(1000);
    let text = format!("{glyph} {} held, H decides: {seconds} s", holds.len());
    Some(Line::of(text, scene.theme.style(Scope::UiLoss)))
}
