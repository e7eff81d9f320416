//! The keys of the present view, from the registry.

use super::{Scene, terms};
use crate::text::width;
use crate::ui::command::{self, Group};
use crate::ui::theme::Scope;
use crate::ui::widget::pane::Pane;
use crate::ui::widget::text::prose;
use crate::ui::widget::{Canvas, Line};
use ratatui::layout::Rect;

/// Cells for the keys.
const KEYS: usize = 16;

pub fn draw(scene: Scene, canvas: &mut Canvas, scroll: usize) {
    let area = canvas.area();
    let cells = area.width.min(84);
    let area = Rect {
        x: area.x + (area.width - cells) / 2,
        width: cells,
        ..area
    };
    let lines = lines(scene, usize::from(cells.saturating_sub(4)));
    let height = u16::try_from(lines.len() + 2)
        .unwrap_or(u16::MAX)
        .min(area.height);
    let area = Rect {
        y: area.y + (area.height - height) / 2,
        height,
        ..area
    };
    let seen = usize::from(height.saturating_sub(2));
    let scroll = scroll.min(lines.len().saturating_sub(seen));
    canvas.part(area).clear(scene.theme.style(Scope::UiPopup));
    let title = format!("Keys in {}", scene.model.view.name());
    let pane = Pane {
        title: &title,
        note: "esc closes",
        focused: true,
        scroll: Some((scroll, seen, lines.len())),
    };
    let inside = pane.draw(canvas, scene.theme, area);
    let mut part = canvas.part(inside);
    for (y, line) in (0..part.height()).zip(lines.iter().skip(scroll)) {
        part.line(1, y, line);
    }
}

fn lines(scene: Scene, cells: usize) -> Vec<Line> {
    let theme = scene.theme;
    let keymap = &scene.model.keyboard.keymap;
    let mut lines: Vec<Line> = Vec::new();
    for group in Group::ALL {
        let here = command::all()
            .filter(|command| command.group == group && !command.keys.is_empty())
            .filter(|command| {
                command
                    .place
                    .views
                    .is_none_or(|views| views.contains(&scene.model.view))
            });
        let mut first = true;
        for command in here {
            if std::mem::take(&mut first) {
                if !lines.is_empty() {
                    lines.push(Line::new());
                }
                lines.push(Line::of(group.name(), theme.style(Scope::TextHeading)));
            }
            let off = (command.disabled)(scene.model, scene.facts).is_some();
            let (key, text) = if off {
                (Scope::UiKeyDisabled, Scope::UiKeyDisabled)
            } else {
                (Scope::UiKey, Scope::UiText)
            };
            let keys = keymap.shown(command, scene.model.view);
            let keys = terms::own(&keys, theme).into_owned();
            let pad = " ".repeat(KEYS.saturating_sub(width(&keys)).max(1));
            for (n, row) in prose(
                &terms::own(command.title, theme),
                cells.saturating_sub(KEYS + 2),
            )
            .into_iter()
            .enumerate()
            {
                let mut line = Line::of("  ", theme.style(text));
                match n {
                    0 => {
                        line = line
                            .with(keys.clone(), theme.style(key))
                            .with(pad.clone(), theme.style(text))
                    }
                    _ => line.push(" ".repeat(KEYS), theme.style(text)),
                }
                lines.push(line.with(row, theme.style(text)));
            }
        }
    }
    lines
}
