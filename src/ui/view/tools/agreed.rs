//! What client and server agreed on, what of it was used, and what the revision says against it.

use crate::session::{RowId, Server, ServerId, Used};
use crate::text::RawBuf;
use crate::ui::target::Target;
use crate::ui::theme::Scope;
use crate::ui::view::{Scene, terms};
use crate::ui::widget::{Line, Page};
use crate::wire::capability::{CAPABILITIES, Capability, Offers};
use crate::wire::json::{Doc, Kind};
use crate::wire::method;

/// Cells of the names.
const NAME: usize = 22;
/// Methods that are listed of those that the revision does not have.
const FOREIGN: usize = 8;

pub fn page(scene: Scene, page: &mut Page, id: ServerId, server: &Server) {
    let session = scene.facts.session;
    let used: Vec<&Used> = session.figures().used(id).collect();
    let said = |json: &RawBuf| !json.as_raw().is_empty();
    let revision = method::REVISIONS
        .iter()
        .copied()
        .find(|known| server.protocol.as_raw() == **known);
    if used.is_empty()
        || !(said(&server.capabilities) || said(&server.client_capabilities) || revision.is_some())
    {
        return;
    }
    let note = match (revision, server.protocol.as_raw().is_empty()) {
        (Some(revision), _) => format!("revision {revision}"),
        (None, true) => "no revision is recorded".to_owned(),
        (None, false) => format!(
            "revision {}, which nobody published",
            server.protocol.as_raw().label(16)
        ),
    };
    page.heading("What was agreed, and what was used", &note);
    for capability in CAPABILITIES {
        let (offered, declared) = match capability.offers {
            Offers::Server => (
                is_offered(&server.capabilities, capability),
                said(&server.capabilities),
            ),
            Offers::Client => (
                is_offered(&server.client_capabilities, capability),
                said(&server.client_capabilities),
            ),
        };
        row(scene, page, capability, &used, offered, declared, revision);
    }
    let Some(revision) = revision else { return };
    let foreign = used.iter().filter(|used| {
        let name = session.symbol(used.method);
        let by_capability = CAPABILITIES
            .iter()
            .any(|one| one.methods.iter().any(|own| name == **own));
        method::is_of(name.bytes(), revision) == Some(false) && !by_capability
    });
    for used in foreign.take(FOREIGN) {
        let name = session.symbol(used.method);
        let why = match method::METHODS.iter().find(|one| name == *one.name) {
            Some(one) if revision < one.first => format!("came with {}", one.first),
            Some(one) => format!("was last in {}", one.last.unwrap_or(one.first)),
            None => continue,
        };
        let mut line = Line::of(
            format!("  {:NAME$} ", name.label(NAME)),
            page.style(Scope::TextMethod),
        );
        line.push(times(used.count), page.style(Scope::UiText));
        line.push(
            format!(", and {revision} does not have it: it {why}"),
            page.style(Scope::UiBadgeChanged),
        );
        page.link(line, Target::Row(used.first));
    }
}

fn times(count: u32) -> String {
    match count {
        1 => "used once".to_owned(),
        count => format!("used {} times", terms::grouped(count as usize)),
    }
}

/// Whether a side declared a capability. A part counts unless it is `false`.
fn is_offered(json: &RawBuf, capability: &Capability) -> bool {
    let doc = Doc::parse(json.as_raw().bytes());
    let own = doc.root().and_then(|root| root.get(capability.key));
    match capability.part {
        None => own.is_some_and(|own| !matches!(own.kind(), Kind::False | Kind::Null)),
        Some(part) => own
            .and_then(|own| own.get(part))
            .is_some_and(|part| !matches!(part.kind(), Kind::False | Kind::Null)),
    }
}

fn row(
    scene: Scene,
    page: &mut Page,
    capability: &Capability,
    used: &[&Used],
    offered: bool,
    declared: bool,
    revision: Option<&str>,
) {
    let rests = |used: &&&Used| {
        let name = scene.facts.session.symbol(used.method);
        capability.methods.iter().any(|own| name == **own) && sides(capability, used)
    };
    let (mut count, mut first): (u32, Option<RowId>) = (0, None);
    for used in used.iter().filter(rests) {
        count = count.saturating_add(used.count);
        first = Some(first.map_or(used.first, |first| first.min(used.first)));
    }
    if count == 0 && !offered {
        return;
    }
    let who = match capability.offers {
        Offers::Server => "server",
        Offers::Client => "client",
    };
    let mut line = Line::of(
        format!("  {:NAME$} ", capability.name()),
        page.style(Scope::UiText),
    );
    line.push(format!("{who}  "), page.style(Scope::UiDim));
    match (offered, count) {
        (true, 0) => line.push("offered, not used", page.style(Scope::UiDim)),
        (true, count) => line.push(times(count), page.style(Scope::UiText)),
        (false, count) if declared => {
            line.push(
                format!("{}, and not offered", times(count)),
                page.style(Scope::UiBadgeChanged),
            );
        }
        (false, count) => line.push(times(count), page.style(Scope::UiText)),
    }
    match first {
        Some(first) => page.link(line, Target::Row(first)),
        None => page.line(line),
    }
    if let Some(objection) = revision.and_then(|revision| capability.objection(revision)) {
        page.say_indented(&objection, Scope::UiBadgeChanged, NAME + 3);
    }
}

/// Whether a use of a method rests on this side's capability: both sides may have tasks.
fn sides(capability: &Capability, used: &Used) -> bool {
    use crate::wire::id::Direction::{C2s, S2c};
    match (capability.key, capability.offers) {
        ("tasks", Offers::Server) => used.dir == C2s,
        ("tasks", Offers::Client) => used.dir == S2c,
        _ => true,
    }
}
