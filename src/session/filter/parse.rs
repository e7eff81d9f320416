//! Words to tests.

use super::field::{FIELDS, RISKS};
use super::lex::{Word, words};
use super::value::{self, compare};
use super::{Compare, Filter, FilterError, IsWord, KindWord, NameField, Term, Test};
use crate::session::Outcome;
use crate::wire::id::{Direction, MessageKind};

pub fn filter(source: &str) -> Result<Filter, FilterError> {
    let terms = words(source)?.iter().map(term).collect::<Result<_, _>>()?;
    Ok(Filter {
        source: source.trim().to_string(),
        terms,
    })
}

fn term(word: &Word) -> Result<Term, FilterError> {
    let test = match &word.field {
        None => Test::Text(word.value.clone()),
        Some((field, at)) => test(field, word).map_err(|message| FilterError {
            at: if message.starts_with("There is no field") {
                at.clone()
            } else {
                word.at.clone()
            },
            message,
        })?,
    };
    Ok(Term {
        negated: word.negated,
        test,
    })
}

fn test(field: &str, word: &Word) -> Result<Test, String> {
    let value = word.value.as_str();
    let names = || value.split(',').map(|name| name.to_lowercase()).collect();
    Ok(match field {
        "server" => Test::Name(NameField::Server, names()),
        "tool" => Test::Name(NameField::Tool, names()),
        "method" => Test::Name(NameField::Method, names()),
        "name" => Test::Name(NameField::Name, names()),
        "dir" => Test::Dir(each(field, value, direction)?),
        "kind" => Test::Kind(each(field, value, kind)?),
        "status" => Test::Status(each(field, value, status)?),
        "is" => Test::Is(each(field, value, is)?),
        "risk" => {
            let (compare, rest) = compare(value, Compare::Equal);
            let level = RISKS
                .iter()
                .position(|risk| *risk == rest)
                .ok_or_else(|| choose(field, rest))?;
            Test::Risk(compare, level as u8)
        }
        "after" => Test::After(value::moment(value).ok_or_else(|| no_moment(value))?),
        "before" => Test::Before(value::moment(value).ok_or_else(|| no_moment(value))?),
        "dur" => {
            let (compare, rest) = compare(value, Compare::AtLeast);
            let micros = value::duration(rest)
                .ok_or_else(|| format!("`{rest}` is no duration: write 500ms, 2s or 1m."))?;
            Test::Dur(compare, micros)
        }
        "size" => {
            let (compare, rest) = compare(value, Compare::AtLeast);
            let bytes = value::size(rest)
                .ok_or_else(|| format!("`{rest}` is no size: write 512, 10k or 2M."))?;
            Test::Size(compare, bytes)
        }
        "n" => {
            let (compare, rest) = compare(value, Compare::Equal);
            Test::Number(
                compare,
                rest.parse()
                    .map_err(|_| format!("`{rest}` is no number of a message."))?,
            )
        }
        "id" => Test::Id(value.to_string()),
        _ => {
            let known: Vec<_> = FIELDS.iter().map(|field| field.name).collect();
            return Err(format!(
                "There is no field `{field}`: use {}, or put the text in quotes.",
                known.join(", ")
            ));
        }
    })
}

fn each<T>(field: &str, value: &str, read: fn(&str) -> Option<T>) -> Result<Vec<T>, String> {
    value
        .split(',')
        .map(|word| read(word).ok_or_else(|| choose(field, word)))
        .collect()
}

fn choose(field: &str, word: &str) -> String {
    let words = FIELDS
        .iter()
        .find(|known| known.name == field)
        .map_or(&[][..], |known| known.words);
    format!("`{word}` is no {field}: choose from {}.", words.join(", "))
}

fn no_moment(value: &str) -> String {
    format!("`{value}` is no time: write 09:20, 09:20:13 or 2026-11-22T09:20 (UTC).")
}

fn direction(word: &str) -> Option<Direction> {
    [
        Direction::C2s,
        Direction::S2c,
        Direction::Stderr,
        Direction::Meta,
    ]
    .into_iter()
    .find(|dir| dir.name() == word)
}

fn kind(word: &str) -> Option<KindWord> {
    use MessageKind::*;
    if word == "response" {
        return Some(KindWord::Response);
    }
    [
        Request,
        Notification,
        Result,
        Error,
        Stderr,
        Meta,
        Text,
        Other,
        Unreadable,
    ]
    .into_iter()
    .find(|kind| kind.name() == word)
    .map(KindWord::Only)
}

fn status(word: &str) -> Option<Outcome> {
    use Outcome::*;
    [Pending, Ok, ToolError, Error, Cancelled, InputRequired]
        .into_iter()
        .find(|outcome| outcome.name().replace(' ', "-") == word)
}

fn is(word: &str) -> Option<IsWord> {
    Some(match word {
        "call" => IsWord::Call,
        "orphan" => IsWord::Orphan,
        "second" => IsWord::Second,
        "reused" => IsWord::Reused,
        "torn" => IsWord::Torn,
        "http" => IsWord::Http,
        "change" => IsWord::Change,
        "finding" => IsWord::Finding,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(source: &str) -> (String, String) {
        let error = filter(source).unwrap_err();
        (source[error.at].to_string(), error.message)
    }

    #[test]
    fn reads_the_line_of_the_manual() {
        let line = r#"server:mail tool:send* risk:>=high -status:ok method:tools/call dir:s2c after:09:20 dur:>2s "id_rsa""#;
        let filter = filter(line).unwrap();
        assert_eq!(filter.terms.len(), 9);
        assert_eq!(filter.terms[2].test, Test::Risk(Compare::AtLeast, 4));
        assert!(filter.terms[3].negated);
        assert_eq!(filter.terms[8].test, Test::Text("id_rsa".into()));
        assert!(filter.needs_bodies());
    }

    #[test]
    fn errors_stand_under_what_is_wrong() {
        assert_eq!(error("tool:x srever:y").0, "srever");
        assert_eq!(error("risk:>=hgih").0, ">=hgih");
        assert!(
            error("risk:>=hgih")
                .1
                .contains("choose from none, info, low")
        );
        assert_eq!(error("dir:up").0, "up");
        assert_eq!(error("tool:").0, "tool:");
        assert_eq!(error("\"open").0, "\"open");
        assert_eq!(error("dur:>soon").0, ">soon");
        assert_eq!(error("a - b").0, "-");
    }

    #[test]
    fn what_is_no_field_is_text() {
        for source in ["https://x.example/a", "09:20", "\"server:x\"", "C:\\x"] {
            assert!(
                matches!(filter(source).unwrap().terms[0].test, Test::Text(_)),
                "{source}"
            );
        }
    }
}
