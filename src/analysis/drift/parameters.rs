//! Parameters that ask for more, hold more or allow more than before.

use super::Pair;
use super::harvest::{self, Wants};
use crate::analysis::detect::{Found, tokens};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::attack_command;
use crate::analysis::signal::path::{self, PathClass};
use crate::session::compare::Part;
use crate::session::schema::Parameter;
use crate::text::{Raw, RawBuf};
use crate::wire::json::Value;
use std::collections::BTreeSet;

/// Findings on the parameters of one change.
const MOST: usize = 16;

pub fn look(pair: &Pair<'_>, found: &mut Vec<Found>) {
    let differs: BTreeSet<&RawBuf> = pair
        .comparison
        .differences
        .iter()
        .filter(|one| one.part == Part::Parameter)
        .map(|one| &one.name)
        .collect();
    let mut own = Vec::new();
    for now in &pair.comparison.after.list {
        if !differs.contains(&now.path) {
            continue;
        }
        let one = One {
            now,
            was: pair.comparison.before.get(&now.path),
            pair,
        };
        own.extend(one.asks());
        own.extend(one.default());
        own.extend(one.power());
        if own.len() >= MOST {
            if let Some(last) = own.last_mut() {
                last.explanation
                    .push_str(" Further parameters were not looked at.");
            }
            break;
        }
    }
    found.extend(own);
    if found.is_empty() {
        found.extend(description(pair));
    }
}

/// A parameter that is new or not what it was.
struct One<'a> {
    now: &'a Parameter,
    was: Option<&'a Parameter>,
    pair: &'a Pair<'a>,
}

impl One<'_> {
    fn name(&self) -> String {
        self.now.path.as_raw().label(60)
    }

    /// Where it stands in the definition.
    fn value(&self) -> Value<'_> {
        let mut at = self.pair.new;
        let mut left = self.now.pointer.as_str();
        while !left.is_empty() {
            let inner = at.items().find_map(|item| {
                let rest = left.strip_prefix(&item.pointer(Some(at.id())))?;
                (rest.is_empty() || rest.starts_with('/')).then_some((item, rest))
            });
            let Some((item, rest)) = inner else { break };
            (at, left) = (item, rest);
        }
        at
    }

    /// A finding that shows the parameter.
    fn shows(&self, found: Found) -> Found {
        let raw = self.value().raw();
        found
            .at(self.now.pointer.clone())
            .shows(raw, 0..raw.len().min(300))
    }

    fn is_free_text(&self) -> bool {
        let kind = self.now.kind.as_raw().bytes();
        let open = kind.is_empty()
            || kind.starts_with(b"any")
            || memchr::memmem::find(kind, b"string").is_some();
        open && self.now.choices.is_empty()
    }

    fn asks(&self) -> Option<Found> {
        if !self.is_free_text() {
            return None;
        }
        let added = self.was.is_none();
        let required = self.now.required && self.was.is_none_or(|was| !was.required);
        let words = self.now.description.as_ref().map(RawBuf::as_raw);
        let in_words = words.is_some_and(harvest::in_words)
            && !self
                .was
                .and_then(|was| was.description.as_ref())
                .is_some_and(|was| harvest::in_words(was.as_raw()));
        let by_name = if added {
            harvest::by_name(self.now.path.as_raw())
        } else {
            Wants::No
        };
        let explained = words.is_some_and(|words| !words.is_empty());
        let secret = added && words.is_some_and(harvest::secret);
        let wants_secret = words.is_some_and(harvest::wants_secret)
            && !self
                .was
                .and_then(|was| was.description.as_ref())
                .is_some_and(|was| harvest::secret(was.as_raw()));
        let found = Found::new(&rules::ASKS_MORE);
        let demanded = if required { ", required," } else { "" };
        let new = if added { "new" } else { "changed" };
        let wants = in_words
            || by_name == Wants::Surely
            || by_name == Wants::Perhaps && required && !explained;
        let found = if wants {
            found
                .confidence(match required {
                    true => Confidence::High,
                    false => Confidence::Medium,
                })
                .because(format!(
                    "The parameter `{}` is {new}{demanded} and takes free text about the session.",
                    self.name()
                ))
        } else if secret || wants_secret {
            found
                .severity(match required || wants_secret {
                    true => Severity::High,
                    false => Severity::Medium,
                })
                .because(format!(
                    "The parameter `{}` is {new}{demanded} and asks for a secret of the person.",
                    self.name()
                ))
        } else if added && required {
            found
                .severity(Severity::Medium)
                .confidence(Confidence::Low)
                .because(format!(
                    "The parameter `{}` is new, required, and takes free text.",
                    self.name()
                ))
        } else {
            return None;
        };
        Some(self.shows(found))
    }

    /// A value that stands there unless another is given.
    fn default(&self) -> Option<Found> {
        let default = self.now.default.as_ref()?;
        let was = self.was.and_then(|was| was.default.as_ref());
        if was == Some(default) {
            return None;
        }
        let text = decoded(default);
        let (severity, what) = if is_mail(&text) {
            (Severity::High, "a mail address")
        } else if path::find(&text.to_lowercase())
            .iter()
            .any(|(_, class)| *class >= PathClass::AgentConfig)
        {
            (Severity::High, "the path of private data")
        } else if !attack_command::told_in(&text).is_empty() || is_shell(&text) {
            (Severity::High, "a command")
        } else if let Some(host) = host(&text) {
            // An address of the same host is another version of the same service.
            if was.is_some_and(|was| host_of(&decoded(was)) == Some(host.to_owned())) {
                return None;
            }
            let lower = self.now.path.as_raw().bytes().to_ascii_lowercase();
            let sink = SINKS
                .iter()
                .any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some());
            match sink {
                true => (Severity::High, "an address that data may be sent to"),
                false => (Severity::Medium, "an address"),
            }
        } else {
            return None;
        };
        let (when, confidence) = match self.was {
            None => ("is new and holds", Confidence::High),
            Some(_) => ("now holds", Confidence::Medium),
        };
        let raw = default.as_raw();
        Some(
            Found::new(&rules::ASKS_MORE)
                .severity(severity)
                .confidence(confidence)
                .at(format!("{}/default", self.now.pointer))
                .shows(raw, 0..raw.len().min(200))
                .because(format!(
                    "The parameter `{}` {when} {what} unless another value is given.",
                    self.name()
                )),
        )
    }

    /// Choices that switch protections off.
    fn power(&self) -> Option<Found> {
        let had = self.was.map_or(&[][..], |was| &was.choices);
        let name = tokens(&String::from_utf8_lossy(self.now.path.as_raw().bytes()));
        let of_mode = name.iter().any(|word| MODES.contains(&word.as_str()));
        let power = self.now.choices.iter().find(|choice| {
            let words = tokens(&String::from_utf8_lossy(
                choice.as_raw().slice(0..200).bytes(),
            ));
            let is = |table: &[&str]| words.iter().any(|word| table.contains(&word.as_str()));
            !had.contains(choice) && (is(POWERS) || of_mode && is(MILD))
        })?;
        let raw = self.value().raw();
        let bytes = power.as_raw().bytes();
        let at = memchr::memmem::find(raw.bytes(), bytes).unwrap_or(0);
        Some(
            Found::new(&rules::POWER_ADDED)
                .at(self.now.pointer.clone())
                .shows(raw, at..at + bytes.len())
                .because(format!(
                    "`{}` accepts `{}` now.",
                    self.name(),
                    power.as_raw().label(60)
                )),
        )
    }
}

/// A description that asks for the conversation: some servers write their parameters there.
fn description(pair: &Pair<'_>) -> Option<Found> {
    let text = |value: Value<'_>| value.str("description").map(|text| text.into_buf());
    let now = text(pair.new)?;
    let asks = |text: &RawBuf| harvest::in_words(text.as_raw());
    if !asks(&now) || text(pair.old).is_some_and(|old| asks(&old)) {
        return None;
    }
    let shown = pair.new.get("description").unwrap_or(pair.new).raw();
    Some(
        Found::new(&rules::ASKS_MORE)
            .at("/description")
            .shows(shown, 0..shown.len().min(200))
            .because(
                "Its description asks for the conversation, the prompt or the model's name now.",
            ),
    )
}

/// Choices that switch protections off wherever they stand.
const POWERS: &[&str] = &[
    "shell",
    "exec",
    "eval",
    "sudo",
    "unsafe",
    "unrestricted",
    "privileged",
    "bypass",
    "superuser",
    "unsandboxed",
    "dangerous",
    "dangerously",
    "jailbreak",
];
/// Choices that do so in a parameter that says how a thing is run, and elsewhere are a format, a theme, a folder.
const MILD: &[&str] = &[
    "raw", "admin", "root", "force", "system", "full", "none", "off",
];
/// Words in the names of such parameters.
const MODES: &[&str] = &[
    "access",
    "execution",
    "isolation",
    "permission",
    "permissions",
    "privilege",
    "privileges",
    "sandbox",
    "safety",
    "security",
];
/// Words in the names of parameters that say where data goes.
const SINKS: &[&str] = &[
    "bcc",
    "callback",
    "collect",
    "copy",
    "forward",
    "hook",
    "log",
    "mirror",
    "notify",
    "proxy",
    "relay",
    "report",
    "sink",
    "telemetry",
    "upload",
];

/// A default as text: a string without its quotes, anything else as JSON.
fn decoded(json: &RawBuf) -> String {
    let bytes = json.as_raw().bytes();
    serde_json::from_slice::<String>(bytes)
        .unwrap_or_else(|_| String::from_utf8_lossy(bytes).into_owned())
}

fn is_mail(text: &str) -> bool {
    let sides = text.split_once('@');
    !text.contains(char::is_whitespace)
        && !text.contains("://")
        && sides.is_some_and(|(who, host)| !who.is_empty() && host.contains('.'))
}

/// The host of a text that is a URL and nothing else.
fn host(text: &str) -> Option<&str> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"))?;
    rest.split(['/', '?', '#', ':'])
        .next()
        .filter(|host| !host.is_empty())
}

fn host_of(text: &str) -> Option<String> {
    host(text).map(str::to_owned)
}

/// A substitution, or a download that is run.
fn is_shell(text: &str) -> bool {
    let fetches = ["curl ", "wget "].iter().any(|word| text.contains(word));
    text.contains("$(")
        || fetches && text.contains("://")
        || Raw::from(text).bytes().contains(&b'`') && text.contains(' ')
}
