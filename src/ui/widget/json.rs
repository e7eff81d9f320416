//! Rows of a JSON tree, painted from the flat nodes.

use super::line::Line;
use super::text::{clip, inline};
use crate::session::size;
use crate::ui::json::{At, Json};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::tree::Tree;
use crate::wire::json::{Kind, NodeId};

/// One row of the tree: `▾ key: value`.
pub fn row(json: &Json, tree: &Tree, id: NodeId, cells: usize, theme: &Theme) -> Line {
    let Some(at) = json.at(id) else {
        return Line::new();
    };
    let punct = theme.style(Scope::JsonPunct);
    let indent = (at.depth() * 2).min(cells / 2);
    let mut line = Line::of(" ".repeat(indent), punct);
    let fold = match at.is_container() && at.items().next().is_some() {
        true if tree.is_folded(id) => theme.glyph(Glyph::TreeClosed),
        true => theme.glyph(Glyph::TreeOpen),
        false => " ",
    };
    line.push(format!("{fold} "), punct);
    if let Some(key) = at.key() {
        line.append(inline(
            key.as_raw(),
            cells,
            theme.style(Scope::JsonKey),
            theme,
        ));
        line.push(": ", punct);
    }
    let room = cells.saturating_sub(line.width());
    line.append(value(at, tree.is_folded(id), room, theme));
    clip(line, cells, false, theme)
}

/// A value in brief, on one line.
pub fn value(at: At, folded: bool, cells: usize, theme: &Theme) -> Line {
    let punct = theme.style(Scope::JsonPunct);
    let (open, close) = if at.kind() == Kind::Array {
        ("[", "]")
    } else {
        ("{", "}")
    };
    match at.kind() {
        Kind::Array | Kind::Object => {
            let count = at.items().take(10_000).count();
            match count {
                0 => Line::of(format!("{open}{close}"), punct),
                _ if !folded => {
                    Line::of(open, punct).with(format!(" {count}"), theme.style(Scope::UiDim))
                }
                _ => Line::of(
                    format!("{open}{}{close}", theme.glyph(Glyph::Ellipsis)),
                    punct,
                )
                .with(
                    format!(" {count} · {}", size(at.size() as u64)),
                    theme.style(Scope::UiDim),
                ),
            }
        }
        Kind::String => {
            let style = theme.style(Scope::JsonString);
            let text = at.text(cells.saturating_mul(8).saturating_add(256));
            let long = at.size() > cells.saturating_mul(8).saturating_add(256);
            let note = if at.size() > 2000 {
                format!(" {}", size(at.size() as u64))
            } else {
                String::new()
            };
            let room = cells.saturating_sub(2 + note.len());
            let mut line = Line::of("\"", style);
            line.append(clip(
                inline(text.as_raw(), room, style, theme),
                room,
                long,
                theme,
            ));
            line.push("\"", style);
            line.push(note, theme.style(Scope::UiDim));
            line
        }
        Kind::Number => inline(
            at.text(400).as_raw(),
            cells,
            theme.style(Scope::JsonNumber),
            theme,
        ),
        Kind::Null | Kind::True | Kind::False => inline(
            at.text(16).as_raw(),
            cells,
            theme.style(Scope::JsonLiteral),
            theme,
        ),
    }
}
