//! Commands in arguments: second commands, allow-lists that are passed by, commands that attacks are made of.

use super::{Argument, CallAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::ascii;
use aho_corasick::AhoCorasick;
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "commands in arguments",
    rules: &[
        &rules::SHELL_ESCAPE,
        &rules::ALLOWLIST_BYPASS,
        &rules::DANGEROUS_COMMAND,
    ],
    look: Look::Call(look),
};

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| ascii::pattern($pattern));
    };
}

/// Programs that an injected command begins with.
const PROGRAMS: &str = r"(?:whoami|id|uname|hostname|cat|ls|curl|wget|nc|ncat|netcat|bash|sh|zsh|python3?|perl|ruby|node|php|powershell|pwsh|cmd|rm|dd|mkfifo|chmod|chown|env|printenv|ping|nslookup|dig|touch|echo|base64|ssh|scp|sleep|kill|find|tee|sudo|su|reboot|shutdown|open|calc|ifconfig|ps)";

// `$(whoami)`, `` `id` ``, `; cat x`, `&& curl x`, `| sh`
regex!(
    SUBSTITUTION,
    &format!(r"\$\(\s*{PROGRAMS}\b[^)]*\)|`\s*{PROGRAMS}\b[^`]*`|\$\{{IFS\}}")
);
regex!(
    CHAINED,
    &format!(r"(?:;|&&|\|\|?|\n|%0a)\s*(?:/(?:usr/)?bin/)?{PROGRAMS}\b(?:\s|$)")
);
regex!(ANY_SUBSTITUTION, r"\$\([^(][^)]*\)|`[^`]+`|[<>]\([^)]+\)");

/// What attacks run. Each names what it is.
const DANGEROUS: &[(&str, &str)] = &[
    (
        "a download that is run at once",
        r"(?:curl|wget|iwr|invoke-webrequest)\b[^|;&\n]*\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b|(?:curl|wget)\b[^|\n]*\|\s*(?:python3?|perl|node|ruby)\b|(?:ba)?sh\s+-c\s+[\x22']?\$\((?:curl|wget)|(?:ba)?sh\s+<\(\s*(?:curl|wget)|\biex\s*\(|\bdownloadstring\b",
    ),
    (
        "a reverse shell",
        r"/dev/(?:tcp|udp)/|\bn(?:c|cat|etcat)\b[^|;\n]*\s-\w*[ec]\b|\bmkfifo\b[^\n]*\|\s*n|socket\.socket\([^\n]*(?:dup2|subprocess|pty)|\bsocat\b[^\n]*exec",
    ),
    (
        "an encoded script",
        r"\bpowershell(?:\.exe)?\b[^\n]*\s-e(?:nc|ncodedcommand)?\s+[a-z0-9+/=]{16,}|base64\s+(?:-d|--decode)[^\n]*\|\s*(?:ba|z)?sh\b",
    ),
    (
        "removal of everything",
        r"\brm\s+(?:-\w+\s+)*-\w*[rf]\w*\s+(?:-\w+\s+)*(?:/|~|\$home|/\*|\*|/(?:etc|usr|var|home|boot)\b)(?:\s|/?\s*$|\x22|')|\bmkfs\.|\bdd\s+if=/dev/(?:zero|random|urandom)\s+of=/dev/|\bdel\s+/[sfq]\s|:\(\)\s*\{\s*:\|:&",
    ),
    (
        "accounts and privileges",
        r"\bchpasswd\b|\buseradd\b|\badduser\b|\busermod\b[^\n]*(?:sudo|wheel|root)|\bnopasswd\b|\bchmod\s+(?:-\w+\s+)*[ugoa]*\+s\b|\bchmod\s+(?:-\w+\s+)*0?777\s+/|\bsetcap\b|\bvisudo\b|\bnet\s+user\s+\S+\s+\S+\s+/add",
    ),
    (
        "an escape from a container",
        r"\bdocker\s+run\b[^\n]*(?:--privileged|-v\s+/:|--pid[= ]host)|\bnsenter\b|/var/run/docker\.sock",
    ),
    (
        "a file sent away",
        r"\b(?:curl|wget)\b[^\n]*(?:-d|--data(?:-binary|-raw)?|-f|--form|-t|--upload-file|--post-file)[= ]?\s*[\x22']?(?:@|\w+=@)?(?:/etc/|~/|/root/|/home/|\.env|\$\()|\b(?:scp|rsync)\b[^\n]*(?:\.ssh|id_rsa|/etc/shadow|\.aws)",
    ),
    (
        "accounts and secrets read",
        r"\b(?:cat|less|more|head|tail|type|strings|xxd|base64)\s+[^|;&\n]*(?:/etc/(?:passwd|shadow|sudoers)|/proc/(?:self|\d+)/environ|id_(?:rsa|ed25519|ecdsa)\b|\.aws/credentials|\.netrc|\.git-credentials)",
    ),
    (
        "something that starts again later",
        r"\bcrontab\s+(?:-\s*$|-\s|/)|\|\s*crontab\b|>>?\s*[\x22']?(?:~|/root|/home/\w+|\$home)/\.(?:bashrc|zshrc|profile|bash_profile|ssh/authorized_keys)|>>?\s*/etc/(?:cron|rc\.local|sudoers|profile|ld\.so)|\bschtasks\s+/create|\breg\s+add\b[^\n]*\\run\b",
    ),
    (
        "traces removed",
        r"\bhistory\s+-c\b|\bunset\s+histfile\b|\bwevtutil\s+cl\b|\bshred\b[^\n]*(?:log|history)|\bjournalctl\s+--vacuum",
    ),
    (
        "protection switched off",
        r"\bsetenforce\s+0\b|\bufw\s+disable\b|\biptables\s+-f\b|set-mppreference[^\n]*disable|\bcsrutil\s+disable",
    ),
];

static FINDERS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    DANGEROUS
        .iter()
        .map(|(what, p)| (*what, ascii::pattern(&format!("(?i:{p})"))))
        .collect()
});

/// What the patterns above need: most lines have none of it.
static GATE: LazyLock<AhoCorasick> = LazyLock::new(|| {
    const WORDS: &[&str] = &[
        "curl",
        "wget",
        "iwr",
        "invoke-web",
        "iex",
        "downloadstring",
        "/dev/",
        "nc -",
        "ncat",
        "netcat",
        "mkfifo",
        "socket",
        "socat",
        "powershell",
        "base64",
        "rm -",
        "rm  ",
        "mkfs",
        "dd if",
        "del /",
        ":()",
        "chpasswd",
        "useradd",
        "adduser",
        "usermod",
        "nopasswd",
        "chmod",
        "setcap",
        "visudo",
        "net user",
        "docker",
        "nsenter",
        "scp",
        "rsync",
        "/etc/",
        "/proc/",
        "id_",
        ".aws",
        ".netrc",
        ".git-cred",
        "crontab",
        "bashrc",
        "zshrc",
        "profile",
        "authorized_keys",
        "schtasks",
        "reg add",
        "history",
        "histfile",
        "wevtutil",
        "shred",
        "journalctl",
        "setenforce",
        "ufw",
        "iptables",
        "mppreference",
        "csrutil",
    ];
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(WORDS)
        .expect("gates are fixed")
});

/// Longest argument that is looked at for commands.
const LONGEST: usize = 16 << 10;

fn look(at: &CallAt<'_>, sink: &mut Sink) {
    let runs = ToolTrait::Runs.of(at.tool);
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        if !text.contains(|c: char| c.is_whitespace() || "$`;|&<(".contains(c)) {
            continue;
        }
        let line = argument.is_command() || runs && !argument.is_prose() && !argument.is_path();
        if dangerous(argument, text, line, sink) {
            continue;
        }
        if line {
            bypass(argument, text, sink);
        } else {
            second(argument, text, sink);
        }
    }
}

/// Commands that attacks are made of: in a command line anywhere; elsewhere only where a shell would run them.
fn dangerous(argument: &Argument<'_>, text: &str, line: bool, sink: &mut Sink) -> bool {
    let parts: Vec<Range<usize>> = if line {
        std::iter::once(0..text.len()).collect()
    } else if argument.is_prose() {
        // Prose and code may speak of anything; a substitution in a short line is meant to be run.
        if text.len() > 400 {
            return false;
        }
        ascii::matches(&ANY_SUBSTITUTION, text, 8).collect()
    } else if text.len() <= 2_000 {
        std::iter::once(0..text.len()).collect()
    } else {
        return false;
    };
    if parts.is_empty() || !GATE.is_match(text) {
        return false;
    }
    for part in parts {
        for (what, regex) in FINDERS.iter() {
            if let Some(hit) = ascii::first(regex, &text[part.clone()]) {
                let span = part.start + hit.start..part.start + hit.end;
                sink.put(
                    Found::new(&rules::DANGEROUS_COMMAND)
                        .severity(if *what == "accounts and secrets read" {
                            Severity::Medium
                        } else {
                            Severity::High
                        })
                        .at(argument.pointer())
                        .shows(argument.raw(), span)
                        .because(format!("It is {what}.")),
                );
                return true;
            }
        }
    }
    false
}

/// Commands in prose that fetch something and run it, or open a shell to somewhere.
pub fn told(text: &str) -> Vec<Range<usize>> {
    FINDERS[..3]
        .iter()
        .flat_map(|(_, regex)| ascii::matches(regex, text, 8))
        .collect()
}

/// Programs that allow-lists of commands hold, because they only look.
const HARMLESS: &[&str] = &[
    "echo", "ls", "cat", "pwd", "date", "head", "tail", "wc", "sort", "uniq", "grep", "rg", "find",
    "git", "which", "printf", "true", "file", "stat", "du", "df", "tree", "less", "cut", "diff",
    "basename", "dirname", "realpath", "jq", "sed", "awk", "xargs", "tr", "test", "seq",
];

/// A line whose first word is harmless and that runs something else besides.
fn bypass(argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    let first = text
        .split(|c: char| c.is_whitespace() || ";|&".contains(c))
        .next()
        .unwrap_or("");
    if !HARMLESS.contains(&first) || text.len() > 1_000 {
        return;
    }
    let substitution =
        ascii::first(&ANY_SUBSTITUTION, text).filter(|m| !is_single_quoted(text, m.start));
    let second = || {
        separators(text).into_iter().find_map(|at| {
            let rest = text[at..].trim_start_matches(|c: char| "|&;\n ".contains(c));
            let word = rest.split(|c: char| c.is_whitespace() || c == ';').next()?;
            let known = word.is_empty()
                || HARMLESS.contains(&word)
                || [
                    "cd", "exit", "[", "then", "do", "done", "fi", "else", "if", "for", "while",
                ]
                .contains(&word);
            (!known && !word.contains('=')).then(|| at..text.len() - rest.len() + word.len())
        })
    };
    let option = || {
        let options = [
            ("git", "--output="),
            ("git", "--upload-pack="),
            ("git", "-c core."),
            ("find", "-exec"),
            ("find", "-delete"),
            ("sort", "--compress-program"),
            ("awk", "system("),
            ("xargs", "sh -c"),
            ("sed", "/e"),
        ];
        options.iter().find_map(|(program, option)| {
            (first == *program).then(|| text.find(option).map(|at| at..at + option.len()))?
        })
    };
    // `wc -l $(git ls-files)` only looks, as its parts do; `echo` has no other use for a substitution.
    let mild = substitution.as_ref().is_some_and(|span| {
        let inside = text[span.clone()].trim_start_matches(['$', '(', '`', '<', '>', ' ']);
        let word = inside.split(|c: char| !c.is_alphanumeric()).next();
        !matches!(first, "echo" | "printf") && word.is_some_and(|w| HARMLESS.contains(&w))
    });
    if let Some(span) = substitution.or_else(second).or_else(option) {
        sink.put(
            Found::new(&rules::ALLOWLIST_BYPASS)
                .severity(if mild { Severity::Low } else { rules::ALLOWLIST_BYPASS.severity })
                .at(argument.pointer())
                .shows(argument.raw(), span)
                .because(format!("The line begins with `{first}`, which looks harmless, and runs something else besides.")),
        );
    }
}

/// Where `;`, `&&`, `||`, `|` and line breaks stand outside quotes.
fn separators(text: &str) -> Vec<usize> {
    let (mut quote, mut escaped, mut found) = (None, false, Vec::new());
    for (at, c) in text.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (None | Some('"'), '\\') => escaped = true,
            (Some(q), c) if q == c => quote = None,
            (None, '\'' | '"') => quote = Some(c),
            (None, ';' | '|' | '\n') => found.push(at),
            (None, '&') if text[at..].starts_with("&&") => found.push(at),
            _ => {}
        }
    }
    found
}

fn is_single_quoted(text: &str, at: usize) -> bool {
    let (mut single, mut double, mut escaped) = (false, false, false);
    for (_, c) in text.char_indices().take_while(|(i, _)| *i < at) {
        match c {
            _ if escaped => escaped = false,
            '\\' if !single => escaped = true,
            '\'' if !double => single = !single,
            '"' if !single => double = !double,
            _ => {}
        }
    }
    single
}

/// A command behind a separator or in a substitution, where a name or a value belongs.
fn second(argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    if text.len() > 600 || argument.is_prose() && !argument.is_operand() {
        return;
    }
    let span = ascii::first(&SUBSTITUTION, text).or_else(|| {
        ascii::first(&CHAINED, text).filter(|_| argument.is_operand() || !text.contains(". "))
    });
    if let Some(span) = span {
        sink.put(
            Found::new(&rules::SHELL_ESCAPE)
                .confidence(if argument.is_operand() {
                    Confidence::High
                } else {
                    Confidence::Medium
                })
                .at(argument.pointer())
                .shows(argument.raw(), span)
                .because("A shell would run this part as a command of its own."),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_in_quotes_separate_nothing() {
        assert_eq!(separators("ls; id"), [2]);
        assert!(separators("echo 'a;b' \"c|d\" e\\;f").is_empty());
        assert!(is_single_quoted("echo '$(date)'", 6));
        assert!(!is_single_quoted("echo \"$(date)\"", 6));
    }
}
