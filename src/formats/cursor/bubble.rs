//! A message of a conversation: words, and a call of a tool with how it went.

use crate::formats::calls::{Answer, Calls, Tool};
use crate::formats::naming::{CLAUDE_CODE, GEMINI, Naming, normalised};
use crate::formats::told::{Entry, Out};
use crate::formats::{Known, pieces};
use crate::wire::json::{Doc, Value};
use std::collections::{HashMap, HashSet};

/// The label of what is Cursor's own.
const CLIENT: &str = "Cursor";

/// `mcp-server-tool`, as some versions write it.
const DASHED: Naming = Naming {
    prefix: "mcp-",
    separator: "-",
};

/// A tool of a server.
struct Named {
    server: Vec<u8>,
    tool: Vec<u8>,
}

/// The messages of any number of conversations.
pub(super) struct Chat {
    conversations: HashMap<Vec<u8>, Calls>,
    known: Known,
    /// Definitions that were told, by their hashes.
    defined: HashSet<String>,
}

impl Chat {
    pub(super) fn new(known: &Known) -> Chat {
        Chat {
            conversations: HashMap::new(),
            known: known.clone(),
            defined: HashSet::new(),
        }
    }

    fn calls(&mut self, conn: &[u8]) -> &mut Calls {
        self.conversations
            .entry(conn.to_vec())
            .or_insert_with(|| Calls::new(CLIENT))
    }

    /// Tells a message of the conversation `at.conn`.
    pub(super) fn bubble(&mut self, at: &Entry<'_>, bubble: Value<'_>, out: &mut Out<'_>) {
        let at = Entry {
            micros: pieces::time_at(bubble, &["createdAt", "timestamp"]),
            ..*at
        };
        let text = bubble.str("text");
        let text = text.as_ref().map_or(&b""[..], |text| text.as_raw().bytes());
        let who = match bubble.get("type").and_then(Value::as_i64) {
            Some(1) => "user",
            _ => "assistant",
        };
        self.calls(at.conn).said(&at, who, text, out);
        match bubble.get("toolFormerData").filter(|tool| tool.is_object()) {
            Some(tool) => {
                let fallback = bubble.str("bubbleId");
                let fallback = fallback.as_ref().map_or(&b""[..], |id| id.as_raw().bytes());
                self.tool(&at, fallback, tool, out);
            }
            None if text.is_empty() => out.skip(),
            None => {}
        }
    }

    fn tool(&mut self, at: &Entry<'_>, fallback: &[u8], tool: Value<'_>, out: &mut Out<'_>) {
        let (id, name) = (tool.str("toolCallId"), tool.str("name"));
        let id = id.as_ref().map_or(fallback, |id| id.as_raw().bytes());
        let Some(name) = name.filter(|_| !id.is_empty()) else {
            return out.skip();
        };
        let name = name.as_raw().bytes();
        let params = tool.get("params").and_then(pieces::arguments);
        let params = params.unwrap_or_default();
        let params = Doc::parse(&params);
        let raw = tool.get("rawArgs").and_then(pieces::arguments);
        // Arguments as the model wrote them; where there are none, what Cursor made of them.
        let mut arguments = raw.or_else(|| {
            let root = params.root().filter(|root| root.is_object())?;
            root.get("tools")
                .is_none()
                .then(|| root.raw().bytes().to_vec())
        });
        let named = self
            .listed(at, name, params.root(), out)
            .or_else(|| generic(name, &mut arguments))
            .or_else(|| self.split(name));
        if let Some(named) = &named {
            self.known.server(&named.server);
        }
        let asked = match &named {
            Some(named) => Tool {
                server: Some(&named.server),
                name: &named.tool,
                client_name: if named.tool == name { b"" } else { name },
            },
            None => Tool {
                server: None,
                name,
                client_name: b"",
            },
        };
        let calls = self.calls(at.conn);
        calls.call(at, id, &asked, arguments.as_deref(), out);
        answer(calls, at, id, tool, out);
    }

    /// The tool that is listed beside the call, with its definition.
    fn listed(
        &mut self,
        at: &Entry<'_>,
        name: &[u8],
        params: Option<Value<'_>>,
        out: &mut Out<'_>,
    ) -> Option<Named> {
        let listed = params?.get("tools")?;
        let mut found = None;
        for tool in listed.items() {
            let (Some(server), Some(own)) = (tool.str("serverName"), tool.str("name")) else {
                continue;
            };
            let server = server.as_raw().bytes().to_vec();
            let own = without_server(own.as_raw().bytes(), &server);
            let definition = definition(&own, tool);
            let key = pieces::scope(&[&server[..], b"\n", &definition].concat());
            let is_defined = tool.get("parameters").is_some() || tool.get("description").is_some();
            if is_defined && self.defined.insert(key) {
                let tools = pieces::array(&[definition]);
                self.calls(at.conn).definitions(at, &server, &tools, out);
            }
            let is_it = found.is_none() || name.ends_with(&own);
            if is_it {
                found = Some(Named { server, tool: own });
            }
        }
        found
    }

    fn split(&self, name: &[u8]) -> Option<Named> {
        let split = [CLAUDE_CODE, GEMINI, DASHED]
            .iter()
            .find_map(|naming| naming.split(name, &self.known))?;
        Some(Named {
            server: split.server,
            tool: split.tool,
        })
    }
}

/// A tool for all tools: which one is meant stands in its arguments, and so do that one's.
fn generic(name: &[u8], arguments: &mut Option<Vec<u8>>) -> Option<Named> {
    if !name
        .to_ascii_lowercase()
        .windows(3)
        .any(|part| part == b"mcp")
    {
        return None;
    }
    let text = arguments.clone()?;
    let doc = Doc::parse(&text);
    let root = doc.root()?;
    let part = |keys: &[&str]| keys.iter().find_map(|key| root.str(key));
    let server = part(&["serverName", "serverIdentifier", "server"])?;
    let tool = part(&["toolName", "tool_name"])?;
    let inner = root.get("arguments").or_else(|| root.get("args"));
    *arguments = inner.and_then(pieces::arguments);
    Some(Named {
        server: server.as_raw().bytes().to_vec(),
        tool: tool.as_raw().bytes().to_vec(),
    })
}

/// A tool's own name, without what a client sets before it.
fn without_server(name: &[u8], server: &[u8]) -> Vec<u8> {
    for naming in [CLAUDE_CODE, GEMINI, DASHED] {
        for server in [server, &normalised(server)] {
            let mark = [
                naming.prefix.as_bytes(),
                server,
                naming.separator.as_bytes(),
            ]
            .concat();
            if let Some(own) = name.strip_prefix(&mark[..]).filter(|own| !own.is_empty()) {
                return own.to_vec();
            }
        }
    }
    name.to_vec()
}

/// A definition in the protocol's words.
fn definition(name: &[u8], tool: Value<'_>) -> Vec<u8> {
    let mut text = [&b"{\"name\":"[..], &pieces::string(name)].concat();
    if let Some(description) = tool.get("description") {
        text.extend_from_slice(b",\"description\":");
        text.extend_from_slice(description.raw().bytes());
    }
    if let Some(schema) = tool.get("parameters").and_then(pieces::arguments) {
        text.extend_from_slice(b",\"inputSchema\":");
        text.extend_from_slice(&schema);
    }
    text.push(b'}');
    text
}

/// How a call went, if it is over.
fn answer(calls: &mut Calls, at: &Entry<'_>, id: &[u8], tool: Value<'_>, out: &mut Out<'_>) {
    let status = tool.str("status");
    let status = status.as_ref().map_or(&b""[..], |s| s.as_raw().bytes());
    let over = !matches!(
        status,
        b"" | b"loading" | b"pending" | b"running" | b"streaming"
    );
    if let Some(result) = tool.get("result").filter(|_| over)
        && let Some(text) = text_of(result)
    {
        return given(calls, at, id, &text, status == b"error", out);
    }
    if let Some(error) = tool
        .get("error")
        .filter(|error| error.raw().bytes() != b"null")
    {
        let why = pieces::arguments(error).unwrap_or_default();
        let doc = Doc::parse(&why);
        let said = doc
            .root()
            .and_then(|root| root.get("modelVisibleErrorMessage"))
            .map(pieces::words);
        let why = said.unwrap_or_else(|| pieces::words(error));
        calls.answer(at, id, &Answer::Error(&why), out);
    } else if over && status != b"completed" {
        calls.answer(at, id, &Answer::Error(status), out);
    }
}

/// What a result says, where it says something.
fn text_of(result: Value<'_>) -> Option<Vec<u8>> {
    let text = match result.text() {
        Some(text) => text.as_raw().bytes().to_vec(),
        None => result.raw().bytes().to_vec(),
    };
    (!text.is_empty() && text != b"null").then_some(text)
}

/// Tells a result, which may be wrapped once or twice.
fn given(
    calls: &mut Calls,
    at: &Entry<'_>,
    id: &[u8],
    text: &[u8],
    failed: bool,
    out: &mut Out<'_>,
) {
    const WRAPPED: usize = 3;
    let mut text = text.to_vec();
    for _ in 0..WRAPPED {
        let doc = Doc::parse(&text);
        let Some(root) = doc.root().filter(|root| doc.is_whole() && root.is_object()) else {
            break;
        };
        if root.get("content").is_some_and(Value::is_array) {
            return calls.answer(at, id, &Answer::Result(&text), out);
        }
        let Some(inner) = root.get("result").and_then(text_of) else {
            break;
        };
        text = inner;
    }
    let text = &text[..];
    calls.answer(at, id, &Answer::Text { text, failed }, out);
}
