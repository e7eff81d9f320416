//! Options where names belong.

use super::arguments::tokens;
use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::{escape, shell};

pub const DETECTOR: Detector = Detector {
    name: "options in arguments",
    rules: &[&rules::OPTION_INJECTION],
    look: Look::Arguments(look),
};

/// Longest value that is looked at; options are short.
const LONGEST: usize = 300;

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST).filter(|t| t.starts_with('-')) else {
            continue;
        };
        let why = if is_for_options(argument) {
            escapes(at.tool, text)
        } else {
            is_option(at, argument, text)
        };
        let Some((severity, why)) = why else { continue };
        sink.put(
            Found::new(&rules::OPTION_INJECTION)
                .severity(severity)
                .at(argument.pointer())
                .shows(argument.raw(), 0..text.len())
                .because(why),
        );
    }
}

/// A parameter that takes options.
fn is_for_options(argument: &Argument<'_>) -> bool {
    tokens(&argument.name).iter().any(|t| {
        matches!(
            t.as_str(),
            "args"
                | "arguments"
                | "argv"
                | "options"
                | "opts"
                | "flags"
                | "flag"
                | "extra"
                | "params"
        )
    })
}

/// An option that makes the program behind the tool run another one or write a file.
fn escapes(tool: &str, text: &str) -> Option<(Severity, &'static str)> {
    tokens(tool).iter().find_map(|program| {
        let line = shell::read(text);
        let mut command = line.commands.into_iter().next()?;
        command.words.insert(0, program.clone());
        let (_, what) = escape::of(&command)?;
        Some((Severity::Medium, what))
    })
}

fn is_option(
    at: &ArgumentsAt<'_>,
    argument: &Argument<'_>,
    text: &str,
) -> Option<(Severity, &'static str)> {
    let operand = argument.is_operand() || argument.is_strict();
    if !operand
        || argument.is_query()
        || argument.is_prose()
        || argument.is_command()
        || ToolTrait::Runs.of(at.tool)
    {
        return None;
    }
    let rest = text.strip_prefix("--").or_else(|| text.strip_prefix('-'))?;
    if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    // Some services give out ids that begin with a hyphen; one step of a path never does.
    let one_word = !text.contains([' ', '=', '/', '\\']);
    let names_one = argument.is_path() || argument.is_strict();
    (text.starts_with("--") || !one_word || names_one && text.len() < 12).then_some((
        Severity::Medium,
        "It begins as an option does, and the parameter is not one for options.",
    ))
}
