//! What a tool does, by the words of its name.

use super::tokens;
use std::cell::RefCell;

/// What a tool does, by its name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ToolTrait {
    /// Runs commands.
    Runs,
    /// Writes files or records.
    Writes,
    /// Lets data leave: sends, uploads, posts, shares.
    Sends,
    /// Looks things up by words: what is asked may be about anything.
    Searches,
    /// Hands a text to a program as one argument, instead of keeping it as prose.
    Hands,
    /// Speaks of a command or a statement instead of running it: explains, formats, checks.
    Speaks,
}

impl ToolTrait {
    const ALL: [ToolTrait; 6] = [
        ToolTrait::Runs,
        ToolTrait::Writes,
        ToolTrait::Sends,
        ToolTrait::Searches,
        ToolTrait::Hands,
        ToolTrait::Speaks,
    ];

    pub fn of(self, tool: &str) -> bool {
        thread_local! {
            /// The tool that was asked about last: detectors ask about the same one many times for one call.
            static LAST: RefCell<(String, u8)> = const { RefCell::new((String::new(), 0)) };
        }
        LAST.with_borrow_mut(|(last, traits)| {
            if last != tool {
                let words = tokens(tool);
                let has = |one: &ToolTrait| {
                    words
                        .iter()
                        .any(|word| one.words().contains(&word.as_str()))
                };
                *traits = ToolTrait::ALL
                    .iter()
                    .filter(|one| has(one))
                    .fold(0, |all, one| all | 1 << *one as u8);
                tool.clone_into(last);
            }
            *traits & 1 << self as u8 != 0
        })
    }

    /// Words of names that say so.
    fn words(self) -> &'static [&'static str] {
        match self {
            ToolTrait::Runs => &[
                "command",
                "commands",
                "cmd",
                "shell",
                "exec",
                "execute",
                "bash",
                "terminal",
                "powershell",
                "zsh",
                "subprocess",
                "run",
                "sh",
                "spawn",
            ],
            ToolTrait::Writes => &[
                "write",
                "edit",
                "save",
                "append",
                "create",
                "update",
                "patch",
                "replace",
                "move",
                "copy",
                "put",
                "insert",
                "modify",
                "overwrite",
                "set",
                "rename",
                "delete",
                "remove",
            ],
            ToolTrait::Sends => &[
                "send", "upload", "post", "share", "publish", "mail", "email", "push", "forward",
                "transmit", "reply", "webhook", "http", "request", "notify", "tweet", "submit",
                "sync", "export", "attach",
            ],
            ToolTrait::Searches => &[
                "search", "find", "lookup", "ask", "google", "bing", "web", "docs", "query",
                "grep", "recall", "match",
            ],
            ToolTrait::Speaks => &[
                "explain",
                "lint",
                "format",
                "shellcheck",
                "parse",
                "highlight",
                "validate",
                "describe",
                "translate",
                "review",
                "tokenize",
                "beautify",
                "prettify",
                "summarize",
            ],
            ToolTrait::Hands => &[
                "git",
                "commit",
                "notification",
                "notify",
                "alert",
                "say",
                "speak",
                "tts",
                "log",
                "print",
                "echo",
                "tag",
                "label",
                "toast",
                "beep",
                "wall",
            ],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_say_what_tools_do() {
        assert!(ToolTrait::Speaks.of("format_sql") && !ToolTrait::Speaks.of("run_sql"));
        assert!(ToolTrait::Runs.of("execute_command") && !ToolTrait::Runs.of("list_files"));
    }
}
