//! A part of the screen to draw on. Whatever lies outside of it is cut off; nothing panics at any size.

use super::line::Line;
use crate::text::{elide, truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

/// Stands where a secret is masked.
const MASK: &str = "••••";

pub struct Canvas<'b> {
    buffer: &'b mut Buffer,
    area: Rect,
    /// What is cut ends in a sign of ASCII.
    ascii: bool,
}

impl<'b> Canvas<'b> {
    pub fn new(buffer: &'b mut Buffer) -> Canvas<'b> {
        let area = buffer.area;
        Canvas {
            buffer,
            area,
            ascii: false,
        }
    }

    /// The same canvas, where only signs of ASCII may be drawn.
    pub fn in_ascii(self, ascii: bool) -> Canvas<'b> {
        Canvas { ascii, ..self }
    }

    /// The part of this canvas that `area`, in coordinates of the screen, covers.
    pub fn part(&mut self, area: Rect) -> Canvas<'_> {
        Canvas {
            area: self.area.intersection(area),
            buffer: self.buffer,
            ascii: self.ascii,
        }
    }

    pub fn area(&self) -> Rect {
        self.area
    }

    pub fn width(&self) -> u16 {
        self.area.width
    }

    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes text that is our own or was revealed, at a column and row of this canvas; returns the next column.
    pub fn put(&mut self, x: u16, y: u16, text: &str, style: Style) -> u16 {
        self.put_within(x, y, self.area.width.saturating_sub(x), text, style)
    }

    /// [`put`](Self::put) in at most `cells` columns; what is too long ends in `…`.
    pub fn put_within(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let room = cells.min(self.area.width.saturating_sub(x));
        if y >= self.area.height || room == 0 {
            return x;
        }
        let room = usize::from(room);
        let (column, row) = (self.area.x + x, self.area.y + y);
        self.part_wide(column, row);
        let masked = match self.ascii && text.contains(MASK) {
            true => Some(text.replace('•', "*")),
            false => None,
        };
        let text = masked.as_deref().unwrap_or(text);
        let (end, _) = match (width(text) <= room, self.ascii) {
            (true, _) => self.buffer.set_stringn(column, row, text, room, style),
            (false, true) => {
                let cut = format!("{}~", truncate(text, room - 1).trim_end());
                self.buffer.set_stringn(column, row, cut, room, style)
            }
            (false, false) => {
                let cut = elide(text, room);
                self.buffer.set_stringn(column, row, cut, room, style)
            }
        };
        end - self.area.x
    }

    /// A wide letter whose second half is about to be drawn over is gone as a whole: the terminal would draw all of it,
    /// over what stands beside it.
    fn part_wide(&mut self, column: u16, row: u16) {
        let Some(left) = column
            .checked_sub(1)
            .filter(|left| *left >= self.buffer.area.x)
        else {
            return;
        };
        if let Some(cell) = self.buffer.cell_mut((left, row))
            && width(cell.symbol()) > 1
        {
            cell.set_symbol(" ");
        }
    }

    /// [`put_within`](Self::put_within), at the right side of the `cells` columns.
    pub fn put_right(&mut self, x: u16, y: u16, cells: u16, text: &str, style: Style) -> u16 {
        let used = u16::try_from(width(text)).unwrap_or(u16::MAX).min(cells);
        self.put_within(x + (cells - used), y, used, text, style);
        x.saturating_add(cells)
    }

    /// Writes a line of runs at a column, cut at the right side.
    pub fn line(&mut self, x: u16, y: u16, line: &Line) -> u16 {
        line.runs().fold(x, |x, run| {
            if x < self.area.width {
                self.put(x, y, &run.text, run.style)
            } else {
                x
            }
        })
    }

    /// Adds a style to all cells of a row. Cells that stand out from its ground already keep their colours: a hit on a
    /// row that is selected has ink that is made for its own ground.
    pub fn style_row(&mut self, y: u16, style: Style) {
        let (row, area) = (self.area.y + y, self.area);
        if y >= area.height {
            return;
        }
        let ground = self.buffer.cell((area.x, row)).map(|cell| cell.bg);
        for x in area.left()..area.right() {
            if let Some(cell) = self.buffer.cell_mut((x, row)) {
                match Some(cell.bg) == ground {
                    true => cell.set_style(style),
                    false => cell.set_style(Style {
                        fg: None,
                        bg: None,
                        ..style
                    }),
                };
            }
        }
    }

    /// What stands in a cell.
    pub fn symbol(&self, x: u16, y: u16) -> &str {
        match self.cell(x, y) {
            Some(at) => self.buffer.cell(at).map_or(" ", |cell| cell.symbol()),
            None => " ",
        }
    }

    /// Adds a style to a cell.
    pub fn style_cell(&mut self, x: u16, y: u16, style: Style) {
        if let Some(at) = self.cell(x, y)
            && let Some(cell) = self.buffer.cell_mut(at)
        {
            cell.set_style(style);
        }
    }

    /// Where a cell of this canvas stands in the buffer.
    fn cell(&self, x: u16, y: u16) -> Option<(u16, u16)> {
        (x < self.area.width && y < self.area.height).then(|| (self.area.x + x, self.area.y + y))
    }

    /// Adds a style to all cells.
    pub fn style(&mut self, style: Style) {
        for y in 0..self.area.height {
            self.style_row(y, style);
        }
    }

    /// Empties all cells and gives them a style.
    pub fn clear(&mut self, style: Style) {
        for y in self.area.top()..self.area.bottom() {
            self.part_wide(self.area.left(), y);
            for x in self.area.left()..self.area.right() {
                if let Some(cell) = self.buffer.cell_mut((x, y)) {
                    cell.reset();
                    cell.set_style(style);
                }
            }
        }
    }

    /// Writes the same sign along a row.
    pub fn repeat(&mut self, x: u16, y: u16, cells: u16, sign: &str, style: Style) {
        for column in x..x.saturating_add(cells).min(self.area.width) {
            self.put(column, y, sign, style);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::{Color, Modifier};

    fn drawn(width: u16, height: u16, draw: impl Fn(&mut Canvas)) -> Vec<String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        draw(&mut Canvas::new(&mut buffer));
        let row = |y| {
            (0..width)
                .map(|x| buffer[(x, y)].symbol().to_owned())
                .collect()
        };
        (0..height).map(row).collect()
    }

    #[test]
    fn what_is_too_long_ends_in_an_ellipsis() {
        assert_eq!(
            drawn(6, 1, |c| _ = c.put(0, 0, "read_file", Style::new())),
            ["read_…"]
        );
        assert_eq!(
            drawn(6, 1, |c| _ = c.put_right(0, 0, 6, "12", Style::new())),
            ["    12"]
        );
    }

    #[test]
    fn nothing_is_drawn_outside() {
        let rows = drawn(4, 2, |c| {
            c.put(9, 0, "x", Style::new());
            c.put(0, 9, "x", Style::new());
            c.part(Rect::new(2, 1, 50, 50))
                .put(0, 0, "abcdef", Style::new());
            c.part(Rect::new(90, 90, 5, 5))
                .put(0, 0, "abc", Style::new());
        });
        assert_eq!(rows, ["    ", "  a…"]);
        drawn(0, 0, |c| {
            c.put(0, 0, "x", Style::new());
            c.clear(Style::new());
            c.style_row(0, Style::new());
        });
    }

    #[test]
    fn what_stands_out_does_so_on_a_selected_row_too() {
        let (band, hit) = (
            Style::new().bg(Color::Blue).bold(),
            Style::new().fg(Color::Black).bg(Color::Yellow),
        );
        let mut buffer = Buffer::empty(Rect::new(0, 0, 3, 1));
        let mut canvas = Canvas::new(&mut buffer);
        canvas.put(1, 0, "x", hit);
        canvas.style_row(0, band);
        let seen: Vec<(Color, Color)> = buffer
            .content()
            .iter()
            .map(|cell| (cell.fg, cell.bg))
            .collect();
        let rest = (Color::Reset, Color::Blue);
        assert_eq!(seen, [rest, (Color::Black, Color::Yellow), rest]);
        assert!(buffer[(1, 0)].modifier.contains(Modifier::BOLD));
    }

    #[test]
    fn a_wide_character_under_something_else_is_gone_as_a_whole() {
        let rows = drawn(6, 1, |c| {
            c.put(0, 0, "日本語", Style::new());
            c.part(Rect::new(3, 0, 2, 1)).clear(Style::new());
            c.put(1, 0, "|", Style::new());
        });
        assert_eq!(rows, [" |    "]);
    }

    #[test]
    fn a_wide_character_is_not_cut_in_half() {
        // The second cell of a wide character is blank in the buffer.
        assert_eq!(
            drawn(3, 1, |c| _ = c.put(0, 0, "日本", Style::new())),
            ["日 …"]
        );
        assert_eq!(
            drawn(2, 1, |c| _ = c.put(0, 0, "日本", Style::new())),
            ["… "]
        );
    }
}
