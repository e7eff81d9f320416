//! Requests and responses that do not fit together.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::formats::Flags;
use crate::session::ItemKind;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "correlation",
    rules: &[&rules::UNASKED, &rules::SECOND_ANSWER, &rules::UNLISTED],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let flags = at.row.flags;
    if at.row.kind.is_response() {
        if flags.has(Flags::SECOND) {
            sink.put(
                Found::new(&rules::SECOND_ANSWER)
                    .group("second")
                    .because("An earlier message answered the same request."),
            );
        } else if flags.has(Flags::ORPHAN) {
            // Answers to requests of the server, and beginnings in the middle of a session, are ordinary.
            let severity = if at.row.dir == Direction::S2c {
                Severity::Low
            } else {
                Severity::Info
            };
            sink.put(
                Found::new(&rules::UNASKED)
                    .severity(severity)
                    .group("orphan")
                    .because("No request with this id stands before it on this connection."),
            );
        }
    }
    if at.row.kind == MessageKind::Request && at.session.method(at.id) == method::TOOLS_CALL {
        let name = at.session.name(at.id);
        let listed = at.memory.listed.contains(&at.server);
        if listed && !name.is_empty() && at.session.item(at.server, ItemKind::Tool, name).is_none()
        {
            sink.put(
                Found::new(&rules::UNLISTED)
                    .shows(name, 0..name.len())
                    .because("This server's listings in the recording do not have it."),
            );
        }
    }
}
