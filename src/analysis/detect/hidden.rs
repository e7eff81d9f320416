//! Characters that cannot be seen, in any string.

use super::{Detector, Field, Found, Look, Sink, TextAt};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::{self, Voice};
use crate::text::{self, Class, Hidden, Place};

pub const DETECTOR: Detector = Detector {
    name: "hidden characters",
    rules: &[
        &rules::SMUGGLED,
        &rules::INVISIBLE,
        &rules::BIDI,
        &rules::ESCAPES,
        &rules::PADDING,
        &rules::LOOKALIKE,
    ],
    look: Look::Text(look),
};

fn place(field: Field) -> Place {
    match field {
        Field::Name | Field::Key | Field::Token => Place::Identifier,
        Field::Definition | Field::Instructions | Field::Question => Place::Prose,
        Field::Data | Field::Argument | Field::Stderr => Place::Output,
    }
}

fn rule(hidden: &Hidden) -> &'static rules::Rule {
    match hidden.class {
        _ if hidden.decoded.is_some() => &rules::SMUGGLED,
        Class::Bidi => &rules::BIDI,
        Class::Escape | Class::Control => &rules::ESCAPES,
        Class::Spaces => &rules::PADDING,
        _ => &rules::INVISIBLE,
    }
}

fn severity(hidden: &Hidden, field: Field) -> Severity {
    let data = matches!(
        field,
        Field::Data | Field::Key | Field::Argument | Field::Stderr
    );
    match hidden.class {
        _ if hidden.decoded.is_some() => Severity::Critical,
        Class::Tag | Class::VariationSelector => Severity::High,
        // What a broken decoder leaves behind.
        Class::InvalidUtf8 | Class::Surrogate => Severity::Medium,
        Class::Separator | Class::Blank | Class::Format | Class::Combining | Class::Unassigned
            if data =>
        {
            Severity::Medium
        }
        Class::Spaces if data => Severity::Medium,
        _ if field == Field::Argument => Severity::Medium,
        _ => Severity::High,
    }
}

fn look(at: &TextAt<'_>, sink: &mut Sink) {
    let raw = at.raw;
    let name = place(at.field) == Place::Identifier;
    if raw.bytes().is_ascii()
        && raw.bytes().iter().all(|b| (0x20..0x7f).contains(b))
        && (name || !has_gap(raw.bytes()))
    {
        return;
    }
    let hidden = text::hidden_in(raw, place(at.field));
    let mut done: Vec<&'static str> = Vec::new();
    for one in hidden.iter().filter(|h| !h.innocent) {
        let rule = rule(one);
        if done.contains(&rule.id) {
            continue;
        }
        done.push(rule.id);
        let same: Vec<&Hidden> = hidden
            .iter()
            .filter(|h| !h.innocent && self::rule(h).id == rule.id)
            .collect();
        let count: usize = same.iter().map(|h| h.count).sum();
        let mut why = format!(
            "There {} {count} of them here: {}.",
            if count == 1 { "is" } else { "are" },
            one.class.name()
        );
        let mut worst = same
            .iter()
            .map(|h| severity(h, at.field))
            .max()
            .unwrap_or(rule.severity);
        for decoded in same.iter().filter_map(|h| h.decoded.as_ref()) {
            why.push_str(&format!(
                " Decoded, they read: \"{}\".",
                decoded.as_raw().label(300)
            ));
            if signal::weigh(decoded.as_raw(), at.names, Voice::Definition).score >= 3.5 {
                why.push_str(" That is an order to the model.");
                worst = Severity::Critical;
            }
        }
        let mut found = Found::new(rule).severity(worst).because(why);
        for hidden in same.iter().take(4) {
            found = found.shows(raw, hidden.range.clone());
        }
        sink.put(found);
    }
    if !matches!(
        at.field,
        Field::Name | Field::Definition | Field::Instructions | Field::Question
    ) {
        return;
    }
    let mixed = if at.field == Field::Name {
        text::lookalike(raw)
    } else {
        text::mixed_script(raw)
    };
    if let Some(mixed) = mixed {
        let strangers: String = mixed
            .strangers
            .iter()
            .map(|c| format!(" U+{:04X}", u32::from(*c)))
            .collect();
        sink.put(
            Found::new(&rules::LOOKALIKE)
                .shows(raw, mixed.range)
                .because(format!(
                    "It reads as \"{}\", but holds{strangers}.",
                    text::Raw::from(mixed.reads.as_str()).label(60)
                )),
        );
    }
}

/// Whether there is white space enough to be padding.
fn has_gap(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, b"          ").is_some()
        || memchr::memmem::find(bytes, b"\n\n\n\n").is_some()
}
