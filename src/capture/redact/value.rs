//! Whether a value that stands where a secret would is one.
//!
//! What is kept by mistake is worse here than what is lost by mistake, so this is less strict than the detectors are; but
//! words, variables and examples stay readable.

use crate::analysis::signal::secret::{PLACEHOLDERS, entropy};

/// What a rule asks of what it found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shape {
    /// What a person would choose.
    Password,
    /// What a program would make.
    Token,
    /// Anything that is not left open.
    Anything,
    /// `user:password` in base64.
    Basic,
    /// Names with values, as cookies are.
    Cookie,
}

impl Shape {
    pub fn fits(self, value: &[u8]) -> bool {
        if is_placeholder(value) {
            return false;
        }
        match self {
            Shape::Password => is_password(value),
            Shape::Token => is_token(value),
            Shape::Anything => true,
            Shape::Basic => super::base64::decode(value).contains(&b':'),
            Shape::Cookie => value.contains(&b'='),
        }
    }
}

/// Longest value that is taken for a password or a token: beyond, it is a document.
const LONGEST: usize = 16 << 10;

fn is_password(value: &[u8]) -> bool {
    let classes = Classes::of(value);
    (4..=512).contains(&value.len())
        && !classes.space
        && (classes.digit || classes.symbol || classes.upper && classes.lower)
        && (value.len() >= 6 || classes.symbol || classes.digit && classes.letter())
}

fn is_token(value: &[u8]) -> bool {
    let classes = Classes::of(value);
    if !(8..=LONGEST).contains(&value.len()) || classes.space {
        return false;
    }
    // Words of a program are in letters too, but each begins with a single capital.
    let capitals = value
        .windows(2)
        .filter(|two| two.iter().all(u8::is_ascii_uppercase));
    classes.digit && classes.letter()
        || value.len() >= 16 && classes.lower && capitals.count() >= 2 && entropy(value) >= 3.5
        || value.len() >= 16 && classes.digit && distinct(value) >= 5
}

/// What kinds of characters there are.
#[derive(Default)]
struct Classes {
    upper: bool,
    lower: bool,
    digit: bool,
    symbol: bool,
    space: bool,
}

impl Classes {
    fn of(value: &[u8]) -> Classes {
        let mut classes = Classes::default();
        for byte in value {
            match byte {
                b'A'..=b'Z' => classes.upper = true,
                b'a'..=b'z' => classes.lower = true,
                b'0'..=b'9' => classes.digit = true,
                b if b.is_ascii_whitespace() => classes.space = true,
                // These stand in names and sentences.
                b'_' | b'-' | b'.' | b'/' | b':' | b',' => {}
                _ => classes.symbol = true,
            }
        }
        classes
    }

    fn letter(&self) -> bool {
        self.upper || self.lower
    }
}

fn distinct(value: &[u8]) -> usize {
    let mut seen = [false; 256];
    value.iter().for_each(|b| seen[usize::from(*b)] = true);
    seen.iter().filter(|s| **s).count()
}

/// Further parts of what stands in the place of a secret: what was taken out already, and what is filled in later.
const OPEN: &[&str] = &[
    "••••",
    "<redacted>",
    "[redacted]",
    "example",
    "process.env",
    "os.environ",
    "getenv",
];

/// `your-key-here`, `<token>`, `${TOKEN}`, `$TOKEN`, `{{token}}`, `%s`: what is left open.
pub fn is_placeholder(value: &[u8]) -> bool {
    let lower = value.to_ascii_lowercase();
    let bracketed = [(b'<', b'>'), (b'{', b'}'), (b'[', b']'), (b'%', b'%')]
        .iter()
        .any(|(open, close)| lower.first() == Some(open) && lower.last() == Some(close));
    value.is_empty()
        || bracketed
        || lower.starts_with(b"$")
            && lower[1..]
                .iter()
                .all(|b| is_name(*b) || matches!(b, b'{' | b'}' | b'(' | b')'))
        || matches!(
            &lower[..],
            b"%s" | b"%v" | b"null" | b"none" | b"true" | b"false" | b"undefined" | b"required"
        )
        || lower.len() < 128
            && (PLACEHOLDERS.iter().chain(OPEN))
                .any(|word| memchr::memmem::find(&lower, word.as_bytes()).is_some())
        || distinct(value) < 3
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_examples_are_no_secrets() {
        for text in [
            "string",
            "required",
            "your-token-here",
            "${TOKEN}",
            "$TOKEN",
            "<password>",
            "********",
            "",
            "{{ secret }}",
            "Enter your password",
            "oauth",
            "process.env.TOKEN",
            "xxxxxxxx",
        ] {
            assert!(!Shape::Password.fits(text.as_bytes()), "{text}");
            assert!(!Shape::Token.fits(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn values_are() {
        for text in ["hunter22", "s3cr3t", "p@ss", "correctHorse", "$ecret!pass"] {
            assert!(Shape::Password.fits(text.as_bytes()), "{text}");
        }
        for text in ["a1b2c3d4", "QWxhZGRpbkFsYWRkaW5Y", "1234567890123456"] {
            assert!(Shape::Token.fits(text.as_bytes()), "{text}");
        }
        assert!(Shape::Basic.fits(b"YWxhZGRpbjpvcGVuc2VzYW1l"));
        assert!(!Shape::Basic.fits(b"authentication"));
    }
}
