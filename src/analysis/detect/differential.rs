//! Messages that different readers take differently.

use super::{Detector, FormAt, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::text::Raw;
use crate::wire::json::{Doc, FaultKind, Kind};

pub const DETECTOR: Detector = Detector {
    name: "readers that disagree",
    rules: &[&rules::READERS_DISAGREE],
    look: Look::Form(look),
};

fn look(at: &FormAt<'_>, sink: &mut Sink) {
    let doc = at.doc;
    two_in_one(doc, sink);
    let faults = doc.differentials();
    let mut kinds: Vec<FaultKind> = faults.iter().map(|f| f.kind).collect();
    kinds.sort();
    kinds.dedup();
    for kind in kinds {
        let of_kind: Vec<_> = faults.iter().filter(|f| f.kind == kind).collect();
        let bytes = Raw::new(doc.bytes());
        let first = of_kind[0].at;
        let envelope = matches!(
            kind,
            FaultKind::DuplicateKey | FaultKind::CaseVariantKey | FaultKind::NulInKey
        ) && [
            "\"method",
            "\"name",
            "\"id",
            "\"params",
            "\"arguments",
            "\"result",
            "\"error",
        ]
        .iter()
        .any(|k| {
            doc.bytes()[first.min(doc.bytes().len())..]
                .to_ascii_lowercase()
                .starts_with(k.as_bytes())
        });
        // What one reader checks is not what another one passes to the tool.
        let passed = doc
            .root()
            .and_then(|root| root.at(&["params", "arguments"]))
            .is_some_and(|arguments| arguments.range().contains(&first))
            && matches!(
                kind,
                FaultKind::DuplicateKey | FaultKind::CaseVariantKey | FaultKind::NulInKey
            );
        sink.put(
            Found::new(&rules::READERS_DISAGREE)
                .severity(if envelope || passed {
                    Severity::Medium
                } else {
                    Severity::Low
                })
                .shows(bytes, first..first + 24)
                .because(format!(
                    "The message holds {}{}.",
                    kind.name(),
                    if of_kind.len() > 1 {
                        format!(", {} times", of_kind.len())
                    } else {
                        String::new()
                    }
                ))
                .group(kind.name()),
        );
    }
}

/// A message that is a response and an error, or a request and a response: each reader takes what it looks for first.
fn two_in_one(doc: &Doc<'_>, sink: &mut Sink) {
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return;
    };
    let real = |key: &str| root.get(key).is_some_and(|v| v.kind() != Kind::Null);
    let (method, result, error) = (real("method"), real("result"), real("error"));
    let why = match (method, result, error) {
        (_, true, true) => "It holds a result and an error.",
        (true, true, false) => "It holds a method and a result.",
        (true, false, true) => "It holds a method and an error.",
        _ => return,
    };
    let bytes = Raw::new(doc.bytes());
    sink.put(
        Found::new(&rules::READERS_DISAGREE)
            .severity(Severity::Medium)
            .shows(bytes, 0..60)
            .because(why)
            .group("two in one"),
    );
}
