//! Options where names belong.

use super::{CallAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "options in arguments",
    rules: &[&rules::OPTION_INJECTION],
    look: Look::Call(look),
};

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    if ToolTrait::Runs.of(at.tool) {
        return;
    }
    for argument in at
        .arguments
        .iter()
        .filter(|a| a.is_operand() && !a.is_prose() && !a.is_command())
    {
        let Some(text) = argument.str(200) else {
            continue;
        };
        let letters = text.strip_prefix("--").or_else(|| text.strip_prefix('-'));
        let is_option = letters
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic()))
            && !text.contains(' ')
            && (text.starts_with("--") || text.contains(['/', '=', '\\']));
        if is_option {
            sink.put(
                Found::new(&rules::OPTION_INJECTION)
                    .at(argument.pointer())
                    .shows(argument.raw(), 0..text.len())
                    .because(
                        "It begins as an option does, and the parameter is not one for options.",
                    ),
            );
        }
    }
}
