//! Arguments by where they go: what a parameter is for decides what is odd in it.

use crate::text::Raw;
use crate::wire::json::{NodeId, Text, Value};
use std::collections::HashMap;
use std::sync::LazyLock;

/// One string among the arguments of a call.
pub struct Argument<'a> {
    /// The nearest key above it, in lower case.
    pub name: String,
    purpose: u8,
    value: Value<'a>,
    base: NodeId,
    text: Text<'a>,
}

/// Most strings of one call that are looked at.
const MOST: usize = 2_000;

/// All strings among the arguments.
pub fn arguments(value: Value<'_>) -> Vec<Argument<'_>> {
    let base = value.id();
    value
        .walk()
        .filter_map(|v| {
            let text = v.text()?;
            let mut at = Some(v);
            let key = std::iter::from_fn(|| {
                let one = at?;
                at = one.parent().filter(|_| one.id() != base);
                Some(one)
            })
            .find_map(|v| v.key());
            let name = key.map_or(String::new(), |k| {
                String::from_utf8_lossy(k.as_raw().bytes()).into_owned()
            });
            Some(Argument {
                purpose: purpose(&name),
                name: name.to_lowercase(),
                value: v,
                base,
                text,
            })
        })
        .take(MOST)
        .collect()
}

impl Argument<'_> {
    pub fn raw(&self) -> Raw<'_> {
        self.text.as_raw()
    }

    /// JSON pointer inside the arguments.
    pub fn pointer(&self) -> String {
        self.value.pointer(Some(self.base))
    }

    /// The text, if it is UTF-8 and not longer than `most`.
    pub fn str(&self, most: usize) -> Option<&str> {
        std::str::from_utf8(self.raw().bytes())
            .ok()
            .filter(|t| t.len() <= most)
    }

    /// A command line, by its name.
    pub fn is_command(&self) -> bool {
        self.purpose & COMMAND != 0
    }

    /// A path, by its name.
    pub fn is_path(&self) -> bool {
        self.purpose & PATH != 0
    }

    /// A name, a host, an id: something that is one word to a program.
    pub fn is_operand(&self) -> bool {
        self.purpose & (PATH | OPERAND) != 0
    }

    /// Prose, code or data, by its name: anything may stand there.
    pub fn is_prose(&self) -> bool {
        self.purpose & PROSE != 0
    }

    /// A question, a pattern, a filter: it has a syntax of its own.
    pub fn is_query(&self) -> bool {
        self.purpose & QUERY != 0
    }

    /// Something whose syntax has no separators: a host, a branch, a package.
    pub fn is_strict(&self) -> bool {
        self.purpose & STRICT != 0
    }

    /// A program in some language.
    pub fn is_code(&self) -> bool {
        self.purpose & CODE != 0
    }

    /// An address of the web or of a machine.
    pub fn is_address(&self) -> bool {
        self.purpose & ADDRESS != 0
    }
}

const COMMAND: u8 = 1;
const PATH: u8 = 2;
const OPERAND: u8 = 4;
const PROSE: u8 = 8;
const QUERY: u8 = 16;
const STRICT: u8 = 32;
const CODE: u8 = 64;
const ADDRESS: u8 = 128;

/// What parameters are for, by the words of their names.
const PURPOSES: &[(u8, &[&str])] = &[
    (
        COMMAND,
        &[
            "command",
            "commands",
            "cmd",
            "script",
            "shell",
            "exec",
            "cmdline",
            "commandline",
            "bash",
        ],
    ),
    (
        PATH,
        &[
            "path",
            "paths",
            "file",
            "files",
            "filename",
            "filepath",
            "dir",
            "directory",
            "folder",
            "cwd",
            "location",
        ],
    ),
    (
        OPERAND,
        &[
            "host",
            "hostname",
            "domain",
            "ip",
            "target",
            "branch",
            "ref",
            "name",
            "repo",
            "repository",
            "revision",
            "rev",
            "remote",
            "database",
            "process",
            "user",
            "username",
            "id",
            "package",
            "image",
            "container",
            "tag",
            "port",
            "server",
            "address",
            "input",
            "output",
            "source",
            "destination",
            "dest",
            "url",
            "uri",
            "pattern",
            "service",
        ],
    ),
    (
        PROSE,
        &[
            "text",
            "content",
            "contents",
            "body",
            "message",
            "description",
            "prompt",
            "title",
            "markdown",
            "html",
            "code",
            "note",
            "notes",
            "comment",
            "summary",
            "patch",
            "diff",
            "patches",
            "old",
            "new",
            "data",
            "thought",
            "subject",
            "caption",
            "reason",
            "feedback",
            "question",
            "answer",
            "sql",
            "instructions",
            "observations",
            "abstract",
            "expression",
            "snippet",
            "edits",
            "expected",
            "formula",
            "transcript",
            "bio",
        ],
    ),
    (
        QUERY,
        &[
            "query",
            "q",
            "queries",
            "search",
            "pattern",
            "patterns",
            "regex",
            "regexp",
            "filter",
            "filters",
            "keyword",
            "keywords",
            "term",
            "terms",
            "question",
            "selector",
            "xpath",
            "jq",
            "sql",
            "statement",
            "graphql",
            "promql",
            "logql",
            "expression",
            "find",
            "glob",
            "match",
        ],
    ),
    (
        STRICT,
        &[
            "host",
            "hostname",
            "domain",
            "ip",
            "port",
            "branch",
            "ref",
            "pod",
            "container",
            "package",
            "packages",
            "service",
            "process",
            "interface",
            "pid",
            "sha",
            "commit",
            "remote",
            "device",
            "username",
            "namespace",
            "printer",
            "table",
            "url",
            "uri",
            "version",
            "key",
        ],
    ),
    (
        CODE,
        &[
            "code",
            "script",
            "function",
            "source",
            "snippet",
            "program",
            "javascript",
            "python",
            "js",
            "expression",
            "formula",
            "eval",
            "lambda",
            "template",
        ],
    ),
    (
        ADDRESS,
        &[
            "url", "urls", "uri", "uris", "host", "hostname", "endpoint", "webhook", "link",
            "href", "address", "feed", "domain", "ip", "target", "server", "base", "callback",
            "site", "origin", "proxy", "src",
        ],
    ),
];

fn purpose(name: &str) -> u8 {
    static WORDS: LazyLock<HashMap<&str, u8>> = LazyLock::new(|| {
        let mut words = HashMap::new();
        for (purpose, listed) in PURPOSES {
            for word in *listed {
                *words.entry(*word).or_default() |= purpose;
            }
        }
        words
    });
    tokens(name)
        .iter()
        .filter_map(|token| WORDS.get(token.as_str()))
        .fold(0, |all, one| all | one)
}

/// The words that a name is made of, in lower case: `sendMail_v2` gives `send`, `mail`, `v2`.
pub fn tokens(name: &str) -> Vec<String> {
    let mut tokens: Vec<String> = vec![String::new()];
    let mut lower = false;
    for c in name.chars() {
        if !c.is_alphanumeric() {
            tokens.push(String::new());
            lower = false;
            continue;
        }
        if c.is_uppercase() && lower {
            tokens.push(String::new());
        }
        lower = c.is_lowercase() || c.is_numeric();
        if let Some(last) = tokens.last_mut() {
            last.extend(c.to_lowercase());
        }
    }
    tokens.retain(|t| !t.is_empty());
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_words() {
        assert_eq!(tokens("sendMail_v2"), ["send", "mail", "v2"]);
        assert_eq!(tokens("list-URLs"), ["list", "urls"]);
    }
}
