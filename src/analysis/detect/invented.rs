//! States that a client continues and that the server never gave.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rules;
use crate::session::RowId;
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
        if let Some(row) = seen(at, raw.bytes()) {
            found = found.related(row, "instructed");
            found
                .explanation
                .push_str(" It stands in a text that another call returned.");
        }
        sink.put(found);
    }
}

/// The text of an earlier result in which a state stands. Few sessions have invented states, so this is searched for
/// only then, and not far back; a session that is full of them has used up its budget soon.
fn seen(at: &MessageAt<'_>, state: &[u8]) -> Option<RowId> {
    const BACK: u32 = 2_000;
    const SHORTEST: usize = 16;
    if state.len() < SHORTEST {
        return None;
    }
    let finder = memchr::memmem::Finder::new(state);
    (at.id.0.saturating_sub(BACK)..at.id.0)
        .rev()
        .map(RowId)
        .filter(|id| at.session.row(*id).kind == MessageKind::Result)
        .take_while(|id| at.memory.may_reread(at.session.row(*id).len))
        .find(|id| {
            at.session
                .read(*id)
                .is_ok_and(|body| finder.find(body.message()).is_some())
        })
}
