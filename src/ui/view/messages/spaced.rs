//! JSON with line breaks, for reading a whole value.

use crate::text::RawBuf;
use crate::ui::json::At;
use crate::ui::zoom;
use crate::wire::json::indented;

/// Longer values stay as they are.
pub const SPACED: usize = 256 * 1024;

/// A value with its parts on lines of their own.
pub fn value(at: At) -> RawBuf {
    let text = at.text(zoom::MOST);
    if text.as_raw().len() >= SPACED {
        return text;
    }
    indented(text.as_raw().bytes()).map_or(text, RawBuf::from)
}
