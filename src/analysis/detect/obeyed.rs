//! Calls that use what a suspicious text named.

use super::{CallAt, Detector, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "obeyed instructions",
    rules: &[&rules::OBEYED, &rules::INJECTION],
    look: Look::Call(look),
};

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    if at.memory.orders.is_empty() {
        return;
    }
    for argument in at.arguments {
        let Some(text) = argument.str(64 << 10) else {
            continue;
        };
        for (order, span) in at.memory.orders_in(text.as_bytes()) {
            // Who only speaks of it does not follow it.
            let speaks = argument.is_prose() && !argument.is_path();
            let command = order.severity < Severity::Medium;
            if command && !argument.is_command() {
                continue;
            }
            let severity = match (speaks, command) {
                (true, _) => Severity::Low,
                (false, true) => Severity::High,
                (false, false) => order.severity.min(Severity::High),
            };
            let mut found =
                Found::new(&rules::OBEYED)
                    .severity(severity)
                    .at(argument.pointer())
                    .shows(argument.raw(), span.clone())
                    .related(order.row, "instructed")
                    .because(if speaks {
                        "A text that gives orders to the model named this before; here it is only spoken of."
                    } else {
                        "A text that gives orders to the model named exactly this, before this call."
                    });
            found.clues.by = order.tool.clone();
            sink.put(found);
            if command {
                let mut told = Found::new(&rules::INJECTION)
                    .shows(argument.raw(), span)
                    .related(at.row, "ran")
                    .because("It carries a command that downloads and runs something, and a later call ran this very command.");
                told.instead_at = Some(order.row);
                sink.put(told);
            }
            break;
        }
    }
}
