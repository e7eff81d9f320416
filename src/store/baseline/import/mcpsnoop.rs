//! Baselines of mcpsnoop: a file a server, which it knows by the recorder's label. Version 1 holds name, description and
//! input schema; version 2 adds title, output schema, annotations and icons.

use super::super::{Client, Covers, Identity};
use super::{Imported, Origin, shown};
use crate::session::ItemKind;
use crate::text::Raw;
use serde_json::{Map, Value};

/// Its members, and what the protocol calls them.
const MEMBERS: [(&str, &str); 7] = [
    ("name", "name"),
    ("description", "description"),
    ("input_schema", "inputSchema"),
    ("title", "title"),
    ("output_schema", "outputSchema"),
    ("annotations", "annotations"),
    ("icons", "icons"),
];

pub fn read(root: &Value, origin: &Origin<'_>) -> Result<Imported, String> {
    let covers = match root.get("version").and_then(Value::as_u64) {
        Some(1) => Covers::Call,
        Some(2) => Covers::Members,
        Some(version) => {
            return Err(format!(
                "mcpsnoop's baseline has version {version}, of which 1 and 2 are known"
            ));
        }
        None => return Err("mcpsnoop's baseline has no version".to_owned()),
    };
    let label = root
        .get("server")
        .and_then(Value::as_str)
        .unwrap_or_default();
    if label.is_empty() {
        return Err("mcpsnoop's baseline does not name its server".to_owned());
    }
    let mut imported = Imported {
        program: "mcpsnoop",
        ..Imported::default()
    };
    let mut tools = Vec::new();
    for tool in root
        .get("tools")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
    {
        let mut definition = Map::new();
        for (theirs, ours) in MEMBERS {
            if let Some(value) = tool.get(theirs) {
                definition.insert(ours.to_owned(), value.clone());
            }
        }
        let name = tool.get("name").and_then(Value::as_str).unwrap_or_default();
        let json = Value::Object(definition).to_string();
        match shown(ItemKind::Tool, name, &json, covers, origin).filter(|_| !name.is_empty()) {
            Some(one) => tools.push(one),
            None => imported.left.push(format!(
                "A tool without a name on {} was left out.",
                Raw::from(label).label(60)
            )),
        }
    }
    let identity = Identity {
        address: None,
        label: Some(label.to_owned()),
        client: Client::Unknown,
    };
    imported.servers.push((identity, tools));
    Ok(imported)
}
