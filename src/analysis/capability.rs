//! What a tool can do, as far as its definition tells: an inventory, not an accusation.

use super::detect::{ToolTrait, tokens};
use crate::session::ItemId;
use crate::wire::json::{Kind, Value};

/// What the first telling word of a name or title says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verb {
    /// looks only
    Look,
    /// makes or changes
    Change,
    /// deletes
    Destroy,
    /// lets something out
    Send,
    /// moves money
    Pay,
    /// runs commands
    Run,
}

impl Verb {
    /// The verb of `delete_file`, `Read file`, `sendMail`: only where it comes first, or behind one word (`file_delete`).
    pub fn of(name: &str) -> Option<Verb> {
        Verb::first(&tokens(name))
    }

    fn first(words: &[String]) -> Option<Verb> {
        words.iter().take(3).find_map(|word| Verb::word(word))
    }

    fn word(word: &str) -> Option<Verb> {
        Some(match word {
            "get" | "list" | "read" | "search" | "find" | "view" | "show" | "describe"
            | "lookup" | "count" | "check" | "preview" | "browse" | "display" | "inspect"
            | "fetch" | "retrieve" => Verb::Look,
            "create" | "write" | "update" | "edit" | "modify" | "set" | "add" | "insert"
            | "rename" | "overwrite" | "append" | "save" => Verb::Change,
            "delete" | "remove" | "drop" | "purge" | "destroy" | "erase" | "wipe" | "truncate"
            | "uninstall" | "terminate" => Verb::Destroy,
            "send" | "upload" | "publish" | "forward" | "share" => Verb::Send,
            "pay" | "transfer" | "charge" | "refund" | "withdraw" | "purchase" => Verb::Pay,
            "execute" | "exec" | "eval" => Verb::Run,
            _ => return None,
        })
    }

    /// Nothing is changed by it.
    pub fn is_harmless(self) -> bool {
        self == Verb::Look
    }

    pub fn says(self) -> &'static str {
        match self {
            Verb::Look => "only looks",
            Verb::Change => "changes something",
            Verb::Destroy => "deletes something",
            Verb::Send => "sends something",
            Verb::Pay => "moves money",
            Verb::Run => "runs something",
        }
    }
}

/// One thing that a tool can do.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
#[repr(u8)]
pub enum Capability {
    RunsCommands,
    WritesFiles,
    Deletes,
    ReadsFiles,
    ReadsSecrets,
    /// Mails, chats, issues, web pages: what strangers wrote comes in.
    ReadsStrangers,
    ReachesNetwork,
    Sends,
    MovesMoney,
}

impl Capability {
    pub const ALL: [Capability; 9] = [
        Capability::RunsCommands,
        Capability::WritesFiles,
        Capability::Deletes,
        Capability::ReadsFiles,
        Capability::ReadsSecrets,
        Capability::ReadsStrangers,
        Capability::ReachesNetwork,
        Capability::Sends,
        Capability::MovesMoney,
    ];

    /// One letter, for a narrow column.
    pub fn letter(self) -> char {
        match self {
            Capability::RunsCommands => 'x',
            Capability::WritesFiles => 'w',
            Capability::Deletes => 'd',
            Capability::ReadsFiles => 'r',
            Capability::ReadsSecrets => 'k',
            Capability::ReadsStrangers => 'i',
            Capability::ReachesNetwork => 'n',
            Capability::Sends => 's',
            Capability::MovesMoney => '$',
        }
    }

    /// In a few words: "runs commands".
    pub fn says(self) -> &'static str {
        match self {
            Capability::RunsCommands => "runs commands",
            Capability::WritesFiles => "writes files",
            Capability::Deletes => "deletes or overwrites",
            Capability::ReadsFiles => "reads files",
            Capability::ReadsSecrets => "reads secrets",
            Capability::ReadsStrangers => "reads what strangers wrote",
            Capability::ReachesNetwork => "reaches the network",
            Capability::Sends => "lets data out",
            Capability::MovesMoney => "moves money",
        }
    }
}

/// What a tool can do.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Capabilities(u16);

impl Capabilities {
    /// Read from name, parameters and annotations; the description is prose and says nothing here.
    pub fn of(name: &str, definition: Value<'_>) -> Capabilities {
        use Capability::*;
        let words = tokens(name);
        let has = |list: &[&str]| {
            words
                .iter()
                .any(|w| list.contains(&w.trim_end_matches('s')))
        };
        let parameters: Vec<String> = definition
            .at(&["inputSchema", "properties"])
            .filter(|p| p.kind() == Kind::Object)
            .into_iter()
            .flat_map(|p| p.items().take(64))
            .filter_map(|p| p.key())
            .flat_map(|k| tokens(&String::from_utf8_lossy(k.as_raw().bytes())))
            .collect();
        let takes = |list: &[&str]| parameters.iter().any(|p| list.contains(&p.as_str()));
        let hint = |name: &str| {
            definition
                .at(&["annotations", name])
                .and_then(Value::as_bool)
        };
        let read_only = hint("readOnlyHint") == Some(true);
        let verb = Verb::first(&words);
        let looks = verb == Some(Verb::Look);
        let path = takes(&[
            "path",
            "paths",
            "file",
            "files",
            "filename",
            "filepath",
            "directory",
            "dir",
        ]);
        let file = path || has(&["file", "directory", "folder", "dir"]);
        let address = takes(&[
            "url", "urls", "uri", "host", "hostname", "domain", "endpoint", "webhook",
        ]);
        let mut can = Capabilities::default();
        let mut put = |capability: Capability, yes: bool| {
            if yes {
                can.0 |= 1 << capability as u16;
            }
        };
        let command = takes(&["command", "commands", "cmd", "script", "shell", "code"]);
        put(
            RunsCommands,
            has(&[
                "shell",
                "bash",
                "terminal",
                "powershell",
                "exec",
                "subprocess",
            ]) || command && (ToolTrait::Runs.of(name) || has(&["evaluate", "eval", "process"])),
        );
        put(
            WritesFiles,
            file && !looks && !read_only && (ToolTrait::Writes.of(name) || has(&["make", "mkdir"])),
        );
        put(
            Deletes,
            !read_only && (verb == Some(Verb::Destroy) || hint("destructiveHint") == Some(true)),
        );
        put(
            ReadsFiles,
            file && !ToolTrait::Writes.of(name) && (looks || has(&["read", "tree", "cat", "open"])),
        );
        put(
            ReadsSecrets,
            has(&[
                "secret",
                "credential",
                "password",
                "token",
                "env",
                "printenv",
                "vault",
                "apikey",
                "key",
            ]) && (looks || has(&["env", "printenv", "dump"])),
        );
        put(
            ReadsStrangers,
            !words.first().is_some_and(|w| ToolTrait::Sends.of(w))
                && (looks || has(&["crawl", "scrape", "browse", "navigate", "snapshot"]))
                && (address
                    || has(&[
                        "mail", "email", "message", "issue", "comment", "web", "page", "webpage",
                        "ticket", "thread", "chat", "channel", "pr", "review", "url", "website",
                        "inbox", "tweet", "post", "feed",
                    ])),
        );
        put(
            ReachesNetwork,
            hint("openWorldHint") == Some(true)
                || address
                || has(&[
                    "http", "web", "url", "fetch", "browser", "download", "crawl", "scrape", "curl",
                ]),
        );
        put(
            Sends,
            !read_only
                && !looks
                && (matches!(verb, Some(Verb::Send))
                    || has(&[
                        "send", "upload", "publish", "forward", "share", "reply", "post", "tweet",
                        "webhook",
                    ])
                    || takes(&["recipient", "recipients", "webhook", "bcc", "cc"])
                    || takes(&["to"]) && takes(&["body", "message", "subject", "text"])),
        );
        put(
            MovesMoney,
            !looks
                && (verb == Some(Verb::Pay)
                    || has(&["payment", "payout", "refund", "transfer"]) && !read_only),
        );
        can
    }

    pub fn has(self, capability: Capability) -> bool {
        self.0 & (1 << capability as u16) != 0
    }

    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Capability> {
        Capability::ALL.into_iter().filter(move |c| self.has(*c))
    }

    pub fn with(self, other: Capabilities) -> Capabilities {
        Capabilities(self.0 | other.0)
    }
}

/// What the tools of a session can do together: the parts of a way on which private data could leave.
#[derive(Default)]
pub struct Together {
    parts: [Option<ItemId>; 3],
    /// The tool with which the last part came.
    last: Option<ItemId>,
}

impl Together {
    /// What each part does.
    pub const PARTS: [(&'static str, &'static [Capability]); 3] = [
        (
            "brings in what strangers wrote",
            &[Capability::ReadsStrangers],
        ),
        (
            "reads what is private",
            &[Capability::ReadsFiles, Capability::ReadsSecrets],
        ),
        ("lets data out", &[Capability::Sends]),
    ];

    /// Takes a tool in.
    pub fn take(&mut self, item: ItemId, can: Capabilities) {
        for (part, (_, any)) in self.parts.iter_mut().zip(Together::PARTS) {
            if part.is_none() && any.iter().any(|c| can.has(*c)) {
                *part = Some(item);
                self.last = Some(item);
            }
        }
    }

    /// The first tool of each part, if `item` made them complete.
    pub fn completed_by(&self, item: ItemId) -> Option<[ItemId; 3]> {
        let [a, b, c] = self.parts;
        (self.last == Some(item)).then_some([a?, b?, c?])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    fn of(name: &str, definition: &str) -> Vec<&'static str> {
        let doc = Doc::parse(definition.as_bytes());
        let can = Capabilities::of(name, doc.root().expect("JSON"));
        can.iter().map(Capability::says).collect()
    }

    fn taking(parameter: &str) -> String {
        format!(r#"{{"inputSchema": {{"properties": {{"{parameter}": {{}}}}}}}}"#)
    }

    #[test]
    fn reads_what_a_tool_can_do() {
        assert_eq!(of("execute_command", &taking("command")), ["runs commands"]);
        assert_eq!(of("read_file", &taking("path")), ["reads files"]);
        assert_eq!(of("write_file", &taking("path")), ["writes files"]);
        assert_eq!(
            of("fetch", &taking("url")),
            ["reads what strangers wrote", "reaches the network"]
        );
        assert_eq!(of("send_email", &taking("to")), ["lets data out"]);
        assert_eq!(of("get_secret", "{}"), ["reads secrets"]);
        assert_eq!(of("add", &taking("a")), [""; 0]);
    }

    #[test]
    fn verbs_come_first() {
        assert_eq!(Verb::of("delete_file"), Some(Verb::Destroy));
        assert_eq!(Verb::of("file_delete"), Some(Verb::Destroy));
        assert_eq!(Verb::of("Read file"), Some(Verb::Look));
        assert_eq!(Verb::of("forecast"), None);
    }
}
