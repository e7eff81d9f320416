//! Outlines of what is drawn and not written, in the units of the picture.

use std::fmt::Write;

/// A cell's width. DejaVu Sans Mono at 15 units advances by 9.03.
pub const WIDTH: i32 = 9;
/// A cell's height.
pub const HEIGHT: i32 = 19;

/// The outline of one cell's sign, as SVG path data.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// Areas to be filled.
    pub fill: String,
    /// Lines to be stroked, one unit wide.
    pub stroke: String,
    /// How much of the ink is seen, in percent; shades have less than 100.
    pub opacity: u8,
}

impl Shape {
    pub fn new() -> Shape {
        Shape {
            opacity: 100,
            ..Shape::default()
        }
    }

    /// A filled rectangle, in eighths of a unit.
    pub fn rectangle(&mut self, x: i32, y: i32, width: i32, height: i32) {
        let (x, y, w, h) = (eighths(x), eighths(y), eighths(width), eighths(height));
        let _ = write!(self.fill, "M{x} {y}h{w}v{h}h-{w}z");
    }
}

/// A number of eighths as a decimal fraction without trailing zeros.
pub fn eighths(n: i32) -> String {
    let (sign, n) = (if n < 0 { "-" } else { "" }, n.unsigned_abs());
    let fraction = match n % 8 {
        0 => "",
        1 => ".125",
        2 => ".25",
        3 => ".375",
        4 => ".5",
        5 => ".625",
        6 => ".75",
        _ => ".875",
    };
    format!("{sign}{}{fraction}", n / 8)
}

/// One bracket of a chip, from its open ends at `ends` to its `tip`.
fn angle(ends: i32, tip: i32, y: i32) -> Shape {
    let mut shape = Shape::new();
    let (top, bottom) = (y + 2, y + HEIGHT - 3);
    let _ = write!(
        shape.stroke,
        "M{ends} {top}L{tip} {}.5L{ends} {bottom}",
        (top + bottom) / 2
    );
    shape
}

/// The shape of a character that is drawn: U+2500–257F, U+2580–259F, and the brackets of chips, which fonts draw so small
/// that they look round. Its upper left corner is at (`x`, `y`).
pub fn shape(character: char, x: i32, y: i32) -> Option<Shape> {
    match character {
        '\u{2500}'..='\u{257f}' => super::lines::line(character, x, y),
        '\u{2580}'..='\u{259f}' => super::blocks::block(character, x, y),
        '⟨' => Some(angle(x + WIDTH - 2, x + 3, y)),
        '⟩' => Some(angle(x + 2, x + WIDTH - 3, y)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eighths_are_written_short() {
        assert_eq!(
            [0, 8, 12, 19, -1, -16].map(eighths),
            ["0", "1", "1.5", "2.375", "-0.125", "-2"]
        );
    }

    #[test]
    fn every_line_and_block_has_a_shape() {
        for character in '\u{2500}'..='\u{259f}' {
            let shape = shape(character, 0, 0).unwrap();
            assert!(
                !shape.fill.is_empty() || !shape.stroke.is_empty(),
                "{character}"
            );
        }
        assert_eq!(shape('a', 0, 0), None);
    }

    #[test]
    fn no_two_are_the_same() {
        let mut shapes: Vec<_> = ('\u{2500}'..='\u{259f}')
            .map(|c| (shape(c, 0, 0).unwrap(), c))
            .collect();
        shapes.sort_by(|a, b| {
            (&a.0.fill, &a.0.stroke, a.0.opacity).cmp(&(&b.0.fill, &b.0.stroke, b.0.opacity))
        });
        for pair in shapes.windows(2) {
            assert_ne!(pair[0].0, pair[1].0, "{} {}", pair[0].1, pair[1].1);
        }
    }
}
