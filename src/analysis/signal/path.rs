//! Paths and places that hold secrets or steer a machine, in text and in arguments.

use super::ascii;
use aho_corasick::{AhoCorasick, AhoCorasickKind};
use regex::bytes::Regex;
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

/// Class, the words that every match holds one of, pattern.
const PATTERNS: &[(PathClass, &str, &str)] = &[
    (
        PathClass::PrivateKey,
        ".ssh id_ deploy_key deploy-key .gnupg .key .pem .p12 .pfx .ppk .kdbx .keystore .asc .jks wallet.dat authorized_keys private_key private-key",
        r"(?:[~\w./\\-]*[/\\])?\.ssh(?:[/\\][\w.-]+|[/\\]|\b)|\bid_(?:rsa|ed25519|ecdsa|dsa)\b(?:\.pub)?|[~\w./\\-]*\.gnupg\b|[~\w./\\*-]+\.(?:pem|p12|pfx|ppk|kdbx|keystore|asc|jks)\b|[~\w./\\-]*(?:^|[/\\])(?:[\w-]*(?:server|private|ssl|tls|domain|root|client|host|signing)[\w-]*|key|privkey)\.key\b|[~\w./\\-]*\bprivkey\d*\.pem\b|[~\w./\\-]*\bdeploy[_-]key\b(?:\.pem|$|[\s\x27\x22])|\bwallet\.dat\b|\bauthorized_keys\b|[~\w./\\-]*private[_-]key[\w.-]*",
    ),
    (
        PathClass::Credentials,
        ".aws .azure gcloud credential .kube .docker .npmrc .pypirc .netrc .pgpass .git-cred .my.cnf .s3cfg .vault-token oauth_token .htpasswd .gem .config/ .config\\ accesstokens .password-store secret.y secret.j secret.t secret.i secret.e secrets.y secrets.j secrets.t secrets.i secrets.e database.y master.key token cookies.sqlite key4.db logins.json login.keychain login_data tfstate password. passwords. wp-config .cargo .m2 rclone .terraform .boto cookies service-account service_account serviceaccount doctl .fly .netlify .heroku appsettings. keyring chrome chromium brave .electrum utc-- keystore/ /signal/ \\signal\\ secrets/ run/secrets /kubernetes/ .tfrc .gradle .composer .ngrok keychain .rclone .yarnrc .passwd-s3fs .smbcred adminsdk tomcat-users state.vscdb solana .ethereum htpasswd .keytab .codex .gemini .claude .copilot .continue rancher .tfvars vault_pass vault-pass wireguard ipsec .ovpn lib/mysql .mozilla .age .op/",
        r"[~\w./\\-]*\.aws[/\\](?:credentials|config)|[~\w./\\:-]*[/\\]\.(?:aws|kube)[/\\]?(?:$|[\s\x27\x22])|[~\w./\\-]*\.azure(?:[/\\][\w.-]+|\b)|[~\w./\\-]*(?:\.config[/\\])?\.?gcloud[/\\][\w.-]+|application_default_credentials\.json|[~\w./\\-]*\.kube[/\\]config|[~\w./\\-]*\.docker[/\\]config\.json|[~\w./\\-]*\.(?:npmrc|pypirc|netrc|pgpass|git-credentials|my\.cnf|s3cfg|vault-token|oauth_token|htpasswd)\b|[~\w./\\-]*\.gem[/\\]credentials|[~\w./\\-]*\.config[/\\](?:gh|hub|[\w-]*cred[\w-]*|[\w-]+[/\\](?:credentials|token)s?)[\w./\\-]*|[~\w./\\-]*\.password-store|[~\w./\\-]*(?:^|[/\\])secrets?\.(?:ya?ml|json|toml|ini|txt|env)\b|[~\w./\\-]*\bcredentials\.(?:json|db|ya?ml|xml|ini|txt)\b|[~\w./\\-]*accesstokens\.json|[~\w./\\-]*\bdatabase\.ya?ml\b|[~\w./\\-]*master\.key\b|[~\w./\\-]*(?:cookies\.sqlite|key4\.db|logins\.json|login\.keychain(?:-db)?)\b|[~\w./\\-]*\bterraform\.tfstate\b|[~\w./\\-]*[/\\]\.[\w-]+[/\\]?[\w-]*token(?:\.txt|\.json)?\b|[~\w./\\-]*(?:password|passwords)\.(?:txt|xlsx?|csv|docx?)\b|[~\w./\\-]*\bwp-config\.php\b|[~\w./\\-]*\.(?:cargo|composer|gem)[/\\](?:credentials(?:\.toml)?|auth\.json)|[~\w./\\-]*\.m2[/\\]settings(?:-security)?\.xml|[~\w./\\-]*\.gradle[/\\]gradle\.properties|[~\w./\\-]*\brclone\.conf\b|[~\w./\\-]*\bcredentials\.tfrc\.json|[~\w./\\-]*[/\\~]\.boto\b|[~\w ./\\:-]*[/\\](?:cookies|login data|local state)(?:$|[\s'\x22)])|[~\w./\\-]*\b(?:gcp[_-])?service[_-]?account(?:[_-]key)?[\w-]*\.json|[~\w./\\-]*[/\\](?:doctl|op|gh|hub|ngrok\d?|stripe)[/\\](?:config|hosts)(?:\.ya?ml|\.toml|\b)|[~\w./\\-]*\.(?:fly|ngrok2?)[/\\][\w.]+|[~\w./\\-]*\.(?:netlify|heroku)[/\\]\w+|[~\w./\\-]*\bappsettings\.(?:production|staging|secrets)\.json|[~\w ./\\-]*keyrings?[/\\][\w.-]*|[~\w./\\-]*\.keyring\b|[~\w ./\\-]*[/\\]keychains?[/\\][\w.-]*|[~\w./\\-]*\.electrum[/\\][\w/.-]*|[~\w./\\-]*keystore[/\\]utc--[\w.-]*|[~\w ./\\-]*[/\\]signal[/\\]config\.json|(?:/var)?/run/secrets/[\w./-]+|/etc/kubernetes/[\w-]+\.conf|[~\w./\\-]*(?:^|[/\\])secrets?[/\\][\w.-]+\.(?:ya?ml|json|env|txt|toml|ini|key|properties)\b|[~\w./\\-]*\.mozilla[/\\]firefox[/\\][\w./-]*|[~\w./\\-]*\.passwd-s3fs|[~\w./\\-]*\badminsdk[\w-]*\.json|[~\w./\\-]*\btomcat-users\.xml|[~\w ./\\-]*\bstate\.vscdb|[~\w./\\-]*[/\\]solana[/\\]id\.json|[~\w./\\-]*\.ethereum[/\\]keystore|[~\w./\\-]*(?:^|[/\\])\.?htpasswd\b|[~\w./\\-]*\.keytab\b|[~\w./\\-]*\.(?:codex|gemini|claude|copilot|continue)[/\\](?:auth|oauth_creds|\.credentials|credentials|token)\w*\.json|/etc/rancher/[\w./-]+\.yaml|[~\w./\\-]*\b(?:prod|production|secrets?|staging|terraform)\.tfvars|[~\w./\\-]*\bvault[_-]pass(?:word)?\b[\w.]*|/etc/wireguard/[\w.-]+|/etc/ipsec\.secrets|[~\w./\\-]*\.ovpn\b|/var/lib/mysql/mysql/[\w.]+|[~\w./\\-]*\.smbcredentials",
    ),
    (
        PathClass::Credentials,
        ".env env.md",
        r"(?:^|[\s'\x22`(=:/\\])\.env(?:\.(?:local|production|prod|development|dev|staging|test|live))?(?:$|[\s'\x22`),;:.?!])|\benv\.md\b",
    ),
    (
        PathClass::AgentConfig,
        "claude_desktop .cursor .vscode .roo .gemini .codeium .windsurf .claude mcp .codex",
        r"[~\w./\\-]*\bclaude_desktop_config\.json|[~\w./\\-]*\.(?:cursor|vscode|roo|gemini|codeium|windsurf)[/\\](?:\w+[/\\])*\w*(?:mcp|settings|config)\w*\.json|[~\w./\\-]*\.claude[/\\]settings[\w.]*\.json|[~\w./\\-]*\.?\bmcp(?:_settings|-config|_config)?\.json|[~\w./\\-]*\.claude\.json|[~\w./\\-]*\.codex[/\\]config\.toml",
    ),
    (
        PathClass::System,
        "/etc/ /proc/ docker.sock /root system32 \\sam ntds.dit auth.log /dev/mem /dev/kmem docker/cont",
        r"/etc/(?:passwd|shadow|sudoers(?:\.d)?(?:/[\w.-]+)?|master\.passwd|gshadow|group|ssl/private|hosts|crontab|cron\.\w+/?[\w.-]*|ld\.so\.preload)\b|/proc/(?:self|\d+)/(?:environ|cmdline|mem|maps)|/var/run/docker\.sock|(?:^|[\s'\x22`(=:,])/root(?:/[\w.]*|$|[\s'\x22])|/dev/k?mem\b|/var/lib/docker/containers|[a-z]:\\windows\\system32(?:\\[\w\\.]+)?|\\(?:config|repair|regback)\\sam\b|\bntds\.dit\b|/var/log/auth\.log",
    ),
    (
        PathClass::Shell,
        "_history .bashrc .zshrc .profile .bash_profile .zprofile .zshenv .bash_login $profile",
        r"[~\w./\\-]*(?:^|[/\\])\.(?:bash|zsh|fish|python|mysql|psql|node_repl)_history\b|[~\w./\\-]*(?:^|[/\\])\.(?:bashrc|zshrc|profile|bash_profile|zprofile|zshenv|bash_login)\b|\$profile\b",
    ),
];

struct Finder {
    class: PathClass,
    regex: Regex,
}

struct Finders {
    gate: AhoCorasick,
    /// Which finder each word of the gate belongs to.
    owner: Vec<usize>,
    finders: Vec<Finder>,
}

static FINDERS: LazyLock<Finders> = LazyLock::new(|| {
    let words = || {
        PATTERNS
            .iter()
            .enumerate()
            .flat_map(|(n, (_, gates, _))| gates.split(' ').map(move |w| (n, w)))
    };
    Finders {
        gate: AhoCorasick::builder()
            .kind(Some(AhoCorasickKind::DFA))
            .build(words().map(|(_, w)| w))
            .expect("gates are fixed"),
        owner: words().map(|(n, _)| n).collect(),
        finders: PATTERNS
            .iter()
            .map(|(class, _, pattern)| Finder {
                class: *class,
                regex: ascii::pattern(pattern),
            })
            .collect(),
    }
});

/// The most paths that are looked for in one text.
const MOST: usize = 64;

/// Sensitive paths in a folded (lower-case) text, in order.
pub fn find(text: &str) -> Vec<(Range<usize>, PathClass)> {
    let mut found: Vec<(Range<usize>, PathClass)> = Vec::new();
    // A path is short: the patterns are tried only around what they need.
    const BEFORE: usize = 96;
    const AFTER: usize = 128;
    let finders = &*FINDERS;
    let mut windows: Vec<Vec<Range<usize>>> = vec![Vec::new(); finders.finders.len()];
    for hit in finders.gate.find_overlapping_iter(text) {
        let wide = hit.start().saturating_sub(BEFORE)..(hit.end() + AFTER).min(text.len());
        let list = &mut windows[finders.owner[hit.pattern().as_usize()]];
        match list.last_mut() {
            Some(last) if last.end >= wide.start => last.end = wide.end,
            _ => list.push(wide),
        }
    }
    for (finder, windows) in finders.finders.iter().zip(windows) {
        for window in windows {
            let window = ascii::whole(text, window);
            let (start, part) = (window.start, &text[window]);
            for hit in ascii::matches(&finder.regex, part, MOST) {
                put(
                    text,
                    start + hit.start..start + hit.end,
                    finder.class,
                    &mut found,
                );
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

fn put(
    text: &str,
    hit: Range<usize>,
    class: PathClass,
    found: &mut Vec<(Range<usize>, PathClass)>,
) {
    let whole = &text[hit.clone()];
    let trimmed = whole.trim_matches(|c: char| c.is_whitespace() || "'\"`(),;:?!=".contains(c));
    let trimmed = trimmed.trim_end_matches('.');
    let start = hit.start + whole.find(trimmed).unwrap_or(0);
    let range = start..start + trimmed.len();
    let taken = found
        .iter()
        .any(|(r, _)| r.start < range.end && range.start < r.end);
    if !taken && !range.is_empty() && !is_harmless(text, &range) {
        found.push((range, class));
    }
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
        || ends(".tpl")
        || ends(".tmpl")
        || ends(".j2")
        || path.ends_with("known_hosts")
        || path.ends_with("known_hosts.old")
        || is_source(path)
        || is_source(after)
}

/// A file of a program that is about keys, not a key.
fn is_source(name: &str) -> bool {
    const ENDS: &[&str] = &[
        ".rs", ".py", ".ts", ".tsx", ".js", ".jsx", ".mjs", ".go", ".java", ".kt", ".c", ".cc",
        ".cpp", ".h", ".hpp", ".rb", ".cs", ".swift", ".php", ".scala", ".ex", ".exs", ".md",
        ".mdx", ".html", ".css", ".vue", ".svelte", ".test", ".spec", ".snap", ".d.ts",
    ];
    let word = name
        .split(|c: char| c.is_whitespace() || "'\"`,;)".contains(c))
        .next()
        .unwrap_or("");
    ENDS.iter().any(|e| word.ends_with(e))
        && !word.ends_with("wp-config.php")
        && !word.ends_with("env.md")
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
