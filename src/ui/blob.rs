//! Bytes within messages: images, sounds, files as base64. Described, not dumped: what they claim to be, what they are by
//! their first bytes, how large, and what is in them where that is text.

mod magic;

pub use magic::{Look, look};

use super::json::At;
use crate::session::size;
use crate::text::{Raw, RawBuf};
use crate::wire::base64;
use crate::wire::json::Kind;
use sha2::{Digest, Sha256};

/// Digits by which the bytes are known.
const HEAD: usize = 2048;
/// A text without a word beside it is taken for base64 from this length on.
const LONG: usize = 512;
/// Digits that are decoded at most.
pub const DECODED: usize = 16 * 1024 * 1024;
/// Bytes of which the hash is told at once, without being asked.
const HASHED: usize = 64 * 1024;

/// A string that holds bytes as base64.
#[derive(Clone, Debug)]
pub struct Blob<'a> {
    at: At<'a>,
    /// What it is said to be.
    claimed: Option<RawBuf>,
    /// Where the digits begin in the string: behind `data:image/png;base64,`.
    start: usize,
    /// Bytes that they stand for.
    pub bytes: usize,
    pub look: Look,
}

impl<'a> Blob<'a> {
    /// What of a string is known without reading all of it; `None` where it holds no bytes.
    pub fn of(at: At<'a>) -> Option<Blob<'a>> {
        if at.kind() != Kind::String || at.size() < 8 {
            return None;
        }
        let head = at.text(HEAD);
        let head = head.as_raw().bytes();
        let beside = at.parent().filter(|parent| parent.kind() == Kind::Object);
        let string = |name: &str| {
            beside
                .and_then(|parent| parent.get(name))
                .and_then(At::string)
        };
        let (claimed, start) = match data_uri(head) {
            Some((mime, start)) => (Some(mime), start),
            None => {
                let key = at.key();
                let is = |name: &str| key.as_ref().is_some_and(|key| key.as_raw() == name);
                let kind = string("type");
                let kind = |name: &str| kind.as_ref().is_some_and(|kind| kind.as_raw() == name);
                let mime = string("mimeType").or_else(|| string("media_type"));
                let named = is("blob")
                    || (is("data")
                        && (mime.is_some() || ["image", "audio", "base64"].into_iter().any(kind)));
                if !named && at.size() < LONG {
                    return None;
                }
                (mime, 0)
            }
        };
        let digits = head.get(start..)?;
        if !are_digits(digits) {
            return None;
        }
        // Only whole groups: the head may end anywhere.
        let whole = &digits[..digits.len() / 4 * 4];
        let first = base64::decode(whole)?;
        let look = look(&first);
        // Long words and numbers are no bytes, unless they say so.
        if claimed.is_none() && look.mime.is_none() && !is_mixed(digits) {
            return None;
        }
        let count = at.size().saturating_sub(2 + start);
        let padding = at.end(2).iter().filter(|b| **b == b'=').count();
        Some(Blob {
            at,
            claimed,
            start,
            bytes: (count.saturating_sub(padding)) * 3 / 4,
            look,
        })
    }

    /// All of its bytes, up to [`DECODED`] digits of them.
    pub fn decoded(&self) -> Vec<u8> {
        let text = self.at.text(DECODED);
        let digits = text.as_raw().slice(self.start..text.as_raw().len());
        let digits = digits.bytes();
        base64::decode(&digits[..digits.len()]).unwrap_or_default()
    }

    /// In a few words: `image/png, 640 × 480, 12.3 KB`.
    pub fn brief(&self) -> String {
        let what = match (self.look.mime, &self.claimed) {
            (Some(mime), _) => mime.to_owned(),
            (None, Some(claimed)) => claimed.as_raw().label(40),
            (None, None) if self.look.text => "text in base64".to_owned(),
            (None, None) => "bytes in base64".to_owned(),
        };
        let mut brief = what;
        if let Some((width, height)) = self.look.pixels {
            brief.push_str(&format!(", {width} by {height}"));
        }
        brief.push_str(", ");
        brief.push_str(&size(self.bytes as u64));
        brief
    }

    /// That it is not what it claims to be, in a sentence.
    pub fn contradiction(&self) -> Option<String> {
        let claimed = self.claimed.as_ref()?.as_raw();
        let named = claimed.bytes().split(|b| *b == b';').next()?.trim_ascii();
        let named = named.to_ascii_lowercase();
        let found = match self.look.mime {
            Some(mime) if !magic::is_same(&named, mime) => mime,
            None if self.look.text && magic::is_binary(&named) => "text",
            _ => return None,
        };
        Some(format!(
            "It claims to be {}, and is {found} by its first bytes.",
            claimed.label(40)
        ))
    }

    /// The hash of what is small enough to be hashed for a frame.
    pub fn hash_at_once(&self) -> Option<String> {
        (self.bytes <= HASHED).then(|| blake3::hash(&self.decoded()).to_hex().to_string())
    }

    /// All that is known of it, and the bytes: as text where they are text.
    /// `shown` are the bytes as they may be seen.
    pub fn description(&self, bytes: &[u8], shown: &[u8], hex: bool) -> Vec<u8> {
        let mut out = format!("{}\n", self.brief());
        if let Some(claimed) = &self.claimed {
            out.push_str(&format!("claimed      {}\n", claimed.as_raw().label(80)));
        }
        let found = self.look.mime.unwrap_or(match self.look.text {
            true => "text",
            false => "unknown",
        });
        out.push_str(&format!("first bytes  {found}\n"));
        if let Some(sentence) = self.contradiction() {
            out.push_str(&format!("             {sentence}\n"));
        }
        out.push_str(&format!("decoded      {} bytes\n", bytes.len()));
        if bytes.len() >= self.bytes {
            out.push_str(&format!("BLAKE3       {}\n", blake3::hash(bytes).to_hex()));
            let digest = Sha256::digest(bytes);
            let digest: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            out.push_str(&format!("SHA-256      {digest}\n"));
        }
        out.push('\n');
        let mut out = out.into_bytes();
        match self.look.text && !hex {
            true => out.extend_from_slice(shown),
            false => out.extend_from_slice(&hex_of(shown)),
        }
        out
    }
}

/// Bytes that are dumped.
const DUMPED: usize = 256 * 1024;

/// Offsets, bytes and letters, sixteen a line.
pub fn hex_of(bytes: &[u8]) -> Vec<u8> {
    use std::fmt::Write;
    let mut out = String::with_capacity(bytes.len().min(DUMPED) * 5);
    for (n, row) in bytes[..bytes.len().min(DUMPED)].chunks(16).enumerate() {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "{:08x}  ", n * 16);
        for at in 0..16 {
            let _ = match row.get(at) {
                Some(byte) => write!(out, "{byte:02x} "),
                None => write!(out, "   "),
            };
        }
        out.push(' ');
        out.extend(row.iter().map(|byte| match byte {
            b if b.is_ascii_graphic() || *b == b' ' => char::from(*b),
            _ => '.',
        }));
        out.push('\n');
    }
    if bytes.len() > DUMPED {
        let more = size((bytes.len() - DUMPED) as u64);
        let _ = writeln!(out, "{more} more; the file holds them.");
    }
    out.into_bytes()
}

/// What a `data:` address says of its bytes, and where they begin.
fn data_uri(text: &[u8]) -> Option<(RawBuf, usize)> {
    let rest = text.strip_prefix(b"data:")?;
    let comma = rest.iter().take(200).position(|b| *b == b',')?;
    let mime = rest[..comma].strip_suffix(b";base64")?;
    Some((Raw::new(mime).to_buf(), b"data:".len() + comma + 1))
}

fn are_digits(text: &[u8]) -> bool {
    let digit = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_' | b'=');
    text.len() >= 4 && text.iter().all(|b| digit(b) || matches!(b, b'\n' | b'\r'))
}

/// Letters of both cases and ciphers, as base64 of anything has them, and a hash, a number or a word has not.
fn is_mixed(text: &[u8]) -> bool {
    let has = |class: fn(&u8) -> bool| text.iter().filter(|b| class(b)).count() * 16 > text.len();
    has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::json::Json;

    fn with<T>(text: &str, path: &[&str], run: impl FnOnce(Option<Blob>) -> T) -> T {
        let json = Json::new(text.as_bytes().to_vec(), 0..text.len());
        let at = json
            .root()
            .and_then(|root| root.path(path))
            .expect("it is there");
        run(Blob::of(at))
    }

    /// The first bytes of a PNG of 3 by 2 pixels.
    const PNG: &str = "iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFN";

    #[test]
    fn an_image_is_told_by_its_own_bytes() {
        let text = format!(r#"{{"type":"image","mimeType":"image/png","data":"{PNG}"}}"#);
        with(&text, &["data"], |blob| {
            let blob = blob.expect("bytes");
            assert_eq!(blob.brief(), "image/png, 3 by 2, 33 B");
            assert_eq!(blob.contradiction(), None);
            assert_eq!(blob.decoded().len(), blob.bytes);
            let told = blob.description(&blob.decoded(), &blob.decoded(), false);
            let told = Raw::new(&told).inline().into_string();
            assert!(
                told.contains("SHA-256") && told.contains("89 50 4e 47"),
                "{told}"
            );
        });
        let lie = text.replace("image/png", "text/plain");
        with(&lie, &["data"], |blob| {
            let told = blob.and_then(|blob| blob.contradiction());
            assert!(
                told.is_some_and(|told| told.contains("claims to be text/plain, and is image/png"))
            );
        });
    }

    #[test]
    fn a_data_address_says_what_it_is() {
        let text = format!(r#"{{"x":"data:image/jpeg;base64,{PNG}"}}"#);
        with(&text, &["x"], |blob| {
            let told = blob.and_then(|blob| blob.contradiction()).expect("a lie");
            assert!(told.contains("image/jpeg"), "{told}");
        });
    }

    #[test]
    fn text_in_base64_is_read() {
        let text = r#"{"blob":"aGVsbG8sIHdvcmxkIQ==","mimeType":"image/png"}"#;
        with(text, &["blob"], |blob| {
            let blob = blob.expect("bytes");
            assert_eq!(blob.bytes, 13);
            let told = blob.description(&blob.decoded(), &blob.decoded(), false);
            assert!(told.ends_with(b"\n\nhello, world!"));
            assert!(
                blob.description(&blob.decoded(), &blob.decoded(), true)
                    .ends_with(b"hello, world!\n")
            );
            assert!(
                blob.contradiction()
                    .is_some_and(|told| told.contains("text"))
            );
        });
    }

    #[test]
    fn words_and_numbers_are_no_bytes() {
        for value in [
            "data",
            "hello",
            &"a".repeat(2000),
            &"0123456789abcdef".repeat(100),
            &"ab cd ".repeat(200),
        ] {
            let text = format!(r#"{{"x":"{value}"}}"#);
            assert!(with(&text, &["x"], |blob| blob.is_none()), "{value}");
        }
        with(r#"{"data":"hello"}"#, &["data"], |blob| {
            assert!(blob.is_none())
        });
    }
}
