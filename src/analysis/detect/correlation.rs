//! Requests and responses that do not fit together.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::formats::Flags;
use crate::wire::id::{Direction, MessageKind};

pub const DETECTOR: Detector = Detector {
    name: "correlation",
    rules: &[&rules::UNASKED, &rules::SECOND_ANSWER, &rules::ID_REUSED],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let flags = at.row.flags;
    if at.row.kind.is_response() {
        if flags.has(Flags::SECOND) {
            // The recorder's gate answered in place of what it held back: the client heard only one of the two.
            let injected = at.body.envelope("injected");
            if injected.is_some_and(|word| word.as_raw() == "true") {
                return;
            }
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
    if at.row.kind == MessageKind::Request && flags.has(Flags::REUSED) {
        sink.put(
            Found::new(&rules::ID_REUSED)
                .group("reused")
                .because("An earlier request of the same side has this id and still waits."),
        );
    }
}
