//! Names that a client makes of server and tool for the model, and whether they can be told apart again.

use crate::analysis::detect::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::peers::CUT;
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::formats::naming::{
    self, CLAUDE_CODE, COPILOT_CLI, GEMINI, GOOSE, Naming, OPENCODE, ROO, normalised,
};
use crate::session::{Item, ItemKind, RowId, ServerId, Session};
use crate::text::Raw;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "calls by a client's own names",
    rules: &[&rules::AMBIGUOUS_CALL],
    look: Look::Message(look),
};

/// How clients join names, by what they call themselves.
const CLIENTS: &[(&str, Naming)] = &[
    ("claude", CLAUDE_CODE),
    ("codex", CLAUDE_CODE),
    ("gemini", GEMINI),
    ("visual studio code", GEMINI),
    ("vscode", GEMINI),
    ("opencode", OPENCODE),
    ("goose", GOOSE),
    ("roo", ROO),
    ("copilot", COPILOT_CLI),
];

fn of_client(name: &str) -> Option<Naming> {
    let name = name.to_ascii_lowercase();
    let word = |known: &str| {
        // `roo` is in many words.
        let starts = name.starts_with(known) || name.contains(&format!(" {known}"));
        starts || known.len() > 4 && name.contains(known)
    };
    CLIENTS
        .iter()
        .find(|(known, _)| word(known))
        .map(|(_, naming)| *naming)
}

/// How the client joins names that recorded the message, or that greeted the server.
pub(super) fn in_use(session: &Session, server: ServerId, row: Option<RowId>) -> Option<Naming> {
    let recorded = row.map(|row| session.sources()[session.row(row).source.index()].format);
    let transcript = recorded.filter(|_| row.is_some_and(|row| !session.is_verbatim(row)));
    let greeted = || {
        let client = session.server(server).client.as_raw();
        of_client(std::str::from_utf8(client.bytes()).ok()?)
    };
    transcript
        .and_then(|format| of_client(format.id))
        .or_else(greeted)
}

/// The name for the model, as long as it may be.
pub(super) fn made(naming: Naming, server: &[u8], tool: &[u8]) -> Vec<u8> {
    let mut name = naming.join(server, tool);
    name.truncate(CUT);
    name
}

/// What the two tools are for the clients.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Meet {
    /// One name, for the client that is in use.
    Here,
    /// One name, and nobody knows which client is in use.
    Somewhere,
    /// One name, but only for a client that is not in use.
    Elsewhere,
    /// No known client makes one name of them.
    Nowhere,
}

pub(super) fn meet(session: &Session, mine: &Item, other: &Item) -> Meet {
    let name = |naming: Naming, item: &Item| {
        let label = session.server(item.server).label.as_raw();
        made(naming, label.bytes(), item.name.as_raw().bytes())
    };
    let one = |naming: Naming| name(naming, mine) == name(naming, other);
    let used = [mine, other].map(|item| {
        let first = item.versions.first().map(|version| version.from);
        in_use(session, item.server, first)
    });
    let any = naming::ALL.iter().any(|(_, naming)| one(*naming));
    match used.into_iter().flatten().next() {
        Some(naming) if one(naming) => Meet::Here,
        Some(_) if any => Meet::Elsewhere,
        None if one(CLAUDE_CODE) => Meet::Somewhere,
        None if any => Meet::Elsewhere,
        _ => Meet::Nowhere,
    }
}

/// Another tool of the same server that ends as the same name, since both are cut.
pub(super) fn cut_twin<'s>(session: &'s Session, item: &Item) -> Option<&'s Item> {
    /// Tools that are compared: more than that have no client that takes them.
    const MOST: usize = 512;
    let first = item.versions.first().map(|version| version.from);
    let naming = in_use(session, item.server, first)?;
    let label = session.server(item.server).label.as_raw().bytes();
    if naming.join(label, item.name.as_raw().bytes()).len() <= CUT {
        return None;
    }
    let name = made(naming, label, item.name.as_raw().bytes());
    let before = session.items().iter().filter(|other| {
        other.server == item.server && other.kind == ItemKind::Tool && other.id < item.id
    });
    before
        .take(MOST)
        .find(|other| made(naming, label, other.name.as_raw().bytes()) == name)
}

/// Ways to take a name apart that several known servers allow.
fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let is_call = at.row.kind == MessageKind::Request
        && at.row.dir == Direction::C2s
        && at.session.method(at.id) == method::TOOLS_CALL;
    if !is_call || at.session.is_verbatim(at.id) || at.session.servers().len() < 2 {
        return;
    }
    let Some(naming) = in_use(at.session, at.server, Some(at.id)) else {
        return;
    };
    let Some(name) = at.body.envelope("client_name") else {
        return;
    };
    let tool = at.session.name(at.id);
    let mine = at.session.server(at.server).label.as_raw();
    let Some((other, theirs)) = other_way(at.session, at.server, naming, name.as_raw()) else {
        return;
    };
    let is_there = at.session.item(other, ItemKind::Tool, theirs).is_some();
    let label = at.session.server(other).label.as_raw();
    let why = format!(
        "`{}` is taken for `{}` of {}; it could as well be `{}` of {}{}.",
        name.as_raw().label(80),
        tool.label(60),
        mine.label(40),
        theirs.label(60),
        label.label(40),
        if is_there {
            ", which has such a tool"
        } else {
            ""
        },
    );
    sink.put(
        Found::new(&rules::AMBIGUOUS_CALL)
            .severity(if is_there {
                Severity::Medium
            } else {
                Severity::Low
            })
            .shows(name.as_raw(), 0..name.as_raw().len())
            .because(why)
            .group(format!("{} {}", name.as_raw().label(80), other.0)),
    );
}

/// Servers that are compared with a name.
const COMPARED: usize = 256;

/// Another server whose label the name begins with, and the tool that is left.
fn other_way<'n>(
    session: &Session,
    own: ServerId,
    naming: Naming,
    name: Raw<'n>,
) -> Option<(ServerId, Raw<'n>)> {
    let rest = name.bytes().strip_prefix(naming.prefix.as_bytes())?;
    let servers = session.servers().iter().enumerate().take(COMPARED);
    let mine = normalised(session.server(own).label.as_raw().bytes());
    servers
        .filter(|(n, _)| *n != usize::from(own.0))
        .find_map(|(n, server)| {
            let label = normalised(server.label.as_raw().bytes());
            let tool = rest
                .strip_prefix(&label[..])?
                .strip_prefix(naming.separator.as_bytes())?;
            let is_other = !label.is_empty() && label != mine && !tool.is_empty();
            is_other.then(|| (ServerId(n as u16), Raw::new(tool)))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Findings;
    use crate::session::SourceArg;
    use crate::session::load::{self, Options};
    use std::sync::atomic::AtomicBool;
    use std::sync::{Arc, RwLock};

    fn judged(name: &str, text: &str) -> Vec<(&'static str, Severity)> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        let session = load::whole(&[SourceArg::Path(path)], Options::default()).unwrap();
        let findings = Arc::new(RwLock::new(Findings::default()));
        crate::analysis::run(&session, &findings, &|| {}, &AtomicBool::new(false));
        let findings = findings.read().unwrap();
        let found = findings.list().iter();
        found
            .map(|one| (one.rule.id, one.severity))
            .filter(|(id, _)| id.contains("client"))
            .collect()
    }

    /// Two servers, each greeted by this client and with one tool.
    fn two(client: &str, a: (&str, &str), b: (&str, &str)) -> Vec<(&'static str, Severity)> {
        let mut text = String::new();
        for (label, tool) in [a, b] {
            for (dir, raw) in [
                ("c2s", format!(r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"protocolVersion":"2025-11-25","capabilities":{{}},"clientInfo":{{"name":"{client}","version":"1"}}}}}}"#)),
                ("s2c", r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"x","version":"1"}}}"#.to_owned()),
                ("c2s", r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#.to_owned()),
                ("s2c", format!(r#"{{"jsonrpc":"2.0","id":2,"result":{{"tools":[{{"name":"{tool}","inputSchema":{{"type":"object"}}}}]}}}}"#)),
            ] {
                text += &format!(r#"{{"session_id":"{label}","server_label":"{label}","direction":"{dir}","transport":"stdio","raw":{raw}}}"#);
                text.push('\n');
            }
        }
        judged("two.jsonl", &text)
    }

    #[test]
    fn tools_meet_as_the_client_in_use_names_them() {
        let worst = |client: &str, a, b| two(client, a, b).iter().map(|(_, s)| *s).max();
        let (a, b) = (("bank", "eu__pay"), ("bank__eu", "pay"));
        assert_eq!(worst("claude-code", a, b), Some(Severity::Medium));
        assert_eq!(worst("goose", a, b), Some(Severity::Medium));
        // Two separators of one letter, for a client that has another.
        let (a, b) = (("bank", "eu_pay"), ("bank_eu", "pay"));
        assert_eq!(worst("gemini-cli-mcp-client", a, b), Some(Severity::Medium));
        assert!(worst("claude-ai", a, b) <= Some(Severity::Info));
        // No client makes one name of these.
        assert!(
            worst("gemini-cli", ("bank", "pay"), ("bank-eu", "pay_out")) <= Some(Severity::Info)
        );
        let long = "x".repeat(60);
        let (one, two) = (format!("{long}_one"), format!("{long}_two"));
        assert!(worst("claude-code", ("a", &one), ("b", &two)) <= Some(Severity::Info));
    }

    #[test]
    fn names_of_one_server_that_are_cut_to_one_are_told() {
        let long = "y".repeat(60);
        let tools = format!(
            r#"[{{"name":"{long}_one","inputSchema":{{"type":"object"}}}},{{"name":"{long}_two","inputSchema":{{"type":"object"}}}}]"#
        );
        let line = |dir: &str, raw: &str| {
            format!(
                "{{\"session_id\":\"a\",\"server_label\":\"a\",\"direction\":\"{dir}\",\"transport\":\"stdio\",\"raw\":{raw}}}\n"
            )
        };
        let hello = |client: &str| {
            line(
                "c2s",
                &format!(
                    r#"{{"jsonrpc":"2.0","id":1,"method":"initialize","params":{{"protocolVersion":"2025-11-25","capabilities":{{}},"clientInfo":{{"name":"{client}","version":"1"}}}}}}"#
                ),
            ) + &line(
                "s2c",
                r#"{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":"2025-11-25","capabilities":{},"serverInfo":{"name":"x","version":"1"}}}"#,
            ) + &line("c2s", r#"{"jsonrpc":"2.0","id":2,"method":"tools/list"}"#)
                + &line(
                    "s2c",
                    &format!(r#"{{"jsonrpc":"2.0","id":2,"result":{{"tools":{tools}}}}}"#),
                )
        };
        assert_eq!(
            judged("a.jsonl", &hello("claude-code")),
            [("collision/one-name-for-a-client", Severity::Medium)]
        );
        assert_eq!(judged("a.jsonl", &hello("somebody")), []);
    }

    #[test]
    fn a_call_that_could_go_to_two_servers_is_told() {
        let call = |id: u32, name: &str| {
            format!(
                "{{\"type\":\"assistant\",\"uuid\":\"u{id}\",\"sessionId\":\"s\",\"timestamp\":\"2026-01-01T00:00:0{id}.000Z\",\"message\":{{\"role\":\"assistant\",\"content\":[{{\"type\":\"tool_use\",\"id\":\"t{id}\",\"name\":\"{name}\",\"input\":{{}}}}]}}}}\n"
            )
        };
        let servers = |server: &str, id: u32, name: &str| {
            call(id, name).replace(
                "\"type\":\"assistant\"",
                &format!("\"type\":\"assistant\",\"attributionMcpServer\":\"{server}\""),
            )
        };
        let odd = servers("bank", 1, "mcp__bank__pay")
            + &servers("bank__eu", 2, "mcp__bank__eu__pay")
            + &servers("bank__eu", 3, "mcp__bank__eu__pay");
        assert_eq!(
            judged("s.jsonl", &odd),
            [("collision/ambiguous-client-name", Severity::Low)]
        );
        let plain = call(1, "mcp__bank__pay") + &call(2, "mcp__shop__eu__pay") + &call(3, "Bash");
        assert_eq!(judged("s.jsonl", &plain), []);
    }
}
