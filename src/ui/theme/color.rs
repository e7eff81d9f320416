//! Colours of a palette, and what the terminal can show of them.

use ratatui::style::Color;

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    NoColor,
    Ansi16,
    Ansi256,
    TrueColor,
}

impl Depth {
    /// What the environment says. `NO_COLOR` counts when it is not empty (no-color.org); a terminal without a name, or
    /// a `dumb` one, shows none.
    pub fn detect(variable: impl Fn(&str) -> Option<String>) -> Depth {
        let value = |name: &str| variable(name).unwrap_or_default();
        let term = value("TERM");
        if !value("NO_COLOR").is_empty() || term == "dumb" {
            return Depth::NoColor;
        }
        match value("COLORTERM").as_str() {
            "truecolor" | "24bit" => return Depth::TrueColor,
            _ => {}
        }
        if term.ends_with("-direct")
            || [
                "xterm-kitty",
                "xterm-ghostty",
                "alacritty",
                "foot",
                "wezterm",
            ]
            .contains(&term.as_str())
        {
            Depth::TrueColor
        } else if term.contains("256color") {
            Depth::Ansi256
        } else {
            Depth::Ansi16
        }
    }

    /// [`Depth::detect`] on the environment of this process.
    pub fn of_terminal() -> Depth {
        Depth::detect(|name| std::env::var(name).ok())
    }
}

/// Red, green, blue.
pub type Rgb = (u8, u8, u8);

/// An entry of a palette: the exact colour, if there is one, and what stands in for it among the sixteen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    pub rgb: Option<Rgb>,
    pub ansi: Color,
}

impl Paint {
    /// `default`, `#rrggbb` or a name of the sixteen.
    pub fn parse(text: &str) -> Option<Paint> {
        match text.strip_prefix('#') {
            Some(digits) => {
                let rgb = hex(digits)?;
                Some(Paint {
                    rgb: Some(rgb),
                    ansi: NAMES[nearest(rgb, &SIXTEEN)].1,
                })
            }
            None => Some(Paint {
                rgb: None,
                ansi: ansi(text)?,
            }),
        }
    }

    pub fn at(self, depth: Depth) -> Color {
        match (depth, self.rgb) {
            (Depth::NoColor, _) => Color::Reset,
            (Depth::TrueColor, Some((r, g, b))) => Color::Rgb(r, g, b),
            (Depth::Ansi256, Some(rgb)) => Color::Indexed(indexed(rgb)),
            (_, _) => self.ansi,
        }
    }
}

/// The names of the sixteen, as ratatui has them, and `default`.
const NAMES: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// The sixteen as xterm draws them.
pub const SIXTEEN: [Rgb; 16] = [
    (0, 0, 0),
    (205, 0, 0),
    (0, 205, 0),
    (205, 205, 0),
    (0, 0, 238),
    (205, 0, 205),
    (0, 205, 205),
    (229, 229, 229),
    (127, 127, 127),
    (255, 0, 0),
    (0, 255, 0),
    (255, 255, 0),
    (92, 92, 255),
    (255, 0, 255),
    (0, 255, 255),
    (255, 255, 255),
];

fn ansi(name: &str) -> Option<Color> {
    if name == "default" {
        return Some(Color::Reset);
    }
    NAMES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, color)| *color)
}

/// Which of the sixteen a colour is, if it is one.
pub fn ansi_number(color: Color) -> Option<usize> {
    NAMES.iter().position(|(_, known)| *known == color)
}

fn hex(digits: &str) -> Option<Rgb> {
    if digits.len() != 6 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let n = u32::from_str_radix(digits, 16).ok()?;
    Some(((n >> 16) as u8, (n >> 8) as u8, n as u8))
}

/// The steps of xterm's cube of 216 colours, numbers 16 to 231.
const CUBE: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The colour that xterm's table of 256 has under a number.
pub fn rgb_of_index(index: u8) -> Rgb {
    match index {
        0..16 => SIXTEEN[usize::from(index)],
        16..232 => {
            let n = usize::from(index - 16);
            (CUBE[n / 36], CUBE[n / 6 % 6], CUBE[n % 6])
        }
        232.. => {
            let grey = 8 + 10 * (index - 232);
            (grey, grey, grey)
        }
    }
}

/// The nearest of the cube and the greys: the first sixteen are left out, as people change them.
fn indexed(rgb: Rgb) -> u8 {
    (16..=255)
        .min_by_key(|&index| distance(rgb, rgb_of_index(index)))
        .unwrap_or(16)
}

fn nearest(rgb: Rgb, among: &[Rgb]) -> usize {
    (0..among.len())
        .min_by_key(|&i| distance(rgb, among[i]))
        .unwrap_or(0)
}

fn distance(a: Rgb, b: Rgb) -> u32 {
    let square = |x: u8, y: u8| u32::from(x.abs_diff(y)).pow(2);
    // Green weighs most, as in the eye.
    2 * square(a.0, b.0) + 4 * square(a.1, b.1) + 3 * square(a.2, b.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(pairs: &[(&str, &str)]) -> Depth {
        Depth::detect(|name| {
            pairs
                .iter()
                .find(|(key, _)| *key == name)
                .map(|(_, value)| (*value).to_owned())
        })
    }

    #[test]
    fn the_environment_tells_the_depth() {
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]),
            Depth::TrueColor
        );
        assert_eq!(depth(&[("TERM", "xterm-256color")]), Depth::Ansi256);
        assert_eq!(depth(&[("TERM", "xterm")]), Depth::Ansi16);
        assert_eq!(depth(&[("TERM", "foot")]), Depth::TrueColor);
        assert_eq!(
            depth(&[("TERM", "dumb"), ("COLORTERM", "truecolor")]),
            Depth::NoColor
        );
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "1")]),
            Depth::NoColor
        );
        assert_eq!(
            depth(&[("TERM", "xterm-256color"), ("NO_COLOR", "")]),
            Depth::Ansi256
        );
    }

    #[test]
    fn a_colour_is_shown_as_well_as_the_terminal_can() {
        let paint = Paint {
            rgb: Some((0x83, 0xa6, 0xc2)),
            ansi: Color::Blue,
        };
        assert_eq!(paint.at(Depth::TrueColor), Color::Rgb(0x83, 0xa6, 0xc2));
        assert_eq!(paint.at(Depth::Ansi256), Color::Indexed(109));
        assert_eq!(paint.at(Depth::Ansi16), Color::Blue);
        assert_eq!(paint.at(Depth::NoColor), Color::Reset);
        assert_eq!(
            Paint::parse("default").unwrap().at(Depth::TrueColor),
            Color::Reset
        );
        assert_eq!(
            Paint::parse("#fe0000").unwrap().at(Depth::Ansi16),
            Color::LightRed
        );
    }

    #[test]
    fn what_is_no_colour_is_refused() {
        for text in ["", "#", "#12345", "#1234567", "#+12345", "pink", "Red"] {
            assert_eq!(Paint::parse(text), None, "{text}");
        }
    }

    #[test]
    fn every_index_is_its_own_nearest() {
        for index in 16..=255_u8 {
            assert_eq!(
                rgb_of_index(indexed(rgb_of_index(index))),
                rgb_of_index(index)
            );
        }
    }
}
