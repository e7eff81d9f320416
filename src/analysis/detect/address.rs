//! Addresses in arguments that point inside, or to other protocols than the web's.

use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, is_line};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::encoding::percent;
use crate::analysis::signal::host::{self, Address, Where};
use crate::analysis::signal::{ascii, path};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "internal addresses",
    rules: &[&rules::SSRF],
    look: Look::Arguments(look),
};

/// Schemes that make a fetching tool speak another protocol, or run something.
const ODD_SCHEMES: &[&str] = &[
    "gopher",
    "dict",
    "ldap",
    "ldaps",
    "tftp",
    "jar",
    "phar",
    "expect",
    "netdoc",
    "php",
    "zip",
    "glob",
    "ogg",
    "rar",
    "smb",
    "sftp+exec",
    "view-source",
    "rmi",
    "imap",
    "pop3",
];
/// Ports at which machines serve themselves, not people: databases, orchestration, administration.
const SERVICE_PORTS: &[u16] = &[
    21, 22, 23, 25, 111, 135, 139, 389, 445, 873, 1433, 1521, 2049, 2375, 2376, 2379, 2380, 3306,
    3389, 4194, 4243, 5432, 5672, 5900, 5984, 6379, 6443, 7001, 8200, 8500, 8983, 9042, 9090, 9200,
    9300, 10000, 10250, 10255, 11211, 15672, 27017, 28017, 50070, 61616,
];
/// Parts of paths at which services tell secrets or take orders.
const INNER_PATHS: &[&str] = &[
    "admin",
    "actuator",
    "server-status",
    "server-info",
    "/containers/",
    "/v1/kv",
    "/_cat",
    "/_cluster",
    "debug/pprof",
    "/manager/",
    "phpmyadmin",
    "jmx",
    "heapdump",
    "/secret",
    "/v1/",
    "/internal",
    "cgi-bin",
    "metadata",
    "meta-data",
    "/.env",
    "/config",
    "/env",
    "credentials",
    "/console",
    "/solr",
    "/jenkins",
    "/api/v1/namespaces",
    "/token",
    "/keys",
    "/shutdown",
    "password",
    "private",
];

static URL_INSIDE: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?i)\b(?:https?|ftp)://[^\s'\x22<>`|;)\\]+|\b169\.254\.169\.254\b[^\s'\x22<>`|;)]*",
    )
});

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(4_096) else {
            continue;
        };
        let found = if is_line(at, argument) || argument.is_code() && !argument.is_address() {
            inside(text)
        } else if argument.is_query() || argument.is_prose() && !argument.is_address() {
            None
        } else {
            whole(at, argument, text)
        };
        let Some((span, severity, why)) = found else {
            continue;
        };
        sink.put(
            Found::new(&rules::SSRF)
                .severity(severity)
                .at(argument.pointer())
                .shows(argument.raw(), span)
                .because(why),
        );
    }
}

type Inside = (Range<usize>, Severity, &'static str);

const METADATA: &str =
    "It is the address of a cloud's metadata service, which hands out credentials.";

/// Addresses in a command line or a program: only those that hand out credentials, and those that hide where they lead.
fn inside(text: &str) -> Option<Inside> {
    if !text.contains("://") && !text.contains("169.254") {
        return None;
    }
    ascii::matches(&URL_INSIDE, text, 32).find_map(|span| {
        let address = host::split(&text[span.clone()])?;
        let place = host::place(address.host);
        match place.place {
            Where::Metadata => Some((span, Severity::High, METADATA)),
            Where::Loopback | Where::Private if place.odd => Some((span, Severity::Medium, ODD)),
            _ => None,
        }
    })
}

const ODD: &str = "It leads inside, and is spelled so that a simple check does not see it.";

/// An argument that is an address.
fn whole(at: &ArgumentsAt<'_>, argument: &Argument<'_>, text: &str) -> Option<Inside> {
    let all = 0..text.len();
    let trimmed = text.trim();
    let scheme = trimmed.find(':').map(|n| &trimmed[..n]).unwrap_or("");
    let lower = scheme.to_ascii_lowercase();
    let file = lower == "file" && trimmed[scheme.len()..].starts_with(":/");
    if ODD_SCHEMES.contains(&lower.as_str())
        && (trimmed[scheme.len()..].starts_with("://")
            || matches!(lower.as_str(), "jar" | "expect" | "php") && argument.is_address())
    {
        return Some((
            all,
            Severity::High,
            "Its scheme makes a fetching tool speak another protocol.",
        ));
    }
    let browses = [
        "browser",
        "navigate",
        "page",
        "screenshot",
        "playwright",
        "puppeteer",
        "lighthouse",
        "tab",
    ]
    .iter()
    .any(|w| at.tool.to_lowercase().contains(w));
    if file {
        let secret = !path::find(&trimmed.to_lowercase()).is_empty();
        let severity = match (secret, browses) {
            (true, _) => Severity::High,
            (false, true) => Severity::Low,
            (false, false) => Severity::Medium,
        };
        let web = argument.is_address()
            || ["fetch", "http", "url", "web"]
                .iter()
                .any(|w| at.tool.contains(w));
        return web.then_some((
            all,
            severity,
            "It makes a tool for the web read a file of the machine.",
        ));
    }
    if !trimmed.contains("://") && !argument.is_address() {
        return None;
    }
    let address = host::split(trimmed)?;
    if let Some(found) = nested(trimmed) {
        return Some(found);
    }
    let place = host::place(address.host);
    let hidden = address
        .user
        .map(|user| user.split(['%', ':', '/']).next().unwrap_or(user));
    if hidden.is_some_and(|h| host::place(h).place == Where::Metadata) {
        return Some((all, Severity::High, ODD));
    }
    let web = lower.starts_with("http");
    // `http://169.254.169.254#@example.com/`: some readers take the part behind the `@` for the host.
    let severity = match place.place {
        Where::Metadata => Severity::High,
        Where::Loopback | Where::Private | Where::Inner
            if place.odd || address.user.is_some() && web =>
        {
            return Some((
                all,
                if place.through_name {
                    Severity::Medium
                } else {
                    Severity::High
                },
                ODD,
            ));
        }
        Where::Loopback | Where::Private | Where::Inner => inner(&address, place, browses),
        Where::Outside => return None,
    };
    let why = match place.place {
        Where::Metadata => METADATA,
        Where::Loopback if place.through_name => {
            "It is a public name that leads to the machine itself."
        }
        Where::Loopback => "It leads to the machine itself.",
        Where::Private => "It leads into the machine's own network.",
        _ => "Its name is known inside a network only.",
    };
    Some((all, severity, why))
}

/// How bad it is that an address leads inside: people who build software open their own pages there all day.
fn inner(address: &Address<'_>, place: host::Place, browses: bool) -> Severity {
    let rest = address.rest.to_ascii_lowercase();
    let service = address.port.is_some_and(|p| SERVICE_PORTS.contains(&p));
    let telling = INNER_PATHS.iter().any(|p| rest.contains(p));
    let serves_all = address.scheme.is_empty();
    let kubernetes = address.host.starts_with("kubernetes");
    match place.place {
        _ if serves_all && !service => Severity::Info,
        _ if service || kubernetes => Severity::Medium,
        _ if browses => Severity::Info,
        _ if telling => Severity::Medium,
        Where::Loopback | Where::Private if address.port.is_none_or(|p| p == 80 || p == 443) => {
            Severity::Medium
        }
        _ if place.through_name => Severity::Medium,
        _ => Severity::Low,
    }
}

/// An address that is handed on inside another one: `https://proxy.example/?u=http://169.254.169.254/`.
fn nested(text: &str) -> Option<Inside> {
    let at = text.find(['?', '#']).unwrap_or(text.len());
    let tail = percent(&text.as_bytes()[at..]);
    let tail = std::str::from_utf8(&tail).ok()?;
    let inner = tail.find("=http").map(|n| &tail[n + 1..])?;
    let address = host::split(inner.split('&').next()?)?;
    let place = host::place(address.host);
    match place.place {
        Where::Metadata => Some((at..text.len(), Severity::High, METADATA)),
        Where::Loopback | Where::Private if place.odd => {
            Some((at..text.len(), Severity::Medium, ODD))
        }
        _ => None,
    }
}
