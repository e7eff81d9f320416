//! Approvals of mcp-context-protector: one file for all servers, each known by its command or address.
//!
//! A server's entry holds the definitions as they were seen last, approved or not, and the SHA-256 of what was approved.
//! A definition counts only where the two fit; older files have no hashes, and approve a server as a whole.

use super::super::covers::{self, Parameter};
use super::super::{Client, Covers, Identity};
use super::{Imported, Origin, shown};
use crate::session::ItemKind;
use crate::text::Raw;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fmt::Write;

pub fn read(root: &Value, origin: &Origin<'_>) -> Imported {
    let mut imported = Imported {
        program: "mcp-context-protector",
        ..Imported::default()
    };
    for server in list(root, "servers") {
        one(server, origin, &mut imported);
    }
    imported
}

fn one(server: &Value, origin: &Origin<'_>, imported: &mut Imported) {
    let identifier = text(server, "identifier").trim_matches('"');
    let config = server.get("config").filter(|config| config.is_object());
    let (Some(config), false) = (config, identifier.is_empty()) else {
        return;
    };
    let hashes = server.get("approved_tools").and_then(Value::as_object);
    let whole = hashes.is_none() && text(server, "approval_status") == "approved";
    let mut trusted = Vec::new();
    let mut differ = 0;
    for tool in list(config, "tools") {
        let name = text(tool, "name");
        let hash = hashes
            .and_then(|hashes| hashes.get(name))
            .and_then(Value::as_str);
        let approved = whole || hash.is_some_and(|hash| hash == sha256(&normal(tool)));
        if !approved {
            differ += usize::from(hash.is_some());
            continue;
        }
        let definition = Value::Object(definition(tool)).to_string();
        trusted.extend(shown(
            ItemKind::Tool,
            name,
            &definition,
            Covers::Parameters,
            origin,
        ));
    }
    let instructions = text(config, "instructions");
    let approved = text(server, "approved_instructions_hash") == sha256(instructions);
    if !instructions.is_empty() && (whole || approved) {
        let json = Value::from(instructions).to_string();
        trusted.extend(shown(
            ItemKind::Instructions,
            "",
            &json,
            Covers::All,
            origin,
        ));
    }
    let shown = Raw::from(identifier).label(80);
    if differ > 0 {
        imported.left.push(format!(
            "{differ} approved definitions of {shown} were left out: the file holds another wording of them than was approved."
        ));
    }
    if trusted.is_empty() {
        imported.left.push(format!(
            "Nothing of {shown} was approved, as far as the file tells."
        ));
        return;
    }
    let identity = Identity {
        address: Some((origin.address)(identifier)),
        label: None,
        client: Client::Unknown,
    };
    imported.servers.push((identity, trusted));
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value
        .get(key)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn definition(tool: &Value) -> serde_json::Map<String, Value> {
    let parameters = list(tool, "parameters").map(|parameter| Parameter {
        name: text(parameter, "name").to_owned(),
        description: text(parameter, "description").to_owned(),
        kind: text(parameter, "type").to_owned(),
        required: required(parameter),
        choices: parameter.get("enum").cloned(),
    });
    covers::definition(text(tool, "name"), text(tool, "description"), parameters)
}

fn required(parameter: &Value) -> bool {
    parameter
        .get("required")
        .and_then(Value::as_bool)
        .unwrap_or(true)
}

/// The text that is hashed: compact JSON with sorted keys, all but ASCII escaped.
fn normal(tool: &Value) -> String {
    let mut parameters: Vec<&Value> = list(tool, "parameters").collect();
    parameters.sort_by_key(|parameter| text(parameter, "name"));
    let parameters: Vec<Value> = parameters
        .into_iter()
        .map(|parameter| {
            let of = |key: &str| parameter.get(key).cloned().unwrap_or_default();
            json!({"name": of("name"), "description": of("description"), "type": of("type"),
                "required": required(parameter), "default": of("default"), "enum": of("enum"),
                "items": of("items"), "properties": of("properties")})
        })
        .collect();
    let whole = json!({"name": text(tool, "name"), "description": text(tool, "description"),
        "parameters": parameters, "output_schema": null});
    let mut out = String::new();
    write_sorted(&whole, &mut out);
    out
}

fn write_sorted(value: &Value, out: &mut String) {
    match value {
        Value::Object(members) => {
            let mut keys: Vec<&String> = members.keys().collect();
            keys.sort();
            out.push('{');
            for (n, key) in keys.into_iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_text(key, out);
                out.push(':');
                write_sorted(&members[key], out);
            }
            out.push('}');
        }
        Value::Array(items) => {
            out.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    out.push(',');
                }
                write_sorted(item, out);
            }
            out.push(']');
        }
        Value::String(text) => write_text(text, out),
        other => out.push_str(&other.to_string()),
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            ' '..='~' | '\u{7f}' => out.push(c),
            _ => {
                for unit in c.encode_utf16(&mut [0; 2]) {
                    // Writing to a `String` cannot fail.
                    let _ = write!(out, "\\u{unit:04x}");
                }
            }
        }
    }
    out.push('"');
}

fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes())
        .iter()
        .fold(String::new(), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
}
