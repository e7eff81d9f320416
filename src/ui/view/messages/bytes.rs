//! A recorded line as its bytes.

use crate::session::size;
use crate::ui::json::Json;
use crate::ui::theme::Scope;
use crate::ui::widget::{Line, Page};

/// Bytes that the page shows.
const DUMPED: usize = 16 * 1024;

/// Offsets, bytes and letters, as a hex editor shows them.
pub fn dump(page: &mut Page, json: &Json) {
    let line = json.line();
    let fitting = (page.width.saturating_sub(11) / 4).clamp(4, 16) / 4 * 4;
    for (n, bytes) in line[..line.len().min(DUMPED)]
        .chunks(fitting.max(4))
        .enumerate()
    {
        let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let letters: String = bytes
            .iter()
            .map(|b| {
                if b.is_ascii_graphic() || *b == b' ' {
                    char::from(*b)
                } else {
                    '.'
                }
            })
            .collect();
        let row = Line::of(format!("{:08x} ", n * fitting), page.style(Scope::TextId))
            .with(
                format!("{:<1$} ", hex.join(" "), fitting * 3),
                page.style(Scope::UiText),
            )
            .with(letters, page.style(Scope::TextCode));
        page.line(row);
    }
    if line.len() > DUMPED {
        page.say(
            &format!(
                "{} more; the file holds them.",
                size((line.len() - DUMPED) as u64)
            ),
            Scope::UiDim,
        );
    }
}
