//! Commands in arguments: second commands where names belong, and commands that attacks are made of.

use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait};
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::{ascii, attack_command, program, shell};
use regex::bytes::Regex;
use std::ops::Range;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "commands in arguments",
    rules: &[&rules::SHELL_ESCAPE, &rules::DANGEROUS_COMMAND],
    look: Look::Arguments(look),
};

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| ascii::pattern($pattern));
    };
}

/// Programs that an injected command begins with. Words that prose has too stand only where a shell would run them.
const PROGRAMS: &str = r"(?:whoami|id|uname|hostname|cat|ls|dir|type|curl|wget|nc|ncat|netcat|bash|sh|zsh|python[\d.]*|perl|ruby|node|php|powershell|pwsh|cmd|rm|del|dd|mkfifo|chmod|chown|env|printenv|ping|nslookup|dig|touch|echo|base64|ssh|scp|sleep|kill|pkill|find|tee|sudo|su|reboot|shutdown|calc(?:\.exe)?|notepad(?:\.exe)?|ifconfig|ipconfig|ps|kubectl|docker|pg_dump|mysqldump|aws|gcloud|crontab|useradd|net|systeminfo|tasklist|socat|xterm|telnet|openssl|tar|cp|mv|head|tail|grep|awk|sed|export|eval|exec|source|osascript|open|start|nohup|pgrep|lsof|screencapture|cscript|wscript|mshta|make|route|deno|do shell script)";

regex!(
    SUBSTITUTION,
    &format!(
        r"\$\(\s*(?:/(?:usr/)?bin/)?{PROGRAMS}\b[^)]*\)|`\s*(?:/(?:usr/)?bin/)?{PROGRAMS}\b[^`]*`|\$\{{?IFS\b"
    )
);
regex!(
    CHAINED,
    &format!(
        r"(?:;|&&?|\|\|?|\n|\r|%0[aAdD])[\s&|;]*(?:/(?:usr/)?bin/)?{PROGRAMS}\b(?:\s*$|\s+[-/~.$\w'\x22]|\s*[;&|#<>]|\$\{{?IFS)"
    )
);
regex!(
    GIVEN,
    &format!(r"(?:;|&&|\|\|?)\s*{PROGRAMS}\s+(?:-\w+\s+)*(?:/|~/|\.\./|\$HOME|https?://)")
);
// A quote is closed, a command follows, and the rest is made harmless: nobody writes this by chance.
regex!(
    QUOTE_BREAK,
    &format!(
        r##"['"]\s*\)?\s*(?:;|&&|\|\|?|\n)\s*(?:&\s*)?(?:do shell script\b|{PROGRAMS}\b\s*[^'"\n]{{0,80}}(?:['"#;&|]|$))"##
    )
);
regex!(ANY_SUBSTITUTION, r"\$\([^(][^)]*\)|`[^`]+`|[<>]\([^)]+\)");
// `{cat,/etc/passwd}`
regex!(BRACES, &format!(r"^\{{{PROGRAMS},[^}}\s]+\}}$"));
// Expressions that reach out of a template, a calculator or a log line into the program behind it.
regex!(
    REACHES_OUT,
    r#"(?i)__(?:globals|builtins|subclasses|import|class)__|\$\{\$\{|\$\{(?:jndi|script|dns|env):|ndi:(?:ldap|rmi|dns):|\bt\(java\.|java\.lang\.runtime|getruntime\(\)|\bprocessbuilder\b|\bos\.(?:system|popen)\s*\(|\bchild_process\b|\bexecsync\s*\(|\bsubprocess\.(?:run|call|popen|check_output)\s*\(|\b(?:shell_exec|passthru|proc_open)\s*\(|process\.mainmodule|\bgetattr\(\s*__"#
);

/// Longest argument that is looked at for commands.
const LONGEST: usize = 16 << 10;

/// Whether the argument goes to a shell: by its name, or because the tool takes nothing else.
pub(super) fn is_line(at: &ArgumentsAt<'_>, argument: &Argument<'_>) -> bool {
    if ToolTrait::Speaks.of(at.tool) {
        return false;
    }
    argument.is_command()
        || ToolTrait::Runs.of(at.tool)
            && !argument.is_prose()
            && !argument.is_path()
            && !argument.is_query()
            && !argument.is_code()
            && !argument.is_strict()
}

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        if !text.contains(|c: char| c.is_whitespace() || "$`;|&<({%".contains(c)) {
            continue;
        }
        let line = is_line(at, argument);
        if dangerous(at, argument, text, line, sink) || line {
            continue;
        }
        if !second(at, argument, text, sink) {
            reaches_out(at, argument, text, sink);
        }
    }
}

/// Stretches of an argument that something may run.
fn runnable(
    at: &ArgumentsAt<'_>,
    argument: &Argument<'_>,
    text: &str,
    line: bool,
) -> Vec<Range<usize>> {
    let whole = 0..text.len();
    if line {
        return vec![whole];
    }
    if argument.is_code() {
        if ToolTrait::Speaks.of(at.tool) {
            return Vec::new();
        }
        let runs = ToolTrait::Runs.of(at.tool)
            || at.tool.contains("eval")
            || text.len() < 400 && !ToolTrait::Writes.of(at.tool);
        return if runs { vec![whole] } else { Vec::new() };
    }
    if argument.is_prose() || argument.is_query() {
        // Prose may speak of anything, and marks commands with backticks. What is all substitution is meant to be
        // run, and so is one in a text that is handed to a program.
        let alone = text.len() <= 1_000
            && (text.starts_with("$(") && text.ends_with(')')
                || text.starts_with('`')
                    && text.ends_with('`')
                    && !text[1..text.len() - 1].contains('`'));
        if alone && argument.is_prose() && !ToolTrait::Writes.of(at.tool) && text.starts_with('$') {
            return vec![whole];
        }
        if text.len() > 400 || argument.is_prose() && !ToolTrait::Hands.of(at.tool) {
            return Vec::new();
        }
        let mut parts: Vec<Range<usize>> = ascii::matches(&ANY_SUBSTITUTION, text, 8).collect();
        if argument.is_query() && !argument.is_prose() {
            parts.extend(ascii::first(&CHAINED, text).map(|hit| hit.start..text.len()));
        }
        return parts;
    }
    if text.len() > 2_000 {
        return Vec::new();
    }
    vec![whole]
}

/// Commands that attacks are made of: in a command line anywhere; elsewhere only where a shell would run them.
fn dangerous(
    at: &ArgumentsAt<'_>,
    argument: &Argument<'_>,
    text: &str,
    line: bool,
    sink: &mut Sink,
) -> bool {
    for part in runnable(at, argument, text, line) {
        let stretch = &text[part.clone()];
        let found = attack_command::find(stretch).or_else(|| {
            let cleaned = attack_command::cleaned(stretch)?;
            let (_, family) = attack_command::find(&cleaned)?;
            Some((0..stretch.len(), family))
        });
        let Some((hit, family)) = found else { continue };
        // In code only what fetches or opens a shell is out of the ordinary.
        if argument.is_code() && !line && !family.told {
            continue;
        }
        sink.put(
            Found::new(&rules::DANGEROUS_COMMAND)
                .severity(if family.sure {
                    Severity::High
                } else {
                    Severity::Medium
                })
                .at(argument.pointer())
                .shows(argument.raw(), part.start + hit.start..part.start + hit.end)
                .because(format!("It is {}.", family.name)),
        );
        return true;
    }
    false
}

/// A command behind a separator or in a substitution, where a name or a value belongs.
fn second(at: &ArgumentsAt<'_>, argument: &Argument<'_>, text: &str, sink: &mut Sink) -> bool {
    if text.len() > 600
        || argument.is_code()
        || argument.is_prose()
            && !ToolTrait::Hands.of(at.tool)
            && !argument.is_strict()
            && !handed(text)
    {
        return false;
    }
    if ToolTrait::Writes.of(at.tool) && argument.is_prose() && !argument.is_path() {
        return false;
    }
    let free = argument.is_query() || argument.is_prose() && !argument.is_strict();
    let known = || {
        ascii::first(&QUOTE_BREAK, text)
            .filter(|_| !argument.is_prose() || ToolTrait::Hands.of(at.tool))
            .or_else(|| {
                ascii::first(&SUBSTITUTION, text).filter(|_| {
                    !argument.is_prose()
                        || handed(text)
                        || ToolTrait::Hands.of(at.tool) && text.contains("$(")
                })
            })
            .or_else(|| ascii::first(&BRACES, text))
            .or_else(|| {
                // In a pattern for tests or the like a command shows by what it is given.
                let given = argument.is_query() && !ToolTrait::Searches.of(at.tool);
                ascii::first(&GIVEN, text).filter(|_| given && !argument.is_prose())
            })
            .or_else(|| {
                ascii::first(&CHAINED, text).filter(|hit| {
                    !free
                        && (argument.is_operand() || !text.contains(". "))
                        && !is_listed(text, hit)
                })
            })
    };
    // A host, a branch or a package has no separators at all, whatever stands behind them.
    let strict = || {
        if !argument.is_strict() || free {
            return None;
        }
        // What stands behind the host of an address may hold anything.
        let text = match text.find("://") {
            Some(at) => {
                let end = text[at + 3..]
                    .find(['/', '?', '#'])
                    .map_or(text.len(), |n| at + 3 + n);
                &text[..end]
            }
            None => text,
        };
        let at = text
            .find([';', '|', '`', '\n'])
            .or_else(|| text.find("$("))?;
        let behind = text[at..].trim_start_matches(|c: char| ";|`\n$( ".contains(c));
        (behind.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/') && text.len() < 200)
            .then_some(at..text.len())
    };
    let helper = || text.starts_with("ext::").then_some(0..text.len());
    let (span, sure) = match known().or_else(helper) {
        Some(span) => (span, true),
        None => match strict() {
            Some(span) => (span, false),
            None => return false,
        },
    };
    sink.put(
        Found::new(&rules::SHELL_ESCAPE)
            .severity(if sure { Severity::High } else { Severity::Medium })
            .confidence(if sure && argument.is_operand() {
                Confidence::High
            } else {
                Confidence::Medium
            })
            .at(argument.pointer())
            .shows(argument.raw(), span)
            .because(if sure {
                "A shell would run this part as a command of its own."
            } else {
                "What this parameter is for has no separators; a shell would take the rest for a command."
            }),
    );
    true
}

/// The whole value is one substitution: it stands there to be run.
fn handed(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("$(") && text.ends_with(')')
}

/// `a; b; c` or `x | y` as people list things: what follows is a word among words, not a command with arguments.
fn is_listed(text: &str, hit: &Range<usize>) -> bool {
    let behind = &text[hit.start..];
    let escapes = ["%0a", "%0A", "%0d", "%0D"];
    let behind = escapes
        .iter()
        .find_map(|e| behind.strip_prefix(e))
        .unwrap_or(behind);
    let line = shell::read(behind);
    let Some(command) = line.commands.first() else {
        return true;
    };
    // `bug; id` as a list of labels, against `10.1.2.3; id`.
    let alone = command.words.len() == 1 && !program::is_risky(command.program());
    let lists = text.matches([';', '|', '&']).count() >= 2
        && line.commands.iter().all(|c| c.words.len() == 1);
    alone
        || lists
            && text.matches("; ").count()
                + text.matches(" | ").count()
                + text.matches(" & ").count()
                >= 2
}

/// Expressions that reach out of a template or a calculator.
fn reaches_out(at: &ArgumentsAt<'_>, argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    let is_data = argument.is_prose()
        && !["expr", "formula"]
            .iter()
            .any(|w| argument.name.contains(w))
        && !argument.name.contains("template")
        && !ToolTrait::Hands.of(at.tool);
    let is_program =
        argument.is_code() && (argument.name.contains("code") || argument.name.contains("script"));
    if is_data || is_program || text.len() > 1_000 || ToolTrait::Writes.of(at.tool) {
        return;
    }
    let Some(hit) = ascii::first(&REACHES_OUT, text) else {
        return;
    };
    // Who searches for `subprocess.run(` searches code.
    if argument.is_query() && !argument.is_code() && !text[hit.clone()].starts_with("${") {
        return;
    }
    sink.put(
        Found::new(&rules::SHELL_ESCAPE)
            .at(argument.pointer())
            .shows(argument.raw(), hit)
            .because("It reaches out of the value into the program that evaluates it."),
    );
}
