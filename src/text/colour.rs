//! Colour sequences (SGR) that leave text readable: what compilers and test runners print.

/// Whether a whole sequence is `CSI … m` with nothing in it that hides text, or the "erase to the end of the line" that
/// grep and gcc print beside each colour.
pub(super) fn is_plain(sequence: &[u8]) -> bool {
    if matches!(sequence, b"\x1b[K" | b"\x1b[0K") {
        return true;
    }
    let Some(body) = sequence
        .strip_prefix(b"\x1b[")
        .and_then(|rest| rest.strip_suffix(b"m"))
    else {
        return false;
    };
    let Ok(body) = std::str::from_utf8(body) else {
        return false;
    };
    let values: Option<Vec<u32>> = body
        .split([';', ':'])
        .map(|part| {
            if part.is_empty() {
                Some(0)
            } else {
                part.parse().ok()
            }
        })
        .collect();
    values.is_some_and(|values| !hides(&values))
}

/// Conceal, an unknown code, a foreground next to black, or a foreground equal to the background.
fn hides(values: &[u32]) -> bool {
    let (mut foreground, mut background) = (None, None);
    let mut rest = values;
    while let [code, tail @ ..] = rest {
        rest = tail;
        match *code {
            8 => return true,
            0..=29 | 39 | 49 | 53 | 55 | 59 => {}
            30 => foreground = Some(Colour::Indexed(0)),
            31..=37 => foreground = Some(Colour::Indexed(code - 30)),
            40..=47 => background = Some(Colour::Indexed(code - 40)),
            90..=97 => foreground = Some(Colour::Indexed(code - 90 + 8)),
            100..=107 => background = Some(Colour::Indexed(code - 100 + 8)),
            38 | 48 | 58 => {
                let Some((colour, tail)) = extended(tail) else {
                    return true;
                };
                rest = tail;
                match code {
                    38 => foreground = Some(colour),
                    48 => background = Some(colour),
                    _ => {}
                }
            }
            _ => return true,
        }
    }
    let unseen = foreground.is_some_and(Colour::is_next_to_black) && background.is_none();
    unseen || (foreground.is_some() && foreground == background)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    Indexed(u32),
    Rgb(u32, u32, u32),
}

impl Colour {
    /// Of the 256 colours and of the direct ones; plain black (30) is left to the terminal's palette.
    fn is_next_to_black(self) -> bool {
        match self {
            Colour::Indexed(index) => matches!(index, 16 | 232..=234),
            Colour::Rgb(red, green, blue) => red.max(green).max(blue) < 0x20,
        }
    }
}

/// `5;n` or `2;r;g;b`, and what follows.
fn extended(values: &[u32]) -> Option<(Colour, &[u32])> {
    match values {
        [5, index, rest @ ..] => Some((Colour::Indexed(*index), rest)),
        [2, red, green, blue, rest @ ..] => Some((Colour::Rgb(*red, *green, *blue), rest)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_told_from_disguises() {
        for s in [
            "\x1b[m",
            "\x1b[0;1;31m",
            "\x1b[38;5;208m",
            "\x1b[38;2;200;10;10;48;5;16m",
            "\x1b[K",
            "\x1b[30;43m",
        ] {
            assert!(is_plain(s.as_bytes()), "{s:?}");
        }
        for s in [
            "\x1b[8m",
            "\x1b[2J",
            "\x1b[>4;2m",
            "\x1b[38;5;232m",
            "\x1b[31;41m",
            "\x1b[38;2;1;1;1m",
            "\x1b[2K",
            "\x1b[38m",
        ] {
            assert!(!is_plain(s.as_bytes()), "{s:?}");
        }
    }
}
