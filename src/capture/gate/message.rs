//! What the gate wants to know of a line.

use crate::wire::json::{Doc, Value};
use crate::wire::method;
use std::ops::Range;

/// A request's id as it is spelled: `1`, `1.0` and `"1"` are three ids.
pub type Id = Box<[u8]>;

/// One message of a line; a batch has several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Where it stands in the line.
    pub range: Range<usize>,
    pub what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// `tools/call`; without an id nobody waits for an answer.
    Call {
        id: Option<Id>,
        tool: Box<[u8]>,
    },
    /// A request for a listing.
    List {
        id: Id,
    },
    /// The sender is not interested in the answer to its request any more.
    Cancel {
        id: Id,
    },
    Answer {
        id: Id,
        result: bool,
    },
    Other,
}

/// The messages of a line, and whether it is a batch. A line that is no JSON has none.
pub fn members(line: &[u8]) -> (Vec<Member>, bool) {
    let doc = Doc::parse(line);
    let Some(root) = doc.root() else {
        return (Vec::new(), false);
    };
    if root.is_array() {
        return (root.items().map(member).collect(), true);
    }
    let members = root.is_object().then(|| member(root));
    (members.into_iter().collect(), false)
}

fn member(value: Value<'_>) -> Member {
    Member {
        range: value.range(),
        what: what(value),
    }
}

fn what(message: Value<'_>) -> What {
    let id = message.get("id").map(spelled);
    let params = message.get("params");
    // Readers differ in which of two members of one name they take, and whether case matters: whoever takes it for a call
    // shall find it held.
    let called = |value: &Value<'_>| {
        let name = value
            .key()
            .is_some_and(|key| key.as_raw().bytes().eq_ignore_ascii_case(b"method"));
        name && value
            .text()
            .is_some_and(|text| text.as_raw() == method::TOOLS_CALL)
    };
    if message.items().any(|value| called(&value)) {
        let tool = params.and_then(|params| params.str("name"));
        let tool = tool.map_or(Box::default(), |tool| tool.as_raw().bytes().into());
        return What::Call { id, tool };
    }
    let Some(method) = message.str("method") else {
        return match id {
            Some(id) if message.get("result").is_some() => What::Answer { id, result: true },
            Some(id) if message.get("error").is_some() => What::Answer { id, result: false },
            _ => What::Other,
        };
    };
    let method = method.as_raw();
    let listing = [
        method::TOOLS_LIST,
        method::PROMPTS_LIST,
        method::RESOURCES_LIST,
        method::TEMPLATES_LIST,
    ];
    match id {
        Some(id) if listing.iter().any(|listing| method == *listing) => What::List { id },
        None if method == method::CANCELLED => {
            let id = params.and_then(|params| params.get("requestId"));
            id.map_or(What::Other, |id| What::Cancel { id: spelled(id) })
        }
        _ => What::Other,
    }
}

/// Numbers as they are spelled, strings by what they say, with a quote before them so that they are no numbers.
fn spelled(id: Value<'_>) -> Id {
    match id.text() {
        Some(text) => [b"\"", text.as_raw().bytes()].concat().into(),
        None => id.raw().bytes().into(),
    }
}

/// An id as the most lenient of clients compares them: `1`, `1.0` and `"1"` are one.
pub fn lenient(id: &Id) -> Id {
    let text = id.strip_prefix(b"\"").unwrap_or(id);
    let number: Option<f64> = text
        .is_ascii()
        .then(|| text.escape_ascii().to_string().trim().parse().ok())
        .flatten();
    match number.filter(|number| number.is_finite()) {
        Some(number) => number.to_string().into_bytes().into(),
        None => id.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whats(line: &str) -> Vec<What> {
        members(line.as_bytes())
            .0
            .into_iter()
            .map(|member| member.what)
            .collect()
    }

    fn id(text: &str) -> Id {
        text.as_bytes().into()
    }

    #[test]
    fn ids_are_compared_as_lenient_clients_do() {
        assert!(
            [id("1.0"), id("\"1"), id("1e0")]
                .iter()
                .all(|one| lenient(one) == id("1"))
        );
        assert_ne!(lenient(&id("\"a")), lenient(&id("\"b")));
        assert_eq!(lenient(&id("\"a")), id("\"a"));
    }

    #[test]
    fn messages_are_known_by_what_they_are() {
        let call = r#"{"id":"a","method":"tools\/call","params":{"name":"x\u0079"}}"#;
        assert_eq!(
            whats(call),
            [What::Call {
                id: Some(id("\"a")),
                tool: b"xy"[..].into()
            }]
        );
        assert_eq!(
            whats(
                r#"[{"id":1,"method":"tools/list"},{"method":"notifications/cancelled","params":{"requestId":1}},{"id":1,"result":{}}]"#
            ),
            [
                What::List { id: id("1") },
                What::Cancel { id: id("1") },
                What::Answer {
                    id: id("1"),
                    result: true
                }
            ]
        );
        assert_eq!(whats(r#"{"id":1,"method":"ping"}"#), [What::Other]);
        for doubtful in [
            r#"{"method":"tools/call","id":1,"method":"ping"}"#,
            r#"{"METHOD":"tools/call","id":1,"method":"ping"}"#,
            r#"{"method":"tools/call","id":1} and more"#,
        ] {
            assert!(
                matches!(whats(doubtful)[0], What::Call { .. }),
                "{doubtful}"
            );
        }
        assert!(whats("no message").is_empty() && whats("").is_empty() && whats("7").is_empty());
    }
}
