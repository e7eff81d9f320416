//! A recorded line as its bytes.

use crate::analysis::signal::secret;
use crate::session::size;
use crate::ui::json::Json;
use crate::ui::theme::Scope;
use crate::ui::widget::{Line, Page};
use std::ops::Range;

/// Bytes that the page shows.
const DUMPED: usize = 16 * 1024;

/// Bytes behind those that a secret in them may reach to.
const REACH: usize = 512;
/// Stands for half a byte of a secret.
const MASK: &str = "*";

fn is_in(ranges: &[Range<usize>], at: usize) -> bool {
    let next = ranges.partition_point(|range| range.end <= at);
    ranges.get(next).is_some_and(|range| range.start <= at)
}

/// Offsets, bytes and letters, as a hex editor shows them.
pub fn dump(page: &mut Page, json: &Json) {
    let line = json.line();
    let hidden = match page.theme.masks {
        true => secret::hidden(&line[..line.len().min(DUMPED + REACH)]),
        false => Vec::new(),
    };
    page.masked |= !hidden.is_empty();
    let fitting = (page.width.saturating_sub(11) / 4).clamp(4, 16) / 4 * 4;
    for (n, bytes) in line[..line.len().min(DUMPED)]
        .chunks(fitting.max(4))
        .enumerate()
    {
        let offset = n * fitting.max(4);
        let bytes = bytes
            .iter()
            .enumerate()
            .map(|(at, byte)| (!is_in(&hidden, offset + at)).then_some(*byte));
        let hex: Vec<String> = bytes
            .clone()
            .map(|byte| byte.map_or_else(|| MASK.repeat(2), |byte| format!("{byte:02x}")))
            .collect();
        let letters: String = bytes
            .map(|byte| match byte {
                Some(b) if b.is_ascii_graphic() || b == b' ' => char::from(b),
                Some(_) => '.',
                None => '*',
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
    if !hidden.is_empty() {
        page.say("Secrets are masked as **; S spells them out.", Scope::UiDim);
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
