//! The details of a message that are no tree: its bytes, or the line that is no message.

use super::super::{Scene, evidence, terms};
use super::bytes;
use crate::text::Raw;
use crate::ui::body::Slot;
use crate::ui::facts::Facts;
use crate::ui::model::{Form, Model};
use crate::ui::theme::Scope;
use crate::ui::widget::Page;
use crate::ui::zoom::Value;

/// Bytes of a line without a message that are shown; `x` shows more of them.
const SHOWN: usize = 16 * 1024;

pub fn title(scene: Scene) -> (String, String) {
    let Some(message) = scene.facts.row(scene.model.cursor) else {
        return (String::new(), String::new());
    };
    let method = scene.facts.session.method(scene.model.cursor);
    let source = scene.facts.session.sources().get(message.source.index());
    let file = source.map_or_else(String::new, |source| source.path.as_raw().label(200));
    let file = file.rsplit('/').next().unwrap_or_default().to_owned();
    let what = if method.is_empty() {
        message.kind.name().to_owned()
    } else {
        let dot = terms::dot(scene.theme);
        format!("{}{dot}{}", method.label(40), message.kind.name())
    };
    (
        what,
        format!("{file}:{}", terms::grouped(message.line as usize)),
    )
}

/// The bytes of the message, or why there is no tree of it.
pub fn page(scene: Scene<'_>, width: u16) -> Page<'_> {
    let mut page = Page::new(scene.theme, width);
    match scene.model.bodies.row(scene.model.cursor) {
        Slot::Ready(json) if scene.model.form == Form::Bytes => bytes::dump(&mut page, json),
        Slot::Ready(json) => {
            let text = json
                .text
                .clone()
                .unwrap_or_else(|| Raw::new(json.bytes()).slice(0..SHOWN).to_buf());
            let (lit, _) = evidence::in_message(scene, scene.model.cursor, text.as_raw());
            page.quote(text.as_raw(), &lit, Scope::UiText, 1, 400);
        }
        Slot::Failed(why) => page.say_indented(why, Scope::UiLoss, 1),
        Slot::Reading | Slot::Unknown => page.say_indented("Reading.", Scope::UiProgress, 1),
    }
    page
}

/// All of a line that carries no message.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let row = model.cursor;
    let text = model.bodies.row(row).ready()?.text.clone()?;
    Some(Value {
        title: "The line".to_owned(),
        evidence: evidence::in_value(facts, row, "", text.as_raw()),
        text,
        ..Value::default()
    })
}
