//! Calls beside the listings: of tools that were never listed, that are gone, or whose definition is out of date.

use super::{CallAt, Detector, Found, Look, MessageAt, Sink};
use crate::analysis::news::{News, Offer};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::{ChangeKind, ItemKind, RowId};
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
    if name.is_empty() || !at.memory.conversations.listed(at.server, Offer::Tools) {
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
    if let Some(news) = at.memory.conversations.news(at.server, Offer::Tools) {
        sink.put(stale(Offer::Tools, news, at.row, "called"));
    }
}

fn message(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.dir == Direction::C2s {
        worked_on(at, sink);
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

/// What the client does after news that it did not follow.
fn worked_on(at: &MessageAt<'_>, sink: &mut Sink) {
    let conversations = &at.memory.conversations;
    let method = at.session.method(at.id);
    for offer in Offer::ALL {
        let Some(news) = conversations.news(at.server, offer) else {
            continue;
        };
        if !conversations.listed(at.server, offer) {
            continue;
        }
        let uses = at.row.kind == MessageKind::Request
            && match offer {
                // Each call is looked at as such.
                Offer::Tools => false,
                Offer::Prompts => method == method::PROMPTS_GET,
                Offer::Resources => method == method::RESOURCES_READ,
            };
        if uses {
            sink.put(stale(offer, news, at.id, "asked"));
        } else if method != method::TOOLS_CALL && news.goes_on(at.session, at.id) {
            sink.put(left_open(offer, news, at.id));
        }
    }
}

/// Something was used by the definition of before.
fn stale(offer: Offer, news: &News, used: RowId, role: &'static str) -> Found {
    // An address means the same in whatever listing it stands.
    let severity = if news.with_listing || offer == Offer::Resources {
        Severity::Info
    } else {
        Severity::Low
    };
    let what = offer.name();
    let why = if news.with_listing {
        format!(
            "It came with a listing, which may hold the change or not; nobody asked for the {what} again."
        )
    } else {
        format!("They were used after it, and nobody asked for the {what} again.")
    };
    of_news(offer, news, &why)
        .severity(severity)
        .related(used, role)
}

/// Nothing was used, and the client goes on: which definitions are in force for it cannot be said.
fn left_open(offer: Offer, news: &News, then: RowId) -> Found {
    let what = offer.name();
    let why = format!(
        "The client went on, and nobody asked for the {what} again: which of them are in force cannot be said."
    );
    of_news(offer, news, &why)
        .severity(Severity::Info)
        .related(then, "asked")
}

fn of_news(offer: Offer, news: &News, why: &str) -> Found {
    let what = offer.name();
    let mut found = Found::new(&rules::STALE)
        .title(format!(
            "The {what} changed, and nobody asked for them again"
        ))
        .group(match offer {
            Offer::Tools => "stale".to_owned(),
            _ => format!("stale {what}"),
        })
        .because(why);
    found.instead_at = Some(news.at);
    found
}

/// A listing shows that tools called since the news had changed.
fn changed_behind(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(news) = at.memory.conversations.news(at.server, Offer::Tools) else {
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
        && at.memory.conversations.listed(at.server, Offer::Tools)
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

#[cfg(test)]
mod tests {
    use crate::analysis::rules::{self, Example};
    use crate::analysis::{Settings, Severity};
    use std::sync::Arc;

    fn worst(lines: &str) -> Option<Severity> {
        let listed = r#"> {"jsonrpc":"2.0","id":1,"method":"tools/list"}
< {"jsonrpc":"2.0","id":1,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}"#;
        let lines: &'static str = format!("{listed}\n{lines}").leak();
        Example::Session(lines)
            .worst(&rules::STALE, Arc::new(Settings::default()))
            .expect("a session")
    }

    const NEWS: &str = r#"< {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}"#;
    const READS: &str =
        r#"> {"jsonrpc":"2.0","id":7,"method":"resources/read","params":{"uri":"log://a"}}"#;
    const CALLS: &str = r#"> {"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"look","arguments":{}}}"#;
    const LISTS: &str = r#"> {"jsonrpc":"2.0","id":9,"method":"tools/list"}"#;

    #[test]
    fn a_recording_may_end_behind_the_news() {
        assert_eq!(worst(NEWS), None);
        assert_eq!(worst(&[NEWS, NEWS, NEWS, READS, READS].join("\n")), None);
    }

    #[test]
    fn a_client_that_goes_on_leaves_open_what_is_in_force() {
        let found = worst(&[NEWS, READS, READS, READS].join("\n"));
        assert_eq!(found, Some(Severity::Info));
        let asks = worst(&[NEWS, READS, LISTS, READS, READS].join("\n"));
        assert_eq!(asks, None);
    }

    #[test]
    fn a_call_behind_the_news_works_on_the_old() {
        assert_eq!(worst(&[NEWS, CALLS].join("\n")), Some(Severity::Low));
        let all = worst(&[NEWS, READS, READS, READS, CALLS].join("\n"));
        assert_eq!(all, Some(Severity::Low));
    }

    #[test]
    fn news_that_come_with_a_listing_may_be_in_it() {
        let answer = r#"< {"jsonrpc":"2.0","id":9,"result":{"tools":[{"name":"look","inputSchema":{"type":"object"}}]}}"#;
        let around = [NEWS, LISTS, NEWS, NEWS, answer, CALLS].join("\n");
        assert_eq!(worst(&around), Some(Severity::Info));
    }
}
