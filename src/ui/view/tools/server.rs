//! One server: what it says of itself, how it is reached, and what is wrong with it.

use crate::formats::Class;
use crate::session::{
    Item, ItemKind, RowId, Server, ServerId, ServerState, Standing, duration, size,
};
use crate::text::RawBuf;
use crate::ui::body::Slot;
use crate::ui::lists;
use crate::ui::target::Target;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::view::{Scene, terms};
use crate::ui::widget::text::wrapped;
use crate::ui::widget::{Line, Page};
use crate::wire::json::{Doc, Value};

/// Cells of the labels.
const LABEL: usize = 12;
/// Rows of the instructions.
const TEXT_ROWS: usize = 40;
/// Connections that are listed.
const CONNECTIONS: usize = 12;
/// Findings that are listed.
const FINDINGS: usize = 12;

pub fn page(scene: Scene, page: &mut Page, id: ServerId) {
    let session = scene.facts.session;
    let Some(server) = session.servers().get(id.index()) else {
        return;
    };
    let at = lists::at(scene.model, scene.facts);
    let world = session.world(at);
    let state = world.servers.iter().find(|state| state.id == id);
    findings(scene, page, id);
    if state.is_some_and(|state| state.stale_tools) {
        let text = format!(
            "{} It said that its tools changed, and nobody has listed them since: the model works on old definitions.",
            scene.theme.glyph(Glyph::Changed)
        );
        page.say_indented(&text, Scope::UiBadgeChanged, 1);
    }
    page.heading("What it says of itself", "claims; names are not unique");
    field(page, "name", &server.name);
    field(page, "title", &server.title);
    field(page, "version", &server.version);
    capabilities(page, "can", &server.capabilities);
    page.heading("How it is reached", "");
    field(page, "label", &server.label);
    field(page, "command", &server.command);
    if !server.transport.is_empty() {
        page.field(
            "transport",
            LABEL,
            Line::of(server.transport, page.style(Scope::UiText)),
        );
    }
    field(page, "protocol", &server.protocol);
    let client = match server.client_version.as_raw().is_empty() {
        true => server.client.clone(),
        false => [
            server.client.as_raw().bytes(),
            b" ",
            server.client_version.as_raw().bytes(),
        ]
        .concat()
        .into(),
    };
    field(page, "client", &client);
    capabilities(page, "client can", &server.client_capabilities);
    super::agreed::page(scene, page, id, server);
    standing(scene, page, server, state);
    offers(scene, page, id, at);
    instructions(scene, page, id);
}

fn field(page: &mut Page, label: &str, text: &RawBuf) {
    if text.as_raw().is_empty() {
        return;
    }
    let cells = page.width.saturating_sub(LABEL + 3).max(8);
    let rows = wrapped(
        text.as_raw(),
        &[],
        page.style(Scope::UiText),
        page.theme,
        cells,
        4,
    );
    for (n, row) in rows.into_iter().enumerate() {
        page.field(if n == 0 { label } else { "" }, LABEL, row);
    }
}

/// `tools (listChanged) · logging`
fn capabilities(page: &mut Page, label: &str, json: &RawBuf) {
    if json.as_raw().is_empty() {
        return;
    }
    let doc = Doc::parse(json.as_raw().bytes());
    let mut words: Vec<Vec<u8>> = Vec::new();
    for capability in doc.root().into_iter().flat_map(Value::items).take(40) {
        let Some(key) = capability.key() else {
            continue;
        };
        let mut word = key.as_raw().bytes().to_vec();
        let on = capability
            .items()
            .filter(|item| item.as_bool() != Some(false))
            .filter_map(|item| item.key());
        let inner: Vec<Vec<u8>> = on
            .take(12)
            .map(|key| key.as_raw().bytes().to_vec())
            .collect();
        if !inner.is_empty() {
            word.extend_from_slice(b" (");
            word.extend_from_slice(&inner.join(&b", "[..]));
            word.push(b')');
        }
        words.push(word);
    }
    let text: RawBuf = if words.is_empty() {
        RawBuf::from("nothing")
    } else {
        words.join(&b"; "[..]).into()
    };
    field(page, label, &text);
}

fn standing(scene: Scene, page: &mut Page, server: &Server, state: Option<&ServerState>) {
    let session = scene.facts.session;
    let text = match state.map(|state| (state.standing, state.since)) {
        Some((Standing::Connected, Some(since))) => {
            format!("connected since {}", terms::time_of(scene, since))
        }
        Some((Standing::Closed, Some(since))) => {
            format!("closed at {}", terms::time_of(scene, since))
        }
        _ => "not connected yet".to_owned(),
    };
    page.heading("Connections", &text);
    let dash = terms::dash(scene.theme);
    for id in server.connections.iter().take(CONNECTIONS) {
        let Some(connection) = session.connections().get(id.index()) else {
            continue;
        };
        let mut line = Line::of("  ", page.style(Scope::UiText));
        line.push(
            terms::time_of(scene, connection.first),
            page.style(Scope::TextTime),
        );
        match connection.closed {
            Some(closed) => {
                line.push(
                    format!("{dash}{}", terms::time_of(scene, closed)),
                    page.style(Scope::TextTime),
                );
                let times = scene
                    .facts
                    .row(closed)
                    .zip(scene.facts.row(connection.first));
                if let Some(micros) = times.and_then(|(end, start)| end.time.since(start.time)) {
                    line.push(format!("  {}", duration(micros)), page.style(Scope::UiDim));
                }
            }
            None => {
                let text = format!("{dash}          no end is recorded");
                line.push(text, page.style(Scope::UiDim));
            }
        }
        match connection.exit_code {
            Some(0) => line.push("  ended well", page.style(Scope::UiDim)),
            Some(code) => line.push(
                format!("  exit code {code}"),
                page.style(Scope::OutcomeError),
            ),
            None => {}
        }
        page.link(line, Target::Row(connection.first));
    }
    if server.connections.len() > CONNECTIONS {
        let text = format!(
            "and {} more",
            terms::grouped(server.connections.len() - CONNECTIONS)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
}

fn offers(scene: Scene, page: &mut Page, id: ServerId, at: RowId) {
    let items = scene
        .facts
        .session
        .items()
        .iter()
        .filter(|item| item.server == id);
    let items: Vec<&Item> = items.collect();
    page.heading(
        "What it offers",
        &format!("as of {}", terms::time_of(scene, at)),
    );
    let mut parts = Vec::new();
    for (kind, one, many) in [
        (ItemKind::Tool, "tool", "tools"),
        (ItemKind::Prompt, "prompt", "prompts"),
        (ItemKind::Resource, "resource", "resources"),
        (
            ItemKind::Template,
            "resource template",
            "resource templates",
        ),
    ] {
        let count = items
            .iter()
            .filter(|item| item.kind == kind && item.in_force(at).is_some())
            .count();
        if count > 0 {
            parts.push(terms::counted(count, one, many));
        }
    }
    if parts.is_empty() {
        parts.push("nothing that was listed".to_owned());
    }
    let again = items
        .iter()
        .map(|item| item.versions.len().saturating_sub(1))
        .sum::<usize>();
    page.say_indented(&parts.join(", "), Scope::UiText, 2);
    if let Some(why) = terms::unfilled(scene, Class::has_definitions) {
        page.say_indented(&why, Scope::UiDim, 2);
    }
    if again > 0 {
        let text = format!(
            "{} of it in the whole recording",
            terms::counted(again, "redefinition", "redefinitions")
        );
        page.say_indented(&text, Scope::UiText, 2);
    }
    super::figures::server(scene, page, id, at);
}

fn instructions(scene: Scene, page: &mut Page, id: ServerId) {
    let Some(key) = super::instructions(scene.model, scene.facts, id) else {
        return;
    };
    let text = match scene.model.bodies.get(key) {
        Slot::Ready(json) => json.root().and_then(|root| root.string()),
        Slot::Failed(why) => {
            page.heading("Instructions for the model", "");
            return page.say_indented(why, Scope::UiLoss, 2);
        }
        Slot::Reading | Slot::Unknown => None,
    };
    let Some(text) = text else { return };
    let crate::ui::body::Key::Version(item, _) = key else {
        return;
    };
    let Some(item) = scene.facts.session.items().get(item.index()) else {
        return;
    };
    page.heading(
        "Instructions for the model",
        &size(text.as_raw().len() as u64),
    );
    let lit = super::evidence::lit(scene, item, "", text.as_raw());
    page.quote(text.as_raw(), &lit, Scope::UiText, 2, TEXT_ROWS);
}

/// What is wrong with the server and everything that it offers, worst first.
fn findings(scene: Scene, page: &mut Page, id: ServerId) {
    let list = scene.facts.findings.list();
    let mut numbers: Vec<usize> = (0..list.len())
        .filter(|n| list[*n].server == Some(id))
        .collect();
    numbers.sort_by_key(|n| (std::cmp::Reverse(list[*n].severity), *n));
    for number in numbers.iter().take(FINDINGS) {
        let finding = &list[*number];
        let mut line = Line::of(" ", page.style(Scope::UiText));
        line.append(terms::risk(finding.severity, scene.theme));
        line.push("  ", page.style(Scope::UiText));
        if let Some(tool) = &finding.tool {
            line.append(terms::tool(scene, tool.as_raw(), 24));
            line.push("  ", page.style(Scope::UiText));
        }
        line.push(finding.title.clone(), page.style(Scope::UiText));
        page.link(line, Target::Finding(*number));
    }
    if numbers.len() > FINDINGS {
        let text = format!(
            "and {} more; 1 lists them all",
            terms::grouped(numbers.len() - FINDINGS)
        );
        page.say_indented(&text, Scope::UiDim, 2);
    }
}
