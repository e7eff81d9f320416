//! Where a value stands in its message, as other programs read it: a JSON pointer, a jq expression.

use super::json::At;
use crate::text::{Raw, RawBuf, json_string};
use std::fmt::Write;

/// One step from a value to one of its members or items.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    Key(RawBuf),
    Item(usize),
}

/// The steps from the root to a value.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Path {
    pub steps: Vec<Step>,
    /// There are more steps at the beginning.
    pub cut: bool,
}

impl Path {
    /// The last `most` steps to a value.
    pub fn of(at: At, most: usize) -> Path {
        let mut steps = Vec::new();
        let mut here = at;
        while let Some(parent) = here.parent() {
            if steps.len() == most {
                return Path::turned(steps, true);
            }
            steps.push(match here.key() {
                Some(key) => Step::Key(key),
                None => Step::Item(here.place()),
            });
            here = parent;
        }
        Path::turned(steps, false)
    }

    fn turned(mut steps: Vec<Step>, cut: bool) -> Path {
        steps.reverse();
        Path { steps, cut }
    }

    /// RFC 6901. Its keys are as they stand in the message, so it may hold what cannot be seen.
    pub fn pointer(&self) -> RawBuf {
        let mut out = Vec::new();
        for step in &self.steps {
            out.push(b'/');
            match step {
                Step::Item(place) => out.extend_from_slice(place.to_string().as_bytes()),
                Step::Key(key) => {
                    for byte in key.as_raw().bytes() {
                        match byte {
                            b'~' => out.extend_from_slice(b"~0"),
                            b'/' => out.extend_from_slice(b"~1"),
                            _ => out.push(*byte),
                        }
                    }
                }
            }
        }
        out.into()
    }

    /// An expression of jq: `.params.arguments["a b"][3]`. What cannot be seen in a key is spelled as an escape, and so
    /// is `'`: the expression stays one word within the quotes of a shell.
    pub fn jq(&self) -> String {
        let mut out = String::new();
        for step in &self.steps {
            match step {
                Step::Key(key) if is_word(key.as_raw()) => {
                    let _ = write!(out, ".{}", key.as_raw().inline());
                }
                Step::Key(key) => {
                    if out.is_empty() {
                        out.push('.');
                    }
                    let mut word = String::new();
                    json_string(key.as_raw(), &mut word);
                    let _ = write!(out, "[{}]", word.replace('\'', "\\u0027"));
                }
                Step::Item(place) => {
                    if out.is_empty() {
                        out.push('.');
                    }
                    let _ = write!(out, "[{place}]");
                }
            }
        }
        if out.is_empty() {
            out.push('.');
        }
        out
    }
}

/// Whether jq takes a key behind a dot as it is.
fn is_word(key: Raw) -> bool {
    let letter = |b: u8| b.is_ascii_alphabetic() || b == b'_';
    let bytes = key.bytes();
    bytes.first().is_some_and(|b| letter(*b))
        && bytes.iter().all(|b| letter(*b) || b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::json::Json;

    /// The path of the value that is the number 1.
    fn path(text: &str) -> Path {
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let ids = 0..u32::try_from(json.nodes().len()).expect("few");
        let at = ids
            .filter_map(|id| json.at(id))
            .find(|at| at.text(9).as_raw() == "1")
            .expect("it is there");
        Path::of(at, 64)
    }

    #[test]
    fn jq_reads_every_key() {
        for (text, jq) in [
            ("1", "."),
            ("[1]", ".[0]"),
            ("[0,[0,0,1]]", ".[1][2]"),
            (r#"{"a":1}"#, ".a"),
            (r#"{"a":{"b_2":[{"C":1}]}}"#, ".a.b_2[0].C"),
            (r#"{"a b":1}"#, r#".["a b"]"#),
            (r#"{"x":{"a-b":1}}"#, r#".x["a-b"]"#),
            (r#"{"2x":1}"#, r#".["2x"]"#),
            (r#"{"":1}"#, r#".[""]"#),
            (r#"{"$ref":1}"#, r#".["$ref"]"#),
            (r#"{"a\"b":1}"#, r#".["a\"b"]"#),
            (r#"{"a\\(1)":1}"#, r#".["a\\(1)"]"#),
            (r#"{"it's":1}"#, r#".["it\u0027s"]"#),
            (r#"{"é":1}"#, r#".["é"]"#),
            ("{\"a\u{200b}\":1}", r#".["a\u200b"]"#),
            (r#"{"a\nb":1}"#, r#".["a\nb"]"#),
            (r#"{"\u001b[31m":1}"#, r#".["\u001b[31m"]"#),
            (r#"{"\ud83d":1}"#, r#".["\ud83d"]"#),
            ("{\"\u{1f600}\":1}", ".[\"\u{1f600}\"]"),
        ] {
            assert_eq!(path(text).jq(), jq, "{text}");
        }
    }

    #[test]
    fn a_pointer_escapes_what_it_is_made_of() {
        for (text, pointer) in [
            ("1", ""),
            (r#"{"a/b":[0,{"m~n":1}]}"#, "/a~1b/1/m~0n"),
            (r#"{"":{" ":1}}"#, "// "),
        ] {
            assert_eq!(path(text).pointer().as_raw(), *pointer, "{text}");
        }
    }

    #[test]
    fn a_deep_path_keeps_its_end() {
        let text = format!("{}1{}", "[".repeat(300), "]".repeat(300));
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let deep = Path::of(json.at(300).expect("it is there"), 3);
        assert!(deep.cut);
        assert_eq!(deep.jq(), ".[0][0][0]");
    }
}
