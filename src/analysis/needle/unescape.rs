//! A text with every escape undone, and where each of its bytes came from.

/// Bytes without escapes.
#[derive(Debug, Default)]
pub struct Unescaped {
    pub bytes: Vec<u8>,
    /// For each byte, where what it stands for begins in the source.
    from: Vec<u32>,
    len: usize,
}

impl Unescaped {
    /// Undoes `\u0069` (also as two surrogates), `\x69`, `\"` and their like behind any number of backslashes, `%69`,
    /// `&#105;` and `&#x69;`. What is no escape stays as it is.
    pub fn of(source: &[u8]) -> Unescaped {
        let mut out = Unescaped {
            len: source.len(),
            ..Unescaped::default()
        };
        out.bytes.reserve(source.len());
        out.from.reserve(source.len());
        let mut at = 0;
        while let Some(b) = source.get(at) {
            let escape = match b {
                b'\\' => backslash(source, at),
                b'%' => hex(source, at + 1, 2).map(|value| (Unit::Byte(value as u8), 3)),
                b'&' => entity(&source[at..]),
                _ => None,
            };
            let (unit, length) = escape.unwrap_or((Unit::Byte(*b), 1));
            match unit {
                Unit::Byte(byte) => out.push(&[byte], at),
                Unit::Char(c) => out.push(c.encode_utf8(&mut [0; 4]).as_bytes(), at),
            }
            at += length;
        }
        out
    }

    fn push(&mut self, bytes: &[u8], at: usize) {
        self.bytes.extend_from_slice(bytes);
        self.from
            .extend(std::iter::repeat_n(at as u32, bytes.len()));
    }

    /// Where in the source the byte with this number came from.
    pub fn source(&self, at: usize) -> usize {
        self.from.get(at).map_or(self.len, |from| *from as usize)
    }
}

enum Unit {
    Byte(u8),
    Char(char),
}

/// So many hexadecimal digits.
pub fn hex(source: &[u8], at: usize, digits: usize) -> Option<u32> {
    source.get(at..at + digits)?.iter().try_fold(0, |value, b| {
        Some(value << 4 | char::from(*b).to_digit(16)?)
    })
}

/// Escapes behind backslashes: JSON within JSON doubles them each time.
fn backslash(source: &[u8], at: usize) -> Option<(Unit, usize)> {
    let slashes = slashes(source, at);
    let behind = at + slashes;
    Some(match source.get(behind)? {
        b'u' => {
            let first = hex(source, behind + 1, 4)?;
            let (code, more) = match first {
                0xd800..0xdc00 => {
                    let next = behind + 5;
                    let again = self::slashes(source, next);
                    let digits = next + again + 1;
                    let is_escape = again > 0 && source.get(digits - 1) == Some(&b'u');
                    let second = is_escape.then(|| hex(source, digits, 4)).flatten()?;
                    let low = second.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                    (0x10000 + ((first - 0xd800) << 10) + low, again + 5)
                }
                first => (first, 0),
            };
            (Unit::Char(char::from_u32(code)?), slashes + 5 + more)
        }
        b'x' => (Unit::Byte(hex(source, behind + 1, 2)? as u8), slashes + 3),
        b'n' | b'r' | b't' => (Unit::Byte(b' '), slashes + 1),
        b @ (b'"' | b'/') => (Unit::Byte(*b), slashes + 1),
        _ => return None,
    })
}

/// Backslashes in a row; more than any nesting needs are no escape.
fn slashes(source: &[u8], at: usize) -> usize {
    let rest = source.get(at..).unwrap_or(&[]).iter();
    rest.take(64).take_while(|b| **b == b'\\').count()
}

fn entity(rest: &[u8]) -> Option<(Unit, usize)> {
    let number = rest.strip_prefix(b"&#")?;
    let end = number.iter().take(9).position(|b| *b == b';')?;
    let digits = std::str::from_utf8(&number[..end]).ok()?;
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => digits.parse().ok()?,
    };
    Some((Unit::Char(char::from_u32(code)?), end + 3))
}
