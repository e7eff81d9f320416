//! What changed, when: every change of a definition, with its words compared.
//!
//! ```text
//! ┌ Changes 1/2 ──────────────────────────────────┐┌ send_email · mailer · redefined ────────────────────────┐
//! │▌ 09:19:40  mailer · send_email                ││   Send an e-mail.                                       │
//! │▌           redefined                          ││ + Also bcc audit@evil.example.                          │
//! └───────────────────────────────────────────────┘└─────────────────────────────────────────────────────────┘
//! ```

use super::rows;
use super::{Scene, terms};
use crate::session::{Change, ChangeKind};
use crate::text::{Raw, RawBuf};
use crate::ui::body::{self, Key, Slot};
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::model::Model;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::widget::diff::{Side, diff};
use crate::ui::widget::text::{Lit, clip, inline, wrapped};
use crate::ui::widget::{Canvas, Line, Page};

pub fn list(scene: Scene, canvas: &mut Canvas) {
    rows::each(scene, canvas, |entry, part| {
        let change = scene
            .model
            .lists
            .changes
            .get(entry)
            .and_then(|n| scene.facts.session.changes().get(*n));
        if let Some(change) = change {
            row(scene, part, change);
        }
    });
}

fn row(scene: Scene, canvas: &mut Canvas, change: &Change) {
    let theme = scene.theme;
    let Some(item) = scene.facts.session.items().get(change.item.index()) else {
        return;
    };
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::of(
        terms::time_of(scene, change.at),
        theme.style(Scope::TextTime),
    );
    line.push("  ", dim);
    line.append(terms::server(scene, item.server, 20));
    line.push(" · ", dim);
    line.append(match item.name.as_raw().is_empty() {
        true => Line::of(item.kind.name(), theme.style(Scope::TextMethod)),
        false => inline(item.name.as_raw(), 40, theme.style(Scope::TextTool), theme),
    });
    let cells = usize::from(canvas.width().saturating_sub(3));
    canvas.line(2, 0, &clip(line, cells, false, theme));
    let mut foot = Line::of(" ".repeat(10), dim);
    foot.push(
        format!("{} {}", item.kind.name(), change.kind.name()),
        theme.style(scope(change.kind)),
    );
    if change.other_client {
        foot.push(" for another kind of client", dim);
    }
    canvas.line(2, 1, &clip(foot, cells, false, theme));
}

fn scope(kind: ChangeKind) -> Scope {
    match kind {
        ChangeKind::Added | ChangeKind::Returned => Scope::DiffAdd,
        ChangeKind::Removed => Scope::DiffDel,
        ChangeKind::Redefined => Scope::UiBadgeChanged,
    }
}

fn selected<'a>(model: &Model, facts: Facts<'a>) -> Option<&'a Change> {
    let number = model.lists.changes.get(model.panes().selected)?;
    facts.session.changes().get(*number)
}

pub fn title(scene: Scene) -> (String, String) {
    let Some(change) = selected(scene.model, scene.facts) else {
        return Default::default();
    };
    let Some(item) = scene.facts.session.items().get(change.item.index()) else {
        return Default::default();
    };
    let name = if item.name.as_raw().is_empty() {
        item.kind.name().to_owned()
    } else {
        item.name.as_raw().label(40)
    };
    (
        format!("{name} · {}", terms::server_name(scene, item.server)),
        change.kind.name().to_owned(),
    )
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    let Some(change) = selected(scene.model, scene.facts) else {
        return page;
    };
    let side = |version: Option<usize>| match version {
        Some(version) => scene.model.bodies.get(Key::Version(change.item, version)),
        None => Slot::Unknown,
    };
    match (change.from, change.to, side(change.from), side(change.to)) {
        (Some(_), Some(_), Slot::Ready(old), Slot::Ready(new)) => {
            members(scene, &mut page, Some(old), Some(new))
        }
        (None, Some(_), _, Slot::Ready(new)) => members(scene, &mut page, None, Some(new)),
        (Some(_), None, Slot::Ready(old), _) => members(scene, &mut page, Some(old), None),
        (.., Slot::Failed(why)) | (_, _, Slot::Failed(why), _) => page.say(why, Scope::UiLoss),
        _ => page.say("Reading.", Scope::UiProgress),
    }
    page.gap();
    page.link(
        Line::of("  the definition", page.style(Scope::UiLink)),
        Target::Item(change.item),
    );
    let text = format!("  message {}: where it came", change.at.index() + 1);
    page.link(
        Line::of(text, page.style(Scope::UiLink)),
        Target::Row(change.at),
    );
    page
}

/// Each member of the definition that differs, compared.
fn members(scene: Scene, page: &mut Page, old: Option<&Json>, new: Option<&Json>) {
    let roots = (old.and_then(Json::root), new.and_then(Json::root));
    let mut keys: Vec<RawBuf> = Vec::new();
    for at in [roots.0, roots.1].into_iter().flatten().flat_map(At::items) {
        if let Some(key) = at.key().filter(|key| !keys.contains(key)) {
            keys.push(key);
        }
    }
    if keys.is_empty() {
        let text = |root: Option<At>| root.map(|at| at.text(64 * 1024)).unwrap_or_default();
        return compare(scene, page, "text", &text(roots.0), &text(roots.1));
    }
    for key in keys.iter().take(40) {
        let text = |root: Option<At>| {
            let member = root
                .into_iter()
                .flat_map(At::items)
                .filter(|at| at.key().as_ref() == Some(key))
                .last();
            member.map(|at| at.text(64 * 1024)).unwrap_or_default()
        };
        let (old, new) = (text(roots.0), text(roots.1));
        if old != new {
            compare(scene, page, &key.as_raw().label(40), &old, &new);
        }
    }
}

/// One text against another, line by line, the words that changed lit.
fn compare(scene: Scene, page: &mut Page, name: &str, old: &RawBuf, new: &RawBuf) {
    let (old, new) = (lossy(old), lossy(new));
    let difference = diff(&old, &new);
    page.heading(
        name,
        if difference.coarse {
            "compared roughly: it is very long"
        } else {
            ""
        },
    );
    for line in difference.lines.iter().take(400) {
        let (sign, scope, word, text) = match line.side {
            Side::Same => ("  ", Scope::DiffContext, Scope::DiffContext, &new),
            Side::Old => ("- ", Scope::DiffDel, Scope::DiffDelWord, &old),
            Side::New => ("+ ", Scope::DiffAdd, Scope::DiffAddWord, &new),
        };
        let style = page.style(word);
        let lit: Vec<Lit> = line
            .words
            .iter()
            .map(|at| Lit {
                span: at.start - line.at.start..at.end - line.at.start,
                style,
            })
            .collect();
        let raw = Raw::from(&text[line.at.clone()]);
        let cells = page.width.saturating_sub(4).max(1);
        for (n, row) in wrapped(raw, &lit, page.style(scope), scene.theme, cells, 60)
            .into_iter()
            .enumerate()
        {
            let mut out = Line::of(
                format!("  {}", if n == 0 { sign } else { "  " }),
                page.style(scope),
            );
            out.append(row);
            page.line(out);
        }
    }
}

/// Text to compare; what is no UTF-8 is compared as its replacement, and shown exactly in the raw form.
fn lossy(raw: &RawBuf) -> String {
    String::from_utf8_lossy(raw.as_raw().bytes()).into_owned()
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    let Some(change) = selected(model, facts) else {
        return Vec::new();
    };
    [change.from, change.to]
        .into_iter()
        .flatten()
        .map(|version| Key::Version(change.item, version))
        .collect()
}

pub fn zoomed(model: &Model, facts: Facts) -> Option<(String, RawBuf, usize)> {
    let change = selected(model, facts)?;
    let json = model
        .bodies
        .get(Key::Version(change.item, change.to.or(change.from)?))
        .ready()?;
    let root = json.root()?;
    Some((
        "The definition".to_owned(),
        root.text(super::zoom::MOST),
        root.size().saturating_sub(super::zoom::MOST),
    ))
}

pub fn why_empty(scene: Scene) -> String {
    match scene.facts.session.sources().first().map(|source| source.class) {
        Some(class) if class != crate::formats::Class::WireComplete => class.meaning().to_owned(),
        _ => "No definition changed in this recording: every tool kept the words that it was first listed with.".to_owned(),
    }
}
