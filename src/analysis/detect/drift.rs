//! New versions of definitions, and what is different in them.

use super::{DefinitionAt, Detector, Found, Look, Sink};
use crate::analysis::drift::Pair;
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::{ChangeKind, ItemKind};

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
                    .group(group(at, "added"))
                    .because(format!(
                        "This {} was not in the first listing.",
                        at.item.kind.name()
                    )),
            );
        }
        return;
    };
    for mut found in Pair::of(before, at.now, at.names).read() {
        found.group = found.group.map(|word| group(at, &word));
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

/// What makes two findings one. Tools are told apart by their names anyway; nothing else is.
fn group(at: &DefinitionAt<'_>, word: &str) -> String {
    match at.item.kind {
        ItemKind::Tool => word.to_owned(),
        kind => {
            let name = blake3::hash(at.item.name.as_raw().bytes()).to_hex();
            format!("{word} {} {}", kind.name(), &name[..16])
        }
    }
}
