//! What a message says, in what is left of its row.

use super::super::Scene;
use crate::session::{Row, RowId};
use crate::text::{Raw, RawBuf};
use crate::ui::body::Slot;
use crate::ui::json::{At, Json};
use crate::ui::theme::Scope;
use crate::ui::widget::Line;
use crate::ui::widget::text::inline;
use crate::wire::id::MessageKind;

/// What a message says, in what is left of its row.
pub fn line(scene: Scene, id: RowId, message: &Row, body: Slot, cells: usize) -> Line {
    let theme = scene.theme;
    let name = scene.facts.session.name(id);
    let dim = theme.style(Scope::UiDim);
    let mut line = Line::new();
    match message.kind {
        MessageKind::Error => line.push("error ", theme.style(Scope::OutcomeError)),
        MessageKind::Result => line.push("result ", dim),
        _ => {}
    }
    if !name.is_empty() && !message.kind.is_response() {
        line.append(inline(name, cells, theme.style(Scope::TextTool), theme));
        line.push("  ", dim);
    }
    let room = cells.saturating_sub(line.width());
    match body {
        Slot::Ready(json) => match text_of(json) {
            Some(text) => line.append(inline(
                text.as_raw(),
                room,
                theme.style(Scope::UiText),
                theme,
            )),
            None => line.append(inline(
                Raw::new(&json.bytes()[..json.bytes().len().min(1024)]),
                room,
                dim,
                theme,
            )),
        },
        Slot::Reading => line.push("reading", dim),
        Slot::Failed(_) => line.push("cannot be read", theme.style(Scope::UiLoss)),
        Slot::Unknown => {}
    }
    line
}

/// The most telling text of a message.
fn text_of(json: &Json) -> Option<RawBuf> {
    if let Some(text) = &json.text {
        return Some(text.clone());
    }
    let root = json.root()?;
    if !root.is_container() {
        return None;
    }
    // What a person, the model or a log says, or how a server is started.
    if root.get("event").is_some()
        && let Some(said) = ["text", "command", "url"]
            .iter()
            .find_map(|key| root.get(key))
    {
        return Some(said.text(1024));
    }
    let telling: [&[&str]; 6] = [
        &["error", "message"],
        &["params", "arguments"],
        &["params", "data"],
        &["params", "message"],
        &["result"],
        &["params"],
    ];
    let at = telling.iter().find_map(|path| root.path(path))?;
    if let Some(content) = at.get("content")
        && let Some(text) = content
            .items()
            .find_map(|item| item.get("text"))
            .and_then(At::string)
    {
        return Some(text);
    }
    Some(at.text(1024))
}
