//! JSON with folding, in the place of the details: of a message, of a call's request or answer, of a definition.
//!
//! ```text
//! ┌ tools/call · request ───────────────────── incident.jsonl:143 ┐
//! │▾ { 4 keys                                                     │
//! │  jsonrpc: "2.0"                                               │
//! │▾ params: { 2 keys                                             │
//! ││ ▸ arguments: {3 keys: to, subject, body} 1.7 KB              │
//! └ .params.arguments · object, 1.7 KB ───────────────────────────┘
//! ```

use super::{Scene, calls, evidence, messages, terms, tools};
use crate::session::{ItemId, size};
use crate::text::{Raw, elide, width};
use crate::ui::body::Key;
use crate::ui::facts::Facts;
use crate::ui::json::{At, Json};
use crate::ui::lists;
use crate::ui::model::{Focus, Form, Model, View};
use crate::ui::path::Path;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::text::Lit;
use crate::ui::widget::{Canvas, Line, json};
use crate::ui::zoom::{self, Value};
use crate::wire::json::{Kind, NodeId};
use ratatui::layout::Rect;

/// The body that the tree is of, where a tree is shown.
pub fn of(model: &Model, facts: Facts) -> Option<Key> {
    match (model.view, model.form) {
        (View::Messages, Form::Bytes) => None,
        (View::Messages, _) if lists::len(model, facts, View::Messages) == 0 => None,
        (View::Messages, _) => facts.row(model.cursor).map(|_| Key::Row(model.cursor)),
        (View::Calls | View::Flow, Form::Tree) => {
            calls::selected(model, facts).map(|call| Key::Row(call.request))
        }
        (View::Calls | View::Flow, Form::Answer) => {
            Some(Key::Row(calls::selected(model, facts)?.response?))
        }
        (View::Tools, Form::Tree) => tools::version(model, facts),
        _ => None,
    }
}

/// The value that a tree begins at.
pub fn first(model: &Model, json: &Json) -> Option<NodeId> {
    let root = json.root()?;
    let at = match (model.view, model.form) {
        (View::Calls | View::Flow, Form::Tree) => root.path(&["params", "arguments"])?,
        (View::Calls | View::Flow, Form::Answer) => {
            root.get("result").or_else(|| root.get("error"))?
        }
        _ => root,
    };
    Some(at.id)
}

/// Rows of it that are seen.
pub fn draw(scene: Scene, canvas: &mut Canvas) {
    let Some(tree) = &scene.model.tree else {
        return;
    };
    let Some(json) = scene.model.bodies.get(tree.of).ready() else {
        return;
    };
    if tree.seen().is_empty() {
        let page = messages::page(scene, canvas.width());
        return page.draw(canvas, 0, None);
    }
    let cells = usize::from(canvas.width());
    let known = |text: Raw| known(scene, tree.of, text);
    for (y, (number, id)) in
        (0..canvas.height()).zip(tree.seen().iter().enumerate().skip(tree.offset))
    {
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

/// What the findings say of a text.
fn known(scene: Scene, of: Key, text: Raw) -> json::Known {
    match of {
        Key::Row(row) => {
            let (lit, worst) = evidence::in_message(scene, row, text);
            let sign = worst.map(|severity| {
                let glyph = scene.theme.glyph(terms::risk_glyph(severity));
                Line::of(glyph, scene.theme.style(terms::risk_scope(severity)))
            });
            (lit, sign)
        }
        Key::Version(item, _) => (in_definition(scene, item, text), None),
    }
}

fn in_definition(scene: Scene, item: ItemId, text: Raw) -> Vec<Lit> {
    match scene.facts.session.items().get(item.index()) {
        Some(item) => tools::telling(scene, item, text),
        None => Vec::new(),
    }
}

/// Steps of a path that are shown.
const STEPS: usize = 24;

/// Where the selected value stands and what it is, on the lower border of its pane.
pub fn foot(scene: Scene, canvas: &mut Canvas, pane: Rect) {
    let Some(at) = selected(scene.model) else {
        return;
    };
    let theme = scene.theme;
    let mut part = canvas.part(pane);
    let (w, h) = (part.width(), part.height());
    let room = usize::from(w.saturating_sub(4));
    if room < 8 || h < 2 {
        return;
    }
    let what = format!(
        "{}{}, {}",
        terms::dot(theme),
        at.kind().name(),
        size(at.size() as u64)
    );
    let fits = width(&what) + 12 <= room;
    let room = room - if fits { width(&what) } else { 0 };
    let path = Path::of(at, STEPS);
    let ellipsis = theme.glyph(Glyph::Ellipsis);
    let text = match path.cut {
        true => format!("{ellipsis}{}", path.jq()),
        false => path.jq(),
    };
    // Of a long path the end tells most.
    let text = if width(&text) > room {
        let mut from = text.len();
        for (at, _) in text.char_indices().rev() {
            if width(&text[at..]) + 1 > room {
                break;
            }
            from = at;
        }
        format!("{ellipsis}{}", &text[from..])
    } else {
        text
    };
    let mut line = Line::of(" ", theme.style(Scope::UiDim));
    line.push(elide(&text, room), theme.style(Scope::JsonKey));
    if fits {
        line.push(what, theme.style(Scope::UiDim));
    }
    line.push(" ", theme.style(Scope::UiDim));
    part.line(1, h - 1, &line);
}

/// The selected value.
pub fn selected(model: &Model) -> Option<At<'_>> {
    let tree = model.tree.as_ref()?;
    model.bodies.get(tree.of).ready()?.at(tree.selected_node()?)
}

/// All of the value that is selected in the tree.
pub fn zoomed(model: &Model, facts: Facts) -> Option<Value> {
    let tree = model.tree.as_ref()?;
    match selected(model) {
        Some(at) => Some(value(facts, tree.of, at)),
        None => messages::zoomed(model, facts),
    }
}

/// All of a value of a message or a definition.
pub fn value(facts: Facts, of: Key, at: At) -> Value {
    let pointer = at.pointer(0);
    let (text, evidence) = match (at.kind(), of) {
        (Kind::String, Key::Row(row)) => {
            let text = at.text(zoom::MOST);
            let evidence = evidence::in_value(facts, row, &pointer, text.as_raw());
            (text, evidence)
        }
        (_, Key::Row(row)) => {
            let text = messages::pretty(at);
            let evidence = evidence::in_wire(facts, row, text.as_raw());
            (text, evidence)
        }
        (kind, Key::Version(item, _)) => {
            let text = match kind {
                Kind::String => at.text(zoom::MOST),
                _ => messages::pretty(at),
            };
            let evidence = match facts.session.items().get(item.index()) {
                Some(item) if kind == Kind::String => {
                    tools::ranges(facts, item, &pointer, text.as_raw())
                }
                Some(item) => tools::ranges_in_json(facts, item, text.as_raw()),
                None => Vec::new(),
            };
            (text, evidence)
        }
    };
    let title = match (pointer.is_empty(), of) {
        (false, _) => pointer,
        (true, Key::Row(_)) => "The message".to_owned(),
        (true, Key::Version(..)) => "The definition".to_owned(),
    };
    Value {
        title,
        text,
        key: at.key(),
        more: at.size().saturating_sub(zoom::MOST),
        evidence,
        spaced: at.is_container(),
        at: Some((of, at.id)),
        ..Value::default()
    }
}

/// What the tree is of, for the title of its pane; `None` where the view's own title says it.
pub fn title(scene: Scene) -> Option<&'static str> {
    match (scene.model.view, scene.model.form) {
        (View::Calls | View::Flow, Form::Tree) => Some("the request, x shows the answer"),
        (View::Calls | View::Flow, Form::Answer) => Some("the answer, x shows the page"),
        (View::Tools, Form::Tree) => Some("as it was on the wire, x shows the page"),
        _ => None,
    }
}
