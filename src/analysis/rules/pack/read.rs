//! A pack's file: TOML to rules.

use super::pattern::{Pattern, Reading};
use super::{Pack, PackRule, Scope};
use crate::analysis::detect::Field;
use crate::analysis::glob::Glob;
use crate::analysis::rank::{Category, Confidence, Severity};
use crate::analysis::rules::{Example, Rule};
use crate::analysis::written::{Fault, Reader};
use std::collections::HashSet;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// The words for fields, and what a report calls them.
pub const FIELDS: [(&str, Field, &str); 9] = [
    ("name", Field::Name, "names of tools and parameters"),
    (
        "definition",
        Field::Definition,
        "what servers write about their tools",
    ),
    (
        "instructions",
        Field::Instructions,
        "instructions of servers, prompts",
    ),
    (
        "result",
        Field::Data,
        "results, resources, errors and log messages",
    ),
    ("key", Field::Key, "keys in data"),
    ("address", Field::Token, "ids and addresses"),
    (
        "question",
        Field::Question,
        "what servers ask people and models",
    ),
    ("argument", Field::Argument, "arguments of calls"),
    ("stderr", Field::Stderr, "standard error"),
];

const KEYS: &[&str] = &[
    "id",
    "title",
    "category",
    "severity",
    "confidence",
    "looks_at",
    "why",
    "advice",
    "owasp",
    "safe_mcp",
    "cwe",
    "impact",
    "fields",
    "server",
    "tool",
    "parameter",
    "any",
    "all",
    "unless",
    "case",
    "decoded",
    "finds",
    "leaves",
];
const EXAMPLE: &[&str] = &[
    "description",
    "name",
    "definition",
    "result",
    "call",
    "arguments",
    "session",
];

/// Reads a pack.
///
/// # Errors
/// With everything that is wrong in it.
pub fn read(file: &str, text: &str) -> Result<Pack, Vec<Fault>> {
    let (mut reader, root) = Reader::open(file, text)?;
    reader.only(&root, &["rule"], "a pack of rules");
    let tables = reader.tables(&root, "rule");
    if tables.is_empty() && reader.faults.is_empty() {
        reader.fault(0..0, "there is no rule in it: begin one with [[rule]].");
    }
    let mut ids = HashSet::new();
    let mut rules = Vec::new();
    for (table, span) in tables {
        let Some(rule) = one(&mut reader, table, &span) else {
            continue;
        };
        if !ids.insert(rule.rule.id) {
            reader.fault(
                span,
                format!("there are two rules `{}` in this file.", rule.rule.id),
            );
        }
        rules.push(rule);
    }
    let mut hash = [0; 8];
    hash.copy_from_slice(&blake3::hash(text.as_bytes()).as_bytes()[..8]);
    reader.close(Pack { rules, hash })
}

/// Texts of rules live as long as the program: findings name their rule for as long as anybody looks at them, packs
/// are read once at the start, and there are few of them.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

fn one(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<PackRule> {
    reader.only(table, KEYS, "[[rule]]");
    let id = reader.needed(table, span, "id");
    let title = reader.needed(table, span, "title");
    let why = reader.needed(table, span, "why");
    let advice = reader.needed(table, span, "advice");
    let severity = level(reader, table, span);
    let words = [Confidence::Low, Confidence::Medium, Confidence::High].map(|c| (c.name(), c));
    let confidence = reader.word(table, "confidence", &words);
    let category = category(reader, table, id.as_ref().map(|id| id.value.as_str()));
    let fields = fields(reader, table, span);
    let looks_at = reader.text(table, "looks_at").map(|text| text.value);
    let list = |reader: &mut Reader, key: &str| -> &'static [&'static str] {
        let texts = reader.texts(table, key).unwrap_or_default();
        Box::leak(texts.into_iter().map(|text| keep(text.value)).collect())
    };
    let (owasp, safe_mcp) = (list(reader, "owasp"), list(reader, "safe_mcp"));
    let (cwe, impact) = (list(reader, "cwe"), list(reader, "impact"));
    let reading = reading(reader, table);
    let any = patterns(reader, table, "any", reading);
    let all = patterns(reader, table, "all", reading);
    let unless = patterns(reader, table, "unless", reading);
    if !table.contains_key("any") && !table.contains_key("all") {
        reader.fault(
            span.clone(),
            "`any` is missing here: add what is looked for, as in `any = [\"a text\", { regex = 'a|b' }]`.",
        );
    }
    let finds = examples(reader, table, "finds");
    let leaves = examples(reader, table, "leaves");
    let globs = |reader: &mut Reader, key: &str| {
        let texts = reader.texts(table, key).unwrap_or_default();
        texts.iter().map(|text| Glob::of(&text.value)).collect()
    };
    let scope = Scope {
        servers: globs(reader, "server"),
        tools: globs(reader, "tool"),
        parameters: globs(reader, "parameter"),
    };
    let rule = Rule {
        id: keep(id?.value),
        title: keep(title?.value),
        severity: severity?,
        confidence: confidence.map_or(Confidence::Medium, |word| word.value),
        category: category?,
        looks_at: keep(looks_at.unwrap_or_else(|| told(&fields))),
        why: keep(why?.value),
        advice: keep(advice?.value),
        owasp,
        safe_mcp,
        cwe,
        impact,
        finds: Box::leak(finds.into_boxed_slice()),
        leaves: Box::leak(leaves.into_boxed_slice()),
    };
    Some(PackRule {
        rule: Box::leak(Box::new(rule)),
        at: format!("{}:{}", reader.file, reader.line(span)),
        fields,
        scope,
        any,
        all,
        unless,
    })
}

fn level(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Severity> {
    reader.needed(table, span, "severity")?;
    let words = Severity::ALL.map(|severity| (severity.name(), severity));
    reader
        .word(table, "severity", &words)
        .map(|word| word.value)
}

/// The category is the first part of the id, or named.
fn category(reader: &mut Reader, table: &DeTable<'_>, id: Option<&str>) -> Option<Category> {
    let id = id?;
    let span = table.get("id").map_or(0..0, Spanned::span);
    let well = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
    };
    let first = match id.split_once('/') {
        Some((first, rest)) if well(first) && well(rest) => first,
        _ => {
            reader.fault(
                span,
                "an id is two words with a slash between them, of small letters, digits and hyphens: `secrets/house-token`.",
            );
            return None;
        }
    };
    let words = Category::ALL.map(|category| (category.name(), category));
    if table.contains_key("category") {
        return reader
            .word(table, "category", &words)
            .map(|word| word.value);
    }
    let named = words
        .iter()
        .find(|(name, _)| *name == first)
        .map(|(_, category)| *category);
    if named.is_none() {
        let known: Vec<&str> = words.iter().map(|(name, _)| *name).collect();
        reader.fault(
            span,
            format!(
                "the first part of an id is a category, unless `category` names one: {}.",
                known.join(", ")
            ),
        );
    }
    named
}

fn fields(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Vec<Field> {
    let known = || FIELDS.map(|(word, _, _)| word).join(", ");
    if !table.contains_key("fields") {
        reader.fault(
            span.clone(),
            format!(
                "`fields` is missing here: say which texts are looked at, of {}.",
                known()
            ),
        );
    }
    let mut fields = Vec::new();
    for text in reader.texts(table, "fields").unwrap_or_default() {
        match FIELDS.iter().find(|(word, _, _)| *word == text.value) {
            Some((_, field, _)) if !fields.contains(field) => fields.push(*field),
            Some(_) => {}
            None => {
                let at = table.get("fields").map_or(0..0, Spanned::span);
                let shown = crate::text::Raw::from(text.value.as_str()).label(40);
                reader.fault(
                    at,
                    format!("there is no field `{shown}`: there are {}.", known()),
                );
            }
        }
    }
    fields
}

/// What a report says of the fields.
fn told(fields: &[Field]) -> String {
    let of = |field: &Field| {
        FIELDS
            .iter()
            .find(|(_, f, _)| f == field)
            .map_or("", |(_, _, told)| told)
    };
    fields.iter().map(of).collect::<Vec<_>>().join("; ")
}

/// Case matters only in the text as it stands: the text as a model reads it has none.
fn reading(reader: &mut Reader, table: &DeTable<'_>) -> Reading {
    let case = reader.flag(table, "case").is_some_and(|flag| flag.value);
    let decoded = reader.flag(table, "decoded");
    if case && decoded.as_ref().is_some_and(|flag| flag.value) {
        let at = table.get("case").map_or(0..0, Spanned::span);
        reader.fault(
            at,
            "text that is decoded is in lower case, so `case = true` needs `decoded = false`.",
        );
    }
    Reading {
        decoded: decoded.map_or(!case, |flag| flag.value) && !case,
        case,
    }
}

fn patterns(reader: &mut Reader, table: &DeTable<'_>, key: &str, reading: Reading) -> Vec<Pattern> {
    let Some(value) = table.get(key) else {
        return Vec::new();
    };
    let list: Vec<&Spanned<DeValue<'_>>> = match value.get_ref() {
        DeValue::Array(list) => list.iter().collect(),
        _ => vec![value],
    };
    if list.is_empty() {
        reader.fault(
            value.span(),
            format!("`{key}` is empty: name what is looked for."),
        );
    }
    let mut patterns = Vec::new();
    for one in list {
        let made = match one.get_ref() {
            DeValue::String(text) => Pattern::literal(text, reading),
            DeValue::Table(table) => {
                reader.only(table, &["regex"], "a pattern");
                match reader.text(table, "regex") {
                    Some(source) => Pattern::regex(&source.value, reading),
                    None => continue,
                }
            }
            _ => Err("a pattern is a text in quotes, or `{ regex = '…' }`.".into()),
        };
        match made {
            Ok(pattern) => patterns.push(pattern),
            Err(what) => reader.fault(one.span(), what),
        }
    }
    patterns
}

fn examples(reader: &mut Reader, table: &DeTable<'_>, key: &str) -> Vec<Example> {
    let tables = reader.tables(table, key);
    tables
        .into_iter()
        .filter_map(|(table, span)| example(reader, table, &span))
        .collect()
}

fn example(reader: &mut Reader, table: &DeTable<'_>, span: &Range<usize>) -> Option<Example> {
    reader.only(table, EXAMPLE, "an example");
    let mut text = |key: &str| Some(keep(reader.text(table, key)?.value));
    let tool = text("call");
    let arguments = text("arguments");
    let others = [
        text("description").map(Example::Description),
        text("name").map(Example::Name),
        text("definition").map(Example::Definition),
        text("result").map(Example::Result),
        text("session").map(Example::Session),
    ];
    let call = tool.map(|tool| Example::Call(tool, arguments.unwrap_or("{}")));
    let mut all = others.into_iter().chain([call]).flatten();
    let (Some(example), None) = (all.next(), all.next()) else {
        reader.fault(
            span.clone(),
            "an example is one of `description`, `name`, `definition`, `result`, `session`, or `call` with `arguments`.",
        );
        return None;
    };
    match example.recording() {
        Ok(_) => Some(example),
        Err(what) => {
            reader.fault(
                span.clone(),
                format!("this example cannot be used: {what}."),
            );
            None
        }
    }
}
