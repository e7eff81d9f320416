//! What the two sides of a comparison are called.

use crate::session::{ItemId, RowId, size};
use crate::text::Raw;
use crate::ui::compared::{Pair, Side};
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, terms, times, tools};
use crate::ui::widget::Line;

/// `version 1 of 2 · send_email · mailer · 09:14:05–09:24:10`
pub fn label(scene: Scene, side: Side) -> Line {
    let theme = scene.theme;
    let text = theme.style(Scope::UiText);
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::of(name(scene, side), theme.style(Scope::UiStrong));
    let mut part = |more: Line| {
        line.push(terms::dot(theme), dim);
        line.append(more);
    };
    let session = scene.facts.session;
    match side {
        Side::Version(item, version) => {
            let Some(item) = session.items().get(item.index()) else {
                return line;
            };
            part(tools::name(scene, item, 32));
            part(terms::server(scene, item.server, 20));
            let Some(version) = item.versions.get(version) else {
                return line;
            };
            let from = times::time_of(scene, version.from);
            let span = match version.until {
                Some(until) => {
                    let until = times::time_of(scene, until);
                    format!("in force {from}{}{until}", terms::dash(theme))
                }
                None => format!("in force since {from}"),
            };
            part(Line::of(span, theme.style(Scope::TextTime)));
        }
        Side::Accepted(item, version) => {
            let Some(item) = session.items().get(item.index()) else {
                return line;
            };
            part(tools::name(scene, item, 32));
            part(terms::server(scene, item.server, 20));
            let known = scene.model.trust.known(session, item, version);
            let wording = known.iter().find_map(|known| known.accepted());
            if let Some(decision) = wording.and_then(|wording| wording.decision.as_ref()) {
                let day = Raw::from(decision.day()).label(10);
                let source = Raw::from(decision.source.as_str()).label(40);
                part(Line::of(format!("accepted on {day}, in {source}"), text));
            }
        }
        Side::Call(row) | Side::Message(row) => {
            if scene.facts.row(row).is_none() {
                return line;
            }
            let name = match session.name(row) {
                name if name.is_empty() => session.method(row),
                name => name,
            };
            if !name.is_empty() {
                part(terms::tool(scene, name, 32));
            }
            part(terms::server(scene, session.server_of(row), 20));
            let time = times::time_of(scene, row);
            part(Line::of(time, theme.style(Scope::TextTime)));
        }
    }
    line
}

/// `version 1 of 2`, `call 12`
pub fn name(scene: Scene, side: Side) -> String {
    let number = |row: RowId| terms::grouped(row.index() + 1);
    match side {
        Side::Version(item, version) => {
            let all = versions(scene, item);
            format!(
                "version {} of {}",
                terms::grouped(version + 1),
                terms::grouped(all)
            )
        }
        Side::Accepted(..) => "as accepted".to_owned(),
        Side::Call(row) => match scene.facts.session.call_of(row) {
            Some(call) => format!("call {}", terms::grouped(call + 1)),
            None => format!("message {}", number(row)),
        },
        Side::Message(row) => format!("message {}", number(row)),
    }
}

/// What stands over a column: what tells one side from the other.
pub fn column(scene: Scene, pair: Pair) -> (String, String) {
    let item = |side: Side| match side {
        Side::Version(item, _) | Side::Accepted(item, _) => Some(item),
        _ => None,
    };
    let items = item(pair.old).zip(item(pair.new));
    let Some((old, new)) = items.filter(|(old, new)| old != new) else {
        return (name(scene, pair.old), name(scene, pair.new));
    };
    let label = |item: ItemId| {
        let item = scene.facts.session.items().get(item.index());
        item.map_or_else(String::new, |item| {
            let name = item.name.as_raw().label(32);
            let dot = terms::dot(scene.theme);
            format!("{name}{dot}{}", terms::server_name(scene, item.server))
        })
    };
    (label(old), label(new))
}

/// Where a side came from.
pub fn origin(scene: Scene, side: Side) -> Option<Target> {
    match side {
        Side::Version(item, version) => {
            let item = scene.facts.session.items().get(item.index())?;
            Some(Target::Row(item.versions.get(version)?.from))
        }
        Side::Accepted(..) => None,
        Side::Call(row) => match scene.facts.session.call_of(row) {
            Some(call) => Some(Target::Call(call)),
            None => Some(Target::Row(row)),
        },
        Side::Message(row) => Some(Target::Row(row)),
    }
}

/// How large a version is, and the beginning of its hash.
pub fn figures(scene: Scene, side: Side) -> Option<(String, String)> {
    let Side::Version(item, version) = side else {
        return None;
    };
    let item = scene.facts.session.items().get(item.index())?;
    let version = item.versions.get(version)?;
    let hash = version.hash[..4].iter().map(|byte| format!("{byte:02x}"));
    let bytes = version.body.end.saturating_sub(version.body.start);
    Some((hash.collect(), size(u64::from(bytes))))
}

fn versions(scene: Scene, item: ItemId) -> usize {
    let item = scene.facts.session.items().get(item.index());
    item.map_or(0, |item| item.versions.len())
}
