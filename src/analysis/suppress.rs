//! Findings that a person decided not to be told of: by rule, server, tool or fingerprint, with a reason, for a time.
//!
//! ```toml
//! [[suppress]]
//! rule = "secrets/in-result"
//! server = "ci"
//! reason = "the CI server hands out tokens that are valid for a minute"
//! until = 2026-12-31
//! ```
//!
//! A suppressed finding does not count, and every report says how many were suppressed, by what and why.

use super::finding::Finding;
use super::glob::Glob;
use super::written::{Fault, Lined, Reader};
use crate::session::Session;
use jiff::civil::Date;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One entry of a file. A finding must meet all of its conditions.
#[derive(Clone, Debug)]
pub struct Suppression {
    pub rule: Option<Glob>,
    pub server: Option<Glob>,
    pub tool: Option<Glob>,
    /// The finding's id.
    pub fingerprint: Option<String>,
    /// One line, as the person wrote it.
    pub reason: String,
    /// The last day on which it applies.
    pub until: Option<Date>,
    /// File and line, as in `suppressions.toml:3`.
    pub at: String,
    /// Its last day was before the day of the analysis.
    pub expired: bool,
}

const KEYS: &[&str] = &["rule", "server", "tool", "fingerprint", "reason", "until"];

/// Reads a file of suppressions alone. `today` decides what has expired.
///
/// # Errors
/// With everything that is wrong in it.
pub fn parse(file: &str, text: &str, today: Date) -> Result<Vec<Suppression>, Vec<Fault>> {
    let (mut reader, root) = Reader::open(file, text)?;
    reader.only(&root, &["suppress"], "a file of suppressions");
    let read = list(&mut reader, &root, today);
    reader.close(read)
}

/// The `[[suppress]]` entries of a file.
pub(super) fn list(reader: &mut Reader, root: &DeTable<'_>, today: Date) -> Vec<Suppression> {
    reader
        .tables(root, "suppress")
        .into_iter()
        .filter_map(|(table, span)| one(reader, table, &span, today))
        .collect()
}

fn one(
    reader: &mut Reader,
    table: &DeTable<'_>,
    span: &Range<usize>,
    today: Date,
) -> Option<Suppression> {
    reader.only(table, KEYS, "[[suppress]]");
    let glob = |text: Option<Lined<String>>| text.map(|text| Glob::of(&text.value));
    let rule = reader.text(table, "rule");
    if let Some(rule) = &rule
        && !rule.value.contains('/')
        && rule.value != "*"
    {
        let at = table.get("rule").map_or(span.clone(), Spanned::span);
        reader.fault(
            at,
            "`rule` is an id such as `secrets/in-result`, or one with `*` for anything: `secrets/*`.",
        );
    }
    let fingerprint = reader.text(table, "fingerprint").map(|text| text.value);
    if let Some(id) = &fingerprint
        && (id.len() != 16 || !id.bytes().all(|b| b.is_ascii_hexdigit()))
    {
        let at = table.get("fingerprint").map_or(span.clone(), Spanned::span);
        reader.fault(
            at,
            "`fingerprint` is the id of a finding: sixteen hexadecimal digits, as `check --format json` tells it.",
        );
    }
    let reason = reader.needed(table, span, "reason");
    let entry = Suppression {
        rule: glob(rule),
        server: glob(reader.text(table, "server")),
        tool: glob(reader.text(table, "tool")),
        fingerprint,
        reason: reason.map_or(String::new(), |text| text.value),
        until: until(reader, table),
        at: format!("{}:{}", reader.file, reader.line(span)),
        expired: false,
    };
    let says_what = KEYS[..4].iter().any(|key| table.contains_key(*key));
    if !says_what {
        reader.fault(
            span.clone(),
            "this would suppress everything: say `rule`, `server`, `tool` or `fingerprint`.",
        );
        return None;
    }
    Some(Suppression {
        expired: entry.until.is_some_and(|until| until < today),
        ..entry
    })
}

fn until(reader: &mut Reader, table: &DeTable<'_>) -> Option<Date> {
    let value = table.get("until")?;
    let text = match value.get_ref() {
        DeValue::Datetime(moment) => moment.date.map(|date| date.to_string()),
        DeValue::String(text) => Some(text.to_string()),
        _ => None,
    };
    let date = text.and_then(|text| text.parse().ok());
    if date.is_none() {
        reader.fault(
            value.span(),
            "`until` is a day, as in `until = 2026-12-31`.",
        );
    }
    date
}

impl Suppression {
    /// Whether it applies to a finding.
    pub fn covers(&self, session: &Session, finding: &Finding) -> bool {
        let is = |glob: &Option<Glob>, name: Option<&[u8]>| {
            glob.as_ref()
                .is_none_or(|glob| name.is_some_and(|name| glob.matches(name)))
        };
        let server = finding.server.map(|id| session.server(id));
        !self.expired
            && is(&self.rule, Some(finding.rule.id.as_bytes()))
            && is(&self.server, server.map(|s| s.label.as_raw().bytes()))
            && is(
                &self.tool,
                finding.tool.as_ref().map(|t| t.as_raw().bytes()),
            )
            && self
                .fingerprint
                .as_ref()
                .is_none_or(|id| id.eq_ignore_ascii_case(&finding.id))
    }

    /// What it is about, in one line that is safe to show.
    pub fn about(&self) -> String {
        let glob = |word: &str, glob: &Option<Glob>| {
            let shown = crate::text::Raw::from(glob.as_ref()?.as_str()).label(60);
            Some(format!("{word} {shown}"))
        };
        let parts = [
            glob("rule", &self.rule),
            glob("server", &self.server),
            glob("tool", &self.tool),
            self.fingerprint
                .as_ref()
                .map(|id| format!("fingerprint {id}")),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn faults(text: &str) -> Vec<String> {
        parse("s.toml", text, date(2026, 1, 1))
            .err()
            .unwrap_or_default()
            .iter()
            .map(Fault::to_string)
            .collect()
    }

    #[test]
    fn entries_are_read_and_expire() {
        let text = "[[suppress]]\nrule = \"secrets/*\"\nreason = \"known\"\nuntil = 2026-03-01\n\n[[suppress]]\nfingerprint = \"1c8f0e8668efa544\"\nreason = \"seen\"\n";
        let read = |today| parse("s.toml", text, today).expect("it is right");
        let list = read(date(2026, 3, 1));
        assert_eq!(list[0].at, "s.toml:1");
        assert_eq!(list[1].at, "s.toml:6");
        assert_eq!(list[0].about(), "rule secrets/*");
        assert!(!list[0].expired, "the last day still counts");
        assert!(read(date(2026, 3, 2))[0].expired);
        assert!(!read(date(2036, 3, 2))[1].expired);
    }

    #[test]
    fn mistakes_are_refused() {
        for (text, line, says) in [
            (
                "[[suppress]]\nrule = \"secrets/x\"\n",
                1,
                "`reason` is missing",
            ),
            (
                "[[suppress]]\nrule = \"secrets/x\"\nreason = \" \"\n",
                3,
                "`reason` is empty",
            ),
            ("[[suppress]]\nreason = \"all\"\n", 1, "suppress everything"),
            (
                "[[suppress]]\nrule = \"secrets\"\nreason = \"x\"\n",
                2,
                "is an id",
            ),
            (
                "[[suppress]]\nfingerprint = \"12\"\nreason = \"x\"\n",
                2,
                "sixteen",
            ),
            (
                "[[suppress]]\nrule = \"a/b\"\nreason = \"x\"\nuntil = \"soon\"\n",
                4,
                "is a day",
            ),
            (
                "[[suppress]]\nrule = \"a/b\"\nreson = \"x\"\nreason = \"x\"\n",
                3,
                "did you mean `reason`",
            ),
            (
                "[[supress]]\nrule = \"a/b\"\n",
                1,
                "did you mean `suppress`",
            ),
        ] {
            let told = faults(text);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(
                told[0].starts_with(&format!("s.toml, line {line}: ")) && told[0].contains(says),
                "{told:?}"
            );
        }
    }
}
