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
    let Some(method) = message.str("method") else {
        return match id {
            Some(id) if message.get("result").is_some() => What::Answer { id, result: true },
            Some(id) if message.get("error").is_some() => What::Answer { id, result: false },
            _ => What::Other,
        };
    };
    let method = method.as_raw();
    if method == method::TOOLS_CALL {
        let tool = params.and_then(|params| params.str("name"));
        let tool = tool.map_or(Box::default(), |tool| tool.as_raw().bytes().into());
        return What::Call { id, tool };
    }
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
        assert!(whats("no message").is_empty() && whats("").is_empty() && whats("7").is_empty());
    }
}
