//! Two things compared, on a page of Changes or over the whole screen.
//!
//! ```text
//! ╭ send_email · mailer ──────────────────────────────── 5 differences · +209 −0 ─╮
//! │ - version 1 of 2 · send_email · mailer · in force 09:14:02–09:24:10            │
//! │ + version 2 of 2 · send_email · mailer · in force since 09:24:10               │
//! │ ▲ adds a parameter `bcc` with a default                                        │
//! │                                                                                │
//! │▌Description   +209 −0                                                          │
//! │   version 1 of 2                      │ version 2 of 2                         │
//! │   - Send an email from the team's     │ + Send an email from the team's        │
//! ╰────────────────────────────────────────────────────────────────────────────────╯
//!  j k row   n p difference   enter open   | side by side   s swap   y copy   esc back
//! ```

pub mod choice;
mod paint;
mod rows;
mod sheet;
mod side;
mod told;

use super::changes::brief::extent_of;
use super::{Scene, layout, terms, tools};
use crate::session::ItemId;
use crate::text::Raw;
use crate::ui::compared::{Made, Open, Outcome, Pair, Side};
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Look, Scope, Theme};
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::Lit;
use crate::ui::widget::{Canvas, Page};
use paint::Painter;
use ratatui::layout::Rect;
use rows::{Rows, Spread, Titles};
use sheet::Sheet;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};

/// From this width on, the one text stands beside the other.
const SIDE_BY_SIDE: usize = 100;
/// Narrower columns cannot be read.
const NARROWEST: usize = 40;
/// Rows of one text, and differences, on a page.
const PAGE_ROWS: usize = 160;
const PAGE_DIFFERENCES: usize = 60;

/// Whether texts stand side by side in this width.
pub fn is_beside(model: &Model, width: usize) -> bool {
    let wanted = model.compared.beside.unwrap_or(width >= SIDE_BY_SIDE);
    wanted && width >= NARROWEST
}

/// Cells of a page of Changes.
pub fn page_width(model: &Model) -> u16 {
    layout::inside(layout::of(model).detail).width
}

/// The differences of a pair on a page; of the new text the evidence is lit.
pub fn page(scene: Scene, page: &mut Page, pair: Pair) {
    let outcome = match scene.model.compared.get(pair, scene.model.secrets) {
        Some(Ok(made)) => made,
        Some(Err(why)) => return page.say_indented(why, Scope::UiDim, 1),
        None => return page.say_indented("Comparing.", Scope::UiProgress, 1),
    };
    cut_short(page, outcome);
    let spread = Spread {
        width: page.width,
        beside: is_beside(scene.model, page.width),
        most: PAGE_ROWS,
        differences: PAGE_DIFFERENCES,
        unfolded: BTreeSet::new(),
    };
    let laid = laid(scene, outcome, pair, spread.clone());
    let mut painter = Painter::new(outcome, &laid, &spread, scene.theme);
    page.masked |= laid.masked;
    page.gap();
    for row in &laid.rows {
        let line = painter.line(row);
        page.line(line);
    }
}

/// That not all was compared in time.
fn cut_short(page: &mut Page, made: &Made) {
    if made.cut_short {
        page.say_indented(
            "The comparison was cut short after 100 ms: it is right, but coarser than it could be; long texts stand there as gone and come as a whole.",
            Scope::UiLoss,
            1,
        );
    }
}

/// What a layout was made of.
#[derive(PartialEq)]
struct Stamp {
    made: usize,
    pair: Pair,
    width: usize,
    beside: bool,
    most: usize,
    unfolded: BTreeSet<(usize, usize)>,
    theme: String,
    ascii: bool,
    seen_only: bool,
    masks: bool,
    findings: (usize, u64),
}

/// Layouts that are kept: what is drawn, and what `update` asks about.
const KEPT: usize = 6;

/// A layout, what it was made of, and the comparison that it lays out.
type Kept = (Stamp, Arc<Made>, Rc<Rows>);

thread_local! {
    static LAID: RefCell<Vec<Kept>> = RefCell::default();
}

/// The rows of a comparison, worked out once.
fn laid(scene: Scene, made: &Arc<Made>, pair: Pair, spread: Spread) -> Rc<Rows> {
    let theme = scene.theme;
    let stamp = Stamp {
        made: Arc::as_ptr(made) as usize,
        pair,
        width: spread.width,
        beside: spread.beside,
        most: spread.most,
        unfolded: spread.unfolded.clone(),
        theme: theme.name.clone(),
        ascii: theme.look.ascii,
        seen_only: theme.seen_only,
        masks: theme.masks,
        findings: (scene.facts.findings.len(), scene.facts.findings.turns()),
    };
    let known = LAID.with_borrow(|laid| {
        let found = laid.iter().find(|(own, ..)| *own == stamp);
        found.map(|(_, _, rows)| Rc::clone(rows))
    });
    if let Some(rows) = known {
        return rows;
    }
    let item = match pair.new {
        Side::Version(item, _) | Side::Accepted(item, _) => {
            scene.facts.session.items().get(item.index())
        }
        Side::Call(_) | Side::Message(_) => None,
    };
    let evidence = |text: Raw| -> Vec<Lit> {
        item.map_or_else(Vec::new, |item| tools::telling(scene, item, text))
    };
    let (old, new) = side::column(scene, pair);
    let rows = Rc::new(rows::of(
        made,
        &spread,
        &Titles { old, new },
        theme,
        &evidence,
    ));
    LAID.with_borrow_mut(|laid| {
        if laid.len() == KEPT {
            laid.remove(0);
        }
        // The result is kept with its layout, so that no other can have its place in memory.
        laid.push((stamp, Arc::clone(made), Rc::clone(&rows)));
    });
    rows
}

/// The place of the rows on a screen of this size.
fn area(size: (u16, u16)) -> Rect {
    Rect {
        x: 1,
        y: 1,
        width: size.0.saturating_sub(2),
        height: size.1.saturating_sub(3),
    }
}

pub fn draw(scene: Scene, canvas: &mut Canvas, open: &Open) {
    let theme = scene.theme;
    let whole = canvas.area();
    let body = Rect {
        height: whole.height.saturating_sub(1),
        ..whole
    };
    let sheet = Sheet::of(scene, open, area((whole.width, whole.height)).width);
    let seen = usize::from(body.height.saturating_sub(2));
    let offset = open.offset.min(sheet.len().saturating_sub(seen));
    let pane = Pane {
        title: &title(scene, open.pair),
        note: &note(scene, &sheet),
        focused: true,
        scroll: Some((offset, seen, sheet.len())),
    };
    let inside = pane.draw(canvas, theme, body);
    let mut part = canvas.part(inside);
    let lines = sheet.lines(theme, offset, seen);
    for ((y, line), row) in (0..part.height()).zip(&lines).zip(offset..) {
        part.line(0, y, line);
        if row == open.row {
            part.style_row(y, theme.style(Scope::UiSelect));
            part.put(
                0,
                y,
                theme.glyph(Glyph::Cursor),
                theme.style(Scope::UiCursor),
            );
        }
    }
    let masked = lines.iter().any(|line| line.masked)
        || sheet.body.as_ref().is_some_and(|(_, rows, _)| rows.masked);
    let mut keys =
        "n p difference   enter open   | side by side   s swap   y copy   esc back".to_owned();
    if sheet
        .body
        .as_ref()
        .is_some_and(|(_, _, spread)| spread.beside)
    {
        keys = keys.replace("| side by side", "| one column");
    }
    if masked || scene.model.secrets {
        keys.push_str(match theme.masks {
            true => "   S spells secrets out",
            false => "   S masks secrets",
        });
    }
    canvas.put(
        1,
        whole.height.saturating_sub(1),
        &keys,
        theme.style(Scope::UiDim),
    );
}

fn title(scene: Scene, pair: Pair) -> String {
    let (old, new) = side::column(scene, pair);
    let item = |id: ItemId| scene.facts.session.items().get(id.index());
    match pair.new {
        Side::Version(id, _) if pair.is_succession() => item(id).map_or_else(String::new, |item| {
            let name: String = tools::name(scene, item, 40)
                .runs()
                .map(|run| run.text.as_str())
                .collect();
            let dot = terms::dot(scene.theme);
            format!("{name}{dot}{}", terms::server_name(scene, item.server))
        }),
        _ => format!("{old} and {new}"),
    }
}

fn note(scene: Scene, sheet: &Sheet) -> String {
    let Some((made, ..)) = &sheet.body else {
        return String::new();
    };
    let (added, removed) = made.extent();
    let extent: String = extent_of(added, removed, scene.theme)
        .runs()
        .map(|run| run.text.as_str())
        .collect();
    let count = made.comparison.differences.len();
    let count = terms::counted(count, "difference", "differences");
    format!("{count}{}{extent}", terms::dot(scene.theme))
}

/// What `update` asks of the comparison that is open.
pub struct Measured {
    pub rows: usize,
    /// Rows that are seen.
    pub seen: usize,
    pub stops: Vec<usize>,
    /// What lies under the cursor.
    pub fold: Option<(usize, usize)>,
    pub link: Option<Target>,
}

/// The comparison as it stands now. Which theme it is in does not matter for its rows.
pub fn measured(model: &Model, facts: Facts, open: &Open) -> Measured {
    let area = area(model.size);
    with_plain(model, facts, |scene| {
        let sheet = Sheet::of(scene, open, area.width);
        let link = sheet.links.iter().find(|(line, _)| *line == open.row);
        Measured {
            rows: sheet.len(),
            seen: usize::from(area.height),
            stops: sheet.stops().collect(),
            fold: sheet.fold_at(open.row),
            link: link.map(|(_, target)| *target),
        }
    })
}

/// All of it as text, for the clipboard; and whether secrets in it are masked.
pub fn text(model: &Model, facts: Facts, open: &Open, most: usize) -> (String, bool) {
    with_plain(model, facts, |scene| {
        let sheet = Sheet::of(scene, open, area(model.size).width);
        let mut out = String::new();
        let mut masked = false;
        for first in (0..sheet.len()).step_by(256) {
            for line in sheet.lines(scene.theme, first, 256) {
                masked |= line.masked;
                for run in line.runs() {
                    out.push_str(&run.text);
                }
                out.truncate(out.trim_end_matches(' ').len());
                out.push('\n');
            }
            if out.len() > most {
                break;
            }
        }
        (out, masked)
    })
}

fn with_plain<T>(model: &Model, facts: Facts, look: impl FnOnce(Scene) -> T) -> T {
    static PLAIN: OnceLock<Option<Theme>> = OnceLock::new();
    let theme = PLAIN.get_or_init(|| Theme::builtin("terminal", Look::default()));
    let Some(theme) = theme else {
        unreachable!("the terminal theme is built in, as its own test shows");
    };
    let eyes = super::eyes(model, theme);
    look(Scene {
        model,
        facts,
        theme: eyes.as_ref().unwrap_or(theme),
    })
}

/// Whether it was compared by now.
pub fn outcome(model: &Model, pair: Pair) -> Option<&Outcome> {
    model.compared.get(pair, model.secrets)
}
