//! Loops, bursts and floods: what costs without leading anywhere.

use super::arguments::tokens;
use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::repetition::{call_of, progress_of};
use crate::analysis::rules;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "loops, bursts and floods",
    rules: &[&rules::REPEATED_CALL, &rules::BURST, &rules::FLOOD],
    look: Look::Message(look),
};

/// Calls in a row from which on the same call is a loop: of a tool that people wait with, of another, of one that
/// costs or leaves something behind; and from which on a person should look.
const POLLS: (u32, u32) = (300, u32::MAX);
const LOOKS: (u32, u32) = (25, 250);
const COSTS: (u32, u32) = (8, 40);

/// Questions of a server to the model or the person within one call.
const QUESTIONS: (u32, u32) = (10, 40);

/// Notes of progress for one request.
const NOTES: (u32, u32) = (2_000, 20_000);

/// Bytes of one result: what no model can read, and what fills a disk.
const RESULT: (u32, u32) = (4 << 20, 64 << 20);

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    match (at.row.kind, at.row.dir) {
        (MessageKind::Request, Direction::C2s)
            if at.session.method(at.id) == method::TOOLS_CALL =>
        {
            repeated(at, sink)
        }
        (MessageKind::Request, Direction::S2c) => burst(at, sink),
        (MessageKind::Notification, Direction::S2c)
            if at.session.method(at.id) == method::PROGRESS =>
        {
            progress(at, sink)
        }
        (MessageKind::Result, Direction::S2c) if at.row.len >= RESULT.0 => {
            sink.put(
                Found::new(&rules::FLOOD)
                    .severity(level(at.row.len, RESULT))
                    .group("result")
                    .because(format!(
                        "The result is {} MiB long, more than any model can read.",
                        at.row.len >> 20
                    )),
            );
        }
        _ => {}
    }
}

fn level(n: u32, (low, medium): (u32, u32)) -> Severity {
    if n >= medium {
        Severity::Medium
    } else if n >= low {
        Severity::Low
    } else {
        Severity::Info
    }
}

fn repeated(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some(root) = at.doc.root() else { return };
    let times = at.memory.repetition.in_a_row(at.server, call_of(root)) + 1;
    if times < COSTS.0 {
        return;
    }
    let name = at.session.name(at.id);
    let words = tokens(&String::from_utf8_lossy(name.bytes()));
    let any = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    let polls = any(&[
        "status",
        "poll",
        "wait",
        "check",
        "progress",
        "health",
        "ping",
        "watch",
        "tail",
        "next",
        "screenshot",
        "snapshot",
        "step",
        "sleep",
        "press",
        "key",
        "scroll",
        "click",
        "time",
        "heartbeat",
        "state",
        "read",
        "logs",
        "output",
        "undo",
    ]);
    let costs = any(&[
        "send", "create", "post", "pay", "buy", "order", "transfer", "generate", "deploy", "email",
        "mail", "publish", "delete", "upload", "insert", "purchase", "charge", "notify", "message",
        "call",
    ]);
    let limits = if polls {
        POLLS
    } else if costs {
        COSTS
    } else {
        LOOKS
    };
    if times < limits.0 {
        return;
    }
    sink.put(
        Found::new(&rules::REPEATED_CALL)
            .severity(level(times, limits))
            .shows(name, 0..name.len())
            .group("repeated")
            .because(format!(
                "The same call with the same arguments came {times} times in a row."
            )),
    );
}

fn burst(at: &MessageAt<'_>, sink: &mut Sink) {
    let method = at.session.method(at.id);
    if method != method::SAMPLING && method != method::ELICITATION {
        return;
    }
    let times = at.memory.repetition.asked(at.row.conn) + 1;
    if times >= QUESTIONS.0 {
        sink.put(
            Found::new(&rules::BURST)
                .severity(level(times, QUESTIONS))
                .shows(method, 0..method.len())
                .group("burst")
                .because(format!(
                    "The server asked {times} times since the client's last call."
                )),
        );
    }
}

fn progress(at: &MessageAt<'_>, sink: &mut Sink) {
    let Some((token, value)) = at.doc.root().and_then(progress_of) else {
        return;
    };
    let (notes, before) = at.memory.repetition.progress(at.row.conn, token);
    if notes + 1 >= NOTES.0 {
        sink.put(
            Found::new(&rules::FLOOD)
                .severity(level(notes + 1, NOTES))
                .group("progress")
                .because(format!("One request has {} notes of progress.", notes + 1)),
        );
    } else if notes >= 8 && value < before {
        sink.put(
            Found::new(&rules::FLOOD)
                .severity(Severity::Info)
                .group("backwards")
                .because("The progress of a request goes backwards; it may never end."),
        );
    }
}
