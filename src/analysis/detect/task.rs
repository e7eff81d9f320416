//! Tasks that were never created here.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::wire::id::{Direction, MessageKind};

pub const DETECTOR: Detector = Detector {
    name: "orphan tasks",
    rules: &[&rules::ORPHAN_TASK],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    if !matches!(
        at.row.kind,
        MessageKind::Request | MessageKind::Notification
    ) {
        return;
    }
    let method = at.session.method(at.id);
    let own = method.bytes().starts_with(b"tasks/") && method != "tasks/list"
        || method == "notifications/tasks/status";
    let params = at.doc.root().and_then(|root| root.get("params"));
    let Some(params) = params else { return };
    let task = if own {
        params.get("taskId")
    } else if memchr::memmem::find(at.doc.bytes(), b"io.modelcontextprotocol/related-task")
        .is_some()
    {
        params.at(&["_meta", "io.modelcontextprotocol/related-task", "taskId"])
    } else {
        None
    };
    let Some(task) = task.and_then(|v| v.text()) else {
        return;
    };
    let raw = task.as_raw();
    if at.memory.conversations.knows_task(at.server, raw.bytes()) {
        return;
    }
    // A recording that begins in the middle has tasks from before it.
    let whole = at
        .memory
        .conversations
        .of(at.row.conn)
        .is_some_and(|c| c.began);
    let asks = at.row.dir == Direction::C2s && at.row.kind == MessageKind::Request;
    let severity = match (whole, asks) {
        (true, true) => Severity::Medium,
        // A server may speak of a task before its result says that there is one.
        _ => Severity::Info,
    };
    sink.put(
        Found::new(&rules::ORPHAN_TASK)
            .severity(severity)
            .at("/params/taskId")
            .shows(raw, 0..raw.len())
            .because(if asks {
                "No result of this server in the recording created it; whoever knows a task's id can read its result."
            } else {
                "No result in the recording created it."
            }),
    );
}
