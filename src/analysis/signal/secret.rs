//! Secrets in text: keys and tokens of known providers, private keys, assigned passwords.

mod placeholder;

use placeholder::is_placeholder;
pub use placeholder::{PLACEHOLDERS, entropy};
use regex::bytes::{Regex, RegexBuilder};
use std::ops::Range;
use std::sync::LazyLock;

/// One kind of secret.
pub struct Kind {
    pub name: &'static str,
    /// A literal that every match holds, in lower case: the cheap gate.
    keyword: &'static str,
    pattern: &'static str,
    /// Group 1 is the secret, and must not look like a placeholder.
    assigned: bool,
    /// Sure enough to be told by itself.
    pub sure: bool,
}

const fn token(name: &'static str, keyword: &'static str, pattern: &'static str) -> Kind {
    Kind {
        name,
        keyword,
        pattern,
        assigned: false,
        sure: true,
    }
}

/// Every kind that is known.
pub fn kinds() -> &'static [Kind] {
    KINDS
}

impl Kind {
    /// A literal that every match holds, in lower case.
    pub fn keyword(&self) -> &'static str {
        self.keyword
    }

    /// For `regex::bytes`, without Unicode.
    pub fn pattern(&self) -> &'static str {
        self.pattern
    }

    /// The group of the pattern that is the secret.
    pub fn group(&self) -> usize {
        usize::from(self.assigned)
    }

    /// Whether what the pattern found only stands where a secret would: `your-key-here`, a variable, a word.
    pub fn is_placeholder(&self, secret: &[u8]) -> bool {
        is_placeholder(secret, self)
    }

    /// Whether something is assigned right behind the keyword; words like "token" are in every text.
    pub fn is_plausible(&self, after: &[u8]) -> bool {
        if !self.assigned || self.sure {
            return true;
        }
        let tail = &after[..after.len().min(28)];
        tail.iter().any(|b| matches!(b, b'=' | b':'))
            || self.name == "password" && tail.iter().any(u8::is_ascii_digit)
    }
}

/// Formats as their providers document them.
static KINDS: &[Kind] = &[
    token(
        "private key",
        "private key",
        r"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY(?: BLOCK)?-----[A-Za-z0-9+/=\s\\:,.-]{32,}",
    ),
    token(
        "AWS access key",
        "akia",
        r"\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b",
    ),
    Kind {
        name: "AWS secret key",
        keyword: "aws_secret",
        pattern: r#"(?i)aws_?secret_?(?:access_?)?key["']?\s*[=:]\s*["']?([A-Za-z0-9/+=]{40})\b"#,
        assigned: true,
        sure: true,
    },
    token("GitHub token", "gh", r"\bgh[pousr]_[A-Za-z0-9]{36,255}\b"),
    token(
        "GitHub token",
        "github_pat_",
        r"\bgithub_pat_[A-Za-z0-9_]{60,255}\b",
    ),
    token("GitLab token", "glpat-", r"\bglpat-[A-Za-z0-9_-]{20,}\b"),
    token("Slack token", "xox", r"\bxox[abeoprs]-[A-Za-z0-9-]{10,}"),
    token(
        "Slack webhook",
        "hooks.slack.com",
        r"https://hooks\.slack\.com/services/T[A-Z0-9]+/B[A-Z0-9]+/[A-Za-z0-9]{20,}",
    ),
    token("Anthropic key", "sk-ant-", r"\bsk-ant-[A-Za-z0-9_-]{24,}"),
    token(
        "OpenAI key",
        "sk-",
        r"\bsk-(?:proj-|svcacct-)?[A-Za-z0-9_-]{20}T3BlbkFJ[A-Za-z0-9_-]{20,}|\bsk-(?:proj|svcacct|admin)-[A-Za-z0-9_-]{40,}|\bsk-[A-Za-z0-9]{40,}\b",
    ),
    token("Google API key", "aiza", r"\bAIza[A-Za-z0-9_-]{35}\b"),
    token("Google OAuth token", "ya29.", r"\bya29\.[A-Za-z0-9_-]{20,}"),
    token("Stripe key", "_live_", r"\b[sr]k_live_[A-Za-z0-9]{20,}\b"),
    token(
        "SendGrid key",
        "sg.",
        r"\bSG\.[A-Za-z0-9_-]{20,24}\.[A-Za-z0-9_-]{39,50}\b",
    ),
    token("npm token", "npm_", r"\bnpm_[A-Za-z0-9]{36}\b"),
    token(
        "PyPI token",
        "pypi-",
        r"\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}",
    ),
    token("Hugging Face token", "hf_", r"\bhf_[A-Za-z0-9]{34}\b"),
    token("DigitalOcean token", "dop_v1_", r"\bdop_v1_[a-f0-9]{64}\b"),
    token(
        "Telegram bot token",
        ":aa",
        r"\b[0-9]{8,10}:AA[A-Za-z0-9_-]{33}\b",
    ),
    token(
        "Slack app token",
        "xapp-",
        r"\bxapp-\d-[A-Z0-9]{8,}-\d+-[a-f0-9]{32,}\b",
    ),
    token("GitLab token", "glptt-", r"\bglptt-[A-Za-z0-9_-]{20,}\b"),
    token(
        "Stripe webhook secret",
        "whsec_",
        r"\bwhsec_[A-Za-z0-9]{32,}\b",
    ),
    token("Shopify token", "shpat_", r"\bshpat_[a-fA-F0-9]{32}\b"),
    token("Databricks token", "dapi", r"\bdapi[a-f0-9]{32}(?:-\d)?\b"),
    token("Linear key", "lin_api_", r"\blin_api_[A-Za-z0-9]{40}\b"),
    token("Notion token", "ntn_", r"\bntn_[A-Za-z0-9]{40,50}\b"),
    token("Supabase token", "sbp_", r"\bsbp_[a-f0-9]{40}\b"),
    token(
        "Doppler token",
        "dp.pt.",
        r"\bdp\.pt\.[A-Za-z0-9._-]{40,}\b",
    ),
    token(
        "Terraform token",
        ".atlasv1.",
        r"\b[A-Za-z0-9]{14}\.atlasv1\.[A-Za-z0-9_=-]{60,70}",
    ),
    token("New Relic key", "nrak-", r"\bNRAK-[A-Z0-9]{27}\b"),
    token(
        "Sentry token",
        "sntry",
        r"\bsntry[su]_[A-Za-z0-9+/=_-]{60,}",
    ),
    token(
        "Grafana token",
        "glsa_",
        r"\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}\b",
    ),
    token(
        "Postman key",
        "pmak-",
        r"\bPMAK-[a-f0-9]{24}-[a-f0-9]{34}\b",
    ),
    token("Figma token", "figd_", r"\bfigd_[A-Za-z0-9_-]{40,}\b"),
    token(
        "HubSpot token",
        "pat-",
        r"\bpat-(?:na|eu)\d-[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}\b",
    ),
    token("Groq key", "gsk_", r"\bgsk_[A-Za-z0-9]{48,}\b"),
    token("Perplexity key", "pplx-", r"\bpplx-[A-Za-z0-9]{40,}\b"),
    token("Replicate token", "r8_", r"\br8_[A-Za-z0-9]{37}\b"),
    token("xAI key", "xai-", r"\bxai-[A-Za-z0-9]{60,}\b"),
    token("OpenRouter key", "sk-or-", r"\bsk-or-v1-[a-f0-9]{64}\b"),
    token(
        "Tailscale key",
        "tskey-",
        r"\btskey-(?:auth|api|client|scim|webhook)-[A-Za-z0-9]{8,}-[A-Za-z0-9]{16,}\b",
    ),
    token(
        "PlanetScale token",
        "pscale_",
        r"\bpscale_(?:tkn|pw|oauth)_[A-Za-z0-9._-]{32,}\b",
    ),
    token("Pulumi token", "pul-", r"\bpul-[a-f0-9]{40}\b"),
    token("RubyGems key", "rubygems_", r"\brubygems_[a-f0-9]{48}\b"),
    token(
        "Docker token",
        "dckr_",
        r"\bdckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}\b",
    ),
    token("Atlassian token", "atatt3", r"\bATATT3[A-Za-z0-9_=-]{100,}"),
    token("Mailgun key", "key-", r"\bkey-[a-f0-9]{32}\b"),
    token(
        "Azure storage key",
        "accountkey=",
        r"(?i)AccountKey=[A-Za-z0-9+/]{80,90}={0,2}",
    ),
    token("Vault token", "hvs.", r"\bhvs\.[A-Za-z0-9_-]{24,}"),
    token(
        "age key",
        "age-secret-key",
        r"\bAGE-SECRET-KEY-1[0-9A-Z]{58}\b",
    ),
    Kind {
        name: "web token",
        keyword: "eyj",
        pattern: r"\beyJ[A-Za-z0-9_-]{10,}\.eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}",
        assigned: false,
        sure: false,
    },
    Kind {
        name: "address with a password",
        keyword: "://",
        pattern: r#"\b[a-z][a-z0-9+.-]*://[^\s:/@'"<>]{1,64}:([^\s:/@'"<>$%{}*]{6,64})@[A-Za-z0-9.-]+"#,
        assigned: true,
        sure: true,
    },
    Kind {
        name: "password",
        keyword: "pass",
        pattern: r#"(?i)\b[a-z0-9_.-]*(?:password|passwd|passphrase)["']?\s*(?:[=:]|\s)\s*["']?([^\s"',;<>{}()\\$]{10,80})"#,
        assigned: true,
        sure: false,
    },
    Kind {
        name: "token",
        keyword: "token",
        pattern: r#"(?i)\b[a-z0-9_.-]*(?:token|api_?key|secret|client_?secret)["']?\s*[=:]\s*["']?([A-Za-z0-9_/+=.-]{20,120})"#,
        assigned: true,
        sure: false,
    },
    Kind {
        name: "key",
        keyword: "key",
        pattern: r#"(?i)\b[a-z0-9_.-]*(?:api_?key|secret_?key|private_?key|access_?key)["']?\s*[=:]\s*["']?([A-Za-z0-9_/+=.-]{20,120})"#,
        assigned: true,
        sure: false,
    },
    Kind {
        name: "secret",
        keyword: "secret",
        pattern: r#"(?i)\b[a-z0-9_.-]*secret["']?\s*[=:]\s*["']?([A-Za-z0-9_/+=.-]{20,120})"#,
        assigned: true,
        sure: false,
    },
    Kind {
        name: "registry login",
        keyword: "\"auth\"",
        pattern: r#""auth"\s*:\s*"([A-Za-z0-9+/=]{12,})""#,
        assigned: true,
        sure: true,
    },
    Kind {
        name: "client key",
        keyword: "client-key-data",
        pattern: r"client-key-data:\s*([A-Za-z0-9+/=]{40,})",
        assigned: true,
        sure: true,
    },
    Kind {
        name: "secret in JSON",
        keyword: "secret",
        pattern: r#"(?i)"[a-z0-9_]*secret[a-z0-9_]*"\s*:\s*"([A-Za-z0-9_/+=.-]{20,120})""#,
        assigned: true,
        sure: false,
    },
];

struct Finders {
    gate: aho_corasick::AhoCorasick,
    regexes: Vec<Regex>,
}

static FINDERS: LazyLock<Finders> = LazyLock::new(|| Finders {
    gate: aho_corasick::AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(KINDS.iter().map(|k| k.keyword))
        .expect("keywords are fixed"),
    // Without Unicode tables these compile in a hundredth of the time.
    regexes: KINDS
        .iter()
        .map(|k| {
            RegexBuilder::new(k.pattern)
                .unicode(false)
                .build()
                .expect("patterns are fixed")
        })
        .collect(),
});

/// Compiles the patterns ahead, in a thread of their own.
pub fn warm() {
    rayon::spawn(|| {
        LazyLock::force(&FINDERS);
    });
}

/// A secret in a text.
#[derive(Clone)]
pub struct Secret {
    pub kind: &'static Kind,
    pub range: Range<usize>,
}

/// Most bytes of a text that are looked at, and most secrets of a kind that are told.
const MOST: usize = 8 << 20;
const MOST_OF_A_KIND: usize = 32;
/// Bytes before and after a keyword in which its secret stands; a private key is long.
const BEFORE: usize = 64;
const REACH: usize = 320;
const PRIVATE_KEY: usize = 8 << 10;

/// Secrets in a text, in order, without overlaps.
pub fn find(bytes: &[u8]) -> Vec<Secret> {
    let finders = &*FINDERS;
    let bytes = &bytes[..bytes.len().min(MOST)];
    // A secret stands close to its keyword: only there are the patterns tried.
    let mut windows: Vec<Vec<Range<usize>>> = vec![Vec::new(); KINDS.len()];
    for found in finders.gate.find_overlapping_iter(bytes) {
        let n = found.pattern().as_usize();
        if !KINDS[n].is_plausible(&bytes[found.end()..]) {
            continue;
        }
        let reach = if n == 0 { PRIVATE_KEY } else { REACH };
        let wide = found.start().saturating_sub(BEFORE)..(found.end() + reach).min(bytes.len());
        match windows[n].last_mut() {
            Some(last) if last.end >= wide.start => last.end = wide.end,
            _ => windows[n].push(wide),
        }
    }
    let mut secrets: Vec<Secret> = Vec::new();
    for (n, kind) in KINDS.iter().enumerate() {
        let mut left = MOST_OF_A_KIND;
        for window in &windows[n] {
            for groups in finders.regexes[n]
                .captures_iter(&bytes[window.clone()])
                .take(left)
            {
                let Some(secret) = groups.get(kind.group()) else {
                    continue;
                };
                left -= 1;
                let range = window.start + secret.start()..window.start + secret.end();
                let overlaps = secrets
                    .iter()
                    .any(|s| s.range.start < range.end && range.start < s.range.end);
                if !overlaps && !is_placeholder(&bytes[range.clone()], kind) {
                    secrets.push(Secret { kind, range });
                }
            }
        }
    }
    secrets.sort_by_key(|s| s.range.start);
    secrets
}

/// What stands for the masked part of a secret.
pub const MASK: &str = "••••••••";

/// The parts of a text that are masked: of each secret all but its beginning, by which it can be told from others.
pub fn hidden(bytes: &[u8]) -> Vec<Range<usize>> {
    let rest = |secret: Secret| {
        let shown = match secret.kind.name {
            "private key" => 27,
            _ => 4,
        };
        let mut keep = (secret.range.start + shown).min(secret.range.end);
        while keep < secret.range.end && bytes[keep] & 0xC0 == 0x80 {
            keep += 1;
        }
        keep..secret.range.end
    };
    find(bytes).into_iter().map(rest).collect()
}

/// The text with all secrets masked. The second part maps an offset of the original to one of the masked text.
pub fn mask(bytes: &[u8]) -> Option<(Vec<u8>, impl Fn(usize) -> usize + use<>)> {
    let hidden = hidden(bytes);
    if hidden.is_empty() {
        return None;
    }
    let mut out = Vec::with_capacity(bytes.len());
    let mut steps: Vec<(Range<usize>, usize, usize)> = Vec::new();
    let mut at = 0;
    for range in hidden {
        out.extend_from_slice(&bytes[at..range.start]);
        let begin = out.len();
        out.extend_from_slice(MASK.as_bytes());
        at = range.end;
        steps.push((range, begin, out.len()));
    }
    out.extend_from_slice(&bytes[at..]);
    let map = move |offset: usize| {
        let mut shift = 0isize;
        for (range, begin, end) in &steps {
            if offset < range.start {
                break;
            }
            if offset < range.end {
                return *begin;
            }
            shift = *end as isize - range.end as isize;
        }
        (offset as isize + shift).max(0) as usize
    };
    Some((out, map))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&'static str> {
        find(text.as_bytes()).iter().map(|s| s.kind.name).collect()
    }

    #[test]
    fn finds_what_providers_give_out() {
        assert_eq!(names("id AKIAQWERTYUIOPASDFGH."), ["AWS access key"]);
        assert_eq!(
            names("ghp_16C7e42F292c6912E7710c838347Ae178B4a"),
            ["GitHub token"]
        );
        assert_eq!(
            names(
                "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n-----END"
            ),
            ["private key"]
        );
        assert_eq!(
            names("postgres://app:s3cr3t-horse@db.example/x"),
            ["address with a password"]
        );
    }

    #[test]
    fn keywords_are_in_lower_case() {
        for kind in KINDS {
            assert_eq!(kind.keyword, kind.keyword.to_lowercase(), "{}", kind.name);
        }
        assert_eq!(
            names("use whsec_Xk3vQ9mZt7Lw2RbN8YcD4kQ9vXw7Rz2L now"),
            ["Stripe webhook secret"]
        );
        assert_eq!(names("hvs.CAESIJ3kQ9vXw7Rz2Lm8Tn1Yp6Bc3J"), ["Vault token"]);
    }

    #[test]
    fn leaves_placeholders_alone() {
        for text in [
            "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
            "API_KEY=your-api-key-goes-right-here-123",
            "password: ********",
            "const token = getTokenFromHeader(request)",
            "AKIAIOSFODNN7EXAMPLE",
            "postgres://user:${PASSWORD}@db",
        ] {
            assert_eq!(names(text), Vec::<&str>::new(), "{text}");
        }
    }

    #[test]
    fn masks_all_but_the_beginning() {
        let text = b"a ghp_16C7e42F292c6912E7710c838347Ae178B4a b";
        let (masked, map) = mask(text).unwrap();
        assert_eq!(
            String::from_utf8(masked.clone()).unwrap(),
            "a ghp_•••••••• b"
        );
        assert_eq!(masked[map(text.len() - 1)], b'b');
        assert!(mask(b"nothing here").is_none());
    }
}
