//! The row of keys at the bottom, and what is said for a moment above it.
//!
//! ```text
//!  ] [ call   } { finding   enter open   d definition   m mark   / search   f filter   ? help
//! ```

use super::{Scene, terms};
use crate::text::width;
use crate::ui::command::{self, Command};
use crate::ui::overlay::Overlay;
use crate::ui::theme::Scope;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// What the keys do while something lies on top; `None` where they are told elsewhere.
fn on_top(scene: Scene) -> Option<&'static [(&'static str, &'static str)]> {
    if !scene.model.keyboard.pending.is_empty() {
        return Some(&[("esc", "drop")]);
    }
    match scene.model.overlay.as_ref()? {
        Overlay::Palette(_) => Some(&[
            ("enter", "run"),
            ("tab", "complete"),
            ("up down", "choose"),
            ("esc", "close"),
        ]),
        Overlay::Help(_) => Some(&[
            ("up down", "scroll"),
            ("space", "page"),
            ("a-z", "search"),
            ("esc", "close"),
        ]),
        Overlay::Sources(_) => Some(&[("j k", "scroll"), ("space", "page"), ("esc", "close")]),
        _ => None,
    }
}

/// The words at the end of the row.
const LAST: &[&str] = &["help", "quit"];

pub fn draw(scene: Scene, canvas: &mut Canvas) {
    let theme = scene.theme;
    if let Some(keys) = on_top(scene) {
        let mut line = Line::new();
        for (key, what) in keys {
            line.push(format!(" {key}"), theme.style(Scope::UiKey));
            line.push(format!(" {what}  "), theme.style(Scope::UiDim));
        }
        canvas.line(0, 0, &line);
        return;
    }
    let keymap = &scene.model.keyboard.keymap;
    let mut shorts: Vec<(&str, Vec<&Command>)> = Vec::new();
    let here = |command: &&Command| command.place.holds(scene.model.view, scene.model.focus);
    for command in command::all()
        .filter(|command| !command.short.is_empty())
        .filter(here)
    {
        match shorts.iter_mut().find(|(short, _)| *short == command.short) {
            Some((_, commands)) => commands.push(command),
            None => shorts.push((command.short, vec![command])),
        }
    }
    let mut parts: Vec<(bool, Line)> = Vec::new();
    for (short, commands) in shorts {
        let off = commands
            .iter()
            .all(|command| (command.disabled)(scene.model, scene.facts).is_some());
        let keys: Vec<String> = commands
            .iter()
            .filter_map(|command| keymap.keys_of(command, scene.model.view).next())
            .map(|keys| terms::own(&keys.to_string(), scene.theme).into_owned())
            .collect();
        if keys.is_empty() {
            continue;
        }
        let mut part = Line::of(" ", theme.style(Scope::UiDim));
        part.push(
            keys.join(" "),
            theme.style(if off {
                Scope::UiKeyDisabled
            } else {
                Scope::UiKey
            }),
        );
        part.push(
            format!(" {short}  "),
            theme.style(if off {
                Scope::UiKeyDisabled
            } else {
                Scope::UiDim
            }),
        );
        parts.push((LAST.contains(&short), part));
    }
    // What leads everywhere else has its place, however narrow the terminal is.
    let (last, first): (Vec<_>, Vec<_>) = parts.into_iter().partition(|(last, _)| *last);
    let kept: usize = last.iter().map(|(_, part)| part.width()).sum();
    let room = usize::from(canvas.width()).saturating_sub(kept);
    let mut line = Line::new();
    for (_, part) in first {
        if line.width() + part.width() <= room {
            line.append(part);
        }
    }
    last.into_iter().for_each(|(_, part)| line.append(part));
    canvas.line(0, 0, &line);
}

/// What is said for a moment, above the keys at the right.
pub fn toast(scene: Scene, canvas: &mut Canvas, keys: Rect) {
    // What can follow a prefix must be readable.
    let pending = !scene.model.keyboard.pending.is_empty();
    let Some(toast) = scene.model.toast.as_ref().filter(|_| !pending) else {
        return;
    };
    let style = scene.theme.style(if toast.bad {
        Scope::UiToastWarn
    } else {
        Scope::UiToast
    });
    let most = usize::from(keys.width.saturating_sub(4)).clamp(1, 70);
    let rows = prose(&toast.text, most);
    let cells = rows.iter().map(|row| width(row)).max().unwrap_or(0) + 2;
    let height = u16::try_from(rows.len()).unwrap_or(1).min(keys.y);
    let cells = u16::try_from(cells).unwrap_or(keys.width).min(keys.width);
    let area = Rect {
        x: keys.right() - cells,
        y: keys.y - height,
        width: cells,
        height,
    };
    let mut part = canvas.part(area);
    part.clear(style);
    for (y, row) in (0..height).zip(&rows) {
        part.put(1, y, row, style);
    }
}
