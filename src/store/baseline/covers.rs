//! How much of a definition a record holds. Other tools keep less than all of it; what they do not keep must not count
//! as changed.

use super::wording::Hash;
use crate::session::compare::HINTS;
use crate::session::{canonical, canonical_hash};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    #[default]
    All,
    /// Name, description and input schema.
    Call,
    /// The same with title, output schema, annotations and icons.
    Members,
    /// Name, description, and of each parameter its description, type, whether it is required, and its choices.
    Parameters,
}

impl Covers {
    pub fn is_all(&self) -> bool {
        *self == Covers::All
    }

    /// What this keeps of a definition, in canonical form, with its hash; `None` where that cannot be told.
    pub fn of(self, definition: &[u8]) -> Option<(String, Hash)> {
        let kept: &[&str] = match self {
            Covers::All => {
                return Some((canonical(definition)?, Hash(canonical_hash(definition))));
            }
            Covers::Call => &["name", "description", "inputSchema"],
            Covers::Members => &[
                "name",
                "description",
                "inputSchema",
                "title",
                "outputSchema",
                "annotations",
                "icons",
            ],
            Covers::Parameters => &[],
        };
        let Value::Object(mut whole) = serde_json::from_slice(definition).ok()? else {
            return None;
        };
        if self == Covers::Parameters {
            whole = parameters(&whole);
        } else {
            whole.retain(|key, value| {
                // An empty text and none at all are one in the tools that keep this.
                kept.contains(&key.as_str()) && value.as_str() != Some("") && !value.is_null()
            });
        }
        let json = Value::Object(whole).to_string();
        Some((
            canonical(json.as_bytes())?,
            Hash(canonical_hash(json.as_bytes())),
        ))
    }
}

/// The hash of a definition without the hints that say what holds anyway, and without annotations if nothing is left of
/// them: two definitions for which it is the same mean the same.
pub(super) fn meant(definition: &[u8]) -> Option<Hash> {
    let Value::Object(mut whole) = serde_json::from_slice(definition).ok()? else {
        return None;
    };
    if let Some(Value::Object(annotations)) = whole.get_mut("annotations") {
        for hint in &HINTS {
            if annotations.get(hint.name) == Some(&Value::Bool(hint.default)) {
                annotations.shift_remove(hint.name);
            }
        }
        if annotations.is_empty() {
            whole.shift_remove("annotations");
        }
    }
    Some(Hash(canonical_hash(
        Value::Object(whole).to_string().as_bytes(),
    )))
}

/// A definition with what is kept of its parameters, as a definition again.
fn parameters(whole: &Map<String, Value>) -> Map<String, Value> {
    let empty = Map::new();
    let schema = whole
        .get("inputSchema")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let given = schema
        .get("properties")
        .and_then(Value::as_object)
        .unwrap_or(&empty);
    let required: Vec<&str> = schema
        .get("required")
        .and_then(Value::as_array)
        .map_or(Vec::new(), |all| {
            all.iter().filter_map(Value::as_str).collect()
        });
    let rows = given.iter().map(|(name, about)| {
        let text = |key: &str| about.get(key).and_then(Value::as_str).unwrap_or_default();
        Parameter {
            name: name.clone(),
            description: text("description").to_owned(),
            kind: text("type").to_owned(),
            required: required.contains(&name.as_str()),
            choices: about.get("enum").cloned(),
        }
    });
    let text = |key: &str| whole.get(key).and_then(Value::as_str).unwrap_or_default();
    definition(text("name"), text("description"), rows)
}

/// A parameter as far as [`Covers::Parameters`] keeps it.
pub(super) struct Parameter {
    pub name: String,
    pub description: String,
    pub kind: String,
    pub required: bool,
    pub choices: Option<Value>,
}

/// A definition of such parameters.
pub(super) fn definition(
    name: &str,
    description: &str,
    parameters: impl Iterator<Item = Parameter>,
) -> Map<String, Value> {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    for parameter in parameters {
        // These are the types that are told apart; a whole number is a number, and anything else a string.
        let kind = match parameter.kind.as_str() {
            "number" | "integer" => "number",
            "boolean" => "boolean",
            "array" => "array",
            "object" => "object",
            _ => "string",
        };
        let mut about = Map::new();
        about.insert("type".into(), kind.into());
        if !parameter.description.is_empty() {
            about.insert("description".into(), parameter.description.into());
        }
        if let Some(choices) = parameter.choices.filter(|choices| !choices.is_null()) {
            about.insert("enum".into(), choices);
        }
        if parameter.required {
            required.push(parameter.name.clone());
        }
        properties.insert(parameter.name, about.into());
    }
    required.sort();
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), properties.into());
    schema.insert("required".into(), required.into());
    let mut out = Map::new();
    out.insert("name".into(), name.into());
    if !description.is_empty() {
        out.insert("description".into(), description.into());
    }
    out.insert("inputSchema".into(), schema.into());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const FULL: &[u8] = br#"{"name":"a","title":"A","description":"Does a.","inputSchema":{"type":"object","properties":{"n":{"type":"integer","minimum":1},"m":{"description":"Which."}},"required":["n","m"]},"annotations":{"readOnlyHint":true},"_meta":{"x":1}}"#;

    #[test]
    fn what_is_not_kept_does_not_count() {
        let changed = String::from_utf8_lossy(FULL).replace("true", "false");
        let same =
            |covers: Covers| covers.of(FULL).unwrap().1 == covers.of(changed.as_bytes()).unwrap().1;
        assert!(same(Covers::Call) && same(Covers::Parameters));
        assert!(!same(Covers::Members) && !same(Covers::All));
    }

    #[test]
    fn parameters_are_reduced_to_what_is_kept_of_them() {
        let (text, _) = Covers::Parameters.of(FULL).unwrap();
        assert_eq!(
            text,
            r#"{"description":"Does a.","inputSchema":{"properties":{"m":{"description":"Which.","type":"string"},"n":{"type":"number"}},"required":["m","n"],"type":"object"},"name":"a"}"#
        );
    }

    #[test]
    fn hints_that_hold_anyway_mean_nothing() {
        let with = |annotations: &str| meant(format!(r#"{{"name":"a"{annotations}}}"#).as_bytes());
        let none = with("");
        assert_eq!(none, with(r#","annotations":{}"#));
        assert_eq!(
            none,
            with(
                r#","annotations":{"readOnlyHint":false,"destructiveHint":true,"idempotentHint":false,"openWorldHint":true}"#
            )
        );
        assert_ne!(none, with(r#","annotations":{"readOnlyHint":true}"#));
        assert_ne!(none, with(r#","annotations":{"openWorldHint":false}"#));
        assert_ne!(none, with(r#","annotations":{"title":""}"#));
    }

    #[test]
    fn what_is_no_json_is_not_told() {
        for covers in [Covers::All, Covers::Call, Covers::Parameters] {
            assert!(covers.of(br#"{"a":"\ud800"}"#).is_none());
        }
    }
}
