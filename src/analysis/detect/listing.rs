//! Calls beside the listings: of tools that were never listed, that are gone, or whose definition is out of date.

use super::{CallAt, Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::{ChangeKind, ItemKind};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "calls beside the listings",
    rules: &[&rules::UNLISTED, &rules::REMOVED, &rules::STALE],
    look: Look::Call(called),
};

pub const LISTED_AGAIN: Detector = Detector {
    name: "listings that come too late",
    rules: &[&rules::STALE, &rules::UNLISTED],
    look: Look::Message(message),
};

fn called(at: &CallAt<'_>, sink: &mut Sink) {
    let name = at.session.name(at.row);
    if name.is_empty() || !at.memory.conversations.listed(at.server) {
        return;
    }
    let Some(item) = at.session.item(at.server, ItemKind::Tool, name) else {
        sink.put(
            Found::new(&rules::UNLISTED)
                .shows(name, 0..name.len())
                .group("unlisted")
                .because("This server's listings in the recording do not have it."),
        );
        return;
    };
    if item.in_force(at.row).is_none() && item.versions.first().is_some_and(|v| v.from < at.row) {
        let mut found = Found::new(&rules::REMOVED)
            .shows(name, 0..name.len())
            .because("The latest complete listing before this call does not have it any more.");
        if let Some(gone) = item
            .versions
            .iter()
            .filter_map(|v| v.until)
            .filter(|u| *u < at.row)
            .max()
        {
            found = found.related(gone, "listed");
        }
        sink.put(found);
    }
    if let Some(news) = at.memory.conversations.news(at.server) {
        let mut found = Found::new(&rules::STALE)
            .severity(Severity::Low)
            .related(at.row, "called")
            .group("stale")
            .because("Tools were called after it, and nobody asked for the tools again.");
        found.instead_at = Some(news.at);
        sink.put(found);
    }
}

fn message(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.dir != Direction::S2c {
        return;
    }
    if at.row.kind == MessageKind::Result {
        let method = at.session.method(at.id);
        if method == method::TOOLS_LIST {
            changed_behind(at, sink);
        } else if method == method::TOOLS_CALL {
            answered(at, sink);
        }
    }
}

/// A listing shows that tools called since the news had changed.
fn changed_behind(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(news) = at.memory.conversations.news(at.server) else {
        return;
    };
    let changes = at.session.changes();
    let mine = changes[changes.partition_point(|c| c.at < at.id)..]
        .iter()
        .take_while(|c| c.at == at.id)
        .filter(|c| matches!(c.kind, ChangeKind::Redefined | ChangeKind::Removed));
    for change in mine {
        let Some((call, _)) = news.calls.iter().find(|(_, item)| *item == change.item) else {
            continue;
        };
        let name = at.session.item_at(change.item).name.as_raw();
        sink.put(
            Found::new(&rules::STALE)
                .severity(Severity::Medium)
                .title("A call was made on a definition that had changed")
                .shows(name, 0..name.len())
                .related(news.at, "told")
                .related(*call, "called")
                .because("The server said that its tools changed; the tool was called before anybody asked, and this listing has it differently.")
                .group(format!("stale {:?}", change.item)),
        );
    }
}

/// The server answered a call of a tool that it does not list.
fn answered(at: &MessageAt<'_>, sink: &mut Sink) {
    let name = at.session.name(at.id);
    let Some(request) = at.row.pair() else { return };
    let unlisted = !name.is_empty()
        && at.memory.conversations.listed(at.server)
        && at.session.item(at.server, ItemKind::Tool, name).is_none();
    let root = at.doc.root();
    let refused =
        root.is_none_or(|r| r.at(&["result", "isError"]).and_then(|v| v.as_bool()) == Some(true));
    if !unlisted || refused {
        return;
    }
    let mut found = Found::new(&rules::UNLISTED)
        .severity(Severity::Low)
        .shows(name, 0..name.len())
        .related(at.id, "answered")
        .group("unlisted")
        .because("This server's listings in the recording do not have it, and the server answered all the same.");
    found.instead_at = Some(request);
    sink.put(found);
}
