//! States that a client continues and that the server never gave.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rules;
use crate::wire::id::{Direction, MessageKind};

pub const DETECTOR: Detector = Detector {
    name: "invented states",
    rules: &[&rules::STATE_INVENTED],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.kind != MessageKind::Request || at.row.dir != Direction::C2s {
        return;
    }
    let state = at
        .doc
        .root()
        .and_then(|root| root.get("params")?.str("requestState"));
    let Some(state) = state else { return };
    if !at.memory.states.contains(&(
        at.server,
        crate::analysis::memory::hash(state.as_raw().bytes()),
    )) {
        let raw = state.as_raw();
        let mut found = Found::new(&rules::STATE_INVENTED)
            .at("/params/requestState")
            .shows(raw, 0..raw.len())
            .because("No earlier result of this server holds this `requestState`.");
        if let Some(row) = at.memory.seen_state(raw.bytes()) {
            found = found.related(row, "instructed");
            found
                .explanation
                .push_str(" It stands in a text that another call returned.");
        }
        sink.put(found);
    }
}
