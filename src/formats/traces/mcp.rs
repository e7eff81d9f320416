//! Spans by the semantic conventions for MCP: one span a request, with its method, its target and how it ended.

use super::acts::{Act, Acts, NO_ARGUMENTS, NO_RESULTS, What};
use super::span::{Side, Span};
use crate::formats::Out;
use crate::formats::pieces::is_object;
use crate::text::{Raw, json_string};
use crate::wire::id::Direction;
use crate::wire::json::Doc;
use crate::wire::method;
use memchr::memmem;
use std::collections::HashMap;

/// Which spans were told, so that the two ends of one request are one.
#[derive(Default)]
pub struct Told {
    /// Trace and span of an end that was told, or of the span that it says it is under, with the method.
    ends: HashMap<Vec<u8>, Vec<u8>>,
    parents: HashMap<Vec<u8>, Vec<u8>>,
}

/// How many spans may lie between the two ends of a request.
const BETWEEN: usize = 8;

impl Told {
    /// Whether the other end of this request was told already; from now on this one was.
    fn is_second(&mut self, span: &Span<'_>, method: &[u8]) -> bool {
        let own = key(&span.trace, &span.id);
        let above = key(&span.trace, &span.parent);
        let same = |end: Option<&Vec<u8>>| end.is_some_and(|told| told == method);
        let mut second = same(self.ends.get(&own));
        if span.side == Side::Server && !span.parent.is_empty() {
            let mut at = Some(&above);
            for _ in 0..BETWEEN {
                let Some(span) = at else { break };
                second |= same(self.ends.get(span));
                at = self.parents.get(span);
            }
            if !second {
                self.ends.insert(above, method.to_vec());
            }
        }
        self.ends.insert(own, method.to_vec());
        second
    }

    /// Notes what a span is under; of every span, before it is told.
    pub fn see(&mut self, span: &Span<'_>) {
        if !span.parent.is_empty() {
            let parent = key(&span.trace, &span.parent);
            self.parents.insert(key(&span.trace, &span.id), parent);
        }
    }
}

fn key(trace: &[u8], span: &[u8]) -> Vec<u8> {
    [trace, b"/", span].concat()
}

/// Tells a span that is one of MCP. Whether it was.
pub fn tell(span: &Span<'_>, told: &mut Told, acts: &mut Acts, out: &mut Out<'_>) -> bool {
    let Some(name) = span.attributes.text("mcp.method.name") else {
        return false;
    };
    if told.is_second(span, &name) {
        return true;
    }
    let text = |key: &str| span.attributes.text(key).unwrap_or_default();
    let dir = match method::direction(&name) {
        Some(dir) => dir,
        None => Direction::C2s,
    };
    let label = label(span);
    let session = text("mcp.session.id");
    let instance = span
        .resource
        .text("service.instance.id")
        .unwrap_or_default();
    let conn = match &session[..] {
        b"" => [&instance[..], b" ", &label].concat().trim_ascii().to_vec(),
        session => session.to_vec(),
    };
    let act = |micros, dir, message, truncated| Act {
        micros,
        origin: span.origin,
        conn: conn.clone(),
        what: What::Message {
            label: label.clone(),
            dir,
            message,
            truncated,
        },
    };
    let is_call = &*name == method::TOOLS_CALL.as_bytes();
    let arguments = text("gen_ai.tool.call.arguments");
    let has_arguments = is_object(&arguments);
    if is_call && !has_arguments {
        out.note(NO_ARGUMENTS);
    }
    let is_notification = name.starts_with(b"notifications/");
    let id = (!is_notification).then(|| id(&text("jsonrpc.request.id"), &span.id));
    let params = params(span, &name, has_arguments.then_some(&arguments[..]));
    acts.add(act(
        span.start,
        dir,
        message(id.as_deref(), Some((&name, &params))),
        !has_arguments,
    ));
    if let (Some(id), Some(_)) = (id, span.end) {
        let (outcome, known) = outcome(span);
        if !known {
            out.note(NO_RESULTS);
        }
        let mut answer = message(Some(&id), None);
        answer.pop();
        answer.push(b',');
        answer.extend_from_slice(&outcome);
        answer.push(b'}');
        acts.add(act(span.end, dir.opposite(), answer, !known));
    }
    true
}

/// By what a server is known: its name, or where it is.
fn label(span: &Span<'_>) -> Vec<u8> {
    let attribute = |key: &str| span.attributes.text(key).filter(|text| !text.is_empty());
    if let Some(name) = attribute("mcp.server.name").or_else(|| attribute("peer.service")) {
        return name.into_owned();
    }
    if let Some(address) = attribute("server.address") {
        return match attribute("server.port") {
            Some(port) => [&address[..], b":", &port].concat(),
            None => address.into_owned(),
        };
    }
    match span.side {
        Side::Server => span.resource.text("service.name").unwrap_or_default(),
        _ => Default::default(),
    }
    .into_owned()
}

/// An id is recorded as text: `7` was the number, most likely. A span without one has its own name for it.
fn id(recorded: &[u8], span: &[u8]) -> Vec<u8> {
    let is_number = recorded.len() < 16
        && recorded.iter().all(u8::is_ascii_digit)
        && (recorded == b"0" || recorded.first().is_some_and(|first| *first != b'0'));
    if is_number {
        return recorded.to_vec();
    }
    let mut json = String::new();
    let text = if recorded.is_empty() { span } else { recorded };
    json_string(Raw::new(text), &mut json);
    json.into_bytes()
}

/// What a request is about, as far as the span tells.
fn params(span: &Span<'_>, name: &[u8], arguments: Option<&[u8]>) -> Vec<u8> {
    let Some(key) = method::names(name) else {
        return Vec::new();
    };
    let attributes = [
        "gen_ai.tool.name",
        "gen_ai.prompt.name",
        "mcp.resource.uri",
        "mcp.target",
    ];
    let named = attributes
        .iter()
        .find_map(|one| span.attributes.text(one).filter(|text| !text.is_empty()));
    // The name of the span ends in the target, where it has one.
    let target = match named {
        Some(named) => named.into_owned(),
        None => memmem::find(&span.name, name)
            .map(|at| span.name[at + name.len()..].trim_ascii().to_vec())
            .unwrap_or_default(),
    };
    if target.is_empty() && arguments.is_none() {
        return Vec::new();
    }
    let mut params = format!("{{\"{key}\":");
    json_string(Raw::new(&target), &mut params);
    let mut params = params.into_bytes();
    if let Some(arguments) = arguments {
        params.extend_from_slice(b",\"arguments\":");
        params.extend_from_slice(arguments);
    }
    params.push(b'}');
    params
}

fn message(id: Option<&[u8]>, request: Option<(&[u8], &[u8])>) -> Vec<u8> {
    let mut message = b"{\"jsonrpc\":\"2.0\"".to_vec();
    if let Some(id) = id {
        message.extend_from_slice(b",\"id\":");
        message.extend_from_slice(id);
    }
    if let Some((method, params)) = request {
        let mut name = String::from(",\"method\":");
        json_string(Raw::new(method), &mut name);
        message.extend_from_slice(name.as_bytes());
        if !params.is_empty() {
            message.extend_from_slice(b",\"params\":");
            message.extend_from_slice(params);
        }
    }
    message.push(b'}');
    message
}

/// How a request ended, as a member of its response, and whether that is all there was.
fn outcome(span: &Span<'_>) -> (Vec<u8>, bool) {
    let text = |key: &str| span.attributes.text(key).unwrap_or_default();
    let (result, kind) = (text("gen_ai.tool.call.result"), text("error.type"));
    let failed = &kind[..] == b"tool_error";
    if !result.is_empty() {
        let doc = Doc::parse(&result);
        let is_result =
            is_object(&result) && doc.root().is_some_and(|r| r.get("content").is_some());
        if is_result {
            return ([b"\"result\":", &result[..]].concat(), true);
        }
        let mut json = String::from("\"result\":{\"content\":[{\"type\":\"text\",\"text\":");
        json_string(Raw::new(&result), &mut json);
        json.push_str(if failed {
            "}],\"isError\":true}"
        } else {
            "}]}"
        });
        return (json.into_bytes(), true);
    }
    if failed {
        return (b"\"result\":{\"isError\":true}".to_vec(), false);
    }
    if !span.failed && kind.is_empty() {
        return (b"\"result\":{}".to_vec(), false);
    }
    let code = text("rpc.response.status_code");
    let is_code = code.len() < 12
        && code
            .strip_prefix(b"-")
            .unwrap_or(&code)
            .first()
            .is_some_and(u8::is_ascii_digit)
        && std::str::from_utf8(&code).is_ok_and(|code| code.parse::<i64>().is_ok());
    let mut json = String::from("\"error\":{");
    if is_code {
        json.push_str("\"code\":");
        json.push_str(&code.escape_ascii().to_string());
        json.push(',');
    }
    json.push_str("\"message\":");
    let why = if span.message.is_empty() {
        &kind[..]
    } else {
        &span.message[..]
    };
    json_string(Raw::new(why), &mut json);
    json.push('}');
    (json.into_bytes(), true)
}
