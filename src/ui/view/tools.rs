//! Who is connected and what they offer, as of the cursor.
//!
//! ```text
//! ┌ Tools 7/61 ───────────────────────────────────┐┌ get_forecast · weather ─────────────────────────────────┐
//! │▾ weather  Weather 1.2 · 2025-11-25 · 09:14:02 ││ Forecast for a city.⟨ZWSP ×3⟩                           │
//! │  ├ get_forecast              Δ2  ◌  12 calls  ││ Parameters   city  string  required   Name of the city  │
//! │  └ get_alerts                NEW              ││ History      version 2 of 2 …                           │
//! └───────────────────────────────────────────────┘└─────────────────────────────────────────────────────────┘
//! ```

use super::rows;
use super::{Scene, terms};
use crate::session::{Item, ItemId, ServerId, Standing};
use crate::text::{RawBuf, has_hidden};
use crate::ui::body::{self, Key, Slot};
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::lists::{self, ToolRow};
use crate::ui::model::{Form, Model};
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::text::{clip, inline};
use crate::ui::widget::{Canvas, Line, Page};
use crate::wire::json::Kind;

pub fn list(scene: Scene, canvas: &mut Canvas) {
    rows::each(scene, canvas, |entry, part| {
        match scene.model.lists.tools.get(entry) {
            Some(ToolRow::Server(server)) => server_row(scene, part, *server),
            Some(ToolRow::Item {
                item,
                version,
                last,
            }) => item_row(scene, part, *item, *version, *last),
            None => {}
        }
    });
}

fn server_row(scene: Scene, canvas: &mut Canvas, id: ServerId) {
    let theme = scene.theme;
    let Some(server) = scene.facts.session.servers().get(id.index()) else {
        return;
    };
    let dim = theme.style(Scope::UiDim);
    let folded = scene.model.folded.contains(&id.0);
    let fold = theme.glyph(if folded {
        Glyph::TreeClosed
    } else {
        Glyph::TreeOpen
    });
    let mut line = Line::of(format!("{fold} "), dim);
    line.append(terms::server(scene, id, 30));
    line.push("  ", dim);
    for part in [&server.name, &server.version] {
        if !part.as_raw().is_empty() {
            line.append(inline(part.as_raw(), 24, dim, theme));
            line.push(" ", dim);
        }
    }
    if !server.protocol.as_raw().is_empty() {
        line.push("· ", dim);
        line.append(inline(server.protocol.as_raw(), 12, dim, theme));
    }
    let world = scene
        .facts
        .session
        .world(lists::at(scene.model, scene.facts));
    if let Some(state) = world.servers.iter().find(|state| state.id == id) {
        let word = match state.standing {
            Standing::Closed => "closed",
            Standing::Connected | Standing::NotYet => "since",
        };
        if let Some(since) = state.since {
            line.push(format!(" · {word} {}", terms::time_of(scene, since)), dim);
        }
        if state.stale_tools {
            line.push(
                " · list changed, not read again",
                theme.style(Scope::UiBadgeChanged),
            );
        }
    }
    canvas.line(
        1,
        0,
        &clip(
            line,
            usize::from(canvas.width().saturating_sub(2)),
            false,
            theme,
        ),
    );
}

fn item_row(scene: Scene, canvas: &mut Canvas, id: ItemId, version: usize, last: bool) {
    let theme = scene.theme;
    let Some(item) = scene.facts.session.items().get(id.index()) else {
        return;
    };
    let dim = theme.style(Scope::UiDim);
    let branch = theme.glyph(if last {
        Glyph::TreeLast
    } else {
        Glyph::TreeBranch
    });
    let mut line = Line::of(format!("  {branch} "), dim);
    let badges = badges(scene, item, version);
    let room = usize::from(canvas.width()).saturating_sub(badges.width() + 7);
    if item.name.as_raw().is_empty() {
        line.push(item.kind.name(), theme.style(Scope::TextMethod));
    } else {
        line.append(inline(
            item.name.as_raw(),
            room,
            theme.style(Scope::TextTool),
            theme,
        ));
        if item.kind != crate::session::ItemKind::Tool {
            line.push(format!("  {}", item.kind.name()), dim);
        }
    }
    canvas.line(1, 0, &clip(line, room + 4, false, theme));
    let x = canvas
        .width()
        .saturating_sub(u16::try_from(badges.width() + 1).unwrap_or(0));
    canvas.line(x, 0, &badges);
}

/// `NEW`, `Δ2`, the worst finding about it.
fn badges(scene: Scene, item: &Item, version: usize) -> Line {
    let theme = scene.theme;
    let mut line = Line::new();
    let added = scene
        .facts
        .session
        .changes()
        .iter()
        .any(|change| change.item == item.id && change.from.is_none());
    if added {
        line.push("NEW ", theme.style(Scope::UiBadgeNew));
    }
    if version > 0 {
        let text = format!("{}{} ", theme.glyph(Glyph::Changed), version);
        line.push(text, theme.style(Scope::UiBadgeChanged));
    }
    let worst = scene
        .facts
        .findings
        .for_item(item.id)
        .iter()
        .filter_map(|n| scene.facts.findings.list().get(*n));
    if let Some(severity) = worst.map(|finding| finding.severity).max() {
        let (text, style) = terms::short_risk(severity, theme);
        line.push(text, style);
    }
    line
}

/// The definition that the details are about, and the version in force.
fn selected(model: &Model) -> Option<(ItemId, usize)> {
    match model.lists.tools.get(model.panes().selected)? {
        ToolRow::Item { item, version, .. } => Some((*item, *version)),
        ToolRow::Server(_) => None,
    }
}

pub fn title(scene: Scene) -> (String, String) {
    match scene.model.lists.tools.get(scene.model.panes().selected) {
        Some(ToolRow::Server(server)) => (terms::server_name(scene, *server), String::new()),
        Some(ToolRow::Item { item, version, .. }) => {
            let Some(item) = scene.facts.session.items().get(item.index()) else {
                return Default::default();
            };
            let name = if item.name.as_raw().is_empty() {
                item.kind.name().to_owned()
            } else {
                item.name.as_raw().label(40)
            };
            let server = terms::server_name(scene, item.server);
            (
                format!("{name} · {server}"),
                format!("version {} of {}", version + 1, item.versions.len()),
            )
        }
        None => Default::default(),
    }
}

pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    match scene.model.lists.tools.get(scene.model.panes().selected) {
        Some(ToolRow::Server(server)) => server_page(scene, &mut page, *server),
        Some(ToolRow::Item { item, version, .. }) => item_page(scene, &mut page, *item, *version),
        None => {}
    }
    page
}

fn server_page(scene: Scene, page: &mut Page, id: ServerId) {
    let Some(server) = scene.facts.session.servers().get(id.index()) else {
        return;
    };
    page.heading("The server, as it says of itself", "");
    for (label, value) in [
        ("name", &server.name),
        ("title", &server.title),
        ("version", &server.version),
        ("protocol", &server.protocol),
        ("client", &server.client),
        ("command", &server.command),
        ("capabilities", &server.capabilities),
    ] {
        if !value.as_raw().is_empty() {
            let line = inline(
                value.as_raw(),
                page.width,
                page.style(Scope::UiText),
                scene.theme,
            );
            page.field(label, 12, line);
        }
    }
    let calls = terms::counted(server.calls as usize, "call", "calls");
    page.field(
        "used",
        12,
        Line::of(
            format!("{calls}, {} with an error", server.errors),
            page.style(Scope::UiText),
        ),
    );
}

fn item_page(scene: Scene, page: &mut Page, id: ItemId, version: usize) {
    let Some(item) = scene.facts.session.items().get(id.index()) else {
        return;
    };
    match scene.model.bodies.get(Key::Version(id, version)) {
        Slot::Ready(json) if scene.model.form == Form::Bytes => {
            page.quote(
                crate::text::Raw::new(json.bytes()).slice(0..64 * 1024),
                &[],
                Scope::TextCode,
                1,
                2000,
            );
        }
        Slot::Ready(json) => definition(scene, page, json),
        Slot::Failed(why) => page.say(why, Scope::UiLoss),
        Slot::Reading | Slot::Unknown => page.say("Reading.", Scope::UiProgress),
    }
    findings(scene, page, id);
    history(scene, page, item, version);
}

/// The text as the model reads it, the parameters, what it claims.
fn definition(scene: Scene, page: &mut Page, json: &Json) {
    let Some(root) = json.root() else { return };
    let text = root
        .string()
        .or_else(|| root.get("description").and_then(At::string));
    match text {
        Some(text) => {
            let hidden = has_hidden(text.as_raw());
            page.heading(
                "As the model reads it",
                if hidden {
                    "it holds characters that cannot be seen"
                } else {
                    ""
                },
            );
            page.quote(text.as_raw(), &[], Scope::UiText, 2, 60);
        }
        None => page.say("It has no description.", Scope::UiDim),
    }
    if let Some(properties) = root.path(&["inputSchema", "properties"]) {
        page.heading("Parameters", "");
        let required: Vec<RawBuf> = root
            .path(&["inputSchema", "required"])
            .into_iter()
            .flat_map(|at| at.items())
            .filter_map(At::string)
            .collect();
        for parameter in properties.items().take(60) {
            let Some(name) = parameter.key() else {
                continue;
            };
            let mut line = Line::of("  ", page.style(Scope::UiText));
            line.append(inline(
                name.as_raw(),
                24,
                page.style(Scope::JsonKey),
                scene.theme,
            ));
            let kind = parameter
                .get("type")
                .and_then(At::string)
                .map_or_else(String::new, |kind| kind.as_raw().label(16));
            line.push(format!("  {kind}"), page.style(Scope::UiDim));
            if required.contains(&name) {
                line.push("  required", page.style(Scope::UiStrong));
            }
            if let Some(default) = parameter.get("default") {
                line.push("  default ", page.style(Scope::UiDim));
                line.append(inline(
                    default.text(400).as_raw(),
                    30,
                    page.style(Scope::UiText),
                    scene.theme,
                ));
            }
            page.line(clip(line, page.width, false, scene.theme));
            if let Some(text) = parameter.get("description").and_then(At::string) {
                page.quote(text.as_raw(), &[], Scope::UiText, 6, 6);
            }
        }
    }
    if let Some(annotations) = root
        .get("annotations")
        .filter(|at| at.items().next().is_some())
    {
        page.heading("Annotations, as claimed", "");
        for hint in annotations.items().take(20) {
            let label = hint
                .key()
                .map_or_else(String::new, |key| key.as_raw().label(20));
            let line = inline(
                hint.text(400).as_raw(),
                page.width,
                page.style(Scope::UiText),
                scene.theme,
            );
            page.field(&label, 18, line);
        }
    }
}

fn findings(scene: Scene, page: &mut Page, id: ItemId) {
    for (n, number) in scene.facts.findings.for_item(id).iter().enumerate() {
        let Some(finding) = scene.facts.findings.list().get(*number) else {
            continue;
        };
        if n == 0 {
            page.heading("Findings", "");
        }
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push(format!("  {}", finding.title), page.style(Scope::UiText));
        page.link(line, Target::Finding(*number));
    }
}

fn history(scene: Scene, page: &mut Page, item: &Item, shown: usize) {
    page.heading("History", "");
    for (n, version) in item.versions.iter().enumerate() {
        let here = if n == shown { "  in force" } else { "" };
        let until = version
            .until
            .map_or_else(|| "now".to_owned(), |until| terms::time_of(scene, until));
        let text = format!(
            "  version {}  {} to {until}{here}",
            n + 1,
            terms::time_of(scene, version.from)
        );
        page.link(
            Line::of(text, page.style(Scope::UiLink)),
            Target::Row(version.from),
        );
    }
}

pub fn wants(model: &Model, _: Facts) -> Vec<body::Key> {
    selected(model)
        .map(|(item, version)| Key::Version(item, version))
        .into_iter()
        .collect()
}

pub fn zoomed(model: &Model, _: Facts) -> Option<(String, RawBuf, usize)> {
    let (item, version) = selected(model)?;
    let json = model.bodies.get(Key::Version(item, version)).ready()?;
    let root = json.root()?;
    let text = root
        .get("description")
        .filter(|at| at.kind() == Kind::String)
        .unwrap_or(root);
    let more = text.size().saturating_sub(super::zoom::MOST);
    Some((
        "The description".to_owned(),
        text.text(super::zoom::MOST),
        more,
    ))
}

pub fn why_empty(scene: Scene) -> String {
    match scene
        .facts
        .session
        .sources()
        .first()
        .map(|source| source.class)
    {
        Some(class) if class != crate::formats::Class::WireComplete => class.meaning().to_owned(),
        _ => {
            "No server had connected here. ] steps on, a shows the world as of the end.".to_owned()
        }
    }
}
