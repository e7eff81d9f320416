//! From what a detector found to a finding: secrets masked, a fingerprint given.

use super::finding::{Evidence, Finding, Place};
use super::findings::Group;
use super::looking::Placed;
use crate::session::Session;

/// Makes a finding of what was found: masks secrets, gives it its fingerprint.
pub(super) fn finish(session: &Session, placed: Placed) -> (Finding, Group) {
    let Placed {
        found,
        kind,
        pointer,
        row,
        server,
        tool,
        item,
    } = placed;
    let evidence: Vec<Evidence> = found.evidence.into_iter().map(Evidence::masked).collect();
    let first = evidence
        .first()
        .map_or(Vec::new(), |e| e.spanned().bytes().to_vec());
    let label = server.map_or(Vec::new(), |s| {
        session.server(s).label.as_raw().bytes().to_vec()
    });
    let name = tool
        .as_ref()
        .map_or(Vec::new(), |t| t.as_raw().bytes().to_vec());
    let mut hasher = blake3::Hasher::new();
    let place = format!("{} {pointer}", kind.name());
    let extra = found.group.clone().unwrap_or_default();
    for part in [
        found.rule.id.as_bytes(),
        &label,
        &name,
        place.as_bytes(),
        &first,
        extra.as_bytes(),
    ] {
        hasher
            .update(&(part.len() as u64).to_le_bytes())
            .update(part);
    }
    let id = hasher.finalize().to_hex()[..16].to_string();
    let crowd = format!("{} {server:?} {name:?}", found.rule.id);
    let key = match &found.group {
        Some(group) => format!("{crowd} {group}"),
        None => format!("{crowd} {} {first:?}", kind.name()),
    };
    let finding = Finding {
        id,
        rule: found.rule,
        severity: found.severity,
        confidence: found.confidence,
        title: found.title.unwrap_or_else(|| found.rule.title.to_owned()),
        server,
        tool,
        place: Place { kind, pointer },
        row,
        evidence,
        related: found.related,
        explanation: if found.explanation.is_empty() {
            found.rule.why.to_owned()
        } else {
            format!("{} {}", found.explanation, found.rule.why)
        },
        advice: found.rule.advice.to_owned(),
        count: 1,
    };
    (
        finding,
        Group {
            key,
            crowd,
            item,
            clues: found.clues,
            rests_on_baseline: found.rests_on_baseline,
        },
    )
}
