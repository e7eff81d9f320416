//! What a client is set up to start: judged before anything of it runs.

mod command;
mod concern;
mod package;
#[cfg(test)]
mod tests;

pub use concern::{Concern, Part, concerns};

use super::names::servers::judge;
use super::{Detector, Evidence, Found, Look, Sink};
use crate::analysis::memory::Memory;
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::clients::{ALL_SECTIONS, Config, Launch, Server, Syntax};
use crate::session::{ServerId, Session};
use crate::text::Raw;
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "servers as they are configured",
    rules: &[
        &rules::CONFIGURED_SECRET,
        &rules::UNPINNED,
        &rules::UNGUARDED,
        &rules::UNASKED_CALLS,
        &rules::UNENCRYPTED,
        &rules::SHELL_LINE,
        &rules::LOOK_ALIKE_PACKAGE,
        &rules::SERVER_LOOKS_LIKE,
    ],
    look: Look::Launch(look),
};

/// A server as a configuration has it.
pub struct LaunchAt<'a> {
    pub server: ServerId,
    /// The configuration's own entry.
    pub entry: Value<'a>,
    pub memory: &'a Memory,
    pub session: &'a Session,
}

fn look(at: &LaunchAt<'_>, sink: &mut Sink) {
    if let Some(all) = at.entry.get("enableAllProjectMcpServers") {
        if all.as_bool() == Some(true) {
            sink.put(
                Found::new(&rules::UNASKED_CALLS)
                    .at(all.pointer(None))
                    .because("Every server that a project's own file names is started without a question, whoever wrote that file."),
            );
        }
        return;
    }
    look_alike(at, sink);
    let Some(server) = server_of(at.entry) else {
        return;
    };
    for concern in concerns(&server) {
        let mut found = Found::new(concern.rule)
            .severity(concern.severity)
            .confidence(concern.confidence)
            .title(format!("{}: {}", concern.rule.title, concern.about))
            .at(pointer(at.entry, &server, concern.part))
            .group(format!("{:?} {}", concern.part, concern.about))
            .because(format!("The server {}.", concern.says));
        if !concern.shown.as_raw().is_empty() {
            let shown = concern.shown.as_raw();
            found.evidence.push(Evidence::of(shown, 0..shown.len()));
        }
        sink.put(found);
    }
}

/// The entry as the configurations' own reader understands it.
fn server_of(entry: Value<'_>) -> Option<Server> {
    let mut text = String::from("{\"mcpServers\":{\"\":").into_bytes();
    text.extend_from_slice(entry.raw().bytes());
    text.extend_from_slice(b"}}");
    let config = Config::read(&text, Syntax::Json, ALL_SECTIONS).ok()?;
    config.servers.into_iter().next()
}

/// Where a part of the server stands in the message.
fn pointer(entry: Value<'_>, server: &Server, part: Part) -> String {
    let any = |keys: &[&str]| keys.iter().find_map(|key| entry.get(key));
    let inner = entry.get("command").filter(|at| at.is_object());
    let word = |n: usize| {
        let holder = inner.unwrap_or(entry);
        let command = match inner {
            Some(inner) => inner.get("path"),
            None => any(&["command", "cmd"]),
        }?;
        match (command.is_array(), n) {
            (true, n) => command.items().nth(n),
            (false, 0) => Some(command),
            (false, n) => holder.get("args")?.items().nth(n - 1),
        }
    };
    let member = |maps: &[&str], name: Raw<'_>| {
        let of = |map: Value<'_>| {
            let found = map
                .items()
                .filter(|at| at.key().is_some_and(|key| key.as_raw() == name))
                .last();
            found.map(|at| at.pointer(None))
        };
        let inside = inner.and_then(|inner| inner.get("env"));
        any(maps).and_then(of).or_else(|| inside.and_then(of))
    };
    let found = match part {
        Part::Word(n) => word(n).map(|at| at.pointer(None)),
        Part::Env(n) => server
            .env
            .get(n)
            .and_then(|(name, _)| member(&["env", "environment", "envs"], name.as_raw())),
        Part::Header(n) => match &server.launch {
            Launch::Http { headers, .. } => headers
                .get(n)
                .and_then(|(name, _)| member(&["headers", "http_headers"], name.as_raw())),
            Launch::Stdio { .. } => None,
        },
        Part::Address => any(&["url", "serverUrl", "httpUrl", "uri"]).map(|at| at.pointer(None)),
        Part::Unasked => server.unasked.as_ref().and_then(|key| {
            let found = entry
                .items()
                .find(|at| at.key().is_some_and(|own| own.as_raw() == key.as_raw()));
            found.map(|at| at.pointer(None))
        }),
    };
    found.unwrap_or_else(|| entry.pointer(None))
}

/// A name that can be taken for that of a server which was configured before.
fn look_alike(at: &LaunchAt<'_>, sink: &mut Sink) {
    let mine = &at.session.server(at.server).label;
    let Ok(label) = std::str::from_utf8(mine.as_raw().bytes()) else {
        return;
    };
    for other in at.memory.names.servers_like(label) {
        let theirs = &at.session.server(other).label;
        if other.0 >= at.server.0 || theirs == mine {
            continue;
        }
        let Ok(their_label) = std::str::from_utf8(theirs.as_raw().bytes()) else {
            continue;
        };
        let Some((severity, why)) = judge(label, their_label) else {
            continue;
        };
        // People name servers as they like: only what deceives the eye is more than a remark.
        let severity = match severity {
            Severity::High => Severity::High,
            _ => Severity::Info,
        };
        sink.put(
            Found::new(&rules::SERVER_LOOKS_LIKE)
                .severity(severity)
                .confidence(Confidence::Medium)
                .title(format!(
                    "{}: {} and {}",
                    rules::SERVER_LOOKS_LIKE.title,
                    mine.as_raw().label(40),
                    theirs.as_raw().label(40)
                ))
                .at("/name")
                .shows(mine.as_raw(), 0..mine.as_raw().len())
                .because(why)
                .group(format!("{} {}", at.server.0, other.0)),
        );
    }
}
