//! Headers that disagree with the body that they stand over.

use super::{Detector, Found, Look, MessageAt, Sink};
use crate::analysis::rank::Severity;
use crate::analysis::rules;
use crate::analysis::signal::encoding;
use crate::formats::Flags;
use crate::text::RawBuf;
use crate::wire::id::{Direction, MessageKind};
use crate::wire::json::Value;

pub const DETECTOR: Detector = Detector {
    name: "headers beside bodies",
    rules: &[&rules::HEADER_MISMATCH],
    look: Look::Message(look),
};

fn look(at: &MessageAt<'_>, sink: &mut Sink) {
    let outside = at
        .body
        .line()
        .get(..at.body.message_range().start)
        .unwrap_or(&[]);
    let about = matches!(
        at.row.kind,
        MessageKind::Request | MessageKind::Notification
    );
    // One line may carry several messages, and the headers can be those of one only.
    if !about
        || at.row.dir != Direction::C2s
        || at.row.flags.has(Flags::BATCH)
        || memchr::memmem::find(outside, b"mcp_").is_none()
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
    if at.session.method(at.id) != "initialize" {
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
    crate::wire::method::names(root.str("method")?.as_raw().bytes())
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

/// Names beyond ASCII are carried as `=?base64?…?=`.
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
