//! Rules in the format of gitleaks: the widest rule set that is maintained in public, and what many people already keep
//! for their own keys.
//!
//! Read are `id`, `regex`, `secretGroup`, `keywords`, `entropy`, and of allow lists `regexes`, `regexTarget`, `stopwords`
//! and `condition`. Paths and commits are about repositories and mean nothing here. Nothing is dropped in silence: what
//! cannot be used is in [`Rules::notes`].

use super::mark;
use super::rule::{AllowList, Allowed, Rule, Target, compile};
use regex::bytes::Regex;
use serde::Deserialize;

/// What a file holds.
pub struct Rules {
    pub rules: Vec<Rule>,
    /// What of it is not in use, each a sentence that is safe to print.
    pub notes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct File {
    #[serde(default)]
    rules: Vec<Written>,
    #[serde(default)]
    allowlist: Option<List>,
    #[serde(default)]
    allowlists: Vec<List>,
    #[serde(default)]
    extend: Option<Extend>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Extend {
    #[serde(default)]
    use_default: bool,
    path: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    id: String,
    regex: Option<String>,
    #[serde(default)]
    secret_group: usize,
    entropy: Option<f32>,
    #[serde(default)]
    keywords: Vec<String>,
    #[serde(default)]
    allowlist: Option<List>,
    #[serde(default)]
    allowlists: Vec<List>,
}

#[derive(Deserialize, Clone)]
#[serde(rename_all = "camelCase")]
struct List {
    #[serde(default)]
    regexes: Vec<String>,
    regex_target: Option<String>,
    #[serde(default)]
    stopwords: Vec<String>,
    #[serde(default)]
    paths: Vec<String>,
    #[serde(default)]
    commits: Vec<String>,
    condition: Option<String>,
    #[serde(default)]
    target_rules: Vec<String>,
}

/// Understands the text of a file.
///
/// # Errors
/// Where it is no TOML, or none of this format; the sentence says where.
pub fn read(text: &str) -> Result<Rules, String> {
    let file: File = toml::from_str(text).map_err(|error| safe(&error.to_string(), 600))?;
    let mut out = Rules {
        rules: Vec::new(),
        notes: Vec::new(),
    };
    if let Some(extend) = file.extend
        && (extend.use_default || extend.path.is_some() || extend.url.is_some())
    {
        out.notes.push(
            "[extend] names other rules, which are not read: name their file as well.".to_string(),
        );
    }
    let global: Vec<List> = file.allowlist.into_iter().chain(file.allowlists).collect();
    for written in file.rules {
        let id = safe(&written.id, 80);
        let global = global
            .iter()
            .filter(|list| list.target_rules.is_empty() || list.target_rules.contains(&written.id));
        let lists: Vec<List> = (written.allowlist.iter())
            .chain(&written.allowlists)
            .chain(global)
            .cloned()
            .collect();
        let Some(pattern) = &written.regex else {
            out.notes.push(format!(
                "Rule `{id}` is not in use: it has no regex, and names of files are not looked at."
            ));
            continue;
        };
        let regex = match compile(pattern) {
            Ok(regex) => regex,
            Err(error) => {
                let why = safe(&error.to_string(), 300);
                out.notes.push(format!(
                    "Rule `{id}` is not in use: its regex cannot be compiled: {why}"
                ));
                continue;
            }
        };
        if written.secret_group >= regex.captures_len() {
            out.notes.push(format!(
                "Rule `{id}` is not in use: its regex has no group {}.",
                written.secret_group
            ));
            continue;
        }
        let mut allowed = Allowed {
            entropy: written.entropy.filter(|least| *least > 0.0),
            lists: Vec::new(),
        };
        for list in lists {
            allowed.lists.extend(understand(&list, &id, &mut out.notes));
        }
        out.rules.push(Rule::foreign(
            mark::name(&written.id),
            regex,
            (written.secret_group > 0).then_some(written.secret_group),
            written
                .keywords
                .iter()
                .map(|word| word.to_ascii_lowercase())
                .filter(|word| !word.is_empty())
                .collect(),
            allowed,
        ));
    }
    if out.rules.is_empty() && out.notes.is_empty() {
        return Err(
            "it holds no rules: each is a `[[rules]]` with an `id` and a `regex`.".to_string(),
        );
    }
    Ok(out)
}

fn understand(list: &List, id: &str, notes: &mut Vec<String>) -> Option<AllowList> {
    let all = list
        .condition
        .as_deref()
        .is_some_and(|word| matches!(word, "AND" | "&&" | "and"));
    if all && !(list.paths.is_empty() && list.commits.is_empty()) {
        // It asks for a path as well, and there is none.
        return None;
    }
    let mut regexes: Vec<Regex> = Vec::new();
    for pattern in &list.regexes {
        match compile(pattern) {
            Ok(regex) => regexes.push(regex),
            Err(error) => notes.push(format!(
                "An exception of rule `{id}` is not in use: {}",
                safe(&error.to_string(), 300)
            )),
        }
    }
    let target = match list.regex_target.as_deref() {
        Some("match") => Target::Match,
        Some("line") => Target::Line,
        _ => Target::Secret,
    };
    let stopwords: Vec<String> = list
        .stopwords
        .iter()
        .map(|word| word.to_ascii_lowercase())
        .collect();
    (!regexes.is_empty() || !stopwords.is_empty()).then_some(AllowList {
        target,
        regexes,
        stopwords,
        all,
    })
}

/// Text of the file, on one line.
fn safe(text: &str, cells: usize) -> String {
    crate::text::Raw::from(text).label(cells)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::capture::redact::{Key, Redactor};

    const RULES: &str = r##"
        [[rules]]
        id = "acme-key"
        regex = '''(?i)\b(acme_[a-z0-9]{12})(?:['"\s]|$)'''
        keywords = ["acme_"]
        entropy = 2.0
        [[rules.allowlists]]
        stopwords = ["sample"]
        [[rules.allowlists]]
        regexTarget = "line"
        regexes = ["# public"]

        [[rules]]
        id = "no keywords"
        regex = 'zq-([0-9]{6})-(zq)'
        secretGroup = 1

        [[rules]]
        id = "broken"
        regex = '(?<=x)y'

        [[rules]]
        id = "only-a-path"
        path = '\.pem$'
    "##;

    #[test]
    fn rules_are_used_or_told() {
        let rules = read(RULES).unwrap();
        assert_eq!(rules.rules.len(), 2);
        assert_eq!(rules.notes.len(), 2, "{:?}", rules.notes);
        assert!(rules.notes[0].contains("`broken`") && rules.notes[1].contains("`only-a-path`"));
        let redactor = Redactor::new(Key::random(), rules.rules);
        let redacted =
            |text: &str| redactor.redact(text.as_bytes()).into_owned() != text.as_bytes();
        assert!(redacted("key ACME_a1b2c3d4e5f6 end"));
        assert!(!redacted("key acme_aaaaaaaaaaaa end"), "entropy");
        assert!(!redacted("key acme_sample123456 end"), "stopword");
        assert!(!redacted("key acme_a1b2c3d4e5f6 # public"), "line");
        let text = redactor.redact(b"zq-123456-zq").into_owned();
        assert!(text.starts_with("zq-«redacted:no-keywords:".as_bytes()) && text.ends_with(b"-zq"));
    }

    #[test]
    fn what_is_no_rule_set_is_refused() {
        assert!(read("nonsense").is_err());
        assert!(read("title = 'x'").is_err());
    }
}
