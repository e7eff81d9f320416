//! Messages that different readers take differently.

use super::{Detector, Found, Look, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::text::Raw;
use crate::wire::json::{Doc, FaultKind};

pub const DETECTOR: Detector = Detector {
    name: "readers that disagree",
    rules: &[&rules::READERS_DISAGREE],
    look: Look::Form(look),
};

fn look(doc: &Doc<'_>, sink: &mut Sink) {
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
        sink.put(
            Found::new(&rules::READERS_DISAGREE)
                .severity(if envelope {
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
