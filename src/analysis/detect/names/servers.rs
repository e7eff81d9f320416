//! Servers whose names can be taken for another's.

use super::disguise::{self, is_odd};
use crate::analysis::detect::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::ServerId;
use crate::text::{self, Raw};
use crate::wire::id::MessageKind;
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "servers that look like others",
    rules: &[&rules::SERVER_LOOKS_LIKE],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let said = at.session.method(at.id);
    let greets = said == method::INITIALIZE || said == method::TOOLS_LIST;
    if at.row.kind != MessageKind::Result || !greets {
        return;
    }
    let server = at.session.server(at.server);
    claimed(at, sink);
    let Ok(label) = std::str::from_utf8(server.label.as_raw().bytes()) else {
        return;
    };
    for other in at.memory.names.servers_like(label) {
        // The later of the two is told of, once.
        let theirs = at.session.server(other);
        if other.0 >= at.server.0 || server.label == theirs.label {
            continue;
        }
        let Ok(their_label) = std::str::from_utf8(theirs.label.as_raw().bytes()) else {
            continue;
        };
        if let Some((severity, why)) = judge(label, their_label) {
            sink.put(found(at, (other, their_label), label, severity, why));
        }
    }
}

/// Servers whose names are compared with what another says of itself.
const COMPARED: usize = 64;

/// The name that the server gives itself beside those of the others. These are said in many ways by honest servers, so
/// only what is written to deceive counts.
fn claimed(at: &MessageAt<'_>, sink: &mut Sink) {
    let mine = at.session.server(at.server);
    let Ok(name) = std::str::from_utf8(mine.name.as_raw().bytes()) else {
        return;
    };
    for (n, theirs) in at.session.servers().iter().enumerate().take(COMPARED) {
        let id = ServerId(n as u16);
        if id.0 >= at.server.0 {
            continue;
        }
        let deceives = [&theirs.name, &theirs.label].into_iter().find_map(|other| {
            let other = std::str::from_utf8(other.as_raw().bytes()).ok()?;
            let (severity, why) = judge(name, other)?;
            (severity == Severity::High && name != other).then_some((severity, why, other))
        });
        if let Some((severity, why, other)) = deceives {
            sink.put(found(at, (id, other), name, severity, why));
        }
    }
}

pub(in crate::analysis::detect) fn judge(a: &str, b: &str) -> Option<(Severity, &'static str)> {
    if text::identity(a) == text::identity(b) {
        let plain = |s: &str| s.to_lowercase();
        return Some(if is_odd(a) || is_odd(b) {
            (
                Severity::High,
                "One of them holds letters that only look like the other's.",
            )
        } else if plain(a) == plain(b) {
            (Severity::Low, "They differ only in case.")
        } else if crate::analysis::profile::plain(a) == crate::analysis::profile::plain(b) {
            (Severity::Medium, "They differ only in separators.")
        } else {
            (
                Severity::High,
                "Accents, digits or pairs of letters make the one look like the other.",
            )
        });
    }
    let leet = |s: &str| text::unleet(&text::identity(s));
    if leet(a) == leet(b) && !disguise::by_word(a, b) {
        return Some((
            Severity::High,
            "Letters or digits stand for others that they look like.",
        ));
    }
    if !super::one_apart(a, b) || a.len().min(b.len()) < 5 {
        return None;
    }
    let swapped = a.len() == b.len() && {
        let (mut x, mut y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        x.sort_unstable();
        y.sort_unstable();
        x == y
    };
    let plural = a.strip_suffix('s') == Some(b) || b.strip_suffix('s') == Some(a);
    match (swapped, plural) {
        (true, _) => Some((Severity::Medium, "Two letters are swapped.")),
        (_, true) => None,
        _ => Some((Severity::Low, "They differ by one letter.")),
    }
}

fn found(
    at: &MessageAt<'_>,
    (other, theirs): (ServerId, &str),
    mine: &str,
    severity: Severity,
    why: &str,
) -> Found {
    let mut found = Found::new(&rules::SERVER_LOOKS_LIKE)
        .severity(severity)
        .title(format!(
            "{}: {} and {}",
            rules::SERVER_LOOKS_LIKE.title,
            Raw::from(mine).label(40),
            Raw::from(theirs).label(40)
        ))
        .shows(mine.into(), 0..mine.len())
        .because(why)
        .group(format!("{} {}", at.server.0, other.0));
    if let Some(row) = at.session.server(other).first {
        found = found.related(row, "listed");
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_told_apart() {
        for (a, b, severity) in [
            ("g\u{ec}thub", "github", Severity::High),
            ("g1thub", "github", Severity::High),
            ("git-hub", "github", Severity::Medium),
            ("gihtub", "github", Severity::Medium),
            ("GitHub", "github", Severity::Low),
            ("postgrest", "postgres", Severity::Low),
        ] {
            assert_eq!(judge(a, b).map(|(s, _)| s), Some(severity), "{a} {b}");
        }
        for (a, b) in [
            ("gitlab", "github"),
            ("files", "file"),
            ("db-1", "db-2"),
            ("notes", "slack"),
        ] {
            assert!(judge(a, b).is_none(), "{a} {b}");
        }
    }
}
