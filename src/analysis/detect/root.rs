//! Paths outside the folders that a server was given.
//!
//! What the server was given is known from the client's answers to `roots/list`, from tools that list what they may
//! touch, and from the command that started it.

use super::{Argument, CallAt, Detector, Found, Look, MessageAt, Sink};
use crate::analysis::conversation::{Conversations, normal};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::session::{ServerId, Session};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Doc;
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "paths outside the roots",
    rules: &[&rules::OUTSIDE_ROOTS],
    look: Look::Call(called),
};

pub const ANSWERED: Detector = Detector {
    name: "paths outside the roots that were answered",
    rules: &[&rules::OUTSIDE_ROOTS],
    look: Look::Message(answered),
};

/// How a path leaves its folders.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Leaves {
    /// It lies elsewhere.
    Elsewhere,
    /// It lies where machines keep what nobody misses.
    Temporary,
    /// It only begins with the same letters: `/data/app-secret` beside `/data/app`.
    SamePrefix,
}

fn called(at: &CallAt<'_>, sink: &mut Sink) {
    let roots = roots(&at.memory.conversations, at.session, at.server);
    if roots.is_empty() {
        return;
    }
    for (argument, text, leaves, root) in outside(at.arguments, &roots) {
        let severity = match leaves {
            Leaves::SamePrefix => Severity::Medium,
            Leaves::Elsewhere => Severity::Low,
            Leaves::Temporary => Severity::Info,
        };
        sink.put(
            Found::new(&rules::OUTSIDE_ROOTS)
                .severity(severity)
                .at(argument.pointer())
                .shows(argument.raw(), 0..text.len())
                .because(why(leaves, &root))
                .group(format!("{leaves:?} {text}")),
        );
    }
}

fn why(leaves: Leaves, root: &str) -> String {
    let root = crate::text::Raw::from(root).label(80);
    match leaves {
        Leaves::SamePrefix => format!(
            "It begins with the letters of `{root}`, which the server was given, and is not inside it."
        ),
        _ => format!("The server was given `{root}`, and this is not inside."),
    }
}

/// What the server let through counts more than what it refused.
fn answered(at: &MessageAt<'_>, sink: &mut Sink) {
    if at.row.kind != MessageKind::Result
        || at.row.dir != Direction::S2c
        || at.session.method(at.id) != method::TOOLS_CALL
    {
        return;
    }
    let roots = roots(&at.memory.conversations, at.session, at.server);
    let Some(request) = at.row.pair().filter(|_| !roots.is_empty()) else {
        return;
    };
    let root = at.doc.root();
    let refused =
        root.is_none_or(|r| r.at(&["result", "isError"]).and_then(|v| v.as_bool()) == Some(true));
    if refused {
        return;
    }
    let Ok(body) = at.session.read(request) else {
        return;
    };
    let doc = Doc::parse(body.message());
    let Some(arguments) = doc.root().and_then(|r| r.at(&["params", "arguments"])) else {
        return;
    };
    for (argument, text, leaves, root) in outside(&super::arguments(arguments), &roots) {
        let severity = match leaves {
            Leaves::SamePrefix => Severity::High,
            Leaves::Elsewhere => Severity::Medium,
            Leaves::Temporary => Severity::Info,
        };
        let mut found = Found::new(&rules::OUTSIDE_ROOTS)
            .severity(severity)
            .at(argument.pointer())
            .shows(argument.raw(), 0..text.len())
            .related(at.id, "answered")
            .because(format!("{} The server let it through.", why(leaves, &root)))
            .group(format!("{leaves:?} {text}"));
        found.instead_at = Some(request);
        sink.put(found);
    }
}

/// The folders of a server: told in the session, or given on its command line.
fn roots(conversations: &Conversations, session: &Session, server: ServerId) -> Vec<String> {
    let mut roots = conversations.roots(server).to_vec();
    if roots.is_empty() {
        roots = on_command_line(session.server(server).command.as_raw().bytes());
    }
    roots
}

/// Folders on the command line of a server for files, or behind an option that names one.
fn on_command_line(command: &[u8]) -> Vec<String> {
    const OPTIONS: &[&str] = &[
        "--root",
        "--roots",
        "--allowed-dir",
        "--allowed-dirs",
        "--allowed-directory",
        "--allowed-directories",
        "--workspace",
        "--repository",
        "--base-dir",
        "--base-path",
        "--allow-path",
        "--project-root",
    ];
    let Ok(command) = std::str::from_utf8(command) else {
        return Vec::new();
    };
    let words: Vec<&str> = command.split(' ').collect();
    let for_files = words.iter().position(|w| {
        [
            "filesystem",
            "file-system",
            "server-fs",
            "mcp-fs",
            "fs-mcp",
            "rust-mcp-filesystem",
        ]
        .iter()
        .any(|f| w.contains(f))
    });
    let mut roots = Vec::new();
    for (n, word) in words.iter().enumerate().skip(1) {
        let (option, value) = word.split_once('=').unwrap_or(("", word));
        let behind = OPTIONS.contains(&option) || OPTIONS.contains(&words[n - 1]);
        let own = for_files.is_some_and(|at| n > at) && option.is_empty();
        // A file is no folder, and a server's own program stands in front.
        let name = value.rsplit('/').next().unwrap_or(value);
        let file = name.contains('.') && !name.starts_with('.');
        if (behind || own && !file)
            && let Some(folder) = normal(value)
        {
            roots.push(folder);
        }
    }
    roots
}

/// The paths among the arguments that lead outside the roots, and the root that each is nearest to.
fn outside<'a>(
    arguments: &'a [Argument<'a>],
    roots: &'a [String],
) -> impl Iterator<Item = (&'a Argument<'a>, &'a str, Leaves, String)> {
    arguments
        .iter()
        .filter(|a| a.is_path() && !a.is_query() && !a.is_command())
        .filter_map(|argument| {
            let text = argument.str(1_024)?;
            let (leaves, root) = judge(text, roots)?;
            Some((argument, text, leaves, root))
        })
}

fn judge(text: &str, roots: &[String]) -> Option<(Leaves, String)> {
    let path = crate::analysis::conversation::folder(text)?;
    let inside = |root: &String| {
        root == "/"
            || path == *root
            || path
                .strip_prefix(root.as_str())
                .is_some_and(|rest| rest.starts_with('/'))
    };
    if roots.iter().any(inside) {
        return None;
    }
    if let Some(root) = roots
        .iter()
        .find(|root| root.len() > 3 && path.starts_with(root.as_str()))
    {
        return Some((Leaves::SamePrefix, root.clone()));
    }
    let temporary = ["/tmp", "/var/tmp", "/private/tmp", "/var/folders"]
        .iter()
        .any(|t| {
            path == *t
                || path
                    .strip_prefix(t)
                    .is_some_and(|rest| rest.starts_with('/'))
        });
    let leaves = if temporary {
        Leaves::Temporary
    } else {
        Leaves::Elsewhere
    };
    Some((leaves, roots.first()?.clone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_compared_by_its_parts() {
        let roots = vec!["/data/app".to_owned()];
        let leaves = |path: &str| judge(path, &roots).map(|(l, _)| l);
        assert_eq!(leaves("/data/app/x/../y"), None);
        assert_eq!(leaves("/data/app"), None);
        assert_eq!(leaves("/data/app-secret/x"), Some(Leaves::SamePrefix));
        assert_eq!(leaves("/data/app/../other"), Some(Leaves::Elsewhere));
        assert_eq!(leaves("/tmp/x"), Some(Leaves::Temporary));
        assert_eq!(leaves("x/y"), None);
    }

    #[test]
    fn command_lines_tell_folders() {
        assert_eq!(
            on_command_line(b"node /opt/x/server-filesystem/dist/index.js /srv/a /srv/b"),
            ["/srv/a", "/srv/b"]
        );
        assert_eq!(
            on_command_line(b"mcp-server-git --repository /srv/r"),
            ["/srv/r"]
        );
        assert!(on_command_line(b"python /srv/server.py --config /etc/x.json").is_empty());
    }
}
