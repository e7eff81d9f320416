//! Headers that disagree with the body that they stand over.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::encoding;
use crate::formats::Flags;
use crate::session::ItemKind;
use crate::text::{Raw, RawBuf};
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::{Doc, Kind, Value};
use crate::wire::method;

pub const DETECTOR: Detector = Detector {
    name: "headers beside bodies",
    rules: &[&rules::HEADER_MISMATCH],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let (line, message) = (at.body.line(), at.body.message_range());
    // The recorder's members may stand on either side of the message.
    let beside = [line.get(..message.start), line.get(message.end..)];
    let recorded = |part: &[u8]| memchr::memmem::find(part, b"mcp_").is_some();
    let about = matches!(
        at.row.kind,
        MessageKind::Request | MessageKind::Notification
    );
    // One line may carry several messages, and the headers can be those of one only.
    if !about
        || at.row.dir != Direction::C2s
        || at.row.flags.has(Flags::BATCH)
        || !beside.into_iter().flatten().any(recorded)
    {
        return;
    }
    let Some(root) = at.doc.root() else { return };
    let method = root.str("method").map(|t| t.into_buf());
    compare(at, sink, "Mcp-Method", "mcp_method", method);
    let key = method_name(root);
    let name = key
        .and_then(|key| root.get("params")?.str(key))
        .map(|t| t.into_buf());
    if name.is_some() || key.is_none() {
        compare(
            at,
            sink,
            "Mcp-Name",
            "mcp_name",
            name.or_else(|| Some(RawBuf::default())),
        );
    }
    let said = root
        .at(&["params", "_meta", "io.modelcontextprotocol/protocolVersion"])
        .and_then(Value::text)
        .map(|t| t.into_buf());
    let agreed = at.memory.conversations.of(at.row.conn).and_then(|c| {
        (!c.modern).then(|| c.agreed.clone().map(|v| RawBuf::from(v.into_bytes())))?
    });
    if at.session.method(at.id) == method::TOOLS_CALL && !at.row.flags.has(Flags::REDACTED) {
        parameters(at, root, sink);
    }
    if at.session.method(at.id) != method::INITIALIZE {
        compare(
            at,
            sink,
            "MCP-Protocol-Version",
            "mcp_protocol_version",
            said.or(agreed),
        );
    }
}

/// The member of `params` that the header names again.
fn method_name(root: Value<'_>) -> Option<&'static str> {
    method::names(root.str("method")?.as_raw().bytes())
}

fn compare(at: &MessageAt<'_>, sink: &mut Sink, header: &str, key: &str, body: Option<RawBuf>) {
    let (Some(said), Some(body)) = (at.body.envelope(key), body) else {
        return;
    };
    let said = plain(said);
    if said.as_raw().is_empty() || said == RawBuf::from("null") || said == body {
        return;
    }
    let shown = body.as_raw().label(60);
    sink.put(
        Found::new(&rules::HEADER_MISMATCH)
            .severity(if key == "mcp_protocol_version" {
                Severity::Low
            } else {
                rules::HEADER_MISMATCH.severity
            })
            .shows(said.as_raw(), 0..said.as_raw().len())
            .because(format!(
                "The header `{header}` says this; the body says `{shown}`."
            ))
            .group(key.to_owned()),
    );
}

/// What stands before the name of a header that repeats a parameter.
const PARAMETER: &str = "mcp-param-";
/// Most headers of one request that are compared.
const MOST: usize = 64;

/// Headers that repeat arguments: by what the definition says, or where there is none, by their names.
fn parameters(at: &MessageAt<'_>, root: Value<'_>, sink: &mut Sink) {
    let Some(recorded) = at.body.envelope("mcp_param_headers") else {
        return;
    };
    let recorded = Doc::parse(recorded.as_raw().bytes());
    let headers: Vec<(String, RawBuf)> = recorded
        .root()
        .into_iter()
        .flat_map(|all| all.items())
        .filter_map(|one| {
            let name = String::from_utf8(one.str("name")?.as_raw().bytes().to_vec()).ok()?;
            let name = name.to_ascii_lowercase();
            let name = name.strip_prefix(PARAMETER)?.to_owned();
            Some((name, plain(one.str("value")?.into_buf())))
        })
        .take(MOST)
        .collect();
    if headers.is_empty() {
        return;
    }
    let arguments = root.at(&["params", "arguments"]);
    let tool = at.session.name(at.id);
    let claim = at
        .session
        .item(at.server, ItemKind::Tool, tool)
        .and_then(|item| at.memory.claims.get(&item.id));
    let mirrored = claim.map_or(&[][..], |claim| &claim.mirrored);
    for (header, said) in &headers {
        let value = match mirrored.iter().find(|one| one.header == *header) {
            Some(one) => one.value(arguments),
            // What no definition declares is compared where the name alone says what it repeats.
            None => match by_name(arguments, header) {
                Some(value) => Some(value),
                None => continue,
            },
        };
        let value = value.filter(|value| value.kind() != Kind::Null);
        if value.is_some_and(|value| agree(said.as_raw(), value)) {
            continue;
        }
        let shown = value.map_or_else(
            || "the body does not pass it".to_owned(),
            |value| match value.text() {
                Some(text) => format!("the body says `{}`", text.as_raw().label(60)),
                None => format!("the body says `{}`", value.raw().label(60)),
            },
        );
        sink.put(
            Found::new(&rules::HEADER_MISMATCH)
                .shows(said.as_raw(), 0..said.as_raw().len())
                .because(format!(
                    "The header `Mcp-Param-{}` says this; {shown}.",
                    Raw::from(header.as_str()).label(40)
                ))
                .group(format!("parameter {header}")),
        );
    }
    for one in mirrored {
        let passed = one.value(arguments).filter(|v| v.kind() != Kind::Null);
        let Some(passed) = passed.filter(|_| headers.iter().all(|(name, _)| *name != one.header))
        else {
            continue;
        };
        let shown = passed.raw();
        sink.put(
            Found::new(&rules::HEADER_MISMATCH)
                .severity(Severity::Low)
                .shows(shown, 0..shown.len())
                .because(format!(
                    "The definition has the client repeat this in the header `Mcp-Param-{}`, and the request has others and not that one.",
                    Raw::from(one.header.as_str()).label(40)
                ))
                .group(format!("no parameter {}", one.header)),
        );
    }
}

/// The argument whose name a header repeats, but for case and separators.
fn by_name<'a>(arguments: Option<Value<'a>>, header: &str) -> Option<Value<'a>> {
    let plain = |name: &[u8]| -> Vec<u8> {
        name.iter()
            .filter(|b| b.is_ascii_alphanumeric())
            .map(u8::to_ascii_lowercase)
            .collect()
    };
    let wanted = plain(header.as_bytes());
    arguments?
        .items()
        .take(256)
        .find(|value| {
            value
                .key()
                .is_some_and(|key| plain(key.as_raw().bytes()) == wanted)
        })
        .filter(|value| !matches!(value.kind(), Kind::Object | Kind::Array))
}

/// Whether a header carries a value: texts as they are, numbers by their worth.
fn agree(said: Raw<'_>, value: Value<'_>) -> bool {
    if let Some(text) = value.text() {
        return text.as_raw().bytes() == said.bytes();
    }
    let number = |raw: Raw<'_>| std::str::from_utf8(raw.bytes()).ok()?.parse::<f64>().ok();
    said.bytes() == value.raw().bytes()
        || number(said).is_some_and(|said| Some(said) == number(value.raw()))
}

/// What is beyond ASCII is carried as `=?base64?…?=`.
fn plain(said: RawBuf) -> RawBuf {
    let bytes = said.as_raw().bytes();
    let inner = bytes
        .strip_prefix(b"=?base64?")
        .and_then(|rest| rest.strip_suffix(b"?="));
    match inner.and_then(encoding::base64) {
        Some(decoded) => RawBuf::from(decoded),
        None => said,
    }
}

#[cfg(test)]
mod tests {
    use crate::analysis::rules::{self, Example};
    use crate::analysis::{Settings, Severity};
    use serde_json::{Value, json};
    use std::sync::Arc;

    /// A listed tool whose parameter `where.zone` is repeated in `Mcp-Param-Zone`, and a call of it.
    fn worst(headers: &Value, arguments: &Value, redacted: bool) -> Option<Severity> {
        let line = |seq: u32, direction: &str, raw: &Value| json!({"v": 1, "session_id": "h", "server_label": "h", "seq": seq, "direction": direction, "transport": "http", "raw": raw});
        let schema = json!({"type": "object", "properties": {
            "where": {"type": "object", "properties": {"zone": {"type": "string", "x-mcp-header": "Zone"}}},
            "zone": {"type": "string"},
            "urgent": {"type": "boolean", "x-mcp-header": "Urgent"},
        }});
        let tools = json!({"jsonrpc": "2.0", "id": 1, "result": {"tools": [{"name": "ship", "inputSchema": schema}]}});
        let call = json!({"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "ship", "arguments": arguments}});
        let mut sent = line(3, "c2s", &call);
        sent["mcp_method"] = json!("tools/call");
        sent["mcp_param_headers"] = headers.clone();
        if redacted {
            sent["redacted"] = json!(true);
        }
        let lines = [
            line(
                1,
                "c2s",
                &json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"}),
            ),
            line(2, "s2c", &tools),
            sent,
        ]
        .map(|line| line.to_string())
        .join("\n");
        Example::Line(lines.leak())
            .worst(&rules::HEADER_MISMATCH, Arc::new(Settings::default()))
            .expect("a recording")
    }

    #[test]
    fn headers_repeat_what_the_definition_says() {
        let zone = |value: &str| json!([{"name": "Mcp-Param-Zone", "value": value}]);
        let passed = json!({"where": {"zone": "eu"}, "zone": "other"});
        assert_eq!(worst(&zone("eu"), &passed, false), None);
        assert_eq!(worst(&zone("us"), &passed, false), Some(Severity::Medium));
        assert_eq!(worst(&zone("us"), &passed, true), None);
        assert_eq!(
            worst(&zone("eu"), &json!({}), false),
            Some(Severity::Medium)
        );
        assert_eq!(
            worst(
                &zone("=?base64?ZcO8?="),
                &json!({"where": {"zone": "eü"}}),
                false
            ),
            None
        );
    }

    #[test]
    fn a_header_that_lacks_is_told() {
        let headers = json!([{"name": "Mcp-Param-Urgent", "value": "true"}]);
        let both = json!({"urgent": true, "where": {"zone": "eu"}});
        assert_eq!(worst(&headers, &both, false), Some(Severity::Low));
        let null = json!({"urgent": true, "where": {"zone": null}});
        assert_eq!(worst(&headers, &null, false), None);
        let other = json!([{"name": "Mcp-Param-Trace", "value": "7"}]);
        assert_eq!(worst(&other, &json!({}), false), None);
    }
}
