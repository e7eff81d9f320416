//! Severities that a person set for rules, and rules that a person switched off.
//!
//! ```toml
//! [rules]
//! "poisoning/coercive-wording" = "medium"
//! "protocol/*" = "off"
//! ```

use super::finding::Finding;
use super::glob::Glob;
use super::rank::Severity;
use super::written::{Reader, nearest};
use toml::Spanned;
use toml::de::DeTable;

/// One line of `[rules]`.
#[derive(Clone, Debug)]
pub struct Level {
    pub rule: Glob,
    /// `None` switches the rule off.
    pub to: Option<Severity>,
    /// File and line, as in `plainsight.toml:3`.
    pub at: String,
}

/// Reads the `[rules]` of a file. `known` are the ids of all rules.
pub(super) fn list(reader: &mut Reader, root: &DeTable<'_>, known: &[&str]) -> Vec<Level> {
    let mut levels = Vec::new();
    for (table, _) in reader.tables(root, "rules") {
        for (key, value) in table {
            let rule = Glob::of(key.get_ref());
            if !known.iter().any(|id| rule.matches(id.as_bytes())) {
                let what = match nearest(key.get_ref(), known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => "`plainsight rules list` shows all of them.".into(),
                };
                let shown = crate::text::Raw::from(key.get_ref().as_ref()).label(60);
                reader.fault(key.span(), format!("there is no rule `{shown}`: {what}"));
                continue;
            }
            let word = value.get_ref().as_str().unwrap_or("");
            let to = match (word, Severity::named(word)) {
                ("off", _) => None,
                (_, Some(severity)) => Some(severity),
                _ => {
                    reader.fault(
                        value.span(),
                        "a rule is set to \"off\", \"info\", \"low\", \"medium\", \"high\" or \"critical\".",
                    );
                    continue;
                }
            };
            let at = format!("{}:{}", reader.file, reader.line(&Spanned::span(key)));
            levels.push((key.span().start, Level { rule, to, at }));
        }
    }
    // A table gives its keys in any order; the file's own order decides which line is the last word.
    levels.sort_by_key(|(start, _)| *start);
    levels.into_iter().map(|(_, level)| level).collect()
}

impl Level {
    pub fn covers(&self, finding: &Finding) -> bool {
        self.rule.matches(finding.rule.id.as_bytes())
    }

    /// The word that stands in the file.
    pub fn word(&self) -> &'static str {
        self.to.map_or("off", Severity::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Vec<Level>, Vec<String>) {
        let (mut reader, root) = Reader::open("p.toml", text).expect("TOML");
        let known = [
            "secrets/in-result",
            "secrets/in-argument",
            "protocol/never-listed",
        ];
        let levels = list(&mut reader, &root, &known);
        let faults = reader.close(()).err().unwrap_or_default();
        (levels, faults.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn lines_keep_their_order() {
        let (levels, faults) =
            read("[rules]\n\"secrets/in-result\" = \"low\"\n\"protocol/*\" = \"off\"\n");
        assert!(faults.is_empty(), "{faults:?}");
        let told: Vec<_> = levels
            .iter()
            .map(|l| (l.rule.as_str(), l.word(), l.at.as_str()))
            .collect();
        assert_eq!(
            told,
            [
                ("secrets/in-result", "low", "p.toml:2"),
                ("protocol/*", "off", "p.toml:3")
            ]
        );
    }

    #[test]
    fn what_is_no_rule_or_no_severity_is_refused() {
        let (levels, faults) =
            read("[rules]\n\"secrets/in-resutl\" = \"low\"\n\"protocol/*\" = \"loud\"\n");
        assert!(levels.is_empty());
        assert!(faults[0].contains("p.toml, line 2: there is no rule `secrets/in-resutl`: did you mean `secrets/in-result`?"), "{faults:?}");
        assert!(
            faults[1].starts_with("p.toml, line 3: a rule is set to"),
            "{faults:?}"
        );
    }
}
