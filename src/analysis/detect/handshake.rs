//! What was agreed when the connection began, and what is done without having been agreed.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::conversation::{Abilities, Conversation};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::formats::Flags;
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Value;
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "what was agreed",
    rules: &[
        &rules::UNDECLARED,
        &rules::TOO_EARLY,
        &rules::VERSION,
        &rules::BATCH,
    ],
    look: Look::Message(look),
};

/// Preliminary revisions that were spoken.
const PRELIMINARY: &[&str] = &["2024-10-07", "DRAFT-2026-v1", "draft"];

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(open) = at.memory.conversations.of(at.row.conn) else {
        return;
    };
    let method = at.session.method(at.id);
    if at.row.flags.has(Flags::BATCH) && at.row.part == 0 {
        batch(open, sink);
    }
    match (at.row.kind, at.row.dir) {
        (MessageKind::Request, Direction::S2c) => {
            asks(
                open,
                method,
                at.doc.root().and_then(|r| r.get("params")),
                sink,
            );
            if open.began && !open.initialized && !open.modern && method != "ping" {
                too_early(
                    sink,
                    method,
                    Severity::Low,
                    "The client had not said that it is ready.",
                );
            }
        }
        (MessageKind::Request, Direction::C2s) if method == method::INITIALIZE => {
            if let Some(early) = open.early.filter(|_| !open.began) {
                let mut found = Found::new(&rules::TOO_EARLY)
                    .severity(Severity::Low)
                    .related(at.id, "began")
                    .group("early")
                    .because("It stands before the handshake of this connection.");
                found.instead_at = Some(early);
                sink.put(found);
            }
        }
        (MessageKind::Result, Direction::S2c) => result(at, open, method, sink),
        (MessageKind::Notification, Direction::S2c)
            if method == method::TOOLS_CHANGED
                && open
                    .server
                    .is_some_and(|can| !can.has(Abilities::TOOLS_CHANGED))
                && !open.modern =>
        {
            undeclared(
                sink,
                method,
                Severity::Info,
                "The server did not say that its tools can change.",
            );
        }
        _ => {}
    }
}

fn result(at: &MessageAt<'_>, open: &Conversation, method: Raw<'_>, sink: &mut Sink) {
    let Some(result) = at.doc.root().and_then(|root| root.get("result")) else {
        return;
    };
    if method == method::INITIALIZE {
        let Some(said) = result.str("protocolVersion") else {
            return;
        };
        let raw = said.as_raw();
        let known = |v: &str| method::REVISIONS.contains(&v) || PRELIMINARY.contains(&v);
        let asked = open.asked.as_deref().unwrap_or("");
        let text = std::str::from_utf8(raw.bytes()).unwrap_or("");
        let (severity, why) = if !known(text) {
            (Severity::Low, "No revision of the protocol has this name.")
        } else if known(asked) && text > asked {
            (
                Severity::Low,
                "It is newer than the one that the client asked for, which the client may not speak.",
            )
        } else {
            return;
        };
        sink.put(
            Found::new(&rules::VERSION)
                .severity(severity)
                .shows(raw, 0..raw.len())
                .because(why),
        );
    }
    // Since 2026-07-28 a server asks inside its answer.
    for one in result
        .get("inputRequests")
        .into_iter()
        .flat_map(|requests| requests.items())
    {
        if let Some(method) = one.str("method") {
            asks(open, method.as_raw(), one.get("params"), sink);
        }
    }
}

/// A request of the server, beside what the client said that it can do.
fn asks(open: &Conversation, method: Raw<'_>, params: Option<Value<'_>>, sink: &mut Sink) {
    let Some(can) = open.client else { return };
    let (needs, severity, what) = match method.bytes() {
        b"sampling/createMessage" => (
            Abilities::SAMPLING,
            Severity::Medium,
            "let servers use its model",
        ),
        b"elicitation/create" => {
            let url = params
                .and_then(|p| p.str("mode"))
                .is_some_and(|m| m.as_raw() == "url");
            if url && can.has(Abilities::ELICITATION) && !can.has(Abilities::ELICITATION_URL) {
                undeclared(
                    sink,
                    method,
                    Severity::Low,
                    "The client did not say that servers may send people to addresses.",
                );
                return;
            }
            (
                Abilities::ELICITATION,
                Severity::Medium,
                "let servers ask the person",
            )
        }
        b"roots/list" => (Abilities::ROOTS, Severity::Low, "tell its folders"),
        _ => return,
    };
    if !can.has(needs) {
        undeclared(
            sink,
            method,
            severity,
            &format!("The client did not say that it would {what}."),
        );
    }
}

fn undeclared(sink: &mut Sink, method: Raw<'_>, severity: Severity, why: &str) {
    sink.put(
        Found::new(&rules::UNDECLARED)
            .severity(severity)
            .shows(method, 0..method.len())
            .because(why),
    );
}

fn too_early(sink: &mut Sink, method: Raw<'_>, severity: Severity, why: &str) {
    sink.put(
        Found::new(&rules::TOO_EARLY)
            .severity(severity)
            .shows(method, 0..method.len())
            .because(why),
    );
}

/// Batches were part of one revision only.
fn batch(open: &Conversation, sink: &mut Sink) {
    let Some(revision) = open.agreed.as_deref().or(open.asked.as_deref()) else {
        return;
    };
    if revision > "2025-03-26" {
        sink.put(Found::new(&rules::BATCH).group("batch").because(format!(
            "The connection speaks {}, which has no batches.",
            Raw::from(revision).label(20)
        )));
    }
}
