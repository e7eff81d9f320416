//! Block elements, U+2580–259F.

use super::shape::{HEIGHT, Shape, WIDTH};

/// The quadrants of U+2596–259F: upper left, upper right, lower left, lower right.
const QUADRANTS: [[bool; 4]; 10] = {
    const O: bool = false;
    const X: bool = true;
    [
        [O, O, X, O],
        [O, O, O, X],
        [X, O, O, O],
        [X, O, X, X],
        [X, O, O, X],
        [X, X, X, O],
        [X, X, O, X],
        [O, X, O, O],
        [O, X, X, O],
        [O, X, X, X],
    ]
};

/// The shape of a block element whose cell begins at (`x`, `y`).
pub fn block(character: char, x: i32, y: i32) -> Option<Shape> {
    let mut shape = Shape::new();
    // In eighths: a block of `w` by `h` eighths of the cell, `right` and `down` of its corner.
    let mut part = |right: i32, down: i32, w: i32, h: i32| {
        shape.rectangle(
            x * 8 + right * WIDTH,
            y * 8 + down * HEIGHT,
            w * WIDTH,
            h * HEIGHT,
        );
    };
    let number = character as i32;
    match number {
        0x2580 => part(0, 0, 8, 4),
        0x2581..=0x2588 => {
            let high = number - 0x2580;
            part(0, 8 - high, 8, high);
        }
        0x2589..=0x258f => part(0, 0, 0x2590 - number, 8),
        0x2590 => part(4, 0, 4, 8),
        0x2591..=0x2593 => {
            part(0, 0, 8, 8);
            shape.opacity = [25, 50, 75][(number - 0x2591) as usize];
        }
        0x2594 => part(0, 0, 8, 1),
        0x2595 => part(7, 0, 1, 8),
        0x2596..=0x259f => {
            for (place, seen) in QUADRANTS[(number - 0x2596) as usize]
                .into_iter()
                .enumerate()
            {
                if seen {
                    part((place % 2) as i32 * 4, (place / 2) as i32 * 4, 4, 4);
                }
            }
        }
        _ => return None,
    }
    Some(shape)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(character: char) -> String {
        block(character, 0, 0).unwrap().fill
    }

    #[test]
    fn bars_stand_on_the_ground() {
        assert_eq!(fill('▁'), "M0 16.625h9v2.375h-9z");
        assert_eq!(fill('▄'), "M0 9.5h9v9.5h-9z");
        assert_eq!(fill('█'), "M0 0h9v19h-9z");
    }

    #[test]
    fn sides_and_quadrants() {
        assert_eq!(fill('▌'), "M0 0h4.5v19h-4.5z");
        assert_eq!(fill('▐'), "M4.5 0h4.5v19h-4.5z");
        assert_eq!(fill('▗'), "M4.5 9.5h4.5v9.5h-4.5z");
        assert_eq!(block('▒', 0, 0).unwrap().opacity, 50);
        assert_eq!(block('a', 0, 0), None);
    }

    #[test]
    fn the_cell_is_where_it_was_asked_for() {
        assert_eq!(block('█', 18, 38).unwrap().fill, "M18 38h9v19h-9z");
    }
}
