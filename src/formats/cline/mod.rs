//! The tasks of Cline, and of Roo Code, which began as a copy of it: what the model was sent, and what the person saw.

#[cfg(test)]
mod tests;
mod ui;

pub use ui::UI;

use super::messages;
use super::{Class, Format, Reading};
use crate::wire::json::Doc;
use memchr::memmem;

/// `api_conversation_history.json`.
pub static FORMAT: Format = Format {
    id: "cline",
    title: "Cline task (api_conversation_history.json)",
    class: Class::CallsOnly,
    signs: "an array of messages with `role` and `content`, in which Cline's words stand",
    score: |head| score(head, &CLINE, 90),
    reading: Reading::Document(|text, known, out| messages::tell("Cline", text, known, out)),
};

/// The same file of Roo Code.
pub static ROO: Format = Format {
    id: "roo",
    title: "Roo Code task (api_conversation_history.json)",
    class: Class::CallsOnly,
    signs: "an array of messages with `role` and `content`, in which Roo Code's words stand",
    score: |head| score(head, &ROO_CODE, 92),
    reading: Reading::Document(|text, known, out| messages::tell("Roo Code", text, known, out)),
};

/// What Cline writes into messages, or tells the model to write.
const CLINE: [&[u8]; 5] = [
    b"<environment_details>",
    b"[use_mcp_tool for '",
    b"<use_mcp_tool>",
    b"\"use_mcp_tool\"",
    b"0mcp0",
];
/// What only Roo Code writes.
const ROO_CODE: [&[u8]; 2] = [b"\"mcp--", b"<slug>"];

/// How sure a file that has any of these words is one of the two.
fn score(head: &[u8], words: &[&[u8]], score: u8) -> u8 {
    // The words first: they are found faster than JSON is read.
    let has = |words: &[&[u8]]| words.iter().any(|word| memmem::find(head, word).is_some());
    if !has(words) {
        return 0;
    }
    let doc = Doc::parse(head);
    if !doc.root().is_some_and(messages::is_conversation) {
        return 0;
    }
    // Roo Code writes most of Cline's words, too.
    if words != ROO_CODE && has(&ROO_CODE) {
        return score / 2;
    }
    score
}
