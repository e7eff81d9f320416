//! Names that can be taken for another server's.

use super::arguments::tokens;
use super::{Detector, Found, Look, SetAt, Sink};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules::{self, Rule};
use crate::session::{Item, ItemId};
use crate::text::{self, Raw};

pub const DETECTOR: Detector = Detector {
    name: "colliding names",
    rules: &[
        &rules::SAME_NAME,
        &rules::LOOKS_LIKE,
        &rules::AFFIX,
        &rules::NEAR,
    ],
    look: Look::Set(look),
};

/// Names that many honest servers have: alike by chance.
const COMMON: &[&str] = &[
    "search", "fetch", "list", "get", "read", "write", "query", "add", "create", "update",
    "delete", "help", "ping", "echo", "version", "status", "think", "run", "info", "health",
    "login",
];

/// What is put before or after a name to make it look better.
const DRESS: &[&str] = &[
    "secure",
    "safe",
    "new",
    "v1",
    "v2",
    "v3",
    "v4",
    "2",
    "3",
    "advanced",
    "enhanced",
    "pro",
    "plus",
    "better",
    "improved",
    "official",
    "fast",
    "super",
    "ultra",
    "premium",
    "trusted",
    "verified",
    "real",
    "true",
    "best",
    "smart",
    "quick",
    "extended",
    "ex",
    "ext",
    "latest",
    "next",
    "alt",
    "proxy",
    "wrapper",
    "wrapped",
    "original",
    "default",
    "admin",
    "internal",
    "tool",
    "mcp",
    "beta",
    "final",
    "fixed",
    "patched",
    "updated",
    "optimized",
    "ai",
    "direct",
    "max",
    "lite",
];

fn look(at: &SetAt<'_>, sink: &mut Sink) {
    let Ok(name) = std::str::from_utf8(at.item.name.as_raw().bytes()) else {
        return;
    };
    if name.is_empty() {
        return;
    }
    let peers = &at.memory.names;
    let mut told: Vec<ItemId> = Vec::new();
    let mut tell = |found: Option<Found>, id: ItemId, sink: &mut Sink| {
        if let Some(found) = found.filter(|_| !told.contains(&id)) {
            told.push(id);
            sink.put(found);
        }
    };
    for id in peers
        .alike(name)
        .iter()
        .copied()
        .filter(|id| is_elsewhere(at, *id))
    {
        tell(alike(at, name, at.session.item_at(id)), id, sink);
    }
    for id in undressed(name)
        .iter()
        .flat_map(|bare| peers.alike(bare).to_vec())
        .filter(|id| is_elsewhere(at, *id))
    {
        let other = at.session.item_at(id);
        tell(
            Some(found(
                &rules::AFFIX,
                at,
                name,
                other,
                "It is the other name with a word before or after it.",
            )),
            id,
            sink,
        );
    }
    for id in peers
        .near(name)
        .into_iter()
        .filter(|id| is_elsewhere(at, *id))
    {
        let other = at.session.item_at(id);
        let theirs = String::from_utf8_lossy(other.name.as_raw().bytes()).into_owned();
        let plural =
            theirs.strip_suffix('s') == Some(name) || name.strip_suffix('s') == Some(&theirs);
        if !plural && one_apart(name, &theirs) {
            tell(
                Some(found(
                    &rules::NEAR,
                    at,
                    name,
                    other,
                    "They differ by one letter.",
                )),
                id,
                sink,
            );
        }
    }
}

fn is_elsewhere(at: &SetAt<'_>, id: ItemId) -> bool {
    let other = at.session.item_at(id);
    other.server != at.item.server && other.kind == at.item.kind
}

/// Names that are the same to the eye.
fn alike(at: &SetAt<'_>, name: &str, other: &Item) -> Option<Found> {
    let theirs = other.name.as_raw();
    let exact = theirs == name;
    let twin = at.item.versions.first()?.hash == other.versions.first()?.hash;
    let claims = |item: &Item| at.session.server(item.server).name.clone();
    if exact && twin && claims(at.item) == claims(other) && !claims(other).as_raw().is_empty() {
        // The same server, connected twice.
        return Some(
            found(&rules::SAME_NAME, at, name, other, "Both definitions are the same, and so are the names that the servers give themselves.")
                .severity(Severity::Info),
        );
    }
    let lower = name.to_lowercase();
    let common = COMMON.contains(&lower.as_str()) || tokens(name).len() == 1 && name.len() <= 5;
    if exact {
        let found = found(
            &rules::SAME_NAME,
            at,
            name,
            other,
            "The definitions differ.",
        );
        return Some(if common {
            found.severity(Severity::Low).confidence(Confidence::Low)
        } else {
            found
        });
    }
    let mine_odd = text::lookalike(name.into()).is_some()
        || !text::hidden_in(name.into(), text::Place::Identifier).is_empty();
    let theirs_odd = text::lookalike(theirs).is_some()
        || !text::hidden_in(theirs, text::Place::Identifier).is_empty();
    let plain = |s: &str| -> String {
        s.chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_lowercase)
            .collect()
    };
    let spelled = plain(name) == plain(&String::from_utf8_lossy(theirs.bytes()));
    Some(if mine_odd || theirs_odd {
        found(
            &rules::LOOKS_LIKE,
            at,
            name,
            other,
            "One of them holds letters that only look like the other's.",
        )
    } else if spelled {
        let found = found(
            &rules::LOOKS_LIKE,
            at,
            name,
            other,
            "They differ only in case or in separators.",
        )
        .severity(Severity::Medium);
        if common {
            found.severity(Severity::Low)
        } else {
            found
        }
    } else {
        found(
            &rules::LOOKS_LIKE,
            at,
            name,
            other,
            "Their letters look the same.",
        )
    })
}

fn found(rule: &'static Rule, at: &SetAt<'_>, name: &str, other: &Item, why: &str) -> Found {
    let server = at.session.server(other.server).label.as_raw().label(40);
    let first = other.versions.first().map(|v| v.from);
    let mut found = Found::new(rule)
        .title(format!(
            "{}: `{}` and `{}` of {server}",
            rule.title,
            Raw::from(name).label(60),
            other.name.as_raw().label(60)
        ))
        .at("/name")
        .shows(at.item.name.as_raw(), 0..name.len())
        .because(format!(
            "`{}` of the server {server} was listed before. {why}",
            other.name.as_raw().label(60)
        ))
        .group(format!("{} {:?}", name, other.id));
    if let Some(row) = first {
        found = found.related(row, "listed");
    }
    found
}

/// The name without one or two words of dress.
fn undressed(name: &str) -> Vec<String> {
    let words = tokens(name);
    let mut bare = Vec::new();
    let dress = |w: &String| DRESS.contains(&w.as_str());
    if words.len() >= 2 {
        if words.first().is_some_and(dress) {
            bare.push(words[1..].concat());
        }
        if words.last().is_some_and(dress) {
            bare.push(words[..words.len() - 1].concat());
        }
        if words.len() >= 3 && words.first().is_some_and(dress) && words.last().is_some_and(dress) {
            bare.push(words[1..words.len() - 1].concat());
        }
    }
    bare.retain(|b| b.len() >= 4 && !COMMON.contains(&b.as_str()));
    bare
}

/// Whether one insertion, deletion, replacement or swap of neighbours makes one name of the other.
fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let tail = a[same..]
        .iter()
        .rev()
        .zip(b[same..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    let (left, right) = (a.len() - same - tail, b.len() - same - tail);
    match (left, right) {
        (0 | 1, 0 | 1) => {
            left + right > 0
                && !a[same..].first().is_some_and(char::is_ascii_digit)
                && !b[same..].first().is_some_and(char::is_ascii_digit)
        }
        (2, 2) => a[same] == b[same + 1] && a[same + 1] == b[same],
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_is_one_letter() {
        assert!(
            one_apart("transfer_funds", "tranfer_funds")
                && one_apart("send", "sned")
                && one_apart("send", "sand")
        );
        assert!(
            !one_apart("send", "send")
                && !one_apart("get_v1", "get_v2")
                && !one_apart("abc", "xyz")
        );
    }

    #[test]
    fn dress_comes_off() {
        assert_eq!(undressed("secure_list_items"), ["listitems"]);
        assert_eq!(undressed("listItems_v2"), ["listitems"]);
        assert!(undressed("list_items").is_empty());
    }
}
