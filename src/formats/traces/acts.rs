//! What spans say that happened, put in the order of its times.

use crate::formats::calls::{Answer, Calls, Tool};
use crate::formats::naming::CLAUDE_CODE;
use crate::formats::{Entry, Known, Origin, Out};
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use crate::wire::json::{Doc, Value};
use std::collections::HashSet;

/// One thing that happened.
pub struct Act {
    /// In microseconds since the epoch; where it is not known, it stands behind what is told before it.
    pub micros: Option<i64>,
    pub origin: Origin,
    /// What tells sessions apart.
    pub conn: Vec<u8>,
    pub what: What,
}

pub enum What {
    /// A message that is put together from what the span tells.
    Message {
        label: Vec<u8>,
        dir: Direction,
        message: Vec<u8>,
        truncated: bool,
    },
    /// A call of a tool under the name that the client has for it.
    Call {
        id: Vec<u8>,
        name: Vec<u8>,
        arguments: Option<Vec<u8>>,
    },
    /// What came back: text, or JSON.
    Answer {
        id: Vec<u8>,
        said: Vec<u8>,
        failed: bool,
    },
    /// A tool that the model was offered: the name that the client has for it, and its definition.
    Tool { name: Vec<u8>, definition: Vec<u8> },
}

/// Everything that a trace tells.
#[derive(Default)]
pub struct Acts {
    acts: Vec<(i64, Act)>,
    last: i64,
}

impl Acts {
    pub fn add(&mut self, act: Act) {
        self.last = act.micros.unwrap_or(self.last);
        self.acts.push((self.last, act));
    }

    /// Tells everything; calls and tools as those of a client that is called so.
    pub fn tell(mut self, client: &'static str, known: &Known, out: &mut Out<'_>) {
        self.acts.sort_by_key(|(key, _)| *key);
        let mut calls = Calls::new(client);
        let mut offered: HashSet<(Vec<u8>, Vec<u8>)> = HashSet::new();
        for (_, act) in self.acts {
            let at = Entry {
                conn: &act.conn,
                micros: act.micros,
                ..Entry::at(act.origin)
            };
            match act.what {
                What::Message {
                    label,
                    dir,
                    message,
                    truncated,
                } => {
                    let entry = Entry {
                        label: &label,
                        truncated,
                        ..at
                    };
                    out.message(&entry, Some(dir), &message);
                }
                What::Call {
                    id,
                    name,
                    arguments,
                } => {
                    let split = CLAUDE_CODE.split(&name, known);
                    let tool = match &split {
                        Some(split) => Tool {
                            server: Some(&split.server),
                            name: &split.tool,
                            client_name: &name,
                        },
                        None => Tool {
                            server: None,
                            name: &name,
                            client_name: b"",
                        },
                    };
                    if arguments.is_none() {
                        out.note(NO_ARGUMENTS);
                    }
                    calls.call(&at, &id, &tool, arguments.as_deref(), out);
                }
                What::Answer { id, said, failed } => {
                    let answer = answer(&said, failed);
                    calls.answer(&at, &id, &answer, out);
                }
                What::Tool { name, definition } => {
                    // Every request to a model offers all tools again.
                    if !offered.insert((name.clone(), definition.clone())) {
                        continue;
                    }
                    let split = CLAUDE_CODE.split(&name, known);
                    let server = split.map_or(client.as_bytes().to_vec(), |split| split.server);
                    let all = [b"[", &definition[..], b"]"].concat();
                    calls.definitions(&at, &server, &all, out);
                }
            }
        }
    }
}

/// That arguments are missing does not mean that there were none.
pub const NO_ARGUMENTS: &str = "The trace has calls without their arguments: they were not recorded, which does not mean that there were none.";
/// The same of results.
pub const NO_RESULTS: &str = "The trace has calls without their results: they were not recorded. An empty result stands for each that succeeded.";

/// A result of the protocol where it is one, and text otherwise.
fn answer(said: &[u8], failed: bool) -> Answer<'_> {
    let doc = Doc::parse(said);
    let is_result = |root: Value<'_>| root.get("content").is_some_and(Value::is_array);
    if doc.is_whole() && doc.root().is_some_and(is_result) && !failed {
        return Answer::Result(said);
    }
    Answer::Text { text: said, failed }
}

/// A definition as the protocol has it, from the schemas that models are given, with the name; `None` for what is none.
pub fn definition(value: Value<'_>) -> Option<(Vec<u8>, Vec<u8>)> {
    let tool = match value.get("function").or_else(|| value.get("toolSpec")) {
        Some(inner) if inner.is_object() => inner,
        _ => value,
    };
    let name = tool.str("name")?.into_bytes().into_owned();
    let bare = CLAUDE_CODE.split(&name, &Known::default());
    let mut text = String::from("{\"name\":");
    let shown = bare.as_ref().map_or(&name[..], |split| &split.tool);
    json_string(Raw::new(shown), &mut text);
    let mut made = text.into_bytes();
    if let Some(description) = tool.get("description") {
        made.extend_from_slice(b",\"description\":");
        made.extend_from_slice(description.raw().bytes());
    }
    let schema = ["inputSchema", "input_schema", "parameters", "json_schema"]
        .iter()
        .find_map(|key| tool.get(key));
    if let Some(schema) = schema.filter(|schema| schema.is_object()) {
        made.extend_from_slice(b",\"inputSchema\":");
        made.extend_from_slice(schema.raw().bytes());
    }
    made.push(b'}');
    Some((name, made))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn definitions_come_in_the_shapes_of_models() {
        for (shape, made) in [
            (
                r#"{"type":"function","function":{"name":"a","description":"b\u200b","parameters":{"type":"object"}}}"#,
                r#"{"name":"a","description":"b\u200b","inputSchema":{"type":"object"}}"#,
            ),
            (
                r#"{"name":"mcp__x__a","input_schema":{}}"#,
                r#"{"name":"a","inputSchema":{}}"#,
            ),
            (r#"{"name":"a","parameters":7}"#, r#"{"name":"a"}"#),
        ] {
            let doc = Doc::parse(shape.as_bytes());
            let (_, definition) = definition(doc.root().unwrap()).unwrap();
            assert_eq!(definition, made.as_bytes());
        }
        assert!(definition(Doc::parse(b"[]").root().unwrap()).is_none());
    }
}
