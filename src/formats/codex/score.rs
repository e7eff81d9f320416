//! What Codex's files are recognised by.

use crate::formats::detect::vote;
use crate::wire::json::{Doc, Value};

pub fn rollout(head: &[u8]) -> u8 {
    vote(head, |doc| {
        let Some(root) = doc.root() else { return 0 };
        let has = |key| root.get(key).is_some();
        let kind = word(root, "type");
        match kind.as_slice() {
            b"session_meta" | b"response_item" | b"event_msg" | b"turn_context" | b"compacted"
                if has("payload") =>
            {
                98
            }
            _ if has("payload") && has("timestamp") && has("type") => 80,
            // Before there were envelopes.
            b"function_call" if has("call_id") && has("arguments") => 92,
            b"function_call_output" if has("call_id") => 92,
            b"local_shell_call" if has("action") => 92,
            b"reasoning" if has("summary") => 85,
            b"message" if has("role") && is_response(root) => 85,
            b"" if has("id") && has("timestamp") && (has("instructions") || has("git")) => 90,
            b"" if word(root, "record_type") == b"state" => 92,
            _ => 0,
        }
    })
}

/// Whether the content is of the parts that only this interface has.
fn is_response(root: Value<'_>) -> bool {
    let parts = root.get("content").into_iter().flat_map(Value::items);
    parts.take(4).any(|part| {
        matches!(
            word(part, "type").as_slice(),
            b"input_text" | b"output_text"
        )
    })
}

pub fn exec(head: &[u8]) -> u8 {
    vote(head, exec_line)
}

fn exec_line(doc: &Doc<'_>) -> u8 {
    let Some(root) = doc.root() else { return 0 };
    let has = |key| root.get(key).is_some();
    let kind = word(root, "type");
    let message = root.get("msg").is_some_and(|msg| msg.get("type").is_some());
    match kind.as_slice() {
        b"" if has("id") && message => 96,
        b"thread.started" if has("thread_id") => 98,
        b"item.started" | b"item.updated" | b"item.completed" if has("item") => 97,
        b"turn.started" | b"turn.completed" | b"turn.failed" => 90,
        // How the run was set up, and what it was asked.
        b"" if has("sandbox") && has("workdir") => 80,
        b"" if root.items().count() == 1 && has("prompt") => 60,
        _ => 0,
    }
}

fn word(value: Value<'_>, key: &str) -> Vec<u8> {
    super::text(value, key)
}
