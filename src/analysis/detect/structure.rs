//! Structured results beside the schema that the tool's definition promises.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "results beside their schema",
    rules: &[&rules::STRUCTURE],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.kind != MessageKind::Result
        || at.row.dir != Direction::S2c
        || at.session.method(at.id) != method::TOOLS_CALL
    {
        return;
    }
    let Some(item) = at
        .session
        .item(at.server, ItemKind::Tool, at.session.name(at.id))
    else {
        return;
    };
    let Some(shape) = at
        .memory
        .claims
        .get(&item.id)
        .and_then(|claim| claim.output.as_ref())
    else {
        return;
    };
    let Some(result) = at.doc.root().and_then(|root| root.get("result")) else {
        return;
    };
    let failed = result.get("isError").and_then(|v| v.as_bool()) == Some(true);
    let waits = result.get("task").is_some()
        || result
            .str("resultType")
            .is_some_and(|t| t.as_raw() != "complete");
    if failed || waits {
        return;
    }
    let (pointer, why) = match result.get("structuredContent") {
        None => (
            String::new(),
            "The definition promises structured content, and there is none.",
        ),
        Some(value) => match shape.fault(value) {
            Some(fault) => fault,
            None => return,
        },
    };
    let shown = Raw::new(at.doc.bytes());
    let start = result
        .get("structuredContent")
        .map_or(result.range().start, |v| v.range().start);
    sink.put(
        Found::new(&rules::STRUCTURE)
            .at(format!("/structuredContent{pointer}"))
            .shows(shown, start..start + 60)
            .because(why)
            .group(format!("{pointer} {why}")),
    );
}
