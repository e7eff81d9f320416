//! As much of a JSON schema as tells at a glance whether a value can be meant by it: types and required members.

use crate::wire::json::{Kind, Value};

/// A schema, cut down. What is not understood permits everything.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    /// Permitted types; empty permits all.
    types: Vec<Type>,
    required: Vec<Vec<u8>>,
    members: Vec<(Vec<u8>, Shape)>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Type {
    Object,
    Array,
    String,
    Number,
    Integer,
    Boolean,
    Null,
}

/// How deep a schema is taken in, and how many members of an object.
const DEEPEST: usize = 3;
const MOST: usize = 100;

impl Shape {
    /// Takes in a schema; `None` for one that says nothing that could be checked.
    pub fn of(schema: Value<'_>) -> Option<Shape> {
        let shape = Shape::at(schema, 0);
        (!shape.types.is_empty() || !shape.required.is_empty() || !shape.members.is_empty())
            .then_some(shape)
    }

    fn at(schema: Value<'_>, depth: usize) -> Shape {
        // A choice between schemas, or one that stands elsewhere, is not followed.
        let open = ["anyOf", "oneOf", "allOf", "$ref", "not", "if"]
            .iter()
            .any(|k| schema.get(k).is_some());
        if open || !schema.is_object() || depth > DEEPEST {
            return Shape::default();
        }
        let types = match schema.get("type") {
            Some(one) if one.text().is_some() => Type::of(one).into_iter().collect(),
            Some(many) => {
                let all: Vec<Option<Type>> = many.items().map(Type::of).collect();
                all.iter()
                    .copied()
                    .collect::<Option<Vec<Type>>>()
                    .unwrap_or_default()
            }
            None => Vec::new(),
        };
        let required = schema
            .get("required")
            .into_iter()
            .flat_map(|r| r.items())
            .filter_map(|v| Some(v.text()?.as_raw().bytes().to_vec()))
            .take(MOST)
            .collect();
        let members = schema
            .get("properties")
            .into_iter()
            .flat_map(|p| p.items())
            .filter_map(|p| Some((p.key()?.as_raw().bytes().to_vec(), Shape::at(p, depth + 1))))
            .take(MOST)
            .collect();
        Shape {
            types,
            required,
            members,
        }
    }

    /// Why a value is not meant by the schema: where, as a pointer below `value`, and what is wrong.
    pub fn fault(&self, value: Value<'_>) -> Option<(String, &'static str)> {
        let pointer = |v: Value<'_>| v.pointer(Some(value.id()));
        self.fault_at(value).map(|(at, why)| (pointer(at), why))
    }

    fn fault_at<'v>(&self, value: Value<'v>) -> Option<(Value<'v>, &'static str)> {
        if !self.types.is_empty() && !self.types.iter().any(|t| t.permits(value)) {
            return Some((value, "It is of another type than the schema says."));
        }
        if !value.is_object() {
            return None;
        }
        let has = |name: &[u8]| {
            value
                .items()
                .any(|v| v.key().is_some_and(|k| k.as_raw().bytes() == name))
        };
        if !self.required.iter().all(|name| has(name)) {
            return Some((value, "A member that the schema requires is missing."));
        }
        self.members.iter().find_map(|(name, shape)| {
            let member = value
                .items()
                .find(|v| v.key().is_some_and(|k| k.as_raw().bytes() == name))?;
            shape.fault_at(member)
        })
    }
}

impl Type {
    fn of(value: Value<'_>) -> Option<Type> {
        Some(match value.text()?.as_raw().bytes() {
            b"object" => Type::Object,
            b"array" => Type::Array,
            b"string" => Type::String,
            b"number" => Type::Number,
            b"integer" => Type::Integer,
            b"boolean" => Type::Boolean,
            b"null" => Type::Null,
            _ => return None,
        })
    }

    fn permits(self, value: Value<'_>) -> bool {
        match (self, value.kind()) {
            (Type::Object, Kind::Object)
            | (Type::Array, Kind::Array)
            | (Type::String, Kind::String)
            | (Type::Number, Kind::Number)
            | (Type::Boolean, Kind::True | Kind::False)
            | (Type::Null, Kind::Null) => true,
            // `1.0` and `1e3` are integers, too.
            (Type::Integer, Kind::Number) => std::str::from_utf8(value.raw().bytes())
                .ok()
                .and_then(|n| n.parse::<f64>().ok())
                .is_none_or(|n| n.fract() == 0.0),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    fn fault(schema: &str, value: &str) -> Option<(String, &'static str)> {
        let (schema, value) = (Doc::parse(schema.as_bytes()), Doc::parse(value.as_bytes()));
        Shape::of(schema.root().unwrap())?.fault(value.root().unwrap())
    }

    #[test]
    fn types_and_required_members_are_checked() {
        let schema = r#"{"type":"object","properties":{"n":{"type":"integer"},"s":{"type":["string","null"]},"x":{"anyOf":[]}},"required":["n"]}"#;
        assert_eq!(fault(schema, r#"{"n":1.0,"s":null,"x":[],"more":1}"#), None);
        assert_eq!(fault(schema, r#"{"n":"1"}"#).unwrap().0, "/n");
        assert_eq!(
            fault(schema, r#"{"s":"a"}"#).unwrap().1,
            "A member that the schema requires is missing."
        );
        assert_eq!(fault(schema, "[]").unwrap().0, "");
        assert_eq!(fault("{}", "[]"), None);
    }
}
