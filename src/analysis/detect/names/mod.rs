//! Names that can be taken for another server's.

pub mod accepted;
pub mod addresses;
pub mod builtin;
pub mod clients;
pub mod contradiction;
mod disguise;
pub mod dormant;
mod kin;
pub mod mentions;
pub mod posing;
pub mod servers;
pub mod values;

use super::{Detector, Found, Look, SetAt, Sink};
use crate::analysis::profile::{self, Dress};
use crate::analysis::rank::Severity;
use crate::analysis::rules::{self, Rule};
use crate::session::{Item, ItemId, ItemKind};
use crate::text::{self, Raw};
use clients::Meet;
use kin::{Kin, Verdict};

pub const DETECTOR: Detector = Detector {
    name: "colliding names",
    rules: &[
        &rules::SAME_NAME,
        &rules::LOOKS_LIKE,
        &rules::AFFIX,
        &rules::NEAR,
        &rules::ONE_FOR_A_CLIENT,
    ],
    look: Look::Set(look),
};

fn look(at: &SetAt<'_>, sink: &mut Sink) {
    let Ok(name) = std::str::from_utf8(at.item.name.as_raw().bytes()) else {
        return;
    };
    let peers = &at.memory.names;
    if at.item.kind == ItemKind::Tool
        && let Some(other) = clients::cut_twin(at.session, at.item)
    {
        let why = format!(
            "The client cuts names at {} characters, and then the two are the same.",
            crate::analysis::peers::CUT
        );
        let found = found(&rules::ONE_FOR_A_CLIENT, at, name, other, &why);
        sink.put(found.severity(Severity::Medium));
    }
    let named = matches!(at.item.kind, ItemKind::Tool | ItemKind::Prompt);
    if !named || name.is_empty() || peers.is_alone() {
        return;
    }
    let mut told: Vec<ItemId> = Vec::new();
    let mut tell = |id: ItemId, judge: &dyn Fn(&Item) -> Option<Found>, sink: &mut Sink| {
        if !told.contains(&id)
            && let Some(found) = judge(at.session.item_at(id))
        {
            told.push(id);
            sink.put(found);
        }
    };
    for id in peers.alike(at.item, name) {
        tell(id, &|other| alike(at, name, other), sink);
    }
    if at.item.kind != ItemKind::Tool {
        return;
    }
    for id in peers.beneath(at.item, name) {
        tell(id, &|other| dressed(at, name, at.item, other), sink);
    }
    for id in peers.above(at.item, name) {
        tell(id, &|other| dressed(at, name, other, at.item), sink);
    }
    for id in peers.near(at.item, name) {
        tell(id, &|other| near(at, name, other), sink);
    }
    for id in peers.echoes(at.item) {
        tell(id, &|other| echo(at, name, other), sink);
    }
    for id in peers.composed(at.session, at.item) {
        tell(id, &|other| composed(at, name, other), sink);
    }
}

fn name_of(item: &Item) -> std::borrow::Cow<'_, str> {
    String::from_utf8_lossy(item.name.as_raw().bytes())
}

/// Names that are the same to the eye.
fn alike(at: &SetAt<'_>, name: &str, other: &Item) -> Option<Found> {
    let theirs = name_of(other);
    let kin = Kin::of(at, other).judge();
    if *theirs == *name {
        // People choose prompts, from a list that says whose they are.
        let severity = match kin {
            Verdict::Misfit if at.item.kind == ItemKind::Prompt => Severity::Low,
            kin => kin.severity(),
        };
        let found = found(&rules::SAME_NAME, at, name, other, kin.why());
        return Some(found.severity(severity));
    }
    if let Some(why) = disguise::of(name, &theirs) {
        return Some(found(&rules::LOOKS_LIKE, at, name, other, why));
    }
    (profile::plain(name) == profile::plain(&theirs)).then(|| {
        let why = format!("They differ only in case or in separators. {}", kin.why());
        found(&rules::LOOKS_LIKE, at, name, other, &why).severity(kin.severity())
    })
}

/// One name is the other with a word before or after it.
fn dressed(at: &SetAt<'_>, name: &str, over: &Item, beneath: &Item) -> Option<Found> {
    let (long, short) = (name_of(over), name_of(beneath));
    let dress = profile::dress_over(&long, &short)?;
    let other = if over.id == at.item.id { beneath } else { over };
    let kin = Kin::of(at, other);
    let severity = match (kin.judge(), dress) {
        (Verdict::Copied | Verdict::Misfit, _) => Severity::Medium,
        (Verdict::Twins, _) => Severity::Info,
        (_, Dress::Praise) => Severity::Low,
        (_, Dress::Variant) => return None,
    };
    let why = format!(
        "`{}` is `{}` with a word before or after it. {}",
        Raw::from(&*long).label(60),
        Raw::from(&*short).label(60),
        kin.judge().why()
    );
    Some(found(&rules::AFFIX, at, name, other, &why).severity(severity))
}

/// Names one letter apart.
fn near(at: &SetAt<'_>, name: &str, other: &Item) -> Option<Found> {
    /// Shorter names are one letter apart by chance.
    const LONG_ENOUGH: usize = 8;
    let theirs = name_of(other);
    if !one_apart(name, &theirs) {
        return None;
    }
    let verdict = Kin::of(at, other).judge();
    let plural = theirs.strip_suffix('s') == Some(name) || name.strip_suffix('s') == Some(&*theirs);
    let severity = match verdict {
        Verdict::Copied => Severity::Medium,
        // `open_uri` and `open_url` are two things.
        Verdict::Misfit if disguise::by_word(name, &theirs) => Severity::Low,
        _ if plural || name.len().min(theirs.len()) < LONG_ENOUGH => return None,
        Verdict::Misfit => Severity::Medium,
        _ => Severity::Low,
    };
    let why = format!("They differ by one letter. {}", verdict.why());
    Some(found(&rules::NEAR, at, name, other, &why).severity(severity))
}

/// The same description under a name that holds the other.
fn echo(at: &SetAt<'_>, name: &str, other: &Item) -> Option<Found> {
    let theirs = name_of(other);
    let (mine, long) = (super::tokens(name), super::tokens(&theirs));
    let (short, long) = if mine.len() <= long.len() {
        (mine, long)
    } else {
        (long, mine)
    };
    let held = !short.is_empty() && short.iter().all(|word| long.contains(word));
    let near = text::unleet(&text::identity(name)) != text::unleet(&text::identity(&theirs))
        && few_apart(name, &theirs);
    let verdict = Kin::of(at, other).judge();
    (verdict == Verdict::Copied && (held || near)).then(|| {
        let why = format!("The names are close. {}", verdict.why());
        let rule = if held { &rules::AFFIX } else { &rules::NEAR };
        found(rule, at, name, other, &why).severity(Severity::Medium)
    })
}

/// Two tools that become one for a client that puts server and tool into one name.
fn composed(at: &SetAt<'_>, name: &str, other: &Item) -> Option<Found> {
    let verdict = Kin::of(at, other).judge();
    let label = |item: &Item| at.session.server(item.server).label.as_raw().label(40);
    let why = format!(
        "A client that joins server and tool, turns what is no letter or digit into `_` or cuts at {} characters calls `{}` of {} and `{}` of {} by the same name.",
        crate::analysis::peers::CUT,
        Raw::from(name).label(80),
        label(at.item),
        other.name.as_raw().label(80),
        label(other),
    );
    let severity = match verdict {
        Verdict::Twins => return None,
        _ => match clients::meet(at.session, at.item, other) {
            Meet::Here | Meet::Somewhere => Severity::Medium,
            Meet::Elsewhere | Meet::Nowhere => Severity::Info,
        },
    };
    Some(found(&rules::ONE_FOR_A_CLIENT, at, name, other, &why).severity(severity))
}

fn found(rule: &'static Rule, at: &SetAt<'_>, name: &str, other: &Item, why: &str) -> Found {
    let server = at.session.server(other.server).label.as_raw().label(40);
    let first = other.versions.first().map(|v| v.from);
    let title = match at.item.kind {
        ItemKind::Prompt => rule.title.replace("tool", "prompt"),
        _ => rule.title.to_owned(),
    };
    let mut found = Found::new(rule)
        .title(format!(
            "{title}: `{}` and `{}` of {server}",
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

/// Whether one insertion, deletion, replacement or swap of neighbours makes one name of the other. Digits are numbers.
pub(super) fn one_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (left, right) = middle(&a, &b);
    match (left.len(), right.len()) {
        (0 | 1, 0 | 1) => {
            left.len() + right.len() > 0 && !left.iter().chain(right).any(char::is_ascii_digit)
        }
        (2, 2) => left[0] == right[1] && left[1] == right[0],
        _ => false,
    }
}

/// Whether the names are the same but for a short stretch in the middle.
fn few_apart(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (left, right) = middle(&a, &b);
    a.len().min(b.len()) >= 8 && left.len().max(right.len()) <= 3
}

/// What is left of two names without what they begin and end with in common.
fn middle<'c>(a: &'c [char], b: &'c [char]) -> (&'c [char], &'c [char]) {
    let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let tail = a[same..]
        .iter()
        .rev()
        .zip(b[same..].iter().rev())
        .take_while(|(x, y)| x == y)
        .count();
    (&a[same..a.len() - tail], &b[same..b.len() - tail])
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
}
