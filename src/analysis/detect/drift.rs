//! New versions of definitions, and what is different in them.

use super::{DefinitionAt, Detector, Found, Look, Sink, order};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::lexicon::{self, Concept};
use crate::analysis::signal::plain::Plain;
use crate::analysis::signal::{self, Names, Voice};
use crate::session::ChangeKind;
use crate::text::Raw;
use crate::wire::json::Value;
use std::collections::BTreeSet;

pub const DETECTOR: Detector = Detector {
    name: "changed definitions",
    rules: &[
        &rules::TURNED,
        &rules::HINT_DROPPED,
        &rules::ASKS_MORE,
        &rules::POWER_ADDED,
        &rules::CHANGED,
        &rules::OFFER_CHANGED,
    ],
    look: Look::Definition(look),
};

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    let Some(before) = at.before else {
        if at.change.is_some_and(|c| c.kind == ChangeKind::Added) {
            sink.put(
                Found::new(&rules::OFFER_CHANGED)
                    .group("added")
                    .because(format!(
                        "This {} was not in the first listing.",
                        at.item.kind.name()
                    )),
            );
        }
        return;
    };
    let mut kept = Vec::new();
    turned(at, before, &mut kept);
    hints(at.now, before, &mut kept);
    parameters(at.now, before, &mut kept);
    if kept.is_empty() {
        kept.push(changed(at.now, before));
    }
    for mut found in kept {
        if let Some(change) = at.change
            && let Some(version) = change.from.and_then(|v| at.item.versions.get(v))
        {
            found = found.related(version.from, "before");
            // Another client may well be offered something else.
            if change.other_client && found.severity < Severity::Critical {
                found.severity = found.severity.min(Severity::Low);
                found
                    .explanation
                    .push_str(" The two versions were given to clients of different capabilities.");
            }
        }
        sink.put(found);
    }
}

/// All texts of a definition, with their values.
fn texts(value: Value<'_>) -> Vec<Value<'_>> {
    value.walk().filter(|v| v.text().is_some()).collect()
}

fn worst(value: Value<'_>, names: &dyn Names) -> f32 {
    texts(value)
        .iter()
        .filter_map(|v| v.text())
        .map(|t| signal::weigh(t.as_raw(), names, Voice::Definition).score)
        .fold(0.0, f32::max)
}

/// Orders that were not there before.
fn turned(at: &DefinitionAt<'_>, before: Value<'_>, kept: &mut Vec<Found>) {
    let was = worst(before, at.names);
    let old: BTreeSet<Vec<u8>> = texts(before)
        .iter()
        .filter_map(|v| v.text())
        .map(|t| t.as_raw().bytes().to_vec())
        .collect();
    for value in texts(at.now) {
        let Some(text) = value.text().filter(|t| !old.contains(t.as_raw().bytes())) else {
            continue;
        };
        let verdict = signal::weigh(text.as_raw(), at.names, Voice::Definition);
        if verdict.score < order::MEDIUM || verdict.score < was + 1.5 {
            continue;
        }
        let mut found = Found::new(&rules::TURNED)
            .severity(if verdict.score >= order::HIGH {
                Severity::Critical
            } else {
                Severity::High
            })
            .at(value.pointer(Some(at.now.id())))
            .because(format!(
                "The weight of orders in it rose from {was:.1} to {:.1}.",
                verdict.score
            ));
        for signal in verdict.signals.iter().take(4) {
            found = found.shows(text.as_raw(), signal.span.clone());
        }
        kept.push(found);
        return;
    }
}

/// Hints that were given and now say the opposite.
fn hints(now: Value<'_>, before: Value<'_>, kept: &mut Vec<Found>) {
    let hint =
        |value: Value<'_>, name: &str| value.at(&["annotations", name]).and_then(Value::as_bool);
    let flips: Vec<&str> = [
        ("readOnlyHint", true),
        ("destructiveHint", false),
        ("openWorldHint", false),
    ]
    .into_iter()
    .filter(|(name, safe)| hint(before, name) == Some(*safe) && hint(now, name) == Some(!*safe))
    .map(|(name, _)| name)
    .collect();
    let dropped = hint(before, "readOnlyHint") == Some(true) && hint(now, "readOnlyHint").is_none();
    if flips.is_empty() && !dropped {
        return;
    }
    let only_world = flips == ["openWorldHint"];
    let text = now.get("annotations").unwrap_or(now);
    let what = if flips.is_empty() {
        "`readOnlyHint` is gone".to_owned()
    } else {
        format!("`{}` changed sides", flips.join("`, `"))
    };
    kept.push(
        Found::new(&rules::HINT_DROPPED)
            .severity(if dropped || only_world {
                Severity::Medium
            } else {
                Severity::High
            })
            .at("/annotations")
            .shows(text.raw(), 0..text.raw().len().min(200))
            .because(format!("{what}.")),
    );
}

/// Names that a parameter has when it wants what the tool does not need.
const HARVESTS: &[&str] = &[
    "context",
    "conversation",
    "history",
    "chat",
    "transcript",
    "sidenote",
    "side_note",
    "llm_name",
    "llm_model",
    "llm_model_name",
    "model_name",
    "system_prompt",
    "prompt_history",
    "user_query",
    "original_query",
    "session",
    "environment",
    "env",
    "credentials",
    "secrets",
    "memory",
    "tools_list",
    "feedback",
    "trace",
    "debug_info",
    "telemetry",
];
/// Values that switch protections off.
const POWERS: &[&str] = &[
    "shell",
    "raw",
    "exec",
    "eval",
    "admin",
    "root",
    "sudo",
    "unsafe",
    "unrestricted",
    "privileged",
    "force",
    "bypass",
    "system",
    "superuser",
    "no_sandbox",
    "unsandboxed",
    "dangerous",
];

/// Parameters that are new, newly required, or accept more.
fn parameters(now: Value<'_>, before: Value<'_>, kept: &mut Vec<Found>) {
    let old = members(before);
    let required = |value: Value<'_>, name: &[u8]| {
        value.at(&["inputSchema", "required"]).is_some_and(|r| {
            r.items()
                .any(|i| i.text().is_some_and(|t| t.as_raw().bytes() == name))
        })
    };
    for parameter in now
        .at(&["inputSchema", "properties"])
        .into_iter()
        .flat_map(|p| p.items())
    {
        let Some(key) = parameter.key() else { continue };
        let name = key.as_raw();
        let was = old
            .iter()
            .find(|v| v.key().is_some_and(|k| k.as_raw() == name))
            .copied();
        let added = was.is_none();
        let now_required = required(now, name.bytes()) && !required(before, name.bytes());
        let about = parameter.str("description");
        let harvest = about.as_ref().is_some_and(|d| wants_context(d.as_raw()))
            || HARVESTS.contains(
                &String::from_utf8_lossy(name.bytes())
                    .to_lowercase()
                    .as_str(),
            );
        let free_text = parameter.str("type").is_none_or(|t| t.as_raw() == "string")
            && parameter.get("enum").is_none();
        if added && harvest && free_text {
            kept.push(
                Found::new(&rules::ASKS_MORE)
                    .confidence(if now_required {
                        Confidence::High
                    } else {
                        Confidence::Medium
                    })
                    .at(parameter.pointer(Some(now.id())))
                    .shows(parameter.raw(), 0..parameter.raw().len().min(300))
                    .because(format!(
                        "The parameter `{}` is new{} and takes free text about the session.",
                        name.label(60),
                        if now_required { ", required," } else { "" }
                    )),
            );
        } else if added && now_required && free_text {
            kept.push(
                Found::new(&rules::ASKS_MORE)
                    .severity(Severity::Medium)
                    .confidence(Confidence::Low)
                    .at(parameter.pointer(Some(now.id())))
                    .shows(parameter.raw(), 0..parameter.raw().len().min(300))
                    .because(format!(
                        "The parameter `{}` is new, required, and takes free text.",
                        name.label(60)
                    )),
            );
        }
        if let Some(default) = parameter
            .str("default")
            .filter(|d| added && is_address(d.as_raw()))
        {
            kept.push(
                Found::new(&rules::ASKS_MORE)
                    .confidence(Confidence::High)
                    .at(parameter.pointer(Some(now.id())))
                    .shows(default.as_raw(), 0..default.as_raw().len().min(200))
                    .because(format!(
                        "The parameter `{}` is new and holds an address unless another is given.",
                        name.label(60)
                    )),
            );
        }
        let had: Vec<Vec<u8>> = was.map_or(Vec::new(), choices);
        let power = choices(parameter).into_iter().find(|c| {
            !had.contains(c)
                && super::arguments::tokens(&String::from_utf8_lossy(c))
                    .iter()
                    .any(|t| POWERS.contains(&t.as_str()))
        });
        if let Some(power) = power {
            let raw = parameter.raw();
            let at = memchr::memmem::find(raw.bytes(), &power).unwrap_or(0);
            kept.push(
                Found::new(&rules::POWER_ADDED)
                    .at(parameter.pointer(Some(now.id())))
                    .shows(raw, at..at + power.len())
                    .because(format!(
                        "`{}` accepts `{}` now.",
                        name.label(60),
                        Raw::new(&power).label(60)
                    )),
            );
        }
    }
}

/// A mail address or a URL by itself.
fn is_address(text: Raw<'_>) -> bool {
    let bytes = text.bytes();
    let mail = bytes.contains(&b'@') && bytes.contains(&b'.') && !bytes.contains(&b' ');
    mail || bytes.starts_with(b"https://") || bytes.starts_with(b"http://")
}

fn members(definition: Value<'_>) -> Vec<Value<'_>> {
    definition
        .at(&["inputSchema", "properties"])
        .map_or(Vec::new(), |p| p.items().collect())
}

fn choices(parameter: Value<'_>) -> Vec<Vec<u8>> {
    parameter.get("enum").map_or(Vec::new(), |e| {
        e.items()
            .filter_map(|i| Some(i.text()?.as_raw().bytes().to_vec()))
            .collect()
    })
}

/// Whether a description asks for the conversation, the prompt or the model's name.
fn wants_context(text: Raw<'_>) -> bool {
    lexicon::find(&Plain::of(text).text)
        .iter()
        .any(|h| h.concept == Concept::Conversation)
}

/// What else is different, in words.
fn changed(now: Value<'_>, before: Value<'_>) -> Found {
    let differs = |key: &str| {
        let raw = |value: Value<'_>| value.get(key).map(|v| v.raw().bytes().to_vec());
        raw(now) != raw(before)
    };
    let words = differs("description") || differs("title");
    let schema = differs("inputSchema") || differs("outputSchema");
    let what = match (words, schema) {
        _ if !now.is_object() => "the text",
        (true, true) => "its description and its schema",
        (true, false) => "its description",
        (false, true) => "its schema",
        (false, false) => "its annotations or other members",
    };
    let shown = now
        .get(if words { "description" } else { "inputSchema" })
        .unwrap_or(now)
        .raw();
    // New parameters of a model's name are written into descriptions too.
    let asks = words
        && now
            .str("description")
            .is_some_and(|d| wants_context(d.as_raw()))
        && !before
            .str("description")
            .is_some_and(|d| wants_context(d.as_raw()));
    let found = if asks {
        Found::new(&rules::ASKS_MORE).because(
            "Its description asks for the conversation, the prompt or the model's name now.",
        )
    } else {
        Found::new(&rules::CHANGED)
            .severity(if words || schema || !now.is_object() {
                Severity::Low
            } else {
                Severity::Info
            })
            .because(format!("Different: {what}."))
    };
    found.shows(shown, 0..shown.len().min(200)).group("changed")
}
