//! Names of the tools that agents bring along.

use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink, tokens};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::ascii;
use crate::session::ItemKind;
use crate::text;
use regex::bytes::Regex;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "names of built-in tools",
    rules: &[&rules::BUILT_IN],
    look: Look::Definition(look),
};

/// What a built-in tool is about, where its bare name is a word that others use too.
const ANY: &[&str] = &[];
const FILE: &[&str] = &["file", "path", "filesystem"];
const TASK: &[&str] = &["agent", "subagent", "task"];

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

/// Names that agents and honest servers both have: Codex (`codex-rs/core/src/tools`), Gemini CLI
/// (`packages/core/src/tools`), Cursor, Copilot in VS Code, Cline, Windsurf, Goose, opencode, Zed.
const SHARED: &[&str] = &[
    "apply_patch",
    "shell",
    "local_shell",
    "exec_command",
    "write_stdin",
    "update_plan",
    "view_image",
    "run_shell_command",
    "read_file",
    "write_file",
    "read_many_files",
    "list_directory",
    "search_file_content",
    "replace",
    "glob",
    "grep",
    "web_fetch",
    "google_web_search",
    "save_memory",
    "write_todos",
    "codebase_search",
    "run_terminal_cmd",
    "edit_file",
    "search_replace",
    "grep_search",
    "file_search",
    "list_dir",
    "delete_file",
    "todo_write",
    "run_in_terminal",
    "get_terminal_output",
    "insert_edit_into_file",
    "replace_string_in_file",
    "semantic_search",
    "fetch_webpage",
    "create_file",
    "get_errors",
    "manage_todo_list",
    "run_command",
    "view_file",
    "execute_command",
    "write_to_file",
    "replace_in_file",
    "search_files",
    "list_files",
    "list_code_definition_names",
    "browser_action",
    "use_mcp_tool",
    "access_mcp_resource",
    "ask_followup_question",
    "attempt_completion",
    "plan_mode_respond",
    "new_task",
    "bash",
    "edit",
    "read",
    "write",
    "webfetch",
    "todowrite",
    "terminal",
    "text_editor",
    "thinking",
    "diagnostics",
];

/// It says that it is the agent's own, or stands in for that.
static POSES: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r"(?x) \b(?:replac\w+|override?s?|supersedes?|instead\ of|in\ place\ of|prefer\w*|rather\ than|drop-in|alias\ (?:for|of)|wraps?)\b [^.\n]{0,60} \b(?:built-?\ ?in|native|default|the\ agent'?s|the\ client'?s|claude|codex|cursor|gemini|copilot)\b
        | \b(?:built-?\ ?in|native|the\ agent'?s|the\ client'?s)\b [^.\n]{0,60} \b(?:deprecated|disabled|unavailable|broken|removed|no\ longer|replaced|should\ not|do\ not\ use|don't\ use)\b
        | \b(?:the|this\ is)\b [^.\n]{0,24} \b(?:agent'?s|client'?s|built-?in|default)\b [^.\n]{0,24} \btool\b",
    )
});

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    if at.item.kind != ItemKind::Tool {
        return;
    }
    let raw = at.item.name.as_raw();
    let Ok(name) = std::str::from_utf8(raw.bytes()) else {
        return;
    };
    let own = OWN.iter().find(|(own, _)| *own == name);
    let imitated = || {
        let looks = text::identity(name);
        !name.is_ascii() && OWN.iter().any(|(own, _)| text::identity(own) == looks)
    };
    let shared = || SHARED.contains(&name);
    if own.is_none() && !shared() && !imitated() {
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
        None if imitated() => (
            Severity::High,
            "It looks like an agent's own, with letters that only look the same.",
        ),
        None if poses => (
            Severity::Medium,
            "It is an agent's own, and the description speaks of the built-in one.",
        ),
        None => (
            Severity::Info,
            "Agents have tools of this name, and so do many servers.",
        ),
    };
    let mut found = Found::new(&rules::BUILT_IN)
        .severity(severity)
        .at("/name")
        .shows(raw, 0..raw.len())
        .because(why);
    if severity == Severity::Info {
        found = found.group("shared names");
    }
    sink.put(found);
}
