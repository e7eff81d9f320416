//! What goes to the model and comes from it: messages, calls as it makes them, and what it is given back.

use super::waiting::Name;
use super::{At, Session, arguments, call_id, entry, text};
use crate::formats::calls::Answer;
use crate::formats::{Out, pieces};
use crate::wire::json::{Doc, Value};

impl Session {
    pub fn item(&mut self, item: Value<'_>, at: At, out: &mut Out<'_>) {
        let kind = text(item, "type");
        let id = call_id(item);
        match (kind.as_slice(), id) {
            (b"message", _) => self.message(item, at, out),
            (b"function_call", Some(id)) => {
                let name = Name {
                    namespace: text(item, "namespace"),
                    name: text(item, "name"),
                };
                if name.name.is_empty() {
                    return out.skip();
                }
                self.call(at, id, name, arguments(item, "arguments"), out);
            }
            (b"custom_tool_call", Some(id)) => {
                let name = text(item, "name");
                self.own(at, &id, &name, item, &["input"], out);
            }
            (b"tool_search_call", Some(id)) => {
                let name = Name {
                    namespace: Vec::new(),
                    name: b"tool_search".to_vec(),
                };
                self.call(at, id, name, arguments(item, "arguments"), out);
            }
            (b"local_shell_call", Some(id)) => {
                self.acted(at, id, b"local_shell", item, out);
            }
            (b"web_search_call", id) => {
                let id = id.unwrap_or_else(|| {
                    [&self.conn, format!(" line {}", at.origin.line).as_bytes()].concat()
                });
                self.acted(at, id, b"web_search", item, out);
            }
            (b"function_call_output" | b"custom_tool_call_output", Some(id)) => {
                self.output(&id, item, at, out);
            }
            (b"tool_search_output", id) => self.found(id.as_deref(), item, at, out),
            _ => out.skip(),
        }
    }

    /// A call whose arguments are an action.
    fn acted(&mut self, at: At, id: Vec<u8>, name: &[u8], item: Value<'_>, out: &mut Out<'_>) {
        let name = Name {
            namespace: Vec::new(),
            name: name.to_vec(),
        };
        self.call(at, id, name, arguments(item, "action"), out);
    }

    fn message(&mut self, item: Value<'_>, at: At, out: &mut Out<'_>) {
        let role = text(item, "role");
        let who = match role.as_slice() {
            b"user" => "user",
            b"assistant" => "assistant",
            // What the client tells the model.
            _ => return out.skip(),
        };
        let Some(content) = item.get("content") else {
            return out.skip();
        };
        if let Some(said) = content.text() {
            return self.said(at, who, said.as_raw().bytes(), out);
        }
        for part in content.items() {
            match part.str("text") {
                Some(said) if !is_context(who, said.as_raw().bytes()) => {
                    self.said(at, who, said.as_raw().bytes(), out);
                }
                _ => out.skip(),
            }
        }
    }

    /// What the model is given back. The protocol's own result, where there is one, was told before.
    fn output(&mut self, id: &[u8], item: Value<'_>, at: At, out: &mut Out<'_>) {
        self.settle(at, None, out);
        let conn = self.conn.clone();
        let entry = entry(at, &conn);
        let Some(output) = item.get("output") else {
            return out.skip();
        };
        let content = output.get("content").unwrap_or(output);
        let parts = output.get("content_items").filter(|parts| parts.is_array());
        let success = output.get("success").and_then(Value::as_bool);
        let parts = parts.unwrap_or(content);
        if parts.is_array() {
            let blocks: Vec<Vec<u8>> = parts.items().map(block).collect();
            let answer = Answer::Content {
                blocks: &pieces::array(&blocks),
                failed: success == Some(false),
                structured: None,
                meta: None,
            };
            return self.calls.answer(&entry, id, &answer, out);
        }
        let text = pieces::words(content);
        let answer = Answer::Text {
            text: &text,
            failed: success == Some(false) || has_failed(&text),
        };
        self.calls.answer(&entry, id, &answer, out);
    }

    /// Tools that a search found: some of their servers' definitions.
    fn found(&mut self, id: Option<&[u8]>, item: Value<'_>, at: At, out: &mut Out<'_>) {
        self.settle(at, None, out);
        let conn = self.conn.clone();
        let entry = entry(at, &conn);
        if let Some(id) = id {
            let answer = Answer::Content {
                blocks: b"[]",
                failed: false,
                structured: None,
                meta: None,
            };
            self.calls.answer(&entry, id, &answer, out);
        }
        for tool in item.get("tools").into_iter().flat_map(Value::items) {
            let name = text(tool, "name");
            let (server, tools) = if let Some(inner) = tool.get("tools") {
                let tools: Vec<_> = inner
                    .items()
                    .filter_map(|tool| definition(tool, &text(tool, "name")))
                    .collect();
                (self.server_of(&name), tools)
            } else if name.starts_with(b"mcp__") {
                let split = crate::formats::naming::CLAUDE_CODE.split(&name, &self.known);
                let Some(split) = split else { continue };
                let tools = definition(tool, &split.tool).into_iter().collect();
                (self.server_of(&split.server), tools)
            } else {
                continue;
            };
            if !server.is_empty() && !tools.is_empty() {
                self.calls
                    .definitions(&entry, &server, &pieces::array(&tools), out);
            }
        }
    }
}

/// A definition as the protocol has it.
fn definition(tool: Value<'_>, name: &[u8]) -> Option<Vec<u8>> {
    if name.is_empty() || !tool.is_object() {
        return None;
    }
    let mut json = [b"{\"name\":", &pieces::string(name)[..]].concat();
    for (from, to) in [
        ("title", "title"),
        ("description", "description"),
        ("parameters", "inputSchema"),
        ("output_schema", "outputSchema"),
        ("annotations", "annotations"),
    ] {
        if let Some(value) = tool.get(from).map(|value| value.raw().bytes())
            && value != b"null"
        {
            json.extend_from_slice(format!(",\"{to}\":").as_bytes());
            json.extend_from_slice(value);
        }
    }
    json.push(b'}');
    Some(json)
}

/// A part of an output as a content block of the protocol.
fn block(part: Value<'_>) -> Vec<u8> {
    let kind = text(part, "type");
    let member = |key| Some(part.get(key)?.raw().bytes());
    match (kind.as_slice(), member("text"), member("image_url")) {
        (b"input_text" | b"output_text", Some(text), _) => {
            [b"{\"type\":\"text\",\"text\":", text, b"}"].concat()
        }
        (b"input_image", _, Some(url)) => {
            picture(url).unwrap_or_else(|| part.raw().bytes().to_vec())
        }
        _ => part.raw().bytes().to_vec(),
    }
}

/// An image in a `data:` address, which has nothing to be escaped.
fn picture(url: &[u8]) -> Option<Vec<u8>> {
    let inside = url.strip_prefix(b"\"data:")?.strip_suffix(b"\"")?;
    let at = memchr::memmem::find(inside, b";base64,")?;
    let (kind, data) = (&inside[..at], &inside[at + b";base64,".len()..]);
    Some(
        [
            b"{\"type\":\"image\",\"data\":\"",
            data,
            b"\",\"mimeType\":\"",
            kind,
            b"\"}",
        ]
        .concat(),
    )
}

/// Whether the client put a text before what the person wrote.
fn is_context(who: &str, text: &[u8]) -> bool {
    const BEGIN: [&[u8]; 5] = [
        b"<environment_context>",
        b"<user_instructions>",
        b"<permissions instructions>",
        b"<turn_aborted>",
        b"# AGENTS.md instructions for ",
    ];
    who == "user" && BEGIN.iter().any(|begin| text.starts_with(begin))
}

/// Whether a command's output says that it failed: in its first lines, or in what is beside it.
fn has_failed(text: &[u8]) -> bool {
    let head = &text[..text.len().min(400)];
    for words in [&b"Exit code: "[..], b"Process exited with code "] {
        if let Some(at) = memchr::memmem::find(head, words) {
            let code = &head[at + words.len()..];
            let code = code.split(|b| *b == b'\n').next().unwrap_or_default();
            return code.trim_ascii() != b"0";
        }
    }
    if !text.starts_with(b"{") {
        return false;
    }
    let doc = Doc::parse(text);
    let code = doc
        .root()
        .and_then(|root| root.at(&["metadata", "exit_code"]));
    code.and_then(Value::as_i64).is_some_and(|code| code != 0)
}
