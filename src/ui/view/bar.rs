//! The row of keys at the bottom, and what is said for a moment above it.
//!
//! ```text
//!  ] [ call   } { finding   enter open   d definition   m mark   / search   f filter   ? help
//! ```

use super::{Scene, terms};
use crate::text::width;
use crate::ui::command::{self, Command};
use crate::ui::theme::Scope;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

pub fn draw(scene: Scene, canvas: &mut Canvas) {
    let theme = scene.theme;
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
    let mut line = Line::new();
    let help = shorts.pop_if(|(short, _)| *short == "quit");
    for (short, commands) in shorts.into_iter().chain(help) {
        let off = commands
            .iter()
            .all(|command| (command.disabled)(scene.model, scene.facts).is_some());
        let keys: Vec<String> = commands
            .iter()
            .filter_map(|command| keymap.keys_of(command, scene.model.view).next())
            .map(|keys| terms::own(&keys.to_string(), scene.theme).into_owned())
            .collect();
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
        if line.width() + part.width() <= usize::from(canvas.width()) {
            line.append(part);
        }
    }
    canvas.line(0, 0, &line);
}

/// What is said for a moment, above the keys at the right.
pub fn toast(scene: Scene, canvas: &mut Canvas, keys: Rect) {
    let Some(toast) = &scene.model.toast else {
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
