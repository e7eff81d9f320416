//! A policy from a session that was reviewed: what was there and what was used is permitted, the rest is not.
//!
//! What was used only by calls with grave findings stands in it as a comment. The same session gives the same text.

use super::line::Runs;
use super::places::Place;
use super::uses;
use crate::analysis::detect::{self, Argument};
use crate::analysis::findings::Findings;
use crate::analysis::rank::{Category, PlaceKind, Severity};
use crate::session::{ItemKind, RowId, Session};
use crate::text::Raw;
use crate::wire::json::{Doc, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Something that was used, and the rules of the findings on the calls that used it, if all of them have some.
type Names = BTreeMap<Vec<u8>, Blame>;

#[derive(Default)]
struct Blame {
    clean: bool,
    rules: BTreeSet<&'static str>,
}

/// What a session used.
#[derive(Default)]
struct Seen {
    servers: Names,
    /// By server.
    tools: BTreeMap<Vec<u8>, Names>,
    commands: Names,
    /// Folders, by how they are written.
    roots: BTreeMap<String, (Place, Blame)>,
    hosts: Names,
    /// Lines hold something that a list of commands cannot permit.
    unclear: bool,
    /// All command lines pass the strict check.
    strict: bool,
    calls: usize,
}

/// Verbs in names of tools that change something.
const VERBS: &[&str] = &[
    "write", "edit", "delete", "remove", "update", "create", "move", "rename", "send", "post",
    "publish", "merge", "push", "run", "execute", "install",
];

/// Writes the policy.
pub fn write(session: &Session, findings: &Findings) -> String {
    let seen = Seen::of(session, findings);
    let mut out = String::new();
    head(&seen, &mut out);
    servers(&seen, &mut out);
    tools(&seen, &mut out);
    commands(&seen, &mut out);
    paths(&seen, &mut out);
    hosts(&seen, &mut out);
    arguments(&seen, &mut out);
    annotations(session, &mut out);
    out
}

impl Seen {
    fn of(session: &Session, findings: &Findings) -> Seen {
        let mut seen = Seen {
            strict: true,
            ..Seen::default()
        };
        for server in session.servers() {
            let label = server.label.as_raw().bytes().to_vec();
            seen.servers.entry(label).or_default().clean = true;
        }
        for finding in findings.list() {
            // A page that a server fetched says nothing of the server.
            let own = matches!(
                finding.place.kind,
                PlaceKind::Definition | PlaceKind::ServerInfo | PlaceKind::Prompt
            );
            let of_server = own
                && matches!(
                    finding.rule.category,
                    Category::Poisoning
                        | Category::HiddenText
                        | Category::Redefinition
                        | Category::Collision
                        | Category::Shadowing
                );
            let label = finding
                .server
                .map(|id| session.server(id).label.as_raw().bytes());
            let blamed = label.filter(|_| of_server && finding.severity >= Severity::High);
            if let Some(server) = blamed.and_then(|label| seen.servers.get_mut(label)) {
                server.clean = false;
                server.rules.insert(finding.rule.id);
            }
        }
        for request in session.calls() {
            seen.call(session, findings, *request);
        }
        seen
    }

    fn call(&mut self, session: &Session, findings: &Findings, request: RowId) {
        let Ok(body) = session.read(request) else {
            return;
        };
        let doc = Doc::parse(body.message());
        let whole = doc
            .root()
            .and_then(|root| root.at(&["params", "arguments"]));
        let arguments: Vec<Argument<'_>> = whole.map_or(Vec::new(), detect::arguments);
        let grave = |n: &&usize| findings.list()[**n].severity >= Severity::High;
        let rules: Vec<&'static str> = findings
            .by_row(request)
            .iter()
            .filter(grave)
            .map(|n| findings.list()[*n].rule.id)
            .collect();
        let blame = |blame: &mut Blame| {
            blame.clean |= rules.is_empty();
            blame.rules.extend(&rules);
        };
        self.calls += 1;
        let server = session
            .server(session.server_of(request))
            .label
            .as_raw()
            .bytes()
            .to_vec();
        let tool = session.name(request);
        let tools = self.tools.entry(server).or_default();
        blame(tools.entry(tool.bytes().to_vec()).or_default());
        let uses = uses::of(&String::from_utf8_lossy(tool.bytes()), &arguments);
        for one in &uses.programs {
            match &one.what.what {
                Runs::Program(word) => {
                    blame(self.commands.entry(word.as_bytes().to_vec()).or_default());
                }
                _ => self.unclear = true,
            }
            let text = arguments[one.argument].raw().bytes();
            self.strict &= text.len() <= super::read::STRICT_LENGTH as usize
                && !text
                    .iter()
                    .any(|b| super::read::STRICT.as_bytes().contains(b) || b.is_ascii_control());
        }
        self.unclear |= !uses.unread.is_empty();
        for one in &uses.hosts {
            blame(self.hosts.entry(one.what.as_bytes().to_vec()).or_default());
        }
        for one in &uses.paths {
            let (text, places) = &one.what;
            for place in places.iter().flatten().filter(|place| place.is_rooted()) {
                let folder =
                    if text.ends_with(['/', '\\']) || is_folder(&arguments[one.argument].name) {
                        place.clone()
                    } else {
                        place.clone().folder()
                    };
                let entry = self.roots.entry(folder.written());
                blame(&mut entry.or_insert_with(|| (folder, Blame::default())).1);
            }
        }
    }
}

fn is_folder(name: &str) -> bool {
    ["dir", "directory", "folder", "cwd", "root"]
        .iter()
        .any(|word| name.contains(word))
}

fn head(seen: &Seen, out: &mut String) {
    let count = |n: usize, word: &str| {
        if n == 1 {
            format!("1 {word}")
        } else {
            format!("{n} {word}s")
        }
    };
    let _ = writeln!(
        out,
        "# A policy, written from a session with {} and {}. What was used there is permitted, the rest is a breach.\n\
         # Read it through before you trust it: a session shows what was done, not what should be.\n\
         #\n\
         #     plainsight check --policy plainsight.toml RECORDING\n\
         #\n\
         # `*` stands for anything in a name; `deny` comes before `allow`; a section that is left out permits everything.\n\
         # Every section takes `server` and `tool` to be about those alone, and `severity` for how bad a breach is.",
        count(seen.servers.len(), "server"),
        count(seen.calls, "call")
    );
}

fn section(out: &mut String, about: &str, header: &str) {
    let _ = writeln!(out);
    for line in about.lines() {
        let _ = writeln!(out, "# {line}");
    }
    let _ = writeln!(out, "{header}");
}

fn servers(seen: &Seen, out: &mut String) {
    section(
        out,
        "Servers, by the label that the client or the recorder gives them.",
        "[servers]",
    );
    list(out, "allow", &seen.servers);
}

fn tools(seen: &Seen, out: &mut String) {
    let mut about = "The tools of each server that were called.";
    for (server, tools) in &seen.tools {
        let Some(name) = quoted(server) else { continue };
        section(out, about, "[[tools]]");
        about = "";
        let _ = writeln!(out, "server = {name}");
        list(out, "allow", tools);
    }
}

fn commands(seen: &Seen, out: &mut String) {
    if seen.commands.is_empty() {
        return;
    }
    let mut about = String::from(
        "Programs that command lines may start. The whole line is held against the list: what stands behind a separator,\n\
         in a substitution, behind `sudo`, `xargs` or `sh -c`.",
    );
    if seen.unclear {
        about.push_str(
            "\nSome lines of the session hold what a list of programs cannot permit: variables that name a program,\n\
             options that make one run another. They stay breaches.",
        );
    }
    section(out, &about, "[commands]");
    list(out, "allow", &seen.commands);
}

fn paths(seen: &Seen, out: &mut String) {
    if seen.roots.is_empty() {
        return;
    }
    section(
        out,
        "Folders that calls may reach into. Relative paths are permitted as long as they do not climb out.",
        "[paths]",
    );
    let folders: Vec<&(Place, Blame)> = seen.roots.values().collect();
    let mut roots = Names::new();
    let mut wide = Vec::new();
    for (place, blame) in &folders {
        let parent = |other: &&&(Place, Blame)| {
            other.0 != *place && place.is_inside(&other.0) && other.1.clean && !is_wide(&other.0)
        };
        if is_wide(place) {
            wide.push(place.written());
        } else if !folders.iter().any(|other| parent(&other)) {
            let entry = roots.entry(place.written().into_bytes()).or_default();
            entry.clean |= blame.clean;
            entry.rules.extend(&blame.rules);
        }
    }
    list(out, "roots", &roots);
    for folder in wide {
        let shown = Raw::from(folder.as_str()).label(80);
        let _ = writeln!(
            out,
            "# Left out because it holds nearly everything: {shown}"
        );
    }
}

/// A root of everything, or a folder right below the root of a machine.
fn is_wide(place: &Place) -> bool {
    let written = place.written();
    place.depth() == 0
        || written.starts_with('/') && !written.starts_with("//") && place.depth() < 2
}

fn hosts(seen: &Seen, out: &mut String) {
    if seen.hosts.is_empty() {
        return;
    }
    section(
        out,
        "Hosts in addresses. `*.example.com` stands for the names below example.com, not for example.com itself.",
        "[hosts]",
    );
    list(out, "allow", &seen.hosts);
}

fn arguments(seen: &Seen, out: &mut String) {
    let body = "[[arguments]]\nargument = \"command\"\nstrict = true";
    let about = "The strict check of a command: a text of at most 1,000 characters with none of $ ` \\ ( ) { } [ ] & | ; in it and\n\
                 no control characters. `type`, `max_length`, `forbid`, `control` and `pattern` set the same one by one.";
    if seen.commands.is_empty() {
        return;
    }
    if seen.strict {
        section(out, about, body);
    } else {
        let about = format!("{about}\nCommands of this session do not pass it, so it is left out:");
        section(out, &about, &format!("# {}", body.replace('\n', "\n# ")));
    }
}

fn annotations(session: &Session, out: &mut String) {
    let mut lacking = 0;
    for item in session
        .items()
        .iter()
        .filter(|item| item.kind == ItemKind::Tool)
    {
        let words = detect::tokens(&String::from_utf8_lossy(item.name.as_raw().bytes()));
        let last = item.versions.len().checked_sub(1);
        let body = last.and_then(|n| session.version_json(item, n).ok());
        let doc = body.as_ref().map(|bytes| Doc::parse(bytes));
        let hint = doc.as_ref().and_then(Doc::root);
        let hint = hint.and_then(|root| root.at(&["annotations", "destructiveHint"]));
        let verb = words.iter().any(|word| VERBS.contains(&word.as_str()));
        lacking += usize::from(verb && hint.and_then(Value::as_bool).is_none());
    }
    let verbs: Vec<String> = VERBS.iter().map(|verb| format!("\"{verb}\"")).collect();
    let body = format!(
        "[[annotations]]\nverbs = [{}]\nrequire = [\"destructiveHint\"]",
        verbs.join(", ")
    );
    let about = "Annotations that tools with such a word in their name must state, so that clients know to ask.";
    if lacking == 0 {
        section(out, about, &body);
    } else {
        let about =
            format!("{about}\n{lacking} of this session's tools do not, so it is left out:");
        section(out, &about, &format!("# {}", body.replace('\n', "\n# ")));
    }
}

/// A list of names; those that only calls with grave findings used, and those that cannot be written, are comments.
fn list(out: &mut String, key: &str, names: &Names) {
    let _ = writeln!(out, "{key} = [");
    for (name, blame) in names {
        let shown = Raw::new(name).label(80);
        let Some(text) = quoted(name) else {
            let _ = writeln!(
                out,
                "    # Left out because it cannot be written as a name: {shown}"
            );
            continue;
        };
        let plain = if name.is_ascii() {
            String::new()
        } else {
            format!("  # {shown}")
        };
        if blame.clean {
            let _ = writeln!(out, "    {text},{plain}");
        } else {
            let rules: Vec<&str> = blame.rules.iter().copied().collect();
            let _ = writeln!(
                out,
                "    # {text},  # left out because of {}",
                rules.join(", ")
            );
        }
    }
    let _ = writeln!(out, "]");
}

/// A name as TOML writes it, with every character beyond ASCII spelled out. `None` for what is no text, and for a name
/// with `*` in it, which would permit others.
fn quoted(name: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(name)
        .ok()
        .filter(|text| !text.contains('*'))?;
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            ' '..='~' => out.push(c),
            c if u32::from(c) < 0x1_0000 => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
        }
    }
    out.push('"');
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_written_as_they_are_read() {
        for name in [
            "plain",
            "a\"b\\c",
            "a\nb",
            "\u{1b}[2J",
            "文件",
            "\u{1f600}",
            "\u{202e}x",
        ] {
            let text = format!("k = {}", quoted(name.as_bytes()).expect("a name"));
            assert!(text.is_ascii() && !text.bytes().any(|b| b.is_ascii_control()));
            let table = toml::de::DeTable::parse(&text).expect("TOML");
            let value = table
                .get_ref()
                .get("k")
                .and_then(|v| v.get_ref().as_str().map(str::to_owned));
            assert_eq!(value.as_deref(), Some(name));
        }
        assert_eq!(quoted(b"read_*"), None, "it would permit more than itself");
        assert_eq!(quoted(b"\xff"), None);
    }
}
