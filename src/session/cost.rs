//! What a definition costs in the model's context.

use super::definition::ItemKind;
use crate::text::{Raw, tokens};
use crate::wire::json::Value;

/// What a definition adds to everything that the model reads, each time it reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Cost {
    /// Bytes of the text.
    pub bytes: u32,
    /// An estimate; see [`tokens`].
    pub tokens: u32,
}

impl Cost {
    /// Of a tool clients hand on name, description and input schema, and of a server its instructions. Prompts and
    /// resources cost nothing until somebody takes them.
    pub fn of(kind: ItemKind, definition: Value<'_>) -> Cost {
        let mut cost = Cost::default();
        match kind {
            ItemKind::Tool => {
                for key in ["name", "description"] {
                    if let Some(text) = definition.str(key) {
                        cost.add(text.as_raw());
                    }
                }
                if let Some(schema) = definition.get("inputSchema") {
                    cost.add(schema.raw());
                }
            }
            ItemKind::Instructions => {
                if let Some(text) = definition.text() {
                    cost.add(text.as_raw());
                }
            }
            ItemKind::ServerInfo | ItemKind::Prompt | ItemKind::Resource | ItemKind::Template => {}
        }
        cost
    }

    fn add(&mut self, text: Raw<'_>) {
        let narrow = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
        self.bytes = self.bytes.saturating_add(narrow(text.len() as u64));
        self.tokens = self.tokens.saturating_add(narrow(tokens(text)));
    }
}

impl std::iter::Sum for Cost {
    fn sum<I: Iterator<Item = Cost>>(costs: I) -> Cost {
        costs.fold(Cost::default(), |sum, one| Cost {
            bytes: sum.bytes.saturating_add(one.bytes),
            tokens: sum.tokens.saturating_add(one.tokens),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json::Doc;

    #[test]
    fn what_the_model_does_not_read_costs_nothing() {
        let of = |json: &str, kind| {
            let doc = Doc::parse(json.as_bytes());
            Cost::of(kind, doc.root().unwrap())
        };
        let tool = r#"{"name":"add","description":"Adds\ntwo.","inputSchema":{},"outputSchema":{"type":"object"}}"#;
        let cost = of(tool, ItemKind::Tool);
        assert_eq!(cost.bytes, 3 + 9 + 2);
        assert!((3..10).contains(&cost.tokens), "{cost:?}");
        assert_eq!(of(tool, ItemKind::Prompt), Cost::default());
        assert_eq!(of(r#""Be kind.""#, ItemKind::Instructions).bytes, 8);
    }
}
