//! Screens one after the other as a recording of a terminal, in the format of asciinema (version 2): a line of JSON that
//! says how large the terminal is, then a line for each time that something was written to it. Only cells that changed
//! are written. The same screens at the same times give the same bytes.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier};
use serde_json::json;
use unicode_width::UnicodeWidthStr;

use crate::ui::theme::color::ansi_number;

/// A recording that is being made.
pub struct Cast {
    out: String,
    /// What the terminal shows.
    shown: Buffer,
    begun: bool,
}

impl Cast {
    /// A recording of a terminal of this size. `title` is our own text.
    pub fn new(width: u16, height: u16, title: &str) -> Cast {
        // Always the same moment, so that the same screens are the same bytes.
        let header = json!({
            "version": 2, "width": width, "height": height, "timestamp": 0, "title": title,
            "env": { "TERM": "xterm-256color" },
        });
        Cast {
            out: format!("{header}\n"),
            shown: Buffer::empty(Rect::new(0, 0, width, height)),
            begun: false,
        }
    }

    /// The screen as it is from this time on, in milliseconds since the start. A screen that is as the one before adds
    /// nothing.
    pub fn show(&mut self, millis: u64, screen: &Buffer) {
        let mut text = String::new();
        if !self.begun {
            // No cursor, an empty screen.
            text.push_str("\u{1b}[?25l\u{1b}[0m\u{1b}[2J");
        }
        let mut pen = Pen::default();
        for y in 0..self.shown.area.height {
            pen.row(&mut text, y, &self.shown, screen);
        }
        if !text.is_empty() {
            text.push_str("\u{1b}[0m");
            self.event(millis, &text);
            self.begun = true;
        }
        self.shown = screen.clone();
    }

    /// The end: the last screen stays until this time, and the cursor comes back.
    pub fn end(mut self, millis: u64) -> String {
        self.event(millis, "\u{1b}[?25h");
        self.out
    }

    fn event(&mut self, millis: u64, text: &str) {
        let text = json!(text);
        let _ = writeln!(
            self.out,
            "[{}.{:03},\"o\",{text}]",
            millis / 1000,
            millis % 1000
        );
    }
}

/// Where the terminal's pen stands and how it writes.
#[derive(Default)]
struct Pen {
    at: Option<(u16, u16)>,
    look: Option<(Color, Color, Modifier)>,
}

impl Pen {
    /// Writes what is new in a row.
    fn row(&mut self, out: &mut String, y: u16, old: &Buffer, new: &Buffer) {
        let mut x = 0;
        while x < old.area.width {
            let (Some(was), Some(cell)) = (old.cell((x, y)), new.cell((x, y))) else {
                return;
            };
            let cells = cell.symbol().width().clamp(1, 2) as u16;
            let under = (x + 1..x + cells).any(|x| old.cell((x, y)) != new.cell((x, y)));
            // What a wide letter covered has to be written again where it is gone.
            let uncovered = x > 0
                && old
                    .cell((x - 1, y))
                    .is_some_and(|left| left.symbol().width() > 1);
            if was != cell || under || uncovered {
                self.cell(out, (x, y), cell);
                self.at = Some((x + cells, y));
            }
            x += cells;
        }
        // At the right edge terminals differ in where the pen is.
        self.at = self.at.filter(|at| at.0 < old.area.width);
    }

    fn cell(&mut self, out: &mut String, at: (u16, u16), cell: &Cell) {
        if self.at != Some(at) {
            let _ = write!(out, "\u{1b}[{};{}H", at.1 + 1, at.0 + 1);
        }
        let look = (cell.fg, cell.bg, cell.modifier);
        if self.look != Some(look) {
            self.look = Some(look);
            out.push_str("\u{1b}[0");
            for (modifier, code) in MODIFIERS {
                if cell.modifier.contains(modifier) {
                    let _ = write!(out, ";{code}");
                }
            }
            color(out, cell.fg, 38, 30, 90);
            color(out, cell.bg, 48, 40, 100);
            out.push('m');
        }
        out.push_str(match cell.symbol() {
            "" => " ",
            symbol => symbol,
        });
    }
}

/// What SGR calls them (ECMA-48).
const MODIFIERS: [(Modifier, u8); 7] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// A colour as SGR has it: `exact` before three numbers or one of 256, `first` and `bright` for the sixteen.
fn color(out: &mut String, color: Color, exact: u8, first: u8, bright: u8) {
    let _ = match color {
        Color::Reset => Ok(()),
        Color::Rgb(r, g, b) => write!(out, ";{exact};2;{r};{g};{b}"),
        Color::Indexed(index) => write!(out, ";{exact};5;{index}"),
        named => match ansi_number(named) {
            Some(number @ 0..8) => write!(out, ";{}", usize::from(first) + number),
            Some(number) => write!(out, ";{}", usize::from(bright) + number - 8),
            None => Ok(()),
        },
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    fn screens(rows: &[&str]) -> Cast {
        let mut cast = Cast::new(6, 1, "A screen");
        for (n, row) in rows.iter().enumerate() {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
            buffer.set_string(0, 0, row, Style::new());
            cast.show(n as u64 * 1500, &buffer);
        }
        cast
    }

    #[test]
    fn only_what_changed_is_written() {
        let text = screens(&["abcdef", "abcdef", "abXdef"]).end(9000);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), 4, "{text}");
        let header: serde_json::Value = serde_json::from_str(lines[0]).unwrap();
        assert_eq!(
            (&header["version"], &header["width"], &header["height"]),
            (&json!(2), &json!(6), &json!(1))
        );
        assert_eq!(lines[2], r#"[3.000,"o","\u001b[1;3H\u001b[0mX\u001b[0m"]"#);
        assert_eq!(lines[3], r#"[9.000,"o","\u001b[?25h"]"#);
    }

    #[test]
    fn a_wide_letter_that_is_gone_leaves_nothing() {
        let text = screens(&["高bcd", "a cd"]).end(2000);
        let second = text.lines().nth(2).unwrap();
        assert!(second.contains("a "), "{second}");
    }

    #[test]
    fn styles_are_written_once_for_a_run() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        let style = Style::new()
            .fg(Color::Rgb(1, 2, 3))
            .bg(Color::LightRed)
            .add_modifier(Modifier::BOLD);
        buffer.set_string(0, 0, "abc", style);
        let mut cast = Cast::new(4, 1, "");
        cast.show(0, &buffer);
        let text = cast.end(1);
        assert!(
            text.contains(r"\u001b[0;1;38;2;1;2;3;101mabc\u001b[0m"),
            "{text}"
        );
    }
}
