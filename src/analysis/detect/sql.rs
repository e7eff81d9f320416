//! SQL in arguments: values that break out of a statement, statements that reach the machine, and more than one
//! statement where only reading was offered.

use super::arguments::tokens;
use super::{Argument, ArgumentsAt, Detector, Found, Look, Sink, ToolTrait, is_line};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::{ascii, sql};
use crate::text::Raw;
use regex::bytes::Regex;
use sql::Effect;
use std::ops::Range;
use std::sync::LazyLock;

pub const DETECTOR: Detector = Detector {
    name: "statements in arguments",
    rules: &[&rules::SQL_INJECTION, &rules::SQL_BEYOND],
    look: Look::Arguments(look),
};

/// Longest text that is looked at.
const LONGEST: usize = 64 << 10;

macro_rules! regex {
    ($name:ident, $pattern:expr) => {
        static $name: LazyLock<Regex> = LazyLock::new(|| ascii::pattern($pattern));
    };
}

// A quote that ends the value, and then logic, a second statement, a union, a comment.
regex!(
    BREAKS_OUT,
    r#"(?i)['"]\s*\)*\s*(?:or|and|\|\||&&)\s+(?:not\s+)?['"(]?[\w.]+['")]*\s*(?:=|like|<|>|is\b|in\b|between\b)|['"]?\s*\)*\s*\bunion\s+(?:all\s+)?select\b|['"]?\s*\)*\s*;\s*(?:drop|delete|update|insert|alter|create|truncate|exec|execute|shutdown|declare|grant)\b|['"]\s*\)*\s*(?:--|#\s*$|/\*)|\b(?:or|and)\s+\d+\s*=\s*\d+|['"]\s*\)*\s*(?:or|and)\s+(?:not\s+)?(?:exists\s*)?\(\s*select\b|['"]?\s*\b(?:and|or)\s+(?:sleep|benchmark|pg_sleep|extractvalue|updatexml)\s*\(|;\s*waitfor\s+delay"#
);
// What makes the database run a program, or read and write the machine's files.
regex!(
    MACHINE,
    r"(?i)\bxp_cmdshell\b|\bsp_oacreate\b|\b(?:to|from)\s+program\b|\binto\s+(?:out|dump)file\b|\bload_file\s*\(|\bpg_(?:read_(?:binary_)?file|ls_dir|stat_file)\s*\(|\blo_(?:import|export)\s*\(|\bload_extension\s*\(|\battach\s+(?:database\s+)?'(?:/|\.\./|[a-z]:)|\bsys_(?:exec|eval)\s*\(|\butl_(?:http|file)\b|\bdbms_(?:scheduler|java)\b|\bcreate\s+(?:or\s+replace\s+)?function\b[^;]*\blanguage\s+(?:c\b|plpython\w*|plperlu|plsh)|\bdblink(?:_connect)?\s*\(|\bwritefile\s*\(|\bload\s+data\s+(?:local\s+)?infile\b|\bbulk\s+insert\b|\bopenrowset\s*\("
);
// Always true, or waits: what is left when a value was broken out of.
regex!(
    PROBES,
    r"(?i)\bor\s+'([^']*)'\s*=\s*'|\bor\s+1\s*=\s*1\b|\b(?:sleep|pg_sleep|benchmark)\s*\(\s*\d|\bwaitfor\s+delay\b|\bunion\s+(?:all\s+)?select\b[^;]*(?:information_schema|password|passwd|pg_shadow|mysql\.user|sqlite_master|api_?key|token|card|secret)"
);

fn look(at: &ArgumentsAt<'_>, sink: &mut Sink) {
    if ToolTrait::Speaks.of(at.tool) {
        return;
    }
    for argument in at.arguments {
        let Some(text) = argument.str(LONGEST) else {
            continue;
        };
        if text.len() < 5
            || is_line(at, argument)
            || !text.contains([' ', '\'', '"', ';', '(', '/'])
        {
            continue;
        }
        let holds = takes_statements(argument);
        let databases = is_database(at.tool);
        if !holds && (argument.is_prose() || argument.is_command() || argument.is_code()) {
            continue;
        }
        let bare = sql::bare(text);
        if holds
            && (databases || sql::is_statement(&bare))
            && (sql::is_statement(&bare) || !argument.is_query())
        {
            statement(at, argument, text, &bare, sink);
        } else if text.len() <= 1_000 && (!argument.is_query() || databases) {
            value(argument, text, sink);
        }
    }
}

/// A parameter that takes whole statements.
fn takes_statements(argument: &Argument<'_>) -> bool {
    tokens(&argument.name).iter().any(|t| {
        matches!(
            t.as_str(),
            "sql" | "query" | "statement" | "statements" | "queries" | "q" | "expression"
        )
    })
}

fn is_database(tool: &str) -> bool {
    tokens(tool).iter().any(|t| {
        [
            "sql",
            "query",
            "db",
            "database",
            "postgres",
            "postgresql",
            "mysql",
            "sqlite",
            "mariadb",
            "oracle",
            "snowflake",
            "bigquery",
            "duckdb",
            "clickhouse",
            "supabase",
            "statement",
            "select",
            "table",
            "rows",
        ]
        .contains(&t.as_str())
    })
}

/// The tool offers to read, by its annotation or by its name.
fn only_reads(at: &ArgumentsAt<'_>) -> bool {
    if let Some(claimed) = at.hints.read_only {
        return claimed;
    }
    let name = at.tool.to_ascii_lowercase();
    let words = tokens(at.tool);
    let has = |word: &str| words.iter().any(|t| t == word);
    name.contains("readonly")
        || name.contains("read_only")
        || name.contains("read-only")
        || (has("read") || has("select"))
            && !has("write")
            && (has("query") || has("sql") || has("statement"))
}

fn statement(
    at: &ArgumentsAt<'_>,
    argument: &Argument<'_>,
    text: &str,
    bare: &str,
    sink: &mut Sink,
) {
    let mut put = |rule, severity, span: Range<usize>, why: &str| {
        sink.put(
            Found::new(rule)
                .severity(severity)
                .at(argument.pointer())
                .shows(argument.raw(), span)
                .because(why),
        );
    };
    // The names of functions stand outside strings; where a file is named they do not.
    if let Some(hit) =
        ascii::first(&MACHINE, text).filter(|hit| !bare[hit.clone()].trim().is_empty())
    {
        put(
            &rules::SQL_BEYOND,
            Severity::High,
            hit,
            "It makes the database run a program or touch the machine's files.",
        );
        return;
    }
    let effects = sql::statements(bare);
    let worst = effects.iter().max().copied().unwrap_or(Effect::Reads);
    let all = 0..text.len().min(200);
    if only_reads(at) && worst > Effect::Reads {
        let stacked = effects.len() > 1;
        put(
            &rules::SQL_BEYOND,
            if stacked || worst == Effect::Destroys {
                Severity::High
            } else {
                Severity::Medium
            },
            all,
            if stacked {
                "The tool offers to read, and a later statement changes the database."
            } else {
                "The tool offers to read, and the statement changes the database."
            },
        );
        return;
    }
    let reads_first = effects.first() == Some(&Effect::Reads) && !begins(bare);
    if effects.len() > 1 && reads_first && effects[1..].contains(&Effect::Destroys) {
        put(
            &rules::SQL_INJECTION,
            Severity::Medium,
            all,
            "It begins with a question and goes on with a statement that destroys or gives rights.",
        );
    } else if let Some(hit) = ascii::first(&PROBES, bare).filter(|_| !at.tool.contains("explain")) {
        put(
            &rules::SQL_INJECTION,
            Severity::Medium,
            hit,
            "The condition is always true, or what is asked for was smuggled in beside the question.",
        );
    } else if effects == [Effect::Destroys] {
        put(
            &rules::SQL_BEYOND,
            Severity::Low,
            all,
            "The statement destroys without a condition, or gives rights.",
        );
    }
}

/// A transaction that is opened openly.
fn begins(bare: &str) -> bool {
    ["begin", "start", "set", "use", "show", "pragma"]
        .iter()
        .any(|w| bare.trim_start().starts_with(w))
}

/// A value that ends its own quotes.
fn value(argument: &Argument<'_>, text: &str, sink: &mut Sink) {
    let Some(hit) = ascii::first(&BREAKS_OUT, text) else {
        return;
    };
    let part = &text[hit.clone()];
    // "it's -- well", "rock 'n' roll # 1": prose has quotes and dashes. A value that is broken out of has no more.
    let comment = part
        .trim_start_matches(['\'', '"', ')', ' '])
        .starts_with(['-', '#', '/']);
    if comment
        && (text[hit.end..].trim().len() > 40
            || text.matches(' ').count() > 4
            || text.contains("://"))
    {
        return;
    }
    let words = Raw::from(text).len();
    sink.put(
        Found::new(&rules::SQL_INJECTION)
            .severity(if words < 400 {
                Severity::High
            } else {
                Severity::Medium
            })
            .at(argument.pointer())
            .shows(argument.raw(), hit)
            .because("The value ends its own quotes, and what follows is a statement's."),
    );
}
