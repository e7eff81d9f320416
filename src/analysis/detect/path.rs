//! Paths in arguments: out of the folder, to secrets, to what a machine starts with.

use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait, is_line};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::path::{self, PathClass};
use crate::analysis::signal::{ascii, shell};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "sensitive paths in arguments",
    rules: &[
        &rules::SENSITIVE_PATH,
        &rules::PERSISTENCE,
        &rules::KEY_TO_SENDER,
    ],
    look: Look::Arguments(look),
};

/// The longest argument that can be a path.
const LONGEST: usize = 1_024;

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        let line = is_line(at, argument);
        if !line && !is_looked_at(at, argument, text) {
            continue;
        }
        let lower = text.to_lowercase();
        if lower.len() == text.len() {
            one(at, argument, &lower, line, sink);
        }
    }
}

/// Whether an argument can be a path at all: prose and questions speak of paths.
fn is_looked_at(at: &ArgumentsAt<'_>, argument: &Argument<'_>, text: &str) -> bool {
    if argument.is_path() && !argument.is_query() {
        return looks_like_path(text);
    }
    if argument.is_query() {
        return looks_in_files(at.tool) && !text.contains(' ');
    }
    !argument.is_prose() && looks_like_path(text)
}

/// Searches for files by their names.
fn looks_in_files(tool: &str) -> bool {
    super::arguments::tokens(tool).iter().any(|t| {
        matches!(
            t.as_str(),
            "file" | "files" | "directory" | "filesystem" | "glob" | "path" | "folder"
        )
    })
}

/// Looks like a path or a URI, whatever the parameter's name.
pub(super) fn looks_like_path(text: &str) -> bool {
    let one_line = !text.contains('\n');
    let few_spaces = text.split(' ').count() <= 3
        || text.starts_with(['/', '~', '.'])
        || text.as_bytes().get(1..3) == Some(b":\\");
    one_line && few_spaces && (text.contains(['/', '\\', '.', '~', '_']) || text.contains("%2"))
}

/// What a shell, an agent, a version control or the system runs by itself.
static STARTED: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?:^|[/\\~])\.(?:bashrc|zshrc|zshenv|profile|bash_profile|zprofile|bash_login|bash_logout|gitconfig|xinitrc|xprofile)$|\.config[/\\]fish[/\\]config\.fish$|[/\\]\.?git[/\\]hooks[/\\]\w|^\.git[/\\]hooks[/\\]\w|\.husky[/\\]\w|[/\\]autostart[/\\]|launch(?:agents|daemons)[/\\]|[/\\]startup[/\\]|/etc/(?:cron|profile|systemd|init|rc\.|ld\.so|sudoers|passwd|shadow|hosts$|pam|ssh/sshd|environment)|systemd/(?:system|user)/|authorized_keys$|\.ssh[/\\]config$|^/?usr/(?:local/)?s?bin/|^/s?bin/|sitecustomize\.py$|/spool/cron|microsoft\.powershell_profile\.ps1$",
    )
});
/// Read by an agent or an editor when it starts: written by honest agents, too.
static STEERS: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?:claude_desktop_config|\bmcp(?:_settings|-config|_config)?|cline_mcp_settings)\.json$|\.(?:cursor|vscode|roo|gemini|codeium|windsurf|claude|codex|continue)[/\\](?:\w+[/\\])*(?:tasks|launch|settings[\w.]*|mcp[\w.]*|config|hooks)\.(?:json|toml|ya?ml)$|\.cursor[/\\]rules[/\\]|\.cursorrules$|\.claude\.json$",
    )
});

fn one(at: &ArgumentsAt<'_>, argument: &Argument<'_>, lower: &str, line: bool, sink: &mut Sink) {
    let writes = ToolTrait::Writes.of(at.tool) && at.hints.read_only != Some(true) && !line;
    if writes && argument.is_operand() && !argument.is_query() {
        let trimmed = lower.trim();
        let started = STARTED.is_match(trimmed.as_bytes());
        if started || STEERS.is_match(trimmed.as_bytes()) {
            let severity = if started || !trimmed.contains(".vscode") {
                Severity::High
            } else {
                Severity::Medium
            };
            sink.put(
                Found::new(&rules::PERSISTENCE)
                    .severity(severity)
                    .at(argument.pointer())
                    .shows(argument.raw(), 0..lower.len())
                    .because(if started {
                        "It is run or read the next time that a shell, a session or the system starts."
                    } else {
                        "An agent or an editor reads it when it starts."
                    }),
            );
            return;
        }
    }
    let found = path::find(lower)
        .into_iter()
        .max_by_key(|(_, class)| *class);
    let Some((range, class)) = found.or_else(|| listed(at.tool, argument, lower)) else {
        return;
    };
    let sends = ToolTrait::Sends.of(at.tool)
        && !line
        && class >= PathClass::Credentials
        && (argument.is_path() || argument.name.contains("attach"));
    let (rule, severity) = if sends {
        (&rules::KEY_TO_SENDER, Severity::High)
    } else if class == PathClass::AgentConfig && !line && !writes {
        // Settings of an editor are looked at all day; where servers and their keys stand, seldom.
        let editor = lower.contains(".vscode") && !lower.contains("mcp");
        (
            &rules::SENSITIVE_PATH,
            if editor {
                Severity::Low
            } else {
                Severity::Medium
            },
        )
    } else {
        (
            &rules::SENSITIVE_PATH,
            severity(class, lower, &range, line, writes),
        )
    };
    sink.put(
        Found::new(rule)
            .severity(severity)
            .at(argument.pointer())
            .shows(argument.raw(), range)
            .because(format!("It leads to {}.", class.name())),
    );
}

/// A folder of the system as a whole, where a tool lists folders.
fn listed(tool: &str, argument: &Argument<'_>, lower: &str) -> Option<(Range<usize>, PathClass)> {
    let lists = super::arguments::tokens(tool).iter().any(|t| {
        matches!(
            t.as_str(),
            "list" | "ls" | "dir" | "tree" | "directory" | "listing"
        )
    });
    let folder = lower.trim_end_matches(['/', '\\']);
    let system = matches!(
        folder,
        "/etc"
            | "/etc/ssh"
            | "/etc/ssl"
            | "/proc"
            | "/boot"
            | "/var/spool/cron"
            | "/etc/cron.d"
            | "c:\\windows"
    );
    (lists && system && argument.is_path()).then_some((0..lower.len(), PathClass::System))
}

fn severity(
    class: PathClass,
    lower: &str,
    range: &Range<usize>,
    line: bool,
    writes: bool,
) -> Severity {
    let path = &lower[range.clone()];
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    // Accounts' names and the machine's own table of hosts are in every image.
    if matches!(
        path.trim_end_matches('/'),
        "/etc/hosts" | "/etc/group" | "/root"
    ) || path.starts_with("/proc/") && !path.ends_with("environ") && !path.ends_with("mem")
    {
        return Severity::Low;
    }
    if class == PathClass::PrivateKey
        && (name.ends_with(".pub")
            || is_public(name)
            || ["test", "fixture", "example", "sample", "mock"]
                .iter()
                .any(|w| path.contains(w)))
    {
        return Severity::Low;
    }
    if line && !reads(lower, range) {
        return Severity::Low;
    }
    // Who writes an `.env` fills it in.
    if writes && class == PathClass::Credentials && name.starts_with(".env") {
        return Severity::Low;
    }
    match class {
        PathClass::PrivateKey
            if !(path.ends_with(".pem")
                || path.ends_with(".jks")
                || path.ends_with(".asc")
                || path.ends_with(".key")) =>
        {
            Severity::High
        }
        _ => Severity::Medium,
    }
}

/// Certificates and public halves.
fn is_public(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name);
    stem.split(['-', '_']).any(|w| {
        matches!(
            w,
            "ca" | "cert"
                | "certs"
                | "chain"
                | "fullchain"
                | "public"
                | "pub"
                | "bundle"
                | "crt"
                | "root"
                | "cacert"
                | "intermediate"
        )
    }) && !stem.contains("key")
}

/// Whether the command that names a path shows or moves what is in it. `test -f .env` does not.
fn reads(line: &str, range: &Range<usize>) -> bool {
    const LEAVE: &[&str] = &[
        "test",
        "[",
        "[[",
        "touch",
        "rm",
        "mkdir",
        "chmod",
        "chown",
        "git",
        "docker",
        "docker-compose",
        "source",
        ".",
        "export",
        "set",
        "npm",
        "npx",
        "yarn",
        "pnpm",
        "node",
        "dotenv",
        "ssh",
        "ssh-keygen",
        "ssh-add",
        "openssl",
        "terraform",
        "kubectl",
        "python",
        "python3",
        "vim",
        "nano",
        "code",
        "gpg",
        "keytool",
        "make",
        "go",
        "cargo",
        "pytest",
        "certbot",
        "nginx",
        "helm",
        "curl",
    ];
    // `ssh -i key host` uses a key where it belongs.
    if line[..range.start].trim_end().ends_with(" -i") {
        return false;
    }
    let read = shell::read(line);
    let name = line[range.clone()].rsplit('/').next().unwrap_or("");
    if name.starts_with(".env")
        && read
            .writes
            .iter()
            .any(|(span, _)| span.contains(&range.start))
    {
        return false;
    }
    // Substitutions stand behind the command around them, so the last that holds the path is the innermost.
    let command = read
        .commands
        .iter()
        .rev()
        .find(|c| c.range.start <= range.start && range.start < c.range.end);
    let Some(command) = command else {
        return true;
    };
    let program = command.program();
    if line.contains("export $(") {
        return false;
    }
    let path = &line[range.clone()];
    let last = command.words.last().is_some_and(|w| w.contains(path));
    let environment = path
        .rsplit('/')
        .next()
        .is_some_and(|n| n.starts_with(".env"));
    match program {
        "git" => command.words.iter().any(|w| w == "show" || w == "cat-file"),
        // Exists, or is sent: `curl --cacert`, against `curl -d @`.
        "curl" => line.contains(&format!("@{path}")) || line.contains("file:"),
        "docker" | "python" | "python3" | "node" => command.words.iter().any(|w| {
            w == "-c"
                || w == "-e"
                || w == "cp"
                || w.starts_with('/') && w.contains(path) && program == "node"
        }),
        "cp" | "mv" => !(environment && last),
        "ls" | "stat" | "file" | "find" => !environment,
        _ => !LEAVE.contains(&program),
    }
}
