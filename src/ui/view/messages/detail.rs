//! The details of a message: its JSON as a tree, its bytes, or the line that is no message.

use super::super::{Scene, evidence, terms};
use super::{bytes, spaced};
use crate::text::Raw;
use crate::ui::body::Slot;
use crate::ui::facts::Facts;
use crate::ui::model::{Focus, Form, Model};
use crate::ui::theme::Scope;
use crate::ui::widget::{Canvas, Line, Page, json};
use crate::ui::zoom::{self, Value};
use crate::wire::json::Kind;

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
        format!("{} · {}", method.label(40), message.kind.name())
    };
    (
        what,
        format!("{file}:{}", terms::grouped(message.line as usize)),
    )
}

/// The JSON tree of the message under the cursor.
pub fn tree(scene: Scene, canvas: &mut Canvas) {
    let Some(tree) = &scene.model.tree else {
        return;
    };
    let Some(json) = scene.model.bodies.get(tree.of).ready() else {
        return;
    };
    if tree.seen().is_empty() {
        let page = page(scene, canvas.width());
        return page.draw(canvas, 0, None);
    }
    let cells = usize::from(canvas.width());
    for (y, (number, id)) in
        (0..canvas.height()).zip(tree.seen().iter().enumerate().skip(tree.offset))
    {
        let known = |text: Raw| {
            let (lit, worst) = evidence::in_message(scene, scene.model.cursor, text);
            let sign = worst.map(|severity| {
                let glyph = scene.theme.glyph(terms::risk_glyph(severity));
                Line::of(glyph, scene.theme.style(terms::risk_scope(severity)))
            });
            (lit, sign)
        };
        let line = json::row(json, tree, *id, cells, scene.theme, known);
        canvas.line(0, y, &line);
        if number == tree.selected {
            let focused = scene.model.focus == Focus::Detail;
            canvas.style_row(
                y,
                scene.theme.style(if focused {
                    Scope::UiSelect
                } else {
                    Scope::UiSelectBlur
                }),
            );
        }
    }
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

/// The value that is selected in the tree.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let tree = model.tree.as_ref()?;
    let json = model.bodies.get(tree.of).ready()?;
    let row = model.cursor;
    let Some(at) = tree.selected_node().and_then(|id| json.at(id)) else {
        return json.text.clone().map(|text| Value {
            title: "The line".to_owned(),
            evidence: evidence::in_value(facts, row, "", text.as_raw()),
            text,
            ..Value::default()
        });
    };
    let pointer = at.pointer(0);
    let (text, evidence) = match at.kind() {
        Kind::String => {
            let text = at.text(zoom::MOST);
            let evidence = evidence::in_value(facts, row, &pointer, text.as_raw());
            (text, evidence)
        }
        _ => {
            let text = spaced::value(at);
            let evidence = evidence::in_wire(facts, row, text.as_raw());
            (text, evidence)
        }
    };
    let title = match pointer.is_empty() {
        true => "The message".to_owned(),
        false => pointer,
    };
    Some(Value {
        title,
        text,
        key: at.key(),
        more: at.size().saturating_sub(zoom::MOST),
        evidence,
    })
}
