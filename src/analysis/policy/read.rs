//! A policy's file: TOML to sections.

use super::places::Place;
use super::{Limit, Listed, Policy, Required, Roots, Section, ValueKind};
use crate::analysis::glob::Glob;
use crate::analysis::levels;
use crate::analysis::rank::Severity;
use crate::analysis::suppress;
use crate::analysis::written::{Fault, Lined, Reader};
use jiff::civil::Date;
use regex::bytes::RegexBuilder;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

const SECTIONS: &[&str] = &[
    "servers",
    "tools",
    "commands",
    "paths",
    "hosts",
    "arguments",
    "annotations",
    "rules",
    "suppress",
];

/// What the strict check of an argument forbids: what a shell gives a meaning to.
pub const STRICT: &str = "$`\\(){}[]&|;";
/// The most characters that it permits.
pub const STRICT_LENGTH: u64 = 1_000;

/// Reads a policy. `rules` are the ids of all rules in use, `today` decides which suppressions have expired.
///
/// # Errors
/// With everything that is wrong in it.
pub fn read(file: &str, text: &str, rules: &[&str], today: Date) -> Result<Policy, Vec<Fault>> {
    let (mut reader, root) = Reader::open(file, text)?;
    reader.only(&root, SECTIONS, "a policy");
    let reader = &mut reader;
    let policy = Policy {
        file: file.to_owned(),
        servers: sections(reader, &root, "servers", &["allow", "deny"], listed),
        tools: sections(reader, &root, "tools", &["allow", "deny"], listed),
        commands: sections(reader, &root, "commands", &["allow", "deny"], listed),
        paths: sections(reader, &root, "paths", &["roots", "deny"], roots),
        hosts: sections(reader, &root, "hosts", &["allow", "deny"], listed),
        arguments: sections(reader, &root, "arguments", LIMITS, limit),
        annotations: sections(
            reader,
            &root,
            "annotations",
            &["verbs", "require"],
            required,
        ),
        levels: levels::list(reader, &root, rules),
        suppressions: suppress::list(reader, &root, today),
    };
    let faults = std::mem::take(&mut reader.faults);
    if faults.is_empty() {
        return Ok(policy);
    }
    let mut faults = faults;
    faults.sort_by_key(|fault| fault.line);
    Err(faults)
}

/// The tables of one name, each with its scope and what `read` makes of it.
fn sections<T>(
    reader: &mut Reader,
    root: &DeTable<'_>,
    name: &str,
    keys: &[&str],
    read: fn(&mut Reader, &DeTable<'_>, &Range<usize>) -> Option<T>,
) -> Vec<Section<T>> {
    let tables = reader.tables(root, name);
    let mut sections = Vec::new();
    for (table, span) in tables {
        // What a list of servers is about is the servers themselves.
        let scope: &[&str] = match name {
            "servers" => &["severity"],
            "tools" => &["severity", "server"],
            _ => &["severity", "server", "tool"],
        };
        reader.only(table, &[scope, keys].concat(), &format!("[{name}]"));
        let glob = |text: Option<Lined<String>>| text.map(|text| Glob::of(&text.value));
        let words = Severity::ALL.map(|severity| (severity.name(), severity));
        let section = Section {
            server: glob(reader.text(table, "server")),
            tool: glob(reader.text(table, "tool")),
            severity: reader
                .word(table, "severity", &words)
                .map(|word| word.value),
            line: reader.line(&span),
            what: read(reader, table, &span),
        };
        if let Some(what) = section.what {
            sections.push(Section {
                what,
                server: section.server,
                tool: section.tool,
                severity: section.severity,
                line: section.line,
            });
        }
    }
    sections
}

fn globs(reader: &mut Reader, table: &DeTable<'_>, key: &str) -> Option<Vec<Lined<Glob>>> {
    let texts = reader.texts(table, key)?;
    let glob = |text: &Lined<String>| Lined {
        value: Glob::of(&text.value),
        line: text.line,
    };
    Some(texts.iter().map(glob).collect())
}

/// The line of a key's value.
fn line_of(reader: &Reader, table: &DeTable<'_>, key: &str) -> u32 {
    table.get(key).map_or(1, |value| reader.line(&value.span()))
}

fn listed(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Listed> {
    let allow = globs(reader, table, "allow");
    let deny = globs(reader, table, "deny").unwrap_or_default();
    says_something(reader, table, span, &["allow", "deny"])?;
    Some(Listed {
        allow: allow.map(|globs| Lined {
            value: globs.into_iter().map(|glob| glob.value).collect(),
            line: line_of(reader, table, "allow"),
        }),
        deny,
    })
}

/// A section without any of its keys would look like a check and be none.
fn says_something(
    reader: &mut Reader,
    table: &DeTable<'_>,
    span: &Range<usize>,
    keys: &[&str],
) -> Option<()> {
    if keys.iter().any(|key| table.contains_key(*key)) {
        return Some(());
    }
    let keys: Vec<String> = keys.iter().map(|key| format!("`{key}`")).collect();
    reader.fault(
        span.clone(),
        format!(
            "this section permits and forbids nothing: add {}, or take it out.",
            keys.join(" or ")
        ),
    );
    None
}

fn roots(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Roots> {
    let texts = reader.texts(table, "roots");
    let mut deny = globs(reader, table, "deny").unwrap_or_default();
    for entry in &mut deny {
        let written = entry.value.as_str();
        let home = super::homes::HOME
            .iter()
            .find_map(|home| written.strip_prefix(home));
        if let Some(rest) = home {
            entry.value = Glob::of(&format!("~{rest}"));
        }
    }
    says_something(reader, table, span, &["roots", "deny"])?;
    let mut roots = Vec::new();
    for text in texts.iter().flatten() {
        match Place::of(&text.value) {
            Some(place) if place.is_rooted() => roots.push(place),
            _ => {
                let at = table.get("roots").map_or(span.clone(), Spanned::span);
                let shown = crate::text::Raw::from(text.value.as_str()).label(80);
                reader.fault(
                    at,
                    format!("`{shown}` is no root: write a whole path, as `/srv/data`, `~/work` or `C:\\work`."),
                );
            }
        }
    }
    Some(Roots {
        roots: texts.map(|_| Lined {
            value: roots,
            line: line_of(reader, table, "roots"),
        }),
        deny,
    })
}

const LIMITS: &[&str] = &[
    "argument",
    "strict",
    "type",
    "max_length",
    "forbid",
    "control",
    "pattern",
];

fn limit(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Limit> {
    says_something(reader, table, span, &LIMITS[1..])?;
    let argument = reader.text(table, "argument");
    let kinds = ValueKind::ALL.map(|kind| (kind.name(), kind));
    let mut limit = Limit {
        argument: Glob::of(argument.as_ref().map_or("*", |text| &text.value)),
        kind: reader.word(table, "type", &kinds),
        max_length: reader.number(table, "max_length"),
        forbid: reader.text(table, "forbid"),
        no_control: None,
        pattern: None,
    };
    let control = reader.flag(table, "control");
    limit.no_control = control
        .as_ref()
        .filter(|flag| !flag.value)
        .map(|flag| flag.line);
    if let Some(source) = reader.text(table, "pattern") {
        let whole = format!("^(?:{})$", source.value);
        match RegexBuilder::new(&whole).size_limit(1 << 20).build() {
            Ok(value) => {
                limit.pattern = Some(Lined {
                    value,
                    line: source.line,
                });
            }
            Err(_) => {
                let at = table.get("pattern").map_or(span.clone(), Spanned::span);
                reader.fault(
                    at,
                    "`pattern` is a regex that the whole value must match, and this is none.",
                );
            }
        }
    }
    if let Some(Lined { value: true, line }) = reader.flag(table, "strict") {
        let lined = |value| Lined { value, line };
        limit.kind = limit.kind.or(Some(Lined {
            value: ValueKind::String,
            line,
        }));
        limit.max_length = limit.max_length.or(Some(lined(STRICT_LENGTH)));
        limit.forbid = limit.forbid.or(Some(Lined {
            value: STRICT.to_owned(),
            line,
        }));
        if control.is_none() {
            limit.no_control = Some(line);
        }
    }
    Some(limit)
}

fn required(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Required> {
    const KNOWN: &[&str] = &[
        "readOnlyHint",
        "destructiveHint",
        "idempotentHint",
        "openWorldHint",
    ];
    let verbs = reader.texts(table, "verbs").unwrap_or_default();
    let Some(value) = table.get("require") else {
        reader.fault(
            span.clone(),
            "`require` is missing here: add `require = [\"destructiveHint\"]`, or `require = { destructiveHint = true }`.",
        );
        return None;
    };
    let mut require = Vec::new();
    match value.get_ref() {
        DeValue::Table(hints) => {
            for (key, hint) in hints {
                match hint.get_ref().as_bool() {
                    Some(flag) => require.push(Lined {
                        value: (key.get_ref().to_string(), Some(flag)),
                        line: reader.line(&key.span()),
                    }),
                    None => reader.fault(hint.span(), "an annotation is true or false."),
                }
            }
        }
        _ => {
            for text in reader.texts(table, "require").unwrap_or_default() {
                require.push(Lined {
                    value: (text.value, None),
                    line: text.line,
                });
            }
        }
    }
    for Lined {
        value: (hint, _), ..
    } in &require
    {
        if !KNOWN.contains(&hint.as_str()) {
            let shown = crate::text::Raw::from(hint.as_str()).label(60);
            reader.fault(
                value.span(),
                format!(
                    "there is no annotation `{shown}`: there are {}.",
                    KNOWN.join(", ")
                ),
            );
        }
    }
    Some(Required {
        verbs: verbs
            .into_iter()
            .map(|text| text.value.to_lowercase())
            .collect(),
        require,
    })
}
