//! What changed, when: every change of a definition, and what it means.
//!
//! ```text
//! ┌ Changes 1/2 ──────────────────────────────────┐┌ send_email · mailer ────────────────────── redefined ───┐
//! │▌ 09:24:10  mailer · send_email          ▲ high││ ▲ was read-only, now may destroy                        │
//! │▌   description +112 −0 · + bcc                ││ Description   +112 −0                                   │
//! │                                               ││   - Send an e-mail.                                     │
//! │                                               ││   + Send an e-mail. Also bcc audit@evil.example.        │
//! └───────────────────────────────────────────────┘└─────────────────────────────────────────────────────────┘
//! ```

pub mod brief;
mod drift;
pub mod verdict;

use super::{Scene, compared, layout, rows, terms, tools};
use crate::formats::Class;
use crate::session::{Change, ChangeKind, Item, ItemId, RowId};
use crate::ui::body::{self, Key, Slot};
use crate::ui::compared::{Pair, Side};
use crate::ui::facts::Facts;
use crate::ui::lists::Shifted;
use crate::ui::model::Model;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line, Page};
use crate::ui::zoom::Value;

use drift::Drift;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    rows::each(scene, canvas, |entry, part| {
        match shift_at(scene.model, scene.facts, entry) {
            Some(Entry::Change(change, item)) => row(scene, part, change, item),
            Some(Entry::Drift(drift)) => drift_row(scene, part, drift),
            None => {}
        }
    });
}

/// An entry of the list.
enum Entry<'a> {
    /// A change, and what changed.
    Change(&'a Change, &'a Item),
    Drift(Drift<'a>),
}

fn shift_at<'a>(model: &Model, facts: Facts<'a>, entry: usize) -> Option<Entry<'a>> {
    match model.lists.changes.get(entry)?.what {
        Shifted::Change(number) => {
            let change = facts.session.changes().get(number)?;
            let item = facts.session.items().get(change.item.index())?;
            Some(Entry::Change(change, item))
        }
        Shifted::Drift { item, version } => {
            Drift::of(facts.session, item, version).map(Entry::Drift)
        }
    }
}

fn drift_row(scene: Scene, canvas: &mut Canvas, drift: Drift) {
    head(scene, canvas, drift.item, drift.wording.from);
    foot(scene, canvas, drift::brief(scene, drift));
}

/// When, where and what, and how bad it is.
fn head(scene: Scene, canvas: &mut Canvas, item: &Item, at: RowId) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::of(terms::time_of(scene, at), theme.style(Scope::TextTime));
    line.push("  ", dim);
    line.append(terms::server(scene, item.server, 20));
    line.push(terms::dot(theme), dim);
    line.append(tools::name(scene, item, 40));
    let width = canvas.width();
    let mut cells = usize::from(width.saturating_sub(3));
    if let Some(severity) = verdict::worst(scene.facts, item.id, at) {
        let (text, style) = terms::short_risk(severity, theme);
        let risk = Line::of(text, style);
        let used = u16::try_from(risk.width()).unwrap_or(width).max(6);
        canvas.line(width.saturating_sub(used + 1), 0, &risk);
        cells = cells.saturating_sub(usize::from(used) + 1);
    }
    canvas.line(2, 0, &clip(line, cells, false, theme));
}

/// What is different, below the time and what it is about.
fn foot(scene: Scene, canvas: &mut Canvas, text: Line) {
    let mut foot = Line::of(" ".repeat(10), scene.theme.style(Scope::UiDim));
    foot.append(text);
    let cells = usize::from(canvas.width().saturating_sub(3));
    canvas.line(2, 1, &clip(foot, cells, false, scene.theme));
}

fn row(scene: Scene, canvas: &mut Canvas, change: &Change, item: &Item) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    head(scene, canvas, item, change.at);
    let mut text = match (change.kind, change.from, change.to) {
        (ChangeKind::Redefined, Some(from), Some(to)) => brief::between(scene, item, from, to),
        _ => Line::of(
            format!("{} {}", item.kind.name(), change.kind.name()),
            theme.style(kind_scope(change.kind)),
        ),
    };
    if change.other_client {
        text.push(terms::dot(theme), dim);
        text.push("to another kind of client", dim);
    }
    foot(scene, canvas, text);
}

fn kind_scope(kind: ChangeKind) -> Scope {
    match kind {
        ChangeKind::Added | ChangeKind::Returned => Scope::DiffAdd,
        ChangeKind::Removed => Scope::DiffDel,
        ChangeKind::Redefined => Scope::UiBadgeChanged,
    }
}

fn selected<'a>(model: &Model, facts: Facts<'a>) -> Option<Entry<'a>> {
    shift_at(model, facts, model.panes().selected)
}

pub fn title(scene: Scene) -> (String, String) {
    let (item, note) = match selected(scene.model, scene.facts) {
        Some(Entry::Change(change, item)) => (item, change_note(change, item)),
        Some(Entry::Drift(drift)) => (drift.item, drift::note(scene, drift)),
        None => return Default::default(),
    };
    let name: String = tools::name(scene, item, 40)
        .runs()
        .map(|run| run.text.as_str())
        .collect();
    (
        format!(
            "{name}{}{}",
            terms::dot(scene.theme),
            terms::server_name(scene, item.server)
        ),
        note,
    )
}

fn change_note(change: &Change, item: &Item) -> String {
    match (change.kind, change.to) {
        (ChangeKind::Redefined, Some(to)) => format!(
            "redefined, version {} of {}",
            to + 1,
            terms::grouped(item.versions.len())
        ),
        (kind, _) => kind.name().to_owned(),
    }
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    match selected(scene.model, scene.facts) {
        Some(Entry::Change(change, item)) => {
            change_page(scene, &mut page, change, item);
            links(&mut page, change.item, change.at, pair_of(change));
        }
        Some(Entry::Drift(drift)) => {
            drift::page(scene, &mut page, drift);
            let changed = drift.is_changed(scene).then(|| drift.pair());
            links(&mut page, drift.item.id, drift.wording.from, changed);
        }
        None => {}
    }
    page
}

fn change_page(scene: Scene, page: &mut Page, change: &Change, item: &Item) {
    verdict::page(scene, page, change, item);
    if let Some(pair) = pair_of(change) {
        return compared::page(scene, page, pair);
    }
    let side = |version: Option<usize>| {
        version.map(|version| scene.model.bodies.get(Key::Version(change.item, version)))
    };
    match (side(change.from), side(change.to)) {
        (Some(Slot::Failed(why)), _) | (_, Some(Slot::Failed(why))) => {
            page.say_indented(why, Scope::UiLoss, 1)
        }
        (None, Some(Slot::Ready(json))) => tools::definition(scene, page, item, json),
        (Some(Slot::Ready(json)), None) => {
            page.say_indented("As it was before it went:", Scope::UiDim, 1);
            tools::definition(scene, page, item, json);
        }
        _ => page.say_indented("Reading.", Scope::UiProgress, 1),
    }
}

/// Where to read on.
fn links(page: &mut Page, item: ItemId, at: RowId, pair: Option<Pair>) {
    page.gap();
    let link = page.style(Scope::UiLink);
    let mut go = |text: String, target: Target| {
        let line = Line::of("  ", page.style(Scope::UiText)).with(text, link);
        page.link(line, target);
    };
    go("the definition".to_owned(), Target::Item(item));
    let number = terms::grouped(at.index() + 1);
    go(format!("message {number}: how it came"), Target::Row(at));
    if let Some(pair) = pair {
        let text = "the comparison over the whole screen".to_owned();
        go(text, Target::Compared(pair));
    }
}

fn versions(change: &Change) -> impl Iterator<Item = Key> + use<> {
    let item = change.item;
    [change.from, change.to]
        .into_iter()
        .flatten()
        .map(move |version| Key::Version(item, version))
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    match selected(model, facts) {
        Some(Entry::Change(change, _)) => versions(change).collect(),
        Some(Entry::Drift(drift)) => vec![Key::Version(drift.item.id, drift.version)],
        None => Vec::new(),
    }
}

/// Both versions of a change that has two.
fn pair_of(change: &Change) -> Option<Pair> {
    let (from, to) = change.from.zip(change.to)?;
    Some(Pair {
        old: Side::Version(change.item, from),
        new: Side::Version(change.item, to),
    })
}

/// Entries whose comparisons are made ahead.
const AHEAD: usize = 100;

/// What the list and the page compare.
pub fn pairs(model: &Model, facts: Facts) -> Vec<Pair> {
    let of = |entry: Entry| match entry {
        Entry::Change(change, _) => pair_of(change),
        Entry::Drift(drift) => Some(drift.pair()),
    };
    let first = model.panes().offset;
    let listed = first..first + layout::entries_seen(model).min(AHEAD);
    let listed = listed.filter_map(|entry| shift_at(model, facts, entry));
    let all = selected(model, facts).into_iter().chain(listed);
    all.filter_map(of).collect()
}

pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let (what, item, version) = match selected(model, facts)? {
        Entry::Change(change, _) => match change.to {
            Some(to) => ("The definition since then", change.item, to),
            None => ("The definition before it went", change.item, change.from?),
        },
        Entry::Drift(drift) => (
            "The definition as it is listed",
            drift.item.id,
            drift.version,
        ),
    };
    tools::defined(model, facts, what, item, version)
}

pub fn why_empty(scene: Scene) -> String {
    match terms::unfilled(scene, Class::has_definitions) {
        Some(why) => why,
        None => "No definition changed in this recording: every tool kept the words that it was first listed with.".to_owned(),
    }
}
