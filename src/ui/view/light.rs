//! What was searched for, lit wherever it is on the screen.

use super::Scene;
use crate::ui::theme::Scope;
use crate::ui::widget::Canvas;

/// Lights every place in the panes that reads as what was searched for, letters of either case.
pub fn light(scene: Scene, canvas: &mut Canvas) {
    let needle = scene.model.search.text.to_lowercase();
    if needle.is_empty() {
        return;
    }
    let style = scene.theme.style(Scope::UiMatch);
    for y in 0..canvas.height() {
        // Where in the row's text each cell begins.
        let mut text = String::new();
        let mut starts = Vec::with_capacity(usize::from(canvas.width()));
        for x in 0..canvas.width() {
            starts.push(text.len());
            text.push_str(&canvas.symbol(x, y).to_lowercase());
        }
        let mut from = 0;
        while let Some(at) = text[from..].find(&needle).map(|at| from + at) {
            let end = at + needle.len();
            let first = starts
                .partition_point(|start| *start <= at)
                .saturating_sub(1);
            let last = starts.partition_point(|start| *start < end);
            for x in first..last {
                canvas.style_cell(u16::try_from(x).unwrap_or(u16::MAX), y, style);
            }
            from = end;
        }
    }
}
