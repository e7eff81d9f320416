//! SVG to PNG, with the fonts of this machine.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

/// Why there is no PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    #[error("the picture cannot be read as SVG: {0}")]
    Svg(#[from] resvg::usvg::Error),
    #[error("a picture of {0} by {1} pixels is too large")]
    Size(u32, u32),
    #[error("the picture cannot be written as PNG: {0}")]
    Png(String),
}

/// Draws a picture of [`svg`](super::svg) at `scale` pixels a unit. Letters depend on the fonts that are installed; the
/// places of the cells do not.
///
/// # Errors
/// When the text is no SVG, or the picture too large for memory.
pub fn png(svg: &str, scale: f32) -> Result<Vec<u8>, PngError> {
    let mut options = Options::default();
    Arc::make_mut(&mut options.fontdb).load_system_fonts();
    let tree = Tree::from_str(svg, &options)?;
    let size = tree.size();
    let (width, height) = (
        (size.width() * scale).ceil() as u32,
        (size.height() * scale).ceil() as u32,
    );
    let mut pixels = Pixmap::new(width, height).ok_or(PngError::Size(width, height))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    pixels
        .encode_png()
        .map_err(|error| PngError::Png(error.to_string()))
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::Buffer;

    use super::*;
    use crate::ui::picture::{Terminal, svg};

    #[test]
    fn a_screen_becomes_a_png() {
        let terminal = Terminal {
            ink: (200, 200, 200),
            paper: (16, 16, 16),
        };
        let bytes = png(
            &svg(&Buffer::with_lines(["╭──╮", "│ab│"]), terminal, "Two lines"),
            2.0,
        )
        .unwrap();
        assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
        // The header has width and height: 4 cells of 9 and 2 of 19, and 14 on each side, twice.
        assert_eq!(bytes[16..24], [0, 0, 0, 128, 0, 0, 0, 132]);
        assert!(png("<p>", 1.0).is_err());
    }
}
