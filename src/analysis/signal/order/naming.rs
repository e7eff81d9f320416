//! What a tool's name tells of it.

/// The words of a name, in lower case: `sendMail`, `send_mail`, `send-mail`.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut lower = false;
    for ch in name.chars() {
        let begins = lower && ch.is_uppercase();
        lower = ch.is_lowercase() || ch.is_ascii_digit();
        if !ch.is_alphanumeric() || begins {
            words.push(String::new());
        }
        if ch.is_alphanumeric()
            && let Some(last) = words.last_mut()
        {
            last.extend(ch.to_lowercase());
        }
    }
    words.retain(|w| !w.is_empty());
    words
}

/// Verbs of names that only look something up, or begin a session.
const LOOKS: &[&str] = &[
    "get",
    "list",
    "search",
    "find",
    "fetch",
    "describe",
    "resolve",
    "lookup",
    "check",
    "query",
    "view",
    "show",
    "login",
    "auth",
    "authenticate",
    "connect",
    "read",
    "browse",
    "discover",
    "count",
    "validate",
    "verify",
    "preview",
    "help",
    "select",
    "init",
    "initialize",
    "start",
    "load",
    "learn",
    "explore",
    "inspect",
    "retrieve",
    "status",
];

/// Other verbs of names that do something.
const DOES: &[&str] = &[
    "run", "update", "move", "create", "add", "edit", "set", "merge", "mark", "book", "format",
    "backup", "sync", "copy", "enable", "cancel", "submit", "approve", "call", "open", "save",
    "store", "insert", "close", "stop", "restart", "click", "navigate", "evaluate", "migrate",
    "download", "make", "generate", "convert", "analyze", "compile", "build", "scan", "log",
    "record", "track", "map", "extract", "order", "buy", "import", "rename", "print", "type",
    "fill", "scrape", "crawl",
];

/// Verbs after which something is gone, or somewhere else.
const HARM: &[&str] = &[
    "delete",
    "remove",
    "drop",
    "write",
    "send",
    "transfer",
    "export",
    "upload",
    "reset",
    "kill",
    "exec",
    "execute",
    "shell",
    "disable",
    "overwrite",
    "publish",
    "post",
    "forward",
    "purge",
    "truncate",
    "wipe",
    "install",
    "pay",
    "grant",
    "invite",
    "dump",
    "wire",
    "share",
    "terminate",
    "revoke",
    "deploy",
    "push",
    "archive",
    "clear",
];

/// Last words of names of fields.
pub(super) const FIELDS: &[&str] = &[
    "id", "ids", "type", "types", "mode", "key", "keys", "name", "names", "url", "uri", "path",
    "limit", "size", "token", "field", "fields", "value", "values", "status", "cursor", "count",
    "format", "date", "index", "options", "args", "params", "config", "schema", "content",
    "required", "enabled", "disabled", "state", "error", "errors", "result", "results", "default",
    "only", "code", "changes", "column", "columns", "at", "by", "text",
];

/// Whether a word is a verb that tools are named by.
pub(super) fn is_verb(word: &str) -> bool {
    [LOOKS, HARM, DOES].iter().any(|list| list.contains(&word))
}

/// Whether a name begins with a verb, as those of tools do.
pub fn begins_with_verb(name: &str) -> bool {
    words(name).first().is_some_and(|word| is_verb(word))
}

/// Whether a name says that its tool only looks something up.
pub(super) fn only_looks(name: &str) -> bool {
    let words = words(name);
    words.iter().any(|w| LOOKS.contains(&w.as_str()))
        && !words.iter().any(|w| HARM.contains(&w.as_str()))
}

/// Whether a name says that something is gone, or somewhere else, afterwards.
pub(super) fn does_harm(name: &str) -> bool {
    words(name).iter().any(|w| HARM.contains(&w.as_str()))
}

/// Words of names that tell nothing of what the tool is about.
const COMMON: &[&str] = &[
    "file", "files", "data", "user", "users", "info", "text", "tool", "tools", "server", "item",
    "items", "list", "from", "with", "all", "content", "contents", "message", "messages", "email",
    "mail", "advanced", "simple", "helper", "multiple", "json", "code", "system", "details",
    "security", "manager", "current",
];

/// The words of a name that tell what its tool is about: not its verb, nor what every name has.
pub fn topic(name: &str) -> impl Iterator<Item = String> {
    words(name).into_iter().filter(|w| {
        w.len() >= 4
            && !is_verb(w)
            && ![FIELDS, COMMON]
                .iter()
                .any(|list| list.contains(&w.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        assert_eq!(words("sendMail_v2-x"), ["send", "mail", "v2", "x"]);
        assert_eq!(topic("get_board_info").collect::<Vec<_>>(), ["board"]);
        assert!(only_looks("get_board") && !only_looks("delete_board"));
        assert!(does_harm("exportContacts"));
    }
}
