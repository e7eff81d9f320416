//! Parameters that a definition has the client repeat in headers (`x-mcp-header`, since 2026-07-28).

use crate::wire::json::Value;

/// One such parameter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mirrored {
    /// The names that lead to it, from the arguments on.
    path: Vec<String>,
    /// What follows `Mcp-Param-`, in lower case.
    pub header: String,
}

impl Mirrored {
    /// Those of a schema. Only what stands under `properties` alone counts, as the specification has it.
    pub fn all(schema: Value<'_>) -> Vec<Mirrored> {
        let mut found = Vec::new();
        collect(schema, &mut Vec::new(), &mut found);
        found
    }

    /// What a call passes for it.
    pub fn value<'a>(&self, arguments: Option<Value<'a>>) -> Option<Value<'a>> {
        self.path
            .iter()
            .try_fold(arguments?, |value, name| value.get(name))
    }
}

fn collect(schema: Value<'_>, path: &mut Vec<String>, found: &mut Vec<Mirrored>) {
    /// How deep, and how many of them, are looked for.
    const DEEPEST: usize = 4;
    const MOST: usize = 64;
    let properties = schema.get("properties");
    for property in properties.into_iter().flat_map(|all| all.items()) {
        let name = property.key().map(|key| key.as_raw().bytes().to_vec());
        let Some(name) = name.and_then(|name| String::from_utf8(name).ok()) else {
            continue;
        };
        if found.len() >= MOST {
            return;
        }
        path.push(name);
        let header = property.str("x-mcp-header");
        if let Some(header) =
            header.and_then(|h| String::from_utf8(h.as_raw().bytes().to_vec()).ok())
        {
            found.push(Mirrored {
                path: path.clone(),
                header: header.to_ascii_lowercase(),
            });
        }
        if path.len() < DEEPEST {
            collect(property, path, found);
        }
        path.pop();
    }
}
