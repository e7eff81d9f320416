//! Resources whose addresses meet across servers.

use super::disguise::is_odd;
use crate::analysis::detect::{Detector, Found, Look, SetAt, Sink};
use crate::analysis::profile::plain_address;
use crate::analysis::rank::Severity;
use crate::analysis::rules::{self, Rule};
use crate::session::{Item, ItemKind};
use crate::text::Raw;

pub const DETECTOR: Detector = Detector {
    name: "resources of other servers",
    rules: &[&rules::SAME_ADDRESS, &rules::ADDRESS_LOOKS_LIKE],
    look: Look::Set(look),
};

fn look(at: &SetAt<'_>, sink: &mut Sink) {
    if !matches!(at.item.kind, ItemKind::Resource | ItemKind::Template) {
        return;
    }
    let Ok(address) = std::str::from_utf8(at.item.name.as_raw().bytes()) else {
        return;
    };
    for id in at.memory.names.addressed_alike(at.item, address) {
        let other = at.session.item_at(id);
        let Ok(theirs) = std::str::from_utf8(other.name.as_raw().bytes()) else {
            continue;
        };
        let judged = if address == theirs {
            Some((&rules::SAME_ADDRESS, same(at, other, address)))
        } else {
            alike(address, theirs).map(|judged| (&rules::ADDRESS_LOOKS_LIKE, judged))
        };
        if let Some((rule, (severity, why))) = judged {
            sink.put(found(at, other, rule, why).severity(severity));
        }
    }
}

/// One address on two servers.
fn same(at: &SetAt<'_>, other: &Item, address: &str) -> (Severity, &'static str) {
    let name = |item: &Item| at.session.server(item.server).name.as_raw();
    let (mine, theirs) = (name(at.item), name(other));
    if mine == theirs && !mine.is_empty() {
        let why = "Both servers give themselves the same name: it is one, connected twice.";
        return (Severity::Info, why);
    }
    // Addresses of files and of the web mean the same on every server.
    if is_common(address) {
        let why = "It is the address of a file or a page, which means the same on every server.";
        return (Severity::Info, why);
    }
    let hash = |item: &Item| item.versions.first().map(|version| version.hash);
    let named = !mine.is_empty() && !theirs.is_empty();
    if named && hash(at.item) == hash(other) {
        let why = "Servers of different names describe it word for word the same.";
        return (Severity::Medium, why);
    }
    (
        Severity::Low,
        "The scheme is a server's own, and each server means another thing by it.",
    )
}

/// Two addresses that are the same to the eye.
fn alike(mine: &str, theirs: &str) -> Option<(Severity, &'static str)> {
    if is_odd(mine) || is_odd(theirs) {
        let why = "One of them holds letters that only look like the other's.";
        return Some((Severity::High, why));
    }
    if plain_address(mine) == plain_address(theirs) {
        // Case matters to many a file system, and a person who writes it knows.
        return (!is_common(mine))
            .then_some((Severity::Low, "They are one address, spelled in two ways."));
    }
    Some((
        Severity::Medium,
        "Digits or pairs of letters stand for letters that they look like.",
    ))
}

fn is_common(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    ["file", "http", "https", "data"]
        .iter()
        .any(|common| scheme.eq_ignore_ascii_case(common))
}

fn found(at: &SetAt<'_>, other: &Item, rule: &'static Rule, why: &str) -> Found {
    let server = at.session.server(other.server).label.as_raw().label(40);
    let raw = at.item.name.as_raw();
    let pointer = match at.item.kind {
        ItemKind::Template => "/uriTemplate",
        _ => "/uri",
    };
    let mut found = Found::new(rule)
        .title(format!("{}: `{}`", rule.title, Raw::label(raw, 80)))
        .at(pointer)
        .shows(raw, 0..raw.len())
        .because(format!(
            "`{}` of the server {server} was listed before. {why}",
            other.name.as_raw().label(80)
        ))
        .group(format!("{:?} {:?}", at.item.id, other.id));
    if let Some(version) = other.versions.first() {
        found = found.related(version.from, "listed");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_apart_by_how_they_look() {
        let severity = |a, b| alike(a, b).map(|(severity, _)| severity);
        assert_eq!(
            severity("config://app1e", "config://apple"),
            Some(Severity::Medium)
        );
        assert_eq!(
            severity("config://аpp", "config://app"),
            Some(Severity::High)
        );
        assert_eq!(
            severity("config://%61pp/", "config://app"),
            Some(Severity::Low)
        );
        assert_eq!(severity("file:///A.txt", "file:///a.txt"), None);
    }
}
