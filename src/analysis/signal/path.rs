//! Paths and places that hold secrets or steer a machine, in text and in arguments.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What kind of sensitive thing a path leads to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum PathClass {
    /// Shell start-up and history: read for what they mention, written for persistence.
    Shell,
    /// Files of the system: accounts, process environment.
    System,
    /// The configuration of agents and their MCP servers.
    AgentConfig,
    /// Passwords, tokens, cloud profiles.
    Credentials,
    /// Private keys and wallets.
    PrivateKey,
}

impl PathClass {
    pub fn name(self) -> &'static str {
        match self {
            PathClass::Shell => "a shell's start-up or history file",
            PathClass::System => "a file of the system",
            PathClass::AgentConfig => "an agent's configuration",
            PathClass::Credentials => "stored credentials",
            PathClass::PrivateKey => "a private key",
        }
    }
}

const PATTERNS: &[(PathClass, &str)] = &[
    (
        PathClass::PrivateKey,
        r"(?:[~\w./\\-]*[/\\])?\.ssh(?:[/\\][\w.-]+|[/\\]|\b)|\bid_(?:rsa|ed25519|ecdsa|dsa)\b(?:\.pub)?|[~\w./\\-]*\.gnupg\b|[~\w./\\-]+\.(?:pem|p12|pfx|ppk|kdbx|keystore|asc|jks)\b|\bwallet\.dat\b|\bauthorized_keys\b|[~\w./\\-]*private[_-]key[\w.-]*",
    ),
    (
        PathClass::Credentials,
        r"[~\w./\\-]*\.aws[/\\](?:credentials|config)|[~\w./\\-]*\.azure(?:[/\\][\w.-]+|\b)|[~\w./\\-]*(?:\.config[/\\])?\.?gcloud[/\\][\w.-]+|application_default_credentials\.json|[~\w./\\-]*\.kube[/\\]config|[~\w./\\-]*\.docker[/\\]config\.json|[~\w./\\-]*\.(?:npmrc|pypirc|netrc|pgpass|git-credentials|my\.cnf|s3cfg|vault-token|oauth_token|htpasswd)\b|[~\w./\\-]*\.gem[/\\]credentials|[~\w./\\-]*\.config[/\\](?:gh|hub|[\w-]*cred[\w-]*|[\w-]+[/\\](?:credentials|token)s?)[\w./\\-]*|[~\w./\\-]*\.password-store|[~\w./\\-]*(?:^|[/\\])secrets?\.(?:ya?ml|json|toml|ini|txt|env)\b|[~\w./\\-]*\bcredentials\.(?:json|db|ya?ml|xml|ini|txt)\b|[~\w./\\-]*accesstokens\.json|[~\w./\\-]*\bdatabase\.ya?ml\b|[~\w./\\-]*master\.key\b|[~\w./\\-]*(?:login data|cookies\.sqlite|key4\.db|logins\.json|login\.keychain(?:-db)?)\b|[~\w./\\-]*\bterraform\.tfstate\b|[~\w./\\-]*[/\\]\.[\w-]+[/\\]?[\w-]*token(?:\.txt|\.json)?\b|[~\w./\\-]*(?:password|passwords)\.(?:txt|xlsx?|csv|docx?)\b",
    ),
    (
        PathClass::Credentials,
        r"(?:^|[\s'\x22`(=:/\\])\.env(?:\.(?:local|production|prod|development|dev|staging|test|live))?(?:$|[\s'\x22`),;:.?!])|\benv\.md\b",
    ),
    (
        PathClass::AgentConfig,
        r"[~\w./\\-]*\bclaude_desktop_config\.json|[~\w./\\-]*\.(?:cursor|vscode|roo|gemini|codeium|windsurf)[/\\](?:\w+[/\\])*\w*(?:mcp|settings|config)\w*\.json|[~\w./\\-]*\.claude[/\\]settings[\w.]*\.json|[~\w./\\-]*\.?\bmcp(?:_settings|-config|_config)?\.json|[~\w./\\-]*\.claude\.json|[~\w./\\-]*\.codex[/\\]config\.toml",
    ),
    (
        PathClass::System,
        r"/etc/(?:passwd|shadow|sudoers(?:\.d)?(?:/[\w.-]+)?|master\.passwd|gshadow|group|ssl/private|hosts|crontab|cron\.\w+/?[\w.-]*|ld\.so\.preload)\b|/proc/(?:self|\d+)/(?:environ|cmdline|mem|maps)|/var/run/docker\.sock|/root/[\w.]+|[a-z]:\\windows\\system32(?:\\[\w\\.]+)?|\\config\\sam\b|\bntds\.dit\b|/var/log/auth\.log",
    ),
    (
        PathClass::Shell,
        r"[~\w./\\-]*(?:^|[/\\])\.(?:bash|zsh|fish|python|mysql|psql|node_repl)_history\b|[~\w./\\-]*(?:^|[/\\])\.(?:bashrc|zshrc|profile|bash_profile|zprofile|zshenv|bash_login)\b|\$profile\b",
    ),
];

static FINDERS: LazyLock<Vec<(PathClass, Regex)>> = LazyLock::new(|| {
    PATTERNS
        .iter()
        .map(|(class, pattern)| {
            (
                *class,
                Regex::new(&format!("(?-u:{pattern})")).expect("patterns are fixed"),
            )
        })
        .collect()
});

/// What every pattern needs: a cheap gate, since most text has no path at all.
const GATES: &[&str] = &[
    ".ssh",
    "id_",
    ".gnupg",
    ".pem",
    ".p12",
    ".pfx",
    ".ppk",
    ".kdbx",
    "keystore",
    ".asc",
    ".jks",
    "wallet",
    "authorized",
    "private",
    ".aws",
    ".azure",
    "gcloud",
    "credential",
    ".kube",
    ".docker",
    ".npmrc",
    ".pypirc",
    ".netrc",
    ".pgpass",
    ".my.cnf",
    ".s3cfg",
    "token",
    ".htpasswd",
    ".gem",
    ".config",
    ".password",
    "secret",
    "database.y",
    "master.key",
    "login",
    "cookies.sq",
    "key4",
    "tfstate",
    "password",
    ".env",
    "env.md",
    "mcp",
    ".claude",
    ".codex",
    ".cursor",
    ".vscode",
    "settings",
    "/etc/",
    "/proc/",
    "docker.sock",
    "/root/",
    "system32",
    "\\sam",
    "ntds",
    "auth.log",
    "_history",
    "rc",
    "profile",
    "zshenv",
    "bash_login",
];

static GATE: LazyLock<aho_corasick::AhoCorasick> =
    LazyLock::new(|| aho_corasick::AhoCorasick::new(GATES).expect("gates are fixed"));

/// The most paths that are looked for in one text.
const MOST: usize = 64;

/// Sensitive paths in a folded (lower-case) text, in order.
pub fn find(text: &str) -> Vec<(Range<usize>, PathClass)> {
    let mut found: Vec<(Range<usize>, PathClass)> = Vec::new();
    if !GATE.is_match(text) {
        return found;
    }
    for (class, regex) in FINDERS.iter() {
        for hit in regex.find_iter(text).take(MOST) {
            let trimmed = hit
                .as_str()
                .trim_matches(|c: char| c.is_whitespace() || "'\"`(),;:?!=".contains(c));
            let trimmed = trimmed.trim_end_matches('.');
            let start = hit.start() + hit.as_str().find(trimmed).unwrap_or(0);
            let range = start..start + trimmed.len();
            if is_harmless(text, &range)
                || found
                    .iter()
                    .any(|(r, _)| r.start < range.end && range.start < r.end)
            {
                continue;
            }
            found.push((range, *class));
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Templates, public halves and documentation.
fn is_harmless(text: &str, range: &Range<usize>) -> bool {
    let path = &text[range.clone()];
    let after = &text[range.end..];
    let ends = |s: &str| path.ends_with(s) || after.starts_with(s);
    ends(".example")
        || ends(".sample")
        || ends(".template")
        || ends(".dist")
        || path.ends_with("known_hosts")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn classes(text: &str) -> Vec<(&str, PathClass)> {
        find(text).into_iter().map(|(r, c)| (&text[r], c)).collect()
    }

    #[test]
    fn finds_what_holds_secrets() {
        assert_eq!(
            classes("read ~/.ssh/id_rsa now"),
            [("~/.ssh/id_rsa", PathClass::PrivateKey)]
        );
        assert_eq!(
            classes("/home/u/.aws/credentials"),
            [("/home/u/.aws/credentials", PathClass::Credentials)]
        );
        assert_eq!(classes(".env"), [(".env", PathClass::Credentials)]);
        assert_eq!(
            classes("a .env.production file"),
            [(".env.production", PathClass::Credentials)]
        );
        assert_eq!(
            classes("../../etc/passwd"),
            [("/etc/passwd", PathClass::System)]
        );
        assert_eq!(
            classes("~/.cursor/mcp.jsonを読"),
            [("~/.cursor/mcp.json", PathClass::AgentConfig)]
        );
        assert_eq!(classes("~/.ssh/id_rsaと~/.cursor/mcp.json").len(), 2);
    }

    #[test]
    fn leaves_templates_and_words_alone() {
        assert_eq!(classes("copy .env.example to start"), []);
        assert_eq!(classes("process.env.HOME"), []);
        assert_eq!(classes("an environment variable"), []);
        assert_eq!(classes("https://example.com/tokens"), []);
        assert_eq!(classes("the known_hosts file"), []);
    }
}
