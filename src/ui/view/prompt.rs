//! A line being typed, in place of the keys; a filter's error stands under its fault.

use super::Scene;
use crate::text::{Breaks, Options, Raw, reveal, width};
use crate::ui::complete;
use crate::ui::overlay::{Prompt, Purpose};
use crate::ui::prompt::Line as Typed;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::Canvas;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};

pub fn draw(scene: Scene, canvas: &mut Canvas, prompt: &Prompt, keys: Rect) {
    let theme = scene.theme;
    let error = scene
        .model
        .filter
        .error
        .as_ref()
        .filter(|_| matches!(prompt.purpose, Purpose::Filter));
    let rows = if error.is_some() { 3 } else { 1 };
    let area = Rect {
        y: (keys.y + 1).saturating_sub(rows),
        height: rows,
        ..keys
    };
    let mut part = canvas.part(area);
    part.clear(theme.style(Scope::UiInput));
    let start = line(
        scene,
        &mut part,
        0,
        prompt.purpose.label(),
        &prompt.line,
        theme.style(Scope::UiInput),
    );
    if let Some((at, message)) = error {
        let style = theme.style(Scope::UiInputError);
        let before = width(prompt.line.text().get(..at.start).unwrap_or_default());
        let wide = width(prompt.line.text().get(at.clone()).unwrap_or_default()).max(1);
        let x = start.saturating_add(u16::try_from(before).unwrap_or(0));
        part.repeat(x, 1, u16::try_from(wide).unwrap_or(1), "^", style);
        let note = match &scene.model.filter.good {
            Some(good) => format!("{message} Still in force: {}", good.text),
            None => message.clone(),
        };
        part.put(
            1,
            2,
            &Raw::from(note.as_str()).label(usize::from(keys.width.saturating_sub(2))),
            style,
        );
    } else if matches!(prompt.purpose, Purpose::Filter) {
        if prompt.line.text().is_empty() {
            let hint = "server:mail tool:send* risk:>=high -status:ok method:tools/call dir:s2c after:09:20 \"text\"";
            part.put(start.saturating_add(2), 0, hint, theme.style(Scope::UiDim));
        }
        offer(scene, canvas, prompt, keys);
    }
}

/// What could come next, in the row above; `tab` types it.
fn offer(scene: Scene, canvas: &mut Canvas, prompt: &Prompt, keys: Rect) {
    let theme = scene.theme;
    let (_, candidates) =
        complete::candidates(prompt.line.text(), prompt.line.caret(), scene.facts);
    let Some(above) = keys.y.checked_sub(1).filter(|_| !candidates.is_empty()) else {
        return;
    };
    let mut part = canvas.part(Rect { y: above, ..keys });
    part.clear(theme.style(Scope::UiInput));
    let mut x = part.put(1, 0, "tab ", theme.style(Scope::UiKey));
    if let [only] = candidates.as_slice() {
        x = part.put(
            x,
            0,
            &format!("{}  ", only.text),
            theme.style(Scope::UiText),
        );
        part.put(x, 0, only.help, theme.style(Scope::UiDim));
        return;
    }
    for candidate in &candidates {
        if usize::from(x) + width(&candidate.text) + 2 > usize::from(part.width()) {
            break;
        }
        x = part.put(
            x,
            0,
            &format!("{}  ", candidate.text),
            theme.style(Scope::UiDim),
        );
    }
}

/// Draws a label and a typed line with its caret; returns the column where the typed text starts.
pub fn line(
    scene: Scene,
    canvas: &mut Canvas,
    y: u16,
    label: &str,
    typed: &Typed,
    style: Style,
) -> u16 {
    let start = canvas.put(1, y, label, style.add_modifier(Modifier::BOLD));
    let options = Options {
        ascii: scene.theme.look.ascii,
        breaks: Breaks::Chip,
        ..Options::default()
    };
    let shown = |text: &str| reveal(Raw::from(text), &options).into_string();
    let (before, after) = typed.text().split_at(typed.caret());
    let (before, after) = (shown(before), shown(after));
    let room = usize::from(canvas.width().saturating_sub(start + 2));
    let mut left = before.as_str();
    let mut cut = false;
    while width(left) > room {
        let mut letters = left.chars();
        letters.next();
        left = letters.as_str();
        cut = true;
    }
    let mut x = start;
    if cut {
        x = canvas.put(x, y, scene.theme.glyph(Glyph::Ellipsis), style);
    }
    x = canvas.put(x, y, left, style);
    let mut letters = after.chars();
    let under = letters
        .next()
        .map_or_else(|| " ".to_owned(), |letter| letter.to_string());
    x = canvas.put(x, y, &under, style.add_modifier(Modifier::REVERSED));
    canvas.put(x, y, letters.as_str(), style);
    start
}
