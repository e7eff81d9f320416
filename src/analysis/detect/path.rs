//! Paths in arguments: out of the folder, to secrets, to what a machine starts with.

use super::{Argument, CallAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::encoding::percent;
use crate::analysis::signal::path::{self, PathClass};

pub const DETECTOR: Detector = Detector {
    name: "paths in arguments",
    rules: &[
        &rules::TRAVERSAL,
        &rules::SENSITIVE_PATH,
        &rules::PERSISTENCE,
        &rules::KEY_TO_SENDER,
    ],
    look: Look::Call(look),
};

/// The longest argument that can be a path.
const LONGEST: usize = 1_024;

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    let runs = ToolTrait::Runs.of(at.tool);
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        let line = argument.is_command() || runs && !argument.is_prose();
        if !line && (argument.is_prose() && !argument.is_path() || !is_path(text)) {
            continue;
        }
        traversal(argument, text, sink);
        sensitive(at, argument, text, line, sink);
    }
}

/// Looks like a path or a URI, whatever the parameter's name.
fn is_path(text: &str) -> bool {
    let one_line = !text.contains('\n');
    let few_spaces = text.split(' ').count() <= 3 || text.starts_with(['/', '~', '.']);
    one_line && few_spaces && (text.contains(['/', '\\', '.', '~']) || text.contains("%2"))
}

fn traversal(argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    let mut decoded = text.as_bytes().to_vec();
    let mut rounds = 0;
    while rounds < 3 && memchr::memchr(b'%', &decoded).is_some() {
        let next = percent(&decoded);
        if next == decoded {
            break;
        }
        decoded = next;
        rounds += 1;
    }
    let decoded = String::from_utf8_lossy(&decoded).replace('\\', "/");
    if decoded.contains("://") && !decoded.starts_with("file:") {
        return;
    }
    let ups = decoded.matches("../").count() + usize::from(decoded.ends_with("/.."));
    let encoded = rounds > 0 && ups > 0;
    // One step up from where one stands is how people name neighbours; out of a deep path it is not.
    let after_root = decoded.starts_with('/') && ups > 0;
    let nul = decoded.contains('\0');
    if !(ups >= 3
        || encoded
        || nul
        || after_root
        || ups == 2 && !path::find(&decoded.to_lowercase()).is_empty())
    {
        return;
    }
    let start = text.find("..").unwrap_or(0);
    sink.put(
        Found::new(&rules::TRAVERSAL)
            .severity(if ups >= 3 || encoded || nul {
                Severity::High
            } else {
                Severity::Medium
            })
            .at(argument.pointer())
            .shows(argument.raw(), start..text.len())
            .because(format!(
                "It climbs {ups} folder{} up{}{}.",
                if ups == 1 { "" } else { "s" },
                if encoded { ", percent-encoded" } else { "" },
                if nul {
                    ", and holds a NUL that cuts it short for some readers"
                } else {
                    ""
                }
            )),
    );
}

fn sensitive(at: &CallAt<'_>, argument: &Argument<'_>, text: &str, line: bool, sink: &mut Sink) {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return;
    }
    let Some((range, class)) = path::find(&lower)
        .into_iter()
        .max_by_key(|(_, class)| *class)
    else {
        return;
    };
    let writes =
        ToolTrait::Writes.of(at.tool) && at.claim.is_none_or(|c| c.read_only != Some(true));
    let starts = match class {
        PathClass::Shell | PathClass::AgentConfig => true,
        PathClass::System => {
            lower.contains("sudoers")
                || lower.contains("cron")
                || lower.contains("passwd")
                || lower.contains("shadow")
                || lower.contains("ld.so")
        }
        _ => lower.contains("authorized_keys"),
    };
    let shell_write = line
        && lower[..range.start]
            .trim_end_matches(['"', '\'', ' '])
            .ends_with('>');
    let (rule, severity) = if starts && (writes && !line || shell_write) {
        (&rules::PERSISTENCE, Severity::High)
    } else if ToolTrait::Sends.of(at.tool)
        && !line
        && class >= PathClass::Credentials
        && argument.is_path()
    {
        (&rules::KEY_TO_SENDER, Severity::High)
    } else {
        let severity = match class {
            PathClass::PrivateKey if range.end > range.start && lower.ends_with(".pub") => {
                Severity::Low
            }
            PathClass::PrivateKey => Severity::High,
            _ => Severity::Medium,
        };
        (&rules::SENSITIVE_PATH, severity)
    };
    // A public certificate or a keystore of a build is no private key.
    let severity = if class == PathClass::PrivateKey
        && (lower.ends_with(".pem") || lower.ends_with(".jks") || lower.ends_with(".asc"))
        && rule.id == rules::SENSITIVE_PATH.id
    {
        Severity::Medium
    } else {
        severity
    };
    sink.put(
        Found::new(rule)
            .severity(severity)
            .at(argument.pointer())
            .shows(argument.raw(), range)
            .because(format!("It leads to {}.", class.name())),
    );
}
