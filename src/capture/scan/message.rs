//! What is said to a server, and what is understood of its answers.

use crate::text::{Raw, RawBuf, json_string};
use crate::wire::json::{Doc, Kind, Value};

/// The newest revision, which knows no handshake.
pub const MODERN: &str = "2026-07-28";
/// The newest of those that do.
pub const HANDSHAKE: &str = "2025-11-25";

/// Everything that a client of the revision with a handshake can do: some servers offer more to those who can more.
const CAPABILITIES: &str = r#"{"roots":{"listChanged":true},"sampling":{"tools":{},"context":{}},"elicitation":{"form":{},"url":{}},"tasks":{"list":{},"cancel":{},"requests":{"sampling":{"createMessage":{}},"elicitation":{"create":{}}}}}"#;
const MODERN_CAPABILITIES: &str =
    r#"{"roots":{},"sampling":{"tools":{},"context":{}},"elicitation":{"form":{},"url":{}}}"#;

/// A request or a notification of ours.
pub struct Said {
    /// `None` for a notification.
    pub id: Option<u64>,
    pub method: &'static str,
    pub body: String,
}

/// Which era is spoken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Era {
    Modern,
    Handshake,
}

fn client() -> String {
    format!(
        r#"{{"name":"plainsight","version":"{}"}}"#,
        env!("CARGO_PKG_VERSION")
    )
}

fn meta() -> String {
    format!(
        r#""_meta":{{"io.modelcontextprotocol/protocolVersion":"{MODERN}","io.modelcontextprotocol/clientInfo":{},"io.modelcontextprotocol/clientCapabilities":{MODERN_CAPABILITIES}}}"#,
        client()
    )
}

impl Said {
    fn request(id: u64, method: &'static str, params: &str) -> Said {
        Said {
            id: Some(id),
            method,
            body: format!(
                r#"{{"jsonrpc":"2.0","id":{id},"method":"{method}","params":{{{params}}}}}"#
            ),
        }
    }

    pub fn discover(id: u64) -> Said {
        Said::request(id, "server/discover", &meta())
    }

    pub fn initialize(id: u64) -> Said {
        let params = format!(
            r#""protocolVersion":"{HANDSHAKE}","capabilities":{CAPABILITIES},"clientInfo":{}"#,
            client()
        );
        Said::request(id, "initialize", &params)
    }

    pub fn initialized() -> Said {
        Said {
            id: None,
            method: "notifications/initialized",
            body: r#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#.into(),
        }
    }

    /// A listing, from this cursor on.
    pub fn list(id: u64, method: &'static str, era: Era, cursor: Option<Raw<'_>>) -> Said {
        let mut params = String::new();
        if let Some(cursor) = cursor {
            params.push_str("\"cursor\":");
            json_string(cursor, &mut params);
        }
        if era == Era::Modern {
            if !params.is_empty() {
                params.push(',');
            }
            params.push_str(&meta());
        }
        Said::request(id, method, &params)
    }
}

/// A message of a server, as far as it matters here.
pub enum Heard {
    /// The answer to the request of this id; an error is one too.
    Answer(u64),
    /// A question, and what it is answered with.
    Question(String),
    /// The answers to this method are others than before.
    Changed(&'static str),
    Other,
}

pub fn read(message: &[u8]) -> Doc<'_> {
    Doc::parse(message)
}

pub fn hear(message: &[u8]) -> Heard {
    let doc = read(message);
    let Some(root) = doc.root().filter(|root| root.is_object()) else {
        return Heard::Other;
    };
    let id = root.get("id").filter(|id| id.kind() != Kind::Null);
    match (root.str("method"), id) {
        (Some(method), Some(id)) => Heard::Question(answer(method.as_raw(), id)),
        (None, Some(id)) => id
            .as_i64()
            .and_then(|id| u64::try_from(id).ok())
            .map_or(Heard::Other, Heard::Answer),
        (Some(method), None) => match method.as_raw().bytes() {
            b"notifications/tools/list_changed" => Heard::Changed("tools/list"),
            b"notifications/prompts/list_changed" => Heard::Changed("prompts/list"),
            b"notifications/resources/list_changed" => Heard::Changed("resources/list"),
            _ => Heard::Other,
        },
        (None, None) => Heard::Other,
    }
}

/// What a client without a person and without a model says.
fn answer(method: Raw<'_>, id: Value<'_>) -> String {
    let mut token = String::new();
    match id.text() {
        Some(text) => json_string(text.as_raw(), &mut token),
        None => match id.as_i64() {
            Some(number) => token = number.to_string(),
            None => token.push_str("null"),
        },
    }
    let says = match method.bytes() {
        b"ping" => r#""result":{}"#,
        b"roots/list" => r#""result":{"roots":[]}"#,
        b"elicitation/create" => r#""result":{"action":"decline"}"#,
        b"tasks/list" => r#""result":{"tasks":[]}"#,
        b"sampling/createMessage" => {
            r#""error":{"code":-1,"message":"No model is asked: this client only reads definitions."}"#
        }
        _ => r#""error":{"code":-32601,"message":"This client only reads definitions."}"#,
    };
    format!(r#"{{"jsonrpc":"2.0","id":{token},{says}}}"#)
}

/// The words of an error, made visible; `None` for a result.
pub fn error(answer: Value<'_>) -> Option<String> {
    let error = answer.get("error")?;
    let said = error.str("message").map(|text| text.into_buf());
    let code = error.get("code").and_then(Value::as_i64);
    let said = said.unwrap_or_else(|| RawBuf::from("no reason is given"));
    let said = said.as_raw().label(160);
    Some(match code {
        Some(code) => format!("{said} ({code})"),
        None => said,
    })
}
