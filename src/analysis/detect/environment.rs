//! The environment of a process, asked for and told: where servers keep their keys.

use super::arguments::tokens;
use super::{ArgumentsAt, Detector, Found, Look, Sink, TextAt};
use crate::analysis::detect::Field;
use crate::analysis::rank::{Confidence, Severity};
use crate::analysis::rules;
use crate::analysis::signal::ascii;
use regex::bytes::Regex;
use std::collections::HashSet;
use std::sync::LazyLock;

pub const ASKED: Detector = Detector {
    name: "variables that are asked for",
    rules: &[&rules::ENVIRONMENT],
    look: Look::Arguments(asked),
};

pub const TOLD: Detector = Detector {
    name: "environments in results",
    rules: &[&rules::ENVIRONMENT],
    look: Look::Text(told),
};

/// Names of variables that hold what nobody should read.
fn is_secret(name: &str) -> bool {
    const WORDS: &[&str] = &[
        "token",
        "secret",
        "password",
        "passwd",
        "pass",
        "apikey",
        "credential",
        "credentials",
        "pat",
        "dsn",
        "pwd",
        "private",
        "passphrase",
    ];
    let words = tokens(name);
    let key = words
        .windows(2)
        .any(|w| w[1] == "key" && w[0] != "public" && w[0] != "primary");
    key || words
        .iter()
        .any(|w| WORDS.contains(&w.as_str()) && name != "PWD" && name != "OLDPWD")
}

fn asked(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    let words = tokens(at.tool);
    if !words.iter().any(|w| {
        matches!(
            w.as_str(),
            "env" | "environment" | "getenv" | "envvar" | "printenv" | "variable"
        )
    }) || words.iter().any(|w| {
        matches!(
            w.as_str(),
            "set" | "put" | "update" | "create" | "add" | "delete"
        )
    }) {
        return;
    }
    for argument in at.arguments {
        let Some(name) = argument.str(120).filter(|n| is_name(n) && is_secret(n)) else {
            continue;
        };
        sink.put(
            Found::new(&rules::ENVIRONMENT)
                .at(argument.pointer())
                .shows(argument.raw(), 0..name.len())
                .because("By its name, the variable holds a secret."),
        );
    }
}

fn is_name(text: &str) -> bool {
    text.len() >= 3
        && text
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

// `NAME=value` at the start of a line, `"NAME": "value"` in JSON.
static ENTRY: LazyLock<Regex> = LazyLock::new(|| {
    ascii::pattern(
        r#"(?m)(?:^|[{,]\s*)(?:export |declare -x )?"?([A-Z][A-Z0-9_]{1,60})"?\s*(?:=|:\s*")[^\n"]"#,
    )
});

fn told(at: &TextAt<'_>, sink: &mut Sink) {
    const MOST: usize = 256 << 10;
    if at.field != Field::Data {
        return;
    }
    let bytes = at.raw.slice(0..MOST).bytes();
    // Every environment has these two; hardly another text does.
    let has = |word: &[u8]| memchr::memmem::find(bytes, word).is_some();
    if !has(b"PATH") || !(has(b"HOME") || has(b"USERPROFILE")) {
        return;
    }
    let names: Vec<(&str, std::ops::Range<usize>)> = ENTRY
        .captures_iter(bytes)
        .take(2_000)
        .filter_map(|c| {
            let name = c.get(1)?;
            Some((std::str::from_utf8(name.as_bytes()).ok()?, name.range()))
        })
        .collect();
    let known: HashSet<&str> = names
        .iter()
        .map(|(name, _)| *name)
        .filter(|n| {
            matches!(
                *n,
                "PATH"
                    | "HOME"
                    | "USER"
                    | "SHELL"
                    | "PWD"
                    | "LANG"
                    | "TERM"
                    | "LOGNAME"
                    | "HOSTNAME"
                    | "TMPDIR"
                    | "USERPROFILE"
                    | "APPDATA"
                    | "COMSPEC"
                    | "PATHEXT"
                    | "SHLVL"
                    | "NODE"
                    | "TEMP"
                    | "USERNAME"
            )
        })
        .collect();
    let paths = known.contains("PATH") && (known.contains("HOME") || known.contains("USERPROFILE"));
    if !paths || known.len() < 3 && names.len() < 6 {
        return;
    }
    let secrets: Vec<&(&str, std::ops::Range<usize>)> =
        names.iter().filter(|(n, _)| is_secret(n)).collect();
    let mut found = Found::new(&rules::ENVIRONMENT)
        .severity(if secrets.is_empty() {
            Severity::Low
        } else {
            Severity::Medium
        })
        .confidence(Confidence::High)
        .title("A result tells the environment of a process")
        .group("dump")
        .because(format!(
            "{} variables stand in it{}.",
            names.len(),
            match secrets.len() {
                0 => String::new(),
                1 => ", one of them a secret by its name".to_owned(),
                n => format!(", {n} of them secrets by their names"),
            }
        ));
    let shown = secrets.first().copied().or(names.first());
    if let Some((_, span)) = shown {
        found = found.shows(at.raw, span.clone());
    }
    sink.put(found);
}
