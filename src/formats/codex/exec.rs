//! The items of a thread, as `codex exec --json` prints them today.

use super::{At, Session, arguments, entry, text};
use crate::formats::calls::{Answer, Tool};
use crate::formats::{Entry, Out, pieces};
use crate::wire::json::Value;

impl Session {
    /// An item that began, went on or ended.
    pub fn thread_item(&mut self, item: Value<'_>, ended: bool, at: At, out: &mut Out<'_>) {
        let kind = match text(item, "type") {
            kind if kind.is_empty() => text(item, "item_type"),
            kind => kind,
        };
        let (server, name) = (text(item, "server"), text(item, "tool"));
        let (tool, given) = match kind.as_slice() {
            b"mcp_tool_call" if !server.is_empty() && !name.is_empty() => {
                (name.as_slice(), arguments(item, "arguments"))
            }
            b"command_execution" => (&b"shell"[..], members(item, &["command"])),
            b"file_change" => (&b"apply_patch"[..], members(item, &["changes"])),
            b"web_search" => (&b"web_search"[..], members(item, &["query", "action"])),
            b"agent_message" | b"assistant_message" if ended => {
                return self.said(at, "assistant", &text(item, "text"), out);
            }
            b"error" if ended => return self.failed(item, at, out),
            _ => return out.skip(),
        };
        let (id, once) = self.item_id(item, &[&kind, &server, &name], ended);
        let conn = self.conn.clone();
        let of = |what: &[u8]| [what, b" ", &once].concat();
        let tool = Tool {
            server: Some(&server[..]).filter(|server| !server.is_empty()),
            name: tool,
            client_name: b"",
        };
        let entry = entry(at, &conn);
        let begun = Entry {
            once: &of(b"call"),
            ..entry
        };
        self.calls.call(&begun, &id, &tool, given.as_deref(), out);
        if ended {
            let done = Entry {
                once: &of(b"answer"),
                ..entry
            };
            self.ended(&done, &id, &kind, item, out);
        }
    }

    /// The items of a thread are counted, so their numbers mean something in their thread only.
    fn item_id(&mut self, item: Value<'_>, words: &[&[u8]], ended: bool) -> (Vec<u8>, Vec<u8>) {
        let mut id = text(item, "id");
        if id.is_empty() {
            let words = words.join(&b" "[..]);
            let count = self.ended.entry(words.clone()).or_default();
            id = [&words, format!(" {count}").as_bytes()].concat();
            *count += u32::from(ended);
        }
        if !self.conn.is_empty() {
            id = [&self.conn, &b"/"[..], &id].concat();
            return (id.clone(), id);
        }
        let once = pieces::scope(item.raw().bytes());
        (id, once.into_bytes())
    }

    fn ended(
        &mut self,
        at: &Entry<'_>,
        id: &[u8],
        kind: &[u8],
        item: Value<'_>,
        out: &mut Out<'_>,
    ) {
        let failed = text(item, "status") == b"failed";
        let result = item.get("result").filter(|result| result.is_object());
        let error = item
            .get("error")
            .filter(|error| error.raw().bytes() != b"null");
        if let Some(error) = error {
            let why = pieces::words(error);
            return self.calls.answer(at, id, &Answer::Error(&why), out);
        }
        let output;
        let answer = match result {
            Some(result) => {
                let member = |keys: [&str; 2]| {
                    let value = keys.iter().find_map(|key| result.get(key))?;
                    Some(value.raw().bytes()).filter(|raw| *raw != b"null")
                };
                let content = result.get("content").filter(|content| content.is_array());
                Answer::Content {
                    blocks: content.map_or(b"[]", |content| content.raw().bytes()),
                    failed: failed || member(["isError", "is_error"]) == Some(b"true"),
                    structured: member(["structured_content", "structuredContent"]),
                    meta: member(["_meta", "meta"]),
                }
            }
            None => {
                output = match kind {
                    b"command_execution" => text(item, "aggregated_output"),
                    _ => text(item, "status"),
                };
                let code = item.get("exit_code").and_then(Value::as_i64);
                Answer::Text {
                    text: &output,
                    failed: failed || code.is_some_and(|code| code != 0),
                }
            }
        };
        self.calls.answer(at, id, &answer, out);
    }
}

/// An object of some members, as they are spelled; nothing where there are none.
fn members(item: Value<'_>, keys: &[&str]) -> Option<Vec<u8>> {
    let members: Vec<Vec<u8>> = keys
        .iter()
        .filter_map(|key| {
            let value = item.get(key)?.raw().bytes();
            Some([b"\"", key.as_bytes(), b"\":", value].concat())
        })
        .collect();
    (!members.is_empty()).then(|| [b"{", &members.join(&b","[..])[..], b"}"].concat())
}
