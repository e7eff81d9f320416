//! Names in which digits or pairs of letters stand for letters: `paypa1`, `rnodern`.

use crate::analysis::detect::{DefinitionAt, Detector, Found, Look, Sink};
use crate::analysis::rules;
use crate::session::ItemKind;
use crate::text::Raw;

pub const DETECTOR: Detector = Detector {
    name: "digits for letters",
    rules: &[&rules::DIGIT_FOR_LETTER],
    look: Look::Definition(look),
};

/// Services that people trust, and words of which names of tools are made. Only such are imitated; a word that is
/// another one when a digit behind it goes (`mode1`) is not among them.
pub(super) const WORDS: &[&str] = &[
    // services
    "adobe",
    "airbnb",
    "airtable",
    "alibaba",
    "alipay",
    "amazon",
    "amex",
    "android",
    "anthropic",
    "apple",
    "asana",
    "atlassian",
    "azure",
    "binance",
    "bitbucket",
    "bitcoin",
    "bloomberg",
    "cloudflare",
    "claude",
    "coinbase",
    "confluence",
    "databricks",
    "datadog",
    "discord",
    "docker",
    "dropbox",
    "elastic",
    "etherscan",
    "ethereum",
    "excel",
    "facebook",
    "figma",
    "firebase",
    "github",
    "gitlab",
    "gmail",
    "google",
    "grafana",
    "heroku",
    "hubspot",
    "icloud",
    "instagram",
    "intercom",
    "kubernetes",
    "linkedin",
    "mailchimp",
    "mastercard",
    "metamask",
    "microsoft",
    "mongodb",
    "mysql",
    "netflix",
    "netlify",
    "notion",
    "obsidian",
    "office",
    "onedrive",
    "openai",
    "oracle",
    "outlook",
    "paypal",
    "playwright",
    "postgres",
    "postgresql",
    "puppeteer",
    "quickbooks",
    "reddit",
    "revolut",
    "salesforce",
    "sendgrid",
    "sentry",
    "servicenow",
    "sharepoint",
    "shopify",
    "slack",
    "snowflake",
    "solana",
    "spotify",
    "sqlite",
    "stripe",
    "supabase",
    "teams",
    "telegram",
    "terraform",
    "tiktok",
    "todoist",
    "trello",
    "twilio",
    "twitter",
    "vercel",
    "whatsapp",
    "wikipedia",
    "windows",
    "wordpress",
    "xero",
    "youtube",
    "zapier",
    "zendesk",
    "zoom",
    // words of tools
    "access",
    "account",
    "admin",
    "alert",
    "analytics",
    "analyze",
    "archive",
    "authenticate",
    "authorize",
    "backup",
    "balance",
    "browser",
    "calculate",
    "calendar",
    "cancel",
    "channel",
    "check",
    "client",
    "code",
    "command",
    "comment",
    "commit",
    "config",
    "connect",
    "contact",
    "convert",
    "create",
    "credential",
    "customer",
    "database",
    "delete",
    "deploy",
    "describe",
    "document",
    "download",
    "edit",
    "email",
    "emails",
    "encrypt",
    "environment",
    "event",
    "events",
    "execute",
    "export",
    "extract",
    "fetch",
    "file",
    "files",
    "filesystem",
    "filter",
    "find",
    "folder",
    "format",
    "forward",
    "generate",
    "health",
    "image",
    "images",
    "import",
    "insert",
    "install",
    "invoice",
    "issue",
    "issues",
    "list",
    "local",
    "login",
    "mail",
    "manage",
    "manager",
    "market",
    "member",
    "memory",
    "merge",
    "message",
    "messages",
    "metadata",
    "metrics",
    "migrate",
    "modern",
    "modify",
    "monitor",
    "move",
    "network",
    "notes",
    "notification",
    "notify",
    "open",
    "order",
    "orders",
    "password",
    "patch",
    "payment",
    "payments",
    "permission",
    "pipeline",
    "playlist",
    "portfolio",
    "post",
    "price",
    "process",
    "profile",
    "project",
    "projects",
    "prompt",
    "publish",
    "query",
    "read",
    "recommend",
    "record",
    "redirect",
    "refund",
    "register",
    "release",
    "remote",
    "remove",
    "rename",
    "repository",
    "request",
    "reset",
    "resolve",
    "resource",
    "restore",
    "result",
    "schedule",
    "schema",
    "screenshot",
    "search",
    "secret",
    "secrets",
    "secure",
    "send",
    "server",
    "service",
    "session",
    "settings",
    "share",
    "shell",
    "status",
    "storage",
    "store",
    "submit",
    "summarize",
    "summary",
    "system",
    "table",
    "tables",
    "task",
    "tasks",
    "template",
    "terminal",
    "ticket",
    "tickets",
    "time",
    "tool",
    "tools",
    "transaction",
    "transfer",
    "translate",
    "update",
    "upload",
    "user",
    "users",
    "validate",
    "verify",
    "wallet",
    "weather",
    "webhook",
    "workflow",
    "workspace",
    "write",
];

fn look(at: &DefinitionAt<'_>, sink: &mut Sink) {
    let raw = match at.item.kind {
        ItemKind::Tool | ItemKind::Prompt => at.item.name.clone(),
        ItemKind::ServerInfo => match at.now.str("name") {
            Some(name) => name.into_buf(),
            None => return,
        },
        _ => return,
    };
    let raw = raw.as_raw();
    let Some(name) = std::str::from_utf8(raw.bytes())
        .ok()
        .filter(|n| n.len() <= 128)
    else {
        return;
    };
    let mut from = 0;
    for part in name.split(|c: char| !c.is_alphanumeric()) {
        let start = from;
        from = start + part.len() + 1;
        if let Some(meant) = meant(part) {
            let span = start..start + part.len();
            sink.put(
                Found::new(&rules::DIGIT_FOR_LETTER)
                    .at("/name")
                    .shows(raw, span)
                    .because(format!(
                        "`{}` reads as `{meant}`.",
                        Raw::from(part).label(40)
                    )),
            );
            return;
        }
    }
}

/// The word that `part` looks like and is not.
fn meant(part: &str) -> Option<&'static str> {
    let digits = part.bytes().filter(u8::is_ascii_digit).count();
    let letters = part.len() - digits;
    let lower = part.to_ascii_lowercase();
    let pairs = lower.contains("rn") || lower.contains("vv");
    if !part.is_ascii() || part.len() < 4 || letters < 2 || digits == 0 && !pairs {
        return None;
    }
    let known = |word: &str| WORDS.iter().find(|w| **w == word).copied();
    if known(&lower).is_some() {
        return None;
    }
    // `tool1`, `user2`: a number behind a word.
    let stem = lower.trim_end_matches(|c: char| c.is_ascii_digit());
    if stem.len() < lower.len() && known(stem).is_some() {
        return None;
    }
    // The digit one is drawn like both.
    ['l', 'i'].into_iter().find_map(|one| {
        let read: String = lower
            .chars()
            .map(|c| match c {
                '0' => 'o',
                '1' => one,
                '3' => 'e',
                '4' => 'a',
                '5' => 's',
                '7' => 't',
                '8' => 'b',
                c => c,
            })
            .collect();
        known(&read).or_else(|| merged(&read).find_map(|word| known(&word)))
    })
}

/// The word with one, or all, of its pairs read as the letter that they look like.
fn merged(word: &str) -> impl Iterator<Item = String> {
    let pairs = [("rn", "m"), ("vv", "w")];
    let one = pairs.into_iter().flat_map(move |(pair, letter)| {
        word.match_indices(pair)
            .map(move |(at, _)| [&word[..at], letter, &word[at + pair.len()..]].concat())
    });
    let all = word.replace("rn", "m").replace("vv", "w");
    one.chain(std::iter::once(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_is_meant() {
        for (part, word) in [
            ("paypa1", "paypal"),
            ("rnodern", "modern"),
            ("g1thub", "github"),
            ("M1cr0s0ft", "microsoft"),
            ("de1ete", "delete"),
            ("cornrnit", "commit"),
            ("vvrite", "write"),
        ] {
            assert_eq!(meant(part), Some(word), "{part}");
        }
        for part in [
            "oauth2", "base64", "ipv4", "tool1", "s3", "k8s", "web3", "learn", "return",
            "internal", "utf8", "log4j", "h264", "email2", "modern", "commit", "sha256", "p2p",
            "gpt4o", "l10n",
        ] {
            assert_eq!(meant(part), None, "{part}");
        }
    }
}
