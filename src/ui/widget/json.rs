//! Rows of a JSON tree, painted from the flat nodes.

use super::line::Line;
use super::seen::Seen;
use super::text::{Lit, clip, inline, inline_lit};
use crate::session::size;
use crate::text::{Raw, RawBuf};
use crate::ui::blob::Blob;
use crate::ui::json::{At, Json};
use crate::ui::theme::{Glyph, Scope, Theme};
use crate::ui::tree::Tree;
use crate::wire::json::{Kind, NodeId};

/// What is known of a text: the spans to light, and the sign of how bad it is.
pub type Known = (Vec<Lit>, Option<Line>);

/// One row of the tree: `│ ▾ key: value`. `known` is asked of each text, as it is shown.
pub fn row(
    json: &Json,
    tree: &Tree,
    id: NodeId,
    cells: usize,
    theme: &Theme,
    known: impl Fn(Raw) -> Known,
) -> Line {
    let Some(at) = json.at(id) else {
        return Line::new();
    };
    let punct = theme.style(Scope::JsonPunct);
    let mut line = guides(at.depth(), cells, theme);
    let fold = match at.count() > 0 {
        true if tree.is_folded(id) => theme.glyph(Glyph::TreeClosed),
        true => theme.glyph(Glyph::TreeOpen),
        false => " ",
    };
    line.push(format!("{fold} "), punct);
    let key = at.key();
    match &key {
        Some(key) => {
            // A key leaves room for its value.
            let room = (cells.saturating_sub(line.width()) * 2 / 3).max(8);
            line.append(inline(
                key.as_raw(),
                room,
                theme.style(Scope::JsonKey),
                theme,
            ));
            line.push(": ", punct);
        }
        None if at.parent().is_some() => {
            line.push(at.place().to_string(), theme.style(Scope::UiDim));
            line.push(": ", punct);
        }
        None => {}
    }
    let room = |line: &Line| cells.saturating_sub(line.width());
    if at.kind() == Kind::String {
        let text = at.text(LOOKED_AT);
        let seen = Seen::member(key.as_ref().map(RawBuf::as_raw), text.as_raw(), theme);
        let (lit, sign) = known(seen.raw());
        if let Some(sign) = sign {
            line.append(sign);
            line.push(" ", punct);
        }
        if !lit.is_empty() || seen.is_masked() {
            let note = match seen.is_masked() {
                true => " masked",
                false => "",
            };
            let room = room(&line).saturating_sub(note.len());
            line.append(string(seen.raw(), &lit, room, theme));
            line.push(note, theme.style(Scope::UiDim));
            return clip(line, cells, false, theme);
        }
    }
    if let Some(blob) = Blob::of(at) {
        line.append(described(&blob, theme));
        return clip(line, cells, false, theme);
    }
    let room = room(&line);
    line.append(value(at, tree.is_folded(id), room, theme));
    clip(line, cells, false, theme)
}

/// What bytes are, in the place of their digits.
pub fn described(blob: &Blob, theme: &Theme) -> Line {
    let mut line = Line::of(blob.brief(), theme.style(Scope::TextSize));
    if let Some(sentence) = blob.contradiction() {
        line.push(
            format!("  {} {sentence}", theme.glyph(Glyph::RiskMedium)),
            theme.style(Scope::RiskMedium),
        );
    }
    line
}

/// The lines that lead down from what a row is in; where they would take half of the row, how many there are.
fn guides(depth: usize, cells: usize, theme: &Theme) -> Line {
    let dim = theme.style(Scope::UiBorder);
    let fitting = (cells / 4).max(1);
    let guide = format!("{} ", theme.glyph(Glyph::TreeLine));
    if depth <= fitting {
        return Line::of(guide.repeat(depth), dim);
    }
    let number = format!("{}{depth} ", theme.glyph(Glyph::Ellipsis));
    Line::of(guide.repeat(fitting.saturating_sub(2)), dim).with(number, theme.style(Scope::UiDim))
}

/// Bytes of one text in which evidence is looked for.
const LOOKED_AT: usize = 16 * 1024;

/// A text on one line, beginning where its evidence is seen.
fn string(text: Raw, lit: &[Lit], cells: usize, theme: &Theme) -> Line {
    let style = theme.style(Scope::JsonString);
    let first = lit.iter().map(|lit| lit.span.start).min().unwrap_or(0);
    // A little of what stands before it.
    let before = cells / 4;
    let start = match first > cells / 2 {
        true => character(text.bytes(), first.saturating_sub(before)),
        false => 0,
    };
    let lit: Vec<Lit> = lit
        .iter()
        .filter(|lit| lit.span.start >= start)
        .map(|lit| Lit {
            span: lit.span.start - start..lit.span.end - start,
            style: lit.style,
        })
        .collect();
    let mut line = Line::of("\"", style);
    if start > 0 {
        line.push(theme.glyph(Glyph::Ellipsis), theme.style(Scope::UiDim));
    }
    let room = cells.saturating_sub(line.width() + 1);
    let rest = text.slice(start..text.len());
    line.append(inline_lit(rest, &lit, room, style, theme));
    line.push("\"", style);
    line
}

/// The nearest offset from `at` on that does not stand inside a UTF-8 sequence.
fn character(bytes: &[u8], mut at: usize) -> usize {
    while at < bytes.len() && bytes[at] & 0xC0 == 0x80 {
        at += 1;
    }
    at
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
            let count = at.count();
            let things = match (at.kind(), count) {
                (Kind::Array, 1) => "item",
                (Kind::Array, _) => "items",
                (_, 1) => "key",
                _ => "keys",
            };
            let dim = theme.style(Scope::UiDim);
            let counted = format!("{} {things}", crate::ui::view::grouped(count));
            match count {
                0 => Line::of(format!("{open}{close}"), punct),
                _ if !folded => Line::of(open, punct).with(format!(" {counted}"), dim),
                _ => {
                    let size = format!(" {}", size(at.size() as u64));
                    let mut line = Line::of(open, punct).with(counted, dim);
                    if at.kind() == Kind::Object {
                        let room = cells.saturating_sub(line.width() + size.len() + 1);
                        line.append(keys(at, room, theme));
                    }
                    line.push(close, punct);
                    line.push(size, dim);
                    line
                }
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

/// The names of an object's members, as many as have room: `: name, to…`.
fn keys(at: At, cells: usize, theme: &Theme) -> Line {
    /// Cells below which a name says nothing.
    const LEAST: usize = 6;
    let (punct, style) = (theme.style(Scope::JsonPunct), theme.style(Scope::JsonKey));
    let mut line = Line::new();
    for (n, member) in at.items().enumerate() {
        let room = cells.saturating_sub(line.width() + 2);
        let last = n + 1 == at.count();
        let Some(key) = member.key().filter(|_| room >= LEAST) else {
            line.push(theme.glyph(Glyph::Ellipsis), theme.style(Scope::UiDim));
            break;
        };
        line.push(if n == 0 { ": " } else { ", " }, punct);
        // One cell for the sign that there are more.
        let room = if last { room } else { room - 1 };
        line.append(inline(key.as_raw(), room, style, theme));
    }
    clip(line, cells, false, theme)
}
