//! What has no answer, oldest first.
//!
//! ```text
//! ┌ Without an answer 1/2 ──────────────────────────────────── as of 09:21:13 ┐
//! │  since     server   request                      waits                     │
//! │▌ 09:21:02  files    read_file                     11 s  answered later     │
//! │  09:21:13  mailer   send_email                     0 s  waiting            │
//! └────────────────────────────────────────────────────────────────────────────┘
//! ```

use super::rows::Cells;
use super::{Scene, terms, times};
use crate::session::{RowId, Wait};
use crate::ui::lists;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::waiting::{Waiting, waited};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::rows::scrolled_to;
use crate::ui::widget::text::{clip, prose};
use crate::ui::widget::{Canvas, Line};
use crate::wire::id::Direction;
use ratatui::layout::Rect;

const EMPTY: &str = "Every request so far has its answer.";

pub fn draw(scene: Scene, canvas: &mut Canvas, waiting: &Waiting) {
    let area = canvas.area();
    let all = waiting.rows.len();
    let cells = area.width.min(100);
    let height = u16::try_from(all.max(1) + 3)
        .unwrap_or(u16::MAX)
        .min(area.height);
    let area = Rect {
        x: area.x + (area.width - cells) / 2,
        y: area.y + (area.height - height) / 3,
        width: cells,
        height,
    };
    canvas.part(area).clear(scene.theme.style(Scope::UiPopup));
    let seen = usize::from(height.saturating_sub(3));
    let offset = scrolled_to(waiting.selected, 0, seen.max(1), all);
    let at = lists::at(scene.model, scene.facts);
    let title = match all {
        0 => "Without an answer".to_owned(),
        _ => format!(
            "Without an answer {}/{}",
            waiting.selected + 1,
            terms::grouped(all)
        ),
    };
    let note = match scene.facts.is_empty() {
        true => String::new(),
        false => format!("as of {}", times::time_of(scene, at)),
    };
    let inside = Pane {
        title: &title,
        note: &note,
        focused: true,
        scroll: Some((offset, seen, all)),
    }
    .draw(canvas, scene.theme, area);
    let mut part = canvas.part(inside);
    if all == 0 {
        for (y, row) in (0..).zip(prose(EMPTY, usize::from(inside.width.saturating_sub(2)))) {
            part.put(1, y, &row, scene.theme.style(Scope::UiEmpty));
        }
        return;
    }
    let column = scene.theme.style(Scope::UiColumn);
    line(
        &mut part,
        0,
        &[
            ("since", times::cells(scene)),
            ("server", 12),
            ("request", 24),
        ]
        .map(|(text, width)| (Line::of(text, column), width)),
        ("for", column),
        Line::new(),
    );
    for (y, (place, request)) in
        (1..inside.height).zip(waiting.rows.iter().enumerate().skip(offset))
    {
        row(scene, &mut part, y, *request, at);
        if place == waiting.selected {
            part.style_row(y, scene.theme.style(Scope::UiSelect));
            let cursor = scene
                .theme
                .style(Scope::UiSelect)
                .patch(scene.theme.style(Scope::UiCursor));
            part.put(0, y, scene.theme.glyph(Glyph::Cursor), cursor);
        }
    }
}

fn line(
    part: &mut Canvas,
    y: u16,
    cells: &[(Line, u16); 3],
    (waits, style): (&str, ratatui::style::Style),
    what: Line,
) {
    let mut row = Cells::new(part, y);
    for (text, width) in cells {
        row.cell(*width, text);
    }
    row.right(7, waits, style);
    row.cell(row.room(), &what);
}

fn row(scene: Scene, part: &mut Canvas, y: u16, request: RowId, at: RowId) {
    let theme = scene.theme;
    let session = scene.facts.session;
    let asked = session.row(request);
    let name = session.name(request);
    let mut what = match name.is_empty() {
        true => Line::of(
            session.method(request).label(24),
            theme.style(Scope::TextMethod),
        ),
        false => terms::tool(scene, name, 24),
    };
    if asked.dir == Direction::S2c {
        what = Line::of(theme.glyph(Glyph::DirS2c), theme.style(Scope::DirS2c))
            .with(" ", theme.style(Scope::UiText));
        what.append(Line::of(
            session.method(request).label(22),
            theme.style(Scope::TextMethod),
        ));
    }
    let waits = waited(scene.model, scene.facts, request, at).map_or_else(String::new, terms::took);
    let (sentence, scope) = fate(scene, request, at);
    let room = usize::from(part.width())
        .saturating_sub(1 + usize::from(times::cells(scene)) + 1 + 13 + 25 + 8);
    let cells = [
        (
            Line::of(times::time_of(scene, request), theme.style(Scope::TextTime)),
            times::cells(scene),
        ),
        (terms::server(scene, session.server_of(request), 12), 12),
        (clip(what, 24, false, theme), 24),
    ];
    let became = clip(Line::of(sentence, theme.style(scope)), room, false, theme);
    line(
        part,
        y,
        &cells,
        (&waits, theme.style(Scope::OutcomePending)),
        became,
    );
}

/// What became of a request that waited as of a message.
fn fate(scene: Scene, request: RowId, at: RowId) -> (String, Scope) {
    match scene.facts.session.row(request).pair() {
        Some(answer) if answer > at => {
            let message = format!("answered in message {}", terms::grouped(answer.index() + 1));
            (message, Scope::UiDim)
        }
        // Its answer was no last word: a task, or a request for input.
        Some(_) => ("goes on".to_owned(), Scope::OutcomePending),
        None => (never(scene, request), Scope::OutcomePending),
    }
}

/// Why a request has no answer, in a few words.
pub fn never(scene: Scene, request: RowId) -> String {
    match scene.facts.session.wait_of(request) {
        Wait::Open => "waiting".to_owned(),
        Wait::Cancelled => "cancelled".to_owned(),
        Wait::Closed(_, Some(code)) if code != 0 => format!("never answered: exit code {code}"),
        Wait::Closed(..) => "never answered: connection closed".to_owned(),
        Wait::CutShort => "never answered: recorder stopped".to_owned(),
        Wait::Ended => "never answered".to_owned(),
    }
}
