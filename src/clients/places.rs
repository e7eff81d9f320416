//! Where the clients keep their configurations.

use super::section::{
    CODEX, CONTEXT_SERVERS, EXTENSIONS, MCP_SERVERS, OPENCODE, PROJECTS, SERVERS, SETTINGS,
    SETTINGS_DOTTED, Section,
};
use std::ffi::OsString;
use std::path::{Path, PathBuf};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Os {
    Linux,
    MacOs,
    Windows,
}

impl Os {
    pub const HERE: Os = if cfg!(windows) {
        Os::Windows
    } else if cfg!(target_os = "macos") {
        Os::MacOs
    } else {
        Os::Linux
    };
}

/// What paths depend on, so that those of every platform can be told on any.
pub struct Surroundings<'a> {
    pub os: Os,
    pub home: &'a Path,
    /// The present folder, for the files of a project.
    pub project: &'a Path,
    /// The value of a variable of the environment.
    pub env: &'a dyn Fn(&str) -> Option<OsString>,
}

/// From where a path is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    Home,
    /// Where programs with windows keep their data: `~/.config`, `~/Library/Application Support`, `%APPDATA%`.
    Data,
    /// `~/.config` but on Windows, where it is `%APPDATA%`.
    Config,
    /// `~/.config` everywhere.
    Xdg,
    /// `goose` in that, with a folder of its maker around it on Windows.
    Goose,
    /// The folder that a variable names, else this one in the home folder.
    Named(&'static str, &'static str),
    /// Each editor of the family of VS Code: its user folder.
    Editors,
    Project,
}

/// A row of the table.
struct Row {
    id: &'static str,
    client: &'static str,
    base: Base,
    path: &'static str,
    sections: &'static [Section],
}

const fn row(
    id: &'static str,
    client: &'static str,
    base: Base,
    path: &'static str,
    sections: &'static [Section],
) -> Row {
    Row {
        id,
        client,
        base,
        path,
        sections,
    }
}

const PLAIN: &[Section] = &[MCP_SERVERS];
const OF_SETTINGS: &[Section] = &[SETTINGS, SETTINGS_DOTTED];

#[rustfmt::skip]
const ROWS: &[Row] = &[
    row("claude-desktop", "Claude Desktop", Base::Data, "Claude/claude_desktop_config.json", PLAIN),
    row("claude-code", "Claude Code", Base::Named("CLAUDE_CONFIG_DIR", ""), ".claude.json", &[MCP_SERVERS, PROJECTS]),
    row("claude-code", "Claude Code", Base::Project, ".mcp.json", PLAIN),
    row("cursor", "Cursor", Base::Home, ".cursor/mcp.json", PLAIN),
    row("cursor", "Cursor", Base::Project, ".cursor/mcp.json", PLAIN),
    row("vscode", "VS Code", Base::Data, "Code/User/mcp.json", &[SERVERS]),
    row("vscode", "VS Code", Base::Data, "Code - Insiders/User/mcp.json", &[SERVERS]),
    row("vscode", "VS Code", Base::Data, "Code/User/settings.json", OF_SETTINGS),
    row("vscode", "VS Code", Base::Data, "Code - Insiders/User/settings.json", OF_SETTINGS),
    row("vscode", "VS Code", Base::Project, ".vscode/mcp.json", &[SERVERS]),
    row("vscode", "VS Code", Base::Project, ".vscode/settings.json", OF_SETTINGS),
    row("windsurf", "Windsurf", Base::Home, ".codeium/windsurf/mcp_config.json", PLAIN),
    row("zed", "Zed", Base::Config, "zed/settings.json", &[CONTEXT_SERVERS]),
    row("zed", "Zed", Base::Project, ".zed/settings.json", &[CONTEXT_SERVERS]),
    row("codex", "Codex", Base::Named("CODEX_HOME", ".codex"), "config.toml", &[CODEX]),
    row("codex", "Codex", Base::Project, ".codex/config.toml", &[CODEX]),
    row("gemini", "Gemini CLI", Base::Home, ".gemini/settings.json", PLAIN),
    row("gemini", "Gemini CLI", Base::Project, ".gemini/settings.json", PLAIN),
    row("antigravity", "Antigravity", Base::Home, ".gemini/antigravity/mcp_config.json", PLAIN),
    row("kiro", "Kiro", Base::Home, ".kiro/settings/mcp.json", PLAIN),
    row("kiro", "Kiro", Base::Project, ".kiro/settings/mcp.json", PLAIN),
    row("cline", "Cline", Base::Editors, "globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json", PLAIN),
    row("cline", "Cline", Base::Home, ".cline/data/settings/cline_mcp_settings.json", PLAIN),
    row("roo", "Roo Code", Base::Editors, "globalStorage/rooveterinaryinc.roo-cline/settings/mcp_settings.json", PLAIN),
    row("roo", "Roo Code", Base::Project, ".roo/mcp.json", PLAIN),
    row("continue", "Continue", Base::Home, ".continue/config.yaml", PLAIN),
    row("continue", "Continue", Base::Home, ".continue/config.json", PLAIN),
    row("opencode", "OpenCode", Base::Xdg, "opencode/opencode.json", &[OPENCODE]),
    row("opencode", "OpenCode", Base::Xdg, "opencode/opencode.jsonc", &[OPENCODE]),
    row("opencode", "OpenCode", Base::Project, "opencode.json", &[OPENCODE]),
    row("opencode", "OpenCode", Base::Project, "opencode.jsonc", &[OPENCODE]),
    row("goose", "Goose", Base::Goose, "config.yaml", &[EXTENSIONS]),
    row("copilot", "Copilot CLI", Base::Home, ".copilot/mcp-config.json", PLAIN),
    row("copilot", "Copilot CLI", Base::Project, ".mcp.json", PLAIN),
    row("copilot", "Copilot CLI", Base::Project, ".github/mcp.json", PLAIN),
    row("inspector", "MCP Inspector", Base::Home, ".mcp-inspector/mcp.json", PLAIN),
];

/// Editors in which the extensions of VS Code run, and that keep their chats and logs as it does.
pub(super) const EDITORS: &[&str] = &[
    "Code",
    "Code - Insiders",
    "VSCodium",
    "Cursor",
    "Windsurf",
    "Kiro",
];

/// A file in which a client may keep servers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// As in `--client`.
    pub id: &'static str,
    pub client: &'static str,
    pub path: PathBuf,
    /// It belongs to the present folder, and to everyone who works in it.
    pub of_project: bool,
    pub sections: &'static [Section],
}

/// Every place, whether there is a file or not, in the order of the clients.
pub fn places(around: &Surroundings<'_>) -> Vec<Place> {
    let mut found = Vec::new();
    for row in ROWS {
        for folder in folders(row, around) {
            found.push(Place {
                id: row.id,
                client: row.client,
                path: folder.join(row.path),
                of_project: row.base == Base::Project,
                sections: row.sections,
            });
        }
    }
    found
}

/// The names of the clients, as in `--client`.
pub fn ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = ROWS.iter().map(|row| row.id).collect();
    ids.dedup();
    ids
}

fn folders(row: &Row, around: &Surroundings<'_>) -> Vec<PathBuf> {
    let variable = |name: &str| {
        let value = (around.env)(name).filter(|value| !value.is_empty());
        value.map(PathBuf::from)
    };
    let roaming = || variable("APPDATA").unwrap_or_else(|| around.home.join("AppData/Roaming"));
    let xdg = || variable("XDG_CONFIG_HOME").unwrap_or_else(|| around.home.join(".config"));
    let data = || match around.os {
        Os::Linux => xdg(),
        Os::MacOs => around.home.join("Library/Application Support"),
        Os::Windows => roaming(),
    };
    vec![match row.base {
        Base::Home => around.home.to_owned(),
        Base::Project => around.project.to_owned(),
        Base::Data => data(),
        Base::Xdg => xdg(),
        Base::Named(name, usual) => variable(name).unwrap_or_else(|| around.home.join(usual)),
        Base::Goose if around.os == Os::Windows => roaming().join("Block/goose/config"),
        Base::Goose => xdg().join("goose"),
        Base::Config if around.os == Os::Windows => roaming(),
        Base::Config => xdg(),
        Base::Editors => {
            let editors = EDITORS.iter();
            return editors
                .map(|editor| data().join(editor).join("User"))
                .collect();
        }
    }]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(os: Os, variables: &[(&str, &str)]) -> Vec<(&'static str, String)> {
        let around = Surroundings {
            os,
            home: Path::new("/h"),
            project: Path::new("/p"),
            env: &|name| {
                let found = variables.iter().find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            },
        };
        let path = |place: Place| (place.id, place.path.to_str().unwrap().replace('\\', "/"));
        places(&around).into_iter().map(path).collect()
    }

    #[test]
    fn each_platform_has_its_places() {
        let told = [
            (
                Os::Linux,
                "claude-desktop",
                "/h/.config/Claude/claude_desktop_config.json",
            ),
            (
                Os::MacOs,
                "claude-desktop",
                "/h/Library/Application Support/Claude/claude_desktop_config.json",
            ),
            (
                Os::Windows,
                "claude-desktop",
                "/roaming/Claude/claude_desktop_config.json",
            ),
            (Os::Linux, "claude-code", "/h/.claude.json"),
            (Os::Windows, "cursor", "/h/.cursor/mcp.json"),
            (
                Os::MacOs,
                "vscode",
                "/h/Library/Application Support/Code/User/mcp.json",
            ),
            (Os::Linux, "vscode", "/h/.config/Code/User/settings.json"),
            (Os::MacOs, "zed", "/h/.config/zed/settings.json"),
            (Os::Windows, "zed", "/roaming/zed/settings.json"),
            (
                Os::Linux,
                "cline",
                "/h/.config/Cursor/User/globalStorage/saoudrizwan.claude-dev/settings/cline_mcp_settings.json",
            ),
            (Os::MacOs, "goose", "/h/.config/goose/config.yaml"),
            (
                Os::Windows,
                "goose",
                "/roaming/Block/goose/config/config.yaml",
            ),
            (Os::Windows, "opencode", "/h/.config/opencode/opencode.json"),
            (Os::Linux, "codex", "/h/.codex/config.toml"),
            (Os::Linux, "codex", "/p/.codex/config.toml"),
            (Os::Linux, "copilot", "/p/.github/mcp.json"),
        ];
        for (os, id, path) in told {
            let found = paths(os, &[("APPDATA", "/roaming")]);
            assert!(found.contains(&(id, path.to_owned())), "{os:?} {id} {path}");
        }
    }

    #[test]
    fn variables_move_them() {
        let set = [
            ("XDG_CONFIG_HOME", "/x"),
            ("CODEX_HOME", "/c"),
            ("CLAUDE_CONFIG_DIR", "/d"),
        ];
        let found = paths(Os::Linux, &set);
        for path in [
            "/x/zed/settings.json",
            "/c/config.toml",
            "/d/.claude.json",
            "/x/Claude/claude_desktop_config.json",
        ] {
            assert!(found.iter().any(|(_, found)| found == path), "{path}");
        }
        let empty = paths(Os::Linux, &[("CODEX_HOME", "")]);
        assert!(empty.contains(&("codex", "/h/.codex/config.toml".to_owned())));
    }

    #[test]
    fn every_client_can_be_named_once() {
        let ids = ids();
        let mut sorted = ids.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(ids.len(), sorted.len());
    }
}
