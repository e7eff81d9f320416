//! Command lines that a check of their first word lets pass, and that run something else besides.

use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, is_line};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::program::{self, Weight};
use crate::analysis::signal::{attack_command, escape, shell};
use std::ops::Range;

pub const DETECTOR: Detector = Detector {
    name: "allow-lists that are passed by",
    rules: &[&rules::ALLOWLIST_BYPASS],
    look: Look::Arguments(look),
};

/// Longest line that is read; what people and models write by hand is shorter.
const LONGEST: usize = 2_000;

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments.iter().filter(|a| is_line(at, a)) {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        if attack_command::find(text).is_none() {
            passes_by(argument, text, sink);
        }
    }
}

fn passes_by(argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    let line = shell::read(text);
    let Some(first) = line.commands.first().map(shell::Command::program) else {
        return;
    };
    let found = option(&line).or_else(|| interpreter(&line)).or_else(|| {
        program::is_harmless(first)
            .then(|| besides(&line, first))
            .flatten()
    });
    let Some((span, severity, why)) = found else {
        return;
    };
    sink.put(
        Found::new(&rules::ALLOWLIST_BYPASS)
            .severity(severity)
            .at(argument.pointer())
            .shows(argument.raw(), span)
            .because(why),
    );
}

type Passed = (Range<usize>, Severity, String);

/// An option with which a program that looks harmless runs another or writes a file.
fn option(line: &shell::Line) -> Option<Passed> {
    line.commands.iter().find_map(|command| {
        let (word, what) = escape::of(command)?;
        Some((
            command.range.clone(),
            Severity::Medium,
            format!(
                "`{}` {what}; a check that knows the program lets it pass.",
                crate::text::Raw::from(word.as_str()).label(60)
            ),
        ))
    })
}

/// A program that allow-lists hold because it starts others, or because it runs files, given a program to run.
fn interpreter(line: &shell::Line) -> Option<Passed> {
    let command = line.commands.first()?;
    let first = command.words.first().map_or("", String::as_str);
    let starts = matches!(first, "env" | "busybox")
        && command.program() != first
        && (program::is_risky(command.program())
            || command
                .words
                .iter()
                .any(|w| w == "-S" || w.starts_with("--split-string")));
    let told = command
        .own()
        .iter()
        .skip(1)
        .any(|w| w.starts_with('-') && w.len() > 1);
    let inline = told
        && program::is_interpreter(command.program())
        && program::weigh(command) == Weight::Risky;
    (starts || inline).then(|| {
        (
            command.range.clone(),
            Severity::Medium,
            "The program is one that checks let pass, and it is told to run another.".to_owned(),
        )
    })
}

/// What runs besides the harmless first word.
fn besides(line: &shell::Line, first: &str) -> Option<Passed> {
    let says = matches!(first, "echo" | "printf");
    let weight = |c: &shell::Command| program::weigh(c);
    let mut worst: Option<(Weight, Range<usize>, bool)> = None;
    let mut put = |weight: Weight, range: Range<usize>, substituted: bool| {
        if worst.as_ref().is_none_or(|(w, ..)| weight > *w) {
            worst = Some((weight, range, substituted));
        }
    };
    for range in &line.substitutions {
        let inner = line
            .commands
            .iter()
            .filter(|c| c.nested && range.start <= c.range.start && c.range.end <= range.end)
            .map(weight)
            .max();
        // `echo` has no other use for a substitution than to show what it gives.
        let inner = if says {
            Weight::Risky
        } else {
            inner?.max(Weight::Ordinary)
        };
        put(inner, range.clone(), true);
    }
    for (n, command) in line.commands.iter().enumerate().filter(|(_, c)| !c.nested) {
        let weight = if n == 0 {
            // The first word's own `-exec` and the like.
            Some(weight(command)).filter(|w| *w > Weight::Harmless)
        } else {
            Some(weight(command))
        };
        if let Some(weight) = weight.filter(|w| *w > Weight::Harmless) {
            put(weight, command.range.clone(), false);
        }
    }
    let (weight, range, substituted) = worst?;
    let severity = if weight == Weight::Risky {
        Severity::Medium
    } else {
        Severity::Info
    };
    let how = if substituted {
        "inside a substitution"
    } else {
        "besides"
    };
    Some((
        range,
        severity,
        format!(
            "The line begins with `{first}`, which looks harmless, and runs something else {how}."
        ),
    ))
}
