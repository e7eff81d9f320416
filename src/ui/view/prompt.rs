//! A line being typed, in place of the keys; a filter's error stands under its fault.

use super::Scene;
use crate::text::{Breaks, Options, Raw, reveal, width};
use crate::ui::complete;
use crate::ui::overlay::{Prompt, Purpose};
use crate::ui::prompt::Line as Typed;
use crate::ui::theme::{Glyph, Scope};
use crate::ui::widget::Canvas;
use crate::ui::widget::rows::scrolled_to;
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

/// Most candidates that are seen at a time.
const OFFERED: usize = 8;

/// What could come next, in the rows above; `tab` types it.
fn offer(scene: Scene, canvas: &mut Canvas, prompt: &Prompt, keys: Rect) {
    let theme = scene.theme;
    let (_, candidates) =
        complete::candidates(prompt.line.text(), prompt.line.caret(), scene.facts);
    let cycle = scene.model.typing.cycle.as_ref();
    let texts: Vec<(&str, &str)> = match cycle {
        Some(cycle) => cycle.texts.iter().map(|text| (text.as_str(), "")).collect(),
        None => candidates
            .iter()
            .map(|one| (one.text.as_str(), one.help))
            .collect(),
    };
    let room = usize::from(keys.y.saturating_sub(2)).min(OFFERED);
    let rows = texts.len().min(room);
    if rows == 0 {
        return;
    }
    let selected = cycle.map(|cycle| cycle.at);
    let first = scrolled_to(selected.unwrap_or(0), 0, rows, texts.len());
    let height = u16::try_from(rows).unwrap_or(1);
    let mut part = canvas.part(Rect {
        y: keys.y - height,
        height,
        ..keys
    });
    part.clear(theme.style(Scope::UiPopup));
    let wide = texts
        .iter()
        .skip(first)
        .take(rows)
        .map(|(text, _)| width(text))
        .max();
    let help = u16::try_from(wide.unwrap_or(0) + 8).unwrap_or(u16::MAX);
    for (y, (n, (text, says))) in (0..height).zip(texts.iter().enumerate().skip(first)) {
        if y == 0 {
            part.put(1, y, "tab", theme.style(Scope::UiKey));
        }
        part.put(5, y, text, theme.style(Scope::UiText));
        part.put(help, y, says, theme.style(Scope::UiDim));
        if y + 1 == height && first + rows < texts.len() {
            let more = format!("{} more", texts.len() - first - rows);
            let at = keys.width.saturating_sub(14);
            part.put_right(at, y, 13, &more, theme.style(Scope::UiDim));
        }
        if selected == Some(n) {
            part.style_row(y, theme.style(Scope::UiSelect));
        }
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
