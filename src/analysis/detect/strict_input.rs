//! The four checks of strict input: a string, no longer than a thousand characters, without what shells read, without
//! control characters.

use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rules;

pub const DETECTOR: Detector = Detector {
    name: "strict input",
    rules: &[&rules::STRICT_INPUT],
    look: Look::Arguments(look),
};

/// Most characters of an argument, and the characters that none may hold.
const LONGEST: usize = 1_000;
const FORBIDDEN: &[u8] = b"$`\\(){}[]&|;";

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    let runs = ToolTrait::Runs.of(at.tool);
    for argument in at.arguments.iter().filter(|a| runs || a.is_command()) {
        let Some((place, why)) = breach(argument) else {
            continue;
        };
        sink.put(
            Found::new(&rules::STRICT_INPUT)
                .at(argument.pointer())
                .shows(argument.raw(), place..place + 1)
                .because(why),
        );
    }
}

/// The first check that an argument does not pass, and where.
fn breach(argument: &Argument<'_>) -> Option<(usize, String)> {
    let bytes = argument.raw().bytes();
    if let Some(at) = bytes.iter().position(|b| FORBIDDEN.contains(b)) {
        return Some((at, format!("It holds `{}`.", char::from(bytes[at]))));
    }
    if let Some(at) = bytes.iter().position(|b| *b < 0x20 || *b == 0x7f) {
        return Some((
            at,
            format!("It holds the control character U+{:04X}.", bytes[at]),
        ));
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Some((0, "It is no text.".to_owned()));
    };
    // U+0080 to U+009F, in UTF-8.
    if let Some((at, c)) = text.char_indices().find(|(_, c)| c.is_control()) {
        return Some((
            at,
            format!("It holds the control character U+{:04X}.", u32::from(c)),
        ));
    }
    let count = text.chars().count();
    (count > LONGEST).then(|| (0, format!("It is {count} characters long.")))
}
