//! Names of the tools that agents bring along.

use super::disguise;
use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink, tokens};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::ascii;
use crate::session::ItemKind;
use regex::bytes::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "names of built-in tools",
    rules: &[&rules::BUILT_IN],
    look: Look::Definition(look),
};

/// What a built-in tool is about, where its bare name is a word that others use too.
const ANY: &[&str] = &[];
const FILE: &[&str] = &["file", "path", "filesystem"];
const TASK: &[&str] = &["agent", "task"];

/// Names in the very spelling of an agent that no server has for a reason of its own.
/// Claude Code's tool reference (`code.claude.com/docs/en/tools-reference`).
const OWN: &[(&str, &[&str])] = &[
    ("Bash", ANY),
    ("BashOutput", ANY),
    ("KillBash", ANY),
    ("KillShell", ANY),
    ("Read", FILE),
    ("Write", FILE),
    ("Edit", FILE),
    ("MultiEdit", ANY),
    ("LS", FILE),
    ("Glob", ANY),
    ("Grep", ANY),
    ("WebFetch", ANY),
    ("WebSearch", ANY),
    ("Task", TASK),
    ("Agent", TASK),
    ("TodoRead", ANY),
    ("TodoWrite", ANY),
    ("NotebookEdit", ANY),
    ("NotebookRead", ANY),
    ("ExitPlanMode", ANY),
    ("EnterPlanMode", ANY),
    ("AskUserQuestion", ANY),
    ("SlashCommand", ANY),
    ("ToolSearch", ANY),
];

/// Names that only agents gave their tools so far: Codex (`codex-rs/core/src/tools`), Gemini CLI
/// (`packages/core/src/tools`), Cursor, Copilot in VS Code, Cline, opencode.
const RARE: &[&str] = &[
    "apply_patch",
    "local_shell",
    "exec_command",
    "write_stdin",
    "update_plan",
    "run_shell_command",
    "read_many_files",
    "search_file_content",
    "google_web_search",
    "write_todos",
    "codebase_search",
    "run_terminal_cmd",
    "search_replace",
    "grep_search",
    "file_search",
    "todo_write",
    "todowrite",
    "run_in_terminal",
    "get_terminal_output",
    "insert_edit_into_file",
    "replace_string_in_file",
    "manage_todo_list",
    "write_to_file",
    "list_code_definition_names",
    "use_mcp_tool",
    "access_mcp_resource",
    "ask_followup_question",
    "attempt_completion",
    "plan_mode_respond",
];

/// Names that agents and honest servers both have: told of only where the description speaks of the agent's own.
const SHARED: &[&str] = &[
    "shell",
    "bash",
    "terminal",
    "glob",
    "grep",
    "read",
    "write",
    "edit",
    "replace",
    "fetch",
    "web_fetch",
    "webfetch",
    "web_search",
    "read_file",
    "write_file",
    "edit_file",
    "create_file",
    "delete_file",
    "view_file",
    "list_dir",
    "list_directory",
    "list_files",
    "search_files",
    "replace_in_file",
    "execute_command",
    "run_command",
    "semantic_search",
    "fetch_webpage",
    "save_memory",
    "view_image",
    "browser_action",
    "get_errors",
    "text_editor",
    "diagnostics",
    "new_task",
];

/// It says that it is the agent's own, or stands in for that.
static POSES: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?x) \b(?:replac\w+|override?s?|supersedes?|instead\ of|in\ place\ of|prefer\w*|rather\ than|drop-in|alias\ (?:for|of)|wraps?)\b [^.\n]{0,60} \b(?:built-?\ ?in|native|default|the\ agent'?s|the\ client'?s|claude|codex|cursor|gemini|copilot)\b
        | \b(?:built-?\ ?in|native|the\ agent'?s|the\ client'?s)\b [^.\n]{0,60} \b(?:deprecated|disabled|unavailable|broken|removed|no\ longer|replaced|should\ not|do\ not\ use|don't\ use)\b
        | \b(?:the|this\ is)\b [^.\n]{0,24} \b(?:agent'?s|client'?s|built-?in|default)\b [^.\n]{0,24} \btool\b",
    )
});

/// All names, by how they look.
static LOOKS: LazyLock<HashMap<String, &str>> = LazyLock::new(|| {
    let own = OWN.iter().map(|(name, _)| *name);
    own.chain(RARE.iter().copied())
        .chain(SHARED.iter().copied())
        .map(|name| (disguise::key(name), name))
        .collect()
});

/// Whether agents have a tool of this name.
pub(super) fn is_known(name: &str) -> bool {
    OWN.iter().any(|(own, _)| *own == name) || RARE.contains(&name) || SHARED.contains(&name)
}

/// The built-in tool that a name is made to look like.
fn imitated(name: &str) -> Option<&'static str> {
    /// Shorter names look like others by chance; longer ones are nobody's.
    const LENGTH: std::ops::RangeInclusive<usize> = 4..=64;
    let meant = LENGTH
        .contains(&name.len())
        .then(|| LOOKS.get(&disguise::key(name)))
        .flatten()?;
    disguise::of(name, meant).map(|_| *meant)
}

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool {
        return;
    }
    let raw = at.item.name.as_raw();
    let Ok(name) = std::str::from_utf8(raw.bytes()) else {
        return;
    };
    let own = OWN.iter().find(|(own, _)| *own == name);
    let rare = RARE.contains(&name);
    let known = is_known(name);
    // Where a server of the session has a tool of that name, it is the one that is meant.
    let theirs = |meant: &&str| at.peers.owner(meant.as_bytes(), at.item.server).is_none();
    let imitated = (!known).then(|| imitated(name)).flatten().filter(theirs);
    if !known && imitated.is_none() {
        return;
    }
    let description = at.now.str("description");
    let description = description
        .as_ref()
        .map_or(&b""[..], |t| t.as_raw().bytes());
    let folded =
        String::from_utf8_lossy(&description[..description.len().min(4_096)]).to_lowercase();
    let poses = POSES.is_match(folded.as_bytes());
    let (severity, why) = match own {
        Some((_, about)) => {
            let words = tokens(&folded);
            let parameters = at.now.at(&["inputSchema", "properties"]);
            let same_work = about.is_empty()
                || about.iter().any(|word| {
                    words.iter().any(|w| w.trim_end_matches('s') == *word)
                        || parameters.into_iter().flat_map(|p| p.items()).any(|p| {
                            p.key().is_some_and(|k| {
                                String::from_utf8_lossy(k.as_raw().bytes()).contains(word)
                            })
                        })
                });
            if same_work {
                (
                    Severity::Medium,
                    "It is an agent's own, in the same spelling.",
                )
            } else {
                (
                    Severity::Low,
                    "It is an agent's own, in the same spelling, but the tool is about something else.",
                )
            }
        }
        None if imitated.is_some() => (
            Severity::High,
            "It looks like an agent's own, with letters that only look the same.",
        ),
        None if poses => (
            Severity::Medium,
            "It is an agent's own, and the description speaks of the built-in one.",
        ),
        None if rare => (
            Severity::Low,
            "Agents have a tool of this name, and few servers do.",
        ),
        None => return,
    };
    sink.put(
        Found::new(&rules::BUILT_IN)
            .severity(severity)
            .at("/name")
            .shows(raw, 0..raw.len())
            .because(why),
    );
}
