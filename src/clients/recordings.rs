//! Where the clients keep what they record of their sessions.

use super::places::{EDITORS, Os, Surroundings};
use std::path::PathBuf;

/// From where a path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    Home,
    /// Where programs with windows keep their data: `~/.config`, `~/Library/Application Support`, `%APPDATA%`.
    Data,
    /// Logs of Claude Desktop.
    DesktopLogs,
    /// The cache of Claude Code: `~/.cache/claude-cli-nodejs` and its like.
    ClaudeCache,
    /// `~/.local/share` everywhere.
    Xdg,
    /// `goose` in that, with a folder of its maker around it on Windows.
    Goose,
    /// Logs of Zed.
    ZedLogs,
    /// The folder that a variable names, else this one in the home folder.
    Named(&'static str, &'static str),
    /// Each editor of the family of VS Code: its folder of data.
    Editors,
}

/// A row of the table: `*` in a path is any part of one name.
struct Row {
    id: &'static str,
    client: &'static str,
    base: Base,
    path: &'static str,
}

const fn row(id: &'static str, client: &'static str, base: Base, path: &'static str) -> Row {
    Row {
        id,
        client,
        base,
        path,
    }
}

const CLAUDE: Base = Base::Named("CLAUDE_CONFIG_DIR", ".claude");
const CODEX: Base = Base::Named("CODEX_HOME", ".codex");

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("claude-desktop", "Claude Desktop", Base::DesktopLogs, "mcp*.log"),
    row("claude-code", "Claude Code", CLAUDE, "projects/*/*.jsonl"),
    row("claude-code", "Claude Code", CLAUDE, "projects/*/*/subagents/*.jsonl"),
    row("claude-code", "Claude Code", Base::ClaudeCache, "*/mcp-logs-*/*.jsonl"),
    row("claude-code", "Claude Code", Base::ClaudeCache, "*/mcp-logs-*/*.txt"),
    row("vscode", "VS Code", Base::Editors, "logs/*/window*/mcpServer*.log"),
    row("vscode", "VS Code", Base::Editors, "logs/*/mcpServer*.log"),
    row("vscode", "VS Code", Base::Editors, "User/workspaceStorage/*/chatSessions/*.json*"),
    row("vscode", "VS Code", Base::Editors, "User/globalStorage/emptyWindowChatSessions/*.json*"),
    row("copilot", "Copilot CLI", Base::Home, ".copilot/session-state/*/events.jsonl"),
    row("copilot", "Copilot CLI", Base::Home, ".copilot/session-state/*.jsonl"),
    row("cursor", "Cursor", Base::Data, "Cursor/logs/*/window*/exthost/anysphere.cursor-mcp/*.log"),
    row("cursor", "Cursor", Base::Data, "Cursor/User/globalStorage/state.vscdb"),
    row("codex", "Codex", CODEX, "sessions/*/*/*/rollout-*.jsonl*"),
    row("codex", "Codex", CODEX, "archived_sessions/rollout-*.jsonl*"),
    row("gemini", "Gemini CLI", Base::Home, ".gemini/tmp/*/chats/session-*.json*"),
    row("opencode", "OpenCode", Base::Xdg, "opencode/opencode.db"),
    row("opencode", "OpenCode", Base::Xdg, "opencode/storage/session/*/*.json"),
    row("goose", "Goose", Base::Goose, "sessions/sessions.db"),
    row("goose", "Goose", Base::Goose, "sessions/*.jsonl"),
    row("cline", "Cline", Base::Editors, "User/globalStorage/saoudrizwan.claude-dev/tasks/*/api_conversation_history.json"),
    row("cline", "Cline", Base::Home, ".cline/data/tasks/*/api_conversation_history.json"),
    row("roo", "Roo Code", Base::Editors, "User/globalStorage/rooveterinaryinc.roo-cline/tasks/*/api_conversation_history.json"),
    row("continue", "Continue", Base::Home, ".continue/sessions/*.json"),
    row("windsurf", "Windsurf", Base::Data, "Windsurf/logs/*/window*/exthost/codeium.windsurf/*.log"),
    row("zed", "Zed", Base::ZedLogs, "Zed.log"),
    row("mcp-remote", "mcp-remote", Base::Named("MCP_REMOTE_CONFIG_DIR", ".mcp-auth"), "*_debug.log"),
    row("mcp-remote", "mcp-remote", Base::Named("MCP_REMOTE_CONFIG_DIR", ".mcp-auth"), "*/*_debug.log"),
    row("mcp-spy", "mcp-spy", Base::Home, ".mcp-spy/mcp_logs.db"),
];

/// Files in which a client may have recorded sessions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// As in `--client`.
    pub id: &'static str,
    pub client: &'static str,
    pub folder: PathBuf,
    /// Below the folder, `/` between its parts; `*` is any part of one name.
    pub pattern: &'static str,
}

/// Every place, whether there is anything or not, in the order of the clients.
pub fn kept(around: &Surroundings<'_>) -> Vec<Kept> {
    let of = |row: &Row| {
        let folders = folders(row, around);
        let (id, client, pattern) = (row.id, row.client, row.path);
        folders.into_iter().map(move |folder| Kept {
            id,
            client,
            folder,
            pattern,
        })
    };
    ROWS.iter().flat_map(of).collect()
}

/// The names of the clients that keep recordings, as in `--client`.
pub fn recording_ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = ROWS.iter().map(|row| row.id).collect();
    ids.dedup();
    ids
}

fn folders(row: &Row, around: &Surroundings<'_>) -> Vec<PathBuf> {
    let variable = |name: &str| {
        let value = (around.env)(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let home = |path: &str| around.home.join(path);
    let or = |name: &str, path: &str| variable(name).unwrap_or_else(|| home(path));
    let roaming = || or("APPDATA", "AppData/Roaming");
    let local = || or("LOCALAPPDATA", "AppData/Local");
    let data = || match around.os {
        Os::Linux => or("XDG_CONFIG_HOME", ".config"),
        Os::MacOs => home("Library/Application Support"),
        Os::Windows => roaming(),
    };
    let share = || or("XDG_DATA_HOME", ".local/share");
    vec![match (row.base, around.os) {
        (Base::Home, _) => around.home.to_owned(),
        (Base::Data, _) => data(),
        (Base::DesktopLogs, Os::Linux) => data().join("Claude/logs"),
        (Base::DesktopLogs, Os::MacOs) => home("Library/Logs/Claude"),
        (Base::DesktopLogs, Os::Windows) => {
            // Which of the two it is depends on how it was installed.
            return vec![roaming().join("Claude/logs"), local().join("Claude/logs")];
        }
        (Base::ClaudeCache, Os::Linux) => or("XDG_CACHE_HOME", ".cache").join("claude-cli-nodejs"),
        (Base::ClaudeCache, Os::MacOs) => home("Library/Caches/claude-cli-nodejs"),
        (Base::ClaudeCache, Os::Windows) => local().join("claude-cli-nodejs/Cache"),
        (Base::Xdg, _) => share(),
        (Base::Goose, Os::Windows) => roaming().join("Block/goose/data"),
        (Base::Goose, _) => share().join("goose"),
        (Base::ZedLogs, Os::Windows) => local().join("Zed/logs"),
        (Base::ZedLogs, Os::MacOs) => home("Library/Logs/Zed"),
        (Base::ZedLogs, Os::Linux) => share().join("zed/logs"),
        (Base::Named(name, usual), _) => or(name, usual),
        (Base::Editors, _) => {
            let editors = EDITORS.iter();
            return editors.map(|editor| data().join(editor)).collect();
        }
    }]
}

/// Most names of one place that are looked at.
const MOST: usize = 20_000;

impl Kept {
    /// The files that are there. No link is followed, and what cannot be read is passed over.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut left = MOST;
        let mut folders = vec![self.folder.clone()];
        let parts: Vec<&str> = self.pattern.split('/').collect();
        for (n, part) in parts.iter().enumerate() {
            let is_last = n + 1 == parts.len();
            let mut next = Vec::new();
            for folder in folders {
                if !part.contains('*') {
                    next.push(folder.join(part));
                    continue;
                }
                let Ok(entries) = std::fs::read_dir(&folder) else {
                    continue;
                };
                for entry in entries.flatten() {
                    if left == 0 {
                        break;
                    }
                    left -= 1;
                    let kind = entry.file_type();
                    let is_wanted = kind.is_ok_and(|kind| {
                        if is_last {
                            kind.is_file()
                        } else {
                            kind.is_dir()
                        }
                    });
                    if is_wanted && fits(part.as_bytes(), entry.file_name().as_encoded_bytes()) {
                        next.push(entry.path());
                    }
                }
            }
            folders = next;
        }
        folders.retain(|path| {
            std::fs::symlink_metadata(path).is_ok_and(|meta| meta.file_type().is_file())
        });
        folders
    }
}

/// Whether a name fits a pattern in which `*` is anything.
fn fits(pattern: &[u8], name: &[u8]) -> bool {
    let Some(star) = memchr::memchr(b'*', pattern) else {
        return pattern == name;
    };
    let Some(mut rest) = name.strip_prefix(&pattern[..star]) else {
        return false;
    };
    let mut parts = pattern[star + 1..].split(|b| *b == b'*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return rest.ends_with(part);
        }
        match memchr::memmem::find(rest, part) {
            Some(at) => rest = &rest[at + part.len()..],
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::ffi::OsString;
    use std::path::Path;

    fn places(os: Os, variables: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let around = Surroundings {
            os,
            home: Path::new("/h"),
            project: Path::new("/p"),
            env: &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            },
        };
        let path = |kept: Kept| {
            let folder = kept.folder.to_str().unwrap().replace('\\', "/");
            (kept.id, format!("{folder}/{}", kept.pattern))
        };
        kept(&around).into_iter().map(path).collect()
    }

    #[test]
    fn each_platform_has_its_places() {
        let windows = [("APPDATA", "/roaming"), ("LOCALAPPDATA", "/local")];
        #[rustfmt::skip]
        let told = [
            (Os::Linux, "claude-desktop", "/h/.config/Claude/logs/mcp*.log"),
            (Os::MacOs, "claude-desktop", "/h/Library/Logs/Claude/mcp*.log"),
            (Os::Windows, "claude-desktop", "/roaming/Claude/logs/mcp*.log"),
            (Os::Windows, "claude-desktop", "/local/Claude/logs/mcp*.log"),
            (Os::Linux, "claude-code", "/h/.claude/projects/*/*.jsonl"),
            (Os::Windows, "claude-code", "/h/.claude/projects/*/*.jsonl"),
            (Os::Linux, "claude-code", "/h/.cache/claude-cli-nodejs/*/mcp-logs-*/*.jsonl"),
            (Os::MacOs, "claude-code", "/h/Library/Caches/claude-cli-nodejs/*/mcp-logs-*/*.txt"),
            (Os::Windows, "claude-code", "/local/claude-cli-nodejs/Cache/*/mcp-logs-*/*.jsonl"),
            (Os::Linux, "vscode", "/h/.config/Code/logs/*/window*/mcpServer*.log"),
            (Os::MacOs, "vscode", "/h/Library/Application Support/Code - Insiders/User/workspaceStorage/*/chatSessions/*.json*"),
            (Os::Windows, "vscode", "/roaming/Code/User/workspaceStorage/*/chatSessions/*.json*"),
            (Os::Linux, "copilot", "/h/.copilot/session-state/*/events.jsonl"),
            (Os::MacOs, "cursor", "/h/Library/Application Support/Cursor/User/globalStorage/state.vscdb"),
            (Os::Windows, "cursor", "/roaming/Cursor/logs/*/window*/exthost/anysphere.cursor-mcp/*.log"),
            (Os::Linux, "codex", "/h/.codex/sessions/*/*/*/rollout-*.jsonl*"),
            (Os::Windows, "gemini", "/h/.gemini/tmp/*/chats/session-*.json*"),
            (Os::MacOs, "opencode", "/h/.local/share/opencode/opencode.db"),
            (Os::Linux, "goose", "/h/.local/share/goose/sessions/sessions.db"),
            (Os::Windows, "goose", "/roaming/Block/goose/data/sessions/*.jsonl"),
            (Os::Linux, "cline", "/h/.config/Cursor/User/globalStorage/saoudrizwan.claude-dev/tasks/*/api_conversation_history.json"),
            (Os::Windows, "roo", "/roaming/Code/User/globalStorage/rooveterinaryinc.roo-cline/tasks/*/api_conversation_history.json"),
            (Os::MacOs, "windsurf", "/h/Library/Application Support/Windsurf/logs/*/window*/exthost/codeium.windsurf/*.log"),
            (Os::Linux, "zed", "/h/.local/share/zed/logs/Zed.log"),
            (Os::MacOs, "zed", "/h/Library/Logs/Zed/Zed.log"),
            (Os::Windows, "zed", "/local/Zed/logs/Zed.log"),
            (Os::Linux, "mcp-remote", "/h/.mcp-auth/*/*_debug.log"),
        ];
        for (os, id, path) in told {
            let found = places(os, if os == Os::Windows { &windows } else { &[] });
            assert!(
                found.contains(&(id, path.to_owned())),
                "{os:?} {id} {path}\n{found:#?}"
            );
        }
    }

    #[test]
    fn variables_move_them() {
        let set = [
            ("CODEX_HOME", "/c"),
            ("CLAUDE_CONFIG_DIR", "/d"),
            ("XDG_DATA_HOME", "/x"),
        ];
        let found = places(Os::Linux, &set);
        for path in [
            "/c/archived_sessions/rollout-*.jsonl*",
            "/d/projects/*/*.jsonl",
            "/x/goose/sessions/*.jsonl",
        ] {
            assert!(found.iter().any(|(_, found)| found == path), "{path}");
        }
    }

    #[test]
    fn files_are_found_by_their_names_alone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |path: &str| {
            let path = folder.path().join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        };
        for path in [
            "p/a/one.jsonl",
            "p/b/two.jsonl",
            "p/b/x.txt",
            "p/three.jsonl",
        ] {
            write(path);
        }
        #[cfg(unix)]
        std::os::unix::fs::symlink(folder.path().join("p/a"), folder.path().join("p/link"))
            .unwrap();
        let kept = Kept {
            id: "x",
            client: "X",
            folder: folder.path().to_owned(),
            pattern: "p/*/*.jsonl",
        };
        let mut found = kept.files();
        found.sort();
        let names: Vec<_> = found
            .iter()
            .map(|path| path.strip_prefix(folder.path()).unwrap().to_str().unwrap())
            .collect();
        assert_eq!(names, ["p/a/one.jsonl", "p/b/two.jsonl"]);
    }

    #[test]
    fn a_star_is_anything() {
        for (pattern, name, is) in [
            ("mcp*.log", "mcp.log", true),
            ("mcp*.log", "mcp-server-a.log", true),
            ("mcp*.log", "main.log", false),
            ("session-*.json*", "session-a.jsonl", true),
            ("rollout-*.jsonl*", "rollout-a.json", false),
            ("*", "", true),
            ("a*b", "ab", true),
            ("ab*b", "ab", false),
        ] {
            assert_eq!(
                fits(pattern.as_bytes(), name.as_bytes()),
                is,
                "{pattern} {name}"
            );
        }
    }
}
