//! Calls that use what a suspicious text named.

use super::{CallAt, Detector, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "obeyed instructions",
    rules: &[&rules::OBEYED],
    look: Look::Call(look),
};

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(64 << 10) else {
            continue;
        };
        let lower = text.to_ascii_lowercase();
        for order in at.memory.orders.iter().filter(|o| o.row < at.row) {
            // A path is often written from another folder: its own part is what counts.
            let own = |named: &[u8]| -> Vec<u8> {
                named
                    .strip_prefix(b"~")
                    .map_or(named.to_vec(), <[u8]>::to_vec)
            };
            let hit = order.named.iter().find_map(|named| {
                let own = own(named);
                memchr::memmem::find(lower.as_bytes(), &own).map(|at| at..at + own.len())
            });
            if let Some(span) = hit {
                sink.put(
                    Found::new(&rules::OBEYED)
                        .severity(order.severity.min(Severity::High))
                        .at(argument.pointer.clone())
                        .shows(argument.raw(), span)
                        .related(order.row, "instructed")
                        .because("A text that gives orders to the model named exactly this, before this call."),
                );
                break;
            }
        }
    }
}
