//! The blocks of a message's content.

use crate::wire::json::Value;

/// What of a block a reader looks at first.
pub(super) enum Kind {
    Text(Vec<u8>),
    Result,
    Other,
}

pub(super) fn kind(block: Value<'_>) -> Kind {
    if let Some(text) = block.text() {
        return Kind::Text(text.as_raw().bytes().to_vec());
    }
    let kind = block.str("type");
    match kind.as_ref().map(|kind| kind.as_raw().bytes()) {
        Some(b"text" | b"input_text" | b"output_text") => {
            block.str("text").map_or(Kind::Other, |text| {
                Kind::Text(text.as_raw().bytes().to_vec())
            })
        }
        Some(b"tool_result" | b"mcp_tool_result") => Kind::Result,
        _ => Kind::Other,
    }
}

/// The blocks of a content, which may be a text alone.
pub(super) fn blocks(content: Option<Value<'_>>) -> impl Iterator<Item = Value<'_>> {
    let alone = content.filter(|content| content.text().is_some());
    let several = content.filter(|content| content.is_array());
    alone
        .into_iter()
        .chain(several.into_iter().flat_map(Value::items))
}
