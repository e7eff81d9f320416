//! Cells to SVG.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;
use unicode_width::UnicodeWidthStr;

use super::Terminal;
use super::shape::{HEIGHT, WIDTH, shape};
use crate::ui::theme::color::Rgb;

/// Room around the cells.
const MARGIN: i32 = 14;
/// From a cell's top to the line that letters stand on.
const BASELINE: i32 = 14;
const SIZE: i32 = 15;
const FONTS: &str = "'DejaVu Sans Mono','JetBrains Mono',Menlo,Consolas,'Liberation Mono','Noto Sans Mono','Noto Sans Mono CJK JP',monospace";
/// How much ink `dim` leaves, in percent; less is hard to read on paper.
const DIM: u8 = 70;

/// How a piece of ink looks. Pieces that look the same are written together.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Ink {
    color: Rgb,
    bold: bool,
    italic: bool,
    opacity: u8,
}

/// All that is drawn in one ink.
struct Layer {
    ink: Ink,
    /// `<text>` elements.
    text: String,
    /// Path data.
    fill: String,
    stroke: String,
}

/// The screen as a picture: no window, no shadow, the page's colour around it. `title` is our own text, for those who
/// hear pictures.
pub fn svg(buffer: &Buffer, terminal: Terminal, title: &str) -> String {
    let (columns, rows) = (i32::from(buffer.area.width), i32::from(buffer.area.height));
    let (width, height) = (columns * WIDTH + 2 * MARGIN, rows * HEIGHT + 2 * MARGIN);
    let mut grounds = String::new();
    let mut layers: Vec<Layer> = Vec::new();
    for row in 0..rows {
        draw_row(buffer, row, terminal, &mut grounds, &mut layers);
    }
    let title = escape(title);
    let paper = hex(terminal.paper);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-label=\"{title}\">\n<title>{title}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"6\" fill=\"{paper}\"/>\n\
         <g transform=\"translate({MARGIN} {MARGIN})\" font-family=\"{FONTS}\" font-size=\"{SIZE}\" xml:space=\"preserve\">\n"
    );
    out.push_str(&grounds);
    for layer in &layers {
        let Ink {
            color,
            bold,
            italic,
            opacity,
        } = layer.ink;
        let color = hex(color);
        let _ = write!(out, "<g fill=\"{color}\"");
        if bold {
            out.push_str(" font-weight=\"bold\"");
        }
        if italic {
            out.push_str(" font-style=\"italic\"");
        }
        if opacity < 100 {
            let _ = write!(out, " opacity=\"0.{opacity}\"");
        }
        out.push_str(">\n");
        if !layer.fill.is_empty() {
            // Not with crisp edges: a picture made smaller, as pages do, would lose lines of one unit.
            let _ = writeln!(out, "<path d=\"{}\"/>", layer.fill);
        }
        if !layer.stroke.is_empty() {
            let _ = writeln!(
                out,
                "<path fill=\"none\" stroke=\"{color}\" d=\"{}\"/>",
                layer.stroke
            );
        }
        out.push_str(&layer.text);
        out.push_str("</g>\n");
    }
    out.push_str("</g>\n</svg>\n");
    out
}

fn draw_row(
    buffer: &Buffer,
    row: i32,
    terminal: Terminal,
    grounds: &mut String,
    layers: &mut Vec<Layer>,
) {
    let (columns, y) = (i32::from(buffer.area.width), row * HEIGHT);
    let mut ground = Run {
        color: terminal.paper,
        from: 0,
    };
    let mut words = Words {
        ink: None,
        letters: String::new(),
        places: String::new(),
        y,
    };
    let mut column = 0;
    while column < columns {
        let position = (buffer.area.x + column as u16, buffer.area.y + row as u16);
        let Some(cell) = buffer.cell(position) else {
            break;
        };
        let symbol = cell.symbol();
        let cells = (symbol.width() as i32).clamp(1, columns - column);
        let (ink, background) = look(cell, terminal);
        ground.next(background, column, y, terminal.paper, grounds);
        let x = column * WIDTH;
        column += cells;
        if cell.modifier.contains(Modifier::HIDDEN) {
            continue;
        }
        let mut characters = symbol.chars();
        let (first, single) = (characters.next(), characters.next().is_none());
        if let Some(drawn) = first
            .filter(|_| single)
            .and_then(|character| shape(character, x, y))
        {
            words.write(layers);
            let share = u32::from(ink.opacity) * u32::from(drawn.opacity) / 100;
            let layer = layer(
                layers,
                Ink {
                    bold: false,
                    italic: false,
                    opacity: share as u8,
                    ..ink
                },
            );
            layer.fill.push_str(&drawn.fill);
            layer.stroke.push_str(&drawn.stroke);
        } else if !symbol.trim().is_empty() {
            // A cell of several characters, or of one beyond the basic plane, is placed alone: viewers disagree on how
            // many places it takes in a list.
            let alone = !single || first.is_some_and(|character| u32::from(character) > 0xffff);
            if alone || words.ink != Some(ink) {
                words.write(layers);
            }
            words.add(ink, symbol, x);
            if alone {
                words.write(layers);
            }
        } else {
            // A word an element: viewers that know no place for each letter are off by less than a cell within it.
            words.write(layers);
        }
        underline(cell, ink, x, y, cells, layers);
    }
    words.write(layers);
    ground.next(terminal.paper, columns, y, terminal.paper, grounds);
}

fn underline(cell: &Cell, ink: Ink, x: i32, y: i32, cells: i32, layers: &mut Vec<Layer>) {
    let ink = Ink {
        bold: false,
        italic: false,
        ..ink
    };
    for (modifier, level) in [
        (Modifier::UNDERLINED, BASELINE + 2),
        (Modifier::CROSSED_OUT, HEIGHT / 2),
    ] {
        if cell.modifier.contains(modifier) {
            let layer = layer(layers, ink);
            let _ = write!(
                layer.fill,
                "M{x} {}h{w}v1h-{w}z",
                y + level,
                w = cells * WIDTH
            );
        }
    }
}

/// The ink and the ground of a cell.
fn look(cell: &Cell, terminal: Terminal) -> (Ink, Rgb) {
    let (mut ink, mut ground) = (terminal.foreground(cell.fg), terminal.background(cell.bg));
    if cell.modifier.contains(Modifier::REVERSED) {
        std::mem::swap(&mut ink, &mut ground);
    }
    let ink = Ink {
        color: ink,
        bold: cell.modifier.contains(Modifier::BOLD),
        italic: cell.modifier.contains(Modifier::ITALIC),
        opacity: if cell.modifier.contains(Modifier::DIM) {
            DIM
        } else {
            100
        },
    };
    (ink, ground)
}

fn layer(layers: &mut Vec<Layer>, ink: Ink) -> &mut Layer {
    let place = layers
        .iter()
        .position(|layer| layer.ink == ink)
        .unwrap_or_else(|| {
            layers.push(Layer {
                ink,
                text: String::new(),
                fill: String::new(),
                stroke: String::new(),
            });
            layers.len() - 1
        });
    &mut layers[place]
}

/// A stretch of one ground.
struct Run {
    color: Rgb,
    from: i32,
}

impl Run {
    /// The ground from `column` on is `color`: what came before is drawn, unless the page shows it anyway.
    fn next(&mut self, color: Rgb, column: i32, y: i32, paper: Rgb, grounds: &mut String) {
        if color == self.color && column > 0 {
            return;
        }
        if self.color != paper && column > self.from {
            let (x, width) = (self.from * WIDTH, (column - self.from) * WIDTH);
            let _ = writeln!(
                grounds,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{}\" shape-rendering=\"crispEdges\"/>",
                hex(self.color)
            );
        }
        *self = Run {
            color,
            from: column,
        };
    }
}

/// Letters of one row in one ink, each with its place.
struct Words {
    ink: Option<Ink>,
    letters: String,
    places: String,
    y: i32,
}

impl Words {
    fn add(&mut self, ink: Ink, symbol: &str, x: i32) {
        self.ink = Some(ink);
        self.letters.push_str(&escape(symbol));
        let space = if self.places.is_empty() { "" } else { " " };
        let _ = write!(self.places, "{space}{x}");
    }

    fn write(&mut self, layers: &mut Vec<Layer>) {
        if let Some(ink) = self.ink.take() {
            let y = self.y + BASELINE;
            let text = &mut layer(layers, ink).text;
            let _ = writeln!(
                text,
                "<text y=\"{y}\" x=\"{}\">{}</text>",
                self.places, self.letters
            );
        }
        self.letters.clear();
        self.places.clear();
    }
}

fn hex((r, g, b): Rgb) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}

/// Text for an XML document. Characters that XML 1.0 does not allow become U+FFFD.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(' '),
            '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Style};

    use super::*;

    const TERMINAL: Terminal = Terminal {
        ink: (200, 200, 200),
        paper: (16, 16, 16),
    };

    fn picture(lines: &[&str], style: Style) -> String {
        let mut buffer = Buffer::with_lines(lines.iter().copied());
        buffer.set_style(buffer.area, style);
        svg(&buffer, TERMINAL, "A screen")
    }

    #[test]
    fn every_letter_has_its_place() {
        let svg = picture(&["ab c"], Style::new());
        assert!(
            svg.contains("<text y=\"14\" x=\"0 9\">ab</text>\n<text y=\"14\" x=\"27\">c</text>"),
            "{svg}"
        );
        assert!(
            svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"64\" height=\"47\""),
            "{svg}"
        );
        assert!(svg.contains("<title>A screen</title>"));
    }

    #[test]
    fn a_wide_letter_takes_two_cells() {
        assert!(picture(&["高a"], Style::new()).contains("x=\"0 18\">高a<"));
    }

    #[test]
    fn letters_of_several_characters_stand_alone() {
        let svg = picture(&["e\u{301}x"], Style::new());
        assert!(
            svg.contains("x=\"0\">e\u{301}</text>") && svg.contains("x=\"9\">x</text>"),
            "{svg}"
        );
    }

    #[test]
    fn what_xml_cannot_hold_is_escaped() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 4, 1));
        for (x, symbol) in ["<", "&", "\u{1b}", "\""].into_iter().enumerate() {
            buffer.cell_mut((x as u16, 0)).unwrap().set_symbol(symbol);
        }
        let svg = svg(&buffer, TERMINAL, "a < b & \"c\"");
        assert!(svg.contains(">&lt;&amp;\u{fffd}&quot;<"), "{svg}");
        assert!(svg.contains("aria-label=\"a &lt; b &amp; &quot;c&quot;\""));
    }

    #[test]
    fn grounds_are_one_rectangle_a_stretch() {
        let mut buffer = Buffer::with_lines(["abcd"]);
        buffer.set_style(Rect::new(1, 0, 2, 1), Style::new().bg(Color::Rgb(1, 2, 3)));
        let svg = svg(&buffer, TERMINAL, "");
        assert!(
            svg.contains("<rect x=\"9\" y=\"0\" width=\"18\" height=\"19\" fill=\"#010203\""),
            "{svg}"
        );
        assert_eq!(svg.matches("<rect").count(), 2);
    }

    #[test]
    fn a_ground_reaches_to_the_last_column_and_from_the_first() {
        let svg = picture(&["ab"], Style::new().bg(Color::Rgb(1, 2, 3)));
        assert!(svg.contains("<rect x=\"0\" y=\"0\" width=\"18\""), "{svg}");
    }

    #[test]
    fn reversed_swaps_ink_and_ground() {
        let svg = picture(
            &["a"],
            Style::new()
                .fg(Color::Rgb(9, 9, 9))
                .add_modifier(Modifier::REVERSED),
        );
        assert!(svg.contains("fill=\"#090909\" shape-rendering"), "{svg}");
        assert!(svg.contains("<g fill=\"#101010\">"), "{svg}");
    }

    #[test]
    fn modifiers_are_drawn() {
        let bold = picture(
            &["a"],
            Style::new().add_modifier(Modifier::BOLD | Modifier::ITALIC | Modifier::DIM),
        );
        assert!(
            bold.contains("font-weight=\"bold\" font-style=\"italic\" opacity=\"0.70\""),
            "{bold}"
        );
        let lines = picture(
            &["a"],
            Style::new().add_modifier(Modifier::UNDERLINED | Modifier::CROSSED_OUT),
        );
        assert!(lines.contains("M0 16h9v1h-9zM0 9h9v1h-9z"), "{lines}");
        let hidden = picture(&["a"], Style::new().add_modifier(Modifier::HIDDEN));
        assert!(!hidden.contains("<text"));
    }

    #[test]
    fn lines_and_blocks_are_shapes() {
        let svg = picture(&["┌─╮▄"], Style::new());
        assert!(!svg.contains("<text"), "{svg}");
        assert!(
            svg.contains("<path d=\"M") && svg.contains("stroke=\"#c8c8c8\""),
            "{svg}"
        );
    }

    #[test]
    fn the_same_cells_give_the_same_bytes() {
        let lines = ["plain ┃ sight", "▁▂▃ <b> 高"];
        assert_eq!(picture(&lines, Style::new()), picture(&lines, Style::new()));
    }

    #[test]
    fn nothing_is_drawn_of_nothing() {
        let svg = svg(&Buffer::empty(Rect::ZERO), TERMINAL, "");
        assert!(svg.contains("width=\"28\" height=\"28\"") && svg.ends_with("</svg>\n"));
    }
}
