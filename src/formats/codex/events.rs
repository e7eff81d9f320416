//! What the client notes of a turn: calls as the protocol had them, commands, what was said.

use super::{At, Session, call_id, entry, text};
use crate::formats::calls::{Answer, By, Tool};
use crate::formats::told::Fact;
use crate::formats::{Out, pieces};
use crate::wire::json::Value;

impl Session {
    /// An event. `alone` says that there are no items beside the events: then what was said stands here.
    pub fn event(&mut self, event: Value<'_>, at: At, alone: bool, out: &mut Out<'_>) {
        let kind = text(event, "type");
        let id = call_id(event);
        match (kind.as_slice(), id) {
            (b"session_configured", _) => {
                self.name(event.get("session_id"));
                out.skip();
            }
            (b"mcp_tool_call_begin", Some(id)) => {
                self.invoked(&id, event, at, out);
            }
            (b"mcp_tool_call_end", Some(id)) => self.returned(&id, event, at, out),
            (b"exec_command_begin", Some(id)) if alone => {
                self.own(at, &id, b"shell", event, &["command", "cwd"], out);
            }
            (b"patch_apply_begin", Some(id)) if alone => {
                self.own(at, &id, b"apply_patch", event, &["changes"], out);
            }
            (b"exec_command_end" | b"patch_apply_end", Some(id)) if alone => {
                self.finished(&id, event, at, out);
            }
            (b"user_message", _) if alone => {
                self.said(at, "user", &text(event, "message"), out);
            }
            (b"agent_message", _) if alone => {
                self.said(at, "assistant", &text(event, "message"), out);
            }
            (b"error", _) => self.failed(event, at, out),
            _ => out.skip(),
        }
    }

    /// Something went wrong that is no call's.
    pub fn failed(&mut self, event: Value<'_>, at: At, out: &mut Out<'_>) {
        self.settle(at, None, out);
        let why = event.get("error").unwrap_or(event);
        let why = pieces::words(why);
        out.event(
            &entry(at, &self.conn),
            "failed",
            &[("text", Fact::Text(&why))],
        );
    }

    /// A call as the protocol had it.
    fn invoked(&mut self, id: &[u8], event: Value<'_>, at: At, out: &mut Out<'_>) {
        // The first ones had the members of the invocation themselves.
        let invocation = event.get("invocation").unwrap_or(event);
        self.settle(at, Some((id, invocation)), out);
        let (server, name) = (text(invocation, "server"), text(invocation, "tool"));
        let arguments = super::arguments(invocation, "arguments");
        let said = [&server[..], &name, arguments.as_deref().unwrap_or_default()];
        let words = self.calls.words(By::Protocol, id, &said);
        if self.calls.knows(id, words, out) {
            return;
        }
        if server.is_empty() || name.is_empty() {
            return out.skip();
        }
        let tool = Tool {
            server: Some(&server),
            name: &name,
            client_name: b"",
        };
        let conn = self.conn.clone();
        let entry = entry(at, &conn);
        self.calls
            .call_in(words, &entry, id, &tool, arguments.as_deref(), out);
    }

    /// What came back of it. Where only this was recorded, the call began as long before as it took.
    fn returned(&mut self, id: &[u8], event: Value<'_>, at: At, out: &mut Out<'_>) {
        let took = duration(event).unwrap_or(0);
        let began = At {
            micros: at.micros.map(|micros| micros.saturating_sub(took)),
            ..at
        };
        self.invoked(id, event, began, out);
        let Some(result) = event.get("result") else {
            return;
        };
        let why;
        let answer = match (result.get("Ok"), result.get("Err")) {
            (Some(result), _) if result.is_object() => Answer::Result(result.raw().bytes()),
            (_, Some(error)) => {
                why = pieces::words(error);
                Answer::Error(&why)
            }
            _ if result.get("content").is_some() => Answer::Result(result.raw().bytes()),
            _ => {
                why = pieces::words(result);
                Answer::Text {
                    text: &why,
                    failed: false,
                }
            }
        };
        let conn = self.conn.clone();
        self.calls.answer(&entry(at, &conn), id, &answer, out);
    }

    /// A tool of Codex's own, with these members as arguments.
    pub fn own(
        &mut self,
        at: At,
        id: &[u8],
        name: &[u8],
        from: Value<'_>,
        keys: &[&str],
        out: &mut Out<'_>,
    ) {
        self.settle(at, None, out);
        let tool = Tool {
            server: None,
            name,
            client_name: b"",
        };
        let members: Vec<Vec<u8>> = keys
            .iter()
            .filter_map(|key| {
                let value = from.get(key)?.raw().bytes();
                Some([b"\"", key.as_bytes(), b"\":", value].concat())
            })
            .collect();
        let arguments = [b"{", &members.join(&b","[..])[..], b"}"].concat();
        let conn = self.conn.clone();
        let entry = entry(at, &conn);
        self.calls.call(&entry, id, &tool, Some(&arguments), out);
    }

    /// The end of a command or a patch.
    fn finished(&mut self, id: &[u8], event: Value<'_>, at: At, out: &mut Out<'_>) {
        let both = ["aggregated_output", "formatted_output"]
            .into_iter()
            .map(|key| text(event, key))
            .find(|text| !text.is_empty())
            .unwrap_or_else(|| [text(event, "stdout"), text(event, "stderr")].concat());
        let code = event.get("exit_code").and_then(Value::as_i64);
        let success = event.get("success").and_then(Value::as_bool);
        let answer = Answer::Text {
            text: &both,
            failed: code.is_some_and(|code| code != 0) || success == Some(false),
        };
        self.settle(at, None, out);
        let conn = self.conn.clone();
        self.calls.answer(&entry(at, &conn), id, &answer, out);
    }
}

/// How long a call took, in microseconds.
fn duration(event: Value<'_>) -> Option<i64> {
    if let Some(ms) = event.get("duration_ms").and_then(Value::as_i64) {
        return ms.checked_mul(1000).filter(|micros| *micros >= 0);
    }
    let part = |key| event.at(&["duration", key]).and_then(Value::as_i64);
    let secs = part("secs")?.checked_mul(1_000_000)?;
    let nanos = part("nanos").unwrap_or(0) / 1000;
    secs.checked_add(nanos).filter(|micros| *micros >= 0)
}
