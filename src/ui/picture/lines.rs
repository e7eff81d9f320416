//! Box drawing, U+2500–257F.
//!
//! A sign is four arms from the middle of the cell: up, right, down, left. Arms are filled rectangles on whole units, so
//! that they are sharp and meet those of the next cell.

use std::fmt::Write;

use super::shape::{HEIGHT, Shape, WIDTH};

const NONE: u8 = b'0';
const HEAVY: u8 = b'2';
const DOUBLE: u8 = b'3';

/// The weight of each arm (up, right, down, left; 1 is a light line) by the names in the Unicode character database; `----` is drawn in
/// another way.
const ARMS: &str = "\
     0101 0202 1010 2020 ---- ---- ---- ---- ---- ---- ---- ---- 0110 0210 0120 0220 \
     0011 0012 0021 0022 1100 1200 2100 2200 1001 1002 2001 2002 1110 1210 2110 1120 \
     2120 2210 1220 2220 1011 1012 2011 1021 2021 2012 1022 2022 0111 0112 0211 0212 \
     0121 0122 0221 0222 1101 1102 1201 1202 2101 2102 2201 2202 1111 1112 1211 1212 \
     2111 1121 2121 2112 2211 1122 1221 2212 1222 2122 2221 2222 ---- ---- ---- ---- \
     0303 3030 0310 0130 0330 0013 0031 0033 1300 3100 3300 1003 3001 3003 1310 3130 \
     3330 1013 3031 3033 0313 0131 0333 1303 3101 3303 1313 3131 3333 ---- ---- ---- \
     ---- ---- ---- ---- 0001 1000 0100 0010 0002 2000 0200 0020 0201 1020 0102 2010 \
     ";

/// The middle of the cell; a light line covers the unit that begins here.
const X: i32 = WIDTH / 2;
const Y: i32 = HEIGHT / 2;
/// From the middle to each line of a double one.
const GAP: i32 = 2;

/// The shape of a box drawing character whose cell begins at (`x`, `y`).
pub fn line(character: char, x: i32, y: i32) -> Option<Shape> {
    let mut shape = Shape::new();
    match character {
        '┄' | '┅' | '┈' | '┉' | '╌' | '╍' | '┆' | '┇' | '┊' | '┋' | '╎' | '╏' => {
            dashes(&mut shape, character, x, y)
        }
        '╭' | '╮' | '╯' | '╰' => arc(&mut shape, character, x, y),
        '╱' | '╲' | '╳' => {
            let (right, bottom) = (x + WIDTH, y + HEIGHT);
            if character != '╲' {
                let _ = write!(shape.stroke, "M{right} {y}L{x} {bottom}");
            }
            if character != '╱' {
                let _ = write!(shape.stroke, "M{x} {y}L{right} {bottom}");
            }
        }
        _ => {
            let place = (character as usize).checked_sub(0x2500)?;
            let arms: [u8; 4] = ARMS
                .as_bytes()
                .get(place * 5..place * 5 + 4)?
                .try_into()
                .ok()?;
            for side in 0..4 {
                arm(&mut shape, arms, side, x, y);
            }
        }
    }
    Some(shape)
}

/// Draws one arm. In its own frame the arm runs along `t` from the middle (0) to the edge, and `s` goes across, growing
/// to the arm's right hand side when one looks from the middle to the edge.
fn arm(shape: &mut Shape, arms: [u8; 4], side: usize, x: i32, y: i32) {
    let (weight, ahead) = (arms[side], arms[(side + 2) % 4]);
    // The arms on the right and on the left hand of this one.
    let (right, left) = (arms[(side + 1) % 4], arms[(side + 3) % 4]);
    let mut bar =
        |from: i32, across: i32, thick: i32| strip(shape, side, from, across, thick, x, y);
    match weight {
        NONE => {}
        DOUBLE => {
            for (across, near, far) in [(GAP, right, left), (-GAP, left, right)] {
                let from = if near == DOUBLE {
                    GAP
                } else if ahead == DOUBLE {
                    0
                } else if far == DOUBLE {
                    -GAP
                } else {
                    0
                };
                bar(from, across, 1);
            }
        }
        _ => {
            let thick = if weight == HEAVY { 3 } else { 1 };
            let from = match (right == DOUBLE, left == DOUBLE) {
                (true, true) if ahead == NONE => GAP,
                (true, false) | (false, true) if ahead == NONE => -GAP,
                // Fill the corner with heavy lines that cross.
                _ if right == HEAVY || left == HEAVY => -1,
                _ => 0,
            };
            bar(from, 0, thick);
        }
    }
}

/// A bar along an arm, `from` units from the middle to the edge, `thick` units across.
fn strip(shape: &mut Shape, side: usize, from: i32, across: i32, thick: i32, x: i32, y: i32) {
    let half = thick / 2;
    let (left, top, right, bottom) = match side {
        0 => (X + across - half, 0, X + across + half + 1, Y - from + 1),
        1 => (X + from, Y + across - half, WIDTH, Y + across + half + 1),
        2 => (X - across - half, Y + from, X - across + half + 1, HEIGHT),
        _ => (0, Y - across - half, X - from + 1, Y - across + half + 1),
    };
    shape.rectangle(
        (x + left) * 8,
        (y + top) * 8,
        (right - left) * 8,
        (bottom - top) * 8,
    );
}

fn dashes(shape: &mut Shape, character: char, x: i32, y: i32) {
    let count = match character {
        '╌' | '╍' | '╎' | '╏' => 2,
        '┄' | '┅' | '┆' | '┇' => 3,
        _ => 4,
    };
    let half = if matches!(character, '┅' | '┉' | '╍' | '┇' | '┋' | '╏') {
        1
    } else {
        0
    };
    let down = matches!(character, '┆' | '┇' | '┊' | '┋' | '╎' | '╏');
    let length = 8 * if down { HEIGHT } else { WIDTH };
    for dash in 0..count {
        // Two thirds of each part are ink.
        let (from, long) = (
            length * dash / count + length / count / 6,
            length / count * 2 / 3,
        );
        let (thick, low) = (8 * (2 * half + 1), 8 * (if down { X } else { Y } - half));
        if down {
            shape.rectangle(8 * x + low, 8 * y + from, thick, long);
        } else {
            shape.rectangle(8 * x + from, 8 * y + low, long, thick);
        }
    }
}

/// A rounded corner: a stroked quarter of a circle with a straight piece up or down.
fn arc(shape: &mut Shape, character: char, x: i32, y: i32) {
    let right = matches!(character, '╭' | '╰');
    let below = matches!(character, '╭' | '╮');
    let (x, y) = (f64::from(x), f64::from(y));
    let (middle, edge) = (
        x + f64::from(X) + 0.5,
        if right { x + f64::from(WIDTH) } else { x },
    );
    let (level, end) = (
        y + f64::from(Y) + 0.5,
        if below { y + f64::from(HEIGHT) } else { y },
    );
    let radius = f64::from(X) + 0.5;
    let bend = if below {
        level + radius
    } else {
        level - radius
    };
    let sweep = i32::from(right == below);
    let _ = write!(
        shape.stroke,
        "M{middle} {end}V{bend}A{radius} {radius} 0 0 {sweep} {edge} {level}"
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(character: char) -> String {
        line(character, 0, 0).unwrap().fill
    }

    /// Which units of a cell are inked.
    fn units(character: char) -> Vec<String> {
        let mut grid = vec![vec!['.'; WIDTH as usize]; HEIGHT as usize];
        for part in fill(character).split('z').filter(|part| !part.is_empty()) {
            let numbers: Vec<usize> = part
                .split(['M', ' ', 'h', 'v', '-'])
                .filter_map(|n| n.parse().ok())
                .collect();
            for row in &mut grid[numbers[1]..numbers[1] + numbers[3]] {
                row[numbers[0]..numbers[0] + numbers[2]].fill('#');
            }
        }
        grid.into_iter().map(String::from_iter).collect()
    }

    #[test]
    fn straight_lines_reach_both_edges() {
        assert_eq!(units('─')[9], "#########");
        assert_eq!(units('━')[8..11], ["#########", "#########", "#########"]);
        assert!(units('│').iter().all(|row| row == "....#...."));
        assert_eq!(units('═')[7], "#########");
        assert_eq!(units('═')[9], ".........");
        assert_eq!(units('═')[11], "#########");
    }

    #[test]
    fn corners_are_closed() {
        assert_eq!(units('┌')[8..11], [".........", "....#####", "....#...."]);
        assert_eq!(
            units('╔')[6..13],
            [
                ".........",
                "..#######",
                "..#......",
                "..#......",
                "..#......",
                "..#...###",
                "..#...#.."
            ]
        );
        assert_eq!(
            units('╝')[6..12],
            [
                "..#...#..",
                "###...#..",
                "......#..",
                "......#..",
                "......#..",
                "#######.."
            ]
        );
        assert_eq!(units('┏')[8..11], ["...######", "...######", "...######"]);
    }

    #[test]
    fn crossings_of_double_lines_are_open() {
        assert_eq!(
            units('╬')[6..13],
            [
                "..#...#..",
                "###...###",
                ".........",
                ".........",
                ".........",
                "###...###",
                "..#...#.."
            ]
        );
        assert_eq!(
            units('╠')[7..12],
            [
                "..#...###",
                "..#......",
                "..#......",
                "..#......",
                "..#...###"
            ]
        );
    }

    #[test]
    fn a_light_line_meets_a_double_one() {
        assert_eq!(
            units('╤')[7..12],
            [
                "#########",
                ".........",
                ".........",
                ".........",
                "#########"
            ]
        );
        assert_eq!(units('╤')[12], "....#....");
        assert_eq!(units('╘')[10..13], ["....#....", "....#####", "........."]);
        assert_eq!(units('╪')[9], "....#....");
    }

    #[test]
    fn an_arc_ends_at_the_edges() {
        assert_eq!(
            line('╭', 0, 0).unwrap().stroke,
            "M4.5 19V14A4.5 4.5 0 0 1 9 9.5"
        );
        assert_eq!(
            line('╯', 9, 19).unwrap().stroke,
            "M13.5 19V24A4.5 4.5 0 0 1 9 28.5"
        );
        assert_eq!(
            line('╮', 0, 0).unwrap().stroke,
            "M4.5 19V14A4.5 4.5 0 0 0 0 9.5"
        );
        assert_eq!(
            line('╰', 0, 0).unwrap().stroke,
            "M4.5 0V5A4.5 4.5 0 0 0 9 9.5"
        );
    }

    #[test]
    fn dashes_have_gaps() {
        assert_eq!(fill('┄').matches('z').count(), 3);
        assert_eq!(fill('┋').matches('z').count(), 4);
        assert_eq!(fill('╌').matches('z').count(), 2);
    }
}
