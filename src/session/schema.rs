//! The parameters that a definition asks for, as a flat list: what JSON Schema nests, a table can show and a comparison
//! can walk.

use crate::text::RawBuf;
use crate::wire::json::{Kind, Value};

/// One parameter. Everything in it is as the server wrote it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameter {
    /// Names from the outside in, joined by dots; `[]` stands for the items of an array.
    pub path: RawBuf,
    /// How many parameters it is inside of.
    pub depth: usize,
    /// `string`, `integer`, `array of string`, `string or null`, …
    pub kind: RawBuf,
    pub required: bool,
    /// As JSON.
    pub default: Option<RawBuf>,
    /// The values of `enum`, or the one of `const`; strings decoded, others as JSON.
    pub choices: Vec<RawBuf>,
    pub description: Option<RawBuf>,
    /// Every other keyword (`format`, `minimum`, `pattern`, …) with its value; strings decoded, others as JSON.
    pub limits: Vec<(RawBuf, RawBuf)>,
    /// The JSON pointer of its schema in the definition.
    pub pointer: String,
}

/// Parameters of one definition, as many as were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    pub list: Vec<Parameter>,
    /// There are more than were asked for, or they nest deeper than anybody can follow.
    pub cut: bool,
}

/// Objects inside objects that are followed.
const DEEPEST: usize = 8;
/// Values of one `enum` that are kept.
const CHOICES: usize = 200;
/// Bytes of a default or a limit that are kept.
const VALUE: usize = 4096;

impl Parameters {
    /// The properties of a JSON Schema inside `root`, at most `most` of them.
    pub fn of_schema(root: Value<'_>, schema: Value<'_>, most: usize) -> Parameters {
        let mut walk = Walk {
            root,
            out: Parameters::default(),
            most,
        };
        walk.object(schema, &[], 0);
        walk.out
    }

    /// The `arguments` of a prompt.
    pub fn of_prompt(root: Value<'_>, arguments: Value<'_>, most: usize) -> Parameters {
        let mut out = Parameters::default();
        for argument in arguments.items() {
            if out.list.len() == most {
                out.cut = true;
                break;
            }
            out.list.push(Parameter {
                path: text(argument, "name").unwrap_or_default(),
                kind: RawBuf::from("string"),
                required: argument.get("required").and_then(Value::as_bool) == Some(true),
                description: text(argument, "description"),
                pointer: argument.pointer(Some(root.id())),
                ..Parameter::default()
            });
        }
        out
    }

    /// The parameters of a definition: a tool's `inputSchema` or a prompt's `arguments`.
    pub fn of_definition(root: Value<'_>, most: usize) -> Parameters {
        match (root.get("inputSchema"), root.get("arguments")) {
            (Some(schema), _) => Parameters::of_schema(root, schema, most),
            (None, Some(arguments)) => Parameters::of_prompt(root, arguments, most),
            (None, None) => Parameters::default(),
        }
    }

    pub fn get(&self, path: &RawBuf) -> Option<&Parameter> {
        self.list.iter().find(|parameter| parameter.path == *path)
    }
}

struct Walk<'d> {
    /// The definition, in which `$ref`s are looked up.
    root: Value<'d>,
    out: Parameters,
    most: usize,
}

impl<'d> Walk<'d> {
    /// Adds the properties of an object's schema.
    fn object(&mut self, schema: Value<'d>, path: &[u8], depth: usize) {
        let schema = self.resolved(schema);
        if depth > DEEPEST {
            self.out.cut = true;
            return;
        }
        let required: Vec<RawBuf> = schema
            .get("required")
            .into_iter()
            .flat_map(Value::items)
            .filter_map(string)
            .collect();
        for property in schema.get("properties").into_iter().flat_map(Value::items) {
            let Some(key) = property.key().map(|key| key.into_buf()) else {
                continue;
            };
            let mut inner = path.to_vec();
            if !inner.is_empty() {
                inner.push(b'.');
            }
            inner.extend_from_slice(key.as_raw().bytes());
            self.property(property, inner, depth, required.contains(&key));
        }
        for part in schema.get("allOf").into_iter().flat_map(Value::items) {
            self.object(part, path, depth + 1);
        }
    }

    fn property(&mut self, given: Value<'d>, path: Vec<u8>, depth: usize, required: bool) {
        if self.out.list.len() >= self.most {
            self.out.cut = true;
            return;
        }
        let schema = self.resolved(given);
        let mut choices: Vec<RawBuf> = schema
            .get("enum")
            .into_iter()
            .flat_map(Value::items)
            .take(CHOICES)
            .map(plain)
            .collect();
        choices.extend(schema.get("const").map(plain));
        self.out.list.push(Parameter {
            path: path.clone().into(),
            depth,
            kind: self.kind(schema, 0).into(),
            required,
            default: schema
                .get("default")
                .map(|value| value.raw().slice(0..VALUE).to_buf()),
            choices,
            // A description beside a `$ref` is about this use of it.
            description: text(given, "description").or_else(|| text(schema, "description")),
            limits: limits(schema),
            pointer: given.pointer(Some(self.root.id())),
        });
        self.inside(schema, path, depth);
    }

    /// Adds what is inside of a parameter: an object's properties, those of an array's items or of its variants.
    fn inside(&mut self, schema: Value<'d>, mut path: Vec<u8>, depth: usize) {
        self.object(schema, &path, depth + 1);
        for word in ["anyOf", "oneOf"] {
            for variant in schema
                .get(word)
                .into_iter()
                .flat_map(Value::items)
                .take(CHOICES)
            {
                self.object(variant, &path, depth + 1);
            }
        }
        if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
            path.extend_from_slice(b"[]");
            self.object(items, &path, depth + 1);
        }
    }

    /// The schema that a `$ref` inside the definition stands for.
    fn resolved(&self, schema: Value<'d>) -> Value<'d> {
        let mut at = schema;
        for _ in 0..4 {
            let Some(reference) = at.get("$ref").and_then(string) else {
                break;
            };
            let bytes = reference.as_raw().bytes();
            let Some(name) = ["#/$defs/", "#/definitions/"]
                .iter()
                .find_map(|start| bytes.strip_prefix(start.as_bytes()))
            else {
                break;
            };
            let schema = self.root.get("inputSchema").unwrap_or(self.root);
            let found = ["$defs", "definitions"]
                .iter()
                .filter_map(|place| schema.get(place))
                .flat_map(Value::items)
                .find(|item| item.key().is_some_and(|key| key.as_raw().bytes() == name));
            match found {
                Some(found) => at = found,
                None => break,
            }
        }
        at
    }

    fn kind(&self, schema: Value<'d>, depth: usize) -> Vec<u8> {
        let mut kinds: Vec<Vec<u8>> = match schema.get("type") {
            Some(kind) if kind.is_array() => kind
                .items()
                .take(8)
                .map(|kind| plain(kind).as_raw().bytes().to_vec())
                .collect(),
            Some(kind) => vec![plain(kind).as_raw().bytes().to_vec()],
            None if schema.get("properties").is_some() => vec![b"object".to_vec()],
            None => Vec::new(),
        };
        if depth < 3 {
            for kind in kinds.iter_mut().filter(|kind| kind.as_slice() == b"array") {
                if let Some(items) = schema.get("items").filter(|items| items.is_object()) {
                    kind.extend_from_slice(b" of ");
                    kind.extend_from_slice(&self.kind(self.resolved(items), depth + 1));
                }
            }
            if kinds.is_empty() {
                let variants = ["anyOf", "oneOf"]
                    .iter()
                    .filter_map(|word| schema.get(word))
                    .flat_map(Value::items);
                kinds = variants
                    .take(8)
                    .map(|variant| self.kind(self.resolved(variant), depth + 1))
                    .collect();
                kinds.dedup();
            }
        }
        if kinds.is_empty() {
            b"any".to_vec()
        } else {
            kinds.join(&b" or "[..])
        }
    }
}

/// Keywords that the other fields of [`Parameter`] hold, or that its inner parameters do.
const HELD: [&str; 14] = [
    "type",
    "default",
    "enum",
    "const",
    "description",
    "properties",
    "required",
    "items",
    "allOf",
    "anyOf",
    "oneOf",
    "$ref",
    "$defs",
    "definitions",
];

fn limits(schema: Value<'_>) -> Vec<(RawBuf, RawBuf)> {
    let other = schema
        .items()
        .filter_map(|item| Some((item.key()?.into_buf(), item)));
    other
        .filter(|(key, _)| !HELD.iter().any(|held| key.as_raw() == *held))
        .take(40)
        .map(|(key, item)| (key, plain(item)))
        .collect()
}

fn string(value: Value<'_>) -> Option<RawBuf> {
    value.text().map(|text| text.into_buf())
}

fn text(object: Value<'_>, key: &str) -> Option<RawBuf> {
    object.str(key).map(|text| text.into_buf())
}

/// A string decoded, anything else as JSON.
pub(super) fn plain(value: Value<'_>) -> RawBuf {
    match value.kind() {
        Kind::String => string(value).unwrap_or_default(),
        _ => value.raw().slice(0..VALUE).to_buf(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    fn table(json: &str) -> Vec<String> {
        let doc = Doc::parse(json.as_bytes());
        let parameters = Parameters::of_definition(doc.root().unwrap(), 50);
        let show = |raw: &RawBuf| raw.as_raw().label(60);
        let row = |p: &Parameter| {
            let choices: Vec<String> = p.choices.iter().map(show).collect();
            let limits: Vec<String> = p
                .limits
                .iter()
                .map(|(k, v)| format!("{}={}", show(k), show(v)))
                .collect();
            let default = p.default.as_ref().map(show).unwrap_or_default();
            format!(
                "{}|{}|{}|{default}|{}|{}",
                show(&p.path),
                show(&p.kind),
                p.required,
                choices.join(","),
                limits.join(",")
            )
        };
        parameters.list.iter().map(row).collect()
    }

    #[test]
    fn nested_objects_are_dotted() {
        let rows = table(
            r#"{"inputSchema":{"type":"object","required":["to"],"properties":{
                "to":{"type":"array","items":{"type":"object","properties":{"mail":{"type":"string","format":"email"}}}},
                "mode":{"type":["string","null"],"enum":["a","b"],"default":"a"},
                "where":{"anyOf":[{"type":"string"},{"type":"object","properties":{"lat":{"type":"number","minimum":-90}}}]}}}}"#,
        );
        assert_eq!(
            rows,
            [
                "to|array of object|true|||",
                "to[].mail|string|false|||format=email",
                "mode|string or null|false|\"a\"|a,b|",
                "where|string or object|false|||",
                "where.lat|number|false|||minimum=-90",
            ]
        );
    }

    #[test]
    fn references_are_followed_and_circles_end() {
        let rows = table(
            r##"{"inputSchema":{"properties":{"tree":{"$ref":"#/$defs/node"}},
                "$defs":{"node":{"type":"object","properties":{"next":{"$ref":"#/$defs/node"}}}}}}"##,
        );
        assert_eq!(rows[0], "tree|object|false|||");
        assert_eq!(rows[1], "tree.next|object|false|||");
        assert!(rows.len() < 12, "{rows:?}");
    }

    #[test]
    fn a_prompt_has_arguments() {
        let rows =
            table(r#"{"name":"p","arguments":[{"name":"city","required":true},{"name":"days"}]}"#);
        assert_eq!(rows, ["city|string|true|||", "days|string|false|||"]);
    }

    #[test]
    fn too_many_are_cut() {
        let many: Vec<String> = (0..100).map(|n| format!("\"p{n}\":{{}}")).collect();
        let json = format!(
            "{{\"inputSchema\":{{\"properties\":{{{}}}}}}}",
            many.join(",")
        );
        let doc = Doc::parse(json.as_bytes());
        let parameters = Parameters::of_definition(doc.root().unwrap(), 10);
        assert_eq!((parameters.list.len(), parameters.cut), (10, true));
        assert_eq!(parameters.list[3].kind.as_raw(), *"any");
    }

    #[test]
    fn what_is_no_schema_has_no_parameters() {
        for json in [
            "[]",
            "3",
            r#"{"inputSchema":[1]}"#,
            r#"{"inputSchema":{"properties":"x"}}"#,
        ] {
            assert!(table(json).is_empty(), "{json}");
        }
    }
}
