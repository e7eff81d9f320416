//! Definitions held against those that a person accepted or rejected.

use super::{DefinitionAt, Detector, Found, Look, MessageAt, Sink};
use crate::analysis::drift::Pair;
use crate::analysis::rank::Severity;
use crate::analysis::{rules, trust};
use crate::session::{ItemKind, Version};
use crate::store::baseline::{Baseline, Hash, Identity, Kind, Standing, Wording};
use crate::text::Raw;
use crate::wire::json::{Doc, Kind as JsonKind, Value};
use crate::wire::method;
use std::collections::BTreeSet;

pub const CHANGES: Detector = Detector {
    name: "definitions against the baseline",
    rules: &[
        &rules::REJECTED,
        &rules::DRIFTED,
        &rules::NOT_ACCEPTED,
        &rules::MOVED,
    ],
    look: Look::Definition(|at, sink| marked(sink, |sink| look(at, sink))),
};

pub const OFFER: Detector = Detector {
    name: "what the baseline holds beyond a listing",
    rules: &[&rules::GONE],
    look: Look::Message(|at, sink| marked(sink, |sink| gone(at, sink))),
};

/// Marks what is found as resting on the baseline.
pub(super) fn marked(sink: &mut Sink, look: impl FnOnce(&mut Sink)) {
    let before = sink.found.len();
    look(sink);
    for found in &mut sink.found[before..] {
        found.rests_on_baseline = true;
    }
}

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    let baseline = &*at.settings.baseline.now();
    if baseline.is_empty() {
        return;
    }
    let start = at.now.range().start;
    let Some(version) = at
        .item
        .versions
        .iter()
        .rev()
        .find(|one| one.body.start as usize == start)
    else {
        return;
    };
    let identity = trust::identity(at.session, version.conn);
    let name = trust::text(at.item.name.as_raw());
    let json = at.now.raw().bytes();
    let what = (Kind::from(at.item.kind), name.as_str());
    let time = at.session.row(version.from).time.rfc3339();
    let hash = Hash(version.hash);
    match baseline.standing(&identity, what, hash, json, time.as_deref()) {
        Standing::Unknown => moved(at, baseline, &identity, sink),
        Standing::New(_) => sink.put(
            show(Found::new(&rules::NOT_ACCEPTED), at)
                // Files come and go; a tool speaks to the model.
                .severity(match at.item.kind {
                    ItemKind::Resource => Severity::Low,
                    _ => Severity::Medium,
                })
                .group(group(version))
                .because(format!(
                    "This {} was never seen on the server before.",
                    at.item.kind.name()
                )),
        ),
        Standing::Undecided(seen) => sink.put(
            show(Found::new(&rules::NOT_ACCEPTED), at)
                .severity(Severity::Low)
                .group(group(version))
                .because(format!(
                    "It was seen since {}, and you have not decided on it.",
                    Raw::from(seen.day()).label(12)
                )),
        ),
        Standing::AtHand | Standing::Accepted(_) => {}
        Standing::Rejected(wording) => sink.put(
            show(Found::new(&rules::REJECTED), at)
                .group(group(version))
                .because(format!("It was rejected on {}.", decided(wording))),
        ),
        Standing::Changed {
            accepted,
            other_client,
        } => drifted(at, version, accepted, other_client, sink),
    }
}

/// The name as evidence; instructions and server info have none.
fn show(found: Found, at: &DefinitionAt<'_>) -> Found {
    let name = at.item.name.as_raw();
    let shown = if name.is_empty() { at.now.raw() } else { name };
    found.shows(shown, 0..shown.len().min(200))
}

/// The same wording is the same finding, however often it is listed.
fn group(version: &Version) -> String {
    format!("baseline {}", Hash(version.hash))
}

/// `2026-03-01, in "mailer.jsonl"`.
fn decided(wording: &Wording) -> String {
    match &wording.decision {
        Some(decision) => format!(
            "{}, in `{}`",
            Raw::from(decision.day()).label(12),
            Raw::from(decision.source.as_str()).label(80)
        ),
        None => "a day that nobody noted".to_owned(),
    }
}

fn drifted(
    at: &DefinitionAt<'_>,
    version: &Version,
    accepted: &Wording,
    other_client: bool,
    sink: &mut Sink,
) {
    let place = at
        .item
        .versions
        .iter()
        .position(|one| std::ptr::eq(one, version));
    let before = place.and_then(|place| at.item.versions.get(place.checked_sub(1)?));
    // What came in this session from the accepted wording is told as a change of the session.
    if at.before.is_some() && before.is_some_and(|before| Hash(before.hash) == accepted.hash) {
        return;
    }
    let since = format!(
        "The wording that was accepted on {}, was another.",
        decided(accepted)
    );
    let now = match accepted.covers.is_all() {
        true => Some(at.now.raw().bytes().to_vec()),
        false => accepted
            .covers
            .of(at.now.raw().bytes())
            .map(|(text, _)| text.into_bytes()),
    };
    let Some((old, new)) = accepted.text.as_ref().zip(now) else {
        let found = show(Found::new(&rules::DRIFTED), at).group(group(version));
        return sink.put(found.because(format!(
            "{since} Only its hash is kept, so what differs cannot be told."
        )));
    };
    let (old, new) = (Doc::parse(old.as_bytes()), Doc::parse(&new));
    let Some((old, new)) = old.root().zip(new.root()) else {
        return;
    };
    let pair = Pair::of(old, new, at.names);
    let ordinary = pair.comparison.is_cosmetic() || at.item.kind == ItemKind::ServerInfo;
    let drifted = show(Found::new(&rules::DRIFTED), at)
        .severity(if ordinary {
            Severity::Low
        } else {
            Severity::Medium
        })
        .because(format!("Different: {}.", pair.told()));
    let read = pair.read().into_iter();
    let grave = read.filter(|found| found.rule.id != rules::CHANGED.id);
    for mut found in std::iter::once(drifted).chain(grave) {
        found.explanation = format!("{since} {}", found.explanation);
        if other_client && found.severity < Severity::Critical {
            found.severity = found.severity.min(Severity::Low);
            found
                .explanation
                .push_str(" It was accepted for a client of different capabilities.");
        }
        sink.put(found.group(group(version)));
    }
}

/// The name of a trusted server now leads somewhere else.
fn moved(at: &DefinitionAt<'_>, baseline: &Baseline, identity: &Identity, sink: &mut Sink) {
    let first = at
        .session
        .items()
        .iter()
        .find(|item| item.server == at.item.server);
    if first.is_none_or(|first| first.id != at.item.id) {
        return;
    }
    let Some(known) = baseline.moved(identity) else {
        return;
    };
    let address =
        |identity: &Identity| Raw::from(identity.address.as_deref().unwrap_or_default()).label(160);
    let label = identity.label.clone().unwrap_or_default();
    let shown = Raw::from(label.as_str());
    sink.put(
        Found::new(&rules::MOVED)
            .shows(shown, 0..shown.len())
            .group("moved")
            .because(format!(
                "`{}` was accepted as `{}` and is now `{}`.",
                shown.label(60),
                address(&known.identity),
                address(identity)
            )),
    );
}

/// Names that one explanation tells.
const NAMES: usize = 8;

/// What was accepted and is missing from a whole listing.
fn gone(at: &MessageAt<'_>, sink: &mut Sink) {
    let baseline = &*at.memory.settings.baseline.now();
    if baseline.is_empty() || !at.row.kind.is_response() {
        return;
    }
    let asked = at.session.method(at.id);
    let kind = match asked {
        asked if asked == method::TOOLS_LIST => ItemKind::Tool,
        asked if asked == "prompts/list" => ItemKind::Prompt,
        asked if asked == "resources/list" => ItemKind::Resource,
        asked if asked == "resources/templates/list" => ItemKind::Template,
        _ => return,
    };
    let whole = |result: Value<'_>| {
        result
            .get("nextCursor")
            .is_none_or(|next| next.kind() == JsonKind::Null)
    };
    if !at
        .doc
        .root()
        .and_then(|root| root.get("result"))
        .is_some_and(whole)
    {
        return;
    }
    let identity = trust::identity(at.session, at.row.conn);
    let offered: BTreeSet<String> = at
        .session
        .items()
        .iter()
        .filter(|item| {
            item.server == at.server && item.kind == kind && item.in_force(at.id).is_some()
        })
        .map(|item| trust::text(item.name.as_raw()))
        .collect();
    let mut missing: BTreeSet<&str> = BTreeSet::new();
    for (known, likeness) in baseline.of(&identity) {
        if likeness.other_client() {
            continue;
        }
        let accepted = known.items().iter().filter(|item| {
            item.kind == Kind::from(kind)
                && item.accepted().is_some()
                && !offered.contains(&item.name)
        });
        missing.extend(accepted.map(|item| item.name.as_str()));
    }
    if missing.is_empty() {
        return;
    }
    let told: Vec<String> = missing
        .iter()
        .take(NAMES)
        .map(|name| format!("`{}`", Raw::from(*name).label(40)))
        .collect();
    let more = match missing.len().saturating_sub(NAMES) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let names = missing.iter().copied().collect::<Vec<_>>().join("\n");
    sink.put(
        Found::new(&rules::GONE)
            .group(format!("gone {}", blake3::hash(names.as_bytes()).to_hex()))
            .because(format!("Missing: {}{more}.", told.join(", "))),
    );
}
