//! What is plain of a server before it is started: how it would be reached, and with what. The one place for that,
//! whoever asks: a configuration that is opened, and a scan before it starts anything.

use super::{command, package};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules::{self, Rule};
use crate::analysis::signal::host::{self, Where};
use crate::analysis::signal::secret;
use crate::clients::{Launch, Server, Wrapped, wrapped};
use crate::text::{Raw, RawBuf};

/// Something to know before a server is started.
#[derive(Debug, Clone)]
pub struct Concern {
    pub rule: &'static Rule,
    pub severity: Severity,
    pub confidence: Confidence,
    /// For a sentence that begins "The server …" or "It …", without its end.
    pub says: String,
    /// In a word or two.
    pub about: String,
    pub part: Part,
    /// The words that show it, without secrets.
    pub shown: RawBuf,
}

/// A part of a server's entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Of the command, the program first.
    Word(usize),
    Env(usize),
    Header(usize),
    Address,
    /// What lets every call pass.
    Unasked,
}

impl Concern {
    pub(super) fn new(rule: &'static Rule, part: Part, says: impl Into<String>) -> Concern {
        Concern {
            rule,
            severity: rule.severity,
            confidence: rule.confidence,
            says: says.into(),
            about: String::new(),
            part,
            shown: RawBuf::default(),
        }
    }

    pub(super) fn severity(mut self, severity: Severity) -> Concern {
        self.severity = severity;
        self
    }

    pub(super) fn confidence(mut self, confidence: Confidence) -> Concern {
        self.confidence = confidence;
        self
    }

    pub(super) fn about(mut self, about: impl Into<String>) -> Concern {
        self.about = about.into();
        self
    }

    pub(super) fn shows(mut self, text: Raw<'_>) -> Concern {
        self.shown = text.to_buf();
        self
    }
}

/// What is plain and worth a look; modest, for it is no judgement of the server.
pub fn concerns(server: &Server) -> Vec<Concern> {
    let mut found = Vec::new();
    match &server.launch {
        Launch::Http { url, headers, .. } => {
            address(url.as_raw(), Part::Address, &mut found);
            in_address(url.as_raw(), &mut found);
            for (n, (name, value)) in headers.iter().enumerate() {
                in_header(name.as_raw(), value.reveal(), Part::Header(n), &mut found);
            }
        }
        Launch::Stdio { .. } => {
            let argv = server.argv();
            let skip = match wrapped(server) {
                Some(Wrapped::Plainsight { command }) => command,
                _ => 0,
            };
            command::look(argv.get(skip..).unwrap_or_default(), skip, 0, &mut found);
            in_arguments(&argv, &mut found);
        }
    }
    for (n, (name, value)) in server.env.iter().enumerate() {
        in_variable(name.as_raw(), value.reveal(), n, &mut found);
    }
    if let Some(key) = &server.unasked {
        let key = key.as_raw().label(40);
        found.push(
            Concern::new(
                &rules::UNASKED_CALLS,
                Part::Unasked,
                format!("may be called without a question, whatever the tool (`{key}`)"),
            )
            .about(key),
        );
    }
    found
}

/// An address that leads to another machine without encryption.
pub(super) fn address(url: Raw<'_>, part: Part, found: &mut Vec<Concern>) {
    let text = std::io::read_to_string(url.bytes()).unwrap_or_default();
    let Some(address) = host::split(&text) else {
        return;
    };
    if !address.scheme.eq_ignore_ascii_case("http") {
        return;
    }
    let severity = match host::place(address.host).place {
        Where::Loopback => return,
        Where::Private | Where::Inner => Severity::Low,
        // A name without a dot is one of the own network.
        Where::Outside if !address.host.contains('.') || address.host.ends_with(".local") => {
            Severity::Low
        }
        Where::Outside | Where::Metadata => Severity::Medium,
    };
    let host = Raw::from(address.host).label(60);
    found.push(
        Concern::new(
            &rules::UNENCRYPTED,
            part,
            "is reached without encryption (http)",
        )
        .severity(severity)
        .shows(Raw::from(format!("http://{host}").as_str()))
        .about(host),
    );
}

/// What is shown of a secret: its name, and the beginning by which it can be told from others.
fn masked(name: Raw<'_>, secret: &[u8]) -> RawBuf {
    const KEPT: usize = 4;
    let kept = match secret.len() >= 3 * KEPT && secret.is_ascii() {
        true => &secret[..KEPT],
        false => b"",
    };
    RawBuf::from([name.bytes(), b"=", kept, secret::MASK.as_bytes()].concat())
}

/// The first secret of a text, and whether it is one beyond doubt.
fn secret_in(text: &[u8]) -> Option<(std::ops::Range<usize>, bool)> {
    let found = secret::find(text);
    let best = found.iter().find(|one| one.kind.sure).or(found.first())?;
    Some((best.range.clone(), best.kind.sure))
}

/// The secret among a value that stands under a name, however little it looks like one by itself.
fn secret_under(name: Raw<'_>, value: &[u8]) -> Option<(Vec<u8>, bool)> {
    if let Some((range, sure)) = secret_in(value) {
        return Some((value[range].to_vec(), sure));
    }
    // An option is spelled with dashes what a variable is spelled with underscores.
    let spelled = |b: &u8| if *b == b'-' { b'_' } else { *b };
    let name: Vec<u8> = name.bytes().iter().map(spelled).collect();
    let joined = [&name, &b"="[..], value].concat();
    let (range, sure) = secret_in(&joined)?;
    (range.start > name.len()).then(|| (joined[range].to_vec(), sure))
}

fn sureness(sure: bool) -> Confidence {
    if sure {
        Confidence::High
    } else {
        Confidence::Medium
    }
}

fn in_variable(name: Raw<'_>, value: Raw<'_>, n: usize, found: &mut Vec<Concern>) {
    if value.bytes().starts_with(b"$") {
        return;
    }
    if let Some((secret, sure)) = secret_under(name, value.bytes()) {
        let label = name.label(40);
        found.push(
            Concern::new(
                &rules::CONFIGURED_SECRET,
                Part::Env(n),
                format!(
                    "has a secret in its environment, in plain text in the configuration: {label}"
                ),
            )
            .confidence(sureness(sure))
            .shows(masked(name, &secret).as_raw())
            .about(label),
        );
    }
}

/// Headers that log in.
fn logs_in(name: &[u8]) -> bool {
    [
        "authorization",
        "proxy-authorization",
        "cookie",
        "x-api-key",
        "api-key",
        "x-auth-token",
        "x-access-token",
    ]
    .iter()
    .any(|known| name.eq_ignore_ascii_case(known.as_bytes()))
}

fn in_header(name: Raw<'_>, value: Raw<'_>, part: Part, found: &mut Vec<Concern>) {
    let value = value.bytes().trim_ascii();
    let login = value.rsplit(|b| *b == b' ').next().unwrap_or_default();
    // What the client fills in is no secret, nor is what a person has yet to fill in.
    let token = secret::kinds().iter().find(|kind| kind.name == "token");
    let is_filled = login.len() >= 16
        && login.is_ascii()
        && !login.iter().any(|b| b"$<>{}%*".contains(b))
        && !token.is_some_and(|kind| kind.is_placeholder(login));
    let secret = secret_under(name, value)
        .or_else(|| (logs_in(name.bytes()) && is_filled).then(|| (login.to_vec(), false)));
    if let Some((secret, sure)) = secret {
        let label = name.label(40);
        found.push(
            Concern::new(
                &rules::CONFIGURED_SECRET,
                part,
                format!(
                    "is sent a secret in a header, in plain text in the configuration: {label}"
                ),
            )
            .confidence(sureness(sure))
            .shows(masked(name, &secret).as_raw())
            .about(label),
        );
    }
}

fn in_address(url: Raw<'_>, found: &mut Vec<Concern>) {
    if let Some((range, sure)) = secret_in(url.bytes()) {
        found.push(
            Concern::new(
                &rules::CONFIGURED_SECRET,
                Part::Address,
                "has a secret in its address, which logs on the way keep",
            )
            .confidence(sureness(sure))
            .shows(masked(Raw::from("address"), &url.bytes()[range]).as_raw())
            .about("the address"),
        );
    }
}

fn in_arguments(argv: &[Raw<'_>], found: &mut Vec<Concern>) {
    for (n, word) in argv.iter().enumerate().skip(1) {
        let before = argv[n - 1].bytes();
        let option = before.starts_with(b"--") && !before.contains(&b'=');
        let name = Raw::new(before.strip_prefix(b"--").unwrap_or_default());
        let colon = memchr::memchr(b':', word.bytes());
        let header = colon.filter(|at| logs_in(&word.bytes()[..*at]));
        if let Some(at) = header {
            let (name, value) = (word.slice(0..at), word.slice(at + 1..word.len()));
            let mut inside = Vec::new();
            in_header(name, value, Part::Word(n), &mut inside);
            if let Some(one) = inside.pop() {
                found.push(Concern {
                    says: AMONG_ARGUMENTS.into(),
                    ..one
                });
            }
            continue;
        }
        let secret = match option {
            true => secret_under(name, word.bytes()),
            false => {
                secret_in(word.bytes()).map(|(range, sure)| (word.bytes()[range].to_vec(), sure))
            }
        };
        if let Some((secret, sure)) = secret {
            let named = if option { name } else { Raw::from("argument") };
            found.push(
                Concern::new(&rules::CONFIGURED_SECRET, Part::Word(n), AMONG_ARGUMENTS)
                    .confidence(sureness(sure))
                    .shows(masked(named, &secret).as_raw())
                    .about("the arguments"),
            );
        }
    }
}

const AMONG_ARGUMENTS: &str =
    "has a secret among its arguments, which every program on this machine can read";

/// Whether the package is fetched anew at every start, and whether its name poses as another's.
pub(super) fn package(ran: &package::Ran<'_>, n: usize, found: &mut Vec<Concern>) {
    let name = ran.package.label(60);
    if let Some(known) = package::poses_as(ran) {
        found.push(
            Concern::new(
                &rules::LOOK_ALIKE_PACKAGE,
                Part::Word(n + ran.at),
                format!("runs {name}, whose name looks like that of {known}"),
            )
            .shows(ran.package)
            .about(name.clone()),
        );
    }
    if !ran.pinned {
        found.push(
            Concern::new(
                &rules::UNPINNED,
                Part::Word(n + ran.at),
                format!("runs whatever version of {name} is the newest when it starts"),
            )
            .shows(ran.package)
            .about(name),
        );
    }
}
