//! What could come next in a filter that is being typed.

use super::facts::Facts;
use crate::session::ItemKind;
use crate::session::filter::FIELDS;
use crate::text::{Raw, has_hidden};
use std::ops::Range;

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What takes the place of the word that is being typed.
    pub text: String,
    pub help: &'static str,
}

/// Most candidates that are offered.
const MOST: usize = 24;
/// Names of the recording that are looked through for candidates.
const NAMES: usize = 5000;
/// Longest name that is offered, in bytes.
const LONGEST: usize = 80;

/// The word at the caret, and what it could become.
pub fn candidates(typed: &str, caret: usize, facts: Facts) -> (Range<usize>, Vec<Candidate>) {
    let before = typed.get(..caret).unwrap_or(typed);
    let start = before.rfind([' ', '\t', '(']).map_or(0, |at| at + 1);
    let word = &before[start..];
    let (minus, bare) = match word.strip_prefix('-') {
        Some(bare) => ("-", bare),
        None => ("", word),
    };
    if before.matches('"').count() % 2 == 1 {
        return (caret..caret, Vec::new());
    }
    let found: Vec<Candidate> = match bare.split_once(':') {
        None => FIELDS
            .iter()
            .filter(|field| field.name.starts_with(bare))
            .map(|field| Candidate {
                text: format!("{minus}{}:", field.name),
                help: field.help,
            })
            .collect(),
        Some((name, value)) => {
            let Some(field) = FIELDS.iter().find(|field| field.name == name) else {
                return (start..caret, Vec::new());
            };
            let operator = value.len() - value.trim_start_matches(['<', '>', '=']).len();
            let (kept, last) = value.split_at(value.rfind(',').map_or(operator, |at| at + 1));
            let words = field.words.iter().map(|word| (*word).to_owned());
            words
                .chain(names(name, facts))
                .filter(|word| word.trim_start_matches('"').starts_with(last) && word != last)
                .map(|word| Candidate {
                    text: format!("{minus}{name}:{kept}{word}"),
                    help: "",
                })
                .collect()
        }
    };
    (start..caret, found.into_iter().take(MOST).collect())
}

/// Names of the recording that a field takes, as they can be typed: those with white space in quotes. Left out are those
/// that the language cannot say, or that would not be seen as what they are.
fn names(field: &str, facts: Facts) -> Vec<String> {
    let session = facts.session;
    let own = |raw: Raw| {
        let name = std::str::from_utf8(raw.bytes()).ok()?;
        let said =
            !name.is_empty() && name.len() <= LONGEST && !name.contains(['"', ',', '*', '\\']);
        let seen = !name.chars().any(char::is_control) && !has_hidden(raw);
        (said && seen).then(|| match name.contains(char::is_whitespace) {
            true => format!("\"{name}\""),
            false => name.to_owned(),
        })
    };
    let items = || session.items().iter().take(NAMES);
    let mut names: Vec<String> = match field {
        "server" => {
            let servers = session.servers().iter().take(NAMES);
            servers.filter_map(|s| own(s.label.as_raw())).collect()
        }
        "tool" => items()
            .filter(|item| item.kind == ItemKind::Tool)
            .filter_map(|item| own(item.name.as_raw()))
            .collect(),
        "name" => items().filter_map(|item| own(item.name.as_raw())).collect(),
        "method" => {
            let symbols = session.symbols().take(NAMES);
            let methods =
                symbols.filter(|s| s.bytes().contains(&b'/') && !s.bytes().contains(&b':'));
            methods.filter_map(own).collect()
        }
        _ => Vec::new(),
    };
    // Tools that were called without a definition.
    if matches!(field, "tool" | "name") {
        let calls = session.calls().iter().take(NAMES);
        names.extend(calls.filter_map(|call| own(session.name(*call))));
    }
    names.sort_unstable();
    names.dedup();
    names
}

/// What all candidates begin with.
pub fn common(candidates: &[Candidate]) -> &str {
    let Some(first) = candidates.first() else {
        return "";
    };
    let shared = candidates
        .iter()
        .fold(first.text.len(), |length, candidate| {
            let same = first
                .text
                .bytes()
                .zip(candidate.text.bytes())
                .take_while(|(a, b)| a == b)
                .count();
            length.min(same)
        });
    first.text.get(..shared).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::facts;
    use crate::ui::model::Case;

    fn texts(typed: &str) -> Vec<String> {
        facts::with(&Case::default(), |facts| {
            candidates(typed, typed.len(), facts)
                .1
                .into_iter()
                .map(|candidate| candidate.text)
                .collect()
        })
    }

    #[test]
    fn fields_and_their_words_are_offered() {
        assert_eq!(texts("-se"), ["-server:"]);
        assert_eq!(
            texts("tool:x dir:"),
            ["dir:c2s", "dir:s2c", "dir:stderr", "dir:meta"]
        );
        assert_eq!(texts("risk:>=h"), ["risk:>=high"]);
        assert_eq!(texts("kind:request,no"), ["kind:request,notification"]);
        assert!(texts("\"quoted se").is_empty());
        assert!(texts("nonsense:").is_empty());
    }

    #[test]
    fn the_common_beginning_is_what_tab_types() {
        let two = [("status:error", ""), ("status:error-x", "")].map(|(text, help)| Candidate {
            text: text.into(),
            help,
        });
        assert_eq!(common(&two), "status:error");
        assert_eq!(common(&[]), "");
    }
}
