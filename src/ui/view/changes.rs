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
mod compared;
mod diffed;
mod fields;
mod painted;
mod verdict;

use super::{Scene, layout, messages, rows, terms, tools};
use crate::session::{Change, ChangeKind, Item};
use crate::text::RawBuf;
use crate::ui::body::{self, AT_ONCE, Key, Slot};
use crate::ui::facts::Facts;
use crate::ui::model::Model;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::widget::text::clip;
use crate::ui::widget::{Canvas, Line, Page};

pub use compared::compared;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    rows::each(scene, canvas, |entry, part| {
        if let Some((change, item)) = change_at(scene.model, scene.facts, entry) {
            row(scene, part, change, item);
        }
    });
}

/// The change that an entry of the list is, and what changed.
fn change_at<'a>(model: &Model, facts: Facts<'a>, entry: usize) -> Option<(&'a Change, &'a Item)> {
    let change = facts
        .session
        .changes()
        .get(*model.lists.changes.get(entry)?)?;
    Some((change, facts.session.items().get(change.item.index())?))
}

fn row(scene: Scene, canvas: &mut Canvas, change: &Change, item: &Item) {
    let theme = scene.theme;
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::of(
        terms::time_of(scene, change.at),
        theme.style(Scope::TextTime),
    );
    line.push("  ", dim);
    line.append(terms::server(scene, item.server, 20));
    line.push(terms::dot(theme), dim);
    line.append(tools::name(scene, item, 40));
    let width = canvas.width();
    let mut cells = usize::from(width.saturating_sub(3));
    if let Some(severity) = verdict::worst(scene.facts, change) {
        let (text, style) = terms::short_risk(severity, theme);
        let risk = Line::of(text, style);
        let used = u16::try_from(risk.width()).unwrap_or(width).max(6);
        canvas.line(width.saturating_sub(used + 1), 0, &risk);
        cells = cells.saturating_sub(usize::from(used) + 1);
    }
    canvas.line(2, 0, &clip(line, cells, false, theme));
    let mut foot = Line::of(" ".repeat(10), dim);
    foot.append(match (change.kind, change.from, change.to) {
        (ChangeKind::Redefined, Some(from), Some(to)) => brief::between(scene, item, from, to),
        _ => Line::of(
            format!("{} {}", item.kind.name(), change.kind.name()),
            theme.style(kind_scope(change.kind)),
        ),
    });
    if change.other_client {
        foot.push(terms::dot(theme), dim);
        foot.push("to another kind of client", dim);
    }
    canvas.line(
        2,
        1,
        &clip(foot, usize::from(width.saturating_sub(3)), false, theme),
    );
}

fn kind_scope(kind: ChangeKind) -> Scope {
    match kind {
        ChangeKind::Added | ChangeKind::Returned => Scope::DiffAdd,
        ChangeKind::Removed => Scope::DiffDel,
        ChangeKind::Redefined => Scope::UiBadgeChanged,
    }
}

fn selected<'a>(model: &Model, facts: Facts<'a>) -> Option<(&'a Change, &'a Item)> {
    change_at(model, facts, model.panes().selected)
}

pub fn title(scene: Scene) -> (String, String) {
    let Some((change, item)) = selected(scene.model, scene.facts) else {
        return Default::default();
    };
    let name: String = tools::name(scene, item, 40)
        .runs()
        .map(|run| run.text.as_str())
        .collect();
    let note = match change.kind {
        ChangeKind::Redefined => change.to.map_or_else(
            || change.kind.name().to_owned(),
            |to| {
                format!(
                    "redefined, version {} of {}",
                    to + 1,
                    terms::grouped(item.versions.len())
                )
            },
        ),
        kind => kind.name().to_owned(),
    };
    (
        format!(
            "{name}{}{}",
            terms::dot(scene.theme),
            terms::server_name(scene, item.server)
        ),
        note,
    )
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    let Some((change, item)) = selected(scene.model, scene.facts) else {
        return page;
    };
    verdict::page(scene, &mut page, change, item);
    let side = |version: Option<usize>| {
        version.map(|version| scene.model.bodies.get(Key::Version(change.item, version)))
    };
    match (side(change.from), side(change.to)) {
        (Some(Slot::Failed(why)), _) | (_, Some(Slot::Failed(why))) => {
            page.say_indented(why, Scope::UiLoss, 1)
        }
        (Some(Slot::Ready(_)), Some(Slot::Ready(_))) => {
            let comparison = change
                .from
                .zip(change.to)
                .and_then(|(from, to)| compared(scene, item, from, to));
            if let Some(comparison) = comparison {
                fields::page(&mut page, &comparison);
            }
        }
        (None, Some(Slot::Ready(json))) => tools::definition(scene, &mut page, item, json),
        (Some(Slot::Ready(json)), None) => {
            page.say_indented("As it was before it went:", Scope::UiDim, 1);
            tools::definition(scene, &mut page, item, json);
        }
        _ => page.say_indented("Reading.", Scope::UiProgress, 1),
    }
    page.gap();
    let link = page.style(Scope::UiLink);
    let mut go = |text: String, target: Target| {
        let line = Line::of("  ", page.style(Scope::UiText)).with(text, link);
        page.link(line, target);
    };
    go("the definition".to_owned(), Target::Item(change.item));
    let number = terms::grouped(change.at.index() + 1);
    go(
        format!("message {number}: how it came"),
        Target::Row(change.at),
    );
    page
}

fn versions(change: &Change) -> impl Iterator<Item = Key> + use<> {
    let item = change.item;
    [change.from, change.to]
        .into_iter()
        .flatten()
        .map(move |version| Key::Version(item, version))
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    let mut wants: Vec<Key> = selected(model, facts)
        .into_iter()
        .flat_map(|(change, _)| versions(change))
        .collect();
    let first = model.panes().offset;
    let listed = (first..first + layout::entries_seen(model))
        .filter_map(|entry| change_at(model, facts, entry));
    for (change, item) in listed.filter(|(change, _)| change.kind == ChangeKind::Redefined) {
        let small = |version: &Option<usize>| {
            let row = version.and_then(|version| facts.row(item.versions.get(version)?.from));
            row.is_none_or(|row| row.len <= AT_ONCE)
        };
        if small(&change.from) && small(&change.to) {
            wants.extend(versions(change));
        }
    }
    wants
}

pub fn zoomed(model: &Model, facts: Facts) -> Option<(String, RawBuf, usize)> {
    let (change, _) = selected(model, facts)?;
    let (what, version) = match change.to {
        Some(to) => ("The definition since then", to),
        None => ("The definition before it went", change.from?),
    };
    let root = model
        .bodies
        .get(Key::Version(change.item, version))
        .ready()?
        .root()?;
    Some((
        what.to_owned(),
        messages::pretty(root),
        root.size().saturating_sub(super::zoom::MOST),
    ))
}

pub fn why_empty(scene: Scene) -> String {
    match scene.facts.session.sources().first().map(|source| source.class) {
        Some(class) if class != crate::formats::Class::WireComplete => class.meaning().to_owned(),
        _ => "No definition changed in this recording: every tool kept the words that it was first listed with.".to_owned(),
    }
}
