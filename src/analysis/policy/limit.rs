//! Arguments, held against their limits: type, length, characters, form.

use super::hold::{Call, MOST};
use super::{Limit, Policy, Section, ValueKind};
use crate::analysis::detect::Found;
use crate::analysis::rules;
use crate::text::Raw;
use crate::wire::json::{Kind, Value};
use std::ops::Range;

impl Policy {
    /// Values beyond the limits of their arguments.
    pub(super) fn limits(&self, call: &Call<'_>, out: &mut Vec<Found>) {
        let about = |s: &&Section<_>| s.is_about(call.server, call.tool.bytes());
        let start = out.len();
        for section in self.arguments.iter().filter(about) {
            let mut tell =
                |line: u32, what: String, pointer: String, raw: Raw<'_>, span: Range<usize>| {
                    let found = self.breach(&rules::ARGUMENT_LIMIT, section.severity, line, &what);
                    // Which part of a limit was broken tells breaches of one value apart.
                    out.push(
                        found
                            .at(pointer.clone())
                            .shows(raw, span)
                            .group(format!("{line} {pointer} {what}")),
                    );
                };
            for value in call.whole.into_iter().flat_map(Value::walk) {
                kind(&section.what, call, value, &mut tell);
            }
            for argument in call.arguments {
                if section.what.argument.matches(argument.name.as_bytes()) {
                    let (raw, pointer) = (argument.raw(), argument.pointer());
                    text(&section.what, raw, |line, what, span| {
                        tell(line, what, pointer.clone(), raw, span);
                    });
                }
            }
            if out.len() > start + MOST {
                break;
            }
        }
        if out.len() > start + MOST {
            out.truncate(start + MOST);
            let what = "There are more values beyond a limit in this call than are told";
            let line = self.arguments.first().map_or(1, |section| section.line);
            out.push(
                self.breach(&rules::ARGUMENT_LIMIT, None, line, what)
                    .group("more"),
            );
        }
    }
}

/// Whether a value has the type that its argument must have.
fn kind(
    limit: &Limit,
    call: &Call<'_>,
    value: Value<'_>,
    tell: &mut impl FnMut(u32, String, String, Raw<'_>, Range<usize>),
) {
    let Some(wanted) = &limit.kind else { return };
    let Some(key) = value
        .key()
        .filter(|key| limit.argument.matches(key.as_raw().bytes()))
    else {
        return;
    };
    let given = match value.kind() {
        Kind::String => ValueKind::String,
        Kind::Number => ValueKind::Number,
        Kind::True | Kind::False => ValueKind::Boolean,
        Kind::Null => ValueKind::Null,
        Kind::Array => ValueKind::Array,
        Kind::Object => ValueKind::Object,
    };
    let whole = || {
        value
            .raw()
            .bytes()
            .iter()
            .all(|b| b.is_ascii_digit() || *b == b'-')
    };
    let right = given == wanted.value
        || wanted.value == ValueKind::Integer && given == ValueKind::Number && whole();
    if !right {
        let what = format!(
            "The argument `{}` is of type {}, and the policy permits {} alone",
            key.as_raw().label(40),
            given.name(),
            wanted.value.name()
        );
        let raw = value.raw();
        let base = call.whole.map(Value::id);
        tell(
            wanted.line,
            what,
            value.pointer(base),
            raw,
            0..raw.len().min(80),
        );
    }
}

/// Whether a text keeps to a limit.
fn text(limit: &Limit, raw: Raw<'_>, mut tell: impl FnMut(u32, String, Range<usize>)) {
    let bytes = raw.bytes();
    if let Some(most) = &limit.max_length {
        // A character is at least a byte, so most texts need no counting.
        let long = bytes.len() as u64 > most.value;
        let count = if long { characters(bytes) } else { 0 };
        if count > most.value {
            let what = format!(
                "The value has {count} characters, and the policy permits {}",
                most.value
            );
            tell(most.line, what, 0..bytes.len());
        }
    }
    if let Some(forbid) = &limit.forbid {
        let mut at = 0;
        for chunk in bytes.utf8_chunks() {
            let hit = chunk
                .valid()
                .char_indices()
                .find(|(_, c)| forbid.value.contains(*c));
            if let Some((n, c)) = hit {
                let shown = Raw::from(c.to_string().as_str()).label(12);
                let what = format!("The policy forbids the character `{shown}` in this value");
                tell(forbid.line, what, at + n..at + n + c.len_utf8());
                break;
            }
            at += chunk.valid().len() + chunk.invalid().len();
        }
    }
    if let Some(line) = limit.no_control {
        let control = bytes.iter().position(|b| *b < 0x20 || *b == 0x7f);
        let next = || {
            bytes
                .windows(2)
                .position(|w| w[0] == 0xc2 && (0x80..0xa0).contains(&w[1]))
        };
        if let Some(at) = control.or_else(next) {
            let what = "The policy forbids control characters in this value".to_owned();
            tell(line, what, at..at + 1);
        }
    }
    if let Some(pattern) = &limit.pattern
        && !pattern.value.is_match(bytes)
    {
        let what = "The value does not have the form that the policy wants".to_owned();
        tell(pattern.line, what, 0..bytes.len());
    }
}

/// Characters of a text; each invalid sequence is one.
fn characters(bytes: &[u8]) -> u64 {
    let count = bytes
        .utf8_chunks()
        .map(|chunk| chunk.valid().chars().count() + usize::from(!chunk.invalid().is_empty()));
    count.sum::<usize>() as u64
}
