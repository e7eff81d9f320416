//! Paths that climb out of their folder, however the steps are written, and paths that leave the file system's own names.

use super::path::looks_like_path;
use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait, is_line};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::encoding::percent;
use crate::analysis::signal::path;

pub const DETECTOR: Detector = Detector {
    name: "paths that climb",
    rules: &[&rules::TRAVERSAL],
    look: Look::Arguments(look),
};

/// The longest argument that can be a path.
const LONGEST: usize = 1_024;

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        // A title or a text that is nothing but steps up is a name for a file to who stores it.
        let steps = argument.is_prose()
            && text.len() <= 200
            && text.starts_with("../")
            && !text.contains(char::is_whitespace);
        let named = steps || argument.is_path() && !argument.is_query();
        if is_line(at, argument)
            || !named
                && (argument.is_prose()
                    || argument.is_query()
                    || argument.is_code()
                        && !argument.name.contains("template")
                        && !argument.name.contains("source"))
        {
            continue;
        }
        if !looks_like_path(text) && !text.contains('／') && !text.contains("..") {
            continue;
        }
        if let Some((severity, why)) = judge(at, argument, text) {
            let start = text.find("..").or_else(|| text.find('%')).unwrap_or(0);
            sink.put(
                Found::new(&rules::TRAVERSAL)
                    .severity(severity)
                    .at(argument.pointer())
                    .shows(argument.raw(), start..text.len())
                    .because(why),
            );
        }
    }
}

/// A path with its encodings taken off.
struct Plain {
    text: String,
    /// Percent escapes held more than the odd space: how many layers.
    layers: usize,
    /// Letters that fold to dots and slashes, or bytes that are longer than they need to be.
    odd: bool,
}

fn plain(text: &str) -> Plain {
    // C0 AF and its like are a slash to readers that do not check for the shortest form.
    let mut odd = false;
    let mut bytes = text.as_bytes().to_vec();
    let mut layers = 0;
    while layers < 4 && memchr::memchr(b'%', &bytes).is_some() {
        let next = percent(&bytes);
        if next == bytes {
            break;
        }
        bytes = next;
        layers += 1;
    }
    let mut folded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match &bytes[at..] {
            [0xC0, 0xAF | 0x2F, ..] | [0xC1, 0x9C | 0x1C, ..] => {
                odd = true;
                folded.push(b'/');
                at += 2;
            }
            [0xC0, 0xAE | 0x2E, ..] => {
                odd = true;
                folded.push(b'.');
                at += 2;
            }
            [0xE0, 0x80, 0xAF, ..] => {
                odd = true;
                folded.push(b'/');
                at += 3;
            }
            [b, ..] => {
                folded.push(*b);
                at += 1;
            }
            [] => break,
        }
    }
    let decoded = String::from_utf8_lossy(&folded);
    let mut out = String::with_capacity(decoded.len());
    for c in decoded.chars() {
        out.push(match c {
            '\\' => '/',
            '／' | '∕' | '⁄' | '＼' => {
                odd = true;
                '/'
            }
            '．' | '․' => {
                odd = true;
                '.'
            }
            c => c,
        });
    }
    // `....//` is `../` for who removes `../` once; `..;/` for who cuts parameters off.
    for trick in ["..././", "....//", "...//", "..;/", ".../...//"] {
        if out.contains(trick) {
            odd = true;
            out = out.replace(trick, "../");
        }
    }
    Plain {
        text: out,
        layers,
        odd,
    }
}

fn judge(at: &ArgumentsAt<'_>, argument: &Argument<'_>, text: &str) -> Option<(Severity, String)> {
    if let Some(found) = device(text) {
        return Some(found);
    }
    let plain = plain(text);
    let is_url = plain.text.contains("://") && !plain.text.starts_with("file:");
    if is_url && plain.layers == 0 && !plain.odd {
        return None;
    }
    let path = plain.text.strip_prefix("file://").unwrap_or(&plain.text);
    let path = path.rsplit_once("://").map_or(path, |(_, p)| p);
    let nul = plain.text.contains('\0');
    let (ups, out, absolute) = climb(path);
    if ups == 0 {
        let rooted = path.starts_with("/proc/self/root/") || path.starts_with("/proc/self/cwd/");
        return (nul || rooted).then(|| {
            (
                Severity::High,
                if nul {
                    "It holds a NUL that cuts it short for some readers.".to_owned()
                } else {
                    "It goes round the checks of paths through the process's own root.".to_owned()
                },
            )
        });
    }
    let lower = text.to_ascii_lowercase();
    let encoded = plain.layers > 0
        && ["%2e", "%2f", "%5c", "%25", "%c0"]
            .iter()
            .any(|e| lower.contains(e));
    let sensitive = || !path::find(&path.to_lowercase()).is_empty();
    let writes = ToolTrait::Writes.of(at.tool);
    let is_name = !argument.is_path() && !argument.is_prose() || argument.name == "name";
    let severity = match out {
        _ if encoded || plain.odd || nul => Severity::High,
        3.. => Severity::High,
        2 if sensitive() || writes || is_name || ups >= 3 => Severity::Medium,
        1 if sensitive() || is_name && !is_url => Severity::Medium,
        // Out of a deep folder into a neighbour is how people write; back to the root of the disk is not.
        0 if absolute && leaves_top(path) => {
            if sensitive() {
                Severity::High
            } else {
                Severity::Medium
            }
        }
        0 if absolute && ups >= 2 => Severity::Low,
        0 if sensitive() => Severity::Medium,
        1 | 2 => Severity::Info,
        _ => return None,
    };
    Some((
        severity,
        format!(
            "It climbs {ups} folder{} up{}{}{}.",
            if ups == 1 { "" } else { "s" },
            if encoded { ", percent-encoded" } else { "" },
            if plain.odd {
                ", in a spelling that simple checks do not see"
            } else {
                ""
            },
            if nul {
                ", and holds a NUL that cuts it short for some readers"
            } else {
                ""
            }
        ),
    ))
}

/// Steps up; how far they lead above where the path begins; whether it begins at the root.
fn climb(path: &str) -> (usize, usize, bool) {
    let absolute = path.starts_with('/') || path.as_bytes().get(1) == Some(&b':');
    let home = path.starts_with('~');
    let (mut depth, mut ups, mut out) = (0usize, 0, 0);
    for part in path
        .split('/')
        .filter(|p| !p.is_empty() && *p != "." && !p.ends_with(':'))
    {
        if part == ".." || part.ends_with("!..") {
            ups += 1;
            if depth == 0 || home && depth == 1 {
                out += 1;
            }
            depth = depth.saturating_sub(1);
        } else {
            depth += 1;
        }
    }
    // Nothing is above the root: what climbs there means to reach it.
    (
        ups,
        if absolute {
            out.min(1) * 3
        } else if home && out > 0 {
            3
        } else {
            out
        },
        absolute,
    )
}

/// Whether an absolute path ends under another top folder than it begins in.
fn leaves_top(path: &str) -> bool {
    let parts = || path.split('/').filter(|p| !p.is_empty() && *p != ".");
    let Some(first) = parts().find(|p| !p.ends_with(':')) else {
        return false;
    };
    let mut stack: Vec<&str> = Vec::new();
    for part in parts().filter(|p| !p.ends_with(':')) {
        if part == ".." {
            stack.pop();
        } else {
            stack.push(part);
        }
    }
    stack.first().is_none_or(|top| *top != first)
}

/// Windows' names for devices, for paths without checks, and for other machines.
fn device(text: &str) -> Option<(Severity, String)> {
    let folded = text.trim().replace('/', "\\");
    let raw = text.trim();
    if raw.starts_with("\\\\?\\")
        || raw.starts_with("\\\\.\\")
        || raw.starts_with("//?/")
        || raw.starts_with("//./")
    {
        return Some((
            Severity::High,
            "It begins as a device path does, for which Windows checks nothing.".to_owned(),
        ));
    }
    // `\\machine\share`: opening it sends the account's hash there. A URL without a scheme begins with two slashes.
    let rest = raw.strip_prefix("\\\\").filter(|_| folded.len() > 4)?;
    let (machine, share) = rest.split_once('\\')?;
    let named = !machine.is_empty()
        && machine
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-._@:".contains(&b));
    if !named || share.is_empty() {
        return None;
    }
    let outside = machine.contains('.') || machine.contains('@');
    Some((
        if outside { Severity::High } else { Severity::Low },
        "It leads to a share of another machine; opening it sends that machine the account's credentials.".to_owned(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_counted_from_where_a_path_begins() {
        assert_eq!(climb("a/../b"), (1, 0, false));
        assert_eq!(climb("../../x"), (2, 2, false));
        assert_eq!(climb("a/../../../x"), (3, 2, false));
        assert_eq!(climb("/a/../../x"), (2, 3, true));
        assert_eq!(climb("~/../../x"), (2, 3, false));
    }

    #[test]
    fn spellings_of_the_step_are_seen_through() {
        for text in [
            "..%2f..%2fx",
            "..%252f..%252fx",
            "..%c0%af..%c0%afx",
            "....//....//x",
            "..;/..;/x",
            "．．／．．／x",
            "..\\..\\x",
        ] {
            assert!(
                plain(text).text.starts_with("../../x"),
                "{text}: {}",
                plain(text).text
            );
        }
    }
}
