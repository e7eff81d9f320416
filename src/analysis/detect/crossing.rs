//! What was read in one place and is written to another, where strangers had spoken before.

use super::{CallAt, Detector, Found, Look, Sink};
use crate::analysis::finding::Evidence;
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "text that crosses places",
    rules: &[&rules::CROSSES_PLACES],
    look: Look::Call(look),
};

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    for argument in at
        .arguments
        .iter()
        .filter(|a| a.is_prose() || !a.is_operand())
    {
        let Some(crossing) =
            at.memory
                .crossings
                .crosses(at.server, at.tool, at.arguments, argument)
        else {
            continue;
        };
        let mut found = Found::new(&rules::CROSSES_PLACES)
            .at(argument.pointer())
            .related(crossing.heard, "instructed")
            .related(crossing.read, "read")
            .related(at.row, "left")
            .because(format!(
                "{} bytes that were read from `{}` stand here, and this goes to a place whose issues or messages had been read before.",
                crossing.bytes,
                crossing.from.as_raw().label(60)
            ))
            .group(format!("{:?}", crossing.read));
        found
            .evidence
            .push(Evidence::shortened(argument.raw(), crossing.span, 12));
        sink.put(found);
        return;
    }
}
