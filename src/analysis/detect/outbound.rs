//! Addresses that carry data outward: in their query, their path, their labels.

use super::{ArgumentsAt, Detector, Found, Look, Sink, is_line};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::encoding;
use crate::analysis::signal::host::{self, Where};
use crate::analysis::signal::secret;
use std::ops::Range;

pub const DETECTOR: Detector = Detector {
    name: "addresses that carry data",
    rules: &[&rules::DATA_IN_ADDRESS],
    look: Look::Arguments(look),
};

/// Words that stand in front of what nobody sends to strangers.
const TELLING: &[&str] = &[
    "password",
    "passwd",
    "secret",
    "api_key",
    "apikey",
    "api-key",
    "access_key",
    "private_key",
    "aws_",
    "token=",
    "token:",
    "root:",
    "uid=",
    "begin rsa",
    "begin openssh",
    "credential",
    "db_pass",
    "ssn",
    "cookie",
    "id_rsa",
    "/home/",
    "/etc/",
    "session=",
    "bearer ",
];

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let line = is_line(at, argument);
        if line
            || argument.is_prose() && !argument.is_address()
            || argument.is_query() && !argument.is_address()
        {
            continue;
        }
        let Some(text) = argument.str(8_192) else {
            continue;
        };
        if !text.contains("://") && !argument.is_address() {
            continue;
        }
        let Some(address) =
            host::split(text).filter(|a| host::place(a.host).place == Where::Outside)
        else {
            continue;
        };
        let start = text.find(address.host).unwrap_or(0);
        let rest = text.len() - address.rest.len();
        let found = labels(address.host)
            .map(|why| (start..start + address.host.len(), Severity::Medium, why))
            .or_else(|| {
                values(address.rest).map(|(span, severity, why)| {
                    (rest + span.start..rest + span.end, severity, why)
                })
            });
        if let Some((span, severity, why)) = found {
            sink.put(
                Found::new(&rules::DATA_IN_ADDRESS)
                    .severity(severity)
                    .confidence(Confidence::Medium)
                    .at(argument.pointer())
                    .shows(argument.raw(), span)
                    .because(why),
            );
        }
    }
}

/// Text in the labels of a name: it leaves with the look-up alone.
fn labels(host: &str) -> Option<&'static str> {
    let mut parts: Vec<&str> = host.split('.').collect();
    parts.truncate(parts.len().saturating_sub(2));
    let long = parts.iter().any(|l| l.len() >= 20 && readable(l).is_some());
    let joined: String = parts.iter().filter(|l| l.len() >= 12).copied().collect();
    (long || joined.len() >= 32 && readable(&joined).is_some())
        .then_some("The labels of the name are encoded text; it leaves with the look-up alone.")
}

/// Text in the query or the path.
fn values(rest: &str) -> Option<(Range<usize>, Severity, &'static str)> {
    let base = rest.as_ptr() as usize;
    for part in rest.split(['?', '&', '/', '#', ';']) {
        let (name, value) = part
            .split_once('=')
            .filter(|(n, _)| n.len() <= 32)
            .unwrap_or(("", part));
        if value.len() < 8 {
            continue;
        }
        let from = value.as_ptr() as usize - base;
        let span = from..from + value.len();
        let decoded = encoding::percent(value.as_bytes());
        let plain = String::from_utf8_lossy(&decoded).to_lowercase();
        // A sign-in carries its own token in a parameter of that name; a secret inside another value is being carried.
        let known = secret::find(&decoded).iter().any(|s| s.kind.sure);
        if known && !name.is_empty() {
            return Some((
                span,
                Severity::Medium,
                "A secret stands in the address, where every server on the way logs it.",
            ));
        }
        let assigns =
            plain.contains(['=', ':']) && plain.contains(|c: char| c.is_ascii_alphanumeric());
        if assigns
            && !plain.contains("://")
            && TELLING.iter().any(|w| plain.contains(w))
            && !plain.starts_with('{')
        {
            return Some((
                span,
                Severity::Medium,
                "What stands in it is the kind of thing that nobody sends to strangers.",
            ));
        }
        if value.len() >= 24
            && let Some(text) = readable(value)
        {
            let text = text.to_lowercase();
            let tells = TELLING.iter().any(|w| text.contains(w));
            return Some((
                span,
                if tells {
                    Severity::High
                } else {
                    Severity::Info
                },
                if tells {
                    "It holds encoded text of the kind that nobody sends to strangers."
                } else {
                    "It holds encoded text."
                },
            ));
        }
    }
    None
}

/// The text that base64 or hexadecimal digits hold.
fn readable(digits: &str) -> Option<String> {
    let digits = encoding::percent(digits.as_bytes());
    let is_text = |bytes: &Vec<u8>| {
        bytes.len() >= 10
            && bytes
                .iter()
                .all(|b| (0x20..0x7f).contains(b) || matches!(b, b'\n' | b'\t' | b'\r'))
    };
    let hex = || {
        digits
            .len()
            .is_multiple_of(2)
            .then(|| encoding::unhex(&digits))
            .flatten()
    };
    let text = hex()
        .filter(is_text)
        .or_else(|| encoding::base64(&digits).filter(is_text))?;
    String::from_utf8(text).ok()
}
