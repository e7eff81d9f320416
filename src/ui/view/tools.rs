//! Who is connected and what they offer, as of the cursor.
//!
//! ```text
//! ┌ Tools 7/61 ───────────────────────────────────┐┌ get_forecast · weather ─────────────────────────────────┐
//! │▾ weather  Weather 1.2 · 2025-11-25 · 09:14:02 ││ ▲ CRITICAL  orders to the model in the description      │
//! │▌ ├ get_forecast    Δ2  ◌ ▲   12               ││ The text as the model reads it                          │
//! │  └ get_alerts      NEW                        ││   Forecast for a city.⟨ZWSP ×3⟩                         │
//! └───────────────────────────────────────────────┘└─────────────────────────────────────────────────────────┘
//! ```

mod agreed;
mod annotations;
mod badges;
mod evidence;
mod figures;
mod history;
mod item;
mod parameters;
mod row;
mod seen;
mod server;

use super::{Scene, messages, terms};
use crate::formats::Class;
use crate::session::{Item, ItemId, ItemKind, ServerId};
use crate::ui::body::{self, Key, Slot};
use crate::ui::compared::{Pair, Side};
use crate::ui::facts::Facts;
use crate::ui::lists::ToolRow;
use crate::ui::model::Model;
use crate::ui::theme::Scope;
use crate::ui::widget::{Canvas, Line, Page};
use crate::ui::zoom::{self, Value};
use crate::wire::json::Kind;

pub use evidence::{findings, is_defined, ranges, ranges_in_json, telling};
pub use item::definition;
pub use seen::calls;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    row::list(scene, canvas);
}

/// In which order the tools stand, where it is not that of the servers, and the filter.
pub fn note(scene: Scene, room: usize) -> String {
    let order = scene.model.told.order.name();
    let filter = terms::filter_note(scene, room.saturating_sub(order.len() + 1));
    format!("{order} {filter}").trim().to_owned()
}

/// What the details are about.
fn selected(model: &Model) -> Option<ToolRow> {
    model.lists.tools.get(model.panes().selected).copied()
}

/// An item's name, or what it is where it has none.
pub fn name(scene: Scene, item: &Item, cells: usize) -> Line {
    match item.name.as_raw().is_empty() {
        true if item.kind == ItemKind::Tool => terms::tool(scene, item.name.as_raw(), cells),
        true => Line::of(item.kind.name(), scene.theme.style(Scope::TextMethod)),
        false => terms::tool(scene, item.name.as_raw(), cells),
    }
}

pub fn title(scene: Scene) -> (String, String) {
    match selected(scene.model) {
        Some(ToolRow::Server(server)) => (terms::server_name(scene, server), "server".to_owned()),
        Some(ToolRow::Called { server, name, .. }) => {
            let tool = terms::tool(scene, scene.facts.session.symbol(name), 40);
            let tool: String = tool.runs().map(|run| run.text.as_str()).collect();
            let server = terms::server_name(scene, server);
            (tool, format!("called on {server}, not defined"))
        }
        Some(ToolRow::Item { item, version, .. }) => {
            let Some(item) = scene.facts.session.items().get(item.index()) else {
                return Default::default();
            };
            let name: String = name(scene, item, 40)
                .runs()
                .map(|run| run.text.as_str())
                .collect();
            let note = match item.versions.len() {
                1 => item.kind.name().to_owned(),
                all => format!(
                    "{}, version {} of {}",
                    item.kind.name(),
                    version + 1,
                    terms::grouped(all)
                ),
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
        None => Default::default(),
    }
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    match selected(scene.model) {
        Some(ToolRow::Server(server)) => server::page(scene, &mut page, server),
        Some(ToolRow::Called { server, name, .. }) => {
            figures::called(scene, &mut page, server, name);
        }
        Some(ToolRow::Item { item, version, .. }) => {
            let Some(item) = scene.facts.session.items().get(item.index()) else {
                return page;
            };
            evidence::findings(scene, &mut page, item, version);
            match scene.model.bodies.get(Key::Version(item.id, version)) {
                Slot::Ready(json) => item::page(scene, &mut page, item, version, json),
                Slot::Failed(why) => page.say_indented(why, Scope::UiLoss, 2),
                Slot::Reading | Slot::Unknown => {
                    page.say_indented("Reading.", Scope::UiProgress, 2)
                }
            }
        }
        None => {}
    }
    page
}

pub fn wants(model: &Model, facts: Facts) -> Vec<body::Key> {
    match selected(model) {
        Some(ToolRow::Item { item, .. }) => {
            let versions = facts
                .session
                .items()
                .get(item.index())
                .map_or(0, |item| item.versions.len());
            history::shown(versions)
                .map(|version| Key::Version(item, version))
                .collect()
        }
        Some(ToolRow::Server(server)) => instructions(model, facts, server).into_iter().collect(),
        Some(ToolRow::Called { .. }) | None => Vec::new(),
    }
}

/// Versions of the selected definition that follow each other.
pub fn pairs(model: &Model, facts: Facts) -> Vec<Pair> {
    let Some(ToolRow::Item { item, .. }) = selected(model) else {
        return Vec::new();
    };
    let all = facts.session.items().get(item.index());
    let all = all.map_or(0, |item| item.versions.len());
    let follows = |version: usize| {
        Some(Pair {
            old: Side::Version(item, version.checked_sub(1)?),
            new: Side::Version(item, version),
        })
    };
    history::shown(all).filter_map(follows).collect()
}

/// The text that the server gave with its answer to the first request.
fn instructions(model: &Model, facts: Facts, server: ServerId) -> Option<Key> {
    let item = facts
        .session
        .item(server, ItemKind::Instructions, crate::text::Raw::EMPTY)?;
    let version = item
        .in_force(crate::ui::lists::at(model, facts))
        .or(item.versions.len().checked_sub(1))?;
    Some(Key::Version(item.id, version))
}

/// The definition that is selected, or what the selected server said of itself.
pub fn version(model: &Model, facts: Facts) -> Option<Key> {
    match selected(model)? {
        ToolRow::Item { item, version, .. } => Some(Key::Version(item, version)),
        ToolRow::Server(server) => instructions(model, facts, server),
        ToolRow::Called { .. } => None,
    }
}

pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let Key::Version(item, version) = version(model, facts)? else {
        return None;
    };
    defined(model, facts, "The definition", item, version)
}

/// All of a definition, or of a text that a server gave.
pub fn defined(
    model: &Model,
    facts: Facts,
    title: &str,
    item: ItemId,
    version: usize,
) -> Option<Value> {
    let at = model
        .bodies
        .get(Key::Version(item, version))
        .ready()?
        .root()?;
    let item = facts.session.items().get(item.index())?;
    let (title, text, evidence) = match at.kind() {
        Kind::String => {
            let text = at.text(zoom::MOST);
            let evidence = evidence::ranges(facts, item, "", text.as_raw());
            ("The instructions", text, evidence)
        }
        _ => {
            let text = messages::pretty(at);
            let evidence = evidence::ranges_in_json(facts, item, text.as_raw());
            (title, text, evidence)
        }
    };
    Some(Value {
        title: title.to_owned(),
        text,
        more: at.size().saturating_sub(zoom::MOST),
        evidence,
        spaced: at.is_container(),
        at: Some((Key::Version(item.id, version), at.id)),
        ..Value::default()
    })
}

pub fn why_empty(scene: Scene) -> String {
    match terms::unfilled(scene, Class::has_definitions) {
        Some(why) => why,
        None => {
            "No server had connected here. ] steps on, a shows the world as of the end.".to_owned()
        }
    }
}
